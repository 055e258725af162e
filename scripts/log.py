"""Who did what to a month: python scripts/log.py YEAR MONTH."""

import _launch

_launch.run("log")
