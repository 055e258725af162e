"""Prescribing profiles: twelve months, a running sum, a whole year."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from homes import PROJECT
from item_homes import item_folder

from boardpack.core.errors import InputFaults
from boardpack.reading.extract import Extract
from boardpack.subjects.prescribing.profiles_extract import (
    CONTRACT,
    MONTHS,
    read_prescribing_profiles,
)

CARRIED = (PROJECT / "data" / "reference" / CONTRACT.file).read_text(encoding="utf-8")


def _read(home: Path, text: str) -> Extract:
    return read_prescribing_profiles(item_folder(home, {}, {CONTRACT.file: text}))


def test_the_profiles_that_are_carried_keep_the_rule(tmp_path: Path) -> None:
    profiles = _read(tmp_path, CARRIED)
    assert [row["month"] for row in profiles] == list(MONTHS) * 2
    for year in ("2013/14", "2014/15"):
        rows = profiles.only(financial_year=year)
        assert sum(row.amounts["monthly"].amount for row in rows) == 100
        assert {row.amounts["monthly"].unit for row in rows} == {"PCT"}
    (june,) = profiles.only(financial_year="2014/15", month="M03")
    assert june.amounts["cumulative"].amount == Decimal("24.18")


def test_what_does_not_add_up_is_told_at_once(tmp_path: Path) -> None:
    text = CARRIED.replace("M02,8.50%,16.79%", "M02,8.50%,16.97%")
    text = text.replace("2014/15,M12,8.51%,100.00%", "2014/15,M12,8.50%,99.99%")
    with pytest.raises(InputFaults) as caught:
        _read(tmp_path, text)
    assert [(fault.row, fault.value) for fault in caught.value.faults] == [
        (3, "16.97%"),
        (25, None),
    ]
    assert "the running sum of the monthly shares, 16.79%" in str(caught.value)


def test_a_year_with_a_month_too_few_is_refused(tmp_path: Path) -> None:
    text = "".join(line for line in CARRIED.splitlines(keepends=True) if "2013/14,M05" not in line)
    with pytest.raises(InputFaults, match=r"Add M05 of 2013/14\."):
        _read(tmp_path, text)


def test_a_home_without_profiles_gives_none(tmp_path: Path) -> None:
    assert read_prescribing_profiles(item_folder(tmp_path, {})).rows == ()
