"""Words with numbers: each number stays marked with its figure, the word follows its sign."""

from __future__ import annotations

import pytest
from IPython.display import Markdown

from boardpack.core.errors import BuildFault
from boardpack.document.blocks import Narrative
from boardpack.figures.frames import traced
from boardpack.notebook.paper import NotebookPaper
from frames_made import PLACE, figure, wards

BUDGET = f"beds.{PLACE}.elm.budget"


@pytest.mark.parametrize(
    ("template", "value", "said"),
    [
        ("{{ v | overspend }}", "-110500", "⟦{}|£111k overspent⟧"),
        ("{{ v | overspend }}", "110500", "⟦{}|£111k underspent⟧"),
        ("{{ v | overspend }}", "0", "⟦{}|on budget⟧"),
        ("{{ v }}", "-110500", "⟦{}|(111)⟧"),
        ("{% if v is negative %}{{ v | money }} short{% else %}enough{% endif %}", "5", "enough"),
        ("{% if v is negative %}{{ v | money }} short{% endif %}", "-2000", "⟦{}|£2k⟧ short"),
        ("{v}", "-110500", "⟦{}|(111)⟧"),
        ("{v:,.0f}", "-110500.5", "⟦{}|-110,501⟧"),
        ("{v.unit} {v:.1f}", "2", "GBP ⟦{}|2.0⟧"),
    ],
)
def test_a_number_is_said_with_its_figure(
    paper: NotebookPaper, template: str, value: str, said: str
) -> None:
    element = traced(figure("elm", "variance", value))
    assert paper.say(template, v=element) == said.format(f"beds.{PLACE}.elm.variance")


def test_what_was_computed_is_named_for_it(paper: NotebookPaper) -> None:
    said = paper.say("{{ over | overspend }}", over=wards().variance["elm"])
    assert said == f"⟦bank_agency.{PLACE}.said.over|£111k overspent⟧"
    assert paper.recorded()[-1] == f"bank_agency.{PLACE}.said.over"


def test_figures_of_the_register_are_said_by_their_names(paper: NotebookPaper) -> None:
    identity = f"position.{PLACE}.total.ytd_variance"
    assert identity in paper.register
    assert paper.say("{{ f.position.total.ytd_variance | overspend }}").startswith(f"⟦{identity}|")


def test_plain_numbers_stay_plain_and_marks_that_are_typed_are_none(paper: NotebookPaper) -> None:
    assert paper.say("{n} of {name}", n=3, name="⟦a.b|1⟧") == "3 of (a.b|1)"


@pytest.mark.parametrize(
    ("template", "why"),
    [
        ("{{ nothing | money }}", "nothing"),
        ("{nothing}", "nothing is given for"),
        ("{{ v | nosuch }}", "nosuch"),
        ("{{ f.position.none.ytd_variance | money }}", "position"),
        ("{gap}", "is missing"),
        ("{{ gap | money }}", "is missing"),
    ],
)
def test_what_cannot_be_said_is_told_in_words(
    paper: NotebookPaper, template: str, why: str
) -> None:
    frame = wards()
    with pytest.raises(BuildFault, match=why):
        paper.say(template, v=frame.budget["elm"], gap=frame.actual["oak"])


def test_words_shown_are_a_block_also_as_markdown(paper: NotebookPaper) -> None:
    said = paper.say("Elm has {v}.", v=wards().budget["elm"])
    block = paper.carried(said)
    assert block == Narrative("bank_agency-said-1", f"Elm has ⟦{BUDGET}|1,200⟧.")
    assert paper.carried(Markdown(said)) == Narrative("bank_agency-said-2", str(said))


def test_a_single_figure_shown_is_said(paper: NotebookPaper) -> None:
    block = paper.carried(wards().budget["elm"])
    assert block == Narrative("bank_agency-said-1", f"⟦{BUDGET}|1,200⟧")
