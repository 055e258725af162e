"""How a check says an amount."""

from __future__ import annotations

from boardpack.figures.figure import Figure
from boardpack.money import THOUSAND, digits


def amount(figure: Figure) -> str:
    """A figure's value for a sentence, with its unit and sign: `£(2,213)k`, `495`, `12%`."""
    if figure.unit == "PCT":
        text = f"{digits(figure.value, places=2)}%"
    elif figure.unit == "COUNT":
        text = digits(figure.value)
    elif figure.unit == "GBP" and not figure.value % THOUSAND:
        text = f"£{digits(figure.value, THOUSAND)}k"
    else:
        text = f"£{digits(figure.value)}"
    return f"minus {text}" if figure.value < 0 else text
