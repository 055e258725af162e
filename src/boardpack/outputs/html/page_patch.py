"""A built page of the book with other blocks in it, without compiling the book again.

Jupyter Book sets the HTML of a block into its page as it is, inside a wrapper that is always the
same. So where the headings of a chapter stay, its page is the one that would be built once the
blocks below each heading are replaced. Where that cannot be shown, the page is not patched and the
book must be compiled.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

Json = dict[str, Any]

_CELL = (
    '<div class="cell tag_remove-input docutils container">\n'
    '<div class="cell_output docutils container">\n'
    '<div class="output text_html">{}</div></div>\n</div>\n'
)
_PICTURE = re.compile(r"<!-- picture \S+ -->")
_SET = re.compile(
    r'<div class="picture"><svg .*?</svg></div>\n<div class="picture narrow"><svg .*?</svg></div>',
    re.DOTALL,
)


def patched(page: str, before: Json, after: Json) -> str | None:
    """The page of notebook `before` as that of `after`; None where it must be compiled.

    Both are what `book_pages.page_notebook` made.
    """
    old, new = list(_sections(before)), list(_sections(after))
    if [heading for heading, _ in old] != [heading for heading, _ in new]:
        return None
    place = 0
    for (_, was), (_, now) in zip(old, new, strict=True):
        if was == now:
            continue
        at = page.find(was, place) if was and now else -1
        if at < 0:
            return None
        page = page[:at] + now + page[at + len(was) :]
        place = at + len(now)
    return page


def without_pictures(page: str, notebook: Json) -> str:
    """A finished page as Jupyter Book left it, before its charts' pictures were set in."""
    marks = iter(_PICTURE.findall("".join(_blocks(notebook["cells"]))))
    return _SET.sub(lambda found: next(marks, found[0]), page)


def _sections(notebook: Json) -> Iterator[tuple[str, str]]:
    """Each heading of a page, and all that stands below it as the page has it."""
    heading, cells = "", list[Json]()
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown":
            yield heading, _set_in(cells)
            heading, cells = cell["source"], []
        else:
            cells.append(cell)
    yield heading, _set_in(cells)


def _set_in(cells: Iterable[Json]) -> str:
    return "".join(_CELL.format(html) for html in _blocks(cells))


def _blocks(cells: Iterable[Json]) -> Iterator[str]:
    for cell in cells:
        for output in cell.get("outputs", ()):
            yield output["data"]["text/html"]
