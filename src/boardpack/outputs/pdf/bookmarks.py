"""The bookmarks of a PDF: shown when it is opened, and what they tell of its parts."""

from __future__ import annotations

from collections.abc import Iterator

from pikepdf import Name, Object, Pdf

_BEGINS = 0.8
"""What begins higher on its page than this share of it has the page to itself."""


def open_bookmarks(pdf: Pdf) -> None:
    """Show the bookmarks beside the pages, the parts opened down to their chapters.

    The compiler writes them closed, and readers then show the first page alone.
    """
    pdf.Root.PageMode = Name.UseOutlines
    outlines = pdf.Root.get(Name.Outlines)
    if outlines is None:
        return
    shown = 0
    for part in _items(outlines):
        chapters = len([*_items(part)])
        if chapters:
            part.Count = chapters
        shown += 1 + chapters
    outlines.Count = shown


def first_part_pages(pdf: Pdf) -> int:
    """How many pages the first part takes, with the one on which it ends."""
    outlines = pdf.Root.get(Name.Outlines)
    parts = [*_items(outlines)] if outlines is not None else []
    if len(parts) < 2:
        return len(pdf.pages)
    page, _, _, top, *_ = parts[1].Dest
    before = next(n for n, one in enumerate(pdf.pages) if one.obj.objgen == page.objgen)
    _, low, _, high = (float(side) for side in page.MediaBox)
    return before + (float(top) < low + _BEGINS * (high - low))


def _items(parent: Object) -> Iterator[Object]:
    item = parent.get(Name.First)
    while item is not None:
        yield item
        item = item.get(Name.Next)
