"""The finished deck as bytes that repeat, in the design sheet's colours and in British English."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

from lxml import etree
from pptx.oxml.ns import qn

from boardpack.core.design import design
from boardpack.outputs.slides.text import FAMILY
from boardpack.outputs.zip_bytes import zip_bytes

LANGUAGE = "en-GB"
_LEFTOVERS = re.compile(r"docProps/thumbnail\.jpeg|ppt/printerSettings/.+")
"""What the library's own template brings along: a picture and a printer's settings."""
_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
_APP = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    f'<Properties xmlns="{_PROPERTIES}"><Application>boardpack</Application></Properties>'
)
_FOREIGN = re.compile(rb'lang="en-US"')
_SPOKEN = re.compile(r"ppt/(slides|notesSlides|charts)/[^/]+\.xml")


def file_bytes(presentation: Any) -> bytes:
    """The file of a presentation: the same content gives the same bytes."""
    target = io.BytesIO()
    presentation.save(target)
    with zipfile.ZipFile(target) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    kept = {n: data for n, data in parts.items() if not _LEFTOVERS.fullmatch(n)}
    return zip_bytes({name: _finished(name, data) for name, data in kept.items()})


def _finished(name: str, data: bytes) -> bytes:
    if name == "docProps/app.xml":
        return _APP.encode()
    if name in ("_rels/.rels", "ppt/_rels/presentation.xml.rels"):
        return _without_leftovers(data)
    if name.startswith("ppt/theme/"):
        return _themed(data)
    if name.endswith(".xml"):
        said = _FOREIGN.sub(f'lang="{LANGUAGE}"'.encode(), data)
        return _spoken(said) if _SPOKEN.fullmatch(name) else said
    return data


def _spoken(data: bytes) -> bytes:
    """Every run of text says its language, so that a screen reader pronounces it."""
    root = etree.fromstring(data)
    for run in root.iter(qn("a:r"), qn("a:fld")):
        properties = run.find(qn("a:rPr"))
        if properties is None:
            properties = etree.Element(qn("a:rPr"))
            run.insert(0, properties)
        properties.set("lang", LANGUAGE)
    return _written(root)


def _theme() -> dict[str, str]:
    """The sheet's colours by the names of a theme."""
    paint = design().colours
    accents = (*design().series, paint.blue, paint.green)
    return {
        "dk1": paint.ink,
        "lt1": paint.white,
        "dk2": paint.dark_blue,
        "lt2": paint.pale,
        **{f"accent{n}": value for n, value in enumerate(accents, start=1)},
        "hlink": paint.blue,
        "folHlink": paint.quiet,
    }


def _themed(data: bytes) -> bytes:
    """The theme in the design sheet's colours and typeface, for what a presenter adds."""
    root = etree.fromstring(data)
    for name, value in _theme().items():
        for slot in root.iter(qn(f"a:{name}")):
            for child in list(slot):
                slot.remove(child)
            etree.SubElement(slot, qn("a:srgbClr"), val=value.lstrip("#").upper())
    for kind in ("a:majorFont", "a:minorFont"):
        for fonts in root.iter(qn(kind)):
            latin = fonts.find(qn("a:latin"))
            if latin is not None:
                latin.set("typeface", FAMILY)
    return _written(root)


def _without_leftovers(data: bytes) -> bytes:
    root = etree.fromstring(data)
    for relation in list(root):
        target = str(relation.get("Target", ""))
        if _LEFTOVERS.fullmatch(target) or _LEFTOVERS.fullmatch(f"ppt/{target}"):
            root.remove(relation)
    return _written(root)


def _written(root: Any) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
