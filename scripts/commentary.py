"""Commentary forms: python scripts/commentary.py YEAR MONTH [--read FORM | --written | --stale]."""

import _launch

_launch.run("commentary")
