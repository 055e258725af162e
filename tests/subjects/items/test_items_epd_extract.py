"""The English Prescribing Dataset: both layouts, its traps, and sums that no order changes."""

from __future__ import annotations

import csv
import io
import random
import tempfile
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from item_homes import item_folder, told

from boardpack.core.errors import InputFaults
from boardpack.core.periods import Month
from boardpack.reading.long_files import ItemFile
from boardpack.subjects.items.engines import Source, open_sums, rows_of, write_sums
from boardpack.subjects.items.epd_extract import Epd, read_epd
from boardpack.subjects.items.epd_layout import epd_layout
from boardpack.subjects.items.epd_sums import KEY, sums_table, total
from boardpack.subjects.items.sums import ItemSums, sum_items

OLD = (
    "YEAR_MONTH REGIONAL_OFFICE_NAME REGIONAL_OFFICE_CODE ICB_NAME ICB_CODE PCO_NAME PCO_CODE "
    "PRACTICE_NAME PRACTICE_CODE ADDRESS_1 POSTCODE BNF_CHEMICAL_SUBSTANCE "
    "CHEMICAL_SUBSTANCE_BNF_DESCR BNF_CODE BNF_DESCRIPTION BNF_CHAPTER_PLUS_CODE QUANTITY ITEMS "
    "TOTAL_QUANTITY ADQUSAGE NIC ACTUAL_COST UNIDENTIFIED"
).split()
SNOMED = (
    "YEAR_MONTH REGIONAL_OFFICE_NAME REGIONAL_OFFICE_CODE ICB_NAME ICB_CODE PCO_NAME PCO_CODE "
    "PRACTICE_NAME PRACTICE_CODE ADDRESS_1 POSTCODE BNF_CHEMICAL_SUBSTANCE_CODE "
    "BNF_CHEMICAL_SUBSTANCE BNF_PRESENTATION_CODE BNF_PRESENTATION_NAME BNF_CHAPTER_PLUS_CODE "
    "QUANTITY ITEMS TOTAL_QUANTITY ADQ_USAGE NIC ACTUAL_COST UNIDENTIFIED SNOMED_CODE"
).split()
PRACTICES = (
    "practice_code,practice_name,postcode,place,from,to\n"
    "X1,A Surgery,,Bromley,,\nX2,B Surgery,,Lambeth,,2023-03-31\n"
)
ROW = {
    "YEAR_MONTH": "202307",
    "PCO_CODE": "72Q00",
    "PRACTICE_CODE": "X1",
    "PRACTICE_NAME": "A SURGERY",
    "BNF_CHEMICAL_SUBSTANCE": "0407010H0",
    "BNF_CODE": "0407010H0AAAMAM",
    "BNF_DESCRIPTION": "Paracetamol 500mg tablets",
    "QUANTITY": "28",
    "ITEMS": "2",
    "TOTAL_QUANTITY": "56",
    "NIC": "1.72",
    "ACTUAL_COST": "1.60123",
}
NEW_ROW = {
    "BNF_CHEMICAL_SUBSTANCE_CODE": "0407010H0",
    "BNF_CHEMICAL_SUBSTANCE": "Paracetamol",
    "BNF_PRESENTATION_CODE": "0407010H0AAAMAM",
    "BNF_PRESENTATION_NAME": "Paracetamol 500mg tablets",
    "SNOMED_CODE": "322236009",
}


def _text(*rows: dict[str, str], header: Sequence[str] = OLD) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, header, restval="", extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(
        {**ROW, **NEW_ROW, **row} if header is SNOMED else {**ROW, **row} for row in rows
    )
    return out.getvalue()


def _read(home: Path, content: str | bytes, practices: str = PRACTICES) -> Epd:
    return read_epd(item_folder(home, {"epd.csv": content}, {"practices.csv": practices}))


def _lines(epd: Epd) -> dict[tuple[Any, ...], ItemSums]:
    return epd.sums(("month", "place", "practice", "bnf_code", "snomed_code"))


def _refused(home: Path, content: str) -> str:
    with pytest.raises(InputFaults) as caught:
        _read(home, content)
    return str(caught.value)


