"""What could hide, move or rewrite a PDF or a Word document, held to what such a paper has.

What a paper has is a short list, the same for every paper. All else is a finding that says what it
is, because nobody would see it on the page.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from boardpack.audit.reader.passage import Passage
from boardpack.audit.reader.pdf_sight import CLIPPED
from boardpack.audit.reader.words import plain, says_something

Fault = tuple[str, str]
_PLACE = re.compile(r"^(?:“(.+)” |Section, )page \d{1,3}$")
"""What the typesetter says of a link: the heading that it leads to, or no more than its page."""
_SAFE = ("http://", "https://", "mailto:")
_PDF = frozenset({"size", "language", "drawing", "picture"})
_ROLES = {
    "opens with": "/UseOutlines",
    "tag /Datetime": "/Span",
    "tag /Em": "/Span",
    "tag /Strong": "/Span",
    "tag /Terms": "/Part",
    "tag /Title": "/P",
}
"""What the typesetter's own tags are read as; and that the bookmarks stand beside the pages."""
_WORD = frozenset(
    """[Content_Types].xml _rels/.rels customXml/boardpack-numbers.xml word/_rels/document.xml.rels
    word/numbering.xml word/settings.xml word/styles.xml word/fontTable.xml word/theme/theme1.xml
    word/webSettings.xml docProps/app.xml bookmarks""".split()
)
"""The parts of a Word paper that are not read as text."""
_FRAMES = ("word/boardpack-header-", "word/boardpack-footer-")
_FIELDS = ("TOC ", "PAGEREF ", "PAGE", "NUMPAGES")


def hold_pdf_looks(
    passages: Sequence[Passage], files: Mapping[str, str], headings: Collection[str]
) -> Iterator[Fault]:
    """What a PDF has that a paper has not; attachments that are not the build's own files.

    `files` are the SHA-256 of the build's files by name; `headings` are words of the paper, which a
    link to a place in it says with their page.
    """
    for passage in passages:
        where, kind, cells = passage
        if kind == "file":
            yield from _attachment(passage, files)
        elif kind == "look" and cells[0] == "link":
            yield from _link(passage, ("a place in this paper",))
            said = _PLACE.sub(r"\1", cells[2])
            if said and said != cells[1] and plain(said) not in headings:
                yield where, f"has a link that is said to lead to {cells[2]!r}."
        elif kind == "look" and cells[0] == "words that are not seen" and _is_cut(cells):
            continue  # the last letters of a name at the edge of a chart
        elif kind == "look" and cells[0] not in _PDF and _ROLES.get(cells[0]) != cells[-1]:
            yield where, f"has what no paper of this kind has: {_said(cells)}."


def hold_word_looks(passages: Sequence[Passage]) -> Iterator[Fault]:
    """What a Word document has that a paper has not."""
    for passage in passages:
        where, kind, cells = passage
        if kind == "formula":
            if not cells[0].startswith(_FIELDS):
                yield (
                    where,
                    f"has a field that no paper has: {cells[0]!r}, which shows {cells[1]!r}.",
                )
        elif kind == "file" and cells[0] != "picture":
            yield where, f"holds a file that no paper holds: {cells[0]}."
        elif kind == "look" and cells[0] == "link":
            yield from _link(passage, ("#_Toc", "#_Ref_"))
        elif kind == "look" and cells[0] == "hyperlink outside the document":
            yield from _link(passage, ())
        elif kind == "look" and cells[0] not in _WORD and not cells[0].startswith(_FRAMES):
            yield where, f"has what no paper of this kind has: {_said(cells)}."


def _is_cut(cells: Sequence[str]) -> bool:
    return cells[1] == CLIPPED and not says_something(cells[2])


def _attachment(passage: Passage, files: Mapping[str, str]) -> Iterator[Fault]:
    name, digest = passage.cells
    if name not in files:
        yield passage.where, f"carries {name}, which is no file of the build."
    elif files[name] != digest:
        yield passage.where, f"carries {name} in another state than the build has it."


def _link(passage: Passage, within: Collection[str]) -> Iterator[Fault]:
    target = passage.cells[1]
    if not target.startswith((*_SAFE, *within)):
        yield passage.where, f"has a link that leads to {target!r}."


def _said(cells: Sequence[str]) -> str:
    """What it is and what it says, without hashes, which say nothing to a reader."""
    return ", ".join(repr(cell) for cell in cells if len(cell) != 64 or " " in cell)
