"""A small build of pages, made by the paper's own writers of the blocks that tests of outputs have.

The blocks have hostile text wherever text may stand. Pages of the book are written without Jupyter
Book, which adds nothing to what a block shows.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from html import escape
from multiprocessing import get_context
from pathlib import Path

import sample_paper as sample
from boardpack.document.blocks import MIME, block_json
from boardpack.document.content import Chapter, Heading, Item
from boardpack.outputs.charts.static_chart import charts_of, write_pictures
from boardpack.outputs.data.table_csv import write_tables
from boardpack.outputs.exact_values import exact_values
from boardpack.outputs.html.blocks import block_html
from boardpack.outputs.html.chart import pictures_html, set_pictures
from boardpack.outputs.html.one_page import one_page
from boardpack.outputs.html.surroundings import Surroundings
from boardpack.outputs.pdf.typst_document import PdfMeta

META = PdfMeta(
    "NHS Anytown", "Board", "Anytown report, September 2023", "Month 6", "1 June", "DRAFT", "A", 0
)
VALUES = exact_values(block for part in sample.PARTS for c in part.chapters for block in c.blocks)
INDEX, POSITION, ONE_PAGE = "html/index.html", "html/notebooks/02_position.html", "board-paper.html"


def drawn_pictures(folder: Path) -> Path:
    """The charts as SVG, drawn in a process of their own: the renderer starts threads."""
    with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as pool:
        pool.submit(write_pictures, sample.PARTS, folder).result()
    return folder


def write_build(build: Path, pictures: Path) -> Path:
    """A build: the notebooks' blocks, the pages of the book, and the paper as one page."""
    for chapter in _chapters():
        _write(build / "notebooks" / f"{chapter.name}.ipynb", _notebook(chapter))
    write_pages(build, pictures)
    write_tables(sample.PARTS, build / "html" / "tables")
    return build


def write_pages(build: Path, pictures: Path) -> None:
    """The pages of a build, by the writers as they are now."""
    first, *others = _chapters()
    _write(build / INDEX, _page(first))
    for chapter in others:
        _write(build / "html" / "notebooks" / f"{chapter.name}.html", _page(chapter))
    set_pictures(build / "html", pictures)
    _write(build / ONE_PAGE, one_page(sample.PARTS, META, _pictures(pictures)))


def _pictures(folder: Path) -> dict[str, str]:
    return {chart.id: pictures_html(folder, chart.id) for chart in charts_of(sample.PARTS)}


def _chapters() -> list[Chapter]:
    return [chapter for part in sample.PARTS for chapter in part.chapters]


def _notebook(chapter: Chapter) -> str:
    return json.dumps({"cells": [*_cells(chapter)]}, ensure_ascii=False)


def _cells(chapter: Chapter) -> Iterator[dict[str, object]]:
    for item in chapter.items:
        if isinstance(item, Heading):
            yield {"cell_type": "markdown", "source": f"{'#' * item.level} {item.text}"}
        else:
            data = {MIME: block_json(item)}
            yield {"cell_type": "code", "source": "", "outputs": [{"data": data}]}


def _page(chapter: Chapter) -> str:
    body = "".join(_item(item) for item in chapter.items)
    title = f"<title>{escape(chapter.title)} — Anytown report, September 2023</title>"
    return (
        f'<!DOCTYPE html>\n<html lang="en-GB"><head><meta charset="utf-8">{title}</head>\n'
        f'<body><article class="bd-article">\n{body}</article></body></html>\n'
    )


def _item(item: Item) -> str:
    if isinstance(item, Heading):
        return f"<h{item.level}>{escape(item.text)}</h{item.level}>\n"
    return block_html(item, VALUES, Surroundings())


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
