"""The PDF in a process of its own, so that the build goes on, and may fork, while it is made.

`start_pdf` hands the job to `python -m boardpack.outputs.pdf_job` and returns at once; `finish`
waits for it.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from subprocess import PIPE, Popen
from typing import Any

from boardpack.errors import BUILD, DONE, BoardpackError, BuildFault
from boardpack.outputs.typst_document import PdfMeta
from boardpack.paper.content import Part, read_chapter


@dataclass(frozen=True)
class PdfJob:
    """A PDF to make: the executed notebooks, the parts that list them by name, where it goes."""

    notebooks: Path
    parts: tuple[tuple[str, tuple[str, ...]], ...]
    meta: PdfMeta
    out: Path
    attachments: Mapping[str, Path]


@dataclass(frozen=True)
class PdfRun:
    """A PDF that is being made."""

    process: Popen[str]

    def finish(self) -> tuple[str, ...]:
        """Wait for the PDF; returns the characters it could not show (see `build_pdf`)."""
        output, faults = self.process.communicate()
        code = self.process.returncode
        if code == BUILD:
            raise BuildFault(faults.strip())
        if code != DONE:
            reason = (faults.strip().splitlines() or [f"its process ended with code {code}"])[-1]
            raise BuildFault(f"The PDF could not be made: {reason}.")
        return tuple(json.loads(output))


def start_pdf(job: PdfJob) -> PdfRun:
    """Begin to make a PDF, in another process."""
    command = [sys.executable, "-m", "boardpack.outputs.pdf_job"]
    process = Popen(command, stdin=PIPE, stdout=PIPE, stderr=PIPE, text=True, encoding="utf-8")
    if process.stdin is not None:
        process.stdin.write(job_json(job))
        process.stdin.close()
        process.stdin = None
    return PdfRun(process)


def job_json(job: PdfJob) -> str:
    """The job as JSON."""
    return json.dumps(asdict(job), default=str)


def job_from_json(text: str) -> PdfJob:
    """The job that `job_json` wrote."""
    data = json.loads(text)
    return PdfJob(
        notebooks=Path(data["notebooks"]),
        parts=tuple((title, tuple(names)) for title, names in data["parts"]),
        meta=PdfMeta(**data["meta"]),
        out=Path(data["out"]),
        attachments={name: Path(file) for name, file in data["attachments"].items()},
    )


def run(job: PdfJob) -> tuple[str, ...]:
    """Make the PDF in this process."""
    from boardpack.outputs.pdf import build_pdf

    parts = [
        Part(title, tuple(read_chapter(name, _notebook(job.notebooks, name)) for name in names))
        for title, names in job.parts
    ]
    carried = {name: file.read_bytes() for name, file in job.attachments.items()}
    return build_pdf(parts, job.meta, job.out, carried)


def _notebook(folder: Path, name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / f"{name}.ipynb").read_text(encoding="utf-8"))
    return found


def main() -> int:
    """Make the PDF of the job on standard input; a fault is told on standard error."""
    sys.stdin.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    try:
        notes = run(job_from_json(sys.stdin.read()))
    except BoardpackError as fault:
        sys.stderr.write(f"{fault}\n")
        return fault.exit_code
    sys.stdout.write(json.dumps(notes))
    return DONE


if __name__ == "__main__":
    sys.exit(main())
