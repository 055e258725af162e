"""Figures as numbers in tables and charts: one style each, signs and brackets in one place."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache

from boardpack.core.in_print import THOUSANDS, MoneyUnit
from boardpack.core.money import (
    MILLION,
    THOUSAND,
    brackets,
    digits,
    plain,
    round_half_up,
    signed_brackets,
)
from boardpack.document.blocks import Number
from boardpack.document.own_words import money_unit
from boardpack.figures.figure import Figure

ADVERSE_WHEN_NEGATIVE = (
    "variance",
    "run_rate",
    "variance_share",
    "unidentified",
    "balance_of_risk",
)
BUDGET = frozenset({"budget"})
SPEND = frozenset({"actual", "spend", "spent", "forecast", "outturn"})
"""Words of a measure that is budgeted, and of one that is spent of it."""
AIMS = frozenset({"budget", "target", "plan", "limit"})
"""Words of a measure that is no spend, though it has a word of it: `forecast_target`."""
_TOKEN = re.compile(r"[a-z0-9_.]+|\S")


def is_adverse(figure: Figure) -> bool:
    """Whether the figure is bad news: a variance, a shortfall or a gap below nil.

    >>> over, budget = (
    ...     Figure(f"a.icb.x.{measure}", "X", Decimal(-40), "GBP", "icb", "x", measure,
    ...            "2023/24 M06", "ledger", False, ())
    ...     for measure in ("ytd_variance", "annual_budget")
    ... )
    >>> is_adverse(over), is_adverse(budget)
    (True, False)
    """
    return figure.value < 0 and is_adverse_below_nil(figure)


def is_adverse_below_nil(figure: Figure) -> bool:
    """Whether the figure would be bad news below nil, as a variance is and a budget is not.

    Its name says so, or its formula does: a budget less what is spent of it is a variance, whatever
    a column of it is called.

    >>> left = Figure("a.icb.x.left", "X", Decimal(5), "GBP", "icb", "x", "left", "2023/24 M06",
    ...               "ledger", False, "a.icb.x.annual_budget - a.icb.x.forecast_outturn")
    >>> is_adverse_below_nil(left)
    True
    """
    is_named_so = any(word in figure.measure for word in ADVERSE_WHEN_NEGATIVE)
    return is_named_so or _is_budget_less_spend(figure.formula or "")


@lru_cache(maxsize=4096)
def _is_budget_less_spend(formula: str) -> bool:
    """Whether a formula adds up budgets alone and takes off spend alone: `a.budget - a.actual`.

    All of one chapter: a budget less what another table says is how far two tables are apart.
    """
    signs, sign = [1], 1
    added: dict[int, list[bool]] = {1: [], -1: []}
    chapters = set()
    for token in _TOKEN.findall(formula):
        if token in "+-":
            sign = 1 if token == "+" else -1
        elif token == "(":
            signs.append(signs[-1] * sign)
            sign = 1
        elif token == ")" and len(signs) > 1:
            signs.pop()
        elif token.count(".") < 3:  # no figure: a number, a function, another sign
            return False
        else:
            side, words = signs[-1] * sign, set(re.split(r"[._]", token.split(".", 3)[3]))
            is_budget = bool(words & BUDGET)
            added[side].append(is_budget if side > 0 else bool(words & SPEND) and not words & AIMS)
            chapters.add(token.split(".", 1)[0])
    sides = added[1], added[-1]
    return all(sides) and all(map(all, sides)) and len(chapters) == 1


def thousands(figure: Figure) -> Number:
    """Pounds in £000s: `(2,213)`; in another unit where the body prints money so: `(2.21)`.

    >>> over = Figure("a.icb.x.ytd_variance", "X", Decimal(-2_212_865), "GBP", "icb", "x",
    ...               "ytd_variance", "2023/24 M06", "ledger", False, ())
    >>> number = thousands(over)
    >>> number.text, number.words, number.value, number.adverse
    ('(2,213)', 'minus 2,213', '-2212865', True)
    """
    unit = money_unit()
    return _number(figure, brackets(figure.value, unit.size, unit.places))


def pounds(figure: Figure) -> Number:
    """Whole pounds: `(2,212,865)`.

    >>> over = Figure("a.icb.x.variance", "X", Decimal("-812.50"), "GBP", "icb", "x", "variance",
    ...               "2023/24 M06", "ledger", False, ())
    >>> pounds(over).text
    '(813)'
    """
    return _number(figure, brackets(figure.value, Decimal(1)))


def count(figure: Figure) -> Number:
    """A count: `1,041`; nil is `0`, a fall is `(59)`.

    >>> fall, nil = (
    ...     Figure("a.icb.x.clients", "X", Decimal(value), "COUNT", "icb", "x", "clients",
    ...            "2023/24 M06", "count", False, ())
    ...     for value in (-59, 0)
    ... )
    >>> count(fall).text, count(nil).text
    ('(59)', '0')
    """
    return _number(figure, signed_brackets(figure.value < 0, digits(figure.value)))


def percent(figure: Figure, places: int = 1) -> Number:
    """A share in per cent: `9.5%`, `(9.5%)`.

    >>> share = Figure("a.icb.x.share", "X", Decimal("-9.55"), "PCT", "icb", "x", "share",
    ...                "2023/24 M06", "ledger", False, ())
    >>> percent(share).text, percent(share, 0).text
    ('(9.6%)', '(10%)')
    """
    text = f"{digits(figure.value, places=places)}%"
    return _number(figure, signed_brackets(figure.value < 0, text))


def percent_2(figure: Figure) -> Number:
    """A share in per cent with two decimals: `0.52%`."""
    return percent(figure, 2)


def price(figure: Figure) -> Number:
    """Pounds per client or month: `£4,224`.

    >>> one = Figure("a.icb.x.price", "X", Decimal("4223.50"), "GBP_PER_CLIENT_MONTH", "icb", "x",
    ...              "price", "2023/24 M06", "care", False, ())
    >>> price(one).text
    '£4,224'
    """
    return _number(figure, signed_brackets(figure.value < 0, f"£{digits(figure.value)}"))


def millions(figure: Figure) -> Number:
    """Pounds in millions: `(£563m)`.

    >>> budget = Figure("a.icb.x.budget", "X", Decimal(562_500_000), "GBP", "icb", "x", "budget",
    ...                 "2023/24 M06", "ledger", False, ())
    >>> millions(budget).text
    '£563m'
    """
    return _number(figure, signed_brackets(figure.value < 0, f"£{digits(figure.value, MILLION)}m"))


def decimal(figure: Figure) -> Number:
    """A rate with two decimals: `1.25`.

    >>> rate = Figure("a.icb.x.rate", "X", Decimal("1.245"), "RATE", "icb", "x", "rate",
    ...               "2023/24 M06", "ledger", False, ())
    >>> decimal(rate).text
    '1.25'
    """
    text = digits(figure.value, places=2)
    return _number(figure, signed_brackets(figure.value < 0, text))


Style = Callable[[Figure], Number]
STYLES: dict[str, Style] = {
    "thousands": thousands,
    "pounds": pounds,
    "count": count,
    "percent": percent,
    "percent_2": percent_2,
    "price": price,
    "millions": millions,
    "decimal": decimal,
}


def default_style(figure: Figure) -> Style:
    """The style of a figure whose table names none: by its unit.

    >>> share = Figure("a.icb.x.share", "X", Decimal("9.5"), "PCT", "icb", "x", "share",
    ...                "2023/24 M06", "ledger", False, ())
    >>> default_style(share)(share).text
    '9.5%'
    """
    return {"GBP": thousands, "PCT": percent, "COUNT": count}.get(figure.unit, price)


def as_said(value: Decimal) -> Decimal:
    """An amount as `short_money` rounds it, with its sign.

    >>> as_said(Decimal(-2_212_865)), as_said(Decimal(241_650_000))
    (Decimal('-2210000'), Decimal('241700000'))
    """
    size, unit = abs(value), money_unit()
    if unit != THOUSANDS:
        return round_half_up(value, unit.step)
    for step, least in ((MILLION / 10, 10 * MILLION), (MILLION / 100, MILLION)):
        if round_half_up(size, step / 10) >= least:
            return round_half_up(value, step)
    pound = Decimal(1)
    return round_half_up(value, THOUSAND if round_half_up(size, pound) >= THOUSAND else pound)


def short_money(value: Decimal, unit: MoneyUnit | None = None) -> str:
    """An amount as prose says it, without sign: `£241.7m`, `£2.21m`, `£404k`, `£8k`, `£950`.

    An amount that is exactly so many tenths of a million is said so: `£2.4m`, `£2m`. Where the body
    prints money in another `unit` it is said in that, unless nothing would be left of it.

    >>> short_money(Decimal(-2_212_865)), short_money(Decimal(403_500)), short_money(Decimal(950))
    ('£2.21m', '£404k', '£950')
    >>> short_money(Decimal(999_499)), short_money(Decimal(999_500)), short_money(Decimal(0))
    ('£999k', '£1.00m', 'nil')
    """
    size, unit = abs(value), unit or money_unit()
    if unit != THOUSANDS and (size == 0 or round_half_up(size, unit.step)):
        return _in_unit(size, unit)
    if round_half_up(size, Decimal(10_000)) >= 10 * MILLION:
        return f"£{digits(size, MILLION, 1 if size % MILLION else 0)}m"
    if round_half_up(size, THOUSAND) >= MILLION:
        places = 0 if not size % MILLION else 1 if not size % (MILLION / 10) else 2
        return f"£{digits(size, MILLION, places)}m"
    if size == 0:
        return "nil"
    if round_half_up(size, Decimal(1)) >= THOUSAND:
        return f"£{digits(size, THOUSAND)}k"
    return f"£{digits(size)}"


def _in_unit(size: Decimal, unit: MoneyUnit) -> str:
    if size == 0:
        return "nil"
    after = "m" if unit.size == MILLION else ""
    return f"£{digits(size, unit.size, unit.places)}{after}"


def _number(figure: Figure, text: str) -> Number:
    """Nothing that prints as nil is bad news, however little is left of it."""
    words, is_nil = None, not re.search(r"[1-9]", text)
    if text.startswith("("):
        words = f"minus {text.strip('()')}"
    return Number(text, figure.id, plain(figure.value), words, is_adverse(figure) and not is_nil)
