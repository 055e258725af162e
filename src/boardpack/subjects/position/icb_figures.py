"""The ICB behind its places: how many are overspent, the revised plan, the movement this month.

Variances have the sign of the ledger: negative is an overspend. A movement is what a variance has
changed by since an earlier month: positive is an improvement.
"""

from __future__ import annotations

from boardpack.core.periods import Month
from boardpack.core.structure import ICB
from boardpack.figures.draft import Draft
from boardpack.figures.prior import prior_months
from boardpack.figures.run_rate import RELEASE
from boardpack.figures.scope import Scope

CHAPTER = "icb_position"
SURPLUS = "overview.icb.planned_surplus"
VARIANCE = "overview.icb.total.ytd_variance"
ELECTIVE = "overview.icb.independent_sector_erf.ytd_underspend"


def icb_position_figures(draft: Draft) -> None:
    """Counts, the plan's revision and movements, all computed from the overview and position."""
    _places(draft)
    _plan(draft)
    _movement(draft)
    _acute(draft)


def _scope(draft: Draft, line: str, label: str) -> Scope:
    return draft.scope(CHAPTER, ICB, line, label)


def _places(draft: Draft) -> None:
    """How many places are overspent to date: each counts one when its variance is below nil."""
    totals = [f"overview.{place}.total.ytd_variance" for place in draft.paper.report.places]
    scope = _scope(draft, "boroughs", "Places")
    if not totals or not all(draft.knows(identity) for identity in totals):
        return
    over = " + ".join(f"min(1, max(0, 0 - {identity}))" for identity in totals)
    others = " + ".join(f"1 - min(1, max(0, 0 - {identity}))" for identity in totals)
    for measure, formula in (("boroughs_overspent", over), ("boroughs_not_overspent", others)):
        stated = draft.stated("overview", ICB, "boroughs", measure)
        scope.derive(measure, formula, "COUNT", printed=stated)
    stated = draft.stated("overview", ICB, "boroughs", "boroughs")
    both = "boroughs_overspent + boroughs_not_overspent"
    scope.derive("boroughs", both, "COUNT", printed=stated)


def _plan(draft: Draft) -> None:
    """How far the planned surplus was lowered; the report states it as an amount without a sign."""
    original, revised = f"{SURPLUS}.original_plan", f"{SURPLUS}.revised_plan"
    scope = _scope(draft, "planned_surplus", "Planned surplus").at(period=draft.year)
    if draft.has(original, revised):
        stated = draft.stated("overview", ICB, "planned_surplus", "movement")
        scope.derive("reduction", f"{original} - {revised}", printed=stated)


def _movement(draft: Draft) -> None:
    """The variance of the last month known, the change since, and the change without releases.

    A release of reserves is known for this month only, so it is taken out only of a movement that
    is no longer than the month.
    """
    scope = _scope(draft, "total", "ICB total")
    for month in prior_months(draft):
        earlier = _earlier(draft, month)
        if earlier is not None and draft.has(VARIANCE):
            then = scope.at(period=month.period, suffix=month.code.lower())
            then.derive("ytd_variance", earlier)
            scope.derive("variance_movement", f"{VARIANCE} - {then.id('ytd_variance')}")
            if month == draft.paper.month.earlier(1) and draft.has(RELEASE):
                without = f"variance_movement - {RELEASE}"
                scope.derive("variance_movement_before_release", without)
            return


def _earlier(draft: Draft, month: Month) -> str | None:
    """The ICB's variance of a month as a formula: as released, or as this month's report says."""
    code = month.code.lower()
    released, stated = (f"position.icb.total.{m}.{code}" for m in ("ytd_variance", "ytd_overspend"))
    if draft.has(released):
        return released
    return f"0 - {stated}" if draft.has(stated) else None


def _acute(draft: Draft) -> None:
    """The acute variance without the elective underspend that national guidance leaves in it."""
    acute = f"overview.icb.{draft.line('acute')}.ytd_variance"
    if draft.has(acute, ELECTIVE):
        label = "Acute services without independent-sector elective care"
        scope = _scope(draft, "acute_services", label)
        scope.derive("ytd_variance", f"{acute} - {ELECTIVE}")
