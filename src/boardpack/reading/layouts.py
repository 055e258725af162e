"""How each supplier's file differs from its contract: `params/layouts.yml`, below home, optional.

Headings, the sheet, the scale, signs, the order of dates and the words of total rows are declared
there and never guessed. A layout that changed has an entry for each form, with its months: a
month's folder is read in the form of that month, whoever reads it and when.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from boardpack.core.dated import Dated, in_force, in_turn, listed
from boardpack.core.errors import Fault, InputFaults, UsageFault, nearest
from boardpack.core.parameter_files import Strict, Words, load_parameters
from boardpack.core.periods import MONTHS_IN_YEAR, Month, parse_month
from boardpack.reading.calendar import DateOrder
from boardpack.reading.table_shape import Contract

FILE = Path("params/layouts.yml")
SCALES = {"pounds": Decimal(1), "thousands": Decimal(1000), "millions": Decimal(1_000_000)}


class Layout(Dated):
    """How one extract comes, `from` a month `to` another where the form has changed.

    `headings` gives, for a column of the contract, the headings under which it may come. `sheet`
    names the sheet of a workbook. `scale` is what the money columns are in, where it is not what
    the contract says. `reversed` names the columns whose sign is the other way round. `debit` says
    what DR means, without which CR and DR are refused. `dates` is the order of 03/04/2023.
    `totals` are words that mark a total row, beside the usual ones. `months_in_arrears` is how many
    months before the paper's month the title may name.

    >>> Layout(scale="pounds").scale, Layout().scale, Layout().dates
    ('pounds', None, 'day first')
    """

    headings: dict[str, list[Words]] = Field(default={})
    sheet: Words | None = None
    scale: Literal["pounds", "thousands", "millions"] | None = None
    reversed: list[str] = Field(default=[])
    debit: Literal["positive", "negative"] | None = None
    dates: DateOrder = "day first"
    totals: list[Words] = Field(default=[])
    months_in_arrears: int = Field(default=0, ge=0, le=MONTHS_IN_YEAR)


DatedLayouts = Annotated[
    tuple[Layout, ...], Field(strict=False), BeforeValidator(listed), AfterValidator(in_turn)
]
"""One form of an extract, or each of its forms in turn."""


class Layouts(Strict):
    """The layouts by extract: `ledger` for `ledger.csv` and `ledger.xlsx`."""

    extracts: dict[str, DatedLayouts] = Field(default={})


AS_AGREED = Layout()


def read_layout(home: Path, folder: Path, contract: Contract) -> Layout:
    """The layout of an extract in a folder; as agreed in its contract where none is declared.

    Raises InputFaults for a column that the contract does not have, in whichever month's form.
    """
    faults = [
        Fault(
            FILE.as_posix(),
            f"a column of {contract.file}",
            nearest(name, contract.names),
            None,
            name,
        )
        for layout in read_layouts(home).extracts.get(Path(contract.file).stem, ())
        for name in (*layout.headings, *layout.reversed)
        if name not in contract.names
    ]
    if faults:
        raise InputFaults(faults)
    return layout_of(home, folder / contract.file)


def layout_of(home: Path, file: Path) -> Layout:
    """The layout of a file, a path below home, whatever its ending.

    It is the one in force in the month whose folder the file is in; a file that is of no month
    (`data/reference`) comes as it came last.
    """
    of_file = read_layouts(home).extracts.get(file.stem.casefold(), ())
    declared, month = of_file, _month_of(file.parent)
    found = in_force(declared, month) if month else next(reversed(declared), None)
    return found or AS_AGREED


def read_layouts(home: Path) -> Layouts:
    """Every form of each extract that a home declares; none without a file (InputFaults)."""
    if not (home / FILE).exists():
        return Layouts()
    faults: list[Fault] = []
    layouts = load_parameters(home, FILE, Layouts, faults)
    if layouts is None:
        raise InputFaults(faults)
    return layouts


def _month_of(folder: Path) -> Month | None:
    """The month of `data/raw/2024-25/M06`; None for a folder that is of no month."""
    try:
        return parse_month(*folder.parts[-2:])
    except (TypeError, UsageFault):
        return None
