"""Parts of a file that are compared whole: one hash for one content, however it is written."""

from __future__ import annotations

from hashlib import sha256
from xml.etree import ElementTree


def as_written(item: ElementTree.Element) -> str:
    """The SHA-256 of an element in the one form that its content has."""
    text = ElementTree.canonicalize(ElementTree.tostring(item, encoding="unicode"), strip_text=True)
    return sha256(text.encode()).hexdigest()
