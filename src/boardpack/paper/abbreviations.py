"""Abbreviations that a paper uses before it has said what they stand for.

A part of the paper is read from its beginning: the first use of an abbreviation in it must say it
in full, `Integrated Care Board (ICB)` or `ACDR (annual cash drawdown requirement)`. Cells of
tables are left out: they are names as the extracts have them, and the glossary explains them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from boardpack.paper.content import Part
from boardpack.paper.language import Passage, Voice, passages

KNOWN = frozenset({"NHS", "CSV", "PDF", "ID", "UK", "VAT", "I", "II", "III", "IV"})
"""Better known by their letters than in full; NHS is how the service names itself."""

_LETTERS = re.compile(r"(?<![\w.])(?:[A-Z]{2,}|[A-Z]&[A-Z]|[A-Z]{2,}[a-z]?)s?(?![\w])")
_READ: tuple[Voice, ...] = ("generated", "commentary", "heading", "label")


@dataclass(frozen=True)
class Unexplained:
    """The first use of an abbreviation in a part, where the part does not say it in full."""

    part: str
    letters: str
    passage: Passage


def unexplained(part: Part) -> Iterator[Unexplained]:
    """The abbreviations of a part that its first use does not expand, in reading order."""
    used: set[str] = set()
    for chapter in part.chapters:
        for passage in passages(chapter):
            if passage.voice not in _READ:
                continue
            for found in _LETTERS.finditer(passage.text):
                letters = found[0].removesuffix("s")
                if letters in used or letters in KNOWN:
                    continue
                used.add(letters)
                if not _is_expanded(passage.text, found):
                    yield Unexplained(part.title, letters, passage)


def _is_expanded(text: str, found: re.Match[str]) -> bool:
    """Whether the letters stand in brackets after words, or are followed by what they mean."""
    before, after = text[: found.start()], text[found.end() :]
    if re.search(r"[a-z]{3,}\s\($", before) and re.match(r"[),;]", after):
        return True
    if re.match(r"(?: \(|: )[A-Za-z]+[^\s.]*[ -][A-Za-z]", after):
        return True
    meant = re.match(r"(?: is| are| means|,)((?: [\w'-]+){2,9})", after)
    return bool(meant and _stands_for(found[0].removesuffix("s"), meant[1]))


def _stands_for(letters: str, said: str) -> bool:
    """Whether the letters come in this order in the words, the first of them as an initial."""
    words = [word for word in said.lower().split() if word not in ("a", "an", "the")]
    rest = iter(" ".join(words))
    wanted = letters.lower().replace("&", "")
    return words[0][0] == wanted[0] and all(letter in rest for letter in wanted)
