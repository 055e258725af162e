"""Budget overview: every place by directorate, budget, actual and variance (ledger)."""

from __future__ import annotations

from boardpack.core.structure import CENTRAL, ICB
from boardpack.figures.draft import Draft
from boardpack.reading.extract import Value
from boardpack.subjects.position.overview_extract import read_budget_overview

BASES = ("ytd_budget", "ytd_actual")
VARIANCE = "ytd_budget - ytd_actual"
NON_COVID = "_non_covid"


def overview_figures(draft: Draft) -> None:
    """Inputs are budget and actual of each place and directorate; all else is computed.

    The ICB is the six places and the central column; `Total` adds the directorates; variance is
    budget less actual. The ICB total printed without Covid spend equals the ICB total. A place
    that has neither budget nor actual of a directorate has no such service; every place must have
    a total, and the centre where it has anything.
    """
    printed = _printed(draft)
    columns = [*draft.paper.report.places, CENTRAL] if printed else []
    lines = {**draft.directorates(), "total": "Total"} if printed else {}
    for place in columns:
        _place(draft, printed, place)
    for line, label in lines.items():
        _icb(draft, printed, line, label, columns)
    draft.enter_stated("overview")


def _printed(draft: Draft) -> dict[tuple[str, str, str], Value]:
    return {
        (row["measure"], draft.directorate_line(row["directorate"]), column): value
        for row in read_budget_overview(draft.folder)
        for column, value in row.amounts.items()
    }


def _is_in(printed: dict[tuple[str, str, str], Value], place: str) -> bool:
    return any(column == place for _, _, column in printed)


def _place(draft: Draft, printed: dict[tuple[str, str, str], Value], place: str) -> None:
    name = draft.paper.report.place_name(place)
    for line, label in draft.directorates().items():
        scope = draft.scope("overview", place, line, f"{name}, {label}")
        for measure in BASES:
            scope.read(measure, printed.get((measure, line, place)))
        if draft.knows(*(scope.id(measure) for measure in BASES)):
            scope.derive(
                "ytd_variance", VARIANCE, printed=printed.get(("ytd_variance", line, place))
            )
    total = draft.scope("overview", place, "total", f"{name}, total")
    if place == CENTRAL and not _is_in(printed, place):
        return
    for measure in BASES:
        lines = [total.at(line=line).id(measure) for line in draft.directorates()]
        lines = total.having(measure, lines, BASES)
        total.total(measure, lines, printed=printed.get((measure, "total", place)))
    total.derive("ytd_variance", VARIANCE, printed=printed.get(("ytd_variance", "total", place)))


def _icb(
    draft: Draft,
    printed: dict[tuple[str, str, str], Value],
    line: str,
    label: str,
    columns: list[str],
) -> None:
    scope = draft.scope("overview", ICB, line, f"{draft.paper.report.icb_name}, {label}")
    parts = {
        measure: scope.having(
            measure, [scope.at(place=place).id(measure) for place in columns], BASES
        )
        for measure in BASES
    }
    if not any(parts.values()) and not any((m, line, ICB) in printed for m in BASES):
        return
    for measure, addends in parts.items():
        scope.total(measure, addends, printed=printed.get((measure, line, ICB)))
    scope.derive("ytd_variance", VARIANCE, printed=printed.get(("ytd_variance", line, ICB)))
    for measure in (*BASES, "ytd_variance"):
        value = printed.get((measure, line, f"{ICB}{NON_COVID}"))
        scope.derive(f"{measure}{NON_COVID}", measure, printed=value)
