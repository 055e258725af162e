"""What the search of the book finds: every passage of its pages, as it is printed.

A passage is a paragraph, an item, a card or a row of a table, with the heading that it stands
under. They are taken from the finished pages, so what is found is what is read there. A page opened
from a folder may not fetch a file, so they are a script, which the page of the search alone loads.
Left out is what another page has a search for (the register) or nobody reads as part of the paper
(the workings, the meanings of words that a pointer shows).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from lxml import html
from lxml.etree import _Element

SCRIPT = "passages.js"
LEFT_OUT = frozenset({"register.html", "search.html"})
"""Pages that are not searched."""
_WHOLE = frozenset({"p", "li", "dt", "dd", "caption", "figcaption", "tr"})
"""Elements whose words are one passage."""
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_UNSEEN = frozenset("download headerlink meanings spoken visually-hidden voice workings".split())
_NOT_READ = frozenset({"noscript", "script", "style", "svg", "thead"})


class Passage(NamedTuple):
    """What is found: the page and the place on it that it leads to, its heading, and its words."""

    page: str
    anchor: str
    heading: str
    text: str


def write_passages(book: Path) -> None:
    """Write the script of the search beside the other scripts of a finished book."""
    script = passages_script([one for page in _pages(book) for one in passages_of(book, page)])
    (book / "_static" / SCRIPT).write_text(script, encoding="utf-8", newline="\n")


def passages_script(passages: Sequence[Passage]) -> str:
    """The passages as a script, one a line.

    >>> print(passages_script([Passage("index.html", "section-why", "Why", "Costs (213)")]), end="")
    window.boardpackPassages=[
    ["index.html","section-why","Why","Costs (213)"]
    ];
    """
    lines = (json.dumps(one, ensure_ascii=False, separators=(",", ":")) for one in passages)
    return "window.boardpackPassages=[\n" + ",\n".join(lines) + "\n];\n"


def _pages(book: Path) -> Iterator[str]:
    """The pages that are searched, in the order of the paper: its contents lead to each once."""
    links = (
        html.parse(str(book / "index.html")).getroot().xpath("//nav[@aria-label='Main']//a/@href")
    )
    pages = dict.fromkeys("index.html" if link.startswith("#") else str(link) for link in links)
    return (page for page in pages if page not in LEFT_OUT)


def passages_of(book: Path, page: str) -> Iterator[Passage]:
    """The passages of one page, in the order in which they are read."""
    parser = html.HTMLParser(encoding="utf-8")
    (article,) = html.parse(str(book / page), parser).getroot().xpath("//article")
    anchor, heading = "", ""
    for element in _read(article):
        if element.tag in _HEADINGS:
            anchor = str(element.getparent().get("id") or anchor)
            heading = _words(element)
        words = _words(element)
        for table in element.iterancestors("table"):
            named = " ".join(map(_words, table.iterchildren("caption"))) or heading
            yield Passage(page, str(table.get("id")), named, words)
            break
        else:
            yield Passage(page, anchor, heading, words)


def _read(element: _Element) -> Iterator[_Element]:
    """The headings and passages within an element: the outermost that hold words themselves."""
    for child in element:
        if not _is_read(child):
            continue
        if child.tag in _HEADINGS or _is_whole(child):
            yield child
        else:
            yield from _read(child)


def _is_whole(element: _Element) -> bool:
    if "card" in str(element.get("class") or "").split():
        return True
    return element.tag in _WHOLE and not any(True for _ in element.iterdescendants("p", "li"))


def _is_read(element: _Element) -> bool:
    if not isinstance(element.tag, str) or element.tag in _NOT_READ or "hidden" in element.attrib:
        return False
    return _UNSEEN.isdisjoint(str(element.get("class") or "").split())


def _words(element: _Element) -> str:
    """The words of an element as they are printed, its cells and lines apart."""
    return " ".join("".join(_texts(element)).split())


def _texts(element: _Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if _is_read(child):
            apart = " " if child.tag in ("td", "th", "dt", "dd", "br", "p") else ""
            yield apart
            yield from _texts(child)
            yield apart
        yield child.tail or ""
