"""A slide is a message: its headline, its cause and what is done are the paper's own sentences."""

from __future__ import annotations

from dataclasses import replace

import pytest
from test_slides_presentation import KEYS, META, chapter, words

import sample_paper as sample
from boardpack.document.blocks import Column, Narrative, Number, Row, Table, mark
from boardpack.document.content import Chapter, Heading, Part
from boardpack.outputs.slides.deck import Box
from boardpack.outputs.slides.message import about, done, headline, lead
from boardpack.outputs.slides.own import ROOM
from boardpack.outputs.slides.plan import Slide, plan
from boardpack.outputs.slides.presentation import slides
from boardpack.outputs.slides.table import FEW, LEGIBLE, first_rows

OVER = "position.anytown.prescribing.ytd_variance"
YEAR = "position.anytown.prescribing.forecast_variance"
BUDGET = "position.anytown.prescribing.ytd_budget"
SAID = f"Drugs cost £9m. Prescribing is {mark(OVER, '£2.21m overspent')}. Prices rose."
WHY = words(
    "why", f"- **Care** is fine.\n- **Prescribing** is {mark(OVER, '£2.21m')} over. It is dear."
)
DONE = Narrative("c", "- **Prescribing:** the team visits.\n- **Care:** it waits.", "commentary")


@pytest.mark.parametrize("figure", [OVER, f"{OVER}.printed"])
def test_a_figure_is_told_by_the_plainest_sentence_and_what_follows(figure: str) -> None:
    both = f"It is {mark(OVER, '£2.21m')} over {mark(BUDGET, '£23m')}."
    found = about(chapter("a", "A", words("w", f"{both}\n\n{SAID}")), figure)
    assert [said.text for said in found] == ["Prescribing is £2.21m overspent.", "Prices rose."]


def test_a_sentence_that_was_shown_is_not_shown_again() -> None:
    one = chapter("a", "A", words("w", SAID))
    assert about(one, OVER, ["Prescribing is £2.21m overspent."]) == ()
    assert about(one, YEAR) == ()


@pytest.mark.parametrize(
    ("title", "known", "found"),
    [
        ("It must slow to £46k a month", (), "It must slow to £46k a month"),
        ("Drugs at September 2023", (), "Prescribing is £2.21m overspent."),
        ("Drugs in 2023/24", (f"{OVER}.printed",), "Drugs in 2023/24"),
        ("Drugs", (BUDGET,), "Prescribing is £2.21m overspent."),
    ],
)
def test_a_headline_has_a_number_that_no_headline_had(
    title: str, known: tuple[str, ...], found: str
) -> None:
    chart = replace(sample.BARS, title=title)
    assert headline(chapter("a", "A", words("w", SAID)), chart, known).text == found


def test_without_a_number_the_headline_is_the_charts_or_the_chapters() -> None:
    bare = chapter("a", "Alone", words("w", "Nothing."))
    assert headline(bare, None).text == "Alone"
    assert headline(bare, replace(sample.BARS, title="Drugs")).text == "Drugs"


def test_a_lead_is_new_and_has_numbers_where_it_can() -> None:
    one = chapter("a", "A", words("w", f"It is so. {SAID} It was {mark(YEAR, '£4m')}."))
    assert lead(one, (), OVER) == ("It was £4m.",)
    assert lead(chapter("a", "A", words("w", "It is so. Or not.")), ("Or not.",)) == ("It is so.",)


def test_what_is_done_is_the_summarys_word_on_it_else_the_chapters() -> None:
    summary, own = chapter("s", "S", DONE), chapter("a", "A", replace(DONE, markdown="We act."))
    assert done(summary, own, ("prescribing",)) == ("Prescribing: the team visits.",)
    assert done(summary, own, ("Dentists",)) == ("We act.",)
    assert done(None, own, ("Prescribing",)) == ("We act.",)


def risks(count: int) -> Chapter:
    columns = (Column("Risk", "left"), Column("Variance"), Column("What is done", "left"))
    number = Number("(2,213)", OVER, "-2213000", None, True)
    long = "Prices of drugs may rise again, and the budget has nothing for it. " * 2
    rows = tuple(Row((f"Risk {n}. {long}", number, long)) for n in range(count))
    said = words("r", "Risks are open. They stand below.")
    return chapter("09_risks", "Risks", said, Table("risks", "Risks", columns, rows, "£000s"))


def planned(*chapters: Chapter) -> list[Slide]:
    summary = chapter(
        "01_summary",
        "Summary",
        words("summary-answer", f"Anytown is over. Most is {mark(OVER, '£2.21m')} of drugs."),
        KEYS,
        WHY,
        DONE,
        Heading(2, "What the board is asked to do"),
        words("summary-asked", "This is for decision. The board is asked to agree the plan."),
        words("summary-confidence", "It is sure."),
    )
    return [*plan([Part("Board paper", (summary, *chapters))])]


def test_a_driver_says_its_cause_and_what_is_done() -> None:
    slide = planned(chapter("03_prescribing", "Drugs", words("p", "It grew."), sample.GROUPED))[1]
    assert slide.title == "Prescribing is £2.21m over."
    assert [(p.heading, p.sentences) for p in slide.passages] == [
        ("Why", ("It is dear.",)),
        ("What is being done", ("Prescribing: the team visits.",)),
    ]


def test_the_ask_is_the_headline_of_the_last_slide() -> None:
    last = planned()[-1]
    assert last.title == "The board is asked to agree the plan."
    assert last.passages[0].sentences == ("This is for decision.",)


@pytest.mark.parametrize("count", [FEW, 4, 30])
def test_risks_are_shown_as_far_as_they_can_be_read(count: int) -> None:
    slide = next(s for s in planned(risks(count)) if s.table)
    assert slide.title == "Risks are open."
    assert slide.table
    shown = len(slide.table.rows)
    assert FEW <= shown <= count
    said = f"The first {shown} of {count} rows: the paper has them all."
    assert slide.cut == ("" if shown == count else said)
    assert (shown < count) == (count == 30)


def test_a_table_of_which_hardly_a_row_fits_is_not_shown() -> None:
    table = next(b for b in risks(9).blocks if isinstance(b, Table))
    assert first_rows(table, Box(0, 0, ROOM.width, 4 * LEGIBLE)) is None
    assert first_rows(replace(table, rows=()), ROOM) is None


def test_slides_of_every_kind_keep_their_words_in_their_boxes() -> None:
    """The deck is made, as the sizes that fit are chosen on the way."""
    assert slides([Part("Board paper", (risks(30),))], META)
