"""The structure tree of a PDF: its elements, words in place of print, two faults mended."""

from __future__ import annotations

from collections.abc import Iterator

from pikepdf import Array, Dictionary, Name, NumberTree, Object, Pdf, String


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


def tables(element: Object) -> Iterator[Object]:
    """All tables within an element, in document order, each with its caption within it.

    A table that runs over a page is wrapped once more by the compiler, which leaves its caption
    outside. No table stands within another.
    """
    yield from _tables(children(element))


def _tables(elements: list[Object]) -> Iterator[Object]:
    for element in elements:
        if Name.Table == element.S:
            yield element
        else:
            yield from _tables(_with_captions_mended(element))


def _with_captions_mended(element: Object) -> list[Object]:
    """The elements within one, after a caption that stands before its table was put into it."""
    inside = children(element)
    if len(inside) == 2 and Name.Caption == inside[0].S:
        table = _only(inside[1])
        if Name.Table == table.S:
            _move(inside[0], element, table)
            return inside[1:]
    return inside


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


def say_instead(pdf: Pdf, element: Object, words: str) -> None:
    """Have what stands in an element read aloud as these words, by a span around it."""
    inside = _kids(element)
    if not inside:
        return
    span = pdf.make_indirect(
        Dictionary(Type=Name.StructElem, S=Name.Span, P=element, K=Array(inside))
    )
    span.ActualText = String(words)
    if Name.Pg in element:
        span.Pg = element.Pg
    element.K = Array([span])
    held = NumberTree(pdf.Root.StructTreeRoot.ParentTree)
    for kid in inside:
        if isinstance(kid, Dictionary) and Name.S in kid:
            kid.P = span
        else:
            _own(held, kid, element, span)


def _own(held: NumberTree, kid: Object, element: Object, span: Object) -> None:
    """Name the new parent of a piece of a page, which the page looks up by the piece's number."""
    page: Object = kid.Pg if isinstance(kid, Dictionary) and Name.Pg in kid else element.Pg
    number = int(kid.MCID) if isinstance(kid, Dictionary) else int(kid)
    held[int(page.StructParents)][number] = span


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
