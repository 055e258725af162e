"""Bring back words and parameters of before: python scripts/undo.py YEAR MONTH."""

import _launch

_launch.run("undo")
