"""What can hide, move or rewrite a page: styles, scripts, addresses elsewhere, hidden parts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from hashlib import sha256
from math import floor
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml.etree import _Element

from boardpack.audit.reader.words import plain

HIDING = frozenset("d-none invisible sr-only visually-hidden-focusable collapse hidden".split())
"""Classes with which the book's own style sheets hide what has them."""
LOADING = frozenset("iframe object embed applet template slot canvas video audio img".split())
"""Elements that show what is not words of the page."""
SHAPES = frozenset("svg g path line rect text tspan defs".split())
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0(?![.\d]*[1-9])|"
    r"font-size\s*:\s*0|clip(?:-path)?\s*:|text-indent\s*:\s*-|content-visibility\s*:\s*hidden",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(r"\s*(?:[a-z][a-z0-9+.-]*:|//|\\\\)", re.IGNORECASE)
_ADDRESSES = ("href", "src", "action", "formaction", "data", "srcset", "poster", "xlink:href")
_GIVEN = re.compile(r"\?(?:v|digest)=[0-9a-f]+")
_PICTURE = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
_PLACE = re.compile(r"-?\d+(?:\.\d+)?(?:e-?\d+)?")
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}|Source Sans 3|https?://[^\"]+")


def is_element(node: _Element) -> bool:
    """Whether it is an element, and no comment or instruction."""
    return isinstance(node.tag, str)


def looks_of(node: _Element) -> Iterator[tuple[str, str]]:
    """What an element has that can hide or rewrite: its style, its events, an address elsewhere.

    A comment is told too: what it keeps away from one reader another may show.
    """
    if not is_element(node):
        yield "comment", plain(node.text or "")
        return
    for name, value in node.attrib.items():
        name, value = str(name), str(value)
        if name == "style":
            yield f"inline style of {node.tag}", plain(value)
        elif name.startswith("on"):
            yield f"event {name} of {node.tag}", plain(value)
        elif name in _ADDRESSES and _ELSEWHERE.match(value) and "xmlns" not in name:
            yield f"address of {node.tag}", plain(value)
        elif name == "http-equiv":
            yield "instruction to the browser", plain(f"{value} {node.get('content') or ''}")
    if node.tag in LOADING:
        yield "embedded", str(node.tag)
    if node.tag == "base":
        yield "address of base", plain(node.get("href") or "")


def hidden_by(element: _Element) -> str:
    """What keeps an element from being seen; empty where nothing of its own does."""
    given = element.attrib
    if "hidden" in given:
        return "hidden"
    if element.tag == "dialog" and "open" not in given:
        return "a dialog that is not open"
    if "style" in given and _HIDDEN.search(str(given["style"])):
        return plain(str(given["style"]))
    return " ".join(sorted(HIDING.intersection(classes_of(element))))


def classes_of(element: _Element) -> list[str]:
    """The classes of an element, by which style sheets find it."""
    return str(element.get("class") or "").split()


def picture_looks(svg: _Element) -> Iterator[tuple[str, ...]]:
    """What within a drawn picture can hide or rewrite it, or is no shape and no word."""
    for part in svg.iter():
        yield from looks_of(part)
        if not is_element(part):
            continue
        if part.tag not in SHAPES:
            yield "embedded", f"{part.tag} in a picture"
        for name in ("opacity", "fill-opacity", "stroke-opacity", "visibility", "display", "mask"):
            value = part.get(name)
            if value is not None and value != "1" and not _is_empty_foreground(part, name):
                yield "hidden in a picture", f"{name} {value}", plain("".join(part.itertext()))


def _is_empty_foreground(part: _Element, name: str) -> bool:
    """A path without a course, which is drawn before anything is."""
    return name == "display" and part.tag == "path" and not part.get("d")


def written_files(part: _Element, page: Path) -> Iterator[tuple[str, str, str]]:
    """The style sheets and scripts that the head or the body of a page asks for, by their hash."""
    for element in part.iter("link", "script"):
        address = element.get("src") if element.tag == "script" else element.get("href")
        rel = str(element.get("rel") or "").lower().split()
        is_style = element.tag == "link" and ("stylesheet" in rel or "preload" in rel)
        if address and (element.tag == "script" or is_style):
            kind = "script" if element.tag == "script" else f"style sheet ({' '.join(rel)})"
            yield kind, urlsplit(address).path, _seal_of(address, page)


def _seal_of(address: str, page: Path) -> str:
    """The SHA-256 of a file that a page asks for; that it stands elsewhere or is missing."""
    if _ELSEWHERE.match(address):
        return "elsewhere"
    file = page.parent / unquote(urlsplit(address).path)
    try:
        stat = file.stat()
        return _sealed(file, stat.st_mtime_ns, stat.st_size)
    except (OSError, ValueError):
        return "missing"


@lru_cache(maxsize=256)
def _sealed(file: Path, changed: int, size: int) -> str:
    return sha256(file.read_bytes()).hexdigest()


def source_seal(text: str) -> str:
    """The SHA-256 of all that a page is written in, so that nothing in it can change unnoticed.

    Left out are how many spaces part two words, what files are asked for by beside their names,
    and places in pictures below a tenth of a point, which may differ between machines.
    """
    given = _GIVEN.sub("", text)
    drawn = _PICTURE.sub(lambda found: _coarse(found[0]), given)
    return sha256(" ".join(drawn.split()).encode()).hexdigest()


def _coarse(svg: str) -> str:
    """A picture with its places to a tenth of a point.

    They are shifted before they are cut, as places such as 45.5 are common and must not tip over.
    """
    parts = re.split(rf"({_COLOUR.pattern})", svg)
    cut = [
        part
        if place % 2
        else _PLACE.sub(lambda found: str(floor(float(found[0]) * 10 + 0.37)), part)
        for place, part in enumerate(parts)
    ]
    return "".join(cut)
