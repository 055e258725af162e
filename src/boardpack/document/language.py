"""How easily a paper's words can be read: its sentences, their length, and a reading age.

The reading age is the Flesch-Kincaid grade plus five, the age of a pupil in that school year:

    grade = 0.39 * words / sentences + 11.8 * syllables / words - 15.59

It is an indication of how plain the words are, for one chapter against another; it judges nobody's
understanding. A number counts as one word of one syllable, as a reader takes it in at a glance; so
does an abbreviation. Words are counted as they print.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from boardpack.document.blocks import (
    DOUBT,
    MARKER,
    Block,
    Chart,
    KeyFigures,
    Narrative,
    NotSupplied,
    Picture,
    Table,
)
from boardpack.document.content import Chapter, Heading

LONGEST_SENTENCE = 30
"""In words: what a reader can hold in mind."""

Voice = Literal["generated", "commentary", "heading", "label", "alternative"]
"""Who speaks: the templates (chart titles, table notes too), the finance team, a heading, a head
of a table or a name of a series, or the words in place of a picture."""

_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_MARKS = re.compile(r"\\(?=[^\w\s])|\*\*|__|^#+ +|`", re.MULTILINE)
_BREAK = re.compile(r"\n[ \t]*\n|\n(?=[ \t]*(?:[-*+]|\d+\.) )|^\s*\|.*$", re.MULTILINE)
_ITEM = re.compile(r"^\s*(?:[-*+]|\d+\.) +")
_ENDS = re.compile(r"(?<=[.?!])[)\"']*\s+(?=[(\"']*[A-Z0-9£])")
_WORD = re.compile(r"[^\W_]+(?:['’.,/&-][^\W_]+)*")
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT = re.compile(r"(?:[^laeiouy]e|[^aeiouytd]ed|[^aeiouysxzgc]es)$")


@dataclass(frozen=True)
class Passage:
    """Words of a chapter as they print, with the block they stand in and whose they are."""

    chapter: str
    block: str
    voice: Voice
    text: str


@dataclass(frozen=True)
class Measure:
    """How some words read: their numbers of sentences, words and syllables.

    >>> round(Measure(sentences=2, words=20, syllables=30, longest=12).grade, 1)
    6.0
    """

    sentences: int
    words: int
    syllables: int
    longest: int

    @property
    def grade(self) -> float:
        """The Flesch-Kincaid grade; nil where there are no words."""
        if not self.words:
            return 0.0
        return 0.39 * self.words / self.sentences + 11.8 * self.syllables / self.words - 15.59

    @property
    def reading_age(self) -> float:
        """The age in years at which such words are read with ease."""
        return self.grade + 5 if self.words else 0.0


def passages(chapter: Chapter) -> Iterator[Passage]:
    """All words of a chapter in the order in which they are read, cells of tables left out.

    >>> from boardpack.document.blocks import Narrative
    >>> items = (Heading(1, "Position"), Narrative("n", "It is **over**."))
    >>> for passage in passages(Chapter("02_position", "Position", items)):
    ...     print(passage.voice, passage.text)
    heading Position
    generated It is over.
    """
    for item in chapter.items:
        if isinstance(item, Heading):
            yield Passage(chapter.name, "", "heading", printed(item.text))
        else:
            yield from (
                Passage(chapter.name, item.id, voice, printed(text))
                for voice, text in _spoken(item)
                if text.strip()
            )


def _spoken(block: Block) -> Iterator[tuple[Voice, str]]:
    match block:
        case Narrative():
            yield block.voice, block.markdown
        case Table():
            yield "label", block.caption
            for column in block.columns:
                yield "label", f"{column.group or ''} {column.label}"
            yield from (("generated", note) for note in block.notes)
        case Chart():
            yield "generated", block.title
            yield from (("label", series.name) for series in block.series)
            yield "alternative", block.alt
        case Picture():
            yield "label", block.title
            yield "alternative", block.alt
        case KeyFigures():
            for item in block.items:
                yield "label", item.label
                yield "generated", item.context
                yield "generated", item.movement
        case NotSupplied():
            yield "generated", f"{block.what}: {block.why}"


def printed(markdown: str) -> str:
    """Prose as a reader sees it: numbers without their markers, words without their marks.

    >>> printed("It is **⟦a.b.c.d|£2.21m⟧** over [budget](x).")
    'It is £2.21m over budget.'
    """
    shown = MARKER.sub(r"\2", DOUBT.sub(r"\2", markdown))
    return _MARKS.sub("", _LINK.sub(r"\1", shown)).strip()


def sentences(text: str) -> Iterator[str]:
    """The sentences of prose; an item of a list is one of its own, a semicolon ends none.

    >>> list(sentences("It is £2.21m over. The forecast is £3m; a plan is agreed."))
    ['It is £2.21m over.', 'The forecast is £3m; a plan is agreed.']
    """
    for paragraph in _BREAK.split(text):
        joined = " ".join(_ITEM.sub("", paragraph).split())
        yield from (one.strip() for one in _ENDS.split(joined) if _WORD.search(one))


def words(sentence: str) -> list[str]:
    """The words of a sentence; a number such as `£2.21m` is one.

    >>> words("It is £2.21m over, as in Month 5.")
    ['It', 'is', '2.21m', 'over', 'as', 'in', 'Month', '5']
    """
    return _WORD.findall(sentence)


def syllables(word: str) -> int:
    """About how many syllables a word has: its groups of vowels, less a silent ending.

    Numbers and abbreviations have one.

    >>> syllables("budget"), syllables("care"), syllables("NHS"), syllables("£2.21m")
    (2, 1, 1, 1)
    """
    if word.isupper() or any(sign.isdigit() for sign in word):
        return 1
    return sum(_of_part(part) for part in re.split(r"['’.,/&-]", word.lower()) if part)


def _of_part(part: str) -> int:
    groups = len(_VOWELS.findall(part))
    return max(1, groups - 1 if _SILENT.search(part) else groups)


def measured(texts: Iterable[str]) -> Measure:
    """How some prose reads, all of it together.

    >>> measured(["It is over. A plan is agreed."])
    Measure(sentences=2, words=7, syllables=9, longest=4)
    """
    found = [words(sentence) for text in texts for sentence in sentences(text)]
    every = [word for sentence in found for word in sentence]
    longest = max(map(len, found), default=0)
    return Measure(len(found), len(every), sum(map(syllables, every)), longest)


def long_sentences(chapter: Chapter) -> Iterator[tuple[Passage, str]]:
    """The generated sentences of a chapter that are longer than a reader should be given."""
    for passage in passages(chapter):
        if passage.voice == "generated":
            for sentence in sentences(passage.text):
                if len(words(sentence)) > LONGEST_SENTENCE:
                    yield passage, sentence
