"""How a check says an amount."""

from __future__ import annotations

from boardpack.figures.figure import Figure
from boardpack.money import THOUSAND, digits


def name(figure: Figure) -> str:
    """A figure's label for a sentence, without the note that it is the printed one."""
    return figure.label.removesuffix(", as printed")


def size(figure: Figure) -> str:
    """A figure's value for a sentence, without its sign."""
    return amount(figure).removeprefix("minus ")


def amount(figure: Figure) -> str:
    """A figure's value for a sentence, with its unit and sign: `minus £2,213k`, `495`, `12%`."""
    if figure.unit == "PCT":
        text = f"{digits(figure.value, places=2)}%"
    elif figure.unit == "COUNT":
        text = digits(figure.value)
    elif figure.unit == "GBP" and not figure.value % THOUSAND:
        text = f"£{digits(figure.value, THOUSAND)}k"
    else:
        text = f"£{digits(figure.value)}"
    return f"minus {text}" if figure.value < 0 else text
