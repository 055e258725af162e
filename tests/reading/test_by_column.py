"""A file read by column says what the careful reader says of it: rows, sums, notes and faults."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from messes import CASES, HEAD, LEDGER, Case, book, lines, table

from boardpack.core.errors import InputFaults
from boardpack.core.periods import Month
from boardpack.reading import by_column, contract, csv_files, long_rows
from boardpack.reading.cell_values import Reading
from boardpack.reading.chosen_rows import chosen_rows, total_of
from boardpack.reading.contract import Contract, read_extract
from boardpack.reading.corrections import Correction
from boardpack.reading.extract import Extract, Row
from boardpack.reading.month_and_place import Occasion
from boardpack.reading.row_view import (
    RowView,
    amounts_by_line,
    each_amount,
    each_word,
    grouped,
    that_say,
    together,
)

FOLDER = Path("raw")
EVERY = [case for _, cases in CASES for case in cases]
OCCASION = Occasion(Month(2023, 6), "bromley", {"bromley": "Bromley", "southwark": "Southwark"})
CLIENTS = Contract("ledger.csv", LEDGER.columns, LEDGER.key, client_level=True)
AMOUNTS = ("ytd_budget", "ytd_actual")


@contextmanager
def _from(characters: int, rows: int) -> Iterator[None]:
    """Files are read by column from this size on, and nothing is kept of what was read before."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(csv_files, "LONG", characters)
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
    rows = [
        [f"9{n:05d}", f"Centre {n}", "2023-09-30", f"{n}.{n % 100:02d}", f"-{n}"]
        for n in range(count)
    ]
    for name, text in cells.items():
        row, column = name.removeprefix("r").split("_", 1)
        rows[int(row)][HEAD.index(column)] = text
    return rows


WRONG = {
    "no amount": {"r7_ytd_budget": "abc"},
    "several cells, in several rows": {
        "r3_ytd_budget": "x",
        "r3_paid_on": "31/31/31",
        "r9_ytd_actual": "1.2e5",
    },
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
        "r4_ytd_actual": "999999999999.999999",
        "r5_ytd_actual": "-999999999999.999999",
    },
    "more digits than are held": {"r1_ytd_budget": "1.1234567", "r2_ytd_budget": "9999999999999"},
    "a description that begins with total": {"r9_description": "Total care Ltd"},
    "days in several forms": {"r1_paid_on": "30/09/2023", "r2_paid_on": "30 Sep 2023"},
    "blanks around cells": {"r1_cost_centre": " 900001\u00a0", "r2_ytd_actual": "\u20095 "},
    "quotes": {"r1_description": 'a, "b", c', "r2_description": '"'},
}


@pytest.mark.parametrize("cells", WRONG.values(), ids=WRONG)
def test_faults_are_told_as_the_careful_reader_tells_them(
    cells: dict[str, str], tmp_path: Path
) -> None:
    for number, form in enumerate((LEDGER, CLIENTS)):
        home = _put(tmp_path / str(number), {"ledger.csv": table(*_many(**cells))})
        careful, found = _both(home, form)
        assert isinstance(careful, list)
        assert found == careful


BODIES: dict[str, Callable[[list[list[str]]], bytes]] = {
    "plain": lambda rows: table(*rows),
    "semicolons": lambda rows: table(*rows, mark=";"),
    "titles": lambda rows: lines(["Ledger"], [""], HEAD, *rows, [""] * 5),
    "a total below": lambda rows: table(*rows, ["Total", "", "", *_sums(rows)]),
    "a total between": lambda rows: table(
        *rows[:20], ["Total", "", "", *_sums(rows[:20])], *rows[20:]
    ),
    "a total of one word": lambda rows: table(*rows, ["Centre 3 total", "", "", *rows[3][3:]]),
    "notes": lambda rows: table(*rows, ["Source: the ledger"], ["Made by finance", "", "", "", ""]),
    "the header again": lambda rows: table(*rows[:9], HEAD, *rows[9:]),
    "a row that is longer": lambda rows: table(*rows[:9], [*rows[9], "", ""], *rows[10:]),
    "a row that is shorter": lambda rows: table(*rows[:9], rows[9][:4], *rows[10:]),
    "blank rows": lambda rows: table(*rows[:9], [""] * 5, [""], *rows[9:]),
    "a column that nobody reads": lambda rows: lines(
        [*HEAD, "more"], *([*row, "x"] for row in rows)
    ),
    "a cell under no heading": lambda rows: lines([*HEAD, ""], *([*row, "x"] for row in rows)),
    "a sheet": lambda rows: book(HEAD, *rows),
    "a sheet with a total": lambda rows: book(HEAD, *rows, ["Total", None, None, *_sums(rows)]),
    "a sheet of numbers": lambda rows: book(
        HEAD, *([*row[:3], float(row[3]), int(row[4])] for row in rows)
    ),
    "a sheet with a formula": lambda rows: book(HEAD, *rows, ["x", "y", None, "=1+1", 2]),
}


