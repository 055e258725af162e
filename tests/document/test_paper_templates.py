"""Templates say the figures of their reader, and nothing that is compiled of them is stored."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from figure_of_total import FIGURE

import boardpack.document.templates as templates
from boardpack.core.stored import stored_in
from boardpack.document.wording import Wording
from boardpack.figures.figure import figure_from_json
from boardpack.figures.register import Register

CONSTANTS = (
    '{{ "position.total.ytd_variance" | overspend }}'
    '{% if "position.total.ytd_variance" is adverse %}, adverse{% endif %}'
    ' {{ "a_b" | plain }} {{ "text" | upper }}'
)


def _wording(value: str) -> Wording:
    figure = replace(figure_from_json(FIGURE), value=Decimal(value))
    return Wording(Register([figure]), "bromley", frozenset({"bromley"}), {})


def _say(value: str, folder: Path) -> str:
    found = templates.environment(folder, _wording(value))
    return templates.render_block(found, "sample", "words", {})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    _write(tmp_path, CONSTANTS)
    return tmp_path


def _write(folder: Path, words: str) -> None:
    text = "{% block words %}" + words + "{% endblock %}"
    (folder / "sample.md.j2").write_text(text, encoding="utf-8")


def test_a_template_says_the_figures_of_its_reader(folder: Path) -> None:
    with stored_in(folder / "stored"):
        said = [_say(value, folder) for value in ("-2000", "3000")]
    numbered = "position.bromley.total.ytd_variance|£2k overspent"
    assert said[0].startswith(f"⟦{numbered}⟧, adverse")
    assert "£3k underspent" in said[1]
    assert "adverse" not in said[1]
    assert all(words.endswith(r"a\_b TEXT") for words in said)


def test_nothing_that_was_compiled_is_stored(folder: Path) -> None:
    with stored_in(folder / "stored"):
        _say("-2000", folder)
        assert list((folder / "stored").iterdir()) == []


def test_a_changed_template_is_compiled_again(folder: Path) -> None:
    with stored_in(folder / "stored"):
        _say("-2000", folder)
        _write(folder, "other")
        assert _say("-2000", folder) == "other"
