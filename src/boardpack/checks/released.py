"""Last month's paper: what it published must stand where this month's extracts say it again.

An extract often repeats an earlier month beside this one. Where that differs from what was
released, last month was restated, and a movement shown against it says something else than the
board was told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from boardpack.checks.check import Check, not_applicable, outcome
from boardpack.checks.likely_causes import Difference, likely_cause
from boardpack.checks.made_again import made_again
from boardpack.checks.patterns import Patterns, filled
from boardpack.checks.phrases import amount, as_printed, name, said, where, with_cell
from boardpack.checks.printed import ROLL
from boardpack.core.params import Paper
from boardpack.core.periods import Month
from boardpack.figures.figure import Figure
from boardpack.figures.labels import slug
from boardpack.figures.movements import released_id
from boardpack.figures.one_structure import read_comparable
from boardpack.figures.prior import said_again
from boardpack.reading.released import ReleasedFigure

KIND = "earlier paper"
PRIOR_MONTH = "_prior_month"


@dataclass(frozen=True)
class RollForward:
    """A balance that an earlier balance and the movements since must come to.

    `movement` has the month as its last part where it stands for every month, otherwise it is the
    movement of this month alone.
    """

    title: str
    balance: str
    movement: str
    monthly: bool


ROLL_FORWARDS = (
    RollForward(
        "The resource limit published earlier and the movements since",
        "resource_limit.{place}.total.budget",
        "resource_limit.{place}.total.movement",
        monthly=True,
    ),
    RollForward(
        "The cash requirement published last month and the month's movement",
        "cash.{place}.{line}.requirement",
        "cash.{place}.{line}.movement",
        monthly=False,
    ),
    RollForward(
        "The savings gap published last month and the month's movement",
        "efficiency.{place}.{line}.unidentified",
        "efficiency.{place}.{line}.unidentified_movement",
        monthly=False,
    ),
    RollForward(
        "The savings variance published last month and the month's movement",
        "efficiency.{place}.{line}.ytd_variance",
        "efficiency.{place}.{line}.ytd_variance_movement",
        monthly=False,
    ),
)

Published = Mapping[Month, Mapping[str, ReleasedFigure]]


def check_released(patterns: Patterns) -> Iterator[Check]:
    """Earlier months as said again, and earlier balances rolled forward to this month.

    What was an estimate when it was published moves once it is known. That is no restatement: the
    chapters on movements and estimates look back on it, and no check fails.
    """
    published = _published(patterns.paper)
    repeated = [pair for month in published for pair in _repeated(patterns, month, published)]
    for now, then, month in repeated:
        if not then.is_estimate:
            yield _again(now, then, month, _carried(patterns, then, month))
    if not repeated:
        why = "no extract of this month says an earlier month again that was released."
        yield not_applicable("released.none", "Earlier months said again", KIND, why)
    yield from _estimates(patterns, repeated)
    for rule in ROLL_FORWARDS:
        yield from _rolled(patterns, rule, published)


def _published(paper: Paper) -> Published:
    return {month: {f.id: f for f in read_comparable(paper, month)} for month in paper.compared}


def _repeated(
    patterns: Patterns, month: Month, published: Published
) -> Iterator[tuple[Figure, ReleasedFigure, Month]]:
    """Each figure that this month's extracts say again, beside the one released for its month."""
    register, suffix = patterns.register, month.suffix_in(patterns.paper.month)
    ends = (
        (f".{suffix}", PRIOR_MONTH) if month == patterns.paper.month.earlier(1) else (f".{suffix}",)
    )
    for then in published[month].values():
        for identity in (f"{then.id}{end}" for end in ends):
            if register.find(identity) and not _is_released(register[identity], then):
                yield as_printed(register, identity), then, month


def _estimates(
    patterns: Patterns, repeated: Sequence[tuple[Figure, ReleasedFigure, Month]]
) -> Iterator[Check]:
    """How many figures of each month are not held, because they were estimates when published."""
    months = Counter(month for _, then, month in repeated if then.is_estimate)
    for month, count in months.items():
        title = f"Estimates published for {month.name}"
        why = f"{count} were estimates then, and the chapter on movements says what they became."
        suffix = month.suffix_in(patterns.paper.month)
        yield not_applicable(f"released.estimates.{suffix}", title, KIND, why)


