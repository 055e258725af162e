"""Past years: read exactly, or refused where a year does not end or ends in two ways."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from item_homes import item_folder, told

from boardpack.core.errors import InputFaults
from boardpack.reading.extract import Extract
from boardpack.subjects.forecast.outturn_history_extract import FILE, read_outturn_history

HEADER = (
    "financial_year,month,place,directorate,annual_budget,ytd_budget,ytd_actual,forecast_outturn\n"
)
GOOD = (
    '2022/23,M06,bromley,Prescribing,"44,000,000","22,000,000","22,500,000","45,100,000"\n'
    '2022/23,M12,bromley,Prescribing,"44,000,000","44,000,000","45,300,000","45,300,000"\n'
)


def _read(home: Path, rows: str) -> Extract:
    return read_outturn_history(item_folder(home, {}, {FILE: HEADER + rows}))


def test_amounts_are_exact_pounds(tmp_path: Path) -> None:
    first, last = _read(tmp_path, GOOD)
    assert first.amounts["ytd_actual"].amount == Decimal(22_500_000)
    assert last.amounts["forecast_outturn"].amount == Decimal(45_300_000)
    assert first.amounts["ytd_actual"].margin == 0


def test_a_home_may_have_no_past_years(tmp_path: Path) -> None:
    assert read_outturn_history(item_folder(tmp_path, {})).rows == ()


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (GOOD.splitlines()[0] + "\n", "Month 12 of 2022/23 for bromley, Prescribing"),
        (GOOD.replace('"45,300,000"\n', '"45,200,000"\n'), "in Month 12 what was spent"),
        (GOOD.replace("2022/23", "2022/24"), "a financial year such as 2023/24"),
        (GOOD.replace("bromley", "bromly"), "a known place"),
        (GOOD.replace("M06", "M13"), "a known month"),
        (GOOD + GOOD.splitlines()[0] + "\n", "each row once"),
        (GOOD.replace('"22,500,000"', ""), "an amount in pounds"),
    ],
)
def test_what_cannot_be_tried_is_refused(tmp_path: Path, rows: str, expected: str) -> None:
    with pytest.raises(InputFaults) as caught:
        _read(tmp_path, rows)
    assert expected in told(caught.value.faults)
    assert FILE in told(caught.value.faults)
