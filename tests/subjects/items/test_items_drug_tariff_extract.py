"""The Drug Tariff as NHSBSA publishes it: title, unit without a heading, pence, trailing commas."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from item_homes import item_folder, told

from boardpack.core.errors import InputFaults
from boardpack.reading.extract import Extract
from boardpack.subjects.items.drug_tariff_extract import category_counts, read_drug_tariff

HEADER = "Medicine,Pack size,,VMP Snomed Code,VMPP Snomed Code,Drug Tariff Category,Basic Price"
ACARBOSE = "Acarbose 100mg tablets,90,tablet,326038002,1315211000001104,Part VIIIA Category A,4557"
ACACIA = "Acacia spray dried powder,250,gram,5133911000001107,5120711000001104,{category},1632"
PUBLISHED = f"""Drug Tariff Part VIIIA March 2023,,,,,,,,,,,
,,,,,,,,,,,
{HEADER},,,,,
{ACARBOSE},,,,,
{ACACIA.format(category="Part VIIIA Category C")},,,,,
"Adrenaline (base) 10mg/10ml (1 in 1,000) ampoules",2.5,ampoule,323342002,994511000001109,\
Part VIIIA Category M,"2,487",,,,,
"""


def _read(home: Path, content: str | bytes) -> Extract:
    return read_drug_tariff(item_folder(home, {"drug_tariff.csv": content}))


def _refused(home: Path, *rows: str) -> str:
    with pytest.raises(InputFaults) as caught:
        _read(home, "\n".join((HEADER, *rows)) + "\n")
    return str(caught.value)


def test_the_published_shape_is_read_exactly(tmp_path: Path) -> None:
    tariff = _read(tmp_path, PUBLISHED)
    first, _, last = tariff.rows
    assert first.words == {
        "medicine": "Acarbose 100mg tablets",
        "unit": "tablet",
        "vmp": "326038002",
        "vmpp": "1315211000001104",
        "category": "A",
        "month": "2023-03",
    }
    price = first.amounts["price"]
    assert (price.amount, price.unit, price.step) == (Decimal("45.57"), "GBP", 0)
    assert (price.cell.row, price.cell.column, price.cell.text) == (4, "Basic Price", "4557")
    assert last["medicine"].endswith("(1 in 1,000) ampoules")
    assert last.amounts["pack_size"].amount == Decimal("2.5")
    assert last.amounts["price"].amount == Decimal("24.87")
    assert category_counts(tariff) == {"A": 1, "C": 1, "H": 0, "M": 1}
    assert tariff.notes == ()


def test_latin_1_and_a_named_unit_are_read(tmp_path: Path) -> None:
    header = HEADER.replace("size,,", "size,Unit,").replace("Price", "Price (pence)")
    text = f"{header}\n{ACARBOSE.replace('Acarbose', 'Acarbosé')}\n"
    tariff = _read(tmp_path, text.encode("latin-1"))
    assert tariff.rows[0]["medicine"] == "Acarbosé 100mg tablets"
    assert tariff.rows[0]["unit"] == "tablet"
    assert "a title that names the month" in told(tariff.notes)


def test_category_h_is_known(tmp_path: Path) -> None:
    tariff = _read(tmp_path, f"{HEADER}\n{ACACIA.format(category='Part VIIIA Category H')}\n")
    assert category_counts(tariff)["H"] == 1


def test_a_pack_without_a_price_is_kept_and_told(tmp_path: Path) -> None:
    tariff = _read(tmp_path, f"{HEADER}\n{ACARBOSE.rsplit(',', 1)[0]},\n")
    assert "price" not in tariff.rows[0].amounts
    assert "found '1 packs'; expected a price" in told(tariff.notes)
    assert "rows 2." in told(tariff.notes)


def test_a_pack_twice_is_told_and_with_two_prices_refused(tmp_path: Path) -> None:
    tariff = _read(tmp_path, f"{HEADER}\n{ACARBOSE}\n{ACARBOSE}\n")
    assert "expected each pack once" in told(tariff.notes)
    refused = _refused(tmp_path, ACARBOSE, ACARBOSE.replace("4557", "4558"))
    assert "row 3, column VMPP Snomed Code: found '1315211000001104'" in refused
    assert "the price of row 2" in refused


def test_all_that_cannot_be_read_is_told_at_once(tmp_path: Path) -> None:
    refused = _refused(
        tmp_path,
        ACARBOSE.replace("1315211000001104", "1.31521E+15"),
        ACARBOSE.replace("Category A", "Category B"),
        ACARBOSE.replace("4557", "£45.57"),
        ACARBOSE.replace("4557", "4.5E+03"),
        ACARBOSE.replace(",90,", ",ninety,"),
        ACARBOSE.replace("4557", "0"),
    )
    for said in (
        "row 2, column VMPP Snomed Code: found '1.31521E+15'",
        "row 3, column Drug Tariff Category: found 'Part VIIIA Category B'",
        "row 4, column Basic Price: found '£45.57'",
        "row 5, column Basic Price: found '4.5E+03'",
        "row 6, column Pack size: found 'ninety'",
        "row 7, column Basic Price: found '0'",
    ):
        assert said in refused


def test_a_comma_in_a_name_without_quotes_is_refused(tmp_path: Path) -> None:
    refused = _refused(tmp_path, ACARBOSE.replace("Acarbose", "Acarbose (1 in 1,000)"))
    assert "row 2: found '8 cells'; expected 7 cells" in refused
    assert "must stand in quotes" in refused


def test_missing_columns_are_named_with_the_near_one(tmp_path: Path) -> None:
    with pytest.raises(InputFaults) as caught:
        _read(tmp_path, f"{HEADER.replace('Basic Price', 'Basic Prise')}\n{ACARBOSE}\n")
    assert "a column 'Basic Price'. Did you mean 'Basic Prise'?" in str(caught.value)


def test_a_later_months_tariff_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputFaults, match="found 'March 2024'; expected a tariff up to September"):
        _read(tmp_path, PUBLISHED.replace("March 2023", "March 2024"))


def test_a_month_without_the_file_gives_nothing(tmp_path: Path) -> None:
    tariff = read_drug_tariff(item_folder(tmp_path, {}))
    assert (tariff.rows, tariff.sha256) == ((), "")


@pytest.mark.parametrize(
    ("title", "month"),
    [
        ("July Drug Tariff Part VIIIA", "2023-07"),
        ("Drug Tariff Part VIIIA July", "2023-07"),
        ("Drug Tariff Part VIIIA JUL-23", "2023-07"),
        ("March Drug Tariff Part VIIIA", "2023-03"),
        ("July 2023 Drug Tariff, printed Oct 12, 2023", "2023-07"),
    ],
)
def test_a_title_without_a_year_is_of_the_month_nearest_to_the_items(
    tmp_path: Path, title: str, month: str
) -> None:
    tariff = _read(tmp_path, PUBLISHED.replace("Drug Tariff Part VIIIA March 2023", title))
    assert tariff.rows[0]["month"] == month


def test_november_cannot_be_the_tariff_of_july(tmp_path: Path) -> None:
    title = "November Drug Tariff Part VIIIA"
    with pytest.raises(InputFaults, match="found 'November 2023'; expected a tariff up to Sept"):
        _read(tmp_path, PUBLISHED.replace("Drug Tariff Part VIIIA March 2023", title))


def test_a_tariff_that_comes_as_a_workbook_is_refused_in_words(tmp_path: Path) -> None:
    folder = item_folder(tmp_path, {"drug_tariff.xlsx": b"PK\x03\x04"})
    with pytest.raises(
        InputFaults, match=r"item-level files are read as CSV only\. Save the sheet"
    ):
        read_drug_tariff(folder)


def test_a_byte_for_the_end_of_the_file_is_no_row(tmp_path: Path) -> None:
    assert len(_read(tmp_path, f"{PUBLISHED}\x1a").rows) == 3
