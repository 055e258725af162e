"""Prescribing savings as the medicines team reports them: plan, position by place, run-rate drugs.

Amounts are in pounds and a saving is positive; cost growth is positive, a fall in cost negative.
"""

from __future__ import annotations

from boardpack.core.structure import ICB
from boardpack.figures.draft import Draft
from boardpack.figures.labels import slug
from boardpack.figures.scope import Scope
from boardpack.reading.extract import Row
from boardpack.subjects.prescribing.net_of_savings import net_of_savings_figures
from boardpack.subjects.prescribing.run_rate_drugs_extract import read_prescribing_run_rate_drugs
from boardpack.subjects.prescribing.savings_place_figures import position_figures
from boardpack.subjects.prescribing.savings_plan_extract import read_prescribing_savings_plan

TOTAL = "Total"
OPPORTUNITY, SPEND = "identified_opportunity", "spend_jan_dec_2022"
# The calendar year 2022 lies in two financial years.
SPEND_PERIOD = "2021/22-2022/23"
# A group that adds other groups, in the order in which totals can be computed.
GROUPS_OF = {
    "non_core": ("non_core_branded", "non_core_local"),
    "all": ("core", "generic", "non_core", "cost_avoidance"),
}
GROUP_LABELS = {
    "core": "Core, high impact",
    "generic": "Generic medicines",
    "non_core_branded": "Non-core: branded generics",
    "non_core_local": "Non-core: local opportunities",
    "non_core": "Non-core",
    "cost_avoidance": "Cost avoidance",
    "all": "All savings identified",
}
REBATE = "cost_avoidance_total_contribution_to_underlying_position"


def prescribing_savings_figures(draft: Draft) -> None:
    """Schemes, kinds of saving and drugs are read; every total and comparison is computed."""
    rows = read_prescribing_savings_plan(draft.folder).rows
    if rows:
        _plan(draft, rows)
    position_figures(draft)
    if rows:
        _identified(draft)
    _run_rate_drugs(draft)
    net_of_savings_figures(draft)


def scheme_line(group: str, scheme: str) -> str:
    """The line of a scheme: its group and its name, because groups may share a name."""
    return f"{group}_total" if scheme == TOTAL else f"{group}_{slug(scheme)}"


def _plan(draft: Draft, rows: tuple[Row, ...]) -> None:
    totals = {row["group"]: row for row in rows if row["scheme"] == TOTAL}
    schemes = [row for row in rows if row["scheme"] != TOTAL]
    is_spend_told = any(SPEND in row.amounts for row in schemes)  # of some schemes it is not known
    for row in schemes:
        scope = _scheme(draft, row["group"], row["scheme"])
        scope.at(period=SPEND_PERIOD).read_cell(SPEND, row, may_be_blank=is_spend_told)
        scope.read_cell(OPPORTUNITY, row)
    groups = dict.fromkeys(row["group"] for row in schemes)
    for group in (*groups, *(g for g in GROUPS_OF if g in totals)):
        lines = [scheme_line(group, r["scheme"]) for r in schemes if r["group"] == group]
        lines += [scheme_line(part, TOTAL) for part in GROUPS_OF.get(group, ())]
        scope = _scheme(draft, group, TOTAL)
        printed = totals[group].amounts.get(OPPORTUNITY) if group in totals else None
        scope.total(OPPORTUNITY, [scope.at(line=x).id(OPPORTUNITY) for x in lines], printed=printed)


def _scheme(draft: Draft, group: str, scheme: str) -> Scope:
    label = f"{GROUP_LABELS[group]}, total" if scheme == TOTAL else scheme
    line = scheme_line(group, scheme)
    return draft.scope(
        "prescribing_savings", ICB, line, label, basis="medicines team", period=draft.year
    )


def _identified(draft: Draft) -> None:
    """What the plan identifies, its share of the budget, and the rebate that is in it."""
    scope = _scheme(draft, "all", TOTAL).at(line="identified", line_label="Savings identified")
    total = _scheme(draft, "all", TOTAL).id(OPPORTUNITY)
    budget = f"prescribing.{ICB}.ppa.annual_budget"
    if draft.has(total):
        printed = draft.stated("prescribing", ICB, "savings", "identified")
        scope.derive("annual_savings", total, printed=printed)
    if draft.has(total, budget):
        printed = draft.stated("prescribing", ICB, "savings", "identified_share_of_budget")
        scope.derive("share_of_budget", f"{total} / {budget} * 100", "PCT", printed)
    july = f"prescribing_savings.{ICB}.total.annual_plan_july"
    if draft.has(july, total):
        scope.derive("places_above_schemes", f"{july} - {total}")
    rebate = scope.at(line=REBATE).id(OPPORTUNITY)
    if draft.has(rebate):
        printed = draft.stated("prescribing", ICB, "rebate", "estimated_rebate_july")
        estimate = scope.at(line="rebate", line_label="Estimated rebate")
        estimate.derive("estimated_rebate", rebate, printed=printed)
        released = f"prescribing.{ICB}.rebate.released_to_boroughs_september"
        if draft.has(released):
            estimate.derive("rebate_change", f"{released} - estimated_rebate")


def _drug_label(row: Row) -> str:
    return f"{row['therapeutic_area']}: {row['drug']}"


def _run_rate_drugs(draft: Draft) -> None:
    rows = read_prescribing_run_rate_drugs(draft.folder).rows
    drugs = [row for row in rows if row["therapeutic_area"] != TOTAL]
    scope = draft.scope("prescribing_savings", ICB, "run_rate_drugs", basis="medicines team")
    ids = []
    for row in drugs:
        drug = scope.at(line=f"drug_{slug(row['drug'])}", line_label=_drug_label(row))
        drug.read("ytd_cost_growth", row.amounts["ytd_cost_growth"])
        ids.append(drug.id("ytd_cost_growth"))
    for row in rows:
        if row["therapeutic_area"] == TOTAL:
            total = scope.at(line_label="Run-rate drugs together")
            total.total("ytd_cost_growth", ids, printed=row.amounts["ytd_cost_growth"])
