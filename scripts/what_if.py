"""Ask a what-if of the forecast: python scripts/what_if.py YEAR MONTH DRIVER=PERCENT."""

import _launch

_launch.run("what-if")
