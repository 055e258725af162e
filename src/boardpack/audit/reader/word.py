"""A Word document as it is seen: its words in order, tables by rows, and what could hide them.

It is read from the XML alone, so that nothing is taken from what wrote it. The bookmarks and the
part that names the figures are tags of the writer: they are told by their hash, and not believed.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

from boardpack.audit.reader.passage import Kind, Passage
from boardpack.audit.reader.word_package import Package
from boardpack.audit.reader.word_story import Story
from boardpack.audit.reader.word_styles import Styles, W, each

_BODY = "word/document.xml"
_NOTES = {"footnotes": "footnote", "endnotes": "endnote"}
_SAID = frozenset({"title", "subject", "creator", "keywords", "description", "category"})
"""What a document says of itself; dates and who saved it last are left out."""


def read_word(path: Path) -> list[Passage]:
    """All that a Word document shows, says and holds; ValueError where it cannot be read."""
    try:
        return list(_passages(Package(path)))
    except (zipfile.BadZipFile, ParseError, KeyError, ValueError, OSError, RecursionError) as error:
        told = str(error) or type(error).__name__
        raise ValueError(f"{path.name} cannot be read as a Word document: {told}.") from error


def _passages(package: Package) -> Iterator[Passage]:
    body = package.xml(_BODY)
    if body is None:
        raise ValueError("it has no text")
    styles = Styles(package.xml("word/styles.xml"))
    relations = package.relations(_BODY)
    yield from Story(package, styles, relations).read(body)
    told = {_BODY}
    # Headers and footers stand in the order in which the sections name them.
    used = (one.get(_ID, "") for one in each(body, "headerReference", "footerReference"))
    named = dict.fromkeys(relations[one].target for one in used if one in relations)
    for number, name in enumerate(named, start=1):
        part = package.xml(name)
        if part is not None:
            told.add(name)
            where = f"header or footer {number}"
            yield from Story(package, styles, package.relations(name), where).read(part)
    for notes, kind in _NOTES.items():
        name = f"word/{notes}.xml"
        for note in _notes(package.xml(name), kind):
            told.add(name)
            where = f"{kind} {note.get(f'{W}id')}"
            yield from Story(package, styles, package.relations(name), where).read(note)
    for note in _notes(package.xml("word/comments.xml"), "comment"):
        words = "".join(part.text or "" for part in note.iter(f"{W}t"))
        yield Passage("comments", "look", ("comment", words))
    yield from _others(package, told)


_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def _notes(part: Element | None, kind: str) -> Iterator[Element]:
    if part is not None:
        yield from part.iter(f"{W}{kind}")


def _others(package: Package, told: set[str]) -> Iterator[Passage]:
    """Every part that is not read as text, by its hash; and addresses outside."""
    for name in package.twice:
        yield Passage("the document", "look", ("a part that is there twice", name))
    for part, relation in package.outside():
        yield Passage(part, "look", (f"{relation.kind} outside the document", relation.target))
    core = package.xml("docProps/core.xml")
    for said in () if core is None else core:
        if said.tag.rpartition("}")[2] in _SAID and said.text:
            yield Passage("the document", "aid", (said.text,))
    for name in sorted(set(package.parts) - told - {"docProps/core.xml"}):
        # Pictures are told where they stand; their names are numbers.
        if not name.startswith("word/media/"):
            kind: Kind = "look" if name.endswith((".xml", ".rels")) else "file"
            yield Passage("the document", kind, (name, package.digest(name)))
