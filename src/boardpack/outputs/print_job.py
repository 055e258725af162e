"""What is drawn without a browser, in a process of its own, so that the build may go on and fork.

The charts as pictures, and the documents: PDF, Word and slides. `start_print` hands the job to
`python -m boardpack.outputs.print_job` and returns at once; `finish` waits for it.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Literal

from boardpack.design import Design, design, drawn_with
from boardpack.errors import BUILD, DONE, INPUT, BoardpackError, BuildFault, told_fault
from boardpack.outputs.jobs import Done, Run, alone
from boardpack.outputs.press import begin
from boardpack.outputs.typst_document import PdfMeta
from boardpack.paper.content import Part, chapter_of
from boardpack.paper.folding import folded
from boardpack.stored import stored_in

MODULE = "boardpack.outputs.print_job"
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
    where drawings are stored for the next paper (see `boardpack.stored`); `own` are the names of
    the home's own notebooks, `design` is the sheet that is drawn with. Pictures are a job apart, so
    that the pages can be finished while the documents are made; Word and slides are another
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


@dataclass(frozen=True)
class PrintRun:
    """A job that is being done."""

    run: Run

    def wait(self) -> None:
        """Wait until it has ended, however it ends."""
        _ = self._done

    def finish(self) -> tuple[str, ...]:
        """Wait for it; returns the characters that it could not show (see `build_pdf`)."""
        code, output, faults = self._done
        if code in (BUILD, INPUT):
            raise told_fault(code, faults.strip())
        if code != DONE:
            reason = (faults.strip().splitlines() or [f"its process ended with code {code}"])[-1]
            raise BuildFault(f"The paper could not be drawn: {reason}.")
        return tuple(json.loads(output))

    @cached_property
    def _done(self) -> Done:
        return self.run.done()


def start_print(job: PrintJob) -> PrintRun:
    """Begin a job, in another process."""
    return PrintRun(begin(MODULE, job_json(job)))


def job_json(job: PrintJob) -> str:
    """The job as JSON."""
    return json.dumps({**asdict(job), "design": job.design.model_dump()}, default=str)


def job_from_json(text: str) -> PrintJob:
    """The job that `job_json` wrote."""
    data = json.loads(text)
    return PrintJob(
        notebooks=Path(data["notebooks"]),
        parts=tuple((title, tuple(names)) for title, names in data["parts"]),
        meta=PdfMeta(**data["meta"]),
        out=Path(data["out"]),
        pictures=Path(data["pictures"]),
        attachments={name: Path(file) for name, file in data["attachments"].items()},
        reference=Path(data["reference"]) if data["reference"] else None,
        stored=Path(data["stored"]) if data["stored"] else None,
        own=tuple(data["own"]),
        design=Design.model_validate(data["design"]),
        makes=data["makes"],
    )


def run(job: PrintJob) -> tuple[str, ...]:
    """Do the job in this process; returns the characters that could not be shown."""
    from boardpack.outputs.static_chart import draw_charts, write_pictures

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
    from boardpack.outputs.slides import build_slides
    from boardpack.outputs.word import build_word

    build_slides(parts, job.meta, job.out / SLIDES, job.own)
    build_word(parts, job.meta, job.out / WORD, job.reference)


def _pdf(job: PrintJob, parts: Sequence[Part]) -> tuple[str, ...]:
    from boardpack.outputs.pdf import build_pdf

    carried = {name: file.read_bytes() for name, file in job.attachments.items()}
    return build_pdf(parts, job.meta, job.out / PDF, carried)


def _notebook(folder: Path, name: str) -> str:
    return (folder / f"{name}.ipynb").read_text(encoding="utf-8")


def perform(text: str) -> Done:
    """Do the job that is written here, and say how it ended, as a process ends."""
    try:
        notes = run(job_from_json(text))
    except BoardpackError as fault:
        return fault.exit_code, "", f"{fault}\n"
    return DONE, json.dumps(notes), ""


if __name__ == "__main__":
    sys.exit(alone(MODULE))
