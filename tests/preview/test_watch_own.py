"""A watch looks at a home's own chapters: their notebooks, and their wording."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from boardpack.core.home import CHECKOUT
from boardpack.core.params import load_paper
from boardpack.core.periods import Month
from boardpack.preview.files import files_of, reach_of
from boardpack.render.layout import Layout
from boardpack.render.new_chapter import begin_chapter

MONTH = Month(2023, 6)


@pytest.mark.parametrize(
    "name", ["notebooks/our_wards.ipynb", "templates/chapters/our_wards.md.j2"]
)
def test_a_change_of_an_own_chapter_touches_that_chapter(name: str, tmp_path: Path) -> None:
    for folder in ("params", "data"):
        shutil.copytree(CHECKOUT / folder, tmp_path / folder)
    begin_chapter(tmp_path, "our_wards", MONTH)
    layout = Layout(CHECKOUT, load_paper(tmp_path, MONTH, "bromley"))
    file = tmp_path / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch()
    assert file in set(files_of(layout))
    reach = reach_of([file], layout)
    assert reach.first == ("our_wards",)
    assert reach.of_chapters
    assert not reach.of_program
