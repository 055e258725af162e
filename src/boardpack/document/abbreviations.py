"""Abbreviations that a paper uses before it has said what they stand for.

A part of the paper is read from its beginning: the first use of an abbreviation in it must say it
in full, `Integrated Care Board (ICB)` or `ACDR (annual cash drawdown requirement)`. Cells of
tables are left out: they are names as the extracts have them, and the glossary explains them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from boardpack.document.content import Part
from boardpack.document.language import Passage, Voice, passages

KNOWN = frozenset({"NHS", "CSV", "PDF", "ID", "SHA", "UK", "VAT", "I", "II", "III", "IV"})
"""Better known by their letters than in full; NHS is how the service names itself, and SHA is a
part of the name of a method. The rest are formats, numerals and what any letter or bill uses."""

_LETTERS = re.compile(r"(?<![\w.])(?:[A-Z]{2,}|[A-Z]&[A-Z])s?(?!\w)")
_READ: tuple[Voice, ...] = ("generated", "commentary", "heading", "label")
_UNKNOWN = "does not expand"
"""How the glossary says that the source itself leaves an abbreviation unexplained."""


@dataclass(frozen=True)
class Unexplained:
    """The first use of an abbreviation in a part, where the part does not say it in full."""

    part: str
    letters: str
    passage: Passage


def unexplained(part: Part, names: Collection[str] = ()) -> Iterator[Unexplained]:
    """The abbreviations of a part that are used before they are said in full, in reading order.

    `names` are proper names whose letters stand for themselves, such as that of the ICB. The
    team's commentary answers for itself: what it leaves unexplained does not excuse the paper.
    """
    explained = set(KNOWN)
    told: set[tuple[str, bool]] = set()
    for passage in (one for chapter in part.chapters for one in passages(chapter)):
        if passage.voice not in _READ:
            continue
        text = _without(passage.text, names)
        explained |= {letters for letters in _letters(text) if is_expanded(text, letters)}
        for letters in _letters(text):
            first = (letters, passage.voice == "commentary")
            if letters not in explained and first not in told:
                told.add(first)
                yield Unexplained(part.title, letters, passage)


def source_leaves_unexplained(meanings: Iterable[tuple[str, str]]) -> frozenset[str]:
    """The abbreviations of a glossary that even the source does not explain."""
    return frozenset(word.removesuffix("s") for word, said in meanings if _UNKNOWN in said)


def _without(text: str, names: Collection[str]) -> str:
    for name in names:
        text = text.replace(name, "it")
    return text


def _letters(text: str) -> dict[str, None]:
    return dict.fromkeys(found[0].removesuffix("s") for found in _LETTERS.finditer(text))


def is_expanded(text: str, letters: str) -> bool:
    """Whether a text says the letters in full: in brackets after words, or words after them.

    >>> is_expanded("the Mental Health Investment Standard (MHIS) is met", "MHIS")
    True
    >>> is_expanded("MHIS is met", "MHIS")
    False
    """
    shown = re.escape(letters)
    before = re.findall(rf"((?:[\w'’&-]+,?\s){{1,8}})\({shown}s?[),;]", text)
    if any(_ends_with(letters, re.split(r"[\s-]+", words)) for words in before):
        return True
    if re.search(rf"(?<!\w){shown}s?(?: and [A-Z]+)?(?: \(|: )[A-Za-z][\w'’]*[ -]\w", text):
        return True
    said = re.findall(rf"(?<!\w){shown}s?(?: is| are| means| stands for)((?:,? [\w'-]+)+)", text)
    return any(_stands_for(letters, words.split()[:8]) for words in said)


def _ends_with(letters: str, words: list[str]) -> bool:
    return any(_stands_for(letters, words[at:]) for at in range(len(words)))


def _stands_for(letters: str, said: list[str]) -> bool:
    """Whether the letters come in this order in the words, the first of them as an initial."""
    words = [word.lower() for word in said if word not in ("", "a", "an", "the")]
    rest = iter(" ".join(words))
    wanted = letters.lower().replace("&", "")
    return bool(words) and words[0][0] == wanted[0] and all(one in rest for one in wanted)
