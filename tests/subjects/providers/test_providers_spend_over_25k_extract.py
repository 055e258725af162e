"""Spend over £25,000: three ways of writing days, credits, repeats, `?` for a hyphen."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from item_homes import item_folder, told

from boardpack.core.errors import InputFaults
from boardpack.reading.extract import Extract
from boardpack.subjects.providers.spend_over_25k_extract import read_spend_over_25k

HEADER = "payment_date,expense_type,expense_area,supplier,transaction_number,amount\n"


def _read(home: Path, *rows: str) -> Extract:
    text = HEADER + "".join(f"{row}\n" for row in rows)
    return read_spend_over_25k(item_folder(home, {"spend_over_25k.csv": text}))


def test_days_amounts_and_repeats_are_read_as_they_are(tmp_path: Path) -> None:
    spend = _read(
        tmp_path,
        "31/03/2021,Drugs,PRESCRIBING,A Trust,1,166801.05",
        "3/31/2021,Drugs,PRESCRIBING,A Trust,1,-25275",
        '2021-03-31,Drugs,PRESCRIBING,,2,"(30,000.50)"',
        "31-Mar-21,Drugs,PRESCRIBING,,2,£1",
    )
    assert {row["payment_date"] for row in spend} == {"2021-03-31"}
    assert [row.amounts["amount"].amount for row in spend] == [
        Decimal("166801.05"),
        -25275,
        Decimal("-30000.50"),
        1,
    ]
    assert {value.step for row in spend for value in row.amounts.values()} == {0}
    assert "31/03/2021 and 3/31/2021" in told(spend.notes)


def test_an_ambiguous_day_follows_what_the_file_proves(tmp_path: Path) -> None:
    british = _read(tmp_path / "b", "30/04/2021,a,b,c,1,1", "03/04/2021,a,b,c,2,1")
    american = _read(tmp_path / "a", "4/30/2021,a,b,c,1,1", "03/04/2021,a,b,c,2,1")
    assert british.rows[1]["payment_date"] == "2021-04-03"
    assert american.rows[1]["payment_date"] == "2021-03-04"
    assert british.notes == american.notes == ()


def test_a_file_that_proves_no_order_is_read_day_first_and_told(tmp_path: Path) -> None:
    spend = _read(tmp_path, "03/04/2021,a,b,c,1,1")
    assert spend.rows[0]["payment_date"] == "2021-04-03"
    assert "Read with the day first" in told(spend.notes)


def test_an_ambiguous_day_in_a_mixed_file_is_refused(tmp_path: Path) -> None:
    rows = ("30/04/2021,a,b,c,1,1", "4/30/2021,a,b,c,1,1", "03/04/2021,a,b,c,2,1")
    with pytest.raises(InputFaults) as caught:
        _read(tmp_path, *rows, "soon,a,b,c,3,1")
    assert [fault.row for fault in caught.value.faults] == [4, 5]


def test_a_question_mark_for_a_hyphen_is_kept_and_told(tmp_path: Path) -> None:
    spend = _read(tmp_path, "2021-03-31,C&M?PMS Prem Rates,A,,1,1", "2021-03-31,B,A,,2,1")
    assert spend.rows[0]["expense_type"] == "C&M?PMS Prem Rates"
    assert "column expense_type: found 'a ? in 1 rows'" in told(spend.notes)


def test_lines_alike_are_kept_and_told(tmp_path: Path) -> None:
    spend = _read(tmp_path, *["2021-03-31,B,A,,1,1"] * 2, "2021-03-31,B,A,,1,2")
    assert len(spend.rows) == 3
    assert "rows 3." in told(spend.notes)
    assert "found '1 rows alike'" in told(spend.notes)


def test_a_month_that_lacks_is_told(tmp_path: Path) -> None:
    spend = _read(tmp_path, "2021-01-31,B,A,,1,1", "2021-03-31,B,A,,2,1")
    assert [note.value for note in spend.notes] == ["February 2021"]


def test_a_month_without_the_file_gives_nothing(tmp_path: Path) -> None:
    assert read_spend_over_25k(item_folder(tmp_path, {})).rows == ()
