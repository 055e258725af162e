"""Say where a figure comes from: python scripts/explain.py FIGURE_ID --year YEAR --month MONTH."""

import _launch

_launch.run("explain")
