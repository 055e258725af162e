"""The whole of the default month's paper, rendered once from its extracts by the command itself."""

from __future__ import annotations

import json
import os
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from recalculated import (
    cells,
    close,
    converted,
    differing,
    rows,
    shown,
    with_input,
    without_results,
)
from whole_build import SAID, a_home, built, render

from boardpack.core.workers import START
from boardpack.document.content import Part, read_chapter
from boardpack.figures.figure import figure_from_json
from boardpack.figures.formula import evaluate, operands
from boardpack.figures.register import Register
from boardpack.outputs.workbook.numbers import numbers_of
from boardpack.outputs.workbook.places import table_sheets
from boardpack.render.chapter_plan import plan_of
from boardpack.render.layout import CHECKOUT
from boardpack.render.products import WORKBOOK

FIGURE = {"id", "label", "value", "unit", "place", "line", "measure", "period", "basis"}
COST = "position.bromley.prescribing.ytd_actual"
TYPED = ("2.1 Position", "C10")
WITHOUT_FORK = """
import os

def _told(word):
    with open({told!r}, "a") as file:
        file.write(word + "\\n")

def _refused(*_):
    _told("forked")
    raise OSError("no process can be forked here")

os.fork = os.forkpty = _refused
_told("began")
"""
"""What Python runs first in each process: there is no fork, as on Windows."""
CHECK = {"id", "title", "kind", "severity", "status", "expected", "actual", "difference"}


def hashes(build: Path) -> dict[str, str]:
    """The SHA-256 of every file of a build, by its path."""
    files = (path for path in sorted(build.rglob("*")) if path.is_file())
    return {p.relative_to(build).as_posix(): sha256(p.read_bytes()).hexdigest() for p in files}


@pytest.fixture(scope="module")
def home(whole_home: Path) -> Path:
    return whole_home


@pytest.fixture(scope="module")
def said(home: Path) -> str:
    return (home / SAID).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def build(home: Path) -> Path:
    return built(home)


def read(build: Path, name: str) -> Any:
    return json.loads((build / name).read_text("utf-8"))


def test_it_says_its_stages_and_what_was_made(said: str, build: Path) -> None:
    for stage in ("Reading the extracts", "Running the chapters", "Making the outputs"):
        assert stage in said
    assert f"Outputs   {build}" in said
    assert f"{len(read(build, 'figures.json')['figures']):,}" in said
    assert "\x1b" not in said


def test_every_chapter_stands_in_the_notebooks_and_in_the_book(build: Path) -> None:
    parts = plan_of(CHECKOUT, CHECKOUT, {})
    names = [one.name for part in parts for one in part.chapters]
    assert sorted(path.stem for path in (build / "notebooks").iterdir()) == sorted(names)
    assert (build / "html" / "index.html").stat().st_size > 10_000
    assert (build / "board-paper.pdf").read_bytes().startswith(b"%PDF-")


def test_the_figures_follow_their_schema_and_every_formula_leads_to_figures(build: Path) -> None:
    figures = read(build, "figures.json")["figures"]
    known = {figure["id"] for figure in figures}
    assert len(known) == len(figures)
    for figure in figures:
        assert set(figure) >= FIGURE | {"is_estimate", "source"}
        assert isinstance(figure["value"], str)
        assert known.issuperset(operands(figure["source"].get("formula", "0"))), figure["id"]
        files = [cell["file"] for cell in figure["source"].get("cells", ())]
        read_from = ("data/", "params/", "checks.json", "noticed.json")
        assert all(file.startswith(read_from) for file in files), figure["id"]


def test_the_checks_follow_their_schema_and_name_figures(build: Path) -> None:
    known = {figure["id"] for figure in read(build, "figures.json")["figures"]}
    for check in read(build, "checks.json")["checks"]:
        assert set(check) >= CHECK | {"tolerance", "figures", "waiver"}
        assert known.issuperset(check["figures"])


def test_the_manifest_seals_what_stands_there(build: Path) -> None:
    record = read(build, "manifest.json")
    for group in ("notebooks", "records", "outputs"):
        for name, expected in record[group].items():
            assert sha256((build / name).read_bytes()).hexdigest() == expected, name
    assert "data/raw/2023-24/M06/position.csv" in record["inputs"]
    assert "src/boardpack/core/money.py" in record["code"]


def test_no_output_names_a_folder_of_the_machine(build: Path, home: Path) -> None:
    folders = (str(home).encode(), str(CHECKOUT).encode())
    for path in build.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert not any(folder in content for folder in folders), path.name


@pytest.mark.parametrize("options", [(), ("--stock",)], ids=["fast", "stock"])
def test_rendering_again_elsewhere_gives_the_same_bytes(
    options: tuple[str, ...], build: Path, tmp_path: Path
) -> None:
    other = a_home(tmp_path / "a folder of another name")
    render(other, *options)
    assert hashes(built(other)) == hashes(build)


