"""The design sheet reaches every output, its text can be read, and no colour stands elsewhere."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path

import pytest

from boardpack.core.design import (
    FILE,
    OwnDesign,
    contrast,
    own_design,
    read_design,
    usual_design,
)
from boardpack.core.home import CHECKOUT
from boardpack.outputs.design import HEADINGS, design_css, design_typst

COLOUR = re.compile(r"#[0-9a-fA-F]{3}(?:[0-9a-fA-F]{3})?\b")
DESIGN = usual_design()
DRAWN = (
    *sorted((CHECKOUT / "src" / "boardpack" / "outputs").glob("*.py")),
    *sorted((CHECKOUT / "book" / "_static").glob("*.css")),
    *sorted((CHECKOUT / "book" / "_static").glob("*.js")),
    CHECKOUT / "templates" / "typst" / "paper.typ",
)


@pytest.mark.parametrize(
    ("text", "ground"),
    list(
        product(("blue", "dark_blue", "ink", "quiet", "red", "green"), ("white", "pale", "doubt"))
    ),
)
def test_text_can_be_read_on_every_ground(text: str, ground: str) -> None:
    assert contrast(getattr(DESIGN.colours, text), getattr(DESIGN.colours, ground)) >= 4.5


def test_marks_stand_out_from_the_page_and_labels_from_the_marks() -> None:
    for fill, ink in zip(DESIGN.series, DESIGN.on_series, strict=True):
        assert contrast(fill, ink) >= 4.5
        assert contrast(fill, DESIGN.colours.white) >= 3, fill


def test_every_token_is_in_each_language() -> None:
    css, typst = design_css(DESIGN), design_typst(DESIGN)
    for name, value in DESIGN.colours.model_dump().items():
        hyphened = name.replace("_", "-")
        assert f"--{hyphened}: {value};" in css
        assert f'#let {hyphened} = rgb("{value}")' in typst


def test_headings_of_the_book_follow_a_home_s_ink_and_else_the_theme() -> None:
    own = own_design(OwnDesign(colours={"ink": "#111111"}))
    assert HEADINGS in design_css(own)
    assert HEADINGS not in design_css(DESIGN)


def test_a_changed_token_changes_what_is_written() -> None:
    changed = read_design(FILE.read_text(encoding="utf-8").replace("#005eb8", "#123456"))
    assert "--blue: #123456;" in design_css(changed)
    assert 'blue = rgb("#123456")' in design_typst(changed)


@pytest.mark.parametrize("path", DRAWN, ids=lambda path: path.name)
def test_no_colour_stands_outside_the_sheet(path: Path) -> None:
    assert COLOUR.findall(path.read_text(encoding="utf-8").replace("&#", "")) == []
