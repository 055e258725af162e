"""Make every slip of the catalogue, and slips by chance: python scripts/slips.py [--draws N].

It writes `docs/slips.md`, and takes the better part of an hour; --draws makes only so many of the
slips by chance. With --keep FILE it goes on after a break; two may run beside each other with
--part 1/2 --keep ONE and --part 2/2 --keep OTHER, and `--keep BOTH --only-kept` writes the page.
--only PATTERN --keep FILE makes those whose name (file: what is done) fits a pattern.
"""

import _launch

_launch.run("slips")
