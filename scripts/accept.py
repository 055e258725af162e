"""Accept sentences that no figure bears out: python scripts/accept.py YEAR MONTH --place PLACE."""

import _launch

_launch.run("accept")
