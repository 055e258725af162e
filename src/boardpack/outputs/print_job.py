"""What is drawn without a browser: the charts as pictures, and the documents PDF, Word and slides.

A job can be handed to another process: it names the executed notebooks, and holds none of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from boardpack.core.design import Design, design, drawn_with
from boardpack.core.errors import BoardpackError, BuildFault
from boardpack.core.stored import stored_in
from boardpack.document.content import Part, chapter_of
from boardpack.document.folding import folded
from boardpack.outputs.pdf.typst_document import PdfMeta

PDF = "board-paper.pdf"
ONE_PAGE = "board-paper.html"
SLIDES = "board-paper.pptx"
WORD = "board-paper.docx"
DOWNLOADS = (
    ("PDF", PDF),
    ("Word", WORD),
    ("Slides", SLIDES),
    ("One web page", ONE_PAGE),
    ("Excel workbook", "board-paper.xlsx"),
    ("Figures (CSV)", "figures.csv"),
)
"""What a reader may take away, and its file beside the book."""


@dataclass(frozen=True)
class PrintJob:
    """What to make: the executed notebooks, the parts that list them by name, where it all goes.

    `out` is the folder of the build, `pictures` that of the charts, which the pages take in.
    `reference` is the organisation's own reference document for Word, where it has one. `stored` is
    where drawings are stored for the next paper (see `boardpack.core.stored`); `own` are the names
    of the home's own notebooks, `design` is the sheet that is drawn with. Pictures are a job apart,
    so that the pages can be finished while the documents are made; Word and slides are another
    (`office`), because they carry no attachments that must be there first.
    """

    notebooks: Path
    parts: tuple[tuple[str, tuple[str, ...]], ...]
    meta: PdfMeta
    out: Path
    pictures: Path
    attachments: Mapping[str, Path]
    reference: Path | None = None
    stored: Path | None = None
    own: tuple[str, ...] = ()
    design: Design = field(default_factory=design)
    makes: Literal["drawings", "pictures", "office", "pdf"] = "pdf"


def drawn(run: Future[tuple[str, ...]]) -> tuple[str, ...]:
    """Wait for a job; returns the characters that it could not show (see `build_pdf`).

    BuildFault tells what went wrong.
    """
    try:
        return run.result()
    except BoardpackError:
        raise
    except Exception as error:
        reason = str(error) or type(error).__name__
        raise BuildFault(f"The paper could not be drawn: {reason}") from error


def printed(job: PrintJob) -> tuple[str, ...]:
    """Do the job in this process; returns the characters that could not be shown."""
    from boardpack.outputs.charts.static_chart import draw_charts, write_pictures

    parts = folded(
        [
            Part(title, tuple(chapter_of(name, _notebook(job.notebooks, name)) for name in names))
            for title, names in job.parts
        ]
    )
    with stored_in(job.stored), drawn_with(job.design):
        match job.makes:
            case "drawings":
                draw_charts(parts)
            case "pictures":
                write_pictures(parts, job.pictures)
            case "office":
                _office(job, parts)
            case "pdf":
                return _pdf(job, parts)
    return ()


def _office(job: PrintJob, parts: Sequence[Part]) -> None:
    from boardpack.outputs.slides.presentation import build_slides
    from boardpack.outputs.word.document import build_word

    build_slides(parts, job.meta, job.out / SLIDES, job.own)
    build_word(parts, job.meta, job.out / WORD, job.reference)


def _pdf(job: PrintJob, parts: Sequence[Part]) -> tuple[str, ...]:
    from boardpack.outputs.pdf.document import build_pdf

    carried = {name: file.read_bytes() for name, file in job.attachments.items()}
    return build_pdf(parts, job.meta, job.out / PDF, carried)


def _notebook(folder: Path, name: str) -> str:
    return (folder / f"{name}.ipynb").read_text(encoding="utf-8")
