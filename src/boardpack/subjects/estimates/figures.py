"""The register of estimates: what the year to date holds that nobody has been billed for yet.

Amounts are pounds of cost, more cost being positive. Each estimate has an amount and, where there
is a basis for one, a range from `low` to `high`. Lines are `prescribing_months` and `chc_month`,
which are computed (see `computed`), and `ref_<reference>` for what the team keys.
"""

from __future__ import annotations

from collections.abc import Sequence

from boardpack.core.structure import CENTRAL, ICB
from boardpack.figures.draft import Draft
from boardpack.subjects.estimates.computed import care_month, prescribing_months
from boardpack.subjects.estimates.extract import is_settled, read_estimates
from boardpack.subjects.estimates.look_back import keyed_look_back, look_backs, total_look_back
from boardpack.subjects.estimates.scope import (
    ENDS,
    TOTAL,
    estimate_scope,
    keyed_scope,
    lines_of,
    share_of_line,
)


def estimates_figures(draft: Draft) -> None:
    """Enter each estimate with its range and share, what became of earlier ones, and the totals."""
    for place in (*draft.paper.report.places, ICB):
        prescribing_months(draft, place)
        care_month(draft, place)
    _keyed(draft)
    look_backs(draft)
    keyed_look_back(draft)
    for place in (*draft.paper.report.places, CENTRAL, ICB):
        lines = lines_of(draft, place, "amount")
        if lines:
            _total(draft, place, lines)
        total_look_back(draft, place)


def _keyed(draft: Draft) -> None:
    for row in read_estimates(draft.folder):
        if not is_settled(row):
            scope = keyed_scope(draft, row)
            for measure in ("amount", *ENDS):
                scope.read(measure, row.amounts.get(measure))
            share_of_line(draft, scope, draft.directorate_line(row["directorate"]))


def _total(draft: Draft, place: str, lines: Sequence[str]) -> None:
    """All estimates together, with a range where each of them has one."""
    scope = estimate_scope(draft, place, TOTAL, "all estimates")
    scope.total("amount", [f"{line}.amount" for line in lines])
    for end in ENDS:
        ends = [f"{line}.{end}" for line in lines]
        if draft.has(*ends):
            scope.total(end, ends)
    share_of_line(draft, scope, TOTAL)
