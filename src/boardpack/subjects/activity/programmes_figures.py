"""Programmes: what the NHS spends on a borough, and one programme's activity as an example.

The borough budget is an annual budget as at the end of the first quarter, so it is not the place's
current budget: what has been added since is computed from the place position.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from boardpack.figures.draft import Draft
from boardpack.figures.labels import slug
from boardpack.figures.scope import Scope
from boardpack.reading.extract import Row
from boardpack.subjects.activity.borough_budget_extract import read_borough_budget
from boardpack.subjects.activity.figures import activity_figures

BUDGET = "annual_budget"
SHARE = "share_of_total"
SUBTOTAL, TOTAL = "sub total", "total"
CENTRAL_TOTAL = "central_totally_centrally_managed"
LOCAL_TOTAL = "local_totally_locally_managed"
ALL_TOTAL = "all_total_central_and_place"
KCH, PRUH = "central_kch", "pruh"
REPEATED = (
    ("total", "budgeted_spend", ALL_TOTAL),
    ("centrally_managed", "budgeted_spend", CENTRAL_TOTAL),
    ("delegated_to_borough", "budgeted_spend", LOCAL_TOTAL),
    ("kings_college_hospital", "acute_budget", KCH),
)


def programmes_figures(draft: Draft) -> None:
    """Budget lines are read; subtotals, totals and shares are computed, then the activity."""
    for place in dict.fromkeys(row["place"] for row in read_borough_budget(draft.folder)):
        _budget(draft, place)
        _repeated(draft, place)
        _hospital_share(draft, place)
        _added_since(draft, place)
    activity_figures(draft)
    draft.enter_stated("programmes")


def budget_lines(rows: Iterable[Row]) -> dict[int, str]:
    """The line of each row's figures, by the row's place in the file: `central_kch`.

    A label that stands in two groups of one budget takes its group's name as well.
    """
    kept = list(rows)
    named = Counter((row["managed"], slug(row["line"])) for row in kept)
    return {
        row.line: "_".join(
            part
            for part in (
                row["managed"],
                row["group"] if named[row["managed"], slug(row["line"])] > 1 else "",
                slug(row["line"]),
            )
            if part
        )
        for row in kept
    }


def _budget(draft: Draft, place: str) -> None:
    rows = read_borough_budget(draft.folder).only(place=place)
    lines = budget_lines(rows)
    for row in rows:
        scope = _scope(draft, place, lines[row.line], row)
        addends = [scope.at(line=lines[r.line]).id(BUDGET) for r in _addends(row, rows)]
        if addends:
            scope.total(BUDGET, addends, printed=row.amounts.get(BUDGET))
        else:
            scope.read(BUDGET, row.amounts.get(BUDGET))
    _shares(draft, place, [_scope(draft, place, lines[row.line], row) for row in rows])


def _scope(draft: Draft, place: str, line: str, row: Row) -> Scope:
    managed = {"central": "Centrally managed", "local": "Locally managed"}.get(row["managed"])
    label = f"{managed}, {row['line']}" if managed else row["line"]
    return draft.scope("programmes", place, line, label, basis="budget", period=draft.year)


def _addends(row: Row, rows: Sequence[Row]) -> list[Row]:
    """The rows that a row adds; none when it is a plain line, or a total that stands alone.

    A subtotal adds the plain lines above it in its group, a group's total all the group's plain
    lines, a budget's total its groups, and the last row both budgets.
    """
    above = [r for r in rows if r.line < row.line]
    if row["managed"] == "all":
        return [r for r in above if r["group"] == "all"]
    managed = [r for r in above if r["managed"] == row["managed"]]
    if row["group"] == "all":
        return _tops(managed)
    group = [r for r in managed if r["group"] == row["group"]]
    if row["line"].lower().startswith(SUBTOTAL):
        ends = [i for i, r in enumerate(group) if not _is_plain(r)]
        return group[ends[-1] + 1 :] if ends else group
    return [] if _is_plain(row) else [r for r in group if _is_plain(r)]


def _is_plain(row: Row) -> bool:
    return not row["line"].lower().startswith((SUBTOTAL, TOTAL))


def _tops(rows: Sequence[Row]) -> list[Row]:
    """Each group's total where it has one, else its plain lines."""
    totals = {r["group"]: r for r in rows if r["line"].lower().startswith(TOTAL)}
    plain = [r for r in rows if r["group"] not in totals and _is_plain(r)]
    return [*totals.values(), *plain]


def _shares(draft: Draft, place: str, scopes: Sequence[Scope]) -> None:
    for scope in scopes:
        whole = scope.at(line=ALL_TOTAL).id(BUDGET)
        if draft.has(scope.id(BUDGET), whole) and draft.agreed(whole).value:
            scope.derive(SHARE, f"{BUDGET} / {whole} * 100", "PCT")


def _repeated(draft: Draft, place: str) -> None:
    """What the report repeats in words, in millions, computed so that the words are checked."""
    for line, measure, source in REPEATED:
        printed = draft.stated("programmes", place, line, measure)
        scope = draft.scope("programmes", place, line, basis="budget", period=draft.year)
        if printed is not None and draft.has(scope.at(line=source).id(BUDGET)):
            scope.derive(measure, scope.at(line=source).id(BUDGET), printed=printed)


def _hospital_share(draft: Draft, place: str) -> None:
    """The hospital's part of its trust's contract, of which the report gives a rough amount."""
    scope = draft.scope("programmes", place, PRUH, "PRUH", basis="stated", period=draft.year)
    about = scope.at(is_estimate=True)
    about.read("acute_budget", draft.stated("programmes", place, PRUH, "acute_budget"))
    trust = scope.at(line=KCH).id(BUDGET)
    if draft.has(scope.id("acute_budget"), trust):
        about.derive("share_of_trust_budget", f"acute_budget / {trust} * 100", "PCT")


def _added_since(draft: Draft, place: str) -> None:
    """What has been added to the place's own budget since the borough budget was drawn up."""
    current = f"position.{place}.total.{BUDGET}"
    scope = draft.scope("programmes", place, LOCAL_TOTAL, "Locally managed", period=draft.year)
    if draft.has(current, scope.id(BUDGET)):
        scope.derive("added_since", f"{current} - {BUDGET}")