def test_rows_that_repeat_are_added_and_never_dropped(tmp_path: Path) -> None:
    epd = _read(tmp_path, _text({}, {}, {"QUANTITY": "32", "ITEMS": "1", "TOTAL_QUANTITY": "32"}))
    ((key, sums),) = _lines(epd).items()
    assert key == (Month(2023, 4), "bromley", "X1", "0407010H0AAAMAM", "")
    assert sums == ItemSums(3, 5, Decimal(144), Decimal("5.16"), Decimal("4.80369"))
    assert epd.total == epd.placed == sums
    assert epd.row_count == 3
    assert dict(epd.descriptions) == {"0407010H0AAAMAM": "Paracetamol 500mg tablets"}
    assert epd.notes == ()


def test_both_layouts_give_the_same_sums(tmp_path: Path) -> None:
    old = _read(tmp_path / "old", _text({}, {"PRACTICE_CODE": "X2"}))
    new = _read(tmp_path / "new", _text({}, {"PRACTICE_CODE": "X2"}, header=SNOMED))
    assert {key[:4]: sums for key, sums in _lines(old).items()} == {
        key[:4]: sums for key, sums in _lines(new).items()
    }
    assert {key[4] for key in _lines(old)} == {""}
    assert {key[4] for key in _lines(new)} == {"322236009"}


def test_a_snomed_code_is_text_and_one_that_lost_digits_is_told(tmp_path: Path) -> None:
    whole, cut = "29747011000001102", "29747011000001100"
    epd = _read(tmp_path, _text({"SNOMED_CODE": whole}, {"SNOMED_CODE": cut}, header=SNOMED))
    assert [code for (code,) in epd.sums(("snomed_code",))] == [cut, whole]
    assert "column SNOMED_CODE: found '1 rows'" in told(epd.notes)
    assert "these rows: 3." in told(epd.notes)


@pytest.mark.parametrize("area", ["AREA_TEAM", "STP", "ICB"])
def test_the_area_columns_of_each_year_are_known(tmp_path: Path, area: str) -> None:
    header = [name.replace("ICB_", f"{area}_") for name in OLD]
    epd = _read(tmp_path, _text({"YEAR_MONTH": "2023_07"}, header=header))
    assert epd.placed.rows == 1
    assert epd.notes == ()


def test_a_mixture_of_layouts_is_refused(tmp_path: Path) -> None:
    header = ["BNF_PRESENTATION_CODE" if name == "BNF_DESCRIPTION" else name for name in OLD]
    refused = _refused(tmp_path, _text({}, header=header))
    assert "the columns of one layout" in refused
    assert "BNF_PRESENTATION_CODE" in refused


def test_a_name_where_the_substance_code_belongs_is_refused(tmp_path: Path) -> None:
    refused = _refused(tmp_path, _text({}, {"BNF_CHEMICAL_SUBSTANCE": "Paracetamol"}))
    assert "row 3, column chemical substance: found 'Paracetamol'; expected a BNF code" in refused


def test_another_code_of_the_substance_is_told_and_read(tmp_path: Path) -> None:
    epd = _read(tmp_path, _text({"BNF_CHEMICAL_SUBSTANCE": "0407010X0"}))
    assert "the BNF code's own substance" in told(epd.notes)
    assert epd.row_count == 1


def test_missing_columns_are_named_all_at_once(tmp_path: Path) -> None:
    header = [name for name in OLD if name not in ("NIC", "ITEMS")]
    refused = _refused(tmp_path, _text({}, header=header))
    assert "a column 'NIC'" in refused
    assert "a column 'ITEMS'" in refused
    assert "a column 'BNF_DESCRIPTION'" in _refused(
        tmp_path, _text({}, header=[name for name in OLD if name != "BNF_DESCRIPTION"])
    )


def test_every_unreadable_cell_is_told_at_once(tmp_path: Path) -> None:
    refused = _refused(
        tmp_path,
        _text(
            {"NIC": "1.2E+05"},
            {"ACTUAL_COST": "", "QUANTITY": "many"},
            {"YEAR_MONTH": "July 2023"},
            {"BNF_CODE": "4.07E+08"},
            {"ITEMS": "1.5", "TOTAL_QUANTITY": "42"},
            {"NIC": "nan"},
        ),
    )
    for said in (
        "row 2, column NIC: found '1.2E+05'",
        "row 3, column ACTUAL_COST: found ''",
        "row 3, column QUANTITY: found 'many'",
        "row 4, column YEAR_MONTH: found 'July 2023'",
        "row 5, column BNF code: found '4.07E+08'",
        "row 6, column ITEMS: found '1.5'; expected a whole number",
        "row 7, column NIC: found 'nan'",
    ):
        assert said in refused


