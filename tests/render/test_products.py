"""What only figures and tables make is not made again for a word; no job outlives its build."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from boardpack.core.errors import BuildFault
from boardpack.core.stored import stored_in
from boardpack.document.blocks import Block, Column, Narrative, Row, Table
from boardpack.document.content import Chapter, Heading, Part
from boardpack.figures.register import Register
from boardpack.outputs.print_job import PrintJob
from boardpack.render import products
from boardpack.render.findings import Findings
from boardpack.render.layout import Layout

WORDS = Narrative("n", "As it stood.")
TABLE = Table("t", "A table", (Column("Line", "left"), Column("£000")), (Row(("a", "1")),))
PROGRAM = "a program"


@pytest.fixture
def made(layout: Layout, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Any]]:
    """What the workbook was made of, each time that it was made."""
    asked: list[Any] = []

    def workbook(parts: Sequence[Part], *told: Any) -> bytes:
        asked.append(parts)
        return repr(parts).encode()

    monkeypatch.setattr(products, "workbook", workbook)
    layout.new.mkdir(parents=True)
    _found(layout, "{}")
    with stored_in(tmp_path / "stored"):
        yield asked


def _found(layout: Layout, figures: str) -> None:
    (layout.new / "figures.json").write_text(figures)
    (layout.new / "checks.json").write_text("{}")


def _make(layout: Layout, *blocks: Block, program: str = PROGRAM) -> bytes:
    chapter = Chapter("02_position", "Position", (Heading(1, "Position"), *blocks))
    products.make_workbook(layout, (Part("Board", (chapter,)),), Findings(), program)
    return (layout.new / products.WORKBOOK).read_bytes()


def test_words_do_not_reach_the_workbook_and_make_none(layout: Layout, made: list[Any]) -> None:
    first = _make(layout, WORDS, TABLE)
    assert _make(layout, replace(WORDS, markdown="Otherwise."), TABLE) == first
    [parts] = made
    assert parts[0].chapters[0].items == (TABLE,)


@pytest.mark.parametrize("change", ["table", "figures", "program", "paper"])
def test_whatever_else_changes_makes_it_again(layout: Layout, made: list[Any], change: str) -> None:
    _make(layout, WORDS, TABLE)
    other = layout
    if change == "figures":
        _found(layout, '{"figures": []}')
    if change == "paper":
        cut = layout.paper.run.data_cut + timedelta(days=1)
        run = layout.paper.run.model_copy(update={"data_cut": cut})
        other = replace(layout, paper=layout.paper.model_copy(update={"run": run}))
    table = replace(TABLE, caption="Another") if change == "table" else TABLE
    _make(other, WORDS, table, program="another" if change == "program" else PROGRAM)
    assert len(made) == 2


def test_without_a_program_all_is_made_anew(layout: Layout, made: list[Any]) -> None:
    for _ in range(2):
        _make(layout, TABLE, program="")
    assert len(made) == 2


def test_the_figures_to_take_away_are_made_once(
    layout: Layout, made: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(products.table, "figures_csv", _counted(products.table.figures_csv, made))
    for figures, times in (("{}", 1), ("{}", 1), ('{"figures": []}', 2)):
        _found(layout, figures)
        products.make_figures(layout, Findings(), PROGRAM)
        assert len(made) == times
    names = products.figure_files(layout.paper, Register(), ())
    assert all((layout.new / name).exists() for name in names)


def _counted(figures_csv: Any, asked: list[Any]) -> Any:
    def counted(*told: Any) -> Any:
        asked.append(told)
        return figures_csv(*told)

    return counted


@pytest.mark.parametrize("failing", ["checks", "office"])
def test_no_job_writes_after_the_build_has_failed(
    layout: Layout, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    begun: list[str] = []
    ended: list[str] = []
    may_end = Event()

    def printed(job: PrintJob) -> tuple[str, ...]:
        begun.append(job.makes)
        may_end.wait()
        ended.append(job.makes)
        if job.makes == "office":
            raise BuildFault("no slides today")
        return ()

    def found() -> None:
        may_end.set()
        if failing == "checks":
            raise BuildFault("no checks today")

    (layout.project / "book" / "_toc.yml").write_text("parts: []")
    monkeypatch.setattr(products, "printed", printed)
    monkeypatch.setattr(products, "build_one_page", lambda *told: None)
    with ThreadPoolExecutor() as pool:
        with pytest.raises(BuildFault, match=r"no .* today"):
            products.make_print(layout, (), found, pool)
        assert sorted(ended) == sorted(begun)
    assert ("pdf" in begun) is (failing == "office")
