"""Propose a rendered paper for release: python scripts/prepare.py YEAR MONTH --by WHO."""

import _launch

_launch.run("prepare")
