"""The workbook in a process of its own, so that it is made while the book and the PDF are.

`start_workbook` hands the job to `python -m boardpack.outputs.workbook_job` and returns at once;
`finish` waits for it.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from boardpack.errors import DONE, BuildFault
from boardpack.outputs.press import Done, Run, alone, begin
from boardpack.outputs.typst_document import PdfMeta
from boardpack.paper.content import Part, read_chapter

MODULE = "boardpack.outputs.workbook_job"


@dataclass(frozen=True)
class WorkbookJob:
    """A workbook to make: the executed notebooks, the parts that list them by name, the records.

    `figures` and `checks` are `figures.json` and `checks.json`; the workbook goes to `out`.
    """

    notebooks: Path
    parts: tuple[tuple[str, tuple[str, ...]], ...]
    meta: PdfMeta
    figures: Path
    checks: Path
    out: Path


@dataclass(frozen=True)
class WorkbookRun:
    """A workbook that is being made."""

    run: Run

    def finish(self) -> None:
        """Wait for the workbook; BuildFault when it could not be made."""
        code, _, faults = self.run.done()
        if code != DONE:
            reason = (faults.strip().splitlines() or [f"its process ended with code {code}"])[-1]
            raise BuildFault(f"The workbook could not be made: {reason}.")


def start_workbook(job: WorkbookJob) -> WorkbookRun:
    """Begin to make a workbook, in another process."""
    return WorkbookRun(begin(MODULE, json.dumps(asdict(job), default=str)))


def job_from_json(text: str) -> WorkbookJob:
    """The job that `start_workbook` hands over."""
    data = json.loads(text)
    places = {name: Path(data[name]) for name in ("notebooks", "figures", "checks", "out")}
    parts = tuple((title, tuple(names)) for title, names in data["parts"])
    return WorkbookJob(parts=parts, meta=PdfMeta(**data["meta"]), **places)


def run(job: WorkbookJob) -> None:
    """Make the workbook in this process."""
    from boardpack.figures.figure import figure_from_json
    from boardpack.figures.register import Register
    from boardpack.outputs.workbook import workbook

    parts = [
        Part(title, tuple(read_chapter(n, _record(job.notebooks / f"{n}.ipynb")) for n in names))
        for title, names in job.parts
    ]
    register = Register(map(figure_from_json, _record(job.figures)["figures"]))
    job.out.write_bytes(workbook(parts, job.meta, register, _record(job.checks)["checks"]))


def _record(file: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return found


def perform(text: str) -> Done:
    """Make the workbook of the job that is written here."""
    run(job_from_json(text))
    return DONE, "", ""


if __name__ == "__main__":
    sys.exit(alone(MODULE))
