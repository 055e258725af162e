"""What the cells of `figures.csv` are filled from: the figure, its paper, and its checks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from boardpack.core.params import Paper
from boardpack.figures.figure import PRINTED, Figure, SourceCell
from boardpack.figures.register import Register
from boardpack.outputs.data.figure_periods import Period, read_period
from boardpack.reading.cells import from_ranges, ranges

STATUSES = ("fail", "waived", "documented", "rounding", "pass")
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


def truth(is_so: bool) -> str:
    """A truth as the table writes it.

    >>> truth(True), truth(False)
    ('true', 'false')
    """
    return "true" if is_so else "false"


def _period(figure: Figure) -> Period | None:
    return read_period(figure.period)


def year_of(figure: Figure, told: Told) -> str:
    """The financial year of the figure's period."""
    found = _period(figure)
    return "" if found is None else found.year


def month_of(figure: Figure, told: Told) -> str:
    """The month of the figure's period, 1 to 12; empty for a year or quarter."""
    found = _period(figure)
    return "" if found is None or found.month is None else str(found.month)


def end_of(figure: Figure, told: Told) -> str:
    """The last day of the figure's period."""
    found = _period(figure)
    return "" if found is None else found.end.isoformat()


def by_file(figure: Figure) -> dict[str, list[SourceCell]]:
    """The cells of a figure by the file, and the sheet, that they stand in."""
    found: dict[str, list[SourceCell]] = {}
    for item in figure.cells:
        sheet = "" if item.cell.sheet is None else f" [{item.cell.sheet}]"
        found.setdefault(f"{item.cell.file}{sheet}", []).append(item)
    return found


def rows_of(figure: Figure, told: Told) -> str:
    """The rows of each file; not named where the figure does not keep them."""
    return JOINED.join(_told_rows(items) for items in by_file(figure).values())


def _told_rows(items: Sequence[SourceCell]) -> str:
    scattered = [i.rule.count for i in items if i.rule is not None and not i.rows_told]
    if scattered:
        return f"{max(scattered):,} rows found by their rule"
    lines = sorted({n for i in items for n in _rows(i)})
    if not lines:
        return "rows not named"
    return f"{'row' if len(lines) == 1 else 'rows'} {ranges(lines)}"


def _rows(item: SourceCell) -> tuple[int, ...]:
    return (item.cell.row,) if item.method is None else from_ranges(item.rows_told)


def columns_of(figure: Figure, told: Told) -> str:
    """The columns that it was read from."""
    return JOINED.join(dict.fromkeys(item.cell.column for item in figure.cells))


def hashes_of(figure: Figure, told: Told) -> str:
    """The SHA-256 of each file that it was read from."""
    firsts = (items[0].sha256 or "" for items in by_file(figure).values())
    return JOINED.join(firsts)
