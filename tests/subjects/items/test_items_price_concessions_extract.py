"""Price concessions: the list and the page, and of two prices the later day's."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from homes import PROJECT
from item_homes import item_folder, told

from boardpack.core.errors import InputFaults
from boardpack.reading.extract import Extract
from boardpack.subjects.items.price_concessions_extract import read_price_concessions

LIST = "month,drug,concession_price\n"
PAGE = "source_page,section_heading,table_intro,drug,pack_size,price_text\n"
JANUARY = "price_concessions,Price concessions granted for January 2024"


def _read(home: Path, text: str) -> Extract:
    return read_price_concessions(item_folder(home, {"price_concessions.csv": text}))


def _refused(home: Path, text: str) -> str:
    with pytest.raises(InputFaults) as caught:
        _read(home, text)
    return str(caught.value)


@pytest.mark.parametrize(
    ("said", "price", "previous"),
    [
        ("£1.50", "1.50", ""),
        ("1.5", "1.5", ""),
        ("11", "11", ""),
        ("£3.38 (previously £2.10)", "3.38", "£2.10"),
        ('"£1,381.63"', "1381.63", ""),
    ],
)
def test_a_price_is_read_as_it_is_written(
    tmp_path: Path, said: str, price: str, previous: str
) -> None:
    (row,) = _read(tmp_path, f"{LIST}2023-07,Atorvastatin 20mg tablets,{said}\n")
    assert row.amounts["price"].amount == Decimal(price)
    assert row["previous"] == previous
    assert row.amounts["price"].cell.text == said.strip('"')


def test_a_page_carries_its_month_and_day_in_its_headings(tmp_path: Path) -> None:
    first, second = _read(
        tmp_path,
        f"{PAGE}{JANUARY},19th January 2024,Amiloride 5mg tablets,28,£15.54\n"
        "price_concessions_archive,2023,December 2023,Cefalexin suspension,100ml,£1.95\n",
    )
    assert (first["month"], first["announced"]) == ("2024-01", "2024-01-19")
    assert first.amounts["pack_size"].amount == 28
    assert (second["month"], second["announced"]) == ("2023-12", "")
    assert (second.amounts["pack_size"].amount, second["pack_unit"]) == (100, "ml")


def test_the_later_day_stands_and_is_told(tmp_path: Path) -> None:
    extract = _read(
        tmp_path,
        f"{PAGE}{JANUARY},19th January 2024,Amiloride,28,£15.54\n"
        f"{JANUARY},26th January 2024,Amiloride,28,£17.00 (previously £15.54)\n"
        f"{JANUARY},26th January 2024,Amiloride,56,£30.00\n",
    )
    assert [(row.line, row["announced"]) for row in extract] == [
        (3, "2024-01-26"),
        (4, "2024-01-26"),
    ]
    assert "A later day's price stands for rows 2." in told(extract.notes)


def test_two_prices_of_a_pack_on_one_day_are_refused(tmp_path: Path) -> None:
    rows = "".join(f"{JANUARY},19th January 2024,Amiloride,28,£{p}\n" for p in ("15", "16"))
    assert "row 3, column price: found '£16'; expected the price of row 2" in (
        _refused(tmp_path, PAGE + rows)
    )


def test_several_prices_without_a_pack_size_all_stand(tmp_path: Path) -> None:
    extract = _read(
        tmp_path,
        LIST + "".join(f"2026-02,Aqueous cream,{price}\n" for price in ("0.99", "5.8", "5.80")),
    )
    assert [row.amounts["price"].amount for row in extract] == [Decimal("0.99"), Decimal("5.8")]
    assert "All stand, with rows 3." in told(extract.notes)
    assert "The price is the same: left out are rows 4." in told(extract.notes)


def test_all_that_cannot_be_read_is_told_at_once(tmp_path: Path) -> None:
    refused = _refused(
        tmp_path,
        f"{PAGE}page,Archive,2023,A,28,£1\n{JANUARY},45th January 2024,B,28,£1\n"
        f"{JANUARY},,C,a few,£1\n{JANUARY},,D,28,see note\n{JANUARY},,,28,£1\n{JANUARY},,E,28,0\n"
        f"{JANUARY},,F, 5mg,28,£1\n",
    )
    for said in (
        "row 2, column month: found 'Archive / 2023'",
        "row 3, column announced: found '45th January 2024'",
        "row 4, column pack_size: found 'a few'",
        "row 5, column price: found 'see note'",
        "row 6, column drug: found ''; expected a drug",
        "row 7, column price: found '0'",
        "row 8: found '7 cells'; expected 6 cells",
    ):
        assert said in refused


def test_a_month_without_the_file_gives_nothing(tmp_path: Path) -> None:
    assert read_price_concessions(item_folder(tmp_path, {})).rows == ()


@pytest.mark.parametrize(
    "month", ["2023-07", "202307", "July 2023", "JULY 2023", "Jul-23", "jul 23", "01/07/2023"]
)
def test_a_month_may_stand_in_words(tmp_path: Path, month: str) -> None:
    (row,) = _read(tmp_path, f"{LIST}{month},Atorvastatin 20mg tablets,1.50\n")
    assert row["month"] == "2023-07"


@pytest.mark.parametrize("month", ["July", "Juli 2023", "15/07/2023", "2023", "July 2023 (2)"])
def test_a_month_that_is_none_is_refused(tmp_path: Path, month: str) -> None:
    assert f"found '{month}'" in _refused(tmp_path, f"{LIST}{month},Atorvastatin 20mg,1.50\n")


def test_the_list_of_the_small_inputs_is_read(tmp_path: Path) -> None:
    path = PROJECT.parent / "shared/cases/18-concession-month-words/price_concessions.csv"
    if not path.is_file():
        pytest.skip("the small inputs are not beside this checkout")
    rows = _read(tmp_path, path.read_text(encoding="utf-8")).rows
    assert sum(row["month"] == "2024-07" for row in rows) >= 3
