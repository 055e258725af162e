"""Release what another person prepared: python scripts/release.py YEAR MONTH --by WHO."""

import _launch

_launch.run("release")
