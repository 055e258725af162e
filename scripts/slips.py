"""Make every slip of the catalogue, and slips by chance: python scripts/slips.py [--draws N].

It writes `docs/slips.md`, and takes the better part of an hour; --draws makes only so many of the
slips by chance.
"""

import _launch

_launch.run("slips")
