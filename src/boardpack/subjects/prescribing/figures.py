"""Prescribing: what makes up the spend that the Prescription Pricing Authority (PPA) bills.

Amounts are in pounds. Lines are the parts of the PPA spend (`cat_m_ncso`, `prior_year`, ...) and
`ppa` for their sum, its budget, variance and forecast: the summary is declared. Where the year to
date holds months without data, what is computed from spend is an estimate.
"""

from __future__ import annotations

from boardpack.core.money import plain
from boardpack.core.structure import ICB
from boardpack.figures.draft import Draft
from boardpack.figures.run_rate import Once, run_rate_figures
from boardpack.figures.schedule_figures import table_figures
from boardpack.figures.scope import Scope
from boardpack.reading.extract import Value
from boardpack.reading.schedule_reading import read_schedule
from boardpack.schedules.load import own_schedule
from boardpack.subjects.prescribing.bases import basis_figures, line_scope
from boardpack.subjects.prescribing.stated import stated_counterparts


def prescribing_figures(draft: Draft) -> None:
    """The declared summary, the central charge, then shares, bases and the pace of spend."""
    summary = own_schedule("prescribing_summary")
    table_figures(draft, summary)
    rows = [row for row in read_schedule(draft.folder, summary) if row["place"] != ICB]
    for row in rows:
        _central_charge(draft, row["place"], row.amounts.get("central_drugs"))
    if rows:
        basis_figures(draft)
        for place in (*draft.paper.report.places, ICB):
            scope = line_scope(draft, place, "ppa", "PPA prescribing")
            run_rate_figures(draft, scope, _prior_year(draft, scope))
    stated_counterparts(draft)


def _central_charge(draft: Draft, place: str, printed: Value | None) -> None:
    """The central drugs charge as a share of medicines, and what it is at the rate agreed."""
    scope = line_scope(draft, place, "central_drugs", "Central drugs charge")
    base = [scope.at(line=part).id("ytd_spend") for part in ("pmd_excl_cat_m_ncso", "cat_m_ncso")]
    if not draft.has(scope.id("ytd_spend"), *base):
        return
    medicines = " + ".join(base)
    rate = plain(draft.paper.report.central_drugs_percent)
    scope.derive("spend_at_rate", f"{rate} / 100 * ({medicines})", printed=printed)
    if sum(draft.agreed(identity).value for identity in base) > 0:
        scope.derive("share_of_medicines", f"ytd_spend / ({medicines}) * 100", "PCT")


def _prior_year(draft: Draft, scope: Scope) -> Once | None:
    """Last year's item, a benefit or a cost: spend, so that it is taken off a variance."""
    prior_year = scope.at(line="prior_year").id("ytd_spend")
    return Once(f"(0 - {prior_year})", is_new=False) if draft.has(prior_year) else None
