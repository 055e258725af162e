"""The cells behind a figure on demand: those that lineage cell by cell would name, no others."""

from __future__ import annotations

import csv
import importlib
import io
import pkgutil
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import boardpack.subjects
from boardpack.audit.lineage.cells import (
    CHANGED,
    HEAD,
    NO_CELLS,
    OTHER_ROWS,
    SENSITIVE,
    SUPPRESSED,
    CellFinder,
    FigureCells,
    SaidCell,
    cells_csv,
)
from boardpack.cli import app
from boardpack.core.params import Paper, load_paper
from boardpack.core.periods import Month
from boardpack.figures.chapters import chapters_of, compute
from boardpack.figures.figure import Figure, figure_from_json
from boardpack.figures.register import Register
from boardpack.reading import provenance_extract
from boardpack.reading.cells import Cell, ranges
from boardpack.reading.chosen_rows import total_of
from boardpack.reading.extract import Row, Value, sum_values
from boardpack_demo.icb import START
from boardpack_demo.make import make_demo

PLACE = "alderwick"
SPENT = f"position.{PLACE}.prescribing.ytd_actual"
LEDGER = "data/raw/2024-25/M02/ledger.csv"
At = tuple[str, str | None, int, str, str]


def at(cell: Cell) -> At:
    return cell.file, cell.sheet, cell.row, cell.column, cell.text


def cell_by_cell(rows: Sequence[Row], columns: Sequence[str], by: Sequence[str]) -> Value | None:
    """A sum that keeps every cell, as figures of unit-level extracts once did."""
    return sum_values([r.amounts[name] for r in rows for name in columns if name in r.amounts])


def with_every_cell(paper: Paper, patch: pytest.MonkeyPatch) -> Register:
    """The paper's register with the lineage of old: each figure names each of its cells."""
    names = (
        one.name
        for one in pkgutil.walk_packages(boardpack.subjects.__path__, "boardpack.subjects.")
    )
    modules = [provenance_extract, *map(importlib.import_module, names)]
    users = [one for one in modules if getattr(one, "total_of", None) is total_of]
    assert len(users) >= 5
    with patch.context() as patched:
        for one in users:
            patched.setattr(one, "total_of", cell_by_cell)
        return compute(paper, *chapters_of(paper))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = Path(tmp_path_factory.mktemp("cells")) / "demo"
    make_demo(found, months=2)
    return found


@pytest.fixture(scope="module")
def paper(home: Path) -> Paper:
    return load_paper(home, Month(START, 2), PLACE)


@pytest.fixture(scope="module")
def register(paper: Paper) -> Register:
    return compute(paper, *chapters_of(paper))


def ruled(register: Register) -> Iterator[Figure]:
    """The figures as `figures.json` gives them back that stand on a rule."""
    for figure in register:
        if any(item.rule for item in figure.cells):
            yield figure_from_json(figure.to_json())