def _sums(rows: list[list[str]]) -> list[str]:
    """What the amounts of plain rows come to."""
    return [str(sum(Decimal(row[place]) for row in rows)) for place in (3, 4)]


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_a_body_of_any_shape_comes_out_the_same(
    body: Callable[[list[list[str]]], bytes], tmp_path: Path
) -> None:
    content = body(_many())
    name = "ledger.xlsx" if content.startswith(b"PK") else "ledger.csv"
    careful, found = _both(_put(tmp_path, {name: content}))
    _same(careful, found)
    if isinstance(found, Extract):
        assert isinstance(found.rows, RowView) == (body is not BODIES["a row that is longer"])


@pytest.mark.parametrize("cells", RIGHT.values(), ids=RIGHT)
def test_what_is_right_is_read_the_same_and_summed_to_the_last_digit(
    cells: dict[str, str], tmp_path: Path
) -> None:
    careful, found = _both(_put(tmp_path, {"ledger.csv": table(*_many(**cells))}))
    _same(careful, found)
    assert isinstance(careful, Extract)
    assert isinstance(found, Extract)
    for column in AMOUNTS:
        one, other = (total_of(rows, (column,), HEAD[:1]) for rows in (careful.rows, found.rows))
        assert one == other


def test_plain_rows_are_not_made_before_they_are_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _put(tmp_path, {"ledger.csv": table(*_many(2_000), ["Total", "", "", *_sums(_many(2_000))])})
    made: list[int] = []
    row = Reading.row
    monkeypatch.setattr(Reading, "row", lambda self, at: made.append(at.line) or row(self, at))
    with _from(0, 1):
        found = _read(tmp_path, LEDGER, None)
    assert isinstance(found, Extract)
    assert isinstance(found.rows, RowView)
    assert len(found.rows) == 2_000
    assert made == [2_002]  # the total
    assert found.rows[1_999].amounts["ytd_budget"].amount == Decimal("1999.99")


def test_a_fault_far_down_is_told_with_file_row_column_value_and_remedy(tmp_path: Path) -> None:
    rows = _many(150_000, r149998_ytd_actual="1.5.0")
    (tmp_path / FOLDER).mkdir()
    (tmp_path / FOLDER / "ledger.csv").write_bytes(table(*rows))
    contract._READ.clear()
    told = _read(tmp_path, LEDGER, None)
    assert isinstance(told, list)
    (fault,) = told
    for part in ("raw/ledger.csv", "row 150000", "ytd_actual", "'1.5.0'", "Correct the cell"):
        assert part in fault


def test_a_layout_that_scales_and_turns_is_kept(tmp_path: Path) -> None:
    layout = "scale: thousands, reversed: [ytd_actual], headings: {ytd_actual: [Spent]}"
    content = table(*_many()).replace(b"ytd_actual", b"Spent")
    careful, found = _both(_put(tmp_path, {"ledger.csv": content}, "ledger", layout))
    _same(careful, found)
    assert isinstance(careful, Extract)
    assert isinstance(found, Extract)
    for column in AMOUNTS:
        assert total_of(found.rows, (column,), ()) == total_of(careful.rows, (column,), ())


def test_a_corrected_cell_stands_beside_the_sum(tmp_path: Path) -> None:
    fix = Correction("ledger.csv", 9, "ytd_actual", "-7", "-70", "It was keyed without its nought.")
    home = _put(tmp_path, {"ledger.csv": table(*_many())})
    careful, found = _both(home, LEDGER, None, fix)
    _same(careful, found)
    assert isinstance(careful, Extract)
    assert isinstance(found, Extract)
    value = total_of(found.rows, ("ytd_actual",), ())
    assert value == total_of(careful.rows, ("ytd_actual",), ())
    assert value is not None
    assert (value.amount, value.printed) == (Decimal(-843), Decimal(-780))


def _views(home: Path) -> tuple[tuple[Row, ...], RowView]:
    """Rows of few words, carefully and by column."""
    rows = [[f"c{n % 3}", f"d{n % 2}", "", str(n), ""] for n in range(30)]
    form = Contract("ledger.csv", (*LEDGER.columns[:4], replace(LEDGER.columns[4], empty=True)))
    careful, found = _both(_put(home, {"ledger.csv": table(*rows)}), form)
    assert isinstance(careful, Extract)
    assert isinstance(found, Extract)
    assert isinstance(found.rows, RowView)
    return tuple(careful.rows), found.rows


