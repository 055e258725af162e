"""What stands over a home's own tables, charts and pictures is held to the figures, as prose is."""

from __future__ import annotations

import shutil
from pathlib import Path

import nbformat
import pytest
from small_notebooks import notebook

from boardpack.core.home import CHECKOUT
from boardpack.core.params import load_paper
from boardpack.core.periods import Month
from boardpack.document.blocks import Narrative, mark
from boardpack.prose.notebook_claims import held_claims
from boardpack.render.chapters import planned_chapters, read_chapters
from boardpack.render.held_words import hold_words
from boardpack.render.layout import Layout
from boardpack.render.new_chapter import begin_chapter
from boardpack.render.notebooks import run_notebooks

MONTH = Month(2023, 6)
OWN = "our_beds"
OVER = mark("position.bromley.prescribing.ytd_variance", "£2.21m")
BLOCKS = """
from boardpack.outputs.notebook import show
from boardpack.document.blocks import *
total = Number('12', 'position.bromley.total.ytd_variance', '12')
columns = Column('Ward', 'left'), Column('Beds')
rows = (Row(('Oak', total)),)
svg = 'PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIHdpZHRoPSI5IiBoZWlnaHQ9IjkiLz4='
series = (Series('Beds', (total,)),)
"""


CELLS = {
    "Table('b-t', 'Beds: 43.7% are closed', columns, rows)": [
        ("43.7%", "Beds: 43.7% are closed", "unsupported")
    ],
    "Table('b-n', 'Beds', columns, rows, notes=('We saw 4,612 people.',))": [
        ("4,612", "We saw 4,612 people.", "unsupported")
    ],
    "Table('b-s', 'All 12 beds', columns, rows)": [],
    "Chart('b-c', 'bar', 'Minds', 'Minds. Prescribing is underspent.', ('Oak',), series, '')": [
        ("is underspent", "is underspent", "contradicted")
    ],
    "Chart('b-d', 'bar', '77.1% full', '77.1% full. Oak: 12.', ('Oak',), series, '')": [
        ("77.1%", "77.1% full", "unsupported")
    ],
    "Chart('b-e', 'bar', 'Beds', 'Beds. Oak: 12.', ('Oak',), series, '')": [],
    "Picture('b-p', 'image/svg+xml', svg, 'Bexley has the highest overspend', 'A plan')": [
        ("highest", "Bexley has the highest overspend", "contradicted")
    ],
    "KeyFigures('b-k', (KeyFigure('Beds', total, 'Prescribing is underspent'),))": [
        ("is underspent", "is underspent", "contradicted")
    ],
}
"""What a cell shows: the words of it that are marked, what they claim, and how that stands."""


def executed(home: Path) -> Layout:
    """The home's own chapter, run and held."""
    layout = Layout(CHECKOUT, load_paper(home, MONTH, "bromley"))
    told = {"year": "2023-24", "month": "M06", "place": "bromley", "home": str(home)}
    planned = planned_chapters(layout)
    run_notebooks([OWN], told, layout.notebooks, layout.executed, planned=planned)
    hold_words(layout, [OWN], [OWN])
    return layout


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    for name in ("params", "data"):
        shutil.copytree(CHECKOUT / name, home / name)
    begin_chapter(home, OWN, MONTH)
    return home


def test_a_chapter_as_it_is_begun_claims_nothing(home: Path) -> None:
    assert held_claims(executed(home).executed) == {}


def test_what_stands_over_a_block_is_held(home: Path) -> None:
    typed = f"Narrative('b-w', 'Prescribing is {OVER} over. Bexley has the highest overspend.')"
    shown = (*CELLS, typed)
    titles = ["# Our beds, 61.5% of all", BLOCKS]
    cells = notebook([*titles, *(f"show({one})" for one in shown), "# \n## Of 4,613 people"])
    nbformat.write(cells, home / "notebooks" / f"{OWN}.ipynb")
    layout = executed(home)
    found: dict[int, list[tuple[str, str]]] = {}
    for claim in held_claims(layout.executed)[f"notebooks/{OWN}.ipynb"]:
        if claim.unit != "untraced":
            found.setdefault(claim.line, []).append((claim.text, claim.status))
    wanted = [[told for _, *told in claims] for claims in CELLS.values()]
    wanted.append([["Bexley has the highest overspend.", "contradicted"]])
    assert found.pop(2) == [("Our beds, 61.5% of all", "unsupported")]
    assert found.pop(4 + len(shown)) == [("Of 4,613 people", "unsupported")]
    first = 4  # after the parameters, the title and the names
    assert [[list(one) for one in found.get(first + n, [])] for n in range(len(shown))] == wanted
    (chapter,) = read_chapters(layout, [OWN])
    texts = [block.markdown for block in chapter.blocks if isinstance(block, Narrative)]
    over = [words for claims in CELLS.values() for words, _, _ in claims]
    assert [text for text in texts if text.startswith("† The figures")] == [
        f"† The figures do not bear out what is said here: “{words}”."
        for words in ("61.5%", *over, "4,613")
    ]
    assert any("⟪contradicted\ue001highest" in text for text in texts)
