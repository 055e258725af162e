"""What the demonstration is told: the report, each month's run, reference files, and words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import yaml

from boardpack_demo.history import outturn_history
from boardpack_demo.icb import DIRECTORATES, NAME, SHORT, START, centres, month_of
from boardpack_demo.investment import uplift
from boardpack_demo.item_files import practices
from boardpack_demo.medicines import ARREARS, CENTRAL_DRUGS
from boardpack_demo.programme_files import indicative_prices
from boardpack_demo.table import Table, table
from boardpack_demo.treasury import CASH_LIMIT
from boardpack_demo.truth import Truth

NOT_SUPPLIED = {
    "borough_budget.csv": "The ledger gives the budget of each place.",
    "prescribing_savings_plan.csv": "The savings tracker has the schemes for medicines.",
    "prescribing_savings_position.csv": "The savings tracker has the schemes for medicines.",
    "prescribing_run_rate_drugs.csv": "The items give the cost of each drug.",
    "stated.csv": "No report states a quantity that no table holds.",
}
"""Schedules that this ICB does not have, each with the reason."""
WAITS = {"prescribing_summary.csv": "Prescribing data comes two months in arrears."}
BEGINS_ANEW = {
    "epd.csv": "Prescribing data comes two months in arrears.",
    "drug_tariff_following.csv": "No items have come that are paid at its prices.",
    "chc_reconciling_items.csv": "Nothing stands between the packages and the ledger yet.",
}
"""What the last month of a year brings and the first of the next has not, with the reason."""
SCENARIOS: tuple[dict[str, Any], ...] = (
    {
        "name": "prices_up",
        "title": "Dearer medicines and care",
        "prescribing_price_percent": 2,
        "chc_price_percent": 3,
    },
    {
        "name": "savings_slip",
        "title": "A quarter of the savings to come slip",
        "savings_slip_percent": 25,
    },
    {
        "name": "demand_falls",
        "title": "Fewer items and clients than forecast",
        "prescribing_activity_percent": -1,
        "chc_activity_percent": -2,
    },
)
"""What-ifs that every month's paper shows."""
MARK = "# Illustrative: written by make-demo. No organisation or person in it is real.\n"


def report(places: Mapping[str, str]) -> str:
    """`params/report.yml`, which says that everything is illustrative."""
    boards = {slug: f"{name} Place Partnership Board" for slug, name in places.items()}
    said: dict[str, Any] = {
        "organisation": {"name": NAME, "short_name": SHORT, "boards": {**boards, "icb": NAME}},
        "default_place": next(iter(places)),
        "places": dict(places),
        "central_name": "Centrally managed",
        "icb_name": SHORT,
        "directorates": DIRECTORATES,
        "sign": "budget_minus_actual",
        "materiality": {"amount": 100_000, "percent": 1},
        "rag": {"amber": 0.5, "red": 2},
        "small_numbers": {"lowest": 1, "highest": 7},
        "high_cost_weekly_rate": 1500,
        "chc_funded_inflation_percent": 1.8,
        "cash_limit_percent": float(CASH_LIMIT),
        "bppc_percent": 95,
        "central_drugs_percent": float(CENTRAL_DRUGS),
        "savings_delivery_percent": {**_agreed(), "low": 95, "medium": 75, "high": 40},
        "savings_quarter_percent": [15, 23, 28, 34],
        "sensitive": ["chc_packages.csv"],
        "budget_holders": {
            "Place Director": ["position", "savings"],
            "Medicines Optimisation Lead": ["prescribing"],
            "Head of CHC": ["chc"],
        },
        "illustrative": True,
    }
    return MARK + yaml.safe_dump(said, sort_keys=False, allow_unicode=True, width=96)


def _agreed() -> dict[str, dt.date]:
    """When the finance committee judged how much of a risky saving to count on."""
    return {"agreed": dt.date(START, 4, 30)}


def run(truth: Truth, number: int) -> str:
    """`params/<year>/<month>.yml` of a month of a year."""
    board, cut = truth.month(number).earlier(-2), truth.month(number).earlier(-1)
    lines = [
        f"# The run for Month {number} ({truth.month(number).name}).",
        f"board_date: {_day(board.start, board.number, 20)}",
        "status: draft",
        f"data_cut: {_day(cut.start, cut.number, 24)}T12:00:00Z",
        f"compare_with: [{', '.join(_compared(truth, number))}]",
        f"prescribing_months_of_data: {max(0, number - ARREARS)}",
    ]
    is_over = truth.month(number).is_year_end
    missing = {
        **NOT_SUPPLIED,
        **(WAITS if number <= ARREARS else {}),
        **(BEGINS_ANEW if truth.years and number == 1 else {}),
    }
    cover = {
        "purpose": "information",
        "recommendation": f"Note {'the outturn' if is_over else 'the position and the forecast'}.",
        "conflicts_of_interest": "None.",
        "risks": "Set out in the risks chapter.",
        "equality": "Not applicable.",
        "financial": "The whole paper reports the financial position.",
        "public_engagement": "Not applicable.",
        "other_engagement": "Not applicable.",
        "author_roles": {
            place: f"Place Finance Lead ({name})" for place, name in truth.body.places.items()
        },
        "clinical_lead_role": "Not applicable",
        "executive_sponsor_role": "Chief Finance Officer",
    }
    said = {
        "cover": cover,
        "not_supplied": missing,
        "waivers": [],
        "scenarios": list(SCENARIOS),
    }
    tail = yaml.safe_dump(said, sort_keys=False, allow_unicode=True, width=96)
    return "\n".join(lines) + "\n" + tail


