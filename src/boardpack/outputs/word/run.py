"""Runs and paragraphs as WordprocessingML, in which every text is data and numbers are tagged."""

from __future__ import annotations

from dataclasses import dataclass

from boardpack.document.blocks import MARKER
from boardpack.outputs.word.paper import WordPaper, clean


@dataclass(frozen=True)
class Look:
    """How a run looks: its character style, and what is added to it within other words."""

    style: str | None = None
    bold: bool = False
    italic: bool = False


PLAIN = Look()
STRONG = Look("Strong")
ADVERSE = Look("Adverse")


def run(paper: WordPaper, text: str, look: Look = PLAIN) -> str:
    """A run of text; nothing in it is markup."""
    if not text:
        return ""
    said = f'<w:rStyle w:val="{paper.style(look.style)}"/>' if look.style else ""
    said += ("<w:b/>" if look.bold else "") + ("<w:i/>" if look.italic else "")
    how = f"<w:rPr>{said}</w:rPr>" if said else ""
    return f'<w:r>{how}<w:t xml:space="preserve">{clean(text)}</w:t></w:r>'


def marked(paper: WordPaper, text: str, look: Look = PLAIN) -> str:
    """Plain text as runs: nothing in it is Markdown, but a marker is a tagged number."""
    parts: list[str] = []
    end = 0
    for found in MARKER.finditer(text):
        parts.append(run(paper, text[end : found.start()], look))
        parts.append(paper.number(found[1], run(paper, found[2], look)))
        end = found.end()
    return "".join([*parts, run(paper, text[end:], look)])


def paragraph(paper: WordPaper, style: str, runs: str, more: str = "") -> str:
    """A paragraph in a style; `more` are further properties, in the order of the standard."""
    return f'<w:p><w:pPr><w:pStyle w:val="{paper.style(style)}"/>{more}</w:pPr>{runs}</w:p>'
