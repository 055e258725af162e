"""The parts of a Word document: its XML, what refers to what, and the hash of everything else."""

from __future__ import annotations

import hashlib
import posixpath
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

LARGEST = 500_000_000
"""A document that unpacks to more bytes than this is none of ours."""
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


class Relation(NamedTuple):
    """What a part refers to: a part of the document, or an address outside it."""

    kind: str
    target: str
    is_outside: bool


class Package:
    """All parts of a document by name."""

    def __init__(self, path: Path) -> None:
        with zipfile.ZipFile(path) as archive:
            listed = archive.infolist()
            if sum(entry.file_size for entry in listed) > LARGEST:
                raise ValueError("it unpacks to more than a paper can hold")
            counts = Counter(entry.filename for entry in listed)
            self.twice = sorted(name for name, count in counts.items() if count > 1)
            self.parts = {name: archive.read(name) for name in counts}

    def xml(self, name: str) -> Element | None:
        """A part as XML; None where the document has no such part."""
        content = self.parts.get(name)
        if content is None:
            return None
        if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
            raise ValueError(f"its part {name} declares words of its own, which no Word file does")
        return ElementTree.fromstring(content)

    def relations(self, name: str) -> dict[str, Relation]:
        """What a part refers to, by the name that it uses."""
        folder, file = posixpath.split(name)
        listed = self.xml(posixpath.join(folder, "_rels", f"{file}.rels"))
        found = {}
        for one in () if listed is None else listed.iter(_RELATIONS):
            outside = one.get("TargetMode") == "External"
            target = one.get("Target", "")
            if not outside:
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            kind = one.get("Type", "").rpartition("/")[2]
            found[one.get("Id", "")] = Relation(kind, target, outside)
        return found

    def outside(self) -> Iterator[tuple[str, Relation]]:
        """Every address outside the document, and the part that refers to it."""
        for name in sorted(self.parts):
            folder, file = posixpath.split(name)
            if file.endswith(".rels") and posixpath.basename(folder) == "_rels":
                part = posixpath.join(posixpath.dirname(folder), file.removesuffix(".rels"))
                for relation in self.relations(part).values():
                    if relation.is_outside:
                        yield part, relation

    def digest(self, name: str) -> str:
        """The SHA-256 of a part; of XML in one way of writing it."""
        content = self.parts[name]
        if name.endswith((".xml", ".rels")):
            content = ElementTree.canonicalize(content.decode("utf-8-sig")).encode()
        return hashlib.sha256(content).hexdigest()
