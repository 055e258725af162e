"""One file against another, as they are seen: the differences, each in a sentence.

Each kind of output has its reader; what people do not look at directly is read plainly (see
`plain`). A reader is imported when a file of its kind is met, for the libraries behind some are
large.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from boardpack.audit.reader.passage import Passage
from boardpack.audit.reader.plain import read_plain

READERS = {
    ".html": ("html", "read_html"),
    ".pdf": ("pdf", "read_pdf"),
    ".docx": ("word", "read_word"),
    ".xlsx": ("workbook", "read_workbook"),
    ".pptx": ("slides", "read_slides"),
}
"""By the end of a file's name, the module beside this one that reads it, and its function."""
MOST_ALIGNED = 4000
"""More passages than this are told in turn, unaligned: aligning takes the square of the time."""
SHOWN = 120
NOTHING = "nothing"

Read = Callable[[Path], list[Passage]]


def reader_of(path: Path) -> Read | None:
    """What reads such a file as it is seen; None where nothing but plain reading does."""
    module, name = READERS.get(path.suffix.lower(), ("", ""))
    if not module or find_spec(f"boardpack.audit.reader.{module}") is None:
        return None
    found: Read = getattr(import_module(f"boardpack.audit.reader.{module}"), name)
    return found


def seen_differently(old: Path, new: Path) -> list[str] | None:
    """What a reader of `old` meets that is not so in `new`; None where nothing reads such a file.

    Empty where only bytes differ that nobody meets. A file that cannot be read differs.
    """
    read = reader_of(old) or read_plain(old)
    if read is None:
        return None
    try:
        first = read(old)
    except ValueError as error:
        return [f"cannot be read: {error}"]
    except Exception as error:  # what reads an altered file may fail in any way
        return [f"cannot be read: {type(error).__name__}"]
    return list(differences(first, read(new)))


def differences(old: Sequence[Passage], new: Sequence[Passage]) -> Iterator[str]:
    """Each difference between two files, in the order in which it is met."""
    start = _alike(old, new)
    end = _alike(old[start:][::-1], new[start:][::-1])
    old, new = old[start : len(old) - end], new[start : len(new) - end]
    if len(old) + len(new) > MOST_ALIGNED:
        yield from _told(old, new)
        return
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            yield from _told(old[i:j], new[k:m])


def _alike(one: Sequence[Passage], other: Sequence[Passage]) -> int:
    """How many passages two files have in common from the first."""
    for place, (first, second) in enumerate(zip(one, other, strict=False)):
        if first != second:
            return place
    return min(len(one), len(other))


def _told(old: Sequence[Passage], new: Sequence[Passage]) -> Iterator[str]:
    """Passages that stand in the place of others, one by one as far as they go."""
    for place in range(max(len(old), len(new))):
        is_, should = (side[place] if place < len(side) else None for side in (old, new))
        where = (is_ or should or Passage("", "text", ())).where
        what = "" if is_ is None or should is None or is_.where == should.where else should.where
        moved = f" (at {what})" if what else ""
        first, second = _around(_words(is_), _words(should))
        yield f"{where}: {first} stands where {second} should{moved}."


def _words(passage: Passage | None) -> str:
    if passage is None:
        return NOTHING
    kind = "" if passage.kind == "text" else f"{passage.kind} "
    return f"{kind}{' | '.join(passage.cells)!r}"


def _around(one: str, other: str) -> tuple[str, str]:
    """Two long texts from a little before the place where they part."""
    if max(len(one), len(other)) <= SHOWN:
        return one, other
    pairs = enumerate(zip(one, other, strict=False))
    apart = next((n for n, (a, b) in pairs if a != b), min(len(one), len(other)))
    begin = max(0, apart - SHOWN // 3)
    return _cut(one, begin), _cut(other, begin)


def _cut(text: str, begin: int) -> str:
    end = begin + SHOWN
    return f"{'…' if begin else ''}{text[begin:end]}{'…' if end < len(text) else ''}"