def test_many_faults_of_one_kind_are_counted(tmp_path: Path) -> None:
    refused = _refused(tmp_path, _text(*({"NIC": "x"} for _ in range(1025))))
    assert "row 2, column NIC: found 'x'" in refused
    assert "The same stands in rows 3, 4, 5, 6 and 15 more." in refused
    assert "found '1,005 more rows'" in refused
    assert refused.count("\n") == 1


def test_a_file_that_broke_off_is_refused(tmp_path: Path) -> None:
    assert "row 3: found '3 cells'; expected 23 cells" in _refused(
        tmp_path, _text({}) + "202307,,\n"
    )
    assert "The file is empty" in _refused(tmp_path, "\n")


def test_the_quantity_identity_tells_the_rows_that_break_it(tmp_path: Path) -> None:
    broken = {"TOTAL_QUANTITY": "57"}
    epd = _read(tmp_path, _text({}, broken, broken, {}, broken))
    assert epd.quantity_breaches.lines == (3, 4, 6)
    assert "found '3 rows'; expected QUANTITY x ITEMS. Ask NHSBSA about these rows: 3-4, 6." in (
        told(epd.notes)
    )
    assert epd.total.quantity == 2 * 56 + 3 * 57


def test_unknown_practices_of_the_own_area_are_listed_once_with_their_cost(tmp_path: Path) -> None:
    stranger = {"PRACTICE_CODE": "X9", "PRACTICE_NAME": "NEW SURGERY"}
    far = {"PRACTICE_CODE": "F1", "PCO_CODE": "99Z00", "PRACTICE_NAME": "FAR SURGERY"}
    epd = _read(tmp_path, _text({}, stranger, stranger, far))
    assert [(one.practice, one.name, one.sums.rows) for one in epd.unknown] == [
        ("X9", "NEW SURGERY", 2)
    ]
    assert epd.outside.rows == 1
    assert epd.total == sum_items([epd.placed, epd.unknown[0].sums, epd.outside])
    notes = told(epd.notes)
    assert notes.count("X9") == 1
    assert "'X9 NEW SURGERY'" in notes
    assert "its cost of £3.20246 belongs to no place yet" in notes
    assert "found '1 others'" in notes


def test_a_closed_practice_keeps_its_place_and_is_told(tmp_path: Path) -> None:
    epd = _read(tmp_path, _text({}, {"PRACTICE_CODE": "X2"}))
    assert epd.by_place()[Month(2023, 4), "lambeth"].rows == 1
    assert "found 'X2'; expected a practice that was open. Its cost of July 2023 stays" in (
        told(epd.notes)
    )


def test_months_that_are_not_due_are_told(tmp_path: Path) -> None:
    epd = _read(tmp_path, _text({"YEAR_MONTH": "202307"}, {"YEAR_MONTH": "202308"}))
    assert "found 'August 2023'; expected data up to July 2023" in told(epd.notes)


def test_a_later_month_than_the_papers_is_refused(tmp_path: Path) -> None:
    refused = _refused(tmp_path, _text({"YEAR_MONTH": "202310"}))
    assert "found '2023-10'; expected months up to September 2023" in refused


def test_latin_1_and_a_byte_order_mark_are_read(tmp_path: Path) -> None:
    text = _text({"PRACTICE_CODE": "X9", "PRACTICE_NAME": "CAFÉ SURGERY"}, {})
    for name, content in (("a", text.encode("latin-1")), ("b", text.encode("utf-8-sig"))):
        assert _read(tmp_path / name, content).unknown[0].name == "CAFÉ SURGERY"


def test_a_column_that_no_layout_has_is_told(tmp_path: Path) -> None:
    assert "found 'NEW_FIELD'" in told(_read(tmp_path, _text({}, header=[*OLD, "NEW_FIELD"])).notes)


def test_an_empty_month_gives_nothing_and_a_missing_list_is_a_fault(tmp_path: Path) -> None:
    assert read_epd(item_folder(tmp_path, {})).row_count == 0
    with pytest.raises(InputFaults, match=r"practices\.csv: expected a practice list"):
        read_epd(item_folder(tmp_path, {"epd.csv": _text({})}))


