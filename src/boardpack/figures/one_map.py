"""What earlier papers released of ledger lines, brought to this month's map of cost centres.

A year to date is shown in full where each cost centre stands now, so that an earlier paper, which
had it elsewhere, compares only when what was on it then is taken from the one line and put to the
other. The earlier month's own ledger says how much. Where it is not kept, the lines touched are not
compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from boardpack.core.params import Paper
from boardpack.core.periods import Month
from boardpack.core.structure import ICB
from boardpack.reading.extract import Extract, Row, Value
from boardpack.reading.folder import Folder
from boardpack.reading.ledger_extract import AMOUNTS
from boardpack.reading.moved_centres import Moved, ledger_of, lines_of, moved_centres
from boardpack.reading.provenance_extract import lines_total
from boardpack.reading.released import ReleasedFigure
from boardpack.reading.row_view import grouped

TOTAL = "total"
OF_THE_LEDGER = ("position", "overview", "forecast", "adjustments")
"""The chapters whose lines are directorates of the ledger."""
RESTATED = ("position", "overview")
PARTS: dict[str, tuple[tuple[str, int], ...]] = {
    **{measure: ((measure, 1),) for measure in AMOUNTS},
    "ytd_variance": (("ytd_budget", 1), ("ytd_actual", -1)),
    "forecast_variance": (("annual_budget", 1), ("forecast_outturn", -1)),
}
"""What the ledger says of a measure, with the sign in which it counts."""


def on_one_map(
    released: Iterable[ReleasedFigure], paper: Paper, month: Month
) -> tuple[ReleasedFigure, ...]:
    """The figures on this month's map; of the lines touched, those that the ledger restates."""
    folder = Folder(paper, corrections=())
    moved = moved_centres(folder, month)
    if not moved:
        return tuple(released)
    ledger = ledger_of(folder, month)
    found = (_on_one_map(figure, moved, ledger) for figure in released)
    return tuple(figure for figure in found if figure is not None)


def _on_one_map(
    figure: ReleasedFigure, moved: tuple[Moved, ...], ledger: Extract | None
) -> ReleasedFigure | None:
    chapter, place, line, measure, *rest = (*figure.id.split("."), "")
    if chapter not in OF_THE_LEDGER:
        return figure
    left = [one for one in moved if _is_in(one.homes[0], place, line)]
    come = [one for one in moved if _is_in(one.homes[1], place, line)]
    gone, new = (
        [one for one in some if one not in other] for some, other in ((left, come), (come, left))
    )
    if not gone and not new:
        return figure
    if ledger is None or chapter not in RESTATED or measure not in PARTS or any(rest):
        return None
    values = [
        *_values(ledger, lines_of(ledger, new), measure, 1),
        *_values(ledger, lines_of(ledger, gone), measure, -1),
    ]
    value = sum((value.amount for value in values), figure.value)
    return replace(figure, value=value, moved=tuple((one, ledger.sha256) for one in values))


def _is_in(home: tuple[str, str], place: str, line: str) -> bool:
    """Whether what has this home is in a line of a place; the ICB has all places in it."""
    return place in (home[0], ICB) and line in (home[1], TOTAL)


def _values(ledger: Extract, rows: Sequence[Row], measure: str, way: int) -> Iterator[Value]:
    """What the lines come to, in the sign in which the measure counts it."""
    codes = ", ".join(sorted(code for (code,) in grouped(rows, "cost_centre")))
    for column, sign in PARTS[measure]:
        found = lines_total(ledger.file, rows, column)
        if found is not None:
            amount = found.amount * sign * way
            word = "added" if sign * way > 0 else "taken off"
            told = f"{column} of cost centres that have moved ({codes}), {word}"
            yield replace(found, amount=amount, printed=amount, method=told)
