"""A small build printed by the paper's own writers: its PDF, its Word document, its blocks."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import sample_paper as sample
from boardpack.document.blocks import MIME, Block, block_from_json, block_json
from boardpack.document.content import Chapter, Heading, Item, Part
from boardpack.outputs.charts.static_chart import charts_of
from boardpack.outputs.pdf.document import build_pdf
from boardpack.outputs.word.chapter import Png
from boardpack.outputs.word.document import word_bytes
from small_word import META, plain_png

PDF, WORD, FIGURES = "board-paper.pdf", "board-paper.docx", "figures.json"
_HOSTILE = json.dumps(sample.HOSTILE)[1:-1]


def _plain(block: Block) -> Block:
    """A block of the invented paper, its hostile words replaced by one that sits still."""
    said = json.dumps(block_json(block)).replace(_HOSTILE, "else")
    return block_from_json(json.loads(said))


_WORDS = tuple(map(_plain, (sample.KEY_FIGURES, sample.WORDS)))
_TABLES = tuple(map(_plain, (sample.TABLE, sample.BARS, sample.GROUPED, sample.WALK)))
CHAPTERS = (
    Chapter("01_summary", "Summary", (Heading(1, "Summary"), *_WORDS)),
    Chapter("02_position", "Position", (Heading(1, "Position"), *_TABLES)),
)
PARTS = (Part("Board paper", CHAPTERS),)
ATTACHED = {FIGURES: b'{"figures": []}'}


def write_pdf(build: Path) -> None:
    """The PDF of a build, by the writer as it is now."""
    build_pdf(PARTS, META, build / PDF, ATTACHED)


def write_word(build: Path) -> None:
    """The Word document of a build, by the writer as it is now, with blank pictures for charts."""
    charts = charts_of(PARTS)
    pictures = {c.id: Png(plain_png(986, 300 + n), 150.0) for n, c in enumerate(charts)}
    (build / WORD).write_bytes(word_bytes(PARTS, META, pictures, None))


def write_build(build: Path) -> Path:
    """A build with both, and the notebooks that they are held to."""
    (build / "notebooks").mkdir(parents=True)
    for chapter in CHAPTERS:
        notebook = json.dumps({"cells": [*_cells(chapter.items)]}, ensure_ascii=False)
        (build / "notebooks" / f"{chapter.name}.ipynb").write_text(notebook, encoding="utf-8")
    (build / FIGURES).write_bytes(ATTACHED[FIGURES])
    # The typesetter starts threads, and a process that forks after that would hang.
    with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as pool:
        pool.submit(write_pdf, build).result()
    write_word(build)
    return build


def file_hashes() -> dict[str, str]:
    """The SHA-256 of the files that the PDF carries."""
    return {name: hashlib.sha256(content).hexdigest() for name, content in ATTACHED.items()}


def _cells(items: tuple[Item, ...]) -> Iterator[dict[str, object]]:
    for item in items:
        if isinstance(item, Heading):
            yield {"cell_type": "markdown", "source": f"{'#' * item.level} {item.text}"}
        else:
            data = {MIME: block_json(item)}
            yield {"cell_type": "code", "source": "", "outputs": [{"data": data}]}
