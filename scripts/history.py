"""A figure's last twelve months: python scripts/history.py FIGURE_ID --year Y --month M."""

import _launch

_launch.run("history")
