"""The reference document: whose styles the Word paper wears.

An organisation may have its own, `params/word-reference.docx`: any Word document in its style. Only
styles, theme, fonts and numbering are taken from it; what is written in it is not, nor anything
that it would fetch. A style that it lacks is taken from the product's own, which is made from the
design sheet.
"""

from __future__ import annotations

import io
import zipfile
from copy import deepcopy
from functools import cache
from pathlib import Path

import docx
from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.exceptions import PackageNotFoundError
from docx.opc.packuri import PackURI
from docx.opc.part import Part, XmlPart
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from lxml.etree import XMLSyntaxError

from boardpack.core.design import Design, design
from boardpack.core.errors import Fault, InputFaults
from boardpack.core.home import CHECKOUT
from boardpack.outputs.word.pages import BODY
from boardpack.outputs.zip_bytes import zip_bytes

TEMPLATES = CHECKOUT / "templates" / "word"
KEPT = {
    RELATIONSHIP_TYPE.STYLES,
    RELATIONSHIP_TYPE.THEME,
    RELATIONSHIP_TYPE.FONT_TABLE,
    RELATIONSHIP_TYPE.NUMBERING,
}
LOOKS_LARGER = 0.5
"""By so many points Arial looks larger than the paper's own typeface: text, and twice in tables."""
HEADINGS = (
    (1, 17.0, "dark_blue"),
    (2, 13.0, "dark_blue"),
    (3, 10.5, "blue"),
    (4, 9.0, "ink"),
    (5, 9.0, "ink"),
)
_BUILT_IN = frozenset(
    {
        *("Body Text", "Title", "Subtitle", "Quote", "List Bullet", "List Number"),
        *("Strong", "Emphasis", "Hyperlink", "caption", "header", "footer", "toc 1", "toc 2"),
        *(f"heading {level}" for level, _, _ in HEADINGS),
    }
)
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_POINTERS = ("basedOn", "next", "link")


def reference_document(file: Path | None = None) -> Document:
    """An empty document in the styles of `file`, or in the product's own."""
    own = _opened(io.BytesIO(reference_docx(design())))
    if file is None:
        return own
    try:
        theirs = _opened(io.BytesIO(file.read_bytes()))
    except (PackageNotFoundError, KeyError, ValueError, XMLSyntaxError, zipfile.BadZipFile) as why:
        wrong = Fault(
            file=f"params/{file.name}",
            expected="a Word document (.docx)",
            remedy="Save it as one, or take it away to have the styles of boardpack.",
        )
        raise InputFaults([wrong]) from why
    _stripped(theirs)
    _add_styles(theirs, own)
    return theirs


@cache
def reference_docx(sheet: Design) -> bytes:
    """The product's own reference document: styles from the design sheet, and no words."""
    styles = _templates().get_template("styles.xml.j2")
    across = round(BODY.width * 20)
    drawn = styles.render(
        c=sheet.colours,
        t=sheet.type,
        size=sheet.type.print - LOOKS_LARGER,
        large=sheet.type.print - 2 * LOOKS_LARGER,
        font=word_font(sheet),
        headings=HEADINGS,
        across=across,
        builtin=_BUILT_IN.__contains__,
    )
    parts = {
        "styles": drawn.encode(),
        "numbering": (TEMPLATES / "numbering.xml").read_bytes(),
        "settings": (TEMPLATES / "settings.xml").read_bytes(),
    }
    document = f'<w:document xmlns:w="{_MAIN}"><w:body><w:p/></w:body></w:document>'
    return zip_bytes(
        {
            "[Content_Types].xml": _content_types(parts),
            "_rels/.rels": _links({"word/document": RELATIONSHIP_TYPE.OFFICE_DOCUMENT}),
            "word/document.xml": document.encode(),
            "word/_rels/document.xml.rels": _links(
                {name: f"{_relations()}/{name}" for name in parts}
            ),
            **{f"word/{name}.xml": content for name, content in parts.items()},
        }
    )


def word_font(sheet: Design) -> str:
    """The typeface of office documents: the sheet's fallback, which every machine has."""
    return sheet.type.fallback.split(",")[0].strip()