def _is_released(figure: Figure, then: ReleasedFigure) -> bool:
    return any(item.cell.file == then.file for item in figure.cells)


def _carried(patterns: Patterns, then: ReleasedFigure, month: Month) -> Figure | None:
    """The figure of this register that stands for a released one, where the paper carries it."""
    suffix = month.suffix_in(patterns.paper.month)
    for identity in (f"{then.id}.{suffix}", released_id(then, suffix)):
        figure = patterns.register.find(identity)
        if figure and _is_released(figure, then) and figure.value == then.value:
            return figure
    return None


def _as_carried(then: ReleasedFigure, carried: Figure | None) -> ReleasedFigure:
    """What was published, as the paper carries it: an error there would be one here too."""
    return then if carried is None else replace(then, value=carried.value)


@made_again
def _again(now: Figure, then: ReleasedFigure, month: Month, carried: Figure | None) -> Check:
    then = _as_carried(then, carried)
    again = said_again(now, then)
    status = outcome(again.apart, again.allowed)
    failed = status == "fail"
    slip = Difference(again.then, again.now, now.unit, again.step, again.allowed)
    return Check(
        id=f"released.{now.id}",
        title=f"{name(now)}, against the paper published for {month.name}",
        kind=KIND,
        severity="error",
        status=status,
        expected=again.then,
        actual=again.now,
        tolerance=again.allowed,
        figures=(now.id,),
        sentence=f"{name(now)} is now {with_cell(now)}, but the paper for {month.name} published"
        f" {said(then.value, then.unit)} ({then.file} row {then.row})."
        if failed
        else "",
        cause=likely_cause(slip) if failed else "",
    )


def _rolled(patterns: Patterns, rule: RollForward, published: Published) -> Iterator[Check]:
    made = []
    for month in published if rule.monthly else [patterns.paper.month.earlier(1)]:
        for figure, words in patterns.find(rule.balance):
            then = published.get(month, {}).get(figure.id)
            moves = _movements(patterns, filled(rule.movement, words), rule, month)
            if then is not None and moves:
                carried = _carried(patterns, then, month)
                made.append(_roll(patterns, rule, figure, then, moves, month, carried))
    yield from made
    if not made:
        why = "no released figure of an earlier month, or no movement since, is supplied."
        yield not_applicable(f"roll.{slug(rule.title)}", rule.title, ROLL, why)


def _movements(
    patterns: Patterns, movement: str, rule: RollForward, since: Month
) -> tuple[Figure, ...]:
    """The movements after a month up to this one; none unless every month has its own.

    What an annual balance was last year does not roll into this one: April opens it anew.
    """
    register, now = patterns.register, patterns.paper.month
    if since.start != now.start:
        return ()
    months = [f".m{number:02d}" for number in range(since.number + 1, now.number + 1)]
    names = [f"{movement}{month}" for month in months] if rule.monthly else [movement]
    if not all(map(register.find, names)):
        return ()
    return tuple(as_printed(register, identity) for identity in names)


@made_again
def _roll(
    patterns: Patterns,
    rule: RollForward,
    figure: Figure,
    then: ReleasedFigure,
    moves: tuple[Figure, ...],
    month: Month,
    carried: Figure | None,
) -> Check:
    then = _as_carried(then, carried)
    balance = as_printed(patterns.register, figure.id)
    step = balance.step or Decimal(1)
    expected = sum((move.value for move in moves), then.value)
    allowed = (
        (sum((m.margin for m in moves), Decimal(0)) + balance.margin + step / 2) // step * step
    )
    apart = abs(balance.value - expected)
    status = outcome(apart, allowed)
    moved = said(expected - then.value, balance.unit)
    return Check(
        id=f"roll.{figure.id}.since_{month.suffix_in(patterns.paper.month)}",
        title=f"{rule.title}: {name(figure)}",
        kind=ROLL,
        severity="error",
        status=status,
        expected=expected,
        actual=balance.value,
        tolerance=allowed,
        figures=(balance.id, *(move.id for move in moves)),
        sentence=f"{name(figure)} is {with_cell(balance)}, but {said(then.value, then.unit)} as"
        f" published for {month.name} ({then.file} row {then.row}) and movements of {moved} since"
        f" ({where(moves[0]) or amount(moves[0])}) come to {said(expected, balance.unit)}."
        if status == "fail"
        else "",
    )
