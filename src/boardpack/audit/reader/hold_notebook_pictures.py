"""Pictures that a notebook shows of its own, held in print to the files that its blocks carry.

A PDF has their dots, a Word document and slides their files. One that is drawn by lines (SVG)
becomes dots in all: what is said of it is held, and that there is one; its dots are where the paper
is made again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from hashlib import sha256

from boardpack.audit.reader.expected import Picture
from boardpack.audit.reader.passage import Passage
from boardpack.audit.reader.pdf_dots import file_dots
from boardpack.audit.reader.words import plain

Fault = tuple[str, str]
_LINES = "image/svg+xml"
_TOLD_IN_PDF = 2
"""A PDF says the words of a picture among its tags, and once more where it is drawn."""


def hold_pdf_pictures(
    file: str, passages: Sequence[Passage], pictures: Sequence[Picture]
) -> Iterator[Fault]:
    """Pictures of dots in a PDF that are no block's own, and those that are not met."""
    due = Counter(file_dots(one.content) for one in pictures if one.media != _LINES)
    lines = sum(one.media == _LINES for one in pictures)
    for where, kind, cells in passages:
        if kind == "look" and cells[0] == "picture":
            if due[cells[2]] > 0:
                due[cells[2]] -= 1
            elif lines > 0:
                lines -= 1
            else:
                yield where, "shows a picture that is no block's own."
    lacking = {dots for dots, count in due.items() if count > 0}
    yield from _missing(file, passages, pictures, lacking, times=_TOLD_IN_PDF)


def hold_word_pictures(
    file: str, passages: Sequence[Passage], pictures: Sequence[Picture], charts: int
) -> Iterator[Fault]:
    """Pictures of the blocks that a Word document does not hold as their files are.

    It may show no more than these and as many as there are charts, which are dots too.
    """
    shown = [one for one in passages if one.kind == "file" and one.cells[0] == "picture"]
    there = {one.cells[1] for one in shown}
    if len(shown) > charts + len(pictures):
        told = f"shows {len(shown)} pictures; the paper has {charts + len(pictures)}."
        yield shown[-1].where, told
    dots = (one for one in pictures if one.media != _LINES)
    lacking = {sha256(one.content).hexdigest() for one in dots} - there
    yield from _missing(file, passages, pictures, lacking)


def slide_picture(
    file: Passage, said: Sequence[str], pictures: Sequence[Picture]
) -> Picture | None:
    """The picture of the blocks that a file on a slide is, of those for which its words are said.

    A slide is a selection, so none has to be met; None where the file is no block's own.
    """
    dots = file.cells[1]
    for one in pictures:
        is_it = one.media == _LINES or sha256(one.content).hexdigest() == dots
        if is_it and one.alt in said:
            return one
    return None


def _missing(
    file: str,
    passages: Sequence[Passage],
    pictures: Sequence[Picture],
    lacking: set[str],
    times: int = 1,
) -> Iterator[Fault]:
    """Pictures whose file, or whose words as often as they are told, are not there."""
    said = Counter(plain(one.cells[-1]) for one in passages if one.kind == "aid")
    for one in pictures:
        seals = set()
        if one.media != _LINES:
            seals = {sha256(one.content).hexdigest(), file_dots(one.content)}
        said[one.alt] -= times
        if seals & lacking:
            yield file, f"does not show the picture {one.alt!r} as its block has it."
        elif said[one.alt] < 0:
            yield file, f"does not say {one.alt!r} in place of its picture."
