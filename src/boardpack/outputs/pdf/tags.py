"""What the compiler cannot tag: the row headers of tables, and cells that are read aloud badly.

The compiler makes every body cell a data cell. Here the first cell of each body row becomes a
header of scope Row, every data cell names its headers, a print that would be misheard (brackets)
is a span with the words for it, and a number names its figure, so that a checker finds it. The
words stand on a span because screen readers read what is in a cell, whatever the cell itself says.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pikepdf import Array, Dictionary, Name, NameTree, Object, Pdf, String

from boardpack.core.errors import BuildFault
from boardpack.outputs.pdf.tree import children, descendants, mend_heads, say_instead, tables
from boardpack.outputs.pdf.typst_table import CellTag, TableTags


def tag_tables(pdf: Pdf, tags: Sequence[TableTags]) -> None:
    """Tag all tables; `tags` are those of the captioned ones, in document order."""
    root = pdf.Root.StructTreeRoot
    if Name.IDTree not in root:
        root.IDTree = NameTree.new(pdf).obj
    identities = NameTree(root.IDTree)
    waiting = iter(tags)
    for number, element in enumerate(tables(root)):
        mend_heads(element)
        table = _Table(element, number, identities, pdf)
        table.tag_rows()
        if children(element, Name.Caption):
            table.tag_cells(next(waiting, None))
    if next(waiting, None) is not None:
        raise BuildFault("The PDF lacks a table that the paper shows. Report this as a fault.")
    pdf.Root.MarkInfo.UserProperties = True


def tagged_numbers(file: Path) -> tuple[tuple[str, str], ...]:
    """The numbers in the tables of a PDF, in order: each one's figure, and what it prints."""
    with Pdf.open(file) as pdf:
        rows = descendants(pdf.Root.StructTreeRoot, Name.TR)
        owners = (owner for row in rows for cell in children(row) for owner in _owners(cell))
        held = [owner.P for owner in owners if Name.UserProperties == owner.O]
        return tuple((str(figure.V), str(text.V)) for figure, text in held)


@dataclass(frozen=True)
class _Table:
    """One table of the structure tree, and the names of all elements."""

    element: Object
    number: int
    identities: NameTree
    pdf: Pdf

    def tag_rows(self) -> None:
        """Make the first cell of each body row its header, and name each cell's headers."""
        columns = [[cell.ID for cell in cells] for cells in self._heads]
        group: list[Object] = []
        for place, (first, *others) in enumerate(self._body):
            if Name.TH == first.S:
                group = [first.ID]
                continue
            self._name(first, f"row-{self.number}-{place}")
            first.S = Name.TH
            _attributes(first).Scope = Name.Row
            for column, cell in enumerate(others, start=1):
                _attributes(cell).Headers = Array([*columns[column], *group, first.ID])

    def tag_cells(self, tags: TableTags | None) -> None:
        """Give the cells their figures, and the words for what prints badly."""
        sizes = len(self._body), len(self._heads)
        if tags is None or (len(tags.rows), len(tags.heads)) != sizes:
            raise BuildFault("A table in the PDF is not the paper's own. Report this as a fault.")
        for cells, name in zip(self._heads, tags.heads, strict=True):
            if name is not None:
                cells[-1].Alt = String(name)
        for row, told in zip(self._body, tags.rows, strict=True):
            for cell, tag in zip(row, told, strict=True):
                _tag(cell, tag)
                if tag.words is not None:
                    say_instead(self.pdf, cell, tag.words)

    @cached_property
    def _heads(self) -> list[list[Object]]:
        """The header cells above every column, from the top."""
        rows = [row for head in children(self.element, Name.THead) for row in children(head)]
        width = sum(_span(cell, Name.ColSpan) for cell in children(rows[0]))
        columns: list[list[Object]] = [[] for _ in range(width)]
        filled = [0] * width
        for place, row in enumerate(rows):
            for cell in children(row):
                start = next(c for c in range(width) if filled[c] <= place)
                for column in range(start, start + _span(cell, Name.ColSpan)):
                    columns[column].append(cell)
                    filled[column] = place + _span(cell, Name.RowSpan)
        return columns

    @cached_property
    def _body(self) -> list[list[Object]]:
        """The cells of each row below the headings."""
        bodies = children(self.element, Name.TBody)
        return [children(row) for body in bodies for row in children(body)]

    def _name(self, cell: Object, identity: str) -> None:
        cell.ID = String(identity)
        self.identities[identity] = cell


def _tag(cell: Object, tag: CellTag) -> None:
    if tag.figure is not None:
        told = {"figure": tag.figure, "text": tag.text}
        properties = [Dictionary(N=String(name), V=String(value)) for name, value in told.items()]
        cell.A = Array([*_owners(cell), Dictionary(O=Name.UserProperties, P=Array(properties))])


def _owners(cell: Object) -> list[Object]:
    """The groups of attributes of a cell."""
    held = cell.get(Name.A, Array())
    return list(held) if isinstance(held, Array) else [held]


def _attributes(cell: Object) -> Object:
    """The table attributes of a cell."""
    owners = _owners(cell)
    for owner in owners:
        if Name.Table == owner.O:
            return owner
    cell.A = Array([Dictionary(O=Name.Table), *owners])
    first: Object = cell.A[0]
    return first


def _span(cell: Object, direction: Name) -> int:
    return int(_attributes(cell).get(direction, 1))
