"""Which columns the second implementation needs of each extract, for verification alone.

Shares no code with the product (see second_reading).
"""

from __future__ import annotations

from typing import NamedTuple


class Shape(NamedTuple):
    """The columns of an extract: those that no record leaves blank, and those with its amounts.

    A unit-level extract has rows that are totals, which are no records; in a printed schedule they
    are lines. `optional` columns may be absent. `by_place` adds a column for each place and for
    what is held centrally. A reference file stands in `data/reference/`.
    """

    key: tuple[str, ...]
    amounts: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    is_unit_level: bool = False
    is_reference: bool = False
    by_place: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        """All the columns that must be there."""
        return (*self.key, *self.amounts)


def _months(kind: str) -> tuple[str, ...]:
    return tuple(f"{kind}_m{number:02d}" for number in range(1, 13))


POSITION = ("ytd_budget", "ytd_actual", "annual_budget", "forecast_outturn")
VARIANCES = ("ytd_variance", "forecast_variance")
SAVED = ("ytd_plan", "ytd_actual", "ytd_variance")
SAVED_IN_YEAR = ("full_year_plan", "full_year_forecast", "full_year_variance")
PRESCRIBING = (
    "pmd_excl_cat_m_ncso",
    "cat_m_ncso",
    "central_drugs",
    "flu_income",
    "prior_year",
    "qipp_savings",
    "pmd_ipp_difference",
)

EXTRACTS = {
    "position": Shape(("place", "directorate"), (*POSITION, *VARIANCES)),
    "budget_overview": Shape(("measure", "directorate"), ("icb",), by_place=True),
    "corporate_costs": Shape(("group", "cost_centre"), (*POSITION, *VARIANCES)),
    "place_savings": Shape(
        ("place", "directorate"),
        (*SAVED, *SAVED_IN_YEAR),
    ),
    "efficiency_schemes": Shape(
        ("place",),
        (
            *("annual_requirement", "identified", "unidentified", "unidentified_prior_month"),
            *(*SAVED, "ytd_variance_prior_month"),
        ),
    ),
    "prescribing_summary": Shape(
        ("place",),
        (*PRESCRIBING, "ytd_spend", "ytd_budget", *POSITION[2:], *VARIANCES),
    ),
    "chc_activity_price": Shape(("period", "place"), ("clients", "average_price")),
    "chc_high_cost": Shape(("financial_year", "period", "place"), ("clients",)),
    "mhis": Shape(("line", "measure", "period"), ("value",)),
    "planned_surplus": Shape(("place",), ("ytd_plan", "forecast_plan")),
    "resource_limit": Shape(("month", "movement", "item"), ("icb",), by_place=True),
    "bppc": Shape(("creditor",), ("ytd_actual",)),
    "stated": Shape(("chapter", "place", "line", "measure", "period"), ("value",)),
    "corrections": Shape(("file", "row", "column"), ("used",)),
    "ledger": Shape(
        ("cost_centre", "subjective"), POSITION, optional=VARIANCES, is_unit_level=True
    ),
    "trial_balance": Shape(
        ("entity", "subjective", "period"), ("cost_centre", "in_month", "ytd"), is_unit_level=True
    ),
    "savings_tracker": Shape(
        ("scheme", "place", "directorate", "status"),
        ("recurrent", *_months("plan"), *_months("actual"), *_months("forecast")),
        is_unit_level=True,
    ),
    "mhis_return": Shape(
        ("programme", "eligible"), ("prior_year_outturn", "forecast_outturn"), is_unit_level=True
    ),
    "allocations": Shape(("month", "movement", "item", "place"), ("amount",), is_unit_level=True),
    "invoices": Shape(
        ("creditor",),
        ("number_paid", "number_within_target", "value_paid", "value_within_target"),
        is_unit_level=True,
    ),
    "chc_packages": Shape(
        ("client_id", "package_id", "place", "care_type", "start_date"),
        ("end_date", "rate_start", "rate_end", "weekly_rate", "nhs_share", "one_off"),
        is_unit_level=True,
    ),
    "provenance": Shape(("file",), ("total_of", "control_total")),
    "cost_centres": Shape(
        ("cost_centre", "place", "directorate", "from"),
        ("group", "to", "description"),
        is_reference=True,
    ),
    "savings_requirements": Shape(
        ("financial_year", "place"), ("annual_requirement",), is_reference=True
    ),
    "chc_budgets": Shape(
        ("financial_year", "place"), ("clients", "average_price"), is_reference=True
    ),
    "chc_budget_activity": Shape(
        ("financial_year", "place", "care_type"),
        ("client_weeks", "weekly_price", "client_group"),
        is_reference=True,
    ),
    "rates": Shape(("rate", "from"), ("to", "value"), is_reference=True),
}
"""The extracts that headlines are recomputed from, by name."""
