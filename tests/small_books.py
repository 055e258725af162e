"""Small books for the checks' tests: a grid of lines and places, as a ledger would print it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from made_figures import made_figure

from boardpack.core.money import plain, round_half_up
from boardpack.figures.figure import PRINTED, Figure, SourceCell
from boardpack.figures.register import Register
from boardpack.reading.cells import Cell

THOUSAND = Decimal(1000)
MEASURES = ("ytd_budget", "ytd_actual", "ytd_variance")
Printed = dict[tuple[str, str, str], Decimal]


def read(
    identity: str,
    value: str | Decimal,
    *,
    unit: str = "GBP",
    step: str = "1000",
    cell: Cell | None = None,
    period: str = "2023/24 M06",
) -> Figure:
    """A figure read from a cell, with the margin of its printed unit."""
    _, _, line, measure = identity.split(".")[:4]
    found = cell or Cell("book.csv", None, 2, measure, str(value))
    return made_figure(
        identity,
        value,
        label=f"{line.capitalize()}, {measure}",
        unit=unit,
        period=period,
        source=(SourceCell(found),),
        margin=Decimal(0) if unit == "COUNT" else Decimal(step) / 2,
        step=Decimal(step),
    )


def derive(register: Register, identity: str, formula: str, unit: str = "GBP") -> Figure:
    """Enter a computed figure."""
    shape = vars(read(identity, "0", unit=unit))
    return register.derive(
        Figure(**{**shape, "source": formula, "margin": Decimal(0), "step": None})
    )


def printed(register: Register, identity: str, value: str | Decimal, **more: str) -> Figure:
    """Enter what the source prints for a computed figure; before the figure itself."""
    shape = vars(read(identity, value, **more))  # type: ignore[arg-type]
    label = f"{shape['label']}, as printed"
    return register.add(Figure(**{**shape, "id": f"{identity}.{PRINTED}", "label": label}))


def print_book(
    amounts: Mapping[tuple[str, str], tuple[int, int]], places: Sequence[str], lines: Sequence[str]
) -> Printed:
    """The table as a ledger prints it: every number rounded once, totals from unrounded pounds."""
    exact: Printed = {}
    for place in (*places, "icb"):
        for line in (*lines, "total"):
            of = [
                amounts[p, one]
                for p in (places if place == "icb" else [place])
                for one in (lines if line == "total" else [line])
            ]
            budget, actual = (Decimal(sum(pair[i] for pair in of)) for i in (0, 1))
            for measure, value in zip(MEASURES, (budget, actual, budget - actual), strict=True):
                exact[place, line, measure] = round_half_up(value, THOUSAND)
    return exact


def book(table: Printed, places: Sequence[str], lines: Sequence[str]) -> Register:
    """The register of a printed table: parts are read, variances and totals computed."""
    register = Register()
    for place in places:
        for line in lines:
            for measure in MEASURES[:2]:
                register.add(_cell(table, place, line, measure))
            _variance(register, table, place, line)
        _total(register, table, place, "total", [(place, line) for line in lines])
    for line in lines:
        _total(register, table, "icb", line, [(place, line) for place in places])
    _total(register, table, "icb", "total", [(place, "total") for place in places])
    return register


def _total(
    register: Register, table: Printed, place: str, line: str, parts: list[tuple[str, str]]
) -> None:
    for measure in MEASURES[:2]:
        identity = f"overview.{place}.{line}.{measure}"
        printed(register, identity, table[place, line, measure])
        derive(register, identity, " + ".join(f"overview.{p}.{one}.{measure}" for p, one in parts))
    _variance(register, table, place, line)


def _variance(register: Register, table: Printed, place: str, line: str) -> None:
    scope = f"overview.{place}.{line}"
    printed(register, f"{scope}.ytd_variance", table[place, line, "ytd_variance"])
    derive(register, f"{scope}.ytd_variance", f"{scope}.ytd_budget - {scope}.ytd_actual")


def _cell(table: Printed, place: str, line: str, measure: str) -> Figure:
    value = table[place, line, measure]
    row = sorted(table).index((place, line, measure)) + 2
    cell = Cell("book.csv", None, row, measure, plain(value / THOUSAND))
    return read(f"overview.{place}.{line}.{measure}", value, cell=cell)
