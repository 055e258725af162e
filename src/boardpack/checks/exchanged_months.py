"""Past months of a series that stand in each other's place, beside last month's paper.

One month's activity is much like the next one's, so that two columns exchanged are within every
limit. That each has, to the last unit, what the other had a month ago is no late coding.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from boardpack.checks.check import Check
from boardpack.checks.file_control import ONE, FileControl, of_file, short
from boardpack.checks.last_month import Then
from boardpack.checks.phrases import name
from boardpack.figures.figure import Figure

ORDER = FileControl(
    "order",
    "Past months stand where they stood",
    ONE,
    ONE,
    "Late coding changes a month by a little, and gives none what another had.",
)
SERIES = ("spells_in_month", "attendances_in_month")
LOOK = "See whether two months are exchanged in the file."
Pairs = Mapping[str, tuple[Figure, Then]]


def exchanged_months(pairs: Pairs) -> Iterator[Check]:
    """One question of each file that gives such a series; `pairs` are figures with last month's."""
    series: dict[tuple[str, str], list[tuple[Figure, Then]]] = {}
    for figure, then in pairs.values():
        if figure.measure in SERIES and figure.cells:
            key = figure.cells[0].cell.file, figure.id.rpartition(".")[0]
            series.setdefault(key, []).append((figure, then))
    found: dict[str, list[str]] = {}
    for (file, _), months in series.items():
        found.setdefault(file, []).extend(_exchanged(months))
    for file, told in found.items():
        lines = f"two months of {len(told):,} lines" if len(told) > 1 else "two months of a line"
        sentence = f"In {short(file)} {lines} are exchanged: {told[0]}." if told else ""
        yield of_file(ORDER, file, sentence, LOOK, "warning")


def _exchanged(months: Iterable[tuple[Figure, Then]]) -> Iterator[str]:
    """What is said of the first two months of a series that have each other's numbers."""
    first: dict[tuple[Decimal, Decimal], Figure] = {}
    for figure, was in months:
        first.setdefault((figure.value, was.value), figure)
    for (now, before), one in first.items():
        other = first.get((before, now))
        if other is not None and now != before:
            yield f"{name(one)} is what {name(other)} was last month, and the other way round"
            return
