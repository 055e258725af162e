"""Differences left unadjusted, as an auditor schedules them: how large, and which way they point.

The schedule takes the distinct differences in money that stand open or are waived; what follows
from another is not counted twice, and what was corrected is adjusted. A reported number is held
against the other statement of it. The effect is what the variance would move by if the other
statement were right: negative when the paper shows too good a variance.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from boardpack.checks.check import Check
from boardpack.checks.printed import CORRECTION
from boardpack.core.money import plain
from boardpack.core.params import Paper
from boardpack.core.structure import ICB
from boardpack.figures.figure import Figure
from boardpack.figures.formula import evaluate, operands
from boardpack.figures.labels import slug
from boardpack.figures.register import Register

LINE = "unadjusted"
SPENDING = frozenset(
    {"position", "overview", "corporate", "indicators", "resource_limit", "prescribing"}
)
"""The chapters whose numbers stand in a spending variance."""
WORSE_WHEN_HIGHER = ("actual", "spend", "outturn", "overspend")
BETTER_WHEN_HIGHER = ("budget", "target", "variance", "underspend")
QUESTIONS = ("plausible", "duty", "labels", "blank")


@dataclass(frozen=True)
class Item:
    """One difference: its check, the scope that it belongs to, and formulas of size and effect."""

    check: Check
    scope: str
    difference: str
    effect: str | None

    @property
    def line(self) -> str:
        """The line of the item's figures."""
        return slug(self.check.id)


def schedule(checks: Sequence[Check], register: Register, paper: Paper) -> tuple[Item, ...]:
    """The differences left unadjusted, the paper's own place first, then the ICB."""
    items = [_item(check, register, paper) for check in checks if _is_unadjusted(check, register)]
    return tuple(sorted(items, key=lambda item: item.scope != paper.place))


def _is_unadjusted(check: Check, register: Register) -> bool:
    return (
        check.status in ("fail", "waived")
        and check.root is None
        and check.difference is not None
        and check.kind != CORRECTION
        and check.id.split(".", 1)[0] not in QUESTIONS
        and register[check.figures[0]].unit == "GBP"
    )


def _item(check: Check, register: Register, paper: Paper) -> Item:
    figure = register[check.figures[0]]
    reported, other = _statements(check, register)
    sign = _direction(figure)
    effect = f"{other} - {reported}" if sign > 0 else f"{reported} - {other}"
    return Item(
        check,
        paper.place if figure.place == paper.place else ICB,
        f"abs({other} - {reported})",
        effect if sign else None,
    )


def _statements(check: Check, register: Register) -> tuple[str, str]:
    """The number that the paper reports and the other statement of it, as parts of a formula.

    An amount that stands without its sign in the other table is turned.
    """
    if not check.id.startswith(("printed.", "agreement.")):
        return check.figures[0], plain(check.expected or Decimal(0))
    second = check.figures[1]
    is_turned = (check.actual or Decimal(0)) * register[second].value < 0
    return check.figures[0], f"(0 - {second})" if is_turned else second


def _direction(figure: Figure) -> int:
    """How a spending variance moves when a number rises: 1 better, -1 worse, 0 not at all."""
    words = figure.measure.removesuffix("_non_covid")
    if figure.chapter not in SPENDING:
        return 0
    if words.endswith(WORSE_WHEN_HIGHER):
        return -1
    return 1 if words.endswith(BETTER_WHEN_HIGHER) else 0


def unadjusted_figures(
    checks: Sequence[Check], register: Register, paper: Paper
) -> Iterator[Figure]:
    """The size and effect of each difference, and for each scope their sums and materiality."""
    items = schedule(checks, register, paper)
    book = Register(register)
    for item in items:
        label = item.check.title
        yield book.add(
            _figure(book, paper, item.scope, item.line, "difference", label, item.difference)
        )
        if item.effect is not None:
            yield book.add(
                _figure(book, paper, item.scope, item.line, "effect", label, item.effect)
            )
    for scope in scopes(paper):
        mine = [item for item in items if item.scope == scope]
        for measure, formula in _totals(scope, mine):
            name = f"Unadjusted differences of {paper.report.place_name(scope)}"
            yield book.add(_figure(book, paper, scope, LINE, measure, name, formula))
        yield _materiality(book, paper, scope)


def scopes(paper: Paper) -> tuple[str, ...]:
    """The paper's place and the ICB that holds its budget."""
    return (paper.place,) if paper.place == ICB else (paper.place, ICB)


def _totals(scope: str, items: Sequence[Item]) -> Iterator[tuple[str, str]]:
    """Every difference, those that make the variance look too good or too bad, and the net."""
    prefix = f"assurance.{scope}."
    sizes = [f"{prefix}{item.line}.difference" for item in items]
    effects = [f"{prefix}{item.line}.effect" for item in items if item.effect is not None]
    yield "gross", _sum(sizes)
    yield "variance_too_good", _sum([f"max(0, 0 - {effect})" for effect in effects])
    yield "variance_too_bad", _sum([f"max(0, {effect})" for effect in effects])
    yield "net_effect", _sum(effects)


def _sum(terms: Sequence[str]) -> str:
    return " + ".join(terms) or "0"


def _materiality(register: Register, paper: Paper, scope: str) -> Figure:
    rule = paper.report.materiality
    budget = f"resource_limit.{scope}.total.budget"
    formula = plain(rule.amount)
    if budget in register:
        shown = register.agreed(budget).id
        formula = f"max({formula}, {plain(rule.percent)} / 100 * {shown})"
    name = f"Materiality for {paper.report.place_name(scope)}"
    return _figure(register, paper, scope, LINE, "materiality", name, formula)


def _figure(
    register: Register, paper: Paper, scope: str, line: str, measure: str, label: str, formula: str
) -> Figure:
    values = {identity: register[identity].value for identity in operands(formula)}
    return Figure(
        id=f"assurance.{scope}.{line}.{measure}",
        label=f"{label}, {measure.replace('_', ' ')}",
        value=evaluate(formula, values),
        unit="GBP",
        place=scope,
        line=line,
        measure=measure,
        period=paper.month.period,
        basis="checks",
        is_estimate=False,
        source=formula,
    )
