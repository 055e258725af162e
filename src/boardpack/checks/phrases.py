"""How a check says an amount, a figure's name, and where a number stands."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from boardpack.core.money import THOUSAND, digits
from boardpack.figures.figure import PRINTED, Figure
from boardpack.figures.register import Register


def name(figure: Figure) -> str:
    """A figure's label for a sentence, without the note that it is the printed one."""
    return figure.label.removesuffix(", as printed")


def size(figure: Figure) -> str:
    """A figure's value for a sentence, without its sign."""
    return amount(figure).removeprefix("minus ")


def amount(figure: Figure) -> str:
    """A figure's value for a sentence, with its unit and sign: `minus £2,213k`, `495`, `12%`.

    >>> printed = Figure("a.icb.x.variance.printed", "X, as printed", Decimal(-2_213_000), "GBP",
    ...                  "icb", "x", "variance", "2023/24 M06", "ledger", False, ())
    >>> amount(printed), size(printed), name(printed)
    ('minus £2,213k', '£2,213k', 'X')
    """
    return said(figure.value, figure.unit, figure.step)


def said(value: Decimal, unit: str, step: Decimal | None = None) -> str:
    """A value of a unit for a sentence: `minus £2,213k`, `£463,299`, `495`, `12%`.

    A percentage has one decimal, or as many as its cell printed (`step`).

    >>> said(Decimal(-2_213_000), "GBP"), said(Decimal(463_299), "GBP")
    ('minus £2,213k', '£463,299')
    >>> said(Decimal(12), "PCT"), said(Decimal("9.545"), "PCT"), said(Decimal(495), "COUNT")
    ('12%', '9.5%', '495')
    """
    if unit == "PCT":
        places = max(1, -int(step.as_tuple().exponent)) if step else 1
        text = f"{digits(value, places=places).rstrip('0').rstrip('.')}%"
    elif unit == "COUNT":
        text = digits(value)
    elif unit == "GBP" and not value % THOUSAND:
        text = f"£{digits(value, THOUSAND)}k"
    else:
        text = f"£{digits(value)}"
    return f"minus {text}" if value < 0 else text


def where(figure: Figure) -> str:
    """The cell of a figure: `position.csv row 5, ytd_actual`; nothing for a computed one.

    >>> from boardpack.figures.figure import SourceCell
    >>> from boardpack.reading.cells import Cell
    >>> cell = SourceCell(Cell("data/raw/position.csv", None, 5, "ytd_actual", "12,925"))
    >>> where(Figure("a.icb.x.actual", "X", Decimal(12_925_000), "GBP", "icb", "x", "actual",
    ...              "2023/24 M06", "ledger", False, (cell,)))
    'position.csv row 5, ytd_actual'
    """
    if not figure.cells:
        return ""
    cell = figure.cells[0].cell
    return f"{cell.file.rsplit('/', 1)[-1]} row {cell.row}, {cell.column}"


def with_cell(figure: Figure) -> str:
    """A figure's amount and its cell: `£12,925k (position.csv row 5, ytd_actual)`."""
    cell = where(figure)
    return f"{amount(figure)} ({cell})" if cell else amount(figure)


def and_list(items: Sequence[str]) -> str:
    """Items in a sentence: `a, b and c`.

    >>> and_list(["acute", "community", "mental health"])
    'acute, community and mental health'
    """
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}"


def base(identity: str) -> str:
    """The id of a figure without its note that it is the printed one.

    >>> base("position.bromley.total.ytd_actual.printed")
    'position.bromley.total.ytd_actual'
    """
    return identity.removesuffix(f".{PRINTED}")


def as_printed(register: Register, identity: str) -> Figure:
    """What the source prints for a computed figure; the figure itself where it prints nothing.

    A corrected cell keeps the value that the paper uses.
    """
    figure = register[identity]
    printed = f"{identity}.{PRINTED}"
    if figure.formula is not None and printed in register:
        return register[printed]
    return figure
