"""One element of a traced column: an exact number that knows its unit, its formula, its figures.

A `Traced` is a `Decimal`, so that whatever formats, draws or writes a Decimal takes it as it is.
What is reckoned with `+ - * /`, `abs`, `round`, `max`, `min` of `reductions` keeps its trace;
`float()`, `int()`, `.value` and Decimal's own methods leave it.

**The trace of a plotted value.** Plotly Express puts the elements themselves into the traces of its
figure: `px.bar(frame, y="variance").data[0].y[0]` is the Traced of the first bar, until the figure
is written as JSON, where it is its number.

**Numbers that are typed.** A number that is typed into a column has a formula without figures
(`is_traced` is False), and the unit of the column.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from numbers import Integral, Real
from typing import Any, SupportsIndex, cast

import pandas as pd

from boardpack.core.money import plain
from boardpack.figures.figure import Figure
from boardpack.figures.frames import expression as made
from boardpack.figures.frames.expression import EXACT, Expression
from boardpack.figures.frames.units import (
    NAMES,
    PERCENT,
    RATE,
    UnitFault,
    known_unit,
    unit_of_product,
    unit_of_ratio,
    unit_of_sum,
)

_HUNDRED = Decimal(100)
_LEAVES = "Use float(...), or astype(float) of a column: what comes of it has no trace."
_SIGNS = {"+": "plus", "-": "less", "*": "times", "/": "over"}


class Traced(Decimal):
    """A number with its trace; made by `traced`, `constant`, or by reckoning with others.

    >>> from boardpack.figures.figure import Figure
    >>> plan, spent = (
    ...     traced(Figure(f"position.bromley.acute.{measure}", f"Acute, {measure}", Decimal(value),
    ...                   "GBP", "bromley", "acute", measure, "2023/24 M06", "ledger", False, ()))
    ...     for measure, value in (("budget", 1_000), ("actual", 1_250))
    ... )
    >>> variance = plan - spent
    >>> variance.formula
    'position.bromley.acute.budget - position.bromley.acute.actual'
    >>> f"{variance:,.0f}", variance.unit, (variance / plan).unit
    ('-250', 'GBP', 'RATE')
    """

    __slots__ = ("_expression", "_unit")
    _expression: Expression
    _unit: str

    def __new__(cls, value: Decimal, unit: str, expression: Expression) -> Traced:
        """A value in a unit, with the expression that comes to it."""
        self = super().__new__(cls, value)
        self._unit, self._expression = unit, expression
        return self

    @property
    def value(self) -> Decimal:
        """The exact value by itself: pounds for money, 9.54 for 9.54%."""
        return Decimal(self)

    @property
    def unit(self) -> str:
        """What it is in, as in `figures.figure.UNITS`."""
        return self._unit

    @property
    def expression(self) -> Expression:
        """How it was computed, before it is written as a formula."""
        return self._expression

    @property
    def formula(self) -> str:
        """The formula over figure ids that comes to it; one id alone where it is that figure."""
        return self._expression.formula()

    @property
    def figures(self) -> Mapping[str, Figure]:
        """The figures of its formula by their ids."""
        return self._expression.figures()

    @property
    def figure(self) -> Figure | None:
        """The figure that it is; None for what was computed, typed, or said in another unit."""
        if self._expression.sign != made.FIGURE:
            return None
        (found,) = self._expression.own_figures()
        return found if found.unit == self._unit else None

    @property
    def id(self) -> str | None:
        """The id of the figure that it is; None for what was computed or typed."""
        figure = self.figure
        return None if figure is None else figure.id

    @property
    def is_traced(self) -> bool:
        """Whether any figure stands behind it; a number that was typed has none."""
        return any(one.own_figures() for one in self._expression.walk())

    @property
    def margin(self) -> Decimal:
        """How far the exact quantity may lie from it, because sources were printed rounded."""
        return self._expression.margin()

    @property
    def is_estimate(self) -> bool:
        """Whether any of its figures is an estimate."""
        return any(figure.is_estimate for figure in self.figures.values())

    @property
    def period(self) -> str:
        """The period of its figures; the latest, where they are of several; nothing where typed."""
        return max((figure.period for figure in self.figures.values()), default="")

    @property
    def label(self) -> str:
        """What it is called: its figure's label, or what was done with which figures."""
        sign, inner = self._expression.sign, self._expression.inner
        labels = [one.own_figures()[0].label for one in inner if one.sign == made.FIGURE]
        if self.figure is not None:
            return self.figure.label
        if sign in _SIGNS and len(labels) == len(inner) == 2:
            return f"{labels[0]} {_SIGNS[sign]} {labels[1]}"
        count = len(self.figures)
        if not count:
            return "A number that was typed"
        return f"Computed from {count} {'figure' if count == 1 else 'figures'}"

    def in_unit(self, unit: str) -> Traced:
        """The same value said to be in another unit, where only its author can know.

        >>> share = constant(Decimal("9.5")).in_unit("PCT")
        >>> share.unit, (constant(Decimal(200)).in_unit("GBP") * share).value
        ('PCT', Decimal('19.0'))
        """
        return Traced(Decimal(self), known_unit(unit), self._expression)

    def as_percent(self) -> Traced:
        """A ratio as a per cent: 0.5 becomes 50, with `* 100` in its formula."""
        if self._unit == PERCENT:
            return self
        if self._unit != RATE:
            raise UnitFault(f"{NAMES[self._unit]}: only a ratio can be said as a per cent.")
        return cast("Traced", self * 100).in_unit(PERCENT)

    # ---- arithmetic

    def __add__(self, other: object) -> Any:
        return _reckon("+", self, other)

    def __radd__(self, other: object) -> Any:
        return _reckon("+", other, self)

    def __sub__(self, other: object) -> Any:
        return _reckon("-", self, other)

    def __rsub__(self, other: object) -> Any:
        return _reckon("-", other, self)

    def __mul__(self, other: object) -> Any:
        return _reckon("*", self, other)

    def __rmul__(self, other: object) -> Any:
        return _reckon("*", other, self)

    def __truediv__(self, other: object) -> Any:
        return _reckon("/", self, other)

    def __rtruediv__(self, other: object) -> Any:
        return _reckon("/", other, self)

    def __neg__(self) -> Traced:
        return self._with(*made.negative(self._expression, Decimal(self)))

    def __pos__(self) -> Traced:
        return self

    def __abs__(self) -> Traced:
        return self._with(*made.size(self._expression, Decimal(self)))

    def __round__(self, ndigits: SupportsIndex | None = None) -> Any:
        """Half up to so many decimals, or tens where below 0; `round(x)` keeps its trace too."""
        places = 0 if ndigits is None else operator.index(ndigits)
        return self._with(*made.to_places(self._expression, Decimal(self), places))

    def _with(self, expression: Expression, value: Decimal) -> Traced:
        return Traced(value, self._unit, expression)

    def _refused(self, *_: object) -> Any:
        """Powers and remainders cannot stand in a formula."""
        raise UnitFault(f"A figure has no powers, remainders or whole parts. {_LEAVES}")

    __pow__ = __rpow__ = __mod__ = __rmod__ = _refused
    __floordiv__ = __rfloordiv__ = __divmod__ = __rdivmod__ = _refused

    # ---- comparison: by value; figures in two units are never equal, and have no order

    def __eq__(self, other: object) -> bool:
        found = _number(other)
        if found is None:
            return NotImplemented
        if isinstance(other, Traced) and other._unit != self._unit:
            return False
        return Decimal.__eq__(self, found)

    def __ne__(self, other: object) -> bool:
        is_same = self.__eq__(other)
        return NotImplemented if is_same is NotImplemented else not is_same

    def __hash__(self) -> int:
        return Decimal.__hash__(self)

    def __lt__(self, other: object) -> Any:
        return self._compared(other, Decimal.__lt__)

    def __le__(self, other: object) -> Any:
        return self._compared(other, Decimal.__le__)

    def __gt__(self, other: object) -> Any:
        return self._compared(other, Decimal.__gt__)

    def __ge__(self, other: object) -> Any:
        return self._compared(other, Decimal.__ge__)

    def _compared(self, other: object, how: Callable[[Decimal, Decimal], bool]) -> Any:
        found = _number(other)
        if found is None:
            return NotImplemented
        if isinstance(other, Traced) and other._unit != self._unit:
            raise UnitFault(
                f"{NAMES[self._unit]} and {NAMES[other._unit]} have no order: neither is more."
            )
        return how(self, found)

    # ---- as text, as JSON, in a file

    def __format__(self, spec: str, context: Context | None = None) -> str:
        """As Decimal formats, but halves away from zero; without a format, the exact digits."""
        if not spec:
            return str(self)
        with localcontext() as rounding:
            rounding.rounding = ROUND_HALF_UP
            return format(Decimal(self), spec)

    def __str__(self) -> str:
        return plain(Decimal(self))

    def __repr__(self) -> str:
        formula = self.formula
        short = formula if len(formula) <= 80 else f"{formula[:79]}…"
        return f"<{self.shown()} {self._unit}: {short}>"

    def shown(self) -> str:
        """As a frame shows it: commas, pence where there are any, four decimals of a ratio."""
        places = 4 if self._unit == RATE else 2
        is_whole = Decimal(self) == Decimal(self).to_integral_value()
        text = f"{self:,.{0 if is_whole else places}f}" if self else "0"
        return f"{text}%" if self._unit == PERCENT else text

    def to_plotly_json(self) -> float:
        """What Plotly writes for it: the number."""
        return float(self)

    def __reduce__(self) -> Any:
        """Written as its formula and figures, however it was computed."""
        figures = tuple(self.figures.values())
        return restored, (plain(Decimal(self)), self._unit, self.formula, figures)

    def __copy__(self) -> Traced:
        return self

    def __deepcopy__(self, memo: object) -> Traced:
        return self


