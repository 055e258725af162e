"""How each supplier's file differs from its contract: `params/layouts.yml`, below home, optional.

Headings, the sheet, the scale, signs, the order of dates and the words of total rows are declared
there and never guessed.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Literal

from pydantic import Field

from boardpack.errors import Fault, InputFaults, nearest
from boardpack.parameter_files import Strict, load_parameters
from boardpack.sources.calendar import DateOrder
from boardpack.sources.shape import Contract

FILE = Path("params/layouts.yml")
SCALES = {"pounds": Decimal(1), "thousands": Decimal(1000), "millions": Decimal(1_000_000)}


class Layout(Strict):
    """How one extract comes.

    `headings` gives, for a column of the contract, the headings under which it may come. `sheet`
    names the sheet of a workbook. `scale` is what the money columns are in, where it is not what
    the contract says. `reversed` names the columns whose sign is the other way round. `debit` says
    what DR means, without which CR and DR are refused. `dates` is the order of 03/04/2023.
    `totals` are words that mark a total row, beside the usual ones. `months_in_arrears` is how many
    months before the paper's month the title may name.
    """

    headings: dict[str, list[str]] = Field(default={})
    sheet: str | None = None
    scale: Literal["pounds", "thousands", "millions"] | None = None
    reversed: list[str] = Field(default=[])
    debit: Literal["positive", "negative"] | None = None
    dates: DateOrder = "day first"
    totals: list[str] = Field(default=[])
    months_in_arrears: int = 0


class Layouts(Strict):
    """The layouts by extract: `ledger` for `ledger.csv` and `ledger.xlsx`."""

    extracts: dict[str, Layout] = Field(default={})


AS_AGREED = Layout()


def read_layout(home: Path, contract: Contract) -> Layout:
    """The layout of an extract; as agreed in its contract where none is declared (InputFaults)."""
    layout = layout_of(home, contract.file)
    faults = [
        Fault(
            FILE.as_posix(),
            f"a column of {contract.file}",
            nearest(name, contract.names),
            None,
            name,
        )
        for name in (*layout.headings, *layout.reversed)
        if name not in contract.names
    ]
    if faults:
        raise InputFaults(faults)
    return layout


def layout_of(home: Path, file: str) -> Layout:
    """The layout declared for an extract by the name of its file, whatever its ending."""
    return read_layouts(home).extracts.get(Path(file).stem, AS_AGREED)


def read_layouts(home: Path) -> Layouts:
    """The layouts that a home declares; none where it has no file of them (InputFaults)."""
    if not (home / FILE).exists():
        return Layouts()
    faults: list[Fault] = []
    layouts = load_parameters(home, FILE, Layouts, faults)
    if layouts is None:
        raise InputFaults(faults)
    return layouts
