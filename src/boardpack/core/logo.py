"""A body's logo: a picture of its home, held to what every output shows alike and can do no harm.

`design:` in `params/report.yml` names it. A page carries it whole, a document as dots, so it is
small in bytes, stands still, asks for nothing elsewhere, and has words for those who cannot see it.
"""

from __future__ import annotations

import os
import re
import struct
from base64 import b64encode
from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Annotated, Literal
from xml.etree import ElementTree

from pydantic import AfterValidator, Field

from boardpack.core.errors import Fault, InputFaults
from boardpack.core.parameter_files import Strict, Words
from boardpack.core.seen import unseen

MOST_BYTES = 100_000
"""Every page of the book carries the whole file."""
MOST_DOTS = 2_000
"""The longest side of a logo, in dots or in the units of its view box."""
LONGEST = 150
"""As many letters of words are read aloud in place of a logo."""
_PLAIN = 'Save it as "plain SVG", or as a PNG.'
_SVG = "{http://www.w3.org/2000/svg}"
_DRAWS = frozenset(
    "svg g defs symbol use title desc metadata style path rect circle ellipse line polyline polygon"
    " linearGradient radialGradient stop clipPath mask".split()
)
"""The elements of a still drawing that needs nothing beside it; letters are drawn as paths."""
_ASKS = re.compile(r"url\((?!\s*[\"']?#)|@import|javascript:|expression\(|\\", re.IGNORECASE)
_MOVES = re.compile(r"animation|@keyframes|transition", re.IGNORECASE)


def _in_params(said: str) -> str:
    if not re.fullmatch(r"params/[^/\\.][^/\\]*\.(?:png|svg)", said):
        raise ValueError('a picture in the folder params itself: "params/logo.svg", or a .png')
    return said


def _one_line(said: str) -> str:
    if len(said) > LONGEST or said != " ".join(said.split()):
        raise ValueError(f"words on one line, {LONGEST} letters at most")
    return said


class OwnLogo(Strict):
    """What a home says of its logo: the file, and the words for those who cannot see it."""

    file: Annotated[str, AfterValidator(_in_params)]
    says: Annotated[Words, AfterValidator(_one_line)]


class Logo(Strict):
    """A logo as it is drawn: its file in base64, its words, its sides in dots or drawn units."""

    media: Literal["image/png", "image/svg+xml"]
    data: str = Field(repr=False)
    says: str
    across: float
    down: float

    @property
    def on_paper(self) -> tuple[float, float]:
        """Its width and height in points, as large as the room above page 1 lets it be."""
        return self.within(180, 30)

    def within(self, widest: float, highest: float) -> tuple[float, float]:
        """Its width and height where it fills this room as far as its shape lets it."""
        scale = min(widest / self.across, highest / self.down)
        return self.across * scale, self.down * scale

    @property
    def address(self) -> str:
        """How a page names it, which holds all of it."""
        return f"data:{self.media};base64,{self.data}"


def read_logo(home: Path, own: OwnLogo, report: str) -> Logo:
    """The logo that a home's report names; InputFaults where it cannot be shown."""
    faults = list(logo_faults(home, own, report))
    if faults:
        raise InputFaults(faults)
    with unseen():  # no chapter shows it, so none is run again for another
        content = (home / own.file).read_bytes()
    is_png = own.file.endswith(".png")
    across, down = _dots(content) if is_png else _view_box(ElementTree.fromstring(content))
    return Logo(
        media="image/png" if is_png else "image/svg+xml",
        data=b64encode(content).decode("ascii"),
        says=own.says,
        across=across,
        down=down,
    )


def logo_faults(home: Path, own: OwnLogo | None, report: str) -> Iterator[Fault]:
    """Why a logo cannot be shown: one fault, the first that is found."""
    if own is None:
        return
    for expected, remedy in _wrong(home, own.file):
        yield Fault(report, expected, remedy, None, "design.logo.file", own.file)


def _wrong(home: Path, name: str) -> Iterator[tuple[str, str]]:
    path = home / name
    if not Path(os.path.realpath(path)).is_relative_to(home.resolve()):
        yield "a file of this home; it is a link to one elsewhere", "Put a copy in its place."
    elif not path.is_file():
        yield "a file that is there", "Put it there, or take the logo out."
    elif (size := path.stat().st_size) > MOST_BYTES:
        most = f"at most {MOST_BYTES:,} bytes, as every page carries it; this has {size:,}"
        yield most, "Save it smaller, or draw it simpler."
    else:
        with unseen():
            content = path.read_bytes()
        found = _png_fault(content) if name.endswith(".png") else _svg_fault(content)
        yield from [found] if found else []


