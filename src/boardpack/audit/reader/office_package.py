"""The parts of an Office file (workbook, slides), followed as the programs follow them.

What a program shows is found by relationships, never by a part's name. So are the parts here; a
part that no reader has read stays over, and is told of as a file.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import NamedTuple
from urllib.parse import unquote
from xml.etree import ElementTree

from boardpack.audit.reader.passage import Passage

Element = ElementTree.Element
LARGEST = 600_000_000
"""The most bytes that a file may unpack to."""
_CONTENT_TYPES = "[Content_Types].xml"
_PROPERTIES = ("core-properties", "extended-properties", "custom-properties")
_WORDS = (
    *("title", "subject", "creator", "description", "keywords", "category", "contentStatus"),
    *("Manager", "Company", "HyperlinkBase"),
)
_UNREADABLE = (
    *(zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, EOFError),
)
_DANGER = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


class Relation(NamedTuple):
    """Where a part leads: its kind (`worksheet`), and a part's name, or an address outside."""

    identity: str
    kind: str
    target: str
    is_outside: bool


class Package:
    """The parts of a file by name. It notes which have been read."""

    def __init__(self, source: Path | bytes, name: str = "") -> None:
        self.name = name or (source.name if isinstance(source, Path) else "the file")
        try:
            file = io.BytesIO(source) if isinstance(source, bytes) else source
            with zipfile.ZipFile(file) as archive:
                self._parts = dict(_unpacked(archive))
        except _UNREADABLE as error:
            raise ValueError(f"{self.name} cannot be read as an Office file ({error})") from None
        self._by_fold = {name.lower(): name for name in self._parts}
        if len(self._by_fold) < len(self._parts):
            raise ValueError(f"{self.name} has two parts whose names differ in capitals alone")
        self._read = {_CONTENT_TYPES}
        self.types = self._content_types()

    def start(self) -> str:
        """The part that the file begins with."""
        found = [one for one in self.relations("") if one.kind == "officeDocument"]
        if len(found) != 1:
            raise ValueError(f"{self.name} names {len(found)} documents to begin with, not one")
        return found[0].target

    def xml(self, name: str) -> Element:
        """A part as XML, read."""
        content = self.content(name)
        if _DANGER.search(content):
            raise ValueError(f"{name} in {self.name} defines entities, which no such part does")
        try:
            return ElementTree.fromstring(content)
        except ElementTree.ParseError as error:
            raise ValueError(f"{name} in {self.name} is no XML ({error})") from None

    def content(self, name: str) -> bytes:
        """A part as it is, read."""
        found = self._by_fold.get(name.lower())
        if found is None:
            raise ValueError(f"{self.name} lacks its part {name}")
        self._read.add(found)
        return self._parts[found]

    def relations(self, name: str) -> list[Relation]:
        """Where a part leads, in the order of the file; the file itself is the part ``."""
        folder, _, file = name.rpartition("/")
        where = f"{folder}/_rels/{file}.rels".lstrip("/")
        if where.lower() not in self._by_fold:
            return []
        return [_relation(item, folder) for item in self.xml(where)]

    def leading(self, name: str, *kinds: str) -> list[str]:
        """The parts of these kinds that a part leads to."""
        found = self.relations(name)
        return [one.target for one in found if one.kind in kinds and not one.is_outside]

    def by_identity(self, name: str) -> dict[str, Relation]:
        """Where a part leads, by the identity that its XML names."""
        return {one.identity: one for one in self.relations(name)}

    def file(self, where: str, name: str) -> Passage:
        """A part that is not text, as a file in the file."""
        return Passage(where, "file", (name, sha256(self.content(name)).hexdigest()))

    def properties(self) -> Iterator[Passage]:
        """What the file says of itself: its title, its author, what somebody added."""
        for one in self.relations(""):
            if one.kind in _PROPERTIES and not one.is_outside:
                for item in self.xml(one.target).iter():
                    is_word = one.kind == "custom-properties" or local(item.tag) in _WORDS
                    if is_word and (item.text or "").strip():
                        said = item.get("name") or local(item.tag)
                        yield Passage("properties", "aid", (said, str(item.text)))

    def rest(self) -> Iterator[Passage]:
        """The parts that nobody has read, and all that leads out of the file."""
        for name in sorted(self._parts):
            for one in self.relations(_owner(name)) if name.endswith(".rels") else ():
                if one.is_outside and one.kind != "hyperlink":
                    yield Passage(f"part {name}", "look", ("leads outside", one.kind, one.target))
        for name in sorted(set(self._parts) - self._read):
            yield self.file("another part", name)

    def _content_types(self) -> dict[str, str]:
        """What kind of content each part is said to be, which decides how programs take it."""
        root = self.xml(_CONTENT_TYPES)
        found = {item.get("Extension", ""): item.get("ContentType", "") for item in root}
        named = {item.get("PartName", ""): item.get("ContentType", "") for item in root}
        return {
            name: named.get(f"/{name}", found.get(name.rpartition(".")[2], ""))
            for name in self._parts
        }


