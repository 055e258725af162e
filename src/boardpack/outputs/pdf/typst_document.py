"""The whole paper as one Typst document: the band, the parts, the contents, the attachments."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from mimetypes import guess_type

from boardpack.core.design import design
from boardpack.document.content import Part
from boardpack.outputs.pdf.typst_chapter import chapter_typst
from boardpack.outputs.pdf.typst_text import literal

LOGO_FILE = "logo.png"
ONE_LINE = 46
"""How many letters of a title stand on one line of the band at its full size."""


@dataclass(frozen=True)
class PdfMeta:
    """What the document says of itself; `timestamp` (seconds since 1970) dates its making.

    `mark` stands on every page (`DRAFT`); a released paper has none. `replaces` says on covers
    what a later version replaces, from when and why. `money` is the unit of tables (£000s, £m, £).
    """

    organisation: str
    board: str
    title: str
    subtitle: str
    date: str
    mark: str
    place: str
    timestamp: int
    replaces: str = ""
    money: str = "£000s"

    @property
    def names(self) -> tuple[str, ...]:
        """Whose paper it is and for which board; one name where that of the other stands in it.

        An integrated care board is its own board: `NHS Anytown Integrated Care Board` says both.
        """
        names = self.organisation, self.board
        whose, board = (f" {name.casefold().removeprefix('nhs ')} " for name in names)
        if board in whose:
            return names[:1]
        return names[1:] if whose in board else names


@dataclass(frozen=True)
class Attachment:
    """A file that the PDF carries: its name for the reader, and the file it is read from."""

    name: str
    file: str


def document_typst(
    parts: Sequence[Part], meta: PdfMeta, attachments: Sequence[Attachment] = ()
) -> str:
    """The document's source: page 1 is the summary, and the contents follow its cover sheet."""
    first, *others = parts
    where = " · ".join((*meta.names, meta.date))
    lines = [
        '#import "paper.typ": *',
        f"#show: paper.with({_arguments(meta, 'organisation', 'board', 'title', 'place')});",
        *map(_attachment, attachments),
        *_logo(),
        f"#band({_arguments(meta, 'subtitle')}, where: {literal(where)}"
        f", part: {literal(first.title)}, long: {str(len(meta.title) > ONE_LINE).lower()});",
        *map(chapter_typst, first.chapters[:1]),
        "#contents();",
        *map(chapter_typst, first.chapters[1:]),
    ]
    for part in others:
        titles = [part.title, *[None] * len(part.chapters)]
        lines.append("#part-break();")
        lines += map(chapter_typst, part.chapters, titles)
    return "\n\n".join(lines) + "\n"


def _logo() -> Iterator[str]:
    if (logo := design().logo) is not None:
        wide, high = logo.on_paper
        sides = f"width: {wide:g}pt, height: {high:g}pt"
        yield f"#logo({literal(LOGO_FILE)}, {sides}, alt: {literal(logo.says)});"


def _arguments(meta: PdfMeta, *names: str) -> str:
    return ", ".join(f"{name}: {literal(getattr(meta, name))}" for name in (*names, "mark"))


def _attachment(attachment: Attachment) -> str:
    kind = guess_type(attachment.name)[0] or "application/octet-stream"
    said = f"description: {literal('The data behind this paper: ' + attachment.name)}"
    read = f"read({literal(attachment.file)}, encoding: none)"
    rest = f'relationship: "data", mime-type: {literal(kind)}, {said}'
    return f"#pdf.attach({literal(attachment.name)}, {read}, {rest});"
