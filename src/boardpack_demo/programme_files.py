"""The demonstration's programmes: hospital activity, indicative prices, and what one is made of."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import yaml

from boardpack.core.periods import MONTHS_IN_YEAR, Month
from boardpack_demo.chance import Chance
from boardpack_demo.icb import START, centres
from boardpack_demo.sizes import Body
from boardpack_demo.table import Cell, Table, table
from boardpack_demo.truth import Truth

SITES = ("infirmary",)
FIRST = START - 2
"""The first year whose activity is known."""
SHOWN = 3
"""How many years the file of a month holds."""
_SPECIALTIES = (
    ("elective", "04 - Diabetes & Endocrinology", 46, 962),
    ("non_elective", "04 - Diabetes & Endocrinology", 38, 2417),
    ("outpatient", "302 Endocrinology and Diabetes", 95, 164),
    ("outpatient", "307 Diabetes Service", 120, 131),
)
"""Setting, specialty, a month's activity at one site, and the price of one in pounds."""
COMMUNITY = "COMMUNITY DIABETES SERVICE"
PROGRAMME = "diabetes"


def programme(body: Body) -> str:
    """`params/programmes/diabetes.yml`."""
    activity: dict[str, list[str]] = {}
    for setting, specialty, *_ in _SPECIALTIES:
        activity.setdefault(setting, []).append(specialty.split()[0])
    said = {
        "name": "Diabetes",
        "activity": activity,
        "bnf_prefixes": ["06.01"],
        "community_cost_centres": [
            c.code for c, _ in centres(body.sizes) if c.description == COMMUNITY
        ],
        "gaps": ["General practice, and what patients gain, are not in the data."],
    }
    return yaml.safe_dump(said, sort_keys=False, allow_unicode=True, width=96)


def indicative_prices(truth: Truth) -> Table:
    """A price for each setting and specialty in each year; prices rise by a fiftieth a year."""
    rows = [
        (setting, specialty, year, f"{price * Decimal('1.02') ** n:.2f}", "Made up")
        for n, year in enumerate(_years_to(truth))
        for setting, specialty, _, price in _SPECIALTIES
    ]
    return table("setting specialty financial_year unit_price source", rows)


def _years_to(truth: Truth) -> list[str]:
    """Every year from the first that is known to this one."""
    return [Month(start, 1).year for start in range(FIRST, truth.month(1).start + 1)]


def programme_activity(truth: Truth, number: int) -> Table:
    """Activity of three years by month; months to come are blank."""
    months = " ".join(f"m{each:02d}" for each in range(1, MONTHS_IN_YEAR + 1))
    header = f"place site setting financial_year specialty {months} total"
    return table(
        header, (row for place in truth.body.places for row in _rows(truth, place, number))
    )


def _rows(truth: Truth, place: str, number: int) -> Iterator[tuple[Cell, ...]]:
    for site in SITES:
        for setting in dict.fromkeys(one[0] for one in _SPECIALTIES):
            every: list[tuple[int, ...]] = []
            for year in (years := _years_to(truth)[-SHOWN:]):
                until = number if year == years[-1] else MONTHS_IN_YEAR
                found = {
                    specialty: _counts(truth, (place, site, setting, specialty, year), usual, until)
                    for where, specialty, usual, _ in _SPECIALTIES
                    if where == setting
                }
                whole = tuple(map(sum, zip(*found.values(), strict=True)))
                every.append(whole)
                for specialty, counts in found.items():
                    yield _row((place, site, setting, year, specialty), counts)
                yield _row((place, site, setting, year, "All"), whole)
            yield _row((place, site, setting, "All", "All"), _together(every))


def _counts(truth: Truth, key: tuple[str, ...], usual: int, until: int) -> tuple[int, ...]:
    """A month's activity is about the usual, by the size of the place; it grows with the years."""
    place, year = key[0], key[-1]
    size = usual * truth.body.sizes[place] * (Decimal("1.03") ** _years_to(truth).index(year))
    chance = Chance(truth.lasting_seed, "activity", *key)
    return tuple(int(size * chance.share("0.8500", "1.1500")) for _ in range(until))


def _together(every: list[tuple[int, ...]]) -> tuple[int, ...]:
    return tuple(
        sum(months[n] for months in every if n < len(months)) for n in range(MONTHS_IN_YEAR)
    )


def _row(words: tuple[str, ...], counts: tuple[int, ...]) -> tuple[Cell, ...]:
    blank = [""] * (MONTHS_IN_YEAR - len(counts))
    return (*words, *counts, *blank, sum(counts))
