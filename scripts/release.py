"""Release a rendered paper: python scripts/release.py YEAR MONTH --preparer A --reviewer B."""

import _launch

_launch.run("release")
