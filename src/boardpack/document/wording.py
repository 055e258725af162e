"""Wording from signs: how a template turns a figure into words, always tagged with its figure.

A template names figures, never numbers: `{{ f.position.prescribing.ytd_variance | overspend }}`.
The name leaves out the place, which is the paper's; `f.position.icb.prescribing...` names another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from boardpack.core.errors import BuildFault
from boardpack.core.in_print import THOUSANDS
from boardpack.core.money import THOUSAND, digits
from boardpack.core.roles import with_lines
from boardpack.document.blocks import mark
from boardpack.document.numbers import is_adverse, price, short_money
from boardpack.document.own_words import money_unit
from boardpack.figures.figure import Figure
from boardpack.figures.labels import capital, measure_label
from boardpack.figures.register import Register

_ESCAPED = str.maketrans({c: f"\\{c}" for c in "\\`*_{}[]<>#|~!&$^@"} | {"⟦": "(", "⟧": ")"})


class Unsupplied(Exception):
    """A figure that a sentence or a chart needs and that the paper has not; `missing` is why."""

    def __init__(self, missing: tuple[str, ...]) -> None:
        super().__init__(", ".join(missing))
        self.missing = missing


@dataclass(frozen=True)
class Name:
    """The name of a figure in a template, before it is looked up.

    >>> Name().position.prescribing.ytd_variance.parts
    ('position', 'prescribing', 'ytd_variance')
    """

    parts: tuple[str, ...] = ()

    def __getattr__(self, part: str) -> Name:
        return Name((*self.parts, part))

    def __getitem__(self, part: str) -> Name:
        return Name((*self.parts, *part.split(".")))

    def __str__(self) -> str:
        raise BuildFault(
            f"The template prints {'.'.join(self.parts)} without saying how."
            " Add a filter, such as | money or | overspend."
        )


@dataclass(frozen=True)
class Wording:
    """Looks figures up for a template and turns them into tagged words.

    >>> over = Figure("a.icb.x.variance", "X", Decimal(-2_212_865), "GBP", "icb", "x", "variance",
    ...               "2023/24 M06", "ledger", False, ())
    >>> wording = Wording(Register([over]), "icb", frozenset({"icb"}), {})
    >>> wording.filters()["overspend"]("a.x.variance")
    '⟦a.icb.x.variance|£2.21m overspent⟧'
    >>> wording.filters()["shortfall"](over), wording.tests()["negative"](over)
    ('⟦a.icb.x.variance|£2.21m short of plan⟧', True)
    """

    register: Register
    place: str
    places: frozenset[str]
    roles: Mapping[str, str]

    def id(self, name: Name | Figure | str) -> str:
        """The figure id that a template's name stands for; `@role` is the line that bears it.

        >>> places, roles = frozenset({"bromley", "icb"}), {"prescribing": "drugs"}
        >>> wording = Wording(Register(), "bromley", places, roles)
        >>> wording.id("position.@prescribing.ytd_variance")
        'position.bromley.drugs.ytd_variance'
        >>> wording.id("position.icb.total.ytd_actual")
        'position.icb.total.ytd_actual'
        """
        if isinstance(name, Figure):
            return name.id
        parts = tuple(name.split(".")) if isinstance(name, str) else name.parts
        if len(parts) > 1 and parts[1] not in self.places:
            parts = (parts[0], self.place, *parts[1:])
        return with_lines(".".join(parts), self.roles)

    def figure(self, name: Name | Figure | str) -> Figure:
        """The agreed figure of a name; Unsupplied where the paper lacks it.

        Then whoever asks for it has nothing to say. UndeclaredFigure, with the nearest id, where
        there can be none of that name.
        """
        if isinstance(name, Figure):
            return name
        identity, register = self.id(name), self.register
        is_declared = register.ids is not None and not register.is_suppressed(identity)
        if identity not in register and (is_declared or register.absent):
            raise Unsupplied(self._missing(identity))
        return register.agreed(identity)

    def _missing(self, identity: str) -> tuple[str, ...]:
        """What a figure lacks; all that is not there, or itself, where it was not even entered."""
        if self.register.is_absent(identity):
            return self.register.missing([identity])
        absent = self.register.missing(figure.id for figure in self.register.absent)
        line, measure = map(measure_label, identity.split(".")[2:4])
        return absent or (capital(f"{line}, {measure}"),)

    def supplied(self, name: Name | Figure | str) -> bool:
        """Whether the paper has this figure."""
        return isinstance(name, Figure) or self.id(name) in self.register

    def tagged(self, say: Callable[[Figure], str]) -> Callable[[Name | Figure | str], str]:
        """A filter that says a figure in words and tags them with it."""

        def filtered(name: Name | Figure | str) -> str:
            figure = self.figure(name)
            return mark(figure.id, say(figure))

        return filtered

    def filters(self) -> dict[str, Callable[..., str]]:
        """All filters of the templates."""
        said = {name: self.tagged(say) for name, say in SAYINGS.items()}
        words: dict[str, Callable[..., str]] = {
            "plain": plain_text,
            "listed": listed,
            "count_words": count_words,
            "amounts": self.amounts,
        }
        return {**said, **words}

    def amounts(self, pairs: Iterable[tuple[str, Figure]]) -> str:
        """Lines with their sizes in a sentence: `prescribing (£239k) and acute services (£38k)`."""
        money = self.tagged(SAYINGS["money"])
        return listed(f"{plain_text(label)} ({money(figure)})" for label, figure in pairs)

    def tests(self) -> dict[str, Callable[..., bool]]:
        """All tests of the templates; a sign is tested, never printed."""
        return {
            "supplied": self.supplied,
            "adverse": lambda name: is_adverse(self.figure(name)),
            "negative": lambda name: self.figure(name).value < 0,
            "positive": lambda name: self.figure(name).value > 0,
            "nil": lambda name: self.figure(name).value == 0,
            "numbering": lambda name, size: self.figure(name).value == size,
            "nil_but_for_rounding": lambda name: (
                abs(self.figure(name).value) <= self.figure(name).margin
            ),
            "above": lambda name, other: self.figure(name).value > self.figure(other).value,
            "below": lambda name, other: self.figure(name).value < self.figure(other).value,
        }


def _direction(figure: Figure, over: str, under: str, nil: str) -> str:
    if figure.value == 0:
        return nil
    return over if figure.value < 0 else under


def _overspend(figure: Figure) -> str:
    return _direction(
        figure,
        f"{short_money(figure.value)} overspent",
        f"{short_money(figure.value)} underspent",
        "on budget",
    )


def _an_overspend(figure: Figure) -> str:
    return _direction(
        figure,
        f"an overspend of {short_money(figure.value)}",
        f"an underspend of {short_money(figure.value)}",
        "no variance",
    )


def _shortfall(figure: Figure) -> str:
    return _direction(
        figure,
        f"{short_money(figure.value)} short of plan",
        f"{short_money(figure.value)} ahead of plan",
        "on plan",
    )


def _a_surplus(figure: Figure) -> str:
    """What is made or planned of a surplus; below nil it is a deficit."""
    return _direction(
        figure,
        f"a deficit of {short_money(figure.value)}",
        f"a surplus of {short_money(figure.value)}",
        "break-even",
    )


def _rise(figure: Figure) -> str:
    size = _size(figure)
    return _direction(figure, f"a fall of {size}", f"a rise of {size}", "no change")


def _risen(figure: Figure) -> str:
    size = _size(figure)
    return _direction(figure, f"fallen by {size}", f"risen by {size}", "not changed")


def _above_or_below(figure: Figure) -> str:
    size = _size(figure)
    return _direction(figure, f"{size} below", f"{size} above", "level with")


def _size(figure: Figure) -> str:
    if figure.unit == "PCT":
        return f"{digits(figure.value, places=0 if figure.value % 1 == 0 else 1)}%"
    if figure.unit == "COUNT":
        return digits(figure.value)
    if figure.unit in ("GBP", "GBP_PER_MONTH"):
        return short_money(figure.value)
    return price(figure).text.strip("()")


def _over_share(figure: Figure) -> str:
    size = f"{digits(figure.value, places=1)}%"
    return _direction(figure, f"{size} over budget", f"{size} under budget", "on budget")


def _in_thousands(value: Decimal) -> str:
    """An amount in £000s, or the body's unit; what would print as `£0k` is `nil`, or in pounds."""
    if money_unit() != THOUSANDS:
        return short_money(value)
    text = digits(value, THOUSAND)
    return short_money(value) if text == "0" else f"£{text}k"


