"""Say what the checks of a month would notice: python scripts/noticed.py YEAR MONTH."""

import _launch

_launch.run("noticed")
