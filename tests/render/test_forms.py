"""Forms as they go out: never over words, never silent about a chapter or a paper not made."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from homes import PROJECT, copied_home

from boardpack.core.errors import InputFaults, UsageFault
from boardpack.core.params import load_paper
from boardpack.core.periods import Month
from boardpack.document.content import Chapter
from boardpack.outputs.word.form import ANSWER
from boardpack.outputs.word.form_reading import read_form
from boardpack.render import forms
from boardpack.render.forms import write_forms
from boardpack.render.layout import Layout

HOLDERS = {"Head of Care": ["chc"], "Place Director": ["position", "savings"]}


@pytest.fixture
def layout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Layout:
    """The published paper as if it had been made, with two budget holders."""
    chapters = {name: Chapter(name, name, ()) for name in ("position", "savings", "chc")}
    monkeypatch.setattr(forms, "_rendered", lambda layout: chapters)
    monkeypatch.setattr(forms, "_labels", lambda layout: {})
    return with_holders(copied_home(PROJECT, tmp_path / "home"), HOLDERS)


def with_holders(home: Path, holders: dict[str, list[str]]) -> Layout:
    paper = load_paper(home, Month(2023, 6), "bromley")
    report = paper.report.model_copy(update={"budget_holders": holders})
    return Layout(PROJECT, paper.model_copy(update={"report": report}))


def fill(path: Path, words: str) -> None:
    document = docx.Document(str(path))
    boxes = (t for t in document.tables if t.cell(0, 0).text.startswith(ANSWER))
    next(boxes).cell(1, 0).text = words
    document.save(str(path))


def test_each_holder_has_a_form_and_empty_ones_are_written_anew(layout: Layout) -> None:
    found = write_forms(layout)
    assert [path.name for path in found] == ["head_of_care.docx", "place_director.docx"]
    assert read_form(found[1]).empty == ("position", "savings")
    before = [path.read_bytes() for path in found]
    assert [path.read_bytes() for path in write_forms(layout)] == before


def test_a_form_with_words_in_it_is_never_written_over(layout: Layout) -> None:
    care, place = write_forms(layout)
    fill(place, "Care costs more.")
    care.write_text("not a form", encoding="utf-8")
    before = [care.read_bytes(), place.read_bytes()]
    with pytest.raises(UsageFault) as caught:
        write_forms(layout)
    assert f"{place} has words in it" in str(caught.value)
    assert f"{care} is no form" in str(caught.value)
    assert [care.read_bytes(), place.read_bytes()] == before


def test_a_holders_chapter_that_is_none_is_told(layout: Layout) -> None:
    wrong = with_holders(layout.paper.home, {"Head of Care": ["chcc", "cash"]})
    with pytest.raises(InputFaults, match=r"found 'chcc'; expected a chapter.*'chc'\?") as caught:
        write_forms(wrong)
    assert len(caught.value.faults) == 2


def test_a_paper_that_is_not_made_has_no_forms(tmp_path: Path) -> None:
    home = copied_home(PROJECT, tmp_path / "home")
    with pytest.raises(UsageFault, match="boardpack render 2023-24 M06 --place bromley"):
        write_forms(with_holders(home, HOLDERS))
