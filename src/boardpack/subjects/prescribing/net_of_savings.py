"""Prescribing spend and the savings in it, each pound of saving counted once.

The bill for medicines (Prescribing Monitoring Document, PMD) is lower by what was saved: savings
are shown as "of which", never taken off again. Where the summary takes savings off in a line of
its own (QIPP), those are not in the bill yet, and that line is the same quantity as the tracker's:

- `spend_after_savings` = bill for medicines - what the summary takes off apart
- `spend_without_savings` = `spend_after_savings` + what the tracker's schemes delivered
"""

from __future__ import annotations

from boardpack.core.structure import ICB
from boardpack.figures.draft import Draft
from boardpack.figures.scope import Scope
from boardpack.subjects.prescribing.bases import is_estimated

LINE = "net_of_savings"
BILL = ("pmd_excl_cat_m_ncso", "cat_m_ncso")
APART = "qipp_savings"


def net_of_savings_figures(draft: Draft) -> None:
    """Spend, savings and spend without them: each place, and the ICB where all its places have."""
    places = [p for p in draft.paper.report.places if draft.has(*_bill(p))]
    told = [place for place in places if draft.has(_delivered(draft, place))]
    for place in told:
        scope = _scope(draft, place)
        scope.at(is_estimate=False).derive("savings_delivered", _delivered(draft, place))
        _spend(draft, scope)
    if told and told == places:
        scope = _scope(draft, ICB)
        delivered = [scope.at(place=place).id("savings_delivered") for place in places]
        scope.at(is_estimate=False).total("savings_delivered", delivered)
        _spend(draft, scope)


def _scope(draft: Draft, place: str) -> Scope:
    label = f"{draft.paper.report.place_name(place)}, prescribing and its savings"
    scope = draft.scope("prescribing_savings", place, LINE, label, basis="ppa")
    return scope.at(is_estimate=is_estimated(draft))


def _bill(place: str) -> tuple[str, ...]:
    return tuple(f"prescribing.{place}.{part}.ytd_spend" for part in BILL)


def _delivered(draft: Draft, place: str) -> str:
    return f"savings.{place}.{draft.line('prescribing')}.ytd_actual"


def _spend(draft: Draft, scope: Scope) -> None:
    scope.derive("medicines_bill", " + ".join(_bill(scope.place)))
    apart = f"prescribing.{scope.place}.{APART}.ytd_spend"
    after = "medicines_bill"
    if draft.has(apart) and draft.agreed(apart).value:
        scope.at(is_estimate=False).derive("savings_taken_apart", f"0 - {apart}")
        difference = "savings_taken_apart - savings_delivered"
        scope.at(is_estimate=False).derive("savings_difference", difference)
        after = "medicines_bill - savings_taken_apart"
    scope.derive("spend_after_savings", after)
    scope.derive("spend_without_savings", "spend_after_savings + savings_delivered")
    scope.share("savings_share", "savings_delivered", "spend_without_savings")
