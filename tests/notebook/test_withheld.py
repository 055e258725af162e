"""A small number, and what would give it away, is `*` in whatever a notebook shows, with a note."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import pytest
from great_tables import GT

from boardpack.document.blocks import Number, Table
from boardpack.figures.frames import column_of, frame_of
from boardpack.notebook.named_figures import Made
from boardpack.notebook.paper import NotebookPaper
from boardpack.notebook.withheld import NOTE
from frames_made import PLACE, figure

HIDDEN = "*"


@pytest.fixture
def paper(opened: NotebookPaper) -> NotebookPaper:
    """A paper with clients and beds of three wards, of which two clients of one are suppressed."""
    register = opened.register.copy()
    for line, clients, plan in (("elm", "40", "30"), ("oak", "2", "9"), ("ash", "11", "")):
        register.add(figure(line, "clients", clients, "COUNT"))
        if plan:
            register.add(figure(line, "plan", plan, "COUNT"))
    register.suppress(f"beds.{PLACE}.oak.clients")
    return replace(opened, register=register, made=Made("bank_agency", opened.paper, register))


def wards(paper: NotebookPaper) -> pd.DataFrame:
    """The wards as `paper.frame` gives them: suppressed or not there, it is missing."""
    known = {one.id: one for one in paper.register}
    ids = {
        measure: [f"beds.{PLACE}.{line}.{measure}" for line in ("elm", "oak", "ash")]
        for measure in ("clients", "plan")
    }
    found = {m: column_of(known.get(i) for i in ids[m]) for m in ids}
    return pd.DataFrame(found, index=pd.Index(["elm", "oak", "ash"], name="ward"))


SHOWN: dict[str, Callable[[NotebookPaper, pd.DataFrame], object]] = {
    "a frame": lambda paper, frame: frame,
    "a GT": lambda paper, frame: GT(frame.reset_index(), rowname_col="ward"),
    "a GT of the house": lambda paper, frame: paper.table(frame, title="Wards"),
}


def printed(paper: NotebookPaper, shown: object) -> tuple[list[list[str]], tuple[str, ...]]:
    block = paper.carried(shown)
    assert isinstance(block, Table)
    rows = [[c.text if isinstance(c, Number) else c for c in row.cells[1:]] for row in block.rows]
    return rows, block.notes


@pytest.mark.parametrize("how", SHOWN)
def test_a_small_number_is_a_star_and_what_is_not_there_is_empty(
    how: str, paper: NotebookPaper
) -> None:
    rows, notes = printed(paper, SHOWN[how](paper, wards(paper)))
    assert rows == [["40", "30"], [HIDDEN, "9"], ["11", ""]]
    assert notes == (NOTE,)


@pytest.mark.parametrize("how", SHOWN)
def test_so_is_what_is_computed_of_it_and_a_total(how: str, paper: NotebookPaper) -> None:
    frame = wards(paper)
    frame["more"] = frame.clients - frame.plan
    frame.loc["Total"] = frame.sum()
    rows, _ = printed(paper, SHOWN[how](paper, frame))
    assert rows == [
        ["40", "30", "10"],
        [HIDDEN, "9", HIDDEN],
        ["11", "", ""],
        [HIDDEN, "", HIDDEN],
    ]


def test_so_it_is_once_the_frame_was_kept(paper: NotebookPaper) -> None:
    frame = wards(paper)
    frame["more"] = frame.clients - frame.plan
    rows, _ = printed(paper, paper.keep(frame))
    assert rows[1] == [HIDDEN, "9", HIDDEN]


def test_so_it_is_of_a_column_in_which_no_other_row_has_any(paper: NotebookPaper) -> None:
    rows, _ = printed(paper, wards(paper).loc[["oak"]])
    assert rows == [[HIDDEN, "9"]]


def test_so_it_is_with_places_down(paper: NotebookPaper) -> None:
    known = [paper.register[f"beds.{PLACE}.elm.clients"]]
    frame = frame_of(known, rows="place")
    frame.index = pd.MultiIndex.from_tuples([(PLACE, "elm")])
    frame.loc[(PLACE, "oak"), "clients"] = pd.NA
    assert printed(paper, frame)[0] == [["40"], [HIDDEN]]


def test_summary_rows_of_a_gt(paper: NotebookPaper) -> None:
    gt = GT(wards(paper).reset_index(), rowname_col="ward")
    rows, _ = printed(
        paper, gt.grand_summary_rows(fns={"Total": lambda d: d.sum(numeric_only=True)})
    )
    assert rows[-1][0] == HIDDEN


def test_without_a_small_number_nothing_is_said(
    opened: NotebookPaper, paper: NotebookPaper
) -> None:
    frame = wards(paper)
    plain = replace(paper, made=Made("bank_agency", opened.paper, opened.register))
    rows, notes = printed(plain, frame)
    assert (rows[1], notes) == (["", "9"], ())
