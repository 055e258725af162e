"""Say where a month stands: python scripts/status.py YEAR MONTH [--place PLACE | --all]."""

import _launch

_launch.run("status")
