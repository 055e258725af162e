"""How a printed number and a figure's value meet: exactly, nearly, or a thousand times apart."""

from __future__ import annotations

from decimal import Decimal

from boardpack.figures.figure import Figure
from boardpack.money import round_half_up
from boardpack.prose.context import Context
from boardpack.prose.facets import GENERIC, Facet, stems
from boardpack.prose.quantities import Quantity
from boardpack.prose.vocabulary import APPROXIMATE, kinds_of_words

THOUSAND = Decimal(1000)
SURE_DIGITS = 4
SHORT_DIGITS = 2
"""A number this short meets many figures by chance: a word of the figure's own must be said."""
COUNTED = stems("months quarters years days weeks clients drugs groups areas schemes plans")


def says(quantity: Quantity, figure: Figure) -> bool:
    """Whether the figure, rounded half up to the printed precision, is what the words say."""
    return round_half_up(abs(figure.value), quantity.step) == abs(quantity.value)


def near(quantity: Quantity, figure: Figure, context: Context) -> bool:
    """Whether they differ by no more than a printed unit, or by 1% where the words say `about`."""
    apart = abs(abs(figure.value) - abs(quantity.value))
    if figure.unit == "COUNT":
        return False
    is_about = bool(APPROXIMATE.search(context.window[: context.window.find("  ")]))
    room = max(quantity.step, abs(quantity.value) / 100 if is_about else Decimal(0))
    return apart <= room and bool(quantity.value) and apart * 20 <= abs(quantity.value)


def slips(quantity: Quantity, figure: Figure) -> bool:
    """Whether the figure is the number a thousand times over, or a thousandth of it."""
    if quantity.unit != "GBP" or abs(quantity.value) < THOUSAND:
        return False
    size = abs(figure.value)
    return any(
        round_half_up(size, quantity.step * factor) == abs(quantity.value) * factor
        for factor in (THOUSAND, 1 / THOUSAND)
    ) and bool(size)


def is_evident(facet: Facet, quantity: Quantity, context: Context) -> bool:
    """Whether more than chance ties the figure to the words; long numbers hardly meet by chance."""
    if quantity.unit == "COUNT" and quantity.value < THOUSAND:
        counted = stems(f"{facet.figure.line} {facet.figure.measure}".replace("_", " "))
        alike = facet.topics & context.wide_topics and counted & context.near & COUNTED
        return bool(facet.words & context.near or alike)
    if quantity.unit == "PCT" and digits_of(quantity) < SURE_DIGITS:
        label = {word for word in stems(facet.figure.label) - GENERIC if len(word) > 3}
        changes = facet.kind == "change" and "change" in kinds_of_words(context.sentence)
        return (
            bool((facet.words | label) & context.near)
            or not facet.words
            or bool(facet.topics & context.topics and (changes or facet.words & context.words))
        )
    said = context.near | stems(context.sentence)
    if _printed_digits(quantity) <= SHORT_DIGITS and facet.words and not facet.words & said:
        return False
    return (
        digits_of(quantity) >= SURE_DIGITS
        or bool(facet.topics & context.topics)
        or bool(facet.words & context.words)
        or not (facet.words or facet.topics)
    )


def _printed_digits(quantity: Quantity) -> int:
    """How many digits are printed, zeros at the end among them: £24m has two, £1,500 four."""
    return len(str(int(abs(quantity.value) / quantity.step)))


def digits_of(quantity: Quantity) -> int:
    """How many significant digits are printed."""
    return len(quantity.value.normalize().as_tuple().digits)
