"""What stands around the chapters of a Word paper: the band, the contents, headers and footers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE

from boardpack.core.design import design
from boardpack.outputs.drawn_logo import logo_dots
from boardpack.outputs.pdf.typst_document import PdfMeta
from boardpack.outputs.prose import bare_text
from boardpack.outputs.word.chapter import Entry, Section, picture_word
from boardpack.outputs.word.pages import BOTTOM, LONG, SHORT, SIDE, TOP
from boardpack.outputs.word.paper import WordPaper
from boardpack.outputs.word.run import Look, paragraph, run

LISTED = 2
"""Headings down to this level stand in the contents."""
_MAIN = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def cover_band(paper: WordPaper, meta: PdfMeta) -> str:
    """The band at the top of page 1: what the paper is, for whom, and when."""
    where = " · ".join((*meta.names, meta.date))
    logo, dots = design().logo, logo_dots()
    return "".join(
        (
            picture_word(paper, dots, logo.says, "Logo") if logo and dots else "",
            paragraph(paper, "Title", run(paper, meta.title)),
            paragraph(paper, "Subtitle", run(paper, meta.subtitle)),
            paragraph(paper, "Cover line", run(paper, where)),
        )
    )


def contents(paper: WordPaper, entries: Iterable[Entry]) -> str:
    """The contents as a field of Word, filled in with the headings as links.

    The pages are fields too: what is reckoned of them (see `pages`) stands in them until Word or
    LibreOffice brings fields up to date.
    """
    listed = [entry for entry in entries if entry.level <= LISTED]
    lines = [_entry(paper, entry, at, len(listed)) for at, entry in enumerate(listed)]
    head = paragraph(paper, "Contents heading", run(paper, "Contents"))
    kind = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/>'
    return (
        f"<w:sdt><w:sdtPr>{kind}</w:docPartObj></w:sdtPr>"
        f"<w:sdtContent>{head}{''.join(lines)}</w:sdtContent></w:sdt>"
    )


def _entry(paper: WordPaper, entry: Entry, at: int, count: int) -> str:
    begin = _begin(f'TOC \\o "1-{LISTED}" \\h \\z \\u') if at == 0 else ""
    page = _field(f"PAGEREF {entry.bookmark} \\h", "")
    words = f"{run(paper, bare_text(entry.text))}<w:r><w:tab/></w:r>{page}"
    link = f'<w:hyperlink w:anchor="{entry.bookmark}" w:history="1">{words}</w:hyperlink>'
    end = _mark("end") if at == count - 1 else ""
    return paragraph(paper, f"toc {entry.level}", f"{begin}{link}{end}")


def page_frames(paper: WordPaper, meta: PdfMeta, sections: Sequence[Section]) -> str:
    """The sections with their pages: upright or on their side, each with header and footer."""
    frames = {landscape: _frame(paper, meta, landscape) for landscape in (False, True)}
    opening = {"header": _part(paper, "header-first", first_header(paper, meta))}
    runs = [
        (landscape, "".join(section.xml for section in found))
        for landscape, found in groupby(sections, key=lambda section: section.landscape)
    ]
    drawn: list[str] = []
    for place, (landscape, xml) in enumerate(runs):
        frame = _references("default", frames[landscape])
        if place == 0:
            frame += _references("first", frames[landscape] | opening)
        page = _page(frame, landscape, place == 0)
        drawn.append(xml + (page if place == len(runs) - 1 else _section_end(page)))
    return "".join(drawn)


def first_header(paper: WordPaper, meta: PdfMeta) -> str:
    """The header of page 1, whose band says the rest: the mark alone."""
    return paragraph(paper, "header", run(paper, meta.mark, Look("Mark")), '<w:jc w:val="right"/>')


def _frame(paper: WordPaper, meta: PdfMeta, landscape: bool) -> dict[str, str]:
    """The header and the footer of pages that lie this way, by their relationship ids."""
    name = "landscape" if landscape else "portrait"
    tab = f'<w:tabs><w:tab w:val="right" w:pos="{_across(landscape)}"/></w:tabs>'
    mark = run(paper, f"   {meta.mark}" if meta.mark else "", Look("Mark"))
    said = f"{run(paper, meta.organisation)}<w:r><w:tab/></w:r>{run(paper, meta.title)}{mark}"
    page, last = _field("PAGE", "1"), _field("NUMPAGES", "1")
    pages = f"{run(paper, 'Page ')}{page}{run(paper, ' of ')}{last}"
    below = f"{run(paper, meta.place)}<w:r><w:tab/></w:r>{pages}"
    return {
        "header": _part(paper, f"header-{name}", paragraph(paper, "header", said, tab)),
        "footer": _part(paper, f"footer-{name}", paragraph(paper, "footer", below, tab)),
    }


def _part(paper: WordPaper, name: str, words: str) -> str:
    tag, kind, relation = _PARTS[name.partition("-")[0]]
    return paper.part(name, f"<w:{tag} {_MAIN}>{words}</w:{tag}>", kind, relation)


_PARTS = {
    "header": ("hdr", CONTENT_TYPE.WML_HEADER, RELATIONSHIP_TYPE.HEADER),
    "footer": ("ftr", CONTENT_TYPE.WML_FOOTER, RELATIONSHIP_TYPE.FOOTER),
}


def _references(pages: str, frame: Mapping[str, str]) -> str:
    return "".join(
        f'<w:{part}Reference w:type="{pages}" r:id="{relation}"/>'
        for part, relation in frame.items()
    )


def _page(references: str, landscape: bool, is_first: bool) -> str:
    wide, high = (LONG, SHORT) if landscape else (SHORT, LONG)
    way = ' w:orient="landscape"' if landscape else ""
    margins = f'w:top="{TOP}" w:right="{SIDE}" w:bottom="{BOTTOM}" w:left="{SIDE}"'
    return (
        f'<w:sectPr>{references}<w:type w:val="nextPage"/><w:pgSz w:w="{wide}" w:h="{high}"{way}/>'
        f'<w:pgMar {margins} w:header="454" w:footer="397" w:gutter="0"/>'
        f"{'<w:titlePg/>' if is_first else ''}</w:sectPr>"
    )


def _section_end(page: str) -> str:
    """The paragraph that ends a section; it takes no room of its own."""
    space = '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
    return f'<w:p><w:pPr>{space}<w:rPr><w:sz w:val="2"/></w:rPr>{page}</w:pPr></w:p>'


def _across(landscape: bool) -> int:
    return (LONG if landscape else SHORT) - 2 * SIDE


def _field(instruction: str, shown: str) -> str:
    return f"{_begin(instruction)}<w:r><w:t>{shown}</w:t></w:r>{_mark('end')}"


def _begin(instruction: str) -> str:
    said = f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
    return f"{_mark('begin')}{said}{_mark('separate')}"


def _mark(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'