def test_rows_are_grouped_chosen_and_joined_as_objects_are(tmp_path: Path) -> None:
    careful, view = _views(tmp_path)
    for columns in (("cost_centre",), ("description", "cost_centre"), ("paid_on",)):
        one, other = grouped(careful, *columns), grouped(view, *columns)
        assert list(one) == list(other)
        assert [tuple(rows) for rows in other.values()] == [tuple(rows) for rows in one.values()]
    first, *_, last = grouped(view, "cost_centre").values()
    assert [row.line for row in together([last, first])] == [n + 2 for n in range(30) if n % 3 != 1]
    is_wanted = "d1".__eq__
    chosen = that_say(view, "description", is_wanted)
    assert tuple(chosen) == that_say(careful, "description", is_wanted)
    assert tuple(view.only(cost_centre="c1", description="d0")) == tuple(
        row for row in careful if row["cost_centre"] == "c1" and row["description"] == "d0"
    )
    assert grouped(view.only(cost_centre="none"), "description") == {}


def test_amounts_stand_by_line_and_rows_are_found_again_by_their_rule(tmp_path: Path) -> None:
    careful, view = _views(tmp_path)
    for column in AMOUNTS:
        assert amounts_by_line(view, column) == amounts_by_line(careful, column)
    value = total_of(view.only(cost_centre="c1"), ("ytd_budget",), ("cost_centre", "description"))
    assert value is not None
    assert value.rule is not None
    found = tuple(chosen_rows(view, value.rule, "ytd_budget"))
    assert found == tuple(chosen_rows(careful, value.rule, "ytd_budget"))
    assert [row.line for row in found] == list(value.lines) == [n + 2 for n in range(1, 30, 3)]


def test_what_is_blank_throughout_is_absent_and_not_nil(tmp_path: Path) -> None:
    careful, view = _views(tmp_path)
    assert total_of(careful, ("ytd_actual",), ()) is total_of(view, ("ytd_actual",), ()) is None
    both = total_of(view, AMOUNTS, ("cost_centre",))
    assert both == total_of(careful, AMOUNTS, ("cost_centre",))
    assert both is not None
    assert both.amount == 435


def test_a_sum_of_the_largest_amounts_does_not_overflow(tmp_path: Path) -> None:
    large = "999999999999.999999"
    rows = [[f"c{n}", "d", "", large, f"-{large}"] for n in range(3_000)]
    with _from(0, 1):
        found = _read(_put(tmp_path, {"ledger.csv": table(*rows)}), LEDGER, None)
    assert isinstance(found, Extract)
    assert isinstance(found.rows, RowView)
    assert found.rows.total("ytd_budget") == 3_000 * Decimal(large)
    assert found.rows.total("ytd_actual") == -3_000 * Decimal(large)


PARTS = ("a", "b ", "\u00a0c", "1", "", '"', '""', ",", ";", "\n", "\r\n", "\r", "\x0c", "\t", "é")


def test_any_text_is_parted_as_the_careful_reader_parts_it() -> None:
    """What is plain is parted the same; what is not is left to the careful reader."""
    draw = random.Random(19)
    plain = 0
    for _ in range(4_000):
        cells = ["".join(draw.choices(PARTS[:5], k=2)) for _ in range(draw.randint(1, 12))]
        ends = [draw.choice((",", ",", "\n", "\r\n")) for _ in cells]
        text = "".join(map("".join, zip(cells, ends, strict=True)))
        if draw.random() < 0.5:
            text += "".join(draw.choices(PARTS, k=draw.randint(1, 20)))
        found = long_rows.long_rows(text, ",")
        if found is not None:
            plain += 1
            careful = csv_files._records(text, ",", "f.csv")
            assert tuple(found) == careful, text
            assert tuple(found[place] for place in range(len(found))) == careful
    assert plain > 1_500


def test_each_word_and_each_amount_is_what_the_row_has(tmp_path: Path) -> None:
    rows = [[f"c{n % 3}", f"d{n % 2}", "", str(n), "50%" if n % 2 else ""] for n in range(30)]
    share = replace(LEDGER.columns[4], kind="any_amount", empty=True, step=None)
    form = Contract("ledger.csv", (*LEDGER.columns[:4], share))
    names = ("ytd_budget", share.name)
    fixes = (
        Correction("ledger.csv", 4, names[0], "2", "20", "It was keyed without its nought."),
        Correction("ledger.csv", 5, names[1], "50%", "60%", "The agreement says so."),
    )
    careful, found = _both(_put(tmp_path, {"ledger.csv": table(*rows)}), form, None, *fixes)
    _same(careful, found)
    assert isinstance(careful, Extract)
    assert isinstance(found, Extract)
    view = found.rows[3:]
    assert isinstance(view, RowView)
    asked: list[str] = []
    assert each_word(view, "description", lambda word: asked.append(word) or f"{word}!") == [
        f"d{n % 2}!" for n in range(3, 30)
    ]
    assert sorted(asked) == ["d0", "d1"]
    blank = Decimal(100), "PCT"
    for name in names:
        for part, same in ((found.rows, careful.rows), (view, careful.rows[3:])):
            assert each_amount(part, name, blank) == each_amount(same, name, blank)
    assert each_amount(found.rows, names[0], blank)[2] == (Decimal(20), "GBP")
    assert each_amount(found.rows, names[1], blank)[2:5] == [blank, (Decimal(60), "PCT"), blank]
