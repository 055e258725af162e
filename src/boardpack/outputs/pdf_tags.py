"""What the compiler cannot tag: the row headers of tables, and cells that are read aloud badly.

The compiler makes every body cell a data cell. Here the first cell of each body row becomes a
header of scope Row, every data cell names its headers, and a cell whose print would be misheard
(brackets) gets the words for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pikepdf import Array, Dictionary, Name, NameTree, Object, Pdf, String

from boardpack.errors import BuildFault
from boardpack.outputs.typst_table import Spoken


def tag_tables(pdf: Pdf, spoken: Sequence[Spoken]) -> None:
    """Tag the row headers of all tables; `spoken` are the captioned tables in document order."""
    root = pdf.Root.StructTreeRoot
    if Name.IDTree not in root:
        root.IDTree = NameTree.new(pdf).obj
    identities = NameTree(root.IDTree)
    waiting = iter(spoken)
    for number, element in enumerate(_all(root, Name.Table)):
        table = _Table(element, number, identities)
        table.tag_rows()
        if _children(element, Name.Caption):
            table.speak(next(waiting, None))
    if next(waiting, None) is not None:
        raise BuildFault("The PDF lacks a table that the paper shows. Report this as a fault.")


@dataclass(frozen=True)
class _Table:
    """One table of the structure tree, and the names of all elements."""

    element: Object
    number: int
    identities: NameTree

    def tag_rows(self) -> None:
        """Make the first cell of each body row its header, and name each cell's headers."""
        columns = [[cell.ID for cell in cells] for cells in self._heads()]
        group: list[Object] = []
        for place, row in enumerate(self._body()):
            first, *others = _children(row)
            if Name.TH == first.S:
                group = [first.ID]
                continue
            self._name(first, f"row-{self.number}-{place}")
            first.S = Name.TH
            _attributes(first).Scope = Name.Row
            for column, cell in enumerate(others, start=1):
                _attributes(cell).Headers = Array([*columns[column], *group, first.ID])

    def speak(self, told: Spoken | None) -> None:
        """Give the cells that print badly the words for them."""
        body = self._body()
        heads = self._heads()
        if told is None or (len(told.rows), len(told.heads)) != (len(body), len(heads)):
            raise BuildFault("A table in the PDF is not the paper's own. Report this as a fault.")
        pairs = [(cells[-1], words) for cells, words in zip(heads, told.heads, strict=True)]
        for row, words in zip(body, told.rows, strict=True):
            pairs += zip(_children(row), words, strict=True)
        for cell, said in pairs:
            if said is not None:
                cell.Alt = String(said)

    def _heads(self) -> list[list[Object]]:
        """The header cells above every column, from the top."""
        rows = [row for head in _children(self.element, Name.THead) for row in _children(head)]
        width = sum(_span(cell, Name.ColSpan) for cell in _children(rows[0]))
        columns: list[list[Object]] = [[] for _ in range(width)]
        filled = [0] * width
        for place, row in enumerate(rows):
            for cell in _children(row):
                start = next(c for c in range(width) if filled[c] <= place)
                for column in range(start, start + _span(cell, Name.ColSpan)):
                    columns[column].append(cell)
                    filled[column] = place + _span(cell, Name.RowSpan)
        return columns

    def _body(self) -> list[Object]:
        return [row for body in _children(self.element, Name.TBody) for row in _children(body)]

    def _name(self, cell: Object, identity: str) -> None:
        cell.ID = String(identity)
        self.identities[identity] = cell


def _all(element: Object, kind: Name) -> Iterator[Object]:
    """All elements of a kind, in document order."""
    for child in _children(element):
        if kind == child.S:
            yield child
        yield from _all(child, kind)


def _children(element: Object, kind: Name | None = None) -> list[Object]:
    """The structure elements within an element, without the marked content."""
    kids = element.get(Name.K, Array())
    found = list(kids) if isinstance(kids, Array) else [kids]
    elements = [kid for kid in found if isinstance(kid, Dictionary) and Name.S in kid]
    return [kid for kid in elements if kind is None or kind == kid.S]


def _attributes(cell: Object) -> Object:
    """The table attributes of a cell."""
    held = cell.get(Name.A, Array())
    owners = list(held) if isinstance(held, Array) else [held]
    for owner in owners:
        if owner.O == Name.Table:
            return owner
    cell.A = Array([Dictionary(O=Name.Table), *owners])
    first: Object = cell.A[0]
    return first


def _span(cell: Object, direction: Name) -> int:
    return int(_attributes(cell).get(direction, 1))
