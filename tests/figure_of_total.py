"""The one figure of papers that are small: a place's variance, as a register holds it."""

from __future__ import annotations

FIGURE = {
    "id": "position.bromley.total.ytd_variance",
    "label": "Total",
    "value": "-1000",
    "unit": "GBP",
    "place": "bromley",
    "line": "total",
    "measure": "ytd_variance",
    "period": "2023/24 M06",
    "basis": "ledger",
    "is_estimate": False,
    "source": {"formula": "0 - 1000"},
}
