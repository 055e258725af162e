"""How a printed number and a figure's value meet: exactly, nearly, or a thousand times apart."""

from __future__ import annotations

import re
from decimal import Decimal

from boardpack.core.money import round_half_up
from boardpack.figures.figure import Figure
from boardpack.prose.context import Context
from boardpack.prose.figure_words import GENERIC, Facet, stems
from boardpack.prose.quantities import Quantity
from boardpack.prose.vocabulary import APPROXIMATE, kinds_of_words, topics_of

THOUSAND = Decimal(1000)
SURE_DIGITS = 4
_THAN = re.compile(
    r"(?<!no )\b(?:more|greater|higher|less|fewer|lower) than\s*[(]?$", re.IGNORECASE
)
SHORT_DIGITS = 2
"""A number this short meets many figures by chance: a word of the figure's own must be said."""
PLACES = stems("boroughs places")
COUNTED = stems("months quarters years days weeks clients drugs groups areas schemes plans")


def says(quantity: Quantity, figure: Figure) -> bool:
    """Whether the figure, rounded half up to the printed precision, is what the words say.

    >>> from boardpack.prose.quantities import find_quantities
    >>> over = Figure("a.icb.x.variance", "X", Decimal(-2_212_865), "GBP", "icb", "x", "variance",
    ...               "2023/24 M06", "ledger", False, ())
    >>> [says(one, over) for one in find_quantities("£2.21m, £2.213m, £2.22m")]
    [True, True, False]
    """
    return round_half_up(abs(figure.value), quantity.step) == abs(quantity.value)


def meets(quantity: Quantity, figure: Figure, context: Context) -> bool:
    """Whether the figure is what the number says, on the side of it that its words say.

    `Nearly £2.3m` is less and `over £2.2m` more, each by a unit of the last digit that is not nil
    or a tenth. A number of four digits is not cut off to be exceeded: it is the figure itself.
    """
    if not context.bound:
        return says(quantity, figure)
    is_more_than = quantity.unit == "COUNT" and bool(_THAN.search(before_number(context)))
    if says(quantity, figure):
        if is_more_than:
            return False
        if digits_of(quantity) >= SURE_DIGITS or quantity.unit == "COUNT":
            return True
    said = abs(quantity.value)
    unit = Decimal(1).scaleb(int(said.normalize().as_tuple().exponent))
    return is_beyond(quantity, figure, context) and abs(abs(figure.value) - said) <= max(
        unit, said / 10
    )


def is_beyond(quantity: Quantity, figure: Figure, context: Context) -> bool:
    """Whether the figure is on the side of the number that its words say, however far."""
    return (abs(figure.value) - abs(quantity.value)) * context.bound >= 0


def before_number(context: Context) -> str:
    """The words before the number; two blanks set them apart from those behind it."""
    return context.window[: context.window.find("  ")]


def near(quantity: Quantity, figure: Figure, context: Context) -> bool:
    """Whether they differ by no more than a printed unit, or by 1% where the words say `about`."""
    apart = abs(abs(figure.value) - abs(quantity.value))
    if figure.unit == "COUNT" or (context.bound and digits_of(quantity) < SURE_DIGITS):
        return False
    is_about = bool(APPROXIMATE.search(before_number(context)))
    room = max(quantity.step, abs(quantity.value) / 100 if is_about else Decimal(0))
    return apart <= room and bool(quantity.value) and apart * 20 <= abs(quantity.value)


def slips(quantity: Quantity, figure: Figure) -> bool:
    """Whether the figure is the number a thousand times over, or a thousandth of it.

    >>> from boardpack.prose.quantities import find_quantities
    >>> over = Figure("a.icb.x.variance", "X", Decimal(-2_212_865), "GBP", "icb", "x", "variance",
    ...               "2023/24 M06", "ledger", False, ())
    >>> slips(find_quantities("£2,213m")[0], over)
    True
    """
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
        is_place_count = counted & context.near & PLACES and facet.words & context.words
        return bool(facet.words & context.near or alike or is_place_count)
    if quantity.unit == "PCT" and digits_of(quantity) < SURE_DIGITS:
        label = frozenset(w for w in stems(facet.figure.label) - GENERIC if len(w) > 3)
        changes = facet.kind == "change" and "change" in kinds_of_words(context.sentence)
        return (
            bool((facet.words | label) & context.near)
            or not facet.words
            or bool(facet.topics & context.topics and (changes or _is_told(facet, label, context)))
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


def _is_told(facet: Facet, label: frozenset[str], context: Context) -> bool:
    """Whether the sentence has a word of the figure's own, or it has none but its subject's name.

    `Savings target` needs no `savings` where the words say `efficiency`: both name the subject.
    """
    its_own = [word for word in facet.words if not _names_the_subject(word, facet)]
    return not its_own or bool((facet.words | label) & context.words)


def _names_the_subject(stem: str, facet: Facet) -> bool:
    return bool(topics_of(f"{stem} {stem}s {stem}ing") & facet.topics)


def _printed_digits(quantity: Quantity) -> int:
    """How many digits are printed, zeros at the end among them: £24m has two, £1,500 four."""
    return len(str(int(abs(quantity.value) / quantity.step)))


def digits_of(quantity: Quantity) -> int:
    """How many significant digits are printed.

    >>> from boardpack.prose.quantities import find_quantities
    >>> [digits_of(one) for one in find_quantities("£2.21m of £900k")]
    [3, 1]
    """
    return len(quantity.value.normalize().as_tuple().digits)
