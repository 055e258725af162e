"""Changes between periods: which base gives what, and whether a range goes the way it is said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from boardpack.core.money import plain, round_half_up
from boardpack.core.params import Paper
from boardpack.prose.claim import Claim
from boardpack.prose.context import Context
from boardpack.prose.figure_words import Facet, stems
from boardpack.prose.passages import Sentence
from boardpack.prose.quantities import Quantity
from boardpack.prose.vocabulary import DOWN, UP

_METRICS = (
    (re.compile(r"\bactivity\b|\bclients?\b|\bpackages\b|\bvolumes?\b", re.I), "clients"),
    (re.compile(r"\bprices?\b|\baverage costs?\b|\bcost per\b", re.I), "average_price"),
    (re.compile(r"\bmonthly costs?\b", re.I), "cost_in_month"),
)
_TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Base:
    """One base that a change may be measured from, and the change in per cent."""

    name: str
    change: Decimal
    figures: tuple[str, str]


def bases_of(facets: tuple[Facet, ...], context: Context, paper: Paper) -> list[Base]:
    """The change of the quantity that the words name, from each base the register has."""
    metric = next((m for pattern, m in _METRICS if pattern.search(context.window)), None)
    if metric is None:
        return []
    series = {
        f.period: f
        for f in facets
        if f.computed is None
        and f.place == context.place
        and f.figure.measure == metric
        and f.topics == context.topics
        and not f.words - stems("clients average price cost")
    }
    now = series.get(paper.month.period)
    return [] if now is None else list(_bases(facets, series, now, paper))


def _bases(
    facets: tuple[Facet, ...], series: dict[str, Facet], now: Facet, paper: Paper
) -> Iterator[Base]:
    year = paper.month.year
    months = sorted(p for p in series if p.startswith(f"{year} M") and p < now.period)
    prior = sorted(p for p in series if p < year)
    if months:
        yield _base(f"{months[0]}, the first month given", series[months[0]], now)
    if paper.month.earlier(1).period in months[1:]:
        yield _base(f"{months[-1]}, the month before", series[months[-1]], now)
    if prior:
        yield _base(f"{prior[-1]}, the year before", series[prior[-1]], now)
    for facet in facets:
        same = (facet.place, facet.figure.line) == (now.place, now.figure.line)
        if same and facet.figure.measure == f"budget_{now.figure.measure}":
            yield _base("the budget", facet, now)


def _base(name: str, then: Facet, now: Facet) -> Base:
    change = (now.figure.value / then.figure.value - 1) * 100 if then.figure.value else Decimal(0)
    return Base(name, change, (then.figure.id, now.figure.id))


def fitting_base(bases: list[Base], quantity: Quantity, trend: int) -> Base | None:
    """The base from which the change is what the words say, in size and direction.

    >>> from boardpack.prose.quantities import find_quantities
    >>> bases = [Base("2022/23 M06", Decimal("4.96"), ("a.b.c.d", "a.b.c.e"))]
    >>> fitting_base(bases, find_quantities("5.0%")[0], trend=1).name
    '2022/23 M06'
    >>> print(fitting_base(bases, find_quantities("5.0%")[0], trend=-1))
    None
    """
    said = abs(quantity.value) * (trend or 1)
    fits = [b for b in bases if round_half_up(b.change, quantity.step) == said]
    return fits[0] if fits else None


def bases_said(bases: list[Base]) -> str:
    """Which base gives what, in words.

    >>> bases_said([Base("the month before", Decimal("4.96"), ("a.b.c.d", "a.b.c.e"))])
    '5% from the month before'
    """
    parts = (f"{plain(round_half_up(base.change, _TENTH))}% from {base.name}" for base in bases)
    return "; ".join(parts)


_AGAINST = re.compile(
    r"[^.;]{0,20}\bcompared (?:to|with) (?:the |an? )?[^.;]{0,20}?"
    r"(?:\b(?:20)?\d\d[/-](?:20)?\d\d\b|\b(?:last|previous|prior)\b|\bmonth\b)"
    r"(?![^.;]*\b(?:budget|plan|target|average)\b)",
    re.IGNORECASE,
)
"""The second number is that of an earlier time, not of a budget or of somebody else."""


def check_ranges(sentence: Sentence, quantities: list[Quantity]) -> Iterator[tuple[int, Claim]]:
    """`increased from X to Y`: whether Y stands on the side of X that the word says, and where.

    Of `increasing, at X compared to last year's Y` too.
    """
    for first, second in pairwise(quantities):
        if first.unit != second.unit or not first.unit:
            continue
        between = sentence.text[first.end : second.start]
        before = sentence.text[max(0, first.start - 60) : first.start]
        trend, is_now_first = _range_trend(before, between), False
        if not trend and _AGAINST.match(between):
            start = max((q.end for q in quantities if q.end <= first.start), default=0)
            near = re.split(r"[.;]", sentence.text[start : first.start])[-1]
            trend, is_now_first = _way(near), True
        if not trend:
            continue
        then, now = (second, first) if is_now_first else (first, second)
        moved = (now.value > then.value) - (now.value < then.value)
        line, text = sentence.line_at(first.start), sentence.text[first.start : second.end]
        if moved == trend:
            reason = f"{now.text} is {'more' if moved > 0 else 'less'} than {then.text}."
            yield first.start, Claim(line, text, None, "direction", "supported", (), reason)
        else:
            said = "an increase" if trend > 0 else "a decrease"
            reason = f"The words say {said}, but the numbers go from {then.text} to {now.text}."
            yield first.start, Claim(line, text, None, "direction", "contradicted", (), reason)


def _range_trend(before: str, between: str) -> int:
    """1 or -1 where the two numbers are joined as a rise or a fall."""
    near = re.split(r"[.;]", before)[-1]
    plain_range = re.fullmatch(r"\s*(?:\([^()]*\)\s*)?(?:k )?to\s+(?:a\w* \w+ of )?", between)
    if plain_range and re.search(r"\bfrom\b[^,;]{0,20}$", near):
        return _way(near)
    has_verb = re.search(r"\b(?:to|and)\b[^,;]{0,30}$", between)
    return _way(between) if has_verb and re.search(r"\bto\b", between) else 0


def _way(words: str) -> int:
    up, down = bool(UP.search(words)), bool(DOWN.search(words))
    return 0 if up == down else (1 if up else -1)
