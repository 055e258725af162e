"""A Word paper arranged on its pages: page 1 whole, none left two thirds empty, contents numbered.

All of it goes by pages that are reckoned (see `pages`), since Word alone lays them out.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile
from typing import Any

from docx.oxml.ns import qn

from boardpack.outputs.word.pages import closer, number_pages, reckoned

CLOSER = (0.7, 0.65, 0.55)
"""What page 1 is set closer by, one after the other, until it holds the whole summary."""
SPARSE = 1 / 3
"""A page that is filled no further than this is not left for a new part."""


def arrange(body: Any, styles: Any) -> None:
    """Set page 1 as close as it needs, take out breaks after little, and number the contents."""
    first, *others = _breaks(body) or [None]
    if first is not None:
        before = list(takewhile(lambda one: one is not first, body))
        name = _name(first)
        for density in CLOSER:
            if reckoned(body, styles).of.get(name, 1) <= 2:
                break
            closer((p for p in before if p.tag == qn("w:p")), styles, density)
    for paragraph in others:
        if reckoned(body, styles).filled.get(_name(paragraph), 1.0) < SPARSE:
            paragraph.pPr.remove(paragraph.pPr.find(qn("w:pageBreakBefore")))
    number_pages(body, reckoned(body, styles).of)


def _breaks(body: Any) -> list[Any]:
    """The paragraphs that begin a page."""
    return [one.getparent().getparent() for one in body.iter(qn("w:pageBreakBefore"))]


def _name(paragraph: Any) -> str:
    """The bookmark of a heading."""
    marks: Iterator[Any] = paragraph.iter(qn("w:bookmarkStart"))
    return next((str(mark.get(qn("w:name"))) for mark in marks), "")
