"""Write a working paper on figures: python scripts/evidence.py --year Y --month M ID..."""

import _launch

_launch.run("evidence")
