"""What `check` passes is rendered: bodies without places, overview or usual directorates."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from executed_papers import Executed, executed
from small_bodies import DIVISIONS, small_body, small_paper

from boardpack.core.errors import InputFaults
from boardpack.document.blocks import MARKER, Block, Narrative, NotSupplied, Table
from boardpack.outputs.pdf.document import build_pdf
from boardpack.outputs.slides.presentation import build_slides
from boardpack.outputs.word.document import build_word
from boardpack.render.examine import examine
from boardpack.render.products import pdf_meta

BODIES = {
    "no places": ({"places": ()}, "icb"),
    "no overview, other directorates": (
        {"overview": False, "divisions": True, "roles": DIVISIONS},
        "northtown",
    ),
    "nothing at all": ({"places": (), "overview": False}, "icb"),
}


def _blocks(found: Executed) -> Iterator[tuple[str, Block]]:
    for part in found.parts:
        for chapter in part.chapters:
            yield from ((chapter.name, block) for block in chapter.blocks)


def _said(found: Executed, id: str) -> str:
    blocks = (block for _, block in _blocks(found) if block.id == id)
    block = next(blocks)
    assert isinstance(block, Narrative)
    return " ".join(MARKER.sub(r"\2", block.markdown).split())


@pytest.fixture(scope="module", params=BODIES)
def body(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Executed:
    """A body's paper, examined as `check` does, and its chapters executed as `render` does."""
    made, place = BODIES[request.param]
    home = small_body(tmp_path_factory.mktemp("body") / "home", **made)
    paper = small_paper(home, place)
    examine(paper)
    return executed(paper)


def test_what_check_passes_is_drawn_in_every_document(body: Executed, tmp_path: Path) -> None:
    empty = [b.id for _, b in _blocks(body) if isinstance(b, Table) and not b.rows]
    assert not empty
    meta = pdf_meta(body.paper)
    build_slides(body.parts, meta, tmp_path / "paper.pptx")
    build_word(body.parts, meta, tmp_path / "paper.docx", None)
    build_pdf(body.parts, meta, tmp_path / "paper.pdf", {})


def test_what_is_not_supplied_is_said_where_it_would_stand(body: Executed) -> None:
    answer = _said(body, "summary-answer")
    has_position = "position." + body.paper.place + ".total.ytd_variance" in body.register
    assert ("cannot say where it stands" in answer) == (not has_position)
    assert ("No reason can be given" in _said(body, "summary-why")) == (not has_position)
    if not has_position:
        found = [b for name, b in _blocks(body) if name.endswith("_position")]
        assert any(isinstance(block, NotSupplied) for block in found)
    if body.paper.is_place:
        has_icb = "position.icb.total.ytd_variance" in body.register
        assert ("was not supplied" in _said(body, "summary-icb")) == (not has_icb)
    if not body.paper.report.places and has_position:
        said = _said(body, "overview-icb")
        assert "the Integrated Care Board (ICB) is £2.95m overspent" in said
        assert "place" not in said, "it has none"


def test_directorates_renamed_with_no_word_on_roles_stop_check_and_render(tmp_path: Path) -> None:
    home = small_body(tmp_path / "home", divisions=True)
    with pytest.raises(
        InputFaults, match=r"roles.*none holds that of prescribing, continuing_care"
    ):
        small_paper(home, "northtown")


def test_roles_that_none_bears_leave_a_word_on_what_is_not_checked(tmp_path: Path) -> None:
    roles = {**DIVISIONS, "prescribing": "none"}
    home = small_body(tmp_path / "home", divisions=True, roles=roles)
    _, checks = examine(small_paper(home, "northtown"))
    told = {c.title: c.sentence for c in checks if c.status == "not_applicable"}
    title = "Prescribing savings of the finance team against those of the medicines team"
    assert told[title] == "Not checked: no directorate bears the role prescribing this month."
