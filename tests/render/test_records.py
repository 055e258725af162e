"""The records of a build: every figure once, one a line."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from made_figures import made_figure

from boardpack.core.errors import BuildFault
from boardpack.document.blocks import Workings
from boardpack.document.content import Chapter
from boardpack.figures.figure import Figure
from boardpack.figures.register import Register
from boardpack.render.layout import Layout
from boardpack.render.records import checks_record, collect_register, figures_record

FIGURE = made_figure(
    "position.bromley.prescribing.ytd_variance",
    -2213000,
    source="position.bromley.prescribing.ytd_budget - position.bromley.prescribing.ytd_actual",
    step=None,
)


def chapter(name: str, *figures: Figure) -> Chapter:
    carried = tuple(figure.to_json() for figure in figures)
    return Chapter(name, name, (Workings(f"{name}-workings", (), carried),))


def test_the_register_is_the_union_of_the_chapters_in_order() -> None:
    other = replace(FIGURE, id="chc.bromley.total.ytd_variance")
    register = collect_register([chapter("02_a", FIGURE), chapter("03_b", other)])
    assert [figure.id for figure in register] == [FIGURE.id, other.id]


def test_an_id_used_in_two_chapters_is_refused() -> None:
    with pytest.raises(BuildFault, match=f"{FIGURE.id} is used twice"):
        collect_register([chapter("02_a", FIGURE), chapter("03_b", FIGURE)])


def test_the_record_says_the_paper_and_holds_one_figure_a_line(layout: Layout) -> None:
    text = figures_record(layout.paper, Register([FIGURE]))
    record = json.loads(text)
    assert record["schema"] == "boardpack/figures/1"
    assert (record["financial_year"], record["month"], record["place"]) == ("2023/24", 6, "bromley")
    assert record["figures"] == [FIGURE.to_json()]
    assert [line for line in text.splitlines() if '"id": "' in line] == [text.splitlines()[1]]


def test_a_record_of_nothing_is_still_a_record() -> None:
    assert json.loads(checks_record([])) == {"schema": "boardpack/checks/1", "checks": []}
