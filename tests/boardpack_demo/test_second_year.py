"""The second year of the demonstration begins where the first ends, and ties out as it does."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from pathlib import Path

import pytest

from boardpack.checks.engine import run_checks
from boardpack.core.params import load_paper
from boardpack.core.periods import MONTHS_IN_YEAR, Month
from boardpack.core.structure import CENTRAL
from boardpack.figures.chapters import NEEDS, compute
from boardpack_demo.care import last_day
from boardpack_demo.history import outturn_history
from boardpack_demo.icb import DIRECTORATES, PLACES, START
from boardpack_demo.investment import mhis_return
from boardpack_demo.make import SEED
from boardpack_demo.month import month_files
from boardpack_demo.programme_files import programme_activity
from boardpack_demo.treasury import section75
from boardpack_demo.truth import Truth, truth_of

SECOND = Month(START + 1, 1)


@lru_cache
def _years() -> tuple[Truth, ...]:
    return truth_of(SEED, 2 * MONTHS_IN_YEAR)


@pytest.mark.parametrize("number", [1, 3, 12])
def test_nothing_fails_in_any_month_of_it(two_years: Path, number: int) -> None:
    paper = load_paper(two_years, Month(SECOND.start, number), "alderwick")
    checks = run_checks(compute(paper, *NEEDS), paper)
    assert len(checks) > 500
    assert [check.id for check in checks if check.status == "fail"] == []


@pytest.mark.parametrize(("months", "years"), [(1, 1), (12, 1), (13, 2), (24, 2)])
def test_as_many_years_as_the_months_reach_into(months: int, years: int) -> None:
    assert len(truth_of(SEED, months)) == years


def test_the_year_that_is_over_stands_in_the_history_as_its_ledger_had_it() -> None:
    first, second = _years()
    rows = {tuple(row[:4]): row[4:] for row in outturn_history(second).rows}
    for place in (*PLACES, CENTRAL):
        for line, label in DIRECTORATES.items():
            key = (first.month(1).year, "M12", place, label)
            spent = first.total("ytd_actual", MONTHS_IN_YEAR, place, line)
            if key in rows:
                assert abs(Decimal(rows[key][2]) - spent) <= Decimal("0.5")
                assert rows[key][2] == rows[key][3]
            else:
                assert spent == 0
    assert all(row[0] < first.month(1).year for row in outturn_history(first).rows)


def test_packages_run_on_into_the_new_year_and_keep_their_clients() -> None:
    first, second = _years()
    closing = {
        rate.client: rate.weekly
        for rate, ends, stops in first.care.known(MONTHS_IN_YEAR)
        if ends is None and stops is None
    }
    opening = {
        rate.client: rate.weekly
        for rate, _, stops in second.care.known(1)
        if stops is None and (rate.ends is None or rate.ends > last_day(MONTHS_IN_YEAR))
    }
    assert closing.items() <= opening.items()


def test_last_years_end_is_what_the_new_year_is_compared_with() -> None:
    first, second = _years()
    outturn = [row[-1] for row in mhis_return(first, MONTHS_IN_YEAR).rows]
    assert [row[3] for row in mhis_return(second, 1).rows] == outturn
    paid = [row[7:10] for row in section75(first).rows]
    assert [row[4:7] for row in section75(second).rows] == paid
    for place in PLACES:
        assert second.medicines.cost(place, 0) == first.medicines.cost(place, MONTHS_IN_YEAR)


def test_activity_of_a_year_that_is_over_is_what_it_was() -> None:
    before, now = (
        {tuple(row[:5]): row[5:] for row in programme_activity(*of).rows}
        for of in ((_years()[0], MONTHS_IN_YEAR), (_years()[1], 1))
    )
    common = [key for key in before.keys() & now.keys() if "All" not in (key[3], key[4])]
    assert {key[3] for key in common} == {"2023/24", "2024/25"}
    assert [key for key in common if before[key] != now[key]] == []


def test_the_tariff_goes_on_and_budgets_rest_on_the_march_before() -> None:
    first, second = _years()
    march = month_files(second, 1).tables["drug_tariff_baseline.csv"]
    assert march.titles[0].endswith("March 2025")
    assert march.rows != month_files(first, 1).tables["drug_tariff_baseline.csv"].rows
