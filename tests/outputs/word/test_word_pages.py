"""Pages of a Word paper as they are reckoned, and what is arranged by them."""

from __future__ import annotations

import io
import re
import subprocess
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from required import required_tool

from boardpack.document.blocks import Column, Narrative, Row, Table
from boardpack.document.content import Chapter, Heading, Part
from boardpack.outputs.reading_order import COVER_SHEET
from boardpack.outputs.word.document import word_bytes
from boardpack.outputs.word.pages import reckoned
from small_word import META

SAID = "The overspend grew by a little more than was planned for the year so far. " * 4


def words(name: str, count: int) -> list[Narrative]:
    return [Narrative(f"{name}{n}", f"{n}. {SAID}") for n in range(count)]


def table(name: str, rows: int) -> Table:
    lines = tuple(Row((f"Line {n}", SAID)) for n in range(rows))
    return Table(name, f"Table {name}", (Column("Line", "left"), Column("Words", "left")), lines)


def paper(summary: int, appendix: int, after: int = 0) -> bytes:
    """A summary before its cover sheet, a chapter, and an appendix."""
    board = (
        Chapter(
            "01_summary",
            "Summary",
            (Heading(1, "Summary"), *words("s", summary), Heading(2, COVER_SHEET), table("c", 2)),
        ),
        Chapter("02_rest", "Rest", (Heading(1, "Rest"), *words("r", after))),
    )
    more = Chapter("10_more", "More", (Heading(1, "More"), *words("m", appendix), table("t", 40)))
    end = Chapter("11_end", "End", (Heading(1, "End"), *words("e", 1)))
    parts = [Part("Board paper", board), Part("Appendix", (more, end))]
    return word_bytes(parts, META, {})


def opened(content: bytes) -> Any:
    return docx.Document(io.BytesIO(content))


def listed(document: Any) -> dict[str, int]:
    """The contents: each heading with its page."""
    lines = (p.text for p in document.element.body.iter(qn("w:p")) if "PAGEREF" in _xml(p))
    texts = (re.fullmatch(r"(.+?)\t?(\d+)", line) for line in lines)
    return {found[1]: int(found[2]) for found in texts if found}


def _xml(paragraph: Any) -> str:
    return "".join(one.text or "" for one in paragraph.iter(qn("w:instrText")))


def breaks(document: Any) -> list[str]:
    found = document.element.body.iter(qn("w:pageBreakBefore"))
    return [one.getparent().getparent().text for one in found]


def test_the_contents_have_the_pages_that_a_program_lays_out(tmp_path: Path) -> None:
    """Near enough: a page more or less where a document is long."""
    office, text = required_tool("libreoffice"), required_tool("pdftotext")
    file = tmp_path / "paper.docx"
    file.write_bytes(paper(4, 30, 12))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(file)], check=True, capture_output=True, timeout=280)
    shown = subprocess.run(
        [text, "-layout", str(tmp_path / "paper.pdf"), "-"],
        check=True,
        capture_output=True,
        text=True,
    )
    pages = shown.stdout.split("\f")
    told = listed(opened(file.read_bytes()))
    assert set(told) == {"Board paper", "Summary", "Rest", "Appendix", "More", "End"}
    for heading, page in told.items():
        near = "\n".join(pages[max(page - 2, 0) : page + 1])
        assert re.search(rf"^\s*{heading}$", near, re.MULTILINE), (heading, page)


@pytest.mark.parametrize(("summary", "is_closer"), [(4, False), (18, True)])
def test_a_summary_is_set_closer_until_it_has_page_1(summary: int, is_closer: bool) -> None:
    document = opened(paper(summary, 2))
    assert breaks(document)[0] == COVER_SHEET
    first = document.element.body.findall(qn("w:p"))[4]
    assert (first.find(qn("w:pPr")).find(qn("w:spacing")) is not None) is is_closer
    pages = reckoned(document.element.body, document.styles.element)
    cover = next(p for p in document.element.body.iter(qn("w:p")) if p.text == COVER_SHEET)
    (name,) = (b.get(qn("w:name")) for b in cover.iter(qn("w:bookmarkStart")))
    assert pages.of[name] == 2


@pytest.mark.parametrize(("rest", "begins"), [(10, True), (16, False), (20, True)])
def test_a_part_begins_no_page_that_leaves_one_two_thirds_empty(rest: int, begins: bool) -> None:
    assert ("Appendix" in breaks(opened(paper(4, 2, rest)))) is begins


def test_a_long_table_repeats_its_head_and_a_heading_stays_with_what_follows() -> None:
    document = opened(paper(4, 60))
    pages = reckoned(document.element.body, document.styles.element).of
    numbers = [pages[name] for name in sorted(pages)]
    assert numbers == sorted(numbers)
    assert numbers[-1] > 3