def test_the_cells_on_demand_are_those_that_lineage_cell_by_cell_names(
    paper: Paper, register: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both ways, for every figure: none is missing, none is more, and they come to the value."""
    apart = paper.model_copy(update={"home": Path(shutil.copytree(paper.home, tmp_path / "home"))})
    every = with_every_cell(apart, monkeypatch)  # a home of its own: what was computed is kept
    assert [figure.id for figure in every] == [figure.id for figure in register]
    finder, files = CellFinder(paper), set[str]()
    for figure in ruled(register):
        found, old = finder.cells(figure), every[figure.id]
        assert found.notes == (), figure.id
        assert old.value == figure.value
        assert sum(one.amount for one in found.cells if one.amount is not None) == figure.value
        assert sorted(at(one.cell) for one in found.cells) == sorted(at(i.cell) for i in old.cells)
        files |= {Path(item.cell.file).stem for item in figure.cells}
    assert files == {
        *("ledger", "trial_balance", "savings_tracker", "allocations", "mhis_return"),
        *("invoices", "spend_over_25k"),
    }
    for figure in register:
        if not any(item.rule for item in figure.cells):
            assert figure.cells == every[figure.id].cells, figure.id


def test_a_rule_finds_rows_however_scattered_they_stand(paper: Paper, register: Register) -> None:
    """Of rows in no order no list is written, and the rule finds them all the same."""
    figure = register[SPENT]
    (item,) = figure.cells
    assert item.rule is not None
    scattered = replace(item, rows=ranges(range(2, 400, 2)))
    told = replace(figure, source=(scattered,)).to_json()["source"]["cells"][0]
    assert (told["rows"], told["count"]) == ("", item.rule.count)
    again = figure_from_json(replace(figure, source=(scattered,)).to_json())
    assert again.cells[0].lines == ()
    assert CellFinder(paper).cells(again).cells == CellFinder(paper).cells(figure).cells
    assert again.cells[0].made_from.startswith(f"{item.rule.count} rows where cost_centre is ")


def test_what_a_register_says_grows_with_no_ledger(register: Register) -> None:
    """No cell of a unit-level extract has its text there, and no list of rows is long."""
    for figure in ruled(register):
        for item in figure.to_json()["source"]["cells"]:
            if "where" in item:
                assert item["text"] == ""
                assert len(item["rows"]) < 400


@pytest.mark.parametrize(
    "change",
    [
        lambda rule: replace(rule, where=(("cost_centre", ("nowhere",)),)),
        lambda rule: replace(rule, where=()),
        lambda rule: replace(rule, sha256="0" * 64),
    ],
)
def test_a_rule_that_finds_other_rows_is_told(
    paper: Paper, register: Register, change: Callable[[Any], Any]
) -> None:
    figure = register[SPENT]
    (item,) = figure.cells
    other = replace(figure, source=(replace(item, rule=change(item.rule)),))
    assert CellFinder(paper).cells(other).notes == (OTHER_ROWS.format(LEDGER, "ytd_actual"),)


def test_of_another_file_no_cell_is_given(paper: Paper, register: Register) -> None:
    figure = register[SPENT]
    source = (replace(figure.cells[0], sha256="0" * 64),)
    found = CellFinder(paper).cells(replace(figure, source=source))
    assert (found.cells, found.notes) == ((), (CHANGED.format(LEDGER),))


def test_of_people_and_of_what_is_suppressed_no_cell_is_given(
    paper: Paper, register: Register
) -> None:
    finder = CellFinder(paper)
    people = [f for f in register if any("chc_packages" in i.cell.file for i in f.cells)]
    assert people
    for figure in people:
        found = finder.cells(figure)
        assert found.cells == ()
        assert found.notes
        assert all(item.rule is None for item in figure.cells)
    assert finder.cells(register[SPENT].suppressed()).notes == (SUPPRESSED,)
    secret = paper.model_copy(
        update={"report": paper.report.model_copy(update={"sensitive": ["ledger.*"]})}
    )
    found = CellFinder(secret).cells(register[SPENT])
    assert (found.cells, found.notes) == ((), (SENSITIVE.format(LEDGER),))


def test_a_rule_over_people_is_not_obeyed(paper: Paper, register: Register) -> None:
    """Whatever a register that somebody wrote says: the extract is not one that rules are for."""
    file = "data/raw/2024-25/M02/chc_packages.csv"
    figure = register[SPENT]
    item = figure.cells[0]
    made = replace(item, cell=replace(item.cell, file=file, column="weekly_rate"))
    secret = paper.model_copy(update={"report": paper.report.model_copy(update={"sensitive": []})})
    found = CellFinder(secret).cells(replace(figure, source=(made,)))
    assert (found.cells, found.notes) == ((), (NO_CELLS.format(file, item.method),))


def test_a_corrected_cell_stands_beside_its_sum_with_what_is_used(
    home: Path, tmp_path: Path
) -> None:
    here = Path(shutil.copytree(home, tmp_path / "home"))
    with (here / LEDGER).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    line = next(n for n, row in enumerate(rows, start=2) if row["cost_centre"] == "741041")
    text = rows[line - 2]["ytd_actual"]
    (here / LEDGER).with_name("corrections.csv").write_text(
        "file,row,column,printed,used,why\n"
        f"ledger.csv,{line},ytd_actual,{text},1000.50,The invoice was counted twice.\n"
    )
    paper = load_paper(here, Month(START, 2), PLACE)
    figure = compute(paper, "position")[SPENT]
    rule, own = figure.cells
    assert rule.rule is not None
    assert (own.cell.row, own.cell.text, own.used) == (line, text, "1000.50")
    assert line not in rule.lines
    found = CellFinder(paper).cells(figure_from_json(figure.to_json()))
    assert found.notes == ()
    amounts = {one.cell.row: one.amount for one in found.cells}
    assert amounts[line] == Decimal("1000.50")
    assert sum(amount for amount in amounts.values() if amount is not None) == figure.value


def test_the_command_lists_them_with_running_sums(home: Path) -> None:
    words = ["explain", "--cells", "--year", "2024-25", "--month", "M02", "--home", str(home)]
    done = CliRunner().invoke(app, [*words, f"position.{PLACE}.prescribing.ytd_variance"])
    assert done.exit_code == 0
    head, *rows = csv.reader(io.StringIO(done.stdout))
    assert tuple(head) == HEAD
    assert {row[0] for row in rows} == {SPENT, SPENT.replace("actual", "budget")}
    spent = [row for row in rows if row[0] == SPENT]
    assert {row[1] for row in spent} == {LEDGER}
    running = Decimal(0)
    for row in spent:
        assert Decimal(row[4]) == Decimal(row[5])
        running += Decimal(row[5])
        assert Decimal(row[6]) == running
    people = CliRunner().invoke(app, [*words, f"chc.{PLACE}.all_clients.clients.m01"])
    assert people.stdout.splitlines() == [",".join(HEAD)]
    assert "no cell of it is given" in people.stderr


@pytest.mark.parametrize(
    ("text", "written"),
    [("-500.25", "-500.25"), ("£1,000", "£1,000"), ("=1+1", "'=1+1"), ("-x", "'-x")],
)
def test_a_text_that_a_spreadsheet_would_run_is_guarded(
    register: Register, text: str, written: str
) -> None:
    one = SaidCell(Cell("data/x.csv", None, 2, "a", text), Decimal(1))
    unsaid = replace(one, amount=None)
    lines = list(cells_csv([FigureCells(register[SPENT], (one, unsaid, one))]))
    rows = list(csv.reader(lines))[1:]
    assert [row[4:] for row in rows] == [
        [written, "1", "1"],
        [written, "", ""],
        [written, "1", ""],
    ]
