"""Key financial indicators: the ICB's duties, target beside actual, and what ties them together.

Declared tables (`key_indicators`, `bppc`). A variance is what is left under a limit (target -
actual), or what exceeds a target that is to be reached (actual - target), so negative is a duty not
met, in either sense. Money is in pounds, payment performance in per cent of invoices.
"""

from __future__ import annotations

from boardpack.figures.draft import Draft
from boardpack.figures.schedule_beside import beside_figures
from boardpack.figures.schedule_figures import table_figures
from boardpack.schedules.load import own_schedule

CHAPTER = "indicators"
INCOME = "expenditure_not_to_exceed_income"
LIMIT = "operating_under_resource_revenue_limit"
RUNNING_COSTS = "not_to_exceed_running_cost_allowance"
CASH = "month_end_cash_position_expected_to_be_below_target"
CAPITAL = "operating_under_capital_resource_limit"
MHIS = "mental_health_investment_standard_annual"


def indicators_figures(draft: Draft) -> None:
    """The duties and payments of the tables, then what lies between the duties."""
    duties = own_schedule("key_indicators")
    table_figures(draft, duties)
    table_figures(draft, own_schedule("bppc"))
    beside_figures(draft, duties)
    draft.enter_stated(CHAPTER)
