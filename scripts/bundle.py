"""Write a build and all it was made from into one zip: python scripts/bundle.py BUILD."""

import _launch

_launch.run("bundle")
