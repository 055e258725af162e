"""A small register of made-up figures, and a finished paper about them whose defects are known.

It needs nothing beside the project: its figures are no body's, its words the project's own.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from made_figures import made_figure
from month_six import paper_for

from boardpack.figures.figure import Figure
from boardpack.figures.register import Register
from boardpack.prose.checking import ProseChecker
from boardpack.prose.claim import Claim

TEXT = Path(__file__).with_name("made_up_paper.md")
PLACES = ("bexley", "bromley", "greenwich", "lambeth", "lewisham", "southwark")
LINES = {
    "acute_services": (4_210, 4_150, 8_420, 120),
    "mental_health_services": (6_035, 6_352, 12_070, -583),
    "continuing_care_services": (9_480, 9_963, 18_960, -914),
    "prescribing": (18_260, 20_107, 36_520, -3_705),
    "corporate_budgets": (1_930, 1_815, 3_860, 241),
    "total": (39_915, 42_387, 79_830, -4_841),
}
"""Of each line in thousands: budget and actual to date, annual budget, forecast variance."""
BEFORE = {"prescribing": -1_622, "total": -2_118}
"""Variances to date a month earlier."""
PRESCRIBING = dict(zip(PLACES, (-1_512, -1_847, 63, -988, -1_240, -731), strict=True))
CLIENTS = {
    "M02": (205, 231, 188, 240, 176, 163),
    "M05": (214, 247, 183, 251, 174, 166),
    "M06": (219, 254, 181, 263, 172, 169),
}
PRICES = {
    "M02": (5_310, 5_120, 6_870, 6_410, 6_055, 5_790),
    "M06": (5_240, 5_377, 6_912, 6_530, 6_120, 5_705),
}
HOSPITALS = {"north_hospital": 61_450, "south_hospital": 48_120, "west_hospital": 9_380}
THOUSAND = 1000


def _position() -> Iterable[Figure]:
    for line, (budget, actual, annual, forecast) in LINES.items():
        stem = f"position.bromley.{line}"
        yield made_figure(f"{stem}.ytd_budget", budget * THOUSAND)
        yield made_figure(f"{stem}.ytd_actual", actual * THOUSAND)
        yield made_figure(f"{stem}.ytd_variance", (budget - actual) * THOUSAND)
        yield made_figure(f"{stem}.annual_budget", annual * THOUSAND, period="2023/24")
        yield made_figure(f"{stem}.forecast_variance", forecast * THOUSAND, period="2023/24")
    for line, value in BEFORE.items():
        identity = f"position.bromley.{line}.ytd_variance.m05"
        yield made_figure(identity, value * THOUSAND, period="2023/24 M05")


def _places() -> Iterable[Figure]:
    for place, variance in PRESCRIBING.items():
        yield made_figure(f"overview.{place}.prescribing.ytd_variance", variance * THOUSAND)
    for measure, unit, months in (
        ("clients", "COUNT", CLIENTS),
        ("average_price", "GBP_PER_CLIENT_MONTH", PRICES),
    ):
        for month, values in months.items():
            for place, value in zip(PLACES, values, strict=True):
                identity = f"chc.{place}.all_clients.{measure}.{month.lower()}"
                if month == "M06":
                    identity = identity.removesuffix(".m06")
                yield made_figure(identity, value, unit=unit, period=f"2023/24 {month}")


def _others() -> Iterable[Figure]:
    stem = "savings.bromley.prescribing"
    yield made_figure(f"{stem}.ytd_plan", 850_000)
    yield made_figure(f"{stem}.ytd_actual", 618_000)
    yield made_figure(f"{stem}.ytd_variance", -232_000)
    share = "savings.icb.total.savings_target_share"
    yield made_figure(share, "3.8", unit="PCT", period="2023/24")
    yield made_figure("corporate.icb.allowance.in_month_decrease", 418_000)
    yield made_figure("mental_health.icb.adhd.forecast", 2_700_000, period="2023/24")
    yield made_figure("mental_health.icb.adhd.prior_year.2022_23", 1_900_000, period="2022/23")
    for name, value in HOSPITALS.items():
        identity = f"programmes.bromley.{name}.acute_budget"
        yield made_figure(identity, value * THOUSAND, period="2023/24")


def made_checker() -> ProseChecker:
    """The checker of the made-up figures; made anew, so that a changed rule is asked again."""
    return ProseChecker(Register([*_position(), *_places(), *_others()]), paper_for())


def made_claims(text: str) -> list[Claim]:
    """The claims of a text, held against the made-up figures."""
    return made_checker().check(text)
