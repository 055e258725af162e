"""What a period and an id say to a table of many months."""

from __future__ import annotations

import datetime as dt

import pytest

from boardpack.outputs.data.figure_periods import Period, quantity, read_period


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2023/24", Period("2023/24", None, dt.date(2024, 3, 31))),
        ("2023/24 M01", Period("2023/24", 1, dt.date(2023, 4, 30))),
        ("2023/24 M09", Period("2023/24", 9, dt.date(2023, 12, 31))),
        ("2023/24 M11", Period("2023/24", 11, dt.date(2024, 2, 29))),
        ("2022/23 M11", Period("2022/23", 11, dt.date(2023, 2, 28))),
        ("2023/24 Q2", Period("2023/24", None, dt.date(2023, 9, 30))),
        ("2023/24 Q4", Period("2023/24", None, dt.date(2024, 3, 31))),
        ("2021/22-2022/23", Period("2022/23", None, dt.date(2023, 3, 31))),
        ("2021/22-2023/24 M06", Period("2023/24", 6, dt.date(2023, 9, 30))),
        ("2023/24 M13", None),
        ("2023/24 M00", None),
        ("2023/24 Q5", None),
        ("September 2023", None),
    ],
)
def test_a_period_is_taken_apart(text: str, expected: Period | None) -> None:
    assert read_period(text) == expected


@pytest.mark.parametrize(
    ("identity", "expected"),
    [
        ("position.icb.total.ytd_variance", "position.icb.total.ytd_variance"),
        ("position.icb.total.ytd_variance.m05", "position.icb.total.ytd_variance"),
        ("position.icb.total.ytd_variance.m05.printed", "position.icb.total.ytd_variance"),
        ("programmes.bromley.a.spells.2022_23_m12", "programmes.bromley.a.spells"),
        ("programmes.bromley.a.spells.all_years_m01", "programmes.bromley.a.spells"),
        ("programmes.bromley.a.spells.all_years", "programmes.bromley.a.spells"),
        ("savings.icb.total.plan.2022_23_q1", "savings.icb.total.plan"),
        ("savings.icb.total.plan.q2", "savings.icb.total.plan"),
        ("cash.icb.drawdown.main.total", "cash.icb.drawdown.main.total"),
        ("a.m05.q1.2023_24", "a.m05.q1.2023_24"),
    ],
)
def test_a_quantity_is_the_id_without_its_period(identity: str, expected: str) -> None:
    assert quantity(identity) == expected
