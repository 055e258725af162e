"""What continues from last month: which figures, how far they may move, and why so far.

Ratios are this month's number over last month's, or, for what adds up over the year, this month's
part of it over the average month before. Limits belong to what is allowed. They are wide enough
that a true month seldom asks, and narrow enough that a file of half its rows, a unit or another
month's numbers do.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

NIL = Decimal(0)
How = Literal["level", "to date", "set"]
"""A level may move; what is to date grows; what is set stays for the year."""


@dataclass(frozen=True)
class Continuity:
    """One control: a pattern of figures, how they continue, the limits of the ratio, the reason.

    Numbers of last month below `least` are not asked about. `over_years` compares April with March.
    `may_end` says that a line ends by itself, as a risk does that is closed. `named_by_place` says
    that each place names its lines itself: those of places that have merged are not added up.
    """

    pattern: str
    how: How
    low: Decimal
    high: Decimal
    why: str
    least: Decimal = NIL
    over_years: bool = False
    may_end: bool = False
    named_by_place: bool = False


def _level(pattern: str, low: str, high: str, why: str, least: int = 0) -> Continuity:
    return Continuity(pattern, "level", Decimal(low), Decimal(high), why, Decimal(least))


def _ends(pattern: str, low: str, high: str, why: str, least: int = 0) -> Continuity:
    """A level of a line that may end."""
    limits = Decimal(low), Decimal(high)
    return Continuity(pattern, "level", *limits, why, Decimal(least), may_end=True)


def _care(pattern: str, low: str, high: str, why: str, least: int = 0) -> Continuity:
    """Care goes on over the turn of the year."""
    limits = Decimal(low), Decimal(high)
    return Continuity(pattern, "level", *limits, why, Decimal(least), over_years=True)


def _to_date(pattern: str, low: str, high: str, why: str, least: int = 0) -> Continuity:
    return Continuity(pattern, "to date", Decimal(low), Decimal(high), why, Decimal(least))


def _set(pattern: str, why: str, share: str = "0.01") -> Continuity:
    limits = 1 - Decimal(share), 1 + Decimal(share)
    return Continuity(pattern, "set", *limits, why)


FEW_CLIENTS = 20
SMALL = 250_000
CLIENTS = "packages begin and end by the few"
RATES = "rates of care move once a year, by some per cent"
BESIDE = "what the packages lack is entered or grows month by month, and does not change its side"
CONTRACT = "a contract moves by what is varied in a month"
PROGRAMME = "spend of a programme is spread over the year"
PLAN = "it is set for the year"
CODING = "late coding changes a month that is over by a little"
ESTIMATE = "an estimate grows by the months that it stands for"
DUTY = "what is allowed or to be reached for the year follows the allocations"
FEW_RISKS = "few risks open or close in one month"
REVIEW = "a review moves a risk, and not its order of size"
SCHEME = "what a scheme will save is reviewed, and seldom many times over"
AGREED = "both partners agree it for the year"
PAID = "it is paid each month in much the same amounts"
CONTINUITIES = (
    _care("chc.icb.all_clients.clients", "0.93", "1.08", CLIENTS, FEW_CLIENTS),
    _care("chc.{place}.all_clients.clients", "0.8", "1.25", CLIENTS, FEW_CLIENTS),
    _care("chc.icb.all_clients.average_weekly_price", "0.93", "1.1", RATES),
    _care("chc.{place}.all_clients.average_weekly_price", "0.85", "1.18", RATES),
    _care("chc.icb.month_end.weekly_cost", "0.9", "1.12", CLIENTS),
    _care("chc.{place}.month_end.weekly_cost", "0.75", "1.33", CLIENTS),
    _care("chc.{place}.fnc_month.clients", "0.75", "1.33", CLIENTS, FEW_CLIENTS),
    _care("chc.{place}.high_cost.clients", "0.7", "1.43", CLIENTS, FEW_CLIENTS),
    _level("chc.icb.reconciling_{kind}.ytd_actual", "0.2", "5", BESIDE, 5_000),
    _level("chc.{place}.reconciling_{kind}.ytd_actual", "0.2", "5", BESIDE, 5_000),
    _set("mental_health.icb.{line}.prior_year_outturn", "the last year is over"),
    _set("mental_health.icb.{line}.annual_plan", PLAN),
    _set("mental_health.icb.mhis.forecast_target", PLAN),
    _to_date("mental_health.icb.eligible_programmes.ytd_actual", "0.5", "1.6", PROGRAMME),
    _to_date("mental_health.icb.{line}.ytd_actual", "0.1", "3", PROGRAMME, SMALL),
    _to_date("mental_health.icb.{line}.ytd_plan", "0.1", "3", PROGRAMME, SMALL),
    _level("mental_health.icb.eligible_programmes.forecast_outturn", "0.97", "1.03", PROGRAMME),
    _level("mental_health.icb.mhis.forecast_outturn", "0.97", "1.03", PROGRAMME),
    _level("mental_health.icb.{line}.forecast_outturn", "0.85", "1.18", PROGRAMME, SMALL),
    _level("providers.icb.total.annual_forecast", "0.97", "1.04", CONTRACT),
    _level("providers.icb.{line}.annual_forecast", "0.9", "1.12", CONTRACT, SMALL),
    _level("cash.icb.icb_acdr.requirement", "0.95", "1.06", "it follows the allocations"),
    _level("cash.icb.drawdown.main_drawdown", "0.6", "1.6", PAID),
    _to_date("cash.icb.cash_drawn_down.requirement", "0.6", "1.6", PAID),
    _to_date("cash.icb.prescription_pricing_authority.requirement", "0.6", "1.6", PAID),
    _to_date("cash.icb.hot.requirement", "0.3", "2.5", PAID),
    _to_date("cash.icb.pod.requirement", "0.3", "2.5", PAID),
    _set("cash.icb.drawdown.main_drawdown.{month}", "that month is over", "0"),
    _set("cash.icb.drawdown.supplementary_drawdown.{month}", "that month is over", "0"),
    _set("cash.icb.drawdown.month_end_balance.{month}", "that month is over", "0"),
    _level("programmes.{place}.{line}.spells_in_month.{month}", "0.8", "1.25", CODING, 20),
    _level("programmes.{place}.{line}.attendances_in_month.{month}", "0.8", "1.25", CODING, 20),
    _ends("estimates.{place}.ref_{ref}.amount", "0.33", "3", ESTIMATE, 5_000),
    _level("forecast.{place}.risks.gross", "0.67", "1.5", FEW_RISKS, SMALL),
    _ends("forecast.{place}.risk_{ref}.gross", "0.4", "2.5", REVIEW),
    _ends("forecast.{place}.risk_{ref}.mitigation_amount", "0.4", "2.5", REVIEW),
    _ends("forecast.{place}.risk_{ref}.best", "0.4", "2.5", REVIEW),
    _ends("forecast.{place}.risk_{ref}.worst", "0.4", "2.5", REVIEW),
    _ends("forecast.{place}.risk_{ref}.probability", "0.25", "4", REVIEW),
    _ends("estimates.{place}.ref_{ref}.low", "0.33", "3", ESTIMATE, 5_000),
    _ends("estimates.{place}.ref_{ref}.high", "0.33", "3", ESTIMATE, 5_000),
    _set("section75.{place}.{line}.icb", AGREED),
    _set("section75.{place}.{line}.council", AGREED),
    _set("section75.{place}.{line}.icb_prior_year", "the last year is over"),
    _set("section75.{place}.{line}.council_prior_year", "the last year is over"),
    _set("prescribing_items.{place}.items.month_cost.{month}", "that month is over", "0.02"),
    _to_date("prescribing.{place}.pmd_excl_cat_m_ncso.ytd_spend", "0.4", "2", PAID),
    _level("prescribing.{place}.ppa.annual_budget", "0.95", "1.06", PLAN),
    _level("prescribing.{place}.ppa.forecast_outturn", "0.85", "1.18", PROGRAMME),
    replace(_set("savings.{place}.scheme_{line}.full_year_plan", PLAN), named_by_place=True),
    replace(
        _level("savings.{place}.scheme_{line}.full_year_forecast", "0.2", "5", SCHEME, SMALL),
        named_by_place=True,
    ),
    _level("savings.{place}.all_schemes.full_year_forecast", "0.7", "1.43", SCHEME),
    _set("savings.{place}.all_schemes.full_year_plan", PLAN),
    _set("savings.{place}.total.full_year_plan", PLAN),
    _to_date("savings.{place}.all_schemes.ytd_actual", "0.3", "3", PROGRAMME, SMALL),
    _level("indicators.{place}.{line}.forecast_target", "0.67", "1.5", DUTY, SMALL),
)
"""The first that fits a figure holds it."""
