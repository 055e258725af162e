"""Outputs read as they are seen, and held to what the blocks of the build say they must show.

Nothing of the writers takes part, so that a program which prints a wrong number, loses a sign or
mixes up labels is found out, though it would do the same when the paper is made again.
"""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from boardpack.audit.reader.compare import reader_of
from boardpack.audit.reader.expected import Expected, read_expected
from boardpack.audit.reader.hold_html import hold_all_html
from boardpack.audit.reader.hold_print import hold_pdf, hold_word
from boardpack.audit.reader.hold_slides import hold_slides
from boardpack.audit.reader.hold_status import hold_status
from boardpack.audit.reader.hold_workbook import hold_workbook, read_checks
from boardpack.audit.reader.logo import with_logo
from boardpack.audit.reader.passage import Passage
from boardpack.audit.verification.finding import Finding, Step
from boardpack.audit.verification.json_object import read_object
from boardpack.core.logo import Logo
from boardpack.reading.cells import file_sha256
from boardpack.render.manifest import NAME as NAME_OF_MANIFEST

Faults = list[tuple[str, str]]
Hold = Callable[[Path, list[Passage], Expected], Faults]
NAME, COUNTED = "Seen", "things that a reader sees held to the paper's blocks"
MOST = 20
"""As many faults of a file are told; the rest are counted."""


def _workbook(build: Path, passages: list[Passage], expected: Expected) -> Faults:
    return hold_workbook(passages, expected, read_checks(build))


def _pdf(build: Path, passages: list[Passage], expected: Expected) -> Faults:
    files = {path.name: file_sha256(path) for path in build.iterdir() if path.is_file()}
    return hold_pdf("board-paper.pdf", passages, expected, files)


def _word(build: Path, passages: list[Passage], expected: Expected) -> Faults:
    return hold_word("board-paper.docx", passages, expected)


def _slides(build: Path, passages: list[Passage], expected: Expected) -> Faults:
    return hold_slides(passages, expected)


HOLDS: Mapping[str, Hold] = {
    "board-paper.pdf": _pdf,
    "board-paper.docx": _word,
    "board-paper.xlsx": _workbook,
    "board-paper.pptx": _slides,
}
"""What holds each output to what is expected of it, by its file in the build."""


def hold_seen(build: Path, logo: Logo | None = None) -> Step:
    """Everything that each output shows; `logo` is what the sealed home has as its own."""
    try:
        expected = read_expected(build)
        if logo is not None:
            expected = with_logo(expected, logo.media, b64decode(logo.data), logo.says)
        status = _status(build)
        pages, count = hold_all_html(build, expected, status=status)
    except Exception as error:  # what reads a damaged build may fail in any way
        said = f"could not be read for what they show: {type(error).__name__}: {error}."
        return Step(NAME, 0, COUNTED, (Finding("notebooks and pages", said),))
    findings = [Finding(file, said) for file, said in _by_file(pages)]
    for name, hold in HOLDS.items():
        seen, faults = _held(build, name, hold, expected, status)
        count += seen
        findings += faults
    return Step(NAME, count, COUNTED, tuple(findings))


def _status(build: Path) -> str:
    """What the manifest says the paper is; empty where it cannot be read, which is told of it."""
    paper = (read_object(build / NAME_OF_MANIFEST) or {}).get("paper")
    return str(paper.get("status", "")) if isinstance(paper, dict) else ""


def _held(
    build: Path, name: str, hold: Hold, expected: Expected, status: str
) -> tuple[int, list[Finding]]:
    read = reader_of(Path(name))
    if not (build / name).is_file():
        return 0, [Finding(name, "is missing.")]
    if read is None:
        return 0, [Finding(name, "is an output that nothing reads.")]
    try:
        passages = read(build / name)
        faults = [*hold_status(passages, status), *hold(build, passages, expected)]
    except ValueError as error:
        return 0, [Finding(name, f"cannot be read: {error}")]
    except Exception as error:  # what reads a damaged file may fail in any way
        return 0, [Finding(name, f"could not be held to the paper: {type(error).__name__}.")]
    return len(passages), [Finding(name, said) for said in _told(faults)]


def _by_file(found: list[tuple[str, str, str]]) -> Iterator[tuple[str, str]]:
    """What is told of each page, no more of one than of any other output."""
    faults: dict[str, Faults] = {}
    for file, where, what in found:
        faults.setdefault(file, []).append((where, what))
    for file, told in faults.items():
        yield from ((file, said) for said in _told(told))


def _told(faults: Faults) -> Iterator[str]:
    for where, what in faults[:MOST]:
        yield f"{where}: {what}"
    if len(faults) > MOST:
        yield f"{len(faults) - MOST:,} more of the kind."