def style_ids(document: Document) -> dict[str, str]:
    """The id of every style by its name; Word writes the names of its own styles in English."""
    found = document.styles.element.iterchildren(qn("w:style"))
    return {_name(style): str(style.get(qn("w:styleId"))) for style in found}


def _opened(content: io.BytesIO) -> Document:
    return docx.Document(content)


def _stripped(document: Document) -> None:
    """Leaves no words, pictures, settings or outside links of the document in its package."""
    for links in (document.part.rels, document.part.package.rels):
        wanted = {*KEPT, RELATIONSHIP_TYPE.OFFICE_DOCUMENT}
        for key in [key for key, link in links.items() if link.reltype not in wanted]:
            del links[key]
    own = _opened(io.BytesIO(reference_docx(design())))
    lacking = {RELATIONSHIP_TYPE.SETTINGS: "settings", RELATIONSHIP_TYPE.NUMBERING: "numbering"}
    present = {link.reltype for link in document.part.rels.values()}
    for kind, name in lacking.items():
        if kind not in present:
            document.part.relate_to(_copied(own.part.part_related_by(kind), name, document), kind)


def _copied(part: Part, name: str, document: Document) -> Part:
    package = document.part.package
    place = PackURI(f"/word/boardpack-{name}.xml")
    return XmlPart(place, part.content_type, parse_xml(part.blob), package)


def _add_styles(theirs: Document, own: Document) -> None:
    """Adds the styles that are lacking, pointing to those that they are based on by name."""
    known, names = style_ids(theirs), {i: name for name, i in style_ids(own).items()}
    lacking = [s for s in own.styles.element.iterchildren(qn("w:style")) if _name(s) not in known]
    taken = set(known.values())
    for style in lacking:
        wanted = str(style.get(qn("w:styleId")))
        known[_name(style)] = wanted if wanted not in taken else f"Board{wanted}"
    for style in map(deepcopy, lacking):
        style.set(qn("w:styleId"), known[_name(style)])
        style.attrib.pop(qn("w:default"), None)
        for pointer in style.iterchildren(*(qn(f"w:{tag}") for tag in _POINTERS)):
            pointer.set(qn("w:val"), known[names[str(pointer.get(qn("w:val")))]])
        theirs.styles.element.append(style)


def _name(style: object) -> str:
    found = style.find(qn("w:name"))  # type: ignore[attr-defined]
    name = "" if found is None else str(found.get(qn("w:val")))
    return name.lower() if name.lower() in _LOWER else name


_LOWER = frozenset(name for name in _BUILT_IN if name.islower())


def _relations() -> str:
    return RELATIONSHIP_TYPE.STYLES.rsplit("/", 1)[0]


def _links(targets: dict[str, str]) -> bytes:
    said = "".join(
        f'<Relationship Id="rId{n}" Type="{kind}" Target="{target}.xml"/>'
        for n, (target, kind) in enumerate(targets.items(), start=1)
    )
    return f'<Relationships xmlns="{_LINKS}">{said}</Relationships>'.encode()


def _content_types(parts: dict[str, bytes]) -> bytes:
    kinds = {
        "document": CONTENT_TYPE.WML_DOCUMENT_MAIN,
        "styles": CONTENT_TYPE.WML_STYLES,
        "numbering": CONTENT_TYPE.WML_NUMBERING,
        "settings": CONTENT_TYPE.WML_SETTINGS,
    }
    said = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{kinds[name]}"/>'
        for name in ("document", *parts)
    )
    usual = "".join(
        f'<Default Extension="{end}" ContentType="{kind}"/>'
        for end, kind in (("rels", CONTENT_TYPE.OPC_RELATIONSHIPS), ("xml", CONTENT_TYPE.XML))
    )
    return f'<Types xmlns="{_TYPES}">{usual}{said}</Types>'.encode()


def _templates() -> Environment:
    found = Environment(
        loader=FileSystemLoader(TEMPLATES), undefined=StrictUndefined, autoescape=False
    )
    found.filters["hex"] = lambda colour: colour.removeprefix("#")
    return found
