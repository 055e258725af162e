"""The press: what it keeps of the jobs that it has done."""

from __future__ import annotations

import json
import os
from itertools import pairwise
from pathlib import Path

import pytest

from boardpack.build.notebooks import can_fork
from boardpack.outputs.press import let_go, standing_press
from boardpack.outputs.print_job import PrintJob, start_print
from boardpack.outputs.typst_document import PdfMeta
from boardpack.paper.blocks import MIME, Column, Number, Row, Table, block_json
from processes import children_of, held_by

pytestmark = pytest.mark.skipif(not can_fork(), reason="a press stands on Linux only")
META = PdfMeta("An ICB", "A board", "A paper", "Month 6", "23 November 2023", "", "Anytown", 0)


def _job(folder: Path, paper: int) -> PrintJob:
    """One table of many numbers, in other words than those of other papers."""
    columns = (Column("Line", "left"), *(Column(f"Measure {n}") for n in range(8)))
    rows = (
        Row((f"Paper {paper}, line {n}", *(Number(f"{paper}{n}", "a.b.c", "1") for _ in range(8))))
        for n in range(300)
    )
    block = block_json(Table("many", "Many numbers", columns, tuple(rows)))
    cells = [
        {"cell_type": "markdown", "source": "# A"},
        {"cell_type": "code", "outputs": [{"data": {MIME: block}}]},
    ]
    (folder / "a.ipynb").write_text(json.dumps({"cells": cells}), encoding="utf-8")
    return PrintJob(folder, (("A", ("a",)),), META, folder, folder / "pictures", {})


def test_a_press_is_no_larger_after_many_papers_than_after_a_few(tmp_path: Path) -> None:
    held, before = [], children_of(os.getpid())
    with standing_press(many=True):
        (press,) = children_of(os.getpid()) - before
        for paper in range(5):
            job = _job(tmp_path, paper)
            start_print(job).finish()
            for _ in range(2):  # what it lets go of, it has given back when it is asked again
                told = let_go()
                assert told is not None
                assert told.done() == (0, "", "")
            held.append(held_by(press))
    growth = [after - before for before, after in pairwise(held[1:])]
    assert max(growth) < 8 * 1024 * 1024, growth  # Typst keeps some 26 MiB of each, else


def test_a_press_that_is_not_for_many_papers_keeps_them() -> None:
    with standing_press():
        assert let_go() is None
    assert let_go() is None
