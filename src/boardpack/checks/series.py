"""Monthly series that do not look right: a jump, a share that does not fit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from boardpack.checks.check import Check
from boardpack.checks.made_again import made_again
from boardpack.checks.patterns import Patterns, filled
from boardpack.checks.phrases import amount, as_printed, name, said, with_cell
from boardpack.checks.plausibility import question, unasked
from boardpack.figures.figure import Figure

# A month may be this many times the middle of its series before it is asked about: four times is
# beyond any season, and well below a slip of one digit.
JUMP = Decimal(4)
LEAST_COUNT = 8
LEAST_MONTHS = 4
SERIES = (
    "chc.{place}.{line}.clients",
    "chc.{place}.{line}.average_price",
    "cash.{place}.drawdown.main_drawdown",
    "programmes.{place}.{line}.spells_in_month",
    "programmes.{place}.{line}.attendances_in_month",
)
_MONTH = re.compile(r"(?P<series>.+?)\.(?:(?P<year>\d{4}_\d{2})_)?m(?P<month>\d{2})")


def check_jumps(patterns: Patterns) -> Iterator[Check]:
    """A month that is far above or below the middle of its series."""
    title = "A month fits its series"
    for pattern in SERIES:
        series = [found for found in _series(patterns, pattern) if len(found) >= LEAST_MONTHS]
        for months in series:
            yield _jump(title, months)
        if not series:
            rule = f"jump.{pattern.split('.')[0]}_{pattern.rsplit('.', 1)[-1]}"
            yield unasked(patterns, rule, title, pattern)


def _series(patterns: Patterns, pattern: str) -> Iterator[tuple[Figure, ...]]:
    found: dict[str, list[Figure]] = {}
    for shape in (pattern, f"{pattern}.{{month}}"):
        for figure, _ in patterns.find(shape):
            match = _MONTH.fullmatch(figure.id)
            if match or shape == pattern:
                key = f"{match['series']} {match['year'] or ''}" if match else f"{figure.id} "
                found.setdefault(key, []).append(figure)
    for figures in found.values():
        figures.sort(key=lambda figure: figure.period)
        yield tuple(figures)


@made_again
def _jump(title: str, months: Sequence[Figure]) -> Check:
    middle = median(figure.value for figure in months)
    least = LEAST_COUNT if months[0].unit == "COUNT" else 0
    odd = [
        figure
        for figure in months
        if middle > least and not middle / JUMP <= figure.value <= middle * JUMP
    ]
    worst = odd[0] if odd else months[-1]
    return question(
        "jump",
        title,
        (worst, *(figure for figure in months if figure is not worst)),
        not odd,
        f"{name(worst)} is {with_cell(worst)}, far from the {said(middle, worst.unit)} that is the"
        f" middle of the {len(months)} months.",
        expected=middle,
    )


@dataclass(frozen=True)
class CumulativeShare:
    """A share printed for each month of a running total, of a whole that moves with `base`."""

    share: str
    total: str
    base: str


CUMULATIVE = (
    CumulativeShare(
        "cash.{place}.drawdown.proportion_of_acdr",
        "cash.{place}.drawdown.cumulative_drawdown",
        "resource_limit.{place}.total.budget",
    ),
)
BASE_MOVES = Decimal(5)
"""How many per cent the implied base may move beyond what explains it, before it is asked about."""


def check_cumulative_shares(patterns: Patterns) -> Iterator[Check]:
    """The base that each month's share implies should move only as the base is known to move."""
    title = "The share used fits the amounts drawn"
    for rule in CUMULATIVE:
        steps = [
            _step(patterns, rule, words, month, title)
            for _, words in patterns.find(rule.share)
            for month in range(2, patterns.paper.month.number + 1)
        ]
        made = [check for check in steps if check is not None]
        yield from made
        if not made:
            yield unasked(patterns, "cumulative_share", title, rule.share, rule.total)


@made_again
def _step(
    patterns: Patterns, rule: CumulativeShare, words: dict[str, str], month: int, title: str
) -> Check | None:
    now, before = (_known(patterns, rule, words, number) for number in (month, month - 1))
    if now is None or before is None:
        return None
    (share, total, base), (past_share, past_total, past_base) = now, before
    implied, past = total.value / share.value, past_total.value / past_share.value
    expected = past * base.value / past_base.value
    apart = (implied / expected - 1) * 100
    return question(
        "cumulative_share",
        title,
        (share, past_share, total, past_total),
        abs(apart) <= BASE_MOVES,
        f"{name(share)} is {with_cell(share)} after {amount(past_share)} the month before, while"
        f" {said(total.value - past_total.value, 'GBP')} more was drawn: the two shares cannot be"
        f" of one requirement, which would have moved by {said(apart, 'PCT')} beyond the limit's"
        " own movement.",
        expected=(total.value / expected).quantize(Decimal("0.1")),
    )


def _known(
    patterns: Patterns, rule: CumulativeShare, words: dict[str, str], month: int
) -> tuple[Figure, Figure, Figure] | None:
    suffix = "" if month == patterns.paper.month.number else f".m{month:02d}"
    names = [filled(name, words) + suffix for name in (rule.share, rule.total, rule.base)]
    if names[2] not in patterns.register:  # the limit of a month without movements is the last one
        names[2] = filled(rule.base, words) + ".m00"
    if not all(identity in patterns.register for identity in names):
        return None
    share, total, base = (as_printed(patterns.register, identity) for identity in names)
    return (share, total, base) if share.value and base.value else None