SAYINGS: dict[str, Callable[[Figure], str]] = {
    "money": lambda figure: short_money(figure.value),
    "thousands": lambda figure: _in_thousands(figure.value),
    "pounds": lambda figure: f"£{digits(figure.value)}",
    "price": lambda figure: price(figure).text.strip("()"),
    "percent": lambda figure: f"{digits(figure.value, places=1)}%",
    "percent_2": lambda figure: f"{digits(figure.value, places=2)}%",
    "whole_percent": lambda figure: f"{digits(figure.value)}%",
    "count": lambda figure: digits(figure.value),
    "size": _size,
    "overspend": _overspend,
    "an_overspend": _an_overspend,
    "over_share": _over_share,
    "shortfall": _shortfall,
    "a_surplus": _a_surplus,
    "rise": _rise,
    "risen": _risen,
    "above_or_below": _above_or_below,
    "against_plan": lambda figure: _direction(figure, "short of plan", "ahead of plan", "on plan"),
    "overspent": lambda figure: _direction(figure, "overspent", "underspent", "on budget"),
    "label": lambda figure: figure.label,
}


def plain_text(text: str) -> str:
    """Text from a file as plain text: nothing in it is read as markup."""
    return " ".join(str(text).translate(_ESCAPED).split())


def cell_text(text: str) -> str:
    """Text from a file for a table's cell or a chart's label, where only a marker is read.

    >>> cell_text("Acute   ⟦services⟧ *")
    'Acute (services) *'
    """
    return " ".join(str(text).translate({ord("⟦"): "(", ord("⟧"): ")"}).split())