def _compared(truth: Truth, number: int) -> list[str]:
    """The months looked back on: two of this year, or the last one of the year before."""
    if number == 1 and truth.years:
        return [truth.month(number).earlier(1).written]
    return [f"M{earlier:02d}" for earlier in range(number - 1, 0, -1)[:2]]


def _day(start: int, number: int, day: int) -> str:
    year, month = start + (number > 9), (number + 2) % 12 + 1
    return f"{year}-{month:02d}-{day:02d}"


def reference(truth: Truth) -> dict[str, Table]:
    """The files of `data/reference/` by name."""
    years = [(one, one.month(1)) for one in truth.all_years]
    return {
        "cost_centres.csv": _cost_centres(truth),
        "indicative_prices.csv": indicative_prices(truth),
        "practices.csv": practices(truth.body),
        "prescribing_profiles.csv": _profile(truth),
        "rates.csv": table(
            "rate from to value unit source",
            [
                (
                    *("mhis_uplift", f"{april.start}-04-01", f"{april.start + 1}-03-31"),
                    *(f"{uplift(one)}%", "PCT of the prior-year outturn"),
                    "Made up for the demonstration",
                )
                for one, april in years
            ],
        ),
        "chc_budgets.csv": table(
            "financial_year place clients average_price",
            [
                (april.year, place, *one.care.basis(place))
                for one, april in years
                for place in truth.body.places
            ],
        ),
        "chc_budget_activity.csv": _planned_care(truth),
        "savings_requirements.csv": table(
            "financial_year place annual_requirement",
            [
                (april.year, place, one.savings.requirement(place))
                for one, april in years
                for place in truth.body.places
            ],
        ),
        "outturn_history.csv": outturn_history(truth),
    }


def _planned_care(truth: Truth) -> Table:
    """Each year's continuing care budget by kind of care."""
    rows = [
        (one.month(1).year, place, *planned)
        for one in truth.all_years
        for place in truth.body.places
        for planned in one.care.planned(place)
    ]
    return table("financial_year place care_type client_group client_weeks weekly_price", rows)


_SHARES = (
    "8.30 8.55 8.05 8.75 8.15 8.25 8.70 8.10 8.45 8.50 7.80 8.40",
    "8.20 8.35 8.25 8.80 8.05 8.40 8.75 7.95 8.55 8.40 7.85 8.45",
)
"""Of each year's prescribing, in per cent a month."""


def _profile(truth: Truth) -> Table:
    """The share of a year's prescribing in each month, in per cent: by its working days."""
    rows = []
    for one in truth.all_years:
        shares, total = _SHARES[one.years].split(), Decimal(0)
        for number, share in enumerate(shares, start=1):
            total += Decimal(share)
            said = (f"{share}%", f"{total}%", "Made up for the demonstration")
            rows.append((one.month(1).year, f"M{number:02d}", *said))
    return table("financial_year month monthly cumulative source", rows)


def _cost_centres(truth: Truth) -> Table:
    rows: list[tuple[str, ...]] = []
    year = month_of(1).year_folder
    first, last = f"{year} M01", ""
    for centre, _ in centres(truth.body.sizes):
        stays = (centre.code, centre.description, centre.place)
        if centre.moves:
            rows.append((*stays, centre.directorate, "", first, f"{year} M06", ""))
            note = "Equipment joined the Better Care Fund programmes in October"
            anew = (centre.directorate_in(12), "", f"{year} M07", "", note)
            rows.append((*stays, *anew))
        else:
            rows.append((*stays, centre.directorate, centre.group, first, last, ""))
    return table("cost_centre description place directorate group from to note", rows)


def commentary(truth: Truth, place: str, number: int) -> dict[str, str]:
    """A few sentences for each chapter of a place that the month's figures bear out."""
    said = {
        "position": _position(truth, place, number),
        "chc": f"The place pays for [[chc.{place}.all_clients.clients]] clients this month."
        " Package reviews continue.",
        "savings": f"The schemes have saved [[savings.{place}.total.ytd_actual]] to date. Later"
        " schemes are phased towards the end of the year.",
    }
    if truth.medicines.spend(place, number) is not None:
        budget = f"[[prescribing.{place}.ppa.ytd_budget]]"
        said["prescribing"] = (
            f"The year to date has [[prescribing.{place}.ppa.ytd_spend]] of prescribing against a"
            f" budget of {budget}. Data comes two months in arrears, so part of it is estimated."
        )
    return {chapter: f"{text}\n" for chapter, text in said.items()}


def _position(truth: Truth, place: str, number: int) -> str:
    variance = sum(
        (
            sign * truth.total(measure, number, place)
            for measure, sign in (("ytd_budget", Decimal(1)), ("ytd_actual", Decimal(-1)))
        ),
        Decimal(0),
    )
    word = "overspent" if variance < 0 else "underspent"
    amount = f"[[position.{place}.total.ytd_variance]]"
    return f"The place is {word} by {amount} to date. The chapters that follow say why."
