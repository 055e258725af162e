"""Take the two pictures of the README from a build: python scripts/pictures.py BUILD."""

import _launch

_launch.run("pictures")
