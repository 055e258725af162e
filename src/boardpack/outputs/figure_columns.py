"""The columns of `figures.csv`: of each its name, its kind, what it means, and how it is filled.

This is the one definition: the file is written from it, and its data dictionary too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from boardpack.figures.figure import PRINTED, Figure, SourceCell
from boardpack.figures.register import Register
from boardpack.money import plain
from boardpack.outputs.figure_periods import Period, quantity, read_period
from boardpack.params import Paper
from boardpack.sources.cells import ranges

Kind = Literal["text", "number", "date", "true/false"]
STATUSES = ("fail", "waived", "rounding", "pass")
"""What checks may say of a figure, the gravest first."""
JOINED = "; "


class Told:
    """What the cells of a row are filled from, besides their figure."""

    def __init__(
        self, paper: Paper, register: Register, checks: Iterable[Mapping[str, Any]]
    ) -> None:
        self.paper, self.register = paper, register
        self._checks: dict[str, list[Mapping[str, Any]]] = {}
        for check in checks:
            for identity in dict.fromkeys(check["figures"]):
                self._checks.setdefault(identity, []).append(check)

    def status(self, figure: Figure) -> str:
        """The gravest outcome of the checks on a figure; empty where none touches it."""
        found = {check["status"] for check in self._checks.get(figure.id, ())}
        return next((status for status in STATUSES if status in found), "")

    def failing(self, figure: Figure) -> str:
        """The ids of the checks on a figure that fail and that nobody has answered for."""
        checks = self._checks.get(figure.id, ())
        return JOINED.join(check["id"] for check in checks if check["status"] == "fail")

    def is_agreed(self, figure: Figure) -> bool:
        """Whether it is this one, of a figure and its printed counterpart, that the paper shows."""
        base = figure.id.removesuffix(f".{PRINTED}")
        return (self.register.agreed(base).id if base in self.register else base) == figure.id


@dataclass(frozen=True)
class Column:
    """One column: `cell` gives its text in the row of a figure, empty where there is none."""

    name: str
    kind: Kind
    meaning: str
    cell: Callable[[Figure, Told], str]


def _truth(is_so: bool) -> str:
    return "true" if is_so else "false"


def _period(figure: Figure) -> Period | None:
    return read_period(figure.period)


def _year(figure: Figure, told: Told) -> str:
    found = _period(figure)
    return "" if found is None else found.year


def _month(figure: Figure, told: Told) -> str:
    found = _period(figure)
    return "" if found is None or found.month is None else str(found.month)


def _end(figure: Figure, told: Told) -> str:
    found = _period(figure)
    return "" if found is None else found.end.isoformat()


def _by_file(figure: Figure) -> dict[str, list[SourceCell]]:
    """The cells of a figure by the file, and the sheet, that they stand in."""
    found: dict[str, list[SourceCell]] = {}
    for item in figure.cells:
        sheet = "" if item.cell.sheet is None else f" [{item.cell.sheet}]"
        found.setdefault(f"{item.cell.file}{sheet}", []).append(item)
    return found


def _rows(figure: Figure, told: Told) -> str:
    """The rows of each file; not named where the figure does not keep them."""
    return JOINED.join(_rows_of(items) for items in _by_file(figure).values())


def _rows_of(items: Iterable[SourceCell]) -> str:
    lines = sorted({n for i in items for n in (i.lines if i.method else (i.cell.row,))})
    if not lines:
        return "rows not named"
    return f"{'row' if len(lines) == 1 else 'rows'} {ranges(lines)}"


def _columns(figure: Figure, told: Told) -> str:
    return JOINED.join(dict.fromkeys(item.cell.column for item in figure.cells))


def _hashes(figure: Figure, told: Told) -> str:
    firsts = (items[0].sha256 or "" for items in _by_file(figure).values())
    return JOINED.join(firsts)


COLUMNS = (
    Column(
        "paper_year",
        "text",
        "The financial year of the paper that the row is from.",
        lambda f, t: t.paper.month.year,
    ),
    Column(
        "paper_month",
        "number",
        "The month of that paper: 1 is April, 12 is March.",
        lambda f, t: str(t.paper.month.number),
    ),
    Column(
        "paper_place",
        "text",
        "Whose paper it is; one paper also holds figures of other places.",
        lambda f, t: t.paper.place,
    ),
    Column(
        "paper_status",
        "text",
        "`draft` or `released`, as the paper was when the file was made.",
        lambda f, t: t.paper.run.status,
    ),
    Column(
        "is_illustrative",
        "true/false",
        "Whether the data is made up.",
        lambda f, t: _truth(t.paper.report.illustrative),
    ),
    Column(
        "id",
        "text",
        "The figure. Unique in the file; with the first three columns, unique in any number of"
        " files.",
        lambda f, t: f.id,
    ),
    Column(
        "quantity",
        "text",
        "The id without its period and without `.printed`: the same quantity in every month.",
        lambda f, t: quantity(f.id),
    ),
    Column("label", "text", "The figure in words.", lambda f, t: f.label),
    Column(
        "chapter", "text", "The chapter that owns it: the id's first part.", lambda f, t: f.chapter
    ),
    Column("place", "text", "Where it is of; see Places.", lambda f, t: f.place),
    Column("line", "text", "The line of the chapter that it is of.", lambda f, t: f.line),
    Column("measure", "text", "What is measured of the line.", lambda f, t: f.measure),
    Column("unit", "text", "See Units.", lambda f, t: f.unit),
    Column(
        "value",
        "number",
        "The exact value, not rounded for display. Empty where the figure is suppressed.",
        lambda f, t: "" if f.is_suppressed else plain(f.value),
    ),
    Column(
        "margin",
        "number",
        "How far the value may lie from the exact quantity because its sources were printed"
        " rounded; 0 where they were not. Empty where the figure is suppressed.",
        lambda f, t: "" if f.is_suppressed else plain(f.margin),
    ),
    Column("period", "text", "The figure's own period; see Periods.", lambda f, t: f.period),
    Column(
        "financial_year",
        "text",
        "The financial year of the period; of a span of years, the last.",
        _year,
    ),
    Column(
        "month", "number", "The month of the period, 1 to 12; empty for a year or quarter.", _month
    ),
    Column("period_end", "date", "The last day of the period.", _end),
    Column("basis", "text", "What the figure rests on; see Bases.", lambda f, t: f.basis),
    Column(
        "is_estimate",
        "true/false",
        "Whether it is an estimate, or rests on one, as its chapter marks it.",
        lambda f, t: _truth(f.is_estimate),
    ),
    Column(
        "is_suppressed",
        "true/false",
        "Whether it may not be shown, as a small count of people or what would give one away.",
        lambda f, t: _truth(f.is_suppressed),
    ),
    Column(
        "is_agreed",
        "true/false",
        "Of a computed figure and its printed counterpart (`.printed`), `true` for the one that"
        " the paper shows and computes with. Keep only these rows before adding up.",
        lambda f, t: _truth(t.is_agreed(f)),
    ),
    Column(
        "check_status",
        "text",
        "The gravest outcome of the checks on it: `fail`, `waived` (answered for), `rounding`"
        " (differs by rounding only), `pass`; empty where no check touches it.",
        lambda f, t: t.status(f),
    ),
    Column(
        "failing_checks",
        "text",
        "The ids, in `checks.json`, of the checks on it that fail.",
        lambda f, t: t.failing(f),
    ),
    Column(
        "formula",
        "text",
        "For a computed figure, its formula over the ids of other figures; else empty.",
        lambda f, t: f.formula or "",
    ),
    Column(
        "source_file",
        "text",
        "For a figure that was read, its file, and in a workbook its [sheet].",
        lambda f, t: JOINED.join(_by_file(f)),
    ),
    Column(
        "source_rows",
        "text",
        "The rows in each such file, counted from 1; `rows not named` where they are too many, or"
        " their number would tell a suppressed one. `figures.json` says how the figure was made.",
        _rows,
    ),
    Column("source_column", "text", "The columns that it was read from, by contract.", _columns),
    Column("source_sha256", "text", "The SHA-256 of each such file.", _hashes),
)
