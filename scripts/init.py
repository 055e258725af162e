"""Write a home to start from: python scripts/init.py HOME YEAR MONTH."""

import _launch

_launch.run("init")
