"""A paper that has been executed, as the products take it: for what is made or timed by itself."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from boardpack.core.home import CHECKOUT, WORD_REFERENCE
from boardpack.core.params import load_paper
from boardpack.core.periods import parse_month
from boardpack.document.content import Part, read_chapter
from boardpack.figures.figure import figure_from_json
from boardpack.figures.register import Register
from boardpack.outputs.html.book import stage_book
from boardpack.outputs.print_job import ONE_PAGE, PDF, SLIDES, WORD
from boardpack.render.chapters import book_parts
from boardpack.render.findings import Findings
from boardpack.render.layout import Layout
from boardpack.render.products import ATTACHED, pdf_meta, title

PRINTED = ("pictures", "one page", "slides", "Word", "PDF")


def layout_of(home: Path, year: str, month: str, place: str | None) -> Layout:
    """The folders of a paper in a home, made by this program."""
    return Layout(CHECKOUT, load_paper(home.resolve(), parse_month(year, month), place))


def parts_in(layout: Layout, notebooks: Path) -> tuple[Part, ...]:
    """The paper's content in book order, from the executed notebooks of a folder."""
    return tuple(
        Part(
            part.title,
            tuple(read_chapter(name, _read(notebooks / f"{name}.ipynb")) for name in part.chapters),
        )
        for part in book_parts(layout.toc)
    )


def stage(layout: Layout, parts: Sequence[Part], staged: Path) -> None:
    """The pages that Jupyter Book compiles."""
    status = ", ".join(layout.paper.marks or (layout.paper.run.status,))
    stage_book(parts, layout.project / "book", staged, title(layout.paper), status, True)


def print_product(name: str, layout: Layout, parts: Sequence[Part], build: Path, out: Path) -> None:
    """Make one product of `PRINTED` in this process; `build` has the records that the PDF carries.

    Typst and the chart renderer start threads, so this process must not fork afterwards.
    """
    from boardpack.outputs.charts.static_chart import write_pictures
    from boardpack.outputs.html.one_page import build_one_page
    from boardpack.outputs.pdf.document import build_pdf
    from boardpack.outputs.slides.presentation import build_slides
    from boardpack.outputs.word.document import build_word

    meta, own = pdf_meta(layout.paper), layout.paper.home / "params" / WORD_REFERENCE
    carried = {file: (build / file).read_bytes() for file in ATTACHED}
    made: dict[str, Any] = {
        "pictures": partial(write_pictures, parts, layout.pictures),
        "one page": partial(build_one_page, parts, meta, layout.pictures, out / ONE_PAGE),
        "slides": partial(build_slides, parts, meta, out / SLIDES),
        "Word": partial(build_word, parts, meta, out / WORD, own if own.exists() else None),
        "PDF": partial(build_pdf, parts, meta, out / PDF, carried),
    }
    made[name]()


def found_in(build: Path) -> Findings:
    """The figures and the checks of a build's records."""
    figures, checks = (_read(build / name) for name in ATTACHED)
    register = Register(figure_from_json(item) for item in figures["figures"])
    return Findings((), register, tuple(checks["checks"]))


def _read(file: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return found
