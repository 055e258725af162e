"""Top-side entries beside the ledger, and what the position would be with them.

The ledger's own figures stay as they are in `position` and `overview`. An entry is added to its
measure as it stands; variances follow as budget less actual, so that more spending is adverse.
"""

from __future__ import annotations

from collections.abc import Sequence

from boardpack.core.structure import CENTRAL, ICB
from boardpack.figures.draft import Draft
from boardpack.figures.labels import slug
from boardpack.figures.scope import Scope
from boardpack.reading.extract import Row
from boardpack.reading.ledger_extract import AMOUNTS
from boardpack.subjects.adjustments.extract import REVERSED, read_adjustments
from boardpack.subjects.position.figures import YEAR

CHAPTER = "adjustments"
ADJUSTED = "adjusted_"
VARIANCES = {
    "ytd_variance": ("ytd_budget", "ytd_actual"),
    "forecast_variance": ("annual_budget", "forecast_outturn"),
}
TOTAL = "total"


def adjustments_figures(draft: Draft) -> None:
    """Enter each entry, its line's sum, and the adjusted measure; nothing where there is no entry.

    Ids are `adjustments.<place>.<line>.<measure>`, with the entry's reference as a last part for
    one entry, and `.adjusted_<measure>` for ledger and entries together.
    """
    entries = [row for row in read_adjustments(draft.folder) if row["treatment"] != REVERSED]
    lines = [
        line
        for line, label in draft.directorates().items()
        if any(row["directorate"] == label for row in entries)
    ]
    places = [
        place
        for place in (*draft.paper.report.places, CENTRAL)
        if any(row["place"] == place for row in entries)
    ]
    for row in entries:
        entry_scope(draft, row).read(row["measure"], row.amounts["amount"])
    for place in places:
        for line in lines:
            own = [row for row in entries if _is_at(draft, row, place, line)]
            for measure in AMOUNTS:
                ids = [entry_scope(draft, row).id(measure) for row in own]
                _sum(draft, place, line, measure, ids)
    for line in lines:
        _across(draft, line, places)
    for place in (*places, ICB) if places else ():
        _down(draft, place, lines)
        for line in (*lines, TOTAL):
            _adjusted(draft, place, line)


def entry_scope(draft: Draft, row: Row) -> Scope:
    """Where one entry stands in the register."""
    scope = _scope(draft, row["place"], draft.directorate_line(row["directorate"]), row["measure"])
    label = f"{row['directorate']}, entry {row['ref']}"
    return scope.at(suffix=entry_suffix(row), line_label=label)


def entry_suffix(row: Row) -> str:
    """The last part of the id of an entry."""
    return f"ref_{slug(row['ref'])}"


def _scope(draft: Draft, place: str, line: str, measure: str) -> Scope:
    name = draft.paper.report.place_name(place)
    label = f"{name}, {draft.directorates().get(line, 'Total')}, top-side entries"
    period = draft.year if measure in (*YEAR, "forecast_variance") else draft.month
    return draft.scope(CHAPTER, place, line, label, basis=CHAPTER, period=period)


def _is_at(draft: Draft, row: Row, place: str, line: str) -> bool:
    return row["place"] == place and draft.directorate_line(row["directorate"]) == line


def _sum(draft: Draft, place: str, line: str, measure: str, addends: Sequence[str]) -> None:
    there = [identity for identity in addends if draft.has(identity)]
    if there:
        _scope(draft, place, line, measure).total(measure, there)


def _across(draft: Draft, line: str, places: Sequence[str]) -> None:
    for measure in AMOUNTS:
        ids = [_scope(draft, place, line, measure).id(measure) for place in places]
        _sum(draft, ICB, line, measure, ids)


def _down(draft: Draft, place: str, lines: Sequence[str]) -> None:
    for measure in AMOUNTS:
        ids = [_scope(draft, place, line, measure).id(measure) for line in lines]
        _sum(draft, place, TOTAL, measure, ids)


def _adjusted(draft: Draft, place: str, line: str) -> None:
    """Ledger and entries together, for each measure that has entries and its variance."""
    for measure in AMOUNTS:
        scope = _scope(draft, place, line, measure)
        if draft.has(scope.id(measure)):
            _with_ledger(draft, scope, measure)
    for variance, (budget, actual) in VARIANCES.items():
        scope = _scope(draft, place, line, variance)
        has = [draft.has(scope.id(measure)) for measure in (budget, actual)]
        if any(has):
            first = budget if has[0] else "0"
            scope.derive(variance, f"{first} - {actual}" if has[1] else first)
            _with_ledger(draft, scope, variance)


def _with_ledger(draft: Draft, scope: Scope, measure: str) -> None:
    ledger = ledger_figure(draft, scope.place, scope.line, measure)
    label = scope.line_label.replace("top-side entries", "ledger and top-side entries")
    both = scope.at(line_label=label)
    both.derive(f"{ADJUSTED}{measure}", f"{ledger} + {measure}" if ledger else measure)


def ledger_figure(draft: Draft, place: str, line: str, measure: str) -> str:
    """The ledger's own figure beside which an entry stands; nothing where the ledger has no line.

    A figure of the ledger that is absent is named all the same: with the entry it is absent too.
    """
    names = (f"{chapter}.{place}.{line}.{measure}" for chapter in ("position", "overview"))
    known = [name for name in names if draft.knows(name)]
    return next((name for name in known if draft.has(name)), next(iter(known), ""))
