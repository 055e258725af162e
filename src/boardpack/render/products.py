"""The outputs of a build, each made from the paper's content and from nothing else."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor, wait
from dataclasses import replace
from functools import cache
from typing import Any

from boardpack.core.design import design
from boardpack.core.home import WORD_REFERENCE
from boardpack.core.in_print import USUAL
from boardpack.core.params import Paper
from boardpack.core.stored import stored
from boardpack.core.structure import ICB
from boardpack.document.blocks import KeyFigures, Table
from boardpack.document.content import Chapter, Part
from boardpack.document.folding import folded
from boardpack.figures.register import Register
from boardpack.outputs.data import data_dictionary as dictionary
from boardpack.outputs.data import figures_csv as table
from boardpack.outputs.data import figures_parquet as parquet
from boardpack.outputs.data.table_csv import write_tables
from boardpack.outputs.html.book import Json, build_html, stage_book
from boardpack.outputs.html.one_page import build_one_page
from boardpack.outputs.html.pages import COPIES, TABLES, page_of
from boardpack.outputs.html.register_page import owned_figures, write_register_scripts
from boardpack.outputs.html.search_passages import write_passages
from boardpack.outputs.pdf.typst_document import PdfMeta
from boardpack.outputs.print_job import DOWNLOADS, ONE_PAGE, PrintJob, drawn, printed
from boardpack.outputs.workbook.file import workbook
from boardpack.reading.cells import file_sha256
from boardpack.render.chapters import book_parts, own_chapters
from boardpack.render.findings import Findings
from boardpack.render.layout import Layout

ATTACHED = ("figures.json", "checks.json")
WORKBOOK = "board-paper.xlsx"


def parts_of(layout: Layout, chapters: Sequence[Chapter]) -> tuple[Part, ...]:
    """The chapters in the parts of the book, as they are printed."""
    named = {chapter.name: chapter for chapter in chapters}
    listed = (
        Part(part.title, tuple(named[one.name] for one in part.chapters))
        for part in book_parts(layout)
    )
    return folded(tuple(listed))


def make_html(
    layout: Layout,
    parts: Sequence[Part],
    found: Callable[[], Findings],
    staged_now: Callable[[], None] = lambda: None,
) -> tuple[str, ...]:
    """The HTML book, compiled by Jupyter Book from a staged copy, with the figure register.

    `staged_now` is called when the copy is there, and another process goes on; `found` is asked
    for what stands in the register when the pages are there.
    """
    staged, paper, html = layout.work / "staged", layout.paper, layout.new / "html"
    status = ", ".join(paper.marks or (paper.run.status,))
    project_book = layout.project / "book"
    stage_book(parts, project_book, staged, title(paper), status, True, other_papers(paper))
    staged_now()
    build_html(staged, html, layout.project / "_config.yml")
    groups = [owned_figures(c, page_of(c, parts)) for part in parts for c in part.chapters]
    write_register_scripts(html, groups, found().register, found().checks)
    write_passages(html)
    write_tables(parts, html / TABLES)
    return ()


def other_papers(paper: Paper) -> Json:
    """Where a paper stands among those of its body: which others its pages may look for.

    They are found when somebody opens a page that they stand beside: what was built when, no page
    of this one may depend on.
    """
    report, month = paper.report, paper.month
    return {
        "place": paper.place,
        "places": {slug: report.place_name(slug) for slug in (*report.places, ICB)},
        "year": month.year_folder,
        "years": [
            f"{s}-{(s + 1) % 100:02d}" for s in (month.start - 1, month.start, month.start + 1)
        ],
        "month": month.code,
    }


def copy_downloads(layout: Layout) -> None:
    """What the pages offer to take away, within their own folder, so that it travels along."""
    downloads = layout.new / "html" / COPIES
    downloads.mkdir()
    for _, name in DOWNLOADS:
        if (layout.new / name).is_file():
            shutil.copyfile(layout.new / name, downloads / name)


def make_print(
    layout: Layout, parts: Sequence[Part], found: Callable[[], object], pool: Executor
) -> tuple[str, ...]:
    """The tagged PDF, the Word document, the slides, and the paper as one page.

    All but the page in the pool. The charts come first from there: the page is made of them while
    the documents are. The PDF carries what was `found`, and is begun when that is recorded.

    Returns what a reader of the summary must know of it.
    """
    job = _print_job(layout)
    runs = [pool.submit(printed, replace(job, makes=makes)) for makes in ("pictures", "office")]
    try:
        found()
        runs.append(pool.submit(printed, job))
        drawn(runs[0])
        build_one_page(parts, job.meta, job.pictures, layout.new / ONE_PAGE)
    finally:
        wait(runs)  # none may write after the build has failed
    lacking = [mark for run in runs for mark in drawn(run)]
    if not lacking:
        return ()
    return (f"The PDF's typeface lacks {' '.join(lacking)}; it shows a box for each.",)


def draw_ahead(layout: Layout, names: Sequence[str], pool: Executor) -> None:
    """Have the charts of chapters that have run drawn while others run.

    What is drawn is kept for the documents, and what is wrong is told when they are made.
    """
    job = replace(_print_job(layout), parts=(("", tuple(names)),), makes="drawings")
    pool.submit(printed, job)


def _print_job(layout: Layout) -> PrintJob:
    own = layout.paper.home / "params" / WORD_REFERENCE
    return PrintJob(
        notebooks=layout.executed,
        parts=tuple((p.title, tuple(one.name for one in p.chapters)) for p in book_parts(layout)),
        meta=pdf_meta(layout.paper),
        out=layout.new,
        pictures=layout.pictures,
        attachments={name: layout.new / name for name in ATTACHED},
        reference=own if own.exists() else None,
        stored=layout.stored,
        own=own_chapters(layout),
    )


def make_workbook(
    layout: Layout, parts: Sequence[Part], found: Findings, program: str = ""
) -> tuple[str, ...]:
    """The Excel workbook, which has all of the paper but its words (see `_once` for `program`)."""
    told = tuple(map(_without_words, parts)), pdf_meta(layout.paper)
    rest = found.register, found.checks
    made = _once(layout, program, (told, design()), lambda: workbook(*told, *rest))
    (layout.new / WORKBOOK).write_bytes(made)
    return ()


def _without_words(part: Part) -> Part:
    chapters = (
        replace(c, items=tuple(i for i in c.items if isinstance(i, Table | KeyFigures)))
        for c in part.chapters
    )
    return replace(part, chapters=tuple(chapters))


def _once(layout: Layout, program: str, told: object, make: Callable[[], bytes]) -> bytes:
    """What is made of what is told and of what was found alone: as it was stored, or made now.

    `program` is the seal of the program that makes it; where it is empty, all is made anew.
    """
    if not program:
        return make()
    found = [file_sha256(layout.new / name) for name in ATTACHED]
    return stored(program.encode(), repr((told, found)).encode(), make)


def make_figures(layout: Layout, found: Findings, program: str = "") -> tuple[str, ...]:
    """The figures to take away (see `_once` for `program`)."""
    paper = layout.paper
    told = paper.report, paper.run
    for name, make in figure_files(paper, found.register, found.checks).items():
        (layout.new / name).write_bytes(_once(layout, program, (name, *told), make))
    return ()


def figure_files(
    paper: Paper, register: Register, checks: Sequence[Mapping[str, Any]]
) -> dict[str, Callable[[], bytes]]:
    """What makes the figures to take away, by file name: in two forms, and their dictionary."""
    text = cache(lambda: table.figures_csv(paper, register, checks))
    return {
        table.NAME: lambda: text().encode(),
        parquet.NAME: lambda: parquet.figures_parquet(text()),
        dictionary.NAME: lambda: dictionary.data_dictionary(paper, register).encode(),
    }


def title(paper: Paper) -> str:
    """The paper's title: the place, the month in words, and whether its data is made up."""
    made_up = " (illustrative data)" if paper.report.illustrative else ""
    return f"{paper.place_name} finance report, {paper.month.name}{made_up}"


def pdf_meta(paper: Paper) -> PdfMeta:
    """What the PDF says of itself; it is dated by the data cut, so that it repeats."""
    organisation = paper.report.organisation
    return PdfMeta(
        organisation=organisation.name,
        board=organisation.boards[paper.place],
        title=title(paper),
        subtitle=f"Finance report, Month {paper.month.number} {paper.month.year}",
        date=paper.board_day,
        mark=" · ".join(paper.marks).upper(),
        place=paper.place_name,
        timestamp=int(paper.run.data_cut.timestamp()),
        replaces=paper.version.sentence if paper.version else "",
        money=(paper.report.in_print or USUAL).money,
    )
