"""How much of a year's savings is due by now: by the tracker, by quarter as declared, and evenly.

A quarter's share counts by its months that are over. Nothing says how a year's savings really
fall, so the three stand side by side.
"""

from __future__ import annotations

from decimal import Decimal

from boardpack.core.money import plain
from boardpack.core.periods import MONTHS_IN_YEAR
from boardpack.figures.draft import Draft
from boardpack.figures.scope import Scope

MONTHS_IN_QUARTER = 3


def phasing_figures(draft: Draft, scope: Scope) -> None:
    """Shares due by now in per cent, and what was saved against each, in pounds.

    `scope` has the plan and the savings to date of all schemes; the share by quarter is left out
    where none is declared (`savings_quarter_percent`).
    """
    if not draft.has(scope.id("full_year_plan"), scope.id("ytd_actual")):
        return
    scope.share("ytd_plan_share", "ytd_plan", "full_year_plan")
    month = draft.paper.month.number
    shares = {"even": f"{month} / {MONTHS_IN_YEAR} * 100"}
    quarters = draft.paper.report.savings_quarter_percent
    if quarters is not None:
        shares["declared"] = " + ".join(_terms(quarters, month))
    for name, formula in shares.items():
        scope.derive(f"{name}_share", formula, "PCT")
        scope.derive(f"{name}_ytd_plan", f"full_year_plan * {name}_share / 100")
        scope.derive(f"variance_to_{name}_plan", f"ytd_actual - {name}_ytd_plan")


def _terms(quarters: tuple[Decimal, ...], month: int) -> list[str]:
    found = []
    for quarter, share in enumerate(quarters):
        months = min(max(month - MONTHS_IN_QUARTER * quarter, 0), MONTHS_IN_QUARTER)
        if months:
            part = "" if months == MONTHS_IN_QUARTER else f" * {months} / {MONTHS_IN_QUARTER}"
            found.append(f"{plain(share)}{part}")
    return found
