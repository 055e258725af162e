"""Category M prices by drug and month, with the quarters that lack."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from item_homes import item_folder, told

from boardpack.core.errors import InputFaults
from boardpack.reading.extract import Extract
from boardpack.subjects.items.cat_m_prices_extract import read_cat_m_prices


def _read(home: Path, rows: str) -> Extract:
    return read_cat_m_prices(item_folder(home, {"cat_m_prices.csv": "drug,month,price\n" + rows}))


def test_prices_are_exact_pounds_by_month(tmp_path: Path) -> None:
    prices = _read(tmp_path, "Zopiclone 7.5mg tablets,2023_10,0.95\nAspirin,202310,1\n")
    assert [(row["drug"], row["month"]) for row in prices] == [
        ("Zopiclone 7.5mg tablets", "2023-10"),
        ("Aspirin", "2023-10"),
    ]
    price = prices.rows[0].amounts["price"]
    assert (price.amount, price.unit, price.step) == (Decimal("0.95"), "GBP", 0)


def test_a_quarter_that_lacks_is_told_and_a_month_between_is_not(tmp_path: Path) -> None:
    prices = _read(tmp_path, "A,2022-10,1\nA,2022-12,1\nA,2023-04,1\n")
    assert [note.value for note in prices.notes] == ["January 2023"]
    assert "Add the prices of that quarter" in told(prices.notes)


def test_months_and_prices_that_are_none_are_refused_at_once(tmp_path: Path) -> None:
    with pytest.raises(InputFaults) as caught:
        _read(tmp_path, "A,October,1\nB,2023-10,0\nC,2023-10,-1\n")
    assert [fault.row for fault in caught.value.faults] == [2, 3, 4]


def test_a_price_given_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputFaults, match="each row once"):
        _read(tmp_path, "A,2023-10,1\nA,2023-10,2\n")


def test_a_month_without_the_file_gives_nothing(tmp_path: Path) -> None:
    assert read_cat_m_prices(item_folder(tmp_path, {})).rows == ()
