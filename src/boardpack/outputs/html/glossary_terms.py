"""The glossary's words where a page first uses them: links to what they mean.

A word is linked once a page, in running text only. The link leads to the glossary; what it means
also stands hidden on the page and describes the link, so that a screen reader can say it and a
script can show it without leaving the page (`book/_static/terms.js`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from html import escape

from boardpack.document.blocks import Table
from boardpack.document.content import Part

GLOSSARY = "glossary"
_TAG = re.compile(r"(<[^>]*>)")
_NAME = re.compile(r"</?([a-z0-9]+)")
_CLOSED = frozenset({"a", "data", "th", "caption", "summary", "code", "button", "dt", "h2", "h3"})
"""Elements in which nothing is linked: what already leads somewhere, and what heads something."""
_FORMS = re.compile(r" \((.+)\)$")
_ENTRY = re.compile(r'<th scope="row"([^>]*)>([^<]*)</th>')


@dataclass(frozen=True)
class Term:
    """A word of the glossary: its id in a page, the forms it is written in, what it means."""

    id: str
    forms: tuple[str, ...]
    meaning: str


@dataclass
class Terms:
    """The words to link on one page, and those that it has used."""

    known: Mapping[str, Term]
    page: str
    used: dict[str, Term] = field(default_factory=dict)

    @cached_property
    def _words(self) -> re.Pattern[str]:
        longest = sorted(self.known, key=lambda form: (-len(form), form))
        return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest))})(?![\w-])")

    def linked(self, html: str) -> str:
        """A block's HTML, its first use of each word linked to the glossary."""
        depth, parts = 0, list[str]()
        for piece in _TAG.split(html):
            if piece.startswith("<"):
                depth += _step(piece)
                parts.append(piece)
            else:
                parts.append(
                    piece if depth or not self.known else self._words.sub(self._link, piece)
                )
        return "".join(parts)

    def _link(self, found: re.Match[str]) -> str:
        term = self.known[found[0]]
        if term.id in self.used:
            return found[0]
        self.used[term.id] = term
        said = f'class="term" href="{self.page}#term-{term.id}" aria-describedby="means-{term.id}"'
        return f"<a {said}>{found[0]}</a>"

    def meanings(self) -> str:
        """What the words of the page mean, hidden until a link asks for it."""
        found = (
            f'<span id="means-{term.id}" hidden>{escape(term.meaning)}</span>\n'
            for term in self.used.values()
        )
        return f'<div class="meanings">\n{"".join(found)}</div>\n' if self.used else ""


def terms_of(parts: Iterable[Part]) -> dict[str, Term]:
    """The words of the paper's glossary by each form they are written in; empty without one."""
    tables = (b for p in parts for c in p.chapters for b in c.blocks if isinstance(b, Table))
    rows = next((table.rows for table in tables if table.id == GLOSSARY), ())
    found = (_term(str(row.cells[0]), str(row.cells[1])) for row in rows)
    return {form: term for term in found for form in term.forms}


def with_entry_ids(html: str) -> str:
    """The glossary's own table, each entry with the id that links lead to."""
    return _ENTRY.sub(
        lambda found: f'<th scope="row"{found[1]} id="term-{term_id(found[2])}">{found[2]}</th>',
        html,
    )


def term_id(word: str) -> str:
    """A word as an id.

    >>> term_id("Run rate (CHC)")
    'run-rate-chc'
    """
    return re.sub(r"[^a-z0-9]+", "-", word.lower().replace("&amp;", "and")).strip("-")


def _term(word: str, meaning: str) -> Term:
    return Term(term_id(word), tuple(_forms(word)), f"{word}: {meaning}")


def _forms(word: str) -> Iterator[str]:
    """`Category M (Cat M)` is written in two ways, a common word with a small letter too."""
    inner = _FORMS.search(word)
    for form in (_FORMS.sub("", word), *((inner[1],) if inner else ())):
        for one in form.split(", "):
            yield one
            if one[1:].islower() and one[:1].isupper():
                yield one[:1].lower() + one[1:]


def _step(tag: str) -> int:
    name = _NAME.match(tag)
    if name is None or name[1] not in _CLOSED:
        return 0
    return -1 if tag.startswith("</") else 1
