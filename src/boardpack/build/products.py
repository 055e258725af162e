"""The outputs of a build, each made from the paper's content by a program of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from boardpack.build.chapters import book_parts
from boardpack.build.layout import Layout
from boardpack.figures.register import Register
from boardpack.outputs import data_dictionary as dictionary
from boardpack.outputs import figures_csv as table
from boardpack.outputs.book import build_html, page_of, stage_book
from boardpack.outputs.pdf_job import PdfJob, start_pdf
from boardpack.outputs.register_page import fill_register, owned_figures
from boardpack.outputs.typst_document import PdfMeta
from boardpack.paper.content import Part
from boardpack.params import Paper

Maker = Callable[[Layout, Sequence[Part]], tuple[str, ...]]
"""What makes an output of a paper's content; it returns what the summary must say of it."""

PDF = "board-paper.pdf"
ATTACHED = ("figures.json", "checks.json")


def make_html(
    layout: Layout,
    parts: Sequence[Part],
    register: Register,
    checks: Sequence[Mapping[str, Any]],
) -> tuple[str, ...]:
    """The HTML book, compiled by Jupyter Book from a staged copy, with the figure register."""
    staged, paper, html = layout.work / "staged", layout.paper, layout.new / "html"
    status = ", ".join(paper.marks or (paper.run.status,))
    stage_book(parts, layout.project / "book", staged, title(paper), status, True)
    build_html(staged, html, layout.project / "_config.yml")
    groups = [owned_figures(c, page_of(c, parts)) for part in parts for c in part.chapters]
    fill_register(html, groups, register, checks)
    return ()


def make_pdf(layout: Layout, parts: Sequence[Part]) -> tuple[str, ...]:
    """The tagged PDF, in another process because Typst must not run in one that forks.

    Returns what a reader of the summary must know of it.
    """
    listed = tuple((part.title, part.chapters) for part in book_parts(layout.toc))
    carried = {name: layout.new / name for name in ATTACHED}
    meta = pdf_meta(layout.paper)
    lacking = start_pdf(PdfJob(layout.executed, listed, meta, layout.new / PDF, carried)).finish()
    if not lacking:
        return ()
    return (f"The PDF's typeface lacks {' '.join(lacking)}; it shows a box for each.",)


def figure_files(
    paper: Paper, register: Register, checks: Sequence[Mapping[str, Any]]
) -> dict[str, str]:
    """The figures to take away, by file name: the table and its data dictionary, as text."""
    return {
        table.NAME: table.figures_csv(paper, register, checks),
        dictionary.NAME: dictionary.data_dictionary(paper, register),
    }


def title(paper: Paper) -> str:
    """The paper's title: the place, the month in words, and whether its data is made up."""
    made_up = " (illustrative data)" if paper.report.illustrative else ""
    return f"{paper.place_name} finance report, {paper.month.name}{made_up}"


def pdf_meta(paper: Paper) -> PdfMeta:
    """What the PDF says of itself; it is dated by the data cut, so that it repeats."""
    board_date = paper.run.board_date
    organisation = paper.report.organisation
    return PdfMeta(
        organisation=organisation.name,
        board=organisation.boards[paper.place],
        title=title(paper),
        subtitle=f"Finance report, Month {paper.month.number} {paper.month.year}",
        date=f"{board_date.day} {board_date:%B %Y}",
        mark=" · ".join(paper.marks).upper(),
        place=paper.place_name,
        timestamp=int(paper.run.data_cut.timestamp()),
    )