def traced(figure: Figure) -> Any:
    """The element that is a figure; `pd.NA` where it has no value (suppressed, or not supplied).

    >>> spent, limit = (
    ...     traced(Figure(f"cash.icb.drawdown.{measure}", measure, Decimal(value), "GBP", "icb",
    ...                   "drawdown", measure, "2023/24 M06", "cash", False, ()))
    ...     for measure, value in (("actual", 60), ("limit", 80))
    ... )
    >>> (limit - spent).formula, (spent / limit).unit, (spent / limit).value
    ('cash.icb.drawdown.limit - cash.icb.drawdown.actual', 'RATE', Decimal('0.75'))
    >>> spent + constant(Decimal(5))
    Traceback (most recent call last):
        ...
    boardpack.figures.frames.units.UnitFault: pounds + a ratio or plain number: one cannot be taken
    from or added to the other. If it is meant, say with in_unit(...) what the values are in.
    """
    if not figure.has_value:
        return pd.NA
    return Traced(figure.value, figure.unit, made.of_figure(figure))


def constant(value: Decimal, unit: str = RATE) -> Traced:
    """An element without figures behind it: a number that was typed or counted.

    >>> constant(Decimal("0.5")).unit, constant(Decimal("0.5")).is_traced
    ('RATE', False)
    """
    exact = EXACT.plus(value)
    return Traced(exact, unit, made.of_number(exact))


