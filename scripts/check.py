"""Read a month's extracts and run the checks: python scripts/check.py YEAR MONTH [--all]."""

import _launch

_launch.run("check")
