"""A page of the book, or the paper as one page, as it is seen in a browser.

The page is read by lxml, which knows nothing of who wrote it: paragraphs, headings and items as
text, tables row by row, charts by their marks, and apart from these what only a screen reader says
or a pointer shows, and what could hide, move or rewrite the rest. What is hidden is not printed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path

from lxml import html
from lxml.etree import LxmlError, _Element

from boardpack.audit.reader.html_frame import frame_looks
from boardpack.audit.reader.html_look import (
    classes_of,
    hidden_by,
    is_element,
    looks_of,
    picture_looks,
    source_seal,
    written_files,
)
from boardpack.audit.reader.html_rows import Row, card_of, rows_of
from boardpack.audit.reader.html_text import Inline, all_words, line_of, said_by
from boardpack.audit.reader.passage import Kind, Passage
from boardpack.audit.reader.plotly import read_plotly
from boardpack.audit.reader.svg import read_svg
from boardpack.audit.reader.words import plain

_INLINE = frozenset(
    "a abbr b br cite code data del em i ins kbd mark q s small span strong sub sup time u var "
    "wbr".split()
)
"""Elements that stand within a line of words."""
_TOLD = 400
"""A script within a page is told as it stands where it is no longer than this."""


def read_html(path: Path) -> list[Passage]:
    """All that whoever opens a page meets; ValueError where it is no page of HTML.

    Style sheets and scripts that it asks for are looked up beside it, by where they stand.
    """
    try:
        text = path.read_bytes().decode("utf-8")
        root = html.document_fromstring(text.encode(), parser=html.HTMLParser(encoding="utf-8"))
    except (UnicodeDecodeError, LxmlError, ValueError) as error:
        raise ValueError(f"{path.name} is damaged: it cannot be read as a page.") from error
    page = _Page()
    for look in (*written_files(root, path), *frame_looks(root)):
        page.add("look", *look, where="the whole page")
    page.read(root)
    page.add("look", "source", source_seal(text), where="the whole page")
    return page.passages


class _Page:
    """The passages of one page so far, and where on the page reading has got to."""

    def __init__(self) -> None:
        self.passages: list[Passage] = []
        self.section = "the top of the page"
        self.tables = self.charts = self.pictures = 0
        self.line = Inline()
        self.title = ""

    def add(self, kind: Kind, *cells: str, where: str = "") -> None:
        """One more passage."""
        self.passages.append(Passage(where or self.section, kind, tuple(map(plain, cells))))

    def read(self, element: _Element) -> None:
        """An element with all that is in it, in the order in which it is read."""
        if is_element(element) and element.tag in _INLINE and _is_line(element):
            self.line.element(element)
            return
        for look in looks_of(element):
            self.add("look", *look)
        if not is_element(element):
            return
        if reason := hidden_by(element):
            self.add("look", "hidden", reason, all_words(element))
            return
        self.end_line()
        for said in said_by(element):
            self.add("aid", *self._instead(element), said)
        _READERS.get(element.tag, _Page._block)(self, element)

    def _instead(self, element: _Element) -> tuple[str, ...]:
        """What is printed of a picture that words stand in for: its title."""
        return (self.title,) if element.get("role") == "img" and self.title else ()

    def end_line(self) -> None:
        """The words gathered so far are a paragraph of their own."""
        line, self.line = self.line, Inline()
        if line.words:
            self.add("text", line.words)
        self._beside(line, self.section)

    def _beside(self, line: Inline, where: str) -> None:
        """What goes with words: others in their place, how they are tagged, what hides them."""
        for aid in line.aids:
            self.add("aid", *aid, where=where)
        for tag in line.tags:
            self.add("look", "tag", *tag, where=where)
        for words in line.unsaid:
            self.add("look", "unsaid", words, where=where)
        for look in line.looks:
            self.add("look", *look, where=where)

    def _block(self, element: _Element) -> None:
        self.line.take(element.text)
        for child in element:
            self.read(child)
            self.line.take(child.tail)
        self.end_line()

    def _heading(self, element: _Element) -> None:
        self.section = f"‘{line_of(element).words}’"
        self._block(element)

    def _title(self, element: _Element) -> None:
        self.add("text", line_of(element).words, where="the title of the page")

    def _p(self, element: _Element) -> None:
        self._block(element)
        if "chart-title" in classes_of(element):
            self.title = line_of(element).words

    def _figure(self, element: _Element) -> None:
        self.charts += 1
        self.pictures = 0
        self.title = ""
        self._block(element)
        self.title = ""

    def _noscript(self, element: _Element) -> None:
        """What a browser shows that runs no scripts, and no other."""
        self.add("look", "hidden", "shown without scripts alone", all_words(element))

    def _img(self, element: _Element) -> None:
        """A picture in the page itself: its address holds all of it."""
        given = dict(element.attrib)
        self.add("look", "picture", str(given.pop("src", "")), str(given.pop("alt", "")))
        if given:
            self.add("look", "attributes of a picture", *(f"{n}={v}" for n, v in given.items()))

    def _svg(self, element: _Element) -> None:
        self.pictures += 1
        where = f"{self.section}, chart {self.charts} as a picture ({self.pictures})"
        for cells in read_svg(element):
            self.add("chart", *cells, where=where)
        for look in picture_looks(element):
            self.add("look", *look, where=where)

    def _script(self, element: _Element) -> None:
        script = element.text or ""
        if element.get("src") and not script.strip():
            return
        is_data = element.get("type") == "application/json"
        drawn = read_plotly(script) if is_data else None
        if drawn is None:
            seal = sha256(script.encode()).hexdigest()
            told = script if len(script) <= _TOLD else f"{script[:80]} and more"
            self.add("look", "inline script", seal, told)
            return
        where = f"{self.section}, chart {self.charts} when it is touched"
        for cells in (cells for one in drawn for cells in one.marks):
            self.add("chart", *cells, where=where)
        for said in (said for one in drawn for said in one.hovers):
            self.add("aid", said, where=where)
        settings = {name for one in drawn for name in one.settings}
        self.add("look", "chart settings", *sorted(settings), where=where)

    def _style(self, element: _Element) -> None:
        seal = sha256((element.text or "").encode()).hexdigest()
        self.add("look", "inline style sheet", seal)

    def _table(self, element: _Element) -> None:
        self.tables += 1
        table = f"{self.section}, table {self.tables}"
        for caption in element.iterchildren("caption"):
            self.read(caption)
        self.end_line()
        for place, row in enumerate(rows_of(element), start=1):
            self._row(row, f"{table}, row {place}")

    def _row(self, row: Row, where: str) -> None:
        for look in row.looks:
            self.add("look", *look, where=where)
        if any(row.cells):
            self.add("row", *row.cells, where=where)
        for line in row.lines:
            self._beside(line, where)

    def _dl(self, element: _Element) -> None:
        """Headlines: each card is a row of its label, its number and what is said of it."""
        for card in element:
            row = card_of(card)
            self._row(row, f"{self.section}, headline")


_READERS: Mapping[str, Callable[[_Page, _Element], None]] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), _Page._heading),
    "title": _Page._title,
    "p": _Page._p,
    "figure": _Page._figure,
    "noscript": _Page._noscript,
    "svg": _Page._svg,
    "img": _Page._img,
    "script": _Page._script,
    "style": _Page._style,
    "table": _Page._table,
    "dl": _Page._dl,
}
"""Elements that are not read as a block of words and what stands in it."""


def _is_line(element: _Element) -> bool:
    """Whether there are but words within an element."""
    return all(not is_element(part) or part.tag in _INLINE for part in element.iter())
