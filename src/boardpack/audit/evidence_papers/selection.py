"""How the figures of a working paper were chosen: population, method, and what it covers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from boardpack.audit.evidence_papers.monetary_units import Plan, monetary_units
from boardpack.audit.evidence_papers.working_paper import MONEY, Auditor
from boardpack.core.errors import UsageFault
from boardpack.figures.figure import Figure

NO_MONEY = "The paper shows no amount of its place from this month's extracts: nothing to draw."


CHECKS = "checks"
"""The basis of figures that a paper gives of its own checks."""


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
    return _told(auditor, tuple(ids), facts, {}, _of_all(auditor))


def seeded(auditor: Auditor, number: int, seed: int) -> Selection:
    """So many figures, money first and the larger amounts more likely."""
    facts = {
        "Method": f"A sample of {number:,}: figures in pounds before all others, each with a chance"
        " in proportion to its amount. No confidence is stated: for one, draw by materiality.",
        "Seed": str(seed),
    }
    return _told(auditor, auditor.sample(number, seed), facts, {}, _of_all(auditor))


def by_materiality(auditor: Auditor, plan: Plan) -> Selection:
    """A sample by monetary units, of what the paper shows of its place and read from the extracts.

    Each amount of the month is in it as it was received. What is computed from these would count
    them again; it is worked out again for each figure drawn, and all of it by `verify`.
    """
    population = _received(auditor)
    amounts = {figure.id: figure.value for figure in population.figures}
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
        "No chance to be drawn": f"{drawn.nil:,} figures of nil pounds, and every figure outside"
        " the population: test them otherwise",
        "To evaluate": "A difference in a figure as large as the interval counts as it is. One in a"
        " smaller figure counts as its share of that figure, times the interval.",
    }
    why = dict.fromkeys(drawn.whole, "it is as large as the interval")
    why |= {name: f"it holds the pound at {_pounds(at)}" for name, at in drawn.hits.items()}
    return _told(auditor, drawn.items, facts, why, population)


@dataclass(frozen=True)
class Population:
    """What is drawn from: its figures in pounds, and which these are in words."""

    words: str
    figures: Sequence[Figure]


def _of_all(auditor: Auditor) -> Population:
    """Every amount that the paper shows; what it says of its own checks is no amount."""
    known = (auditor.register[name] for name in auditor.shown if name in auditor.register)
    found = [figure for figure in known if figure.unit == MONEY and figure.basis != CHECKS]
    return Population("figures in pounds that the paper shows", found)


def _received(auditor: Auditor) -> Population:
    """The amounts of the paper's place that were read from this month's extracts."""
    paper = auditor.layout.paper
    folder = f"{paper.raw.relative_to(paper.home).as_posix()}/"
    found = [
        figure
        for figure in _of_all(auditor).figures
        if figure.place == paper.place
        and any(item.cell.file.startswith(folder) for item in figure.cells)
    ]
    said = f"figures in pounds of {paper.place_name} that the paper shows, read from {folder}"
    return Population(said, found)


def _told(
    auditor: Auditor,
    ids: tuple[str, ...],
    facts: Mapping[str, str],
    why: Mapping[str, str],
    population: Population,
) -> Selection:
    """What holds of any selection: what is tested, the population, and the coverage."""
    found = population.figures
    gross = sum((abs(figure.value) for figure in found), Decimal(0))
    covered = sum((abs(figure.value) for figure in found if figure.id in ids), Decimal(0))
    share = f", {covered / gross * 100:.1f} per cent" if gross else ""
    about = {
        "Tests the build": f"seal {auditor.seal}",
        "Population": f"{len(found):,} {population.words}: {_pounds(gross)} without signs,"
        " printed totals beside their parts",
    }
    coverage = {"Coverage": f"{len(ids):,} figures, {_pounds(covered)} of these pounds{share}"}
    return Selection(ids, {**about, **facts, **coverage}, why)


def _pounds(value: Decimal) -> str:
    return f"£{value:,.2f}"
