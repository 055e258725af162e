"""What a page is built of: its elements and their classes, by which a style sheet may hide them."""

from __future__ import annotations

from collections.abc import Iterator

from lxml.etree import _Element

from boardpack.audit.reader.html_look import classes_of, is_element


def frame_looks(root: _Element) -> Iterator[tuple[str, ...]]:
    """The kinds of elements of a page, their classes in and around the paper, tables beside it.

    The paper is what stands in an article. A class is told with its element: `tr.total`; a part
    that can be folded away is told where it has no class too: `details.`.
    """
    around = {part for article in root.iter("article") for part in article.iterancestors()}
    elements: set[str] = set()
    classes: set[str] = set()
    outside = 0
    for part, is_paper in _parts(root):
        elements.add(part.tag)
        outside += part.tag == "table" and not is_paper
        if is_paper or part in around:
            found = classes_of(part) or ([""] if part.tag == "details" else [])
            classes.update(f"{part.tag}.{name}" for name in found)
    yield ("elements", *sorted(elements))
    yield ("classes", *sorted(classes))
    if outside:
        yield "tables beside the paper", str(outside)


def _parts(root: _Element) -> Iterator[tuple[_Element, bool]]:
    """Every element, and whether it stands within an article; a picture as a whole."""
    waiting = [(root, False)]
    while waiting:
        element, is_paper = waiting.pop()
        is_paper = is_paper or element.tag == "article"
        yield element, is_paper
        if element.tag != "svg":
            waiting += [(child, is_paper) for child in element if is_element(child)]
