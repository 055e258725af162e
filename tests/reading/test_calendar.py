"""Months and days as item-level files write them, read in one way or refused."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boardpack.core.periods import Month
from boardpack.reading.calendar import (
    date_order,
    day_in_words,
    is_ambiguous,
    month_in_words,
    month_key,
    month_of,
    months_missing,
    read_day,
    read_month,
)


@pytest.mark.parametrize("text", ["202311", "2023_11", "2023-11", " 2023/11 "])
def test_a_month_is_read_in_each_of_its_forms(text: str) -> None:
    assert read_month(text) == Month(2023, 8)


@pytest.mark.parametrize("text", ["", "202313", "2023", "11/2023", "2023-1", "20231105"])
def test_what_is_no_month_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_month(text or "?")


@given(st.dates(dt.date(1990, 1, 1), dt.date(2090, 12, 31)))
def test_a_month_comes_back_from_its_key(day: dt.date) -> None:
    assert month_key(month_of(day)) == f"{day:%Y-%m}"
    assert read_month(month_key(month_of(day))) == month_of(day)


@given(st.dates(dt.date(1990, 1, 1), dt.date(2090, 12, 31)))
def test_a_day_is_read_in_each_of_its_forms(day: dt.date) -> None:
    month = month_of(day).name.split()[0]
    for text in (
        day.isoformat(),
        f"{day:%Y%m%d}",
        f"{day:%d/%m/%Y}",
        f"{day.day}-{month[:3]}-{day.year}",
        f"{day.day} {month} {day.year}",
    ):
        assert read_day(text) == day
    assert read_day(f"{day.month}/{day.day}/{day.year}", "month first") == day


def test_the_numbers_of_a_date_tell_its_order_where_they_can() -> None:
    assert read_day("3/31/2021") == read_day("31/03/2021") == dt.date(2021, 3, 31)
    assert date_order("3/31/2021") == "month first"
    assert date_order("31/03/2021") == "day first"
    assert date_order("03/04/2021") is date_order("2021-03-31") is None
    assert is_ambiguous("03/04/2021")
    assert not is_ambiguous("3/03/2021")
    assert not is_ambiguous("31/03/2021")


@pytest.mark.parametrize("text", ["31/31/2021", "30/02/2021", "12 Smarch 2021", "44286", "soon"])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_day(text)


def test_headings_tell_month_and_day() -> None:
    heading = "The following price concessions have been granted for January 2024"
    assert month_in_words(heading) == Month(2023, 10)
    assert month_in_words("Drug Tariff Part VIIIA Mar 23") == Month(2022, 12)
    assert month_in_words("Tablets 28") is None
    assert day_in_words("added on 19th January 2024") == dt.date(2024, 1, 19)
    assert day_in_words("") is None


def test_months_that_lack_are_between_the_first_and_the_last() -> None:
    months = [Month(2023, 1), Month(2022, 12), Month(2023, 4)]
    assert months_missing(months) == (Month(2023, 2), Month(2023, 3))
    assert months_missing([Month(2023, 1), Month(2023, 10)], every=3) == (
        Month(2023, 4),
        Month(2023, 7),
    )
    assert months_missing([]) == months_missing(months[:1]) == ()
