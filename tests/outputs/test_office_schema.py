"""Slides, Word and the workbook of papers with every kind of block keep to their schemas."""

from __future__ import annotations

from pathlib import Path

import pytest

import sample_paper as sample
from boardpack.outputs.slides.presentation import slides
from boardpack.outputs.workbook.file import workbook
from office_schema import schema_faults
from plain_notebook import NAME
from small_word import META, small_word
from small_workbook import small_checks, small_parts, small_register


def small_workbook() -> bytes:
    register = small_register()
    return workbook(small_parts(register), META, register, small_checks())


MAKERS = {
    "slides.pptx": lambda: slides(sample.PARTS, META, (NAME,)),
    "paper.docx": small_word,
    "paper.xlsx": small_workbook,
}


@pytest.mark.parametrize("name", MAKERS)
def test_a_file_keeps_to_its_schema(name: str, tmp_path: Path) -> None:
    file = tmp_path / name
    file.write_bytes(MAKERS[name]())
    assert schema_faults(file) == []


def test_a_file_that_breaks_its_schema_is_told(tmp_path: Path) -> None:
    file = tmp_path / "paper.docx"
    file.write_bytes(b"no archive")
    assert schema_faults(file)
