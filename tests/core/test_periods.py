"""Financial months."""

from __future__ import annotations

import pytest

from boardpack.core.errors import UsageFault
from boardpack.core.periods import parse_month


def test_month_six_is_september() -> None:
    month = parse_month("2023-24", "M06")
    assert (month.year, month.code, month.period) == ("2023/24", "M06", "2023/24 M06")
    assert month.name == "September 2023"
    assert month.months_left == 6


def test_the_year_turns_in_april() -> None:
    assert parse_month("2023-24", "M12").name == "March 2024"
    assert parse_month("2024-25", "1").earlier(1) == parse_month("2023-24", "M12")
    assert parse_month("1999-00", "M01").year == "1999/00"


@pytest.mark.parametrize(
    ("year", "month"), [("2023", "M06"), ("2023-25", "M06"), ("2023-24", "M13"), ("2023-24", "M0")]
)
def test_refuses_what_is_not_a_month(year: str, month: str) -> None:
    with pytest.raises(UsageFault):
        parse_month(year, month)
