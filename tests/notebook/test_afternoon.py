"""An analyst's afternoon: a new file and one short notebook give a chapter down to the cells."""

from __future__ import annotations

import json
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from walked import walked

from afternoon import CELLS, NAME, PLACE, an_afternoon
from boardpack.audit.second.cells import Files, wrong_cells
from boardpack.audit.second.figures import CELLS as READ
from boardpack.audit.second.figures import FORMULA
from boardpack.checks.engine import run_checks
from boardpack.core.params import load_paper
from boardpack.core.periods import Month
from boardpack.document.blocks import Chart, Narrative, Table, Workings
from boardpack.document.content import Chapter, Heading, chapter_of
from boardpack.figures.formula import evaluate, operands
from boardpack.figures.register import Register
from boardpack.prose.notebook_claims import held_claims
from boardpack.render.chapters import own_chapters, planned_chapters
from boardpack.render.held_words import hold_words
from boardpack.render.layout import CHECKOUT, Layout
from boardpack.render.notebooks import run_notebooks
from boardpack.render.records import collect_register

CHAPTER = "bank_agency"
TOLD = {"year": "2024-25", "month": "M06", "place": PLACE}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = an_afternoon(tmp_path_factory.mktemp("afternoon"))
    run_notebooks([NAME], {**TOLD, "home": str(made)}, made / "notebooks", made / "executed")
    return made


@pytest.fixture(scope="module")
def chapter(home: Path) -> Chapter:
    return chapter_of(NAME, (home / "executed" / f"{NAME}.ipynb").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def register(chapter: Chapter) -> Register:
    return collect_register([chapter])


def test_the_notebook_is_short() -> None:
    assert sum(len(source.splitlines()) for _, source in CELLS) <= 40


def test_what_it_shows_are_blocks_in_order(chapter: Chapter) -> None:
    shown = [item for item in chapter.items if not isinstance(item, Workings)]
    assert [type(item) for item in shown] == [Heading, Narrative, Table, Chart]
    assert [item.id for item in shown[1:]] == [  # type: ignore[union-attr]
        f"{CHAPTER}-said-1",
        f"{CHAPTER}-table-2",
        f"{CHAPTER}-chart-3",
    ]


def test_its_sentence_is_said_by_the_sign_and_marked(chapter: Chapter) -> None:
    said = next(block for block in chapter.blocks if isinstance(block, Narrative))
    assert said.markdown == (
        f"Agency staff are ⟦{CHAPTER}.{PLACE}.total.variance|£197k overspent⟧,"
        f" of which Kings ⟦{CHAPTER}.{PLACE}.kings.variance|£110k⟧."
    )


def test_its_figures_come_to_their_values(register: Register) -> None:
    total = register[f"{CHAPTER}.{PLACE}.total.variance"]
    assert total.value == Decimal(-197_000)
    assert total.label == "Total, variance"
    for figure in register:
        if figure.formula is not None:
            values = {one: register[one].value for one in operands(figure.formula)}
            assert evaluate(figure.formula, values) == figure.value


def test_they_go_down_to_the_cells_of_the_file(home: Path, register: Register) -> None:
    listed = {figure.id: json.loads(json.dumps(figure.to_json())) for figure in register}
    assert wrong_cells(Files(home, listed), listed) == (10, [])
    again = walked(home, register)
    assert (again.wrong, again.left) == ([], {})
    assert Counter(again.done.values()) == {READ: 10, FORMULA: len(listed) - 10}


def test_the_checks_take_its_figures(home: Path, register: Register) -> None:
    paper = load_paper(home, Month(2024, 6), PLACE)
    found = {check.id: check for check in run_checks(register, paper) if CHAPTER in check.id}
    cast = found[f"cross.{CHAPTER}.{PLACE}.total.variance"]
    assert {check.status for check in found.values()} == {"pass"}
    assert f"{CHAPTER}.{PLACE}.kings.variance" in cast.figures


def test_a_stock_kernel_gives_the_same_notebook(home: Path, tmp_path: Path) -> None:
    told = {**TOLD, "home": str(home)}
    run_notebooks([NAME], told, home / "notebooks", tmp_path, stock=True)
    name = f"{NAME}.ipynb"
    assert (tmp_path / name).read_text() == (home / "executed" / name).read_text()


def test_none_of_its_words_waits_for_a_reviewer(tmp_path: Path) -> None:
    """Its captions, titles and text alternatives are made of its own figures."""
    home = an_afternoon(tmp_path)
    report = home / "params" / "report.yml"
    said = report.read_text(encoding="utf-8") + f"chapters:\n  {CHAPTER}: {{after: position}}\n"
    report.write_text(said, encoding="utf-8")
    layout = Layout(CHECKOUT, load_paper(home, Month(2024, 6), PLACE))
    assert own_chapters(layout) == (NAME,)
    told, planned = {**TOLD, "home": str(home)}, planned_chapters(layout)
    run_notebooks([NAME], told, layout.notebooks, layout.executed, planned=planned)
    hold_words(layout, [NAME], [NAME])
    assert held_claims(layout.executed) == {}
