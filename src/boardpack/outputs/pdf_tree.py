"""The structure tree of a PDF: its elements, and two faults of the compiler that are mended."""

from __future__ import annotations

from collections.abc import Iterator

from pikepdf import Array, Dictionary, Name, Object


def children(element: Object, kind: Name | None = None) -> list[Object]:
    """The structure elements within an element, without the marked content."""
    elements = [kid for kid in _kids(element) if isinstance(kid, Dictionary) and Name.S in kid]
    return [kid for kid in elements if kind is None or kind == kid.S]


def descendants(element: Object, kind: Name) -> Iterator[Object]:
    """All elements of a kind, in document order."""
    for child in children(element):
        if kind == child.S:
            yield child
        yield from descendants(child, kind)


def mend_captions(element: Object) -> None:
    """Put each caption that stands before its table into the table.

    A table that runs over a page is wrapped once more, which leaves its caption outside.
    """
    for child in children(element):
        inside = children(child)
        if len(inside) == 2 and Name.Caption == inside[0].S:
            table = _only(inside[1])
            if Name.Table == table.S:
                _move(inside[0], child, table)
        mend_captions(child)


def mend_heads(table: Object) -> None:
    """Put group headings that follow the header at once back into the body, whose rows they head.

    The compiler takes neighbouring headers for one.
    """
    heads, bodies = children(table, Name.THead), children(table, Name.TBody)
    rows = [row for head in heads for row in children(head)]
    if bodies and rows and len(children(rows[0])) > 1:
        for row in reversed(rows[1:]):
            if len(children(row)) == 1:
                _move(row, heads[0], bodies[0])


def _move(element: Object, parent: Object, target: Object) -> None:
    """Make the element the first child of another parent."""
    parent.K = Array([kid for kid in _kids(parent) if not _same(kid, element)])
    target.K = Array([element, *_kids(target)])
    element.P = target


def _same(one: Object, other: Object) -> bool:
    return isinstance(one, Dictionary) and one.objgen == other.objgen


def _only(element: Object) -> Object:
    """The element itself, or what stands alone within it."""
    inside = children(element)
    return _only(inside[0]) if len(inside) == 1 and Name.Div == element.S else element


def _kids(element: Object) -> list[Object]:
    kids = element.get(Name.K)
    if kids is None:
        return []
    return list(kids) if isinstance(kids, Array) else [kids]