def test_where_no_process_can_be_forked_the_same_bytes_are_made(
    build: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "sitecustomize.py").write_text(
        WITHOUT_FORK.format(told=str(tmp_path / "forked")), encoding="utf-8"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path), prepend=os.pathsep)
    monkeypatch.setenv(START, "spawn")
    other = a_home(tmp_path / "home")
    render(other)
    processes = (tmp_path / "forked").read_text(encoding="utf-8").splitlines()
    assert len(processes) >= 4  # the command, two for chapters and documents, one for the book
    assert set(processes) == {"began"}
    assert hashes(built(other)) == hashes(build)


def test_the_board_paper_is_at_most_eight_pages(build: Path) -> None:
    with pikepdf.open(build / "board-paper.pdf") as pdf, pdf.open_outline() as outline:
        (_, appendix, *_) = outline.root
        page = appendix.destination[0] if appendix.destination else appendix.action.D[0]
        number = [item.objgen for item in pdf.pages].index(page.objgen)
    assert number <= 8


@pytest.fixture(scope="module")
def reckoned(build: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workbook reckoned again: as it is, and with a million more spent on prescribing."""
    folder = tmp_path_factory.mktemp("workbook")
    bare = without_results(build / WORKBOOK, folder / "bare.xlsx")
    typed = with_input(build / WORKBOOK, folder / "typed.xlsx", *TYPED, 26385000)
    return converted(folder, "xlsx", [bare, typed])


def register_values(workbook: Path) -> dict[str, float | str]:
    """The values of the register's sheet by figure, from the row below its headings."""
    lines = rows(workbook)["Register"][4:]
    return {str(line[0]): line[6] for line in lines if line[0]}


def test_every_formula_of_the_workbook_is_reckoned_to_its_figure(
    build: Path, reckoned: Path
) -> None:
    again = reckoned / "bare.xlsx"
    assert differing(rows(build / WORKBOOK), rows(again)) == []
    values = register_values(again)
    figures = read(build, "figures.json")["figures"]
    assert list(values) == [figure["id"] for figure in figures]
    for figure in figures:
        assert close(float(values[figure["id"]]), float(figure["value"])), figure["id"]
    computed = [figure for figure in figures if "formula" in figure["source"]]
    kept = cells(build / WORKBOOK)["Register"]
    live = {kept[f"A{row}"].value for row in range(5, 5 + len(figures)) if kept[f"G{row}"].formula}
    assert len(computed) > 2000
    assert live >= {figure["id"] for figure in computed}


def test_a_changed_input_reaches_every_figure_that_is_computed_from_it(
    build: Path, reckoned: Path
) -> None:
    figures = {figure["id"]: figure for figure in read(build, "figures.json")["figures"]}
    expected = after_a_change(figures, COST, Decimal(1_000_000))
    found = register_values(reckoned / "typed.xlsx")
    for identity, value in expected.items():
        assert close(float(found[identity]), float(value)), identity
    cover = {line[0]: line for line in rows(reckoned / "typed.xlsx")["Cover"] if line}
    assert cover["Prescribing"][1] == -3_213_000
    assert cover["Year to date"][1] == -3_400_000


def after_a_change(figures: dict[str, Any], changed: str, by: Decimal) -> dict[str, Decimal]:
    """Every figure once one input has moved, by the formulas alone.

    What was printed for a computed figure, and is used in its place, moves with it.
    """
    values: dict[str, Decimal] = {}

    def value(identity: str) -> Decimal:
        if identity not in values:
            source, was = figures[identity]["source"], Decimal(figures[identity]["value"])
            values[identity] = was
            if "formula" in source:
                used = {one: in_use(one) for one in operands(source["formula"])}
                values[identity] = evaluate(source["formula"], used)
            elif identity == changed:
                values[identity] = was + by
        return values[identity]

    def in_use(identity: str) -> Decimal:
        computed = identity.removesuffix(".printed")
        if computed == identity or computed not in rounded:
            return value(identity)
        was = Decimal(figures[computed]["value"])
        return value(identity) + value(computed) - was

    known = Register(map(figure_from_json, figures.values()))
    rounded = {f.id for f in known if f.formula and known.agreed(f.id) is not f}
    return {identity: value(identity) for identity in figures}


def test_every_number_of_the_workbook_shows_what_the_paper_prints(
    build: Path, tmp_path: Path
) -> None:
    prints = shown(tmp_path, build / WORKBOOK)
    parts = [
        Part(
            part.title,
            tuple(
                read_chapter(one.name, read(build, f"notebooks/{one.name}.ipynb"))
                for one in part.chapters
            ),
        )
        for part in plan_of(CHECKOUT, CHECKOUT, {})
    ]
    sheets = table_sheets(parts)
    assert len(sheets) > 50
    for sheet in sheets:
        for (row, column), number in numbers_of(sheet.table):
            text = prints[sheet.name][sheet.first_row + row][column].strip()
            assert text.removeprefix("! ") == number.text, f"{sheet.name}: {number.figure}"