def restored(value: str, unit: str, formula: str, figures: tuple[Figure, ...]) -> Traced:
    """The element that was written to a file with its formula and figures."""
    known = {figure.id: figure for figure in figures}
    return Traced(Decimal(value), unit, made.of_formula(formula, known))


def element(value: object, unit: str = RATE) -> Any:
    """A value as an element: a figure, an element, missing, or a plain number in `unit`.

    Raises TypeError for anything else: text is never guessed to be a number.

    >>> element(900), element(None)
    (<900 RATE: 900>, <NA>)
    >>> element("900")
    Traceback (most recent call last):
        ...
    TypeError: '900' is neither a figure nor a number
    """
    if isinstance(value, Traced):
        return value
    if isinstance(value, Figure):
        return traced(value)
    if is_missing(value):
        return pd.NA
    found = _number(value)
    if found is None:
        raise TypeError(f"{value!r} is neither a figure nor a number")
    return constant(found, unit)


def is_missing(value: object) -> bool:
    """Whether a value stands for nothing: None, pd.NA, NaN.

    >>> is_missing(None), is_missing(float("nan")), is_missing(0)
    (True, True, False)
    """
    return value is None or value is pd.NA or (isinstance(value, Real | Decimal) and value != value)


def _number(value: object) -> Decimal | None:
    """A number as an exact Decimal, a float as it is written; None for what is no number."""
    if isinstance(value, Decimal):
        return value if value.is_finite() else None
    if isinstance(value, bool):
        return None
    if isinstance(value, Integral):
        return Decimal(int(value))
    if isinstance(value, Real):
        found = Decimal(repr(float(value)))
        return found if found.is_finite() else None
    return None


def _reckon(sign: str, one: object, other: object) -> Any:
    """Two operands joined; missing where one is, or where it would be divided by nothing."""
    if is_missing(one) or is_missing(other):
        return pd.NA
    first, second = _number(one), _number(other)
    if first is None or second is None:
        return NotImplemented
    if sign in "+-" and not second and not isinstance(other, Traced):
        return one  # what a sum begins with, or a nil that was typed
    if sign in "+-" and not first and not isinstance(one, Traced):
        return other if sign == "+" else -cast("Traced", other)
    left, right = element(one), element(other)
    if sign == "/" and not second:
        return pd.NA
    unit = _UNIT_OF[sign](left.unit, right.unit)
    expression, value = made.joined(
        sign, left.expression, Decimal(left), right.expression, Decimal(right)
    )
    hundreds = _hundreds(sign, left.unit, right.unit)
    if hundreds:
        hundred = made.of_number(_HUNDRED)
        expression, value = made.joined(hundreds, expression, value, hundred, _HUNDRED)
    return Traced(value, unit, expression)


def _sum_of(sign: str) -> Callable[[str, str], str]:
    return lambda one, other: unit_of_sum(one, other, sign)


_UNIT_OF: dict[str, Callable[[str, str], str]] = {
    "+": _sum_of("+"),
    "-": _sum_of("-"),
    "*": unit_of_product,
    "/": unit_of_ratio,
}


def _hundreds(sign: str, one: str, other: str) -> str:
    """How the hundred of a per cent enters: `a * 5%` is `a * 5 / 100`, `a / 5%` is `a / 5 * 100`.

    A ratio scales a per cent as it scales anything else, and two per cents over each other are a
    ratio.
    """
    if sign == "*" and PERCENT in (one, other) and RATE not in (one, other):
        return "/"
    return "*" if sign == "/" and other == PERCENT and one != PERCENT else ""
