"""Item-level files: read one record at a time, in their own encoding, titles before the header."""

from __future__ import annotations

import hashlib
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from item_homes import item_folder

from boardpack.core.errors import InputFaults
from boardpack.reading.long_files import (
    Complaints,
    Heading,
    ItemFile,
    exact,
    find_table,
    fits,
    open_items,
)
from boardpack.render.inputs import arrivals

WANTED = (Heading("drug", ("Drug", "Medicine")), Heading("price", ("Price",)))


def _file(home: Path, content: str | bytes) -> ItemFile:
    item = open_items(item_folder(home, {"items.csv": content}), "items.csv")
    assert item is not None
    return item


def test_a_file_is_hashed_and_kept_for_lineage(tmp_path: Path) -> None:
    folder = item_folder(tmp_path, {"items.csv": "Drug,Price\nA,1\n"})
    item = open_items(folder, "items.csv")
    assert item is not None
    seal = hashlib.sha256(b"Drug,Price\nA,1\n").hexdigest()
    assert (item.sha256, folder.hashes) == (seal, {"data/raw/2023-24/M06/items.csv": seal})
    assert open_items(folder, "others.csv") is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1"])
def test_text_is_read_in_its_encoding(tmp_path: Path, encoding: str) -> None:
    item = _file(tmp_path, "Drug,Price\nCafé,£1\n".encode(encoding))
    assert list(item.records()) == [(1, ["Drug", "Price"]), (2, ["Café", "£1"])]


def test_a_letter_across_two_chunks_is_not_torn(tmp_path: Path) -> None:
    text = "Drug,Price\n" + "x" * ((1 << 20) - 12) + "é,1\n"
    assert _file(tmp_path, text).encoding == "utf-8-sig"


def test_lines_are_counted_across_titles_blanks_and_quoted_breaks(tmp_path: Path) -> None:
    item = _file(tmp_path, 'A title\n\n\nMedicine,Price,,\n"two\nlines",1,,\nB,2\n')
    records = item.records()
    table = find_table(item, records, WANTED)
    assert (table.line, table.titles, table.at) == (4, ("A title",), {"drug": 0, "price": 1})
    assert [line for line, _ in records] == [5, 7]
    assert fits(table, ["B", "2"])
    assert fits(table, ["B", "2", "", "", ""])
    assert not fits(table, ["B"])
    assert not fits(table, ["B", "2", "3"])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "expected a header row"),
        ("Drug,Prise\nA,1\n", "row 1: expected a column 'Price'. Did you mean 'Prise'?"),
        ("Drug,Price,Medicine\n", "column Drug: expected each column once"),
        ("nothing\n" * 20, "expected a column 'Drug'"),
    ],
)
def test_a_header_that_is_not_there_is_told(tmp_path: Path, text: str, told: str) -> None:
    item = _file(tmp_path, text)
    with pytest.raises(InputFaults) as caught:
        find_table(item, item.records(), WANTED)
    assert told in str(caught.value)


def test_a_quotation_mark_that_is_not_closed_is_told(tmp_path: Path) -> None:
    item = _file(tmp_path, 'Drug,Price\n"A,1\n' + "x" * 200_000)
    with pytest.raises(InputFaults, match="row 2: expected CSV text"):
        list(item.records())


@given(st.decimals(-(10**12), 10**12, places=5))
def test_an_exact_number_is_itself(number: Decimal) -> None:
    assert exact(f"{number:f}") == number


@pytest.mark.parametrize("text", ["", "1E5", "1,000", "NaN", "1_0", "٣", "1.", ".5", "+1", "(1)"])
def test_what_is_no_exact_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        exact(text)


def test_nothing_is_raised_where_nothing_was_wrong() -> None:
    Complaints("items.csv").refuse()


def test_every_reader_gives_what_the_month_asks_of_it(tmp_path: Path) -> None:
    text = "drug,month,price\nA,2022-10,1\nA,2023-04,1\n"
    folder = item_folder(tmp_path, {"cat_m_prices.csv": text, "epd.csv": "nothing\n"})
    arrived = {arrival.name: arrival for arrival in arrivals(folder.paper)}
    prices = arrived["cat_m_prices"].extract
    assert prices is not None
    assert (prices.row_count, len(prices.notes)) == (2, 1)
    assert arrived["epd"].extract is None
    assert "a practice list" in str(arrived["epd"].faults[0])
    drugs = arrived["drug_tariff"].extract
    assert drugs is not None
    assert (drugs.row_count, drugs.sha256, drugs.notes) == (0, "", ())
