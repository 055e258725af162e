"""What a notebook says in plain words is held at render, marked, accepted or refused a release."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
import pytest
from small_notebooks import notebook

from boardpack.audit.releases.release import release_findings
from boardpack.core.errors import UsageFault
from boardpack.document.blocks import DOUBT, MIME, mark
from boardpack.prose.notebook_claims import held_claims
from boardpack.render.accepting import accept_sentences, doubted
from boardpack.render.month_state import standing
from small_paper import TOC, check, layout_of, rendered, small_project, stub_outputs

OWN = "31_own"
KEY = f"notebooks/{OWN}.ipynb"
OVERSPEND = mark("position.bromley.prescribing.ytd_variance", "£2.21m")
BLOCKS = (
    "from boardpack.outputs.notebook import show\n"
    "from boardpack.document.blocks import Column, Narrative, Row, Table, untraced\n"
    "beds = untraced('12', '12')\n"
    "columns = Column('Ward', 'left'), Column('Beds')\n"
)
CELLS = (
    "# Own chapter\n\nPrescribing is £2.21m overspent. We saw 4,612 patients in the hall.",
    BLOCKS + "show(Table('own-beds', 'Beds', columns, (Row(('Oak', beds)),)))",
    f"show(Narrative('own-template', 'Of {OVERSPEND}, 43.7% is price.'))",
    "print('beds 12')",
    "from IPython.display import Markdown, display\n"
    "display(Markdown('## More\\n\\nTwo wards had 7,777 nurses.'))",
)
SENTENCES = (
    "We saw 4,612 patients in the hall.",
    "Table “Beds”: 1 untraced: 12",
    "Of £2.21m, 43.7% is price.",
    "Printed text: 1 untraced: 12",
    "Two wards had 7,777 nurses.",
)


def write_own(root: Path, *cells: str) -> None:
    nbformat.write(notebook(cells), root / "notebooks" / f"{OWN}.ipynb")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small project with a chapter of its own beside one of the house."""
    root = small_project(tmp_path)
    (root / "book" / "_toc.yml").write_text(f"{TOC}  - file: notebooks/{OWN}\n")
    write_own(root, *CELLS)
    stub_outputs(monkeypatch, check("pass"))
    rendered(root)
    return root


def built_text(root: Path) -> str:
    """The executed chapter of the build."""
    path = layout_of(root).target / "notebooks" / f"{OWN}.ipynb"
    return path.read_text(encoding="utf-8")


def doubts_in(root: Path) -> list[str]:
    """The doubted words of the built chapter, in order."""
    cells = json.loads(built_text(root))["cells"]
    shown = [cell["metadata"].get("boardpack", {}).get("shown", []) for cell in cells]
    shown += [[o["data"].get(MIME, {}) for o in cell.get("outputs", ())] for cell in cells]
    texts = (item.get("markdown", "") for items in shown for item in items)
    return [found[2] for text in texts for found in DOUBT.finditer(text)]


def test_open_words_and_numbers_are_marked_and_noted(project: Path) -> None:
    claims = held_claims(layout_of(project).target / "notebooks")
    assert list(claims) == [KEY]
    assert [c.sentence.partition(" (seal")[0] for c in claims[KEY]] == list(SENTENCES)
    assert [c.line for c in claims[KEY]] == [2, 3, 4, 5, 6]
    assert doubts_in(project) == ["4,612", "43.7%", "7,777"]
    assert "12†" in built_text(project)
    assert "† No figure stands behind the number above." in built_text(project)


def test_the_reviewer_accepts_them_one_by_one(project: Path) -> None:
    found = doubted(layout_of(project)).sentences
    assert [one.file for one in found] == [KEY] * 5
    said = "\n".join(doubted(layout_of(project)).lines())
    assert f"1. {KEY}, cell 2: “{SENTENCES[0]}”" in said
    reasons = [one for one in release_findings(layout_of(project)) if one.startswith(KEY)]
    assert len(reasons) == 5
    assert f"{KEY}, cell 3: “{SENTENCES[1]}” is not supported" in reasons[1]
    assert len(standing(layout_of(project)).doubted) == 5
    accept_sentences(layout_of(project), [1, 2, 3, 4, 5], "Ann Lee, Director", "Counted by hand")
    rendered(project)
    assert [one for one in release_findings(layout_of(project)) if one.startswith(KEY)] == []
    assert doubts_in(project) == []
    assert "†" not in built_text(project)
    again = doubted(layout_of(project))
    assert not again.is_open
    assert again.idle == ()
    assert len(again.sentences) == 5  # accepted, and counted still


def test_a_number_that_has_changed_is_open_again(project: Path) -> None:
    accept_sentences(layout_of(project), [2], "Ann Lee, Director", "Counted by hand")
    write_own(project, *(cell.replace("'12'", "'13'") for cell in CELLS))
    rendered(project)
    found = doubted(layout_of(project))
    assert all(one.accepted is None for one in found.sentences)
    assert len(found.idle) == 1


def test_what_the_figures_contradict_nobody_accepts(project: Path) -> None:
    over = f"It is underspent by {OVERSPEND}."
    words = "# Own chapter\n\nPrescribing is underspent."
    write_own(project, words, BLOCKS + f"show(Narrative('t', '{over}'))")
    rendered(project)
    found = doubted(layout_of(project)).sentences
    assert [one.is_contradicted for one in found] == [True, True]
    with pytest.raises(UsageFault, match="contradicted by the figures"):
        accept_sentences(layout_of(project), [1], "Ann Lee, Director", "It is so")


def test_a_chapter_of_the_house_is_left_as_it_was(project: Path) -> None:
    text = (layout_of(project).target / "notebooks" / "02_position.ipynb").read_text("utf-8")
    assert '"claims"' not in text
    assert "⟪" not in text


def test_a_number_in_a_name_out_of_an_extract_is_nobodys_claim(project: Path) -> None:
    named = (
        f"name = 'Place management ' + str(742000 + 82)\nsaid = f'It is in {{name}} ({OVERSPEND}).'"
    )
    write_own(project, "# Own chapter", f"{BLOCKS}{named}\nshow(Narrative('t', said))")
    rendered(project)
    assert doubted(layout_of(project)).sentences == ()
