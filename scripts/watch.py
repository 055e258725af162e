"""Show each change of a month's paper in the browser: python scripts/watch.py YEAR MONTH."""

import _launch

_launch.run("watch")