def listed(items: Iterable[str]) -> str:
    """Items in a sentence: `a, b and c`.

    >>> listed(["acute", "community", "mental health"]), listed(["acute"]), listed([])
    ('acute, community and mental health', 'acute', '')
    """
    words = list(items)
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


_TO_NINETEEN = (
    "none one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()


def count_words(number: int) -> str:
    """A small count in words, for things that are not figures: `three`, `twenty-one`.

    >>> count_words(3), count_words(21), count_words(100)
    ('three', 'twenty-one', '100')
    """
    if 0 <= number < 20:
        return _TO_NINETEEN[number]
    if 20 <= number < 100:
        tens, ones = divmod(number, 10)
        return _TENS[tens - 2] + (f"-{_TO_NINETEEN[ones]}" if ones else "")
    return str(number)


def material(figure: Figure, budget: Decimal, amount: Decimal, percent_of_budget: Decimal) -> bool:
    """Whether a variance must be explained: the greater of an amount and a share of budget.

    >>> over = Figure("a.icb.x.variance", "X", Decimal(-60_000), "GBP", "icb", "x", "variance",
    ...               "2023/24 M06", "ledger", False, ())
    >>> amount, one_per_cent = Decimal(50_000), Decimal(1)
    >>> material(over, Decimal(1_000_000), amount, one_per_cent)
    True
    >>> material(over, Decimal(9_000_000), amount, one_per_cent)
    False
    """
    return abs(figure.value) >= max(amount, abs(budget) * percent_of_budget / 100)
