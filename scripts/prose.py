"""Check a text against the figures: python scripts/prose.py FILE --year YEAR --month MONTH."""

import _launch

_launch.run("prose")
