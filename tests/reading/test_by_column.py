"""A file read by column says what the careful reader says of it: rows, sums, notes and faults."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path

import pytest
from messes import CASES, HEAD, LEDGER, Case, lines, table

from boardpack.core.errors import InputFaults
from boardpack.core.periods import Month
from boardpack.reading import by_column, contract, csv_files, long_rows
from boardpack.reading.chosen_rows import total_of
from boardpack.reading.contract import Contract, read_extract
from boardpack.reading.corrections import Correction
from boardpack.reading.extract import Extract, Row
from boardpack.reading.long_rows import LongRows
from boardpack.reading.month_and_place import Occasion
from boardpack.reading.row_view import RowView, grouped, that_say, together

FOLDER = Path("raw")
EVERY = [case for _, cases in CASES for case in cases]
OCCASION = Occasion(Month(2023, 6), "bromley", {"bromley": "Bromley", "southwark": "Southwark"})
AMOUNTS = ("ytd_budget", "ytd_actual")


@contextmanager
def _from(characters: int, rows: int) -> Iterator[None]:
    """Files are read by column from this size on, and nothing is kept of what was read before."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(long_rows, "LONG", characters)
        patch.setattr(by_column, "MANY", rows)
        contract._READ.clear()
        yield
    contract._READ.clear()


def _read(home: Path, form: Contract, occasion: Occasion | None, *fixes: Correction) -> object:
    try:
        return read_extract(home, FOLDER, form, fixes, occasion)
    except InputFaults as error:
        return list(map(str, error.faults))


def _both(
    home: Path, form: Contract = LEDGER, occasion: Occasion | None = None, *fixes: Correction
) -> tuple[object, object]:
    """What the careful reader says, and what comes by column."""
    with _from(10**9, 10**9):
        careful = _read(home, form, occasion, *fixes)
    with _from(0, 1):
        return careful, _read(home, form, occasion, *fixes)


def _put(home: Path, files: dict[str, bytes], name: str = "", layout: str = "") -> Path:
    (home / FOLDER).mkdir(parents=True)
    for file, content in files.items():
        (home / FOLDER / file).write_bytes(content)
    if layout:
        (home / "params").mkdir()
        said = layout if layout.startswith("{") else "{" + layout + "}"
        (home / "params/layouts.yml").write_text(f"extracts:\n  {name}: {said}\n", encoding="utf-8")
    return home


def _same(careful: object, found: object) -> None:
    if not isinstance(careful, Extract):
        assert found == careful
        return
    assert isinstance(found, Extract), found
    assert (found.totals, found.notes) == (careful.totals, careful.notes)
    assert tuple(found.rows) == tuple(careful.rows)


@pytest.mark.parametrize("case", EVERY, ids=lambda case: case.may_come[:60])
def test_a_mess_comes_out_the_same_by_column(case: Case, tmp_path: Path) -> None:
    home = _put(tmp_path, case.files, Path(case.contract.file).stem, case.layout)
    _same(*_both(home, case.contract, OCCASION if case.month else None))


def _many(count: int = 40, **cells: str) -> list[list[str]]:
    """Records that are plain, but for cells named `row_column`, such as `r7_ytd_budget`."""
    rows = [[f"9{n:05d}", f"Centre {n}", "2023-09-30", f"{n}.{n:02d}", f"-{n}"] for n in range(count)]
    for name, text in cells.items():
        row, column = name.removeprefix("r").split("_", 1)
        rows[int(row)][HEAD.index(column)] = text
    return rows


WRONG = {
    "no amount": {"r7_ytd_budget": "abc"},
    "several cells, in several rows": {"r3_ytd_budget": "x", "r3_paid_on": "31/31/31", "r9_ytd_actual": "1.2e5"},
    "a key twice": {"r30_cost_centre": "900007"},
    "a key three times": {"r30_cost_centre": "900007", "r31_cost_centre": "900007"},
    "an amount that is blank and must not be": {"r12_ytd_actual": ""},
    "a word that is blank and must not be": {"r12_cost_centre": ""},
    "an error of Excel": {"r5_description": "#REF!"},
    "a cell that is too narrow": {"r5_ytd_budget": "#####"},
    "a total that does not agree": {"r39_cost_centre": "Total"},
    "a total among the records": {"r20_description": "Total", "r20_cost_centre": "Centre 3 total"},
    "a continental number": {"r8_ytd_actual": "1.234,56"},
    "CR and DR, of which nothing is said": {"r8_ytd_actual": "12 CR"},
}
RIGHT = {
    "plain": {},
    "brackets, commas, pounds": {
        "r1_ytd_budget": "(1,234.50)",
        "r2_ytd_budget": "£12",
        "r3_ytd_budget": "-£1,234.5",
        "r4_ytd_budget": "12.5-",
        "r5_ytd_budget": "1 234",
        "r6_ytd_budget": "(0.005)",
        "r7_ytd_budget": "-",
        "r8_ytd_budget": "+7",
    },
    "borders of a penny": {
        "r1_ytd_budget": "0.005",
        "r2_ytd_budget": "-0.005",
        "r3_ytd_budget": "0.0049",
        "r4_ytd_actual": "99999999999999.9999",
        "r5_ytd_actual": "-99999999999999.9999",
    },
    "more digits than are held": {"r1_ytd_budget": "1.123456", "r2_ytd_budget": "999999999999999"},
    "a description that begins with total": {"r9_description": "Total care Ltd"},
    "days in several forms": {"r1_paid_on": "30/09/2023", "r2_paid_on": "30 Sep 2023", "r3_paid_on": ""},
    "blanks around cells": {"r1_cost_centre": " 900001\u00a0", "r2_ytd_actual": "\u20095 "},
    "quotes": {"r1_description": 'a, "b", c', "r2_description": '"'},
}  # fmt: skip


@pytest.mark.parametrize("cells", WRONG.values(), ids=WRONG)
def test_faults_are_told_as_the_careful_reader_tells_them(
    cells: dict[str, str], tmp_path: Path
) -> None:
    careful, found = _both(_put(tmp_path, {"ledger.csv": table(*_many(**cells))}))
    assert isinstance(careful, list)
    assert found == careful


@pytest.mark.parametrize("cells", RIGHT.values(), ids=RIGHT)
@pytest.mark.parametrize("name", ["plain", "titles", "total", "note", "header again", "short"])
def test_what_is_right_is_read_the_same(cells: dict[str, str], name: str, tmp_path: Path) -> None:
    rows = _many(**cells)
    more: dict[str, Callable[[], bytes]] = {
        "plain": lambda: table(*rows),
        "titles": lambda: lines(["Ledger"], [""], HEAD, *rows, [""] * 5),
        "total": lambda: table(*rows[:20], *_summed(rows[:20]), *rows[20:]),
        "note": lambda: table(*rows, ["Source: the ledger"], ["Prepared by finance", "", "", "", ""]),
        "header again": lambda: table(*rows[:9], HEAD, *rows[9:]),
        "short": lambda: table(*rows[:9], [*rows[9], "", ""], *rows[10:]),
    }
    careful, found = _both(_put(tmp_path, {"ledger.csv": more[name]()}))
    _same(careful, found)
    assert isinstance(careful, Extract) or name == "total"


def _summed(rows: list[list[str]]) -> list[list[str]]:
    """A total row of rows whose amounts are plain; none of others."""
    try:
        sums = [str(sum(Decimal(row[place]) for row in rows)) for place in (3, 4)]
    except ArithmeticError:
        return []
    return [["Total", "", "", *sums]]
