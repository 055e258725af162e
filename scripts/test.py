"""Run every check of the code and every test: python scripts/test.py [pytest options]."""

import _launch

_launch.run("test")
