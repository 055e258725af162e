"""How the figures of a working paper were chosen: population, method, and what it covers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from boardpack.audit.evidence import MONEY, Auditor
from boardpack.audit.monetary_units import Plan, monetary_units
from boardpack.errors import UsageFault
from boardpack.figures.figure import Figure

NO_MONEY = "The paper shows no figure in pounds: there is nothing to draw."


@dataclass(frozen=True)
class Selection:
    """The ids of the figures, in order; `facts` say how they were chosen, a line each by its name.

    `drawn_by` says of a figure why it was drawn; empty where the auditor named it.
    """

    ids: tuple[str, ...]
    facts: Mapping[str, str]
    drawn_by: Mapping[str, str] = field(default_factory=dict)


def named(auditor: Auditor, ids: Sequence[str]) -> Selection:
    """Figures that the auditor chose."""
    facts = {"Method": "Chosen by the auditor: nothing follows for the figures not chosen."}
    return _told(auditor, tuple(ids), facts, {})


def seeded(auditor: Auditor, number: int, seed: int) -> Selection:
    """So many figures, money first and the larger amounts more likely."""
    facts = {
        "Method": f"A sample of {number:,}: figures in pounds before all others, each with a chance"
        " in proportion to its amount. No confidence is stated: for one, draw by materiality.",
        "Seed": str(seed),
    }
    return _told(auditor, auditor.sample(number, seed), facts, {})


def by_materiality(auditor: Auditor, plan: Plan) -> Selection:
    """A sample by monetary units, of the figures in pounds that the paper shows."""
    amounts = {figure.id: figure.value for figure in _in_pounds(auditor)}
    if not any(amounts.values()):
        raise UsageFault(NO_MONEY)
    drawn = monetary_units(amounts, plan)
    facts = {
        "Method": "Monetary-unit sampling: every pound has the same chance, without its sign.",
        "Confidence": f"{plan.confidence} per cent, reliability factor {plan.factor:.2f}"
        " (no misstatement expected)",
        "Materiality": _pounds(plan.materiality),
        "Interval": f"{_pounds(plan.interval)}: materiality divided by the factor",
        "Seed and start": f"seed {plan.seed}; the first pound drawn is at {_pounds(plan.start)},"
        " then one at every interval, in the order of the figures' ids",
        "As large as the interval": f"{len(drawn.whole):,} figures, all taken,"
        f" {_pounds(drawn.gross - drawn.rest)}",
        "Drawn from the rest": f"{len(drawn.hits):,} figures, of {_pounds(drawn.rest)}",
        "No chance to be drawn": f"{drawn.nil:,} figures of nil pounds, and every figure that is"
        " not in pounds: test them otherwise",
        "To evaluate": "A difference in a figure as large as the interval counts as it is. One in a"
        " smaller figure counts as its share of that figure, times the interval.",
    }
    why = dict.fromkeys(drawn.whole, "it is as large as the interval")
    why |= {name: f"it holds the pound at {_pounds(at)}" for name, at in drawn.hits.items()}
    return _told(auditor, drawn.items, facts, why)


def _told(
    auditor: Auditor, ids: tuple[str, ...], facts: Mapping[str, str], why: Mapping[str, str]
) -> Selection:
    """What holds of any selection: what is tested, the population, and the coverage."""
    population = _in_pounds(auditor)
    gross = sum((abs(figure.value) for figure in population), Decimal(0))
    covered = sum((abs(figure.value) for figure in population if figure.id in ids), Decimal(0))
    share = f", {covered / gross * 100:.1f} per cent" if gross else ""
    shown = sum(1 for identity in auditor.shown if identity in auditor.register)
    about = {
        "Tests the build": f"seal {auditor.seal}",
        "Population": f"{shown:,} figures that the paper shows; {len(population):,} of them in"
        f" pounds, {_pounds(gross)} without signs, totals beside their parts",
    }
    coverage = {"Coverage": f"{len(ids):,} figures, {_pounds(covered)} of the pounds{share}"}
    return Selection(ids, {**about, **facts, **coverage}, why)


def _in_pounds(auditor: Auditor) -> list[Figure]:
    known = (auditor.register[name] for name in auditor.shown if name in auditor.register)
    return [figure for figure in known if figure.unit == MONEY]


def _pounds(value: Decimal) -> str:
    return f"£{value:,.2f}"
