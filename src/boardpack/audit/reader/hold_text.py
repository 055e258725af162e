"""Words that are seen, held to the words of the blocks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from boardpack.audit.reader.charts import FLOOR
from boardpack.audit.reader.expected import Expected
from boardpack.audit.reader.passage import Passage
from boardpack.audit.reader.words import plain, says_something

_SENTENCE = re.compile(r"(?<=[.!?]) | — ")
_CUT = re.compile(r"(?<=[.!?:;]) | — ")
_NUMBER = re.compile(r"\d[\d,.]*")
_AROUND = 4
"""So many words are quoted before and after the place where two texts part."""


class Corpus:
    """All words that a paper's blocks give, to look seen words up in.

    Seen words are explained where they are a text of a block; `cut` says that they may also be a
    run of whole words of such texts in their order, as a page may end within a paragraph. Failing
    that each sentence is looked up, as what is said around a chart is put together from several.
    `floors` are where walks start.
    """

    def __init__(
        self,
        expected: Expected,
        furniture: Sequence[str] = (),
        floors: Sequence[tuple[float, float]] = (),
        cut: bool = True,
    ) -> None:
        self._texts = expected.texts
        self._known = {text.words for text in expected.texts}
        self._joined = f" {' '.join(text.words for text in expected.texts)} "
        self._furniture = [re.compile(pattern) for pattern in furniture]
        self._floors = floors
        self._cut = cut
        self._pieces = _CUT if cut else _SENTENCE

    def explains(self, seen: str) -> bool:
        """Whether a block or the furniture explains these words, or they say nothing of amounts."""
        return self._has(seen) or all(map(self._has, self._pieces.split(seen)))

    def _has(self, seen: str) -> bool:
        return (
            not says_something(seen)
            or seen in self._known
            or seen.rstrip(".") in self._known
            or (self._cut and f" {seen} " in self._joined)
            or any(pattern.fullmatch(seen) for pattern in self._furniture)
            or self._is_floor(seen)
        )

    def _is_floor(self, seen: str) -> bool:
        """Whether it says where the bars of a walk start, and they are drawn from there."""
        found = FLOOR.fullmatch(seen)
        said = float(found[1].replace(",", "")) if found else 0.0
        return found is not None and any(low <= said <= high for low, high in self._floors)

    def hold(self, passages: Iterable[Passage]) -> Iterator[tuple[str, str]]:
        """Texts that hold a number or a direction, and stand so in no block."""
        for where, _, cells in passages:
            seen = plain(" ".join(cells))
            if not self.explains(seen):
                yield where, self._fault(seen)

    def _fault(self, seen: str) -> str:
        near = self._nearest(seen)
        if near is None:
            return f"reads {shortened(seen)!r}, which no block says."
        mine, theirs = parted(seen, near)
        return f"reads {mine!r} where the block says {theirs!r}."

    def _nearest(self, seen: str) -> str | None:
        """The text of a block that was meant: it differs in numbers alone, or shares most words."""
        pattern = _NUMBER.sub("#", seen)
        words = set(seen.split())
        best, most = None, 0.5
        for text in self._texts:
            if _NUMBER.sub("#", text.words) == pattern:
                return text.words
            others = set(text.words.split())
            shared = len(words & others) / len(words | others)
            if shared > most:
                best, most = text.words, shared
        return best

    def missing(self, file: str, passages: Iterable[Passage]) -> Iterator[tuple[str, str]]:
        """Paragraphs of the blocks that a reader does not meet."""
        seen = [plain(" ".join(one.cells)) for one in passages if one.kind in ("text", "row")]
        met, joined = set(seen), f" {' '.join(seen)} "
        for text in self._texts:
            if text.needed and text.words not in met and f" {text.words} " not in joined:
                yield file, f"does not show {shortened(text.words)!r} of {text.chapter}."


def shortened(text: str, most: int = 16) -> str:
    """The beginning of a long text."""
    words = text.split()
    return text if len(words) <= most else f"{' '.join(words[:most])} …"


def parted(seen: str, wanted: str) -> tuple[str, str]:
    """What two texts say around the first place where they differ."""
    mine, theirs = seen.split(), wanted.split()
    pairs = enumerate(zip(mine, theirs, strict=False))
    at = next((place for place, (a, b) in pairs if a != b), min(len(mine), len(theirs)))
    start = max(at - _AROUND, 0)
    cut = [" ".join(words[start : at + _AROUND]) for words in (mine, theirs)]
    return cut[0], cut[1]
