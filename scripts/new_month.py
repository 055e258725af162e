"""Begin a month: python scripts/new_month.py YEAR MONTH [--home FOLDER]."""

import _launch

_launch.run("new-month")
