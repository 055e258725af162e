"""Whatever arrives, a reader answers with rows or with faults; what it reads, it reads exactly."""

from __future__ import annotations

import io
import re
import string
import tempfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from messes import HEAD, LEDGER, book, lines
from openpyxl import Workbook

from boardpack.core.errors import InputFaults
from boardpack.core.money import parse_amount
from boardpack.reading.amounts import plain_amount
from boardpack.reading.contract import Column, Contract, read_extract
from boardpack.reading.extract import Extract
from boardpack.reading.layouts import Layout

FOLDER = Path("raw")
FIELDS = st.one_of(
    st.sampled_from([*HEAD, "Total", "929001", "1,234", "(5)", "-", "31/12/9999", "=1+1", "####"]),
    st.text(max_size=12),
    st.floats(allow_nan=True).map(str),
)
GRIDS = st.lists(st.lists(FIELDS, max_size=7), max_size=8)
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**18), 10**18),
    st.floats(allow_nan=False, allow_infinity=False),
    st.datetimes(),
    st.sampled_from([*HEAD, "Total", "(5)", "=A1", "#REF!", "Source: ledger"]),
    st.text(st.characters(min_codepoint=32, exclude_categories=("Cs",)), max_size=9),
)
PENCE = st.integers(-(10**12), 10**12).map(lambda pence: Decimal(pence).scaleb(-2))
CLIENTS = Contract("ledger.csv", LEDGER.columns, LEDGER.key, client_level=True)


def _read(name: str, content: bytes, contract: Contract = LEDGER) -> Extract | str:
    with tempfile.TemporaryDirectory() as place:
        (Path(place) / FOLDER).mkdir()
        (Path(place) / FOLDER / name).write_bytes(content)
        try:
            return read_extract(Path(place), FOLDER, contract)
        except InputFaults as error:
            return str(error)


@given(content=st.binary(max_size=200), name=st.sampled_from(["ledger.csv", "ledger.xlsx"]))
def test_any_bytes_are_answered(content: bytes, name: str) -> None:
    assert _read(name, content)


@given(content=st.binary(max_size=40), where=st.floats(0, 1))
@settings(deadline=None, max_examples=40)
def test_a_spoilt_workbook_is_answered(content: bytes, where: float) -> None:
    whole = book(HEAD, (929001, "Acute", None, 1, 2))
    at = int(len(whole) * where)
    assert _read("ledger.xlsx", whole[:at] + content + whole[at + len(content) :])


@given(grid=GRIDS, mark=st.sampled_from(",;\t|"), headed=st.booleans())
def test_any_grid_is_answered(grid: list[list[str]], mark: str, headed: bool) -> None:
    rows = [list(HEAD), *grid] if headed else grid
    content = lines(*rows, mark=mark)
    assert _read("ledger.csv", content)


@given(grid=st.lists(st.lists(VALUES, max_size=6), max_size=6), headed=st.booleans())
@settings(deadline=None, max_examples=40)
def test_any_workbook_is_answered(grid: list[list[object]], headed: bool) -> None:
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    for row in [list(HEAD), *grid] if headed else grid:
        sheet.append(row)
    content = io.BytesIO()
    made.save(content)
    assert _read("ledger.xlsx", content.getvalue())


def _commas(value: Decimal) -> str:
    return f"{value:,.2f}"


STYLES: tuple[Callable[[Decimal], str], ...] = (
    lambda value: f"{value:.2f}",
    _commas,
    lambda value: f"({_commas(-value)})" if value < 0 else _commas(value),
    lambda value: f"{_commas(-value)}-" if value < 0 else _commas(value),
    lambda value: f"-£{_commas(-value)}" if value < 0 else f"£{_commas(value)}",
    lambda value: f"\u2212{_commas(-value)}" if value < 0 else f"'{_commas(value)}",
    lambda value: _commas(value).replace(",", "\u00a0"),
    lambda value: "–" if value == 0 else f"  {_commas(value)} ",
)


