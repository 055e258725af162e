"""A part that is larger than the whole it is a part of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from boardpack.checks.check import Check
from boardpack.checks.made_again import made_again_as_agreed
from boardpack.checks.patterns import Patterns
from boardpack.checks.phrases import name, said, with_cell
from boardpack.checks.plausibility import question
from boardpack.figures.figure import Figure


@dataclass(frozen=True)
class Bound:
    """A part and its whole, neither of which can be negative by its nature; how the part is in it.

    `{month}` stands for a month, or a cut of another year, that both must name.
    """

    part: str
    whole: str
    why: str


PRESCRIBED = (
    "what the prescription service pays is a part of all prescribing: the rest would be income that"
    " is not named"
)
HIGH_COST = "each high-cost client is one of all clients"
BOUNDS = (
    Bound(
        "prescribing.{place}.ppa.ytd_budget", "overview.{place}.@prescribing.ytd_budget", PRESCRIBED
    ),
    Bound(
        "prescribing.{place}.ppa.ytd_spend", "overview.{place}.@prescribing.ytd_actual", PRESCRIBED
    ),
    Bound(
        "prescribing.{place}.cat_m_ncso.ytd_spend",
        "prescribing.{place}.ppa.ytd_spend",
        "the actual cost already holds these prices",
    ),
    Bound(
        "prescribing_savings.{place}.{line}.identified_opportunity",
        "prescribing_savings.{place}.{line}.spend_jan_dec_2022",
        "no more can be saved on a medicine than is spent on it",
    ),
    Bound(
        "mental_health.{place}.prescribing.spend",
        "prescribing.{place}.ppa.forecast_outturn",
        "medicines for mental health are a part of all medicines",
    ),
    Bound("chc.{place}.high_cost.clients", "chc.{place}.all_clients.clients", HIGH_COST),
    Bound(
        "chc.{place}.high_cost.clients.{month}",
        "chc.{place}.all_clients.clients.{month}",
        HIGH_COST,
    ),
    Bound(
        "programmes.{place}.pruh.acute_budget",
        "programmes.{place}.kings_college_hospital.acute_budget",
        "a site is a part of its trust",
    ),
    Bound(
        "providers.{place}.{line}.annual_forecast",
        "providers.{place}.total.annual_forecast",
        "one contract is a part of all contracts",
    ),
    Bound(
        "providers.{place}.total.annual_forecast",
        "resource_limit.{place}.total.budget",
        "contracts are paid from the allocation",
    ),
    Bound(
        "cash.{place}.icb_acdr.requirement",
        "resource_limit.{place}.total.budget",
        "the cash requirement follows from the allocation",
    ),
    Bound(
        "prescribing_items.{place}.ncso.latest_month_cost",
        "prescribing_items.{place}.items.latest_month_cost",
        "what concessions add is a part of what the items cost",
    ),
    Bound(
        "mental_health.{place}.{line}.ytd_plan",
        "mental_health.{place}.{line}.annual_plan",
        "the plan to date is a part of the plan for the year",
    ),
    Bound(
        "forecast.{place}.risk_{ref}.mitigation_amount",
        "forecast.{place}.risk_{ref}.gross",
        "no more of a risk can be mitigated than there is",
    ),
    Bound(
        "cash.{place}.drawdown.month_end_balance",
        "cash.{place}.drawdown.main_drawdown",
        "what is left at the month's end was drawn in it, but for a little",
    ),
    Bound(
        "cash.{place}.drawdown.cumulative_drawdown",
        "cash.{place}.icb_acdr.requirement",
        "what is drawn is a part of the year's requirement",
    ),
)


def check_bounds(patterns: Patterns) -> Iterator[Check]:
    """One question for each part and whole that the register has, rounding allowed."""
    found = {
        pair: bound
        for bound in BOUNDS
        for pair in patterns.pairs(bound.part, bound.whole)
        if pair[0] != pair[1]
    }
    for (part, whole), bound in found.items():
        yield _bound(bound, patterns.register.agreed(part), patterns.register.agreed(whole))


@made_again_as_agreed
def _bound(bound: Bound, part: Figure, whole: Figure) -> Check:
    above = part.value - whole.value
    return question(
        "within",
        "A part is within its whole",
        (part, whole),
        above <= part.margin + whole.margin,
        f"{name(part)} is {with_cell(part)}: {said(above, part.unit)} more than {name(whole)},"
        f" which is {with_cell(whole)}, although {bound.why}.",
    )
