"""Make a month's paper: python scripts/render.py YEAR MONTH [--place PLACE | --all]."""

import _launch

_launch.run("render")
