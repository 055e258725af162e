"""What a screen reader is told by the tags of a PDF: words in order, and words in place of print.

What is told is not what is seen: the tags may leave words out, put them elsewhere, or say another
number than the page shows. Both are read, so that both are held to the same blocks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from boardpack.audit.reader.passage import Passage

ALOUD = ", read aloud"
"""What follows the place of a passage that is told and not seen."""
_DEEP = 60
"""Tags within tags beyond this are a trap, not a document."""
_WHOLE = frozenset(
    {"P", "H", "H1", "H2", "H3", "H4", "H5", "H6", "Caption", "LBody", "TOCI", "Title"}
)
"""Elements that are read as one."""
_INLINE = frozenset({"Span", "Strong", "Em", "Link", "Reference", "Lbl", "Quote", "Code", "Annot"})
"""Elements within a line of words."""

Parts = Mapping[tuple[int, int], str]
"""The words of each tagged part, by its page and its number, as the file says them."""


@dataclass
class Spoken:
    """What is told, in order; which parts are told at all, and which of them are pictures."""

    passages: list[Passage] = field(default_factory=list)
    told: set[tuple[int, int]] = field(default_factory=set)
    pictures: set[tuple[int, int]] = field(default_factory=set)


def read_spoken(pdf: Pdf, parts: Parts) -> Spoken:
    """All that the tags of a PDF tell."""
    spoken = Spoken()
    root = pdf.Root.get(Name.StructTreeRoot)
    if isinstance(root, Dictionary):
        pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages, start=1)}
        _Walk(spoken, parts, pages, _roles(root)).children(root, 1, 0)
    return spoken


def _roles(root: Object) -> dict[str, str]:
    told = root.get(Name.RoleMap)
    if not isinstance(told, Dictionary):
        return {}
    return {name.lstrip("/"): str(role).lstrip("/") for name, role in told.items()}


@dataclass(frozen=True)
class _Walk:
    """The way through the tags, from the first to the last."""

    spoken: Spoken
    parts: Parts
    pages: Mapping[tuple[int, int], int]
    roles: Mapping[str, str]

    def children(self, element: Object, page: int, depth: int) -> None:
        """All that stands within an element; words between its parts are read as one."""
        run: list[Any] = []
        for child in _kids(element):
            if self._is_part(child) and depth <= _DEEP:
                self._run(run, page)
                self._child(child, page, depth + 1)
            else:
                run.append(child)
        self._run(run, page)

    def _run(self, run: list[Any], page: int) -> None:
        """Words that stand in no part of their own."""
        here = next((at for child in run for at, _ in self._leaves(child, page)), page)
        for child in run:
            self._within(child, here)
        said = "".join(self._raw(child, page) for child in run)
        self._say(" ".join(said.split()), here)
        run.clear()

    def _is_part(self, child: Any) -> bool:
        is_element = isinstance(child, Dictionary) and Name.S in child
        return is_element and self._kind(child) not in _INLINE

    def _child(self, child: Object, page: int, depth: int) -> None:
        page = self._page(child, page)
        kind = self._kind(child)
        self._instead(child, kind, page)
        if kind == "Table":
            self._table(child, page)
        elif kind == "Figure":
            self.spoken.pictures |= set(self._leaves(child, page))
            self._words(child, page)
        elif kind in _WHOLE:
            here = next((at for at, _ in self._leaves(child, page)), page)
            self._say(self._words(child, page), here)
            for inner in _kids(child):
                self._within(inner, here)
        else:
            self.children(child, page, depth)

    def _kind(self, element: Object) -> str:
        kind = str(element.get(Name.S)).lstrip("/")
        return self.roles.get(kind, kind)

    def _page(self, element: Object, page: int) -> int:
        told = element.get(Name.Pg)
        return page if told is None else self.pages.get(told.objgen, page)

    def _say(self, words: str, page: int) -> None:
        if words:
            self.spoken.passages.append(Passage(f"page {page}{ALOUD}", "text", (words,)))

    def _instead(self, element: Object, kind: str, page: int) -> None:
        """Words that are told in place of what is printed."""
        for name in (Name.Alt, Name.ActualText, Name.E):
            said = element.get(name)
            if isinstance(said, String):
                printed = "" if kind == "Figure" else self._words(element, page)
                cells = (printed, str(said)) if printed else (str(said),)
                self.spoken.passages.append(Passage(f"page {page}", "aid", cells))

    def _words(self, element: Any, page: int) -> str:
        """The words of all parts below an element, which are told by this."""
        return " ".join(self._raw(element, page).split())

    def _raw(self, element: Any, page: int) -> str:
        found = list(self._leaves(element, page))
        self.spoken.told.update(found)
        return "".join(self.parts.get(leaf, "") for leaf in found)

    def _leaves(self, element: Any, page: int, depth: int = 0) -> Iterator[tuple[int, int]]:
        """The tagged parts below an element, in order."""
        if isinstance(element, Dictionary):
            page = self._page(element, page)
            if Name.MCID in element:
                yield page, int(element.MCID)
            elif depth <= _DEEP:
                for child in _kids(element):
                    yield from self._leaves(child, page, depth + 1)
        elif isinstance(element, int):
            yield page, int(element)

    def _table(self, table: Object, page: int) -> None:
        """The rows of a table; a cell that spans others stands in the place of each."""
        below: dict[int, tuple[int, str]] = {}
        for part in _kids(table):
            if not isinstance(part, Dictionary):
                continue
            if self._kind(part) == "TR":
                self._row(part, page, below)
            elif self._kind(part) in ("THead", "TBody", "TFoot"):
                for row in _kids(part):
                    self._row(row, page, below)
            elif self._is_part(part):
                self._child(part, page, 0)

    def _row(self, row: Any, page: int, below: dict[int, tuple[int, str]]) -> None:
        page = self._page(row, page) if isinstance(row, Dictionary) else page
        cells: list[str] = []
        first = None
        for cell in _kids(row):
            self._carry(cells, below)
            if not isinstance(cell, Dictionary):
                cells.append(self._words(cell, page))
                continue
            here = next((at for at, _ in self._leaves(cell, page)), None)
            first = first or here
            words = self._words(cell, page)
            self._within(cell, here or page)
            down = _span(cell, Name.RowSpan) - 1
            for _ in range(_span(cell, Name.ColSpan)):
                if down > 0:
                    below[len(cells)] = (down, words)
                cells.append(words)
        self._carry(cells, below)
        where = f"page {first or page}{ALOUD}"
        self.spoken.passages.append(Passage(where, "row", tuple(cells)))

    def _carry(self, cells: list[str], below: dict[int, tuple[int, str]]) -> None:
        """Fill in what reaches down from the rows above."""
        while len(cells) in below:
            left, words = below.pop(len(cells))
            if left > 1:
                below[len(cells)] = (left - 1, words)
            cells.append(words)

    def _within(self, element: Any, page: int, depth: int = 0) -> None:
        """Words in place of print, of an element and of whatever stands in it."""
        if not isinstance(element, Dictionary) or Name.S not in element:
            return
        self._instead(element, self._kind(element), page)
        for child in _kids(element):
            if depth <= _DEEP:
                self._within(child, page, depth + 1)


def _kids(element: Any) -> list[Any]:
    held = element.get(Name.K) if isinstance(element, Dictionary) else None
    if held is None:
        return []
    return list(held) if isinstance(held, Array) else [held]


def _span(cell: Object, direction: Name) -> int:
    held = cell.get(Name.A, Array())
    owners = list(held) if isinstance(held, Array) else [held]
    told = (owner.get(direction) for owner in owners if isinstance(owner, Dictionary))
    return min(int(next((span for span in told if span is not None), 1)), 200)