@given(
    amounts=st.lists(st.tuples(PENCE, PENCE, st.sampled_from(STYLES)), min_size=1, max_size=12),
    mark=st.sampled_from(",;\t|"),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
    order=st.permutations(range(5)),
    titles=st.integers(0, 3),
    blanks=st.integers(0, 2),
)
def test_exact_amounts_of_any_style_are_read_back(
    amounts: list[tuple[Decimal, Decimal, Callable[[Decimal], str]]],
    mark: str,
    encoding: str,
    order: list[int],
    titles: int,
    blanks: int,
) -> None:
    rows = [HEAD, *((str(n), "a", "", s(b), s(a)) for n, (b, a, s) in enumerate(amounts))]
    shuffled = [[row[place] for place in order] for row in rows]
    spread = [row for one in shuffled for row in (one, *[[""]] * blanks)]
    text = lines(*[["Ledger"]] * titles, *spread, mark=mark).decode()
    content = text.replace("\u2212", "-").encode(encoding)
    found = _read("ledger.csv", content)
    assert isinstance(found, Extract), found
    read = [(row.amounts["ytd_budget"].amount, row.amounts["ytd_actual"].amount) for row in found]
    assert read == [(budget, actual) for budget, actual, _ in amounts]


@given(amounts=st.lists(st.tuples(PENCE, PENCE), min_size=1, max_size=8))
@settings(deadline=None, max_examples=40)
def test_exact_amounts_of_a_workbook_are_read_back(amounts: list[tuple[Decimal, Decimal]]) -> None:
    rows = [(str(n), "a", None, float(b), float(a)) for n, (b, a) in enumerate(amounts)]
    found = _read("ledger.xlsx", book(HEAD, *rows))
    assert isinstance(found, Extract), found
    read = [(row.amounts["ytd_budget"].amount, row.amounts["ytd_actual"].amount) for row in found]
    assert read == amounts


@given(amounts=st.lists(st.tuples(PENCE, PENCE), min_size=1, max_size=8), apart=PENCE)
def test_a_total_agrees_to_the_penny_or_is_refused(
    amounts: list[tuple[Decimal, Decimal]], apart: Decimal
) -> None:
    budget, actual = (sum((pair[n] for pair in amounts), Decimal(0)) for n in (0, 1))
    rows = [(str(n), "a", "", str(b), str(a)) for n, (b, a) in enumerate(amounts)]
    total = ("Total", "", "", str(budget + apart), str(actual))
    found = _read("ledger.csv", lines(HEAD, *rows, total))
    assert isinstance(found, Extract) == (apart == 0)


@given(text=st.text(string.digits + ",.-()£ km%eE+#'CRDR", max_size=14))
def test_an_amount_is_read_as_its_digits_say_or_refused(text: str) -> None:
    try:
        number, _ = parse_amount(plain_amount(text, Layout()))
    except ValueError:
        return
    digits = "".join(re.findall(r"[0-9.]", text)) or "0"
    scale = {"k": 1000, "m": 1_000_000}.get("".join(re.findall(r"[km]", text)), 1)
    assert abs(number) == Decimal(digits) * scale


SECRET = "Zebedee"
SPOILT = (
    lines(HEAD, (SECRET, "a", "", "1", "1"), (SECRET, "a", "", "1", "1")),
    lines(HEAD, ("1", "a", SECRET, "1", "1")),
    lines(HEAD, ("1", "a", "", SECRET, SECRET)),
    lines(HEAD, ("1", "a", "", "1", "1", SECRET)),
    lines(HEAD, ("1", SECRET)),
    lines(HEAD, (SECRET, "a", "", "1", "1"), (f"{SECRET} total", "", "", "9", "9")),
    lines((SECRET, "a", "", "1", "1"), (SECRET, "b", "", "1", "1")),
    lines((SECRET, "1", "2"), HEAD, ("1", "a", "", "1", "1")),
    lines((*HEAD[:4], "x"), (SECRET, "a", "", "1", "1")),
    lines(HEAD, ("1", "a", "", "1", "1"), (SECRET, "", "", "", "")),
    lines(HEAD, ("1", f'{SECRET}"', "", "1", "1")).replace(b'""', b'"x'),
    lines(HEAD, ("1", SECRET * 5000, "", "1", "1")),
    lines(HEAD, ("1", "a", "", f"{SECRET} CR", "1")),
)


def test_a_client_level_fault_never_tells_a_value() -> None:
    words = Column("cost_centre", "word", words=("Zebra", "Zebedees"))
    named = Contract("ledger.csv", (words, *LEDGER.columns[1:]), client_level=True)
    for content in SPOILT:
        for contract in (CLIENTS, named):
            told = _read("ledger.csv", content, contract)
            assert isinstance(told, str), content
            assert "ledger.csv" in told
            assert SECRET not in told.replace("Zebedees", ""), told


@given(grid=GRIDS)
def test_no_client_level_fault_tells_a_planted_name(grid: list[list[str]]) -> None:
    rows = [[SECRET, *row] for row in grid]
    told = _read("ledger.csv", lines(HEAD, *rows), CLIENTS)
    assert SECRET not in (told if isinstance(told, str) else str(told.notes))
