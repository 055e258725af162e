"""Section 75: what the ICB and the council each pay for the services they buy together.

The agreement is the default place's: its schedule names no place of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from boardpack.figures.draft import Draft
from boardpack.figures.labels import slug
from boardpack.figures.scope import Scope
from boardpack.periods import MONTHS_IN_YEAR, Month
from boardpack.sources.extract import Row
from boardpack.sources.section75 import read_section75

PARTNERS = ("icb", "council")
PRIOR = "_prior_year"
LONGEST_DESCRIPTION = 80


def section75_figures(draft: Draft) -> None:
    """What each partner pays is read; totals, changes and the schedule's totals are computed.

    A blank cell is no figure: it is not taken for nil. The schedule prints no totals of its own.
    """
    rows = read_section75(draft.folder).rows
    labels = service_labels(rows)
    for row in rows:
        _service(draft, row, labels[row["ref"]])
    if rows:
        _schedule(draft, [slug(row["ref"]) for row in rows])
    draft.enter_stated("section75")


def _scope(draft: Draft, line: str, label: str, prior: bool = False) -> Scope:
    month = draft.paper.month
    period = Month(month.start - 1, MONTHS_IN_YEAR).year if prior else month.year
    place = draft.paper.report.default_place
    return draft.scope("section75", place, line, label, basis="agreement", period=period)


def service_labels(rows: Sequence[Row]) -> dict[str, str]:
    """What to call each service, by its reference.

    Where several services share one name, what it is for is added if that is short, or else who
    provides it, and at last its reference.
    """
    named = Counter(row["service"] for row in rows)
    labels = {row["ref"]: _label(row, alone=named[row["service"]] == 1) for row in rows}
    known = Counter(labels.values())
    return {ref: text if known[text] == 1 else f"{text} ({ref})" for ref, text in labels.items()}


def _label(row: Row, alone: bool) -> str:
    is_short = 0 < len(row["description"]) <= LONGEST_DESCRIPTION
    more = row["description"] if is_short else row["provider"]
    return row["service"] if alone or not more else f"{row['service']}: {more}"


def _service(draft: Draft, row: Row, label: str) -> None:
    line = slug(row["ref"])
    for end in (PRIOR, ""):
        scope = _scope(draft, line, label, prior=bool(end))
        for partner in PARTNERS:
            scope.read(f"{partner}{end}", row.amounts.get(f"{partner}{end}"))
        parts = [scope.id(f"{partner}{end}") for partner in PARTNERS]
        if any(draft.has(part) for part in parts):
            printed = row.amounts.get(f"total{end}")
            scope.total(f"total{end}", parts, printed=printed, is_sparse=True)
        else:
            scope.read(f"total{end}", row.amounts.get(f"total{end}"))
    _changes(draft, _scope(draft, line, label))


def _schedule(draft: Draft, lines: list[str]) -> None:
    for end in (PRIOR, ""):
        scope = _scope(draft, "total", "All services", prior=bool(end))
        for partner in PARTNERS:
            measure = f"{partner}{end}"
            scope.total(measure, [scope.at(line=line).id(measure) for line in lines])
        total = f"total{end}"
        scope.total(total, [scope.at(line=line).id(total) for line in lines])
        for partner in PARTNERS:
            if draft.has(scope.id(total)) and draft.agreed(scope.id(total)).value:
                formula = f"{partner}{end} / {total} * 100"
                scope.derive(f"{partner}_share{end}", formula, "PCT")
    _changes(draft, _scope(draft, "total", "All services"))


def _changes(draft: Draft, scope: Scope) -> None:
    """How much more this year than last, for each partner and in all; less is negative."""
    for part in (*PARTNERS, "total"):
        now, before = scope.id(part), scope.id(f"{part}{PRIOR}")
        if draft.has(now, before):
            scope.derive(f"{part}_change", f"{part} - {part}{PRIOR}")
            if draft.agreed(before).value:
                change = scope.id(f"{part}_change")
                scope.derive(f"{part}_change_share", f"{change} / {before} * 100", "PCT")
