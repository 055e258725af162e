"""Say what changed between two editions of a paper: python scripts/diff.py A B."""

import _launch

_launch.run("diff")
