"""Templates hold wording only: no digit is typed, no direction word stands by itself."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[1]
TEMPLATES = sorted((PROJECT / "templates" / "chapters").glob("*.md.j2"))
NAMES_WITH_DIGITS = re.compile(r"section (75|117)|M0?\d\b", re.IGNORECASE)


def _words(path: Path) -> str:
    text = path.read_text(encoding="utf-8")
    text = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", " ", text, flags=re.DOTALL)
    return NAMES_WITH_DIGITS.sub(" ", text)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_no_digit_is_typed(path: Path) -> None:
    assert not re.findall(r"\d+", _words(path))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_no_sentence_calls_a_figure_overspent_by_itself(path: Path) -> None:
    assert not re.findall(r"\b(?:is|are|was|were) (?:over|under)spen[td]", _words(path))
