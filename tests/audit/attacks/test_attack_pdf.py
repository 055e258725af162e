"""Attacks on a PDF: each is told by what is read of it, and named where a block can tell."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pdf_forgery as forge
import pytest
import small_prints as small
from pdf_forgery import Attack
from pikepdf import Pdf

from boardpack.audit.reader.expected import Expected, read_expected
from boardpack.audit.reader.hold_print import hold_pdf
from boardpack.audit.reader.passage import Passage
from boardpack.audit.reader.pdf import read_pdf

BOX = b"1 1 1 rg 30 600 500 200 re f"
"""A white patch over the upper part of a page."""


def text(at: bytes, colour: bytes = b"0 0 0 rg", mode: int = 0, size: int = 9) -> bytes:
    """Words of one's own, drawn at a place."""
    return b"%s BT /F %d Tf %d Tr %s Td (1,213 under budget) Tj ET" % (colour, size, mode, at)


ATTACKS: dict[str, tuple[Attack, str]] = {
    "another number": (
        forge.respell("(2,213)", "(1,213)"),
        "'(1,213)' where it should read '(2,213)'",
    ),
    "a lost sign": (forge.respell("(404)", "404"), "'404' where it should read '(404)'"),
    "another label": (forge.respell("Own costs", "Own care"), "'Own care'"),
    "swapped labels": (forge.respell("Subtotal", "Total"), "row 'Subtotal' of the table"),
    "another head": (forge.respell("Budget", "Actual"), "the head of the table"),
    "another number in a headline": (
        forge.respell("(2,405)", "(1,405)"),
        "does not show the headline",
    ),
    "another direction in prose": (forge.respell("overspent", "under"), "£2.21m under,"),
    "a label of a chart": (forge.respell_label("(404)", "(204)"), "stands '(204)'"),
    "the length of a bar": (forge.stretch_bar, "no bar ends beside '(2,213)'"),
    "the colour of a region": (forge.recolour, ""),
    "a patch over the page": (forge.draw(BOX), "'covered'"),
    "words over the page": (forge.draw(text(b"200 700")), "reads '1,213 under budget'"),
    "white words": (
        forge.draw(text(b"200 30", b"1 1 1 rg")),
        "'of the colour of what it stands on'",
    ),
    "words without ink": (forge.draw(text(b"200 30", mode=3)), "'drawn without ink'"),
    "words outside the page": (forge.draw(text(b"700 700")), "'outside the page'"),
    "tiny words": (forge.draw(text(b"200 30", size=1)), "'too small to read'"),
    "turned words": (
        forge.draw(b"-1 0 0 -1 400 60 cm " + text(b"0 0")),
        "'words that are turned', '1,213 under budget'",
    ),
    "a page that is cropped": (forge.crop, "'outside the page'"),
    "a drawing that is see-through": (forge.fade, "'state of drawing'"),
    "a note over the page": (forge.annotate, "'FreeText over the page', '1,213'"),
    "a field over the page": (forge.ask, "'Widget over the page', '1,213'"),
    "a script": (forge.act, "'OpenAction'"),
    "a paper that opens as a show": (forge.show, "'opens with', '/FullScreen'"),
    "words for a screen reader": (
        forge.say_instead("Span", "minus 2,213, adverse", "minus 1,213, adverse"),
        "is said to a screen reader as 'minus 1,213, adverse'",
    ),
    "a sign for a screen reader": (
        forge.say_instead("Span", "minus 404, adverse", "404"),
        "is said to a screen reader as '404'",
    ),
    "the alternative of a chart": (
        forge.say_instead(
            "Figure",
            "Actual is above budget for prescribing and for continuing care.",
            "Actual is 3% below budget.",
        ),
        "'Actual is 3% below budget.'",
    ),
    "cells told in another order": (forge.swap_cells, "'25,385' | '23,172' where it should read"),
    "a cell that is not told": (forge.drop_cell, "'words that are not read aloud', '(2,213)'"),
    "a map to other characters": (
        forge.map_to("2", "1"),
        "'words copied and read aloud as others'",
    ),
    "words in place of glyphs": (forge.replace_text, "is said to a screen reader as '1,213'"),
    "an altered attachment": (
        forge.attach(small.FIGURES, b"{}"),
        "in another state than the build",
    ),
    "an attachment of one's own": (forge.attach("notes.csv", b"1,213"), "carries notes.csv"),
}


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small.write_build(tmp_path_factory.mktemp("honest") / "build")


