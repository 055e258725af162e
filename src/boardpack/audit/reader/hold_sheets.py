"""Tables too wide for a page of a document: set in sheets, each with the first column again.

How many columns a sheet has room for is the writer's business. A table that no head shows whole is
looked for in sheets: runs of its columns from left to right, the longest first, that leave none
out. Each of them must then be met as a table is. Where no such runs are seen it stays whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from boardpack.audit.reader.expected import Cells, Expected, Line, Table
from boardpack.audit.reader.passage import Passage
from boardpack.audit.reader.words import plain

CONTINUED = " (continued)"
"""What stands after the caption of every sheet but the first."""


def in_sheets(
    passages: Sequence[Passage], expected: Expected
) -> tuple[tuple[Table, ...], list[Passage]]:
    """The tables as a document's sheets show them, and the passages with the captions as one."""
    heads = {_said(one.cells) for one in passages if one.kind == "row"}
    found = [_sheets(table, heads) for table in expected.tables]
    split = [sheets[0].caption for sheets in found if len(sheets) > 1]
    return tuple(sheet for sheets in found for sheet in sheets), list(_captions(passages, split))


def _sheets(table: Table, heads: set[Cells]) -> list[Table]:
    labels = table.heads[-1] if table.heads else ()
    sheets: list[Table] = []
    begin, end = 1, len(labels)
    while begin < len(labels) and end > begin:
        if _said((labels[0], *labels[begin:end])) in heads:
            sheets.append(_share(table, begin, end) if end - begin < len(labels) - 1 else table)
            begin, end = end, len(labels)
        else:
            end -= 1
    return sheets if sheets and begin == len(labels) else [table]


def _share(table: Table, begin: int, end: int) -> Table:
    """One sheet: the first column, and those from `begin` to before `end`."""
    rows = tuple(
        Line(
            (*line.cells[:1], *line.cells[begin:end]),
            {
                place and place - begin + 1: number
                for place, number in line.numbers.items()
                if not place or begin <= place < end
            },
        )
        for line in table.rows
    )
    heads = tuple((*head[:1], *head[begin:end]) for head in table.heads)
    return table._replace(heads=heads, rows=rows)


def _said(cells: Iterable[str]) -> Cells:
    return tuple(said for cell in cells if (said := plain(cell)))


def _captions(passages: Iterable[Passage], split: Sequence[str]) -> Iterator[Passage]:
    """The passages; the caption of a later sheet says what that of the first does."""
    for one in passages:
        if one.kind in ("text", "aid") and CONTINUED in one.cells[-1]:
            words = plain(one.cells[-1].replace(CONTINUED, ""))
            if any(words == caption or caption.startswith(f"{words}, ") for caption in split):
                one = one._replace(cells=(*one.cells[:-1], words))
        yield one
