"""The words of an element: what is printed, what is only said, what a number is tagged with."""

from __future__ import annotations

from lxml.etree import _Element

from boardpack.audit.reader.html_look import classes_of, hidden_by, is_element, looks_of
from boardpack.audit.reader.words import plain

SPOKEN = "visually-hidden"
"""The class of words that a screen reader says and no eye sees; `data-words` are no text at all."""
_SAID = ("aria-label", "title", "alt", "placeholder", "summary", "aria-description")
_WITHIN = frozenset(
    "a abbr b cite code data del em i ins kbd mark q s small span strong sub sup time u var "
    "wbr".split()
)
"""Elements that part no words."""


def said_by(element: _Element) -> list[str]:
    """What the attributes of an element say to a screen reader, or under a pointer."""
    given = element.attrib
    return [said for name in _SAID if name in given and (said := plain(str(given[name])))]


class Inline:
    """The words of one line, a paragraph or a cell.

    `printed` are the words seen; `aids` what is said beside them, after the number that it stands
    for; `tags` the numbers that are tagged, each with its figure and its value; `unsaid` the words
    that are seen and not said; `looks` what could hide or rewrite any of it.
    """

    def __init__(self) -> None:
        self.printed: list[str] = []
        self.aids: list[tuple[str, ...]] = []
        self.tags: list[tuple[str, str, str]] = []
        self.unsaid: list[str] = []
        self.looks: list[tuple[str, ...]] = []
        self._number = ""

    @property
    def words(self) -> str:
        """What is printed."""
        return plain("".join(self.printed))

    def take(self, words: str | None) -> None:
        """More words; a number before them has no other words any more."""
        if words:
            self.printed.append(words)
            self._number = "" if words.strip() else self._number

    def inside(self, element: _Element) -> None:
        """All that is within an element."""
        self.take(element.text)
        for child in element:
            self.element(child)
            self.take(child.tail)

    def element(self, element: _Element) -> None:
        """An element within the line."""
        self.looks += looks_of(element)
        if not is_element(element) or _leads_here(element):
            return
        if reason := hidden_by(element):
            self.looks.append(("hidden", reason, all_words(element)))
            return
        self.aids += [(said,) for said in said_by(element)]
        if element.tag not in _WITHIN:
            self.printed.append(" ")
        begun, number = len(self.printed), self._number
        self.inside(element)
        words = plain("".join(self.printed[begun:]))
        if said := plain(str(element.get("data-words") or "")):
            self.aids.append((number, said) if number else (said,))
        elif SPOKEN in classes_of(element):
            del self.printed[begun:]
            self.aids.append((number, words) if number else (words,))
        elif element.tag == "data":
            figure, value = element.get("data-figure"), element.get("value")
            self.tags.append((words, str(figure or ""), str(value or "")))
            self._number = words
        elif element.get("aria-hidden") == "true" and words:
            self.unsaid.append(words)
        if element.tag not in _WITHIN:
            self.printed.append(" ")


def line_of(element: _Element) -> Inline:
    """All words within an element as one line."""
    line = Inline()
    line.inside(element)
    return line


def all_words(element: _Element) -> str:
    """All words within an element, seen or not."""
    return plain(" ".join(str(part) for part in element.itertext()))


def _leads_here(element: _Element) -> bool:
    """The sign beside a heading, which leads to it and is no part of what it says."""
    return "headerlink" in classes_of(element) and plain(element.text or "") == "#"
