"""The paper's prose as plain sentences for a slide, and how large they may be to fit their room.

The slides are set in Arial, which every presenter has. Its widths are reckoned from those of the
vendored typeface, and a little more, so that nothing runs over when it is shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from markdown_it.token import Token

from boardpack.core.design import usual_design
from boardpack.document.blocks import MARKER, mark
from boardpack.outputs.prose import bare_text, markdown_tokens
from boardpack.outputs.typeface import printable, width, wrapped

FAMILY = usual_design().type.fallback.partition(",")[0]
WIDER = 1.17
"""How much wider Arial is than the vendored typeface, at most in running text."""
LEADING = 1.22
"""The height of a line, in its type size."""
AFTER = 0.45
"""The room after a paragraph, in its type size."""
_SENTENCE = re.compile(r"(?<=[.!?]) +(?=[A-Z£0-9⟦])")
_ENDS = ("paragraph_close", "tr_close", "fence", "code_block")
_BREAKS = ("softbreak", "hardbreak")


@dataclass(frozen=True)
class Passage:
    """Sentences that belong together on a slide, under a heading of their own or none."""

    heading: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Said:
    """A sentence as it is printed, and the figures that its numbers show."""

    text: str
    figures: frozenset[str]


def plain(text: str) -> str:
    """One line of text, with the numbers that its markers print, in characters that can be set.

    >>> plain("It is ⟦a.b.c.d|£2m⟧ over.")
    'It is £2m over.'
    """
    return printable(bare_text(text)).replace("\n", " ").strip()


def paragraphs(markdown: str) -> tuple[str, ...]:
    """Prose as plain paragraphs; doubted words keep what is said of them, in square brackets."""
    return tuple(filter(None, map(plain, _lines(markdown))))


def told(markdown: str) -> tuple[tuple[Said, ...], ...]:
    """Prose as paragraphs of sentences with their figures; an item of a list is a paragraph.

    >>> told("It is ⟦a.b.c.d|£2m⟧ over.")[0][0].figures
    frozenset({'a.b.c.d'})
    """
    return tuple(
        tuple(
            Said(plain(sentence), frozenset(found[1] for found in MARKER.finditer(sentence)))
            for sentence in _SENTENCE.split(line.strip())
        )
        for line in _lines(markdown)
        if line.strip()
    )


def sentences(markdown: str) -> tuple[str, ...]:
    """Prose as plain sentences.

    >>> sentences("It is ⟦a.b.c.d|£2m⟧ over. A plan is agreed.")
    ('It is £2m over.', 'A plan is agreed.')
    """
    return tuple(said.text for paragraph in told(markdown) for said in paragraph)


def _lines(markdown: str) -> list[str]:
    """The paragraphs of prose as lines, whose numbers still have their markers."""
    return "".join(_words(markdown_tokens(markdown))).split("\n")


def lines(text: str, size: float, room: float, bold: bool = False) -> int:
    """How many lines `text` takes at `size` points in `room` points; a long word is broken."""
    found = wrapped(text, size * WIDER, room / (1.06 if bold else 1))
    return sum(max(1, ceil(text_width(line, size, bold) / room)) for line in found)


def text_width(text: str, size: float, bold: bool = False) -> float:
    """The width of `text` on one line, in points."""
    return width(text, size, bold) * WIDER


def fitted(text: str, sizes: Sequence[float], room: float, most: int) -> tuple[str, float]:
    """`text` in bold at the largest size that takes at most so many lines; cut at the smallest.

    >>> fitted("Acute", (24, 18), 300, 1), fitted("Acute services " * 9, (24, 18), 300, 1)
    (('Acute', 24), ('Acute services Acute services…', 18))
    """
    for size in sizes:
        if lines(text, size, room, bold=True) <= most:
            return text, size
    words, size = text, sizes[-1]
    while words and lines(f"{words}…", size, room, bold=True) > most:
        words = words[: -max(1, len(words) // 50)].rstrip()
    return f"{words}…", size


def fitted_passages(
    passages: Sequence[Passage], sizes: Sequence[float], room: float, height: float
) -> tuple[tuple[Passage, ...], float]:
    """Passages at the largest size that fits; at the smallest their last sentences are left out.

    Whole sentences only, from the longest passage first: the notes have them all.
    """
    for size in sizes:
        if _height(passages, size, room) <= height:
            return tuple(passages), size
    kept, size = list(passages), sizes[-1]
    while kept and _height(kept, size, room) > height:
        longest = max(range(len(kept)), key=lambda n: (len(kept[n].sentences), n))
        shorter = Passage(kept[longest].heading, kept[longest].sentences[:-1])
        kept[longest : longest + 1] = [shorter] if shorter.sentences else []
    return tuple(kept), size


def _height(passages: Sequence[Passage], size: float, room: float) -> float:
    taken = 0.0
    for passage in passages:
        if passage.heading:
            taken += (lines(passage.heading, size, room, True) * LEADING + 2 * AFTER) * size
        for sentence in passage.sentences:
            taken += (lines(sentence, size, room - size) * LEADING + AFTER) * size
    return taken


def _words(tokens: Sequence[Token]) -> Iterator[str]:
    for token in tokens:
        if token.children:
            yield from _words(token.children)
        elif token.type == "doubt_close":
            yield f" [{token.meta['said']}]"
        elif token.type == "figure":
            yield mark(str(token.meta["figure"]), token.content)
        elif token.type in _BREAKS or token.type in ("td_close", "th_close"):
            yield " "
        else:
            yield token.content.replace("\n", " ")
        if token.type in _ENDS:
            yield "\n"