def all_of(name: str, passages: Iterator[Passage]) -> list[Passage]:
    """The passages of a file; ValueError, in words for people, where it is damaged."""
    try:
        return list(passages)
    except (LookupError, TypeError, AttributeError, ArithmeticError, RecursionError) as error:
        said = f"{name} is damaged, and cannot be read whole ({type(error).__name__})"
        raise ValueError(said) from None


def local(tag: str) -> str:
    """A tag without its namespace."""
    return tag.rpartition("}")[2]


def find(element: Element | None, path: str) -> Element | None:
    """The first element down a path of tags, in whatever namespace."""
    for tag in path.split("/"):
        if element is None:
            return None
        ending = f"}}{tag}"  # looked for by hand: a sheet has tens of thousands of cells
        element = next((child for child in element if child.tag.endswith(ending)), None)
    return element


def every(element: Element | None, tag: str) -> Iterable[Element]:
    """All elements of a tag below this one, in whatever namespace."""
    return () if element is None else element.iterfind(f".//{{*}}{tag}")


def link_of(element: Element, name: str = "id") -> str:
    """The identity of the relation that an element names; empty where it names none."""
    return next((value for key, value in element.items() if key.endswith(f"}}{name}")), "")


def is_yes(text: str | None) -> bool:
    """Whether a flag is up."""
    return text in ("1", "true", "on")


def _unpacked(archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    counted = Counter(item.filename for item in archive.infolist())
    twice = sorted(name for name, times in counted.items() if times > 1)
    if twice:
        raise zipfile.BadZipFile(f"it holds {twice[0]} twice, and programs differ in which counts")
    if sum(item.file_size for item in archive.infolist()) > LARGEST:
        raise zipfile.BadZipFile("it unpacks to more than any paper does")
    for item in archive.infolist():
        if not item.is_dir():
            yield item.filename, archive.read(item)


def _relation(item: Element, folder: str) -> Relation:
    kind = item.get("Type", "").rpartition("/")[2]
    target, is_outside = item.get("Target", ""), item.get("TargetMode") == "External"
    if not is_outside:
        target = _joined(folder, unquote(target.partition("#")[0]))
    return Relation(item.get("Id", ""), kind, target, is_outside)


def _joined(folder: str, target: str) -> str:
    """A part's full name; `..` goes up."""
    whole = PurePosixPath("/") / folder / target
    steps: list[str] = []
    for step in whole.parts[1:]:
        if step == "..":
            del steps[-1:]
        elif step != ".":
            steps.append(step)
    return "/".join(steps)


def _owner(name: str) -> str:
    """The part whose relations these are."""
    folder, _, file = name.rpartition("_rels/")
    return f"{folder}{file.removesuffix('.rels')}"