def _dots(png: bytes) -> tuple[int, int]:
    """How many dots a PNG says it is wide and high; none where it is no PNG."""
    if not png.startswith(b"\x89PNG\r\n\x1a\n") or len(png) < 24:
        return 0, 0
    across, down = struct.unpack(">II", png[16:24])
    return across, down


@lru_cache(maxsize=4)
def _png_fault(content: bytes) -> tuple[str, str] | None:
    across, down = _dots(content)
    if max(across, down) > MOST_DOTS:
        most = f"at most {MOST_DOTS:,} dots a side; this is {across:,} by {down:,}"
        return most, "Save it smaller."
    from PIL import Image  # here, because most homes have no logo

    try:
        with Image.open(BytesIO(content), formats=["PNG"]) as read:
            read.verify()  # that all of it is there; then it has to be opened anew
        with Image.open(BytesIO(content), formats=["PNG"]) as read:
            read.load()
            is_still = getattr(read, "n_frames", 1) == 1
    except (OSError, SyntaxError, ValueError):
        return "a whole PNG picture, as its name says", "Save it again as a PNG."
    return None if is_still else ("a picture that stands still", "Save one picture of it.")


@lru_cache(maxsize=4)
def _svg_fault(content: bytes) -> tuple[str, str] | None:
    try:
        text = content.decode("utf-8-sig")
        if told := re.search(r"<!DOCTYPE|<!ENTITY|<\?(?!xml\s)", text, re.IGNORECASE):
            return f"an SVG picture without {told[0]}", _PLAIN
        root = ElementTree.fromstring(text)
    except (UnicodeDecodeError, ElementTree.ParseError):
        return "a whole SVG picture, as its name says", f"Save it again. {_PLAIN}"
    if root.tag != f"{_SVG}svg":
        return "a whole SVG picture, as its name says", f"Save it again. {_PLAIN}"
    for element in root.iter():
        if found := _part_fault(element):
            return found
    across, down = _view_box(root)
    if not (0 < across <= MOST_DOTS and 0 < down <= MOST_DOTS):
        size = f"a viewBox of at most {MOST_DOTS:,} units a side, which says how large it is drawn"
        return size, 'Write it: viewBox="0 0 300 100".'
    return None


def _part_fault(element: ElementTree.Element) -> tuple[str, str] | None:
    """What an element of an SVG has that moves, acts, asks for something, or differs elsewhere."""
    name = element.tag.removeprefix(_SVG)
    if name in ("text", "tspan", "textPath"):
        said = "letters as outlines: each machine would draw them in a typeface of its own"
        return said, "Turn text into paths where the logo is drawn."
    if name not in _DRAWS and not _is_of_the_tool(element.tag):
        return f"a still drawing; it has the element {name.rpartition('}')[2]}", _PLAIN
    for attribute, value in element.attrib.items():
        bare = attribute.rpartition("}")[2]
        if bare.lower().startswith("on"):
            return f"a drawing that does nothing; it has {bare}", _PLAIN
        if (bare in ("href", "src") and not value.startswith("#")) or _ASKS.search(value):
            return (
                f"a drawing that asks for nothing elsewhere; it has {bare}={value[:40]!r}",
                _PLAIN,
            )
    styles = f"{element.get('style', '')} {(element.text or '') if name == 'style' else ''}"
    if _ASKS.search(styles):
        return "a drawing that asks for nothing elsewhere; its styles do", _PLAIN
    return ("a still drawing; its styles move it", _PLAIN) if _MOVES.search(styles) else None


def _is_of_the_tool(tag: str) -> bool:
    """Whether it is a note of a drawing program to itself, which no browser shows."""
    space = tag.partition("}")[0]
    return any(
        told in space for told in ("inkscape", "sodipodi", "rdf", "purl.org", "creativecommons")
    )


def _view_box(root: ElementTree.Element) -> tuple[float, float]:
    """The sides of what an SVG shows; none where it does not say."""
    parts = re.split(r"[\s,]+", root.get("viewBox", "").strip())
    try:
        _, _, across, down = map(float, parts)
    except ValueError:
        return 0.0, 0.0
    return across, down