@pytest.fixture(scope="module")
def expected(build: Path) -> Expected:
    return read_expected(build)


@pytest.fixture(scope="module")
def honest(build: Path) -> list[Passage]:
    return read_pdf(build / small.PDF)


def faults_of(passages: list[Passage], expected: Expected) -> list[str]:
    held = hold_pdf(small.PDF, passages, expected, small.file_hashes())
    return [f"{where}: {what}" for where, what in held]


def test_an_honest_paper_shows_what_its_blocks_say(
    honest: list[Passage], expected: Expected
) -> None:
    assert faults_of(honest, expected) == []
    cells = ("Prescribing", "23,172", "25,385", "(2,213)", "(4,450)", "Price concessions")
    assert Passage("page 1", "row", cells) in honest


@pytest.mark.parametrize("name", ATTACKS)
def test_each_attack_is_named(
    name: str, build: Path, honest: list[Passage], expected: Expected, tmp_path: Path
) -> None:
    attack, told = ATTACKS[name]
    forged = tmp_path / small.PDF
    with Pdf.open(build / small.PDF) as pdf:
        attack(pdf)
        pdf.save(forged)
    passages = read_pdf(forged)
    assert passages != honest
    faults = faults_of(passages, expected)
    # What is drawn and has no label differs from the paper made again; no block names its colour.
    assert any(told in fault for fault in faults) if told else faults == []


def test_only_harmless_bytes_make_no_difference(
    build: Path, honest: list[Passage], tmp_path: Path
) -> None:
    again = tmp_path / small.PDF
    with Pdf.open(build / small.PDF) as pdf:
        pdf.save(again, linearize=True)  # other numbers of objects, another order, other packing
    assert again.read_bytes() != (build / small.PDF).read_bytes()
    assert read_pdf(again) == honest


def test_a_file_that_was_written_upon_says_so(build: Path, tmp_path: Path) -> None:
    upon = tmp_path / small.PDF
    content = (build / small.PDF).read_bytes()
    start = content.rindex(b"startxref")
    upon.write_bytes(content + content[start:])
    assert Passage("the document", "look", ("written upon", "1 times")) in read_pdf(upon)


@pytest.mark.parametrize("content", [b"", b"not a PDF", b"%PDF-1.7\n%%EOF"])
def test_a_damaged_file_is_refused(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "paper.pdf").write_bytes(content)
    with pytest.raises(ValueError, match=r"^paper\.pdf cannot be read as a PDF: "):
        read_pdf(tmp_path / "paper.pdf")


def patched(folder: Path, old: str, new: str) -> Path:
    """A PDF by a writer that prints other words in the cells of tables, and tags them so."""
    from boardpack.outputs.pdf import tags as pdf_tags
    from boardpack.outputs.pdf import typst_table

    def wrong(cell: Any) -> str:
        return honest_cell(cell).replace(old, new)

    honest_cell, honest_tag = typst_table.cell_typst, pdf_tags._tag

    def wrong_tag(cell: Any, tag: Any) -> None:
        told = {name: (getattr(tag, name) or "").replace(old, new) or None for name in ("words",)}
        honest_tag(cell, type(tag)(tag.text.replace(old, new), tag.figure, told["words"]))

    typst_table.cell_typst, pdf_tags._tag = wrong, wrong_tag
    small.write_pdf(folder)
    return folder / small.PDF


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("(2,213)", "(1,213)", "reads '(1,213)' where it should read '(2,213)'"),
        ("(404)", "404", "404' where it should read '(404)'"),
        ("Continuing Care Services", "Acute Services", "'Acute Services'"),
    ],
)
def test_a_patched_writer_is_found(
    old: str, new: str, told: str, expected: Expected, tmp_path: Path
) -> None:
    with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as pool:
        forged = pool.submit(patched, tmp_path, old, new).result()
    faults = faults_of(read_pdf(forged), expected)
    assert any(told in fault and "aloud" not in fault for fault in faults), faults
