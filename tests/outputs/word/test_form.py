"""A commentary form goes out and comes back: the words, and the figures that their author saw."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import docx
import pytest
from docx.oxml import OxmlElement
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from boardpack.core.errors import InputFaults
from boardpack.document.blocks import Column, Number, Row, Table
from boardpack.outputs.word.form import ANSWER, Form, FormChapter, form_bytes
from boardpack.outputs.word.form_reading import read_form

VARIANCE = Number("(2,213)", "position.bromley.prescribing.ytd_variance", "-2212865.37", None, True)
TABLE = Table(
    "t", "Position", (Column("Line", "left"), Column("Variance")), (Row(("Prescribing", VARIANCE)),)
)
FORM = Form(
    role="Head of Medicines",
    title="Commentary for Bromley, Month 6",
    identity="2023-24 M06 bromley",
    made_at=dt.datetime(2023, 10, 31, 12, tzinfo=dt.UTC),
    chapters=(
        FormChapter("prescribing", "Prescribing", (TABLE,), "Prices rose."),
        FormChapter("chc", "Continuing healthcare", (), ""),
    ),
    labels={VARIANCE.figure: "Prescribing, variance to date"},
)


def answered(path: Path, words: dict[str, list[str]]) -> Path:
    path.write_bytes(form_bytes(FORM))
    document = docx.Document(str(path))
    for table in document.tables:
        head = table.cell(0, 0).text
        for name, paragraphs in words.items():
            if head.startswith(ANSWER) and head.endswith(f"[{name}]"):
                box = table.cell(1, 0)
                box.text = paragraphs[0]
                for text in paragraphs[1:]:
                    box.add_paragraph(text)
    document.save(str(path))
    return path


def test_words_come_back_by_chapter_and_an_empty_box_says_nothing(tmp_path: Path) -> None:
    form = answered(tmp_path / "form.docx", {"chc": ["More clients.", "Prices fell."]})
    answers = read_form(form)
    assert answers.words == {"chc": "More clients.\n\nPrices fell."}
    assert answers.identity == "2023-24 M06 bromley"


def test_the_figures_come_back_exactly(tmp_path: Path) -> None:
    answers = read_form(answered(tmp_path / "form.docx", {}))
    assert answers.values == {VARIANCE.figure: Decimal("-2212865.37")}


def test_the_same_form_has_the_same_bytes() -> None:
    assert form_bytes(FORM) == form_bytes(FORM)


def test_last_months_words_and_the_printed_number_stand_in_the_form(tmp_path: Path) -> None:
    path = answered(tmp_path / "form.docx", {})
    document = docx.Document(str(path))
    assert "Prices rose." in [paragraph.text for paragraph in document.paragraphs]
    assert document.tables[0].cell(1, 1).text == "(2,213)"


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None
)
@given(st.text(st.characters(categories=("L", "N", "P", "Sm", "Sc")), min_size=1, max_size=200))
def test_any_words_come_back_as_they_were_written(tmp_path: Path, text: str) -> None:
    path = answered(tmp_path / "form.docx", {"chc": [text]})
    assert read_form(path).words == {"chc": text}


def test_tracked_changes_are_told_with_their_box(tmp_path: Path) -> None:
    path = answered(tmp_path / "form.docx", {"chc": ["More clients."]})
    document = docx.Document(str(path))
    box = next(t for t in document.tables if "[chc]" in t.cell(0, 0).text).cell(1, 0)
    box.paragraphs[0]._p.append(OxmlElement("w:ins"))
    document.save(str(path))
    with pytest.raises(InputFaults, match=r"form.docx, column box chc.*Accept or reject"):
        read_form(path)


def test_a_file_that_is_no_form_is_told(tmp_path: Path) -> None:
    letter = tmp_path / "letter.docx"
    docx.Document().save(str(letter))
    with pytest.raises(InputFaults, match=r"letter.docx: expected a commentary form"):
        read_form(letter)
    letter.write_text("not a zip")
    with pytest.raises(InputFaults, match=r"letter.docx: expected a Word file"):
        read_form(letter)