_KNOWN = ("X1", "X2")
_Found = dict[tuple[str, ...], tuple[Decimal, ...]]


def _sums(home: Path, rows: Sequence[dict[str, str]]) -> _Found:
    """The sums that DuckDB makes of rows, by key, in this process."""
    path, folder = home / "epd.csv", Path(tempfile.mkdtemp(dir=home))
    path.write_text(_text(*rows, header=SNOMED), encoding="utf-8")
    layout = epd_layout(ItemFile("epd.csv", path, "", "utf-8-sig"))
    source = Source(str(path), "utf-8", 1, len(SNOMED), layout.at)
    write_sums("duckdb", [source], _KNOWN, folder / "sums")
    connection = open_sums(folder / "sums", folder / "spill")
    found = rows_of(connection, total(sums_table(), KEY))
    connection.close()
    return {told[:5]: told[5:] for told in found}


def _plainly(home: Path, rows: Sequence[dict[str, str]]) -> _Found:
    """The same by a dictionary and the csv module."""
    found: _Found = {}
    for row in csv.DictReader(io.StringIO(_text(*rows, header=SNOMED))):
        month, practice, pco = row["YEAR_MONTH"], row["PRACTICE_CODE"], row["PCO_CODE"]
        codes = row["BNF_PRESENTATION_CODE"], row["SNOMED_CODE"]
        key = (month, practice, pco, *(codes if practice in _KNOWN else ("", "")))
        columns = ("ITEMS", "TOTAL_QUANTITY", "NIC", "ACTUAL_COST")
        amounts = (Decimal(1), *(Decimal(row[column]) for column in columns))
        before = found.get(key, (Decimal(0),) * 5)
        found[key] = tuple(map(Decimal.__add__, before, amounts))
    return found


_PENCE = st.integers(0, 10**9).map(lambda value: Decimal(value).scaleb(-5))
_ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "PRACTICE_CODE": st.sampled_from(["X1", "X2", "X9"]),
            "BNF_PRESENTATION_CODE": st.sampled_from(["0407010H0AAAMAM", "0407010H0AAABAB"]),
            "SNOMED_CODE": st.sampled_from(["", "322236009"]),
            "QUANTITY": st.integers(0, 500),
            "ITEMS": st.integers(1, 40),
            "NIC": _PENCE,
            "ACTUAL_COST": _PENCE,
        }
    ),
    min_size=1,
    max_size=30,
)
_Row = dict[str, object]


def _written(row: _Row) -> dict[str, str]:
    total = int(str(row["QUANTITY"])) * int(str(row["ITEMS"]))
    return {**{name: str(value) for name, value in row.items()}, "TOTAL_QUANTITY": str(total)}


def _parts(row: _Row, at: int) -> list[_Row]:
    """A row as two, which hold its items and its money between them."""
    items, nic, cost = (
        int(str(row["ITEMS"])),
        Decimal(str(row["NIC"])),
        Decimal(str(row["ACTUAL_COST"])),
    )
    first, some, other = at % (items + 1), nic / 4, cost.scaleb(-1)
    return [
        {**row, "ITEMS": first, "NIC": f"{some:f}", "ACTUAL_COST": f"{other:f}"},
        {
            **row,
            "ITEMS": items - first,
            "NIC": f"{nic - some:f}",
            "ACTUAL_COST": f"{cost - other:f}",
        },
    ]


def _without_rows(found: _Found) -> _Found:
    return {key: amounts[1:] for key, amounts in found.items()}


@settings(max_examples=8, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(_ROWS, st.randoms(use_true_random=False), st.integers(0, 100))
def test_sums_do_not_depend_on_order_or_on_how_rows_are_split(
    tmp_path_factory: pytest.TempPathFactory, rows: list[_Row], chance: random.Random, at: int
) -> None:
    home = tmp_path_factory.getbasetemp()
    before = _sums(home, [_written(row) for row in rows])
    assert before == _plainly(home, [_written(row) for row in rows])
    shuffled = list(rows)
    chance.shuffle(shuffled)
    assert _sums(home, [_written(row) for row in shuffled]) == before
    split = [part for row in shuffled for part in _parts(row, at)]
    after = _sums(home, [_written(row) for row in split])
    assert _without_rows(after) == _without_rows(before)
    assert sum(amounts[0] for amounts in before.values()) == len(rows)
