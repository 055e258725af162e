"""Passages held to the blocks: what is honest passes, and each kind of lie is named."""

from __future__ import annotations

import pytest
from made_blocks import honest, made, mark, row, text

from boardpack.audit.reader.expected import Expected
from boardpack.audit.reader.hold import hold_passages
from boardpack.audit.reader.passage import Passage

PAGES = r"Page \d+ of \d+"


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> Expected:
    """What outputs of the made blocks must show."""
    return made(tmp_path_factory.mktemp("made"))


def held(expected: Expected, passages: list[Passage], **told: bool) -> list[str]:
    """What is found."""
    found = hold_passages("paper.pdf", passages, expected, furniture=(PAGES,), **told)
    return [what for _, what in found]


def test_an_honest_output_has_no_finding(expected: Expected) -> None:
    assert held(expected, honest()) == []
    assert held(expected, honest(), whole=False) == []


def test_a_reader_that_sees_no_empty_cells(expected: Expected) -> None:
    seen = [
        one._replace(cells=tuple(cell for cell in one.cells if cell)) if one.kind == "row" else one
        for one in honest()
    ]
    assert held(expected, seen, sparse=True) == []
    assert held(expected, seen) != []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (row("Prescribing", "23,100", "(2,213)", ""), row("Prescribing", "23,100", "(1,213)", ""),
         "row 'Prescribing' of the table 'Position, Bromley, £000s' reads '(1,213)' where it "
         "should read '(2,213)'."),
        (row("Prescribing", "23,100", "(2,213)", ""), row("Prescribing", "23,100", "2,213", ""),
         "row 'Prescribing' of the table 'Position, Bromley, £000s' reads '2,213' where it "
         "should read '(2,213)'."),
        (row("Acute", "900", "18", "-"), row("Community", "900", "18", "-"),
         "row 'Acute' of the table 'Position, Bromley, £000s' reads 'Community' where it should "
         "read 'Acute'."),
        (row("", "Budget", "Variance", "Forecast"), row("", "Variance", "Budget", "Forecast"),
         "the head of the table 'Position, Bromley, £000s' reads 'Variance' | 'Budget' where it "
         "should read 'Budget' | 'Variance'."),
        (row("Acute", "900", "18", "-"), row("Acute", "900", "!18", "-"),
         "'18' is flagged as bad news and is none."),
        (text("Bromley is £2.2m overspent. It was (1,326)."),
         text("Bromley is £2.2m underspent. It was (1,326)."),
         "reads 'Bromley is £2.2m underspent. It was (1,326).' where the block says 'Bromley is "
         "£2.2m overspent. It was (1,326).'."),
        (text("Another of 18"), text("Another of 81"),
         "reads 'Another of 81' where the block says 'Another of 18'."),
        (text("Page 1 of 2"), text("Savings of £4m are certain."),
         "reads 'Savings of £4m are certain.', which no block says."),
        (Passage("page", "aid", ("(2,213)", "minus 2,213, adverse")),
         Passage("page", "aid", ("(2,213)", "2,213")),
         "'(2,213)' is said to a screen reader as '2,213'; the block says 'minus 2,213, adverse'."),
        (Passage("page", "aid", ("Prescribing minus 2,213; Acute 18 (£000s).",)),
         Passage("page", "aid", ("Prescribing minus 1,213; Acute 18 (£000s).",)),
         "what is said beside the page is in no block: 'Prescribing minus 1,213; Acute 18 "
         "(£000s).'."),
        (row("Year to date", "! £2.2m over", "! Adverse", "9.6% over budget"),
         row("Year to date", "! £1.2m over", "! Adverse", "9.6% over budget"),
         "does not show the headline 'Year to date', '£2.2m over'."),
        (mark("", "Acute", "18", "0.900 to 0.907"), mark("", "Acute", "19", "0.900 to 0.907"),
         "In the chart 'Prescribing is over' 'Acute' is labelled '19' where its value is '18'."),
    ],
)  # fmt: skip
def test_a_lie_is_named(expected: Expected, old: Passage, new: Passage, said: str) -> None:
    passages = honest()
    passages[passages.index(old)] = new
    assert said in held(expected, passages)


def test_every_number_is_held_to_its_own_row(expected: Expected) -> None:
    """Each cell with a number, changed in any of its digits' places, is found."""
    for place, passage in enumerate(honest()):
        for at, cell in enumerate(passage.cells if passage.kind == "row" else ()):
            if any(sign.isdigit() for sign in cell):
                passages = honest()
                cells = [*passage.cells]
                cells[at] = "".join("4" if sign.isdigit() else sign for sign in cell)
                passages[place] = passage._replace(cells=tuple(cells))
                assert held(expected, passages), cells


def test_rows_in_another_order(expected: Expected) -> None:
    passages = honest()
    at = passages.index(row("Acute", "900", "18", "-"))
    passages[at], passages[at - 2] = passages[at - 2], passages[at]
    found = held(expected, passages)
    assert any("is not shown where it should be" in one for one in found)


@pytest.mark.parametrize(
    ("left_out", "said"),
    [
        (row("Acute", "900", "18", "-"),
         "row 'Acute' of the table 'Position, Bromley, £000s' is not shown where it should be."),
        (row("Total", "24,000", "(2,195)", ""),
         "the table 'Position, Bromley, £000s' stops before row 'Total'."),
        (row("Prescribing", "1", "(7)", ""),
         "the table 'Position, Bexley, £000s' stops before row 'Prescribing'."),
        (text("Bromley is £2.2m overspent. It was (1,326)."),
         "does not show 'Bromley is £2.2m overspent. It was (1,326).' of 02_made."),
        (row("Year to date", "! £2.2m over", "! Adverse", "9.6% over budget"),
         "does not show the headline 'Year to date', '£2.2m over'."),
    ],
)  # fmt: skip
def test_what_is_left_out_is_named(expected: Expected, left_out: Passage, said: str) -> None:
    passages = honest()
    passages.remove(left_out)
    assert said in held(expected, passages)


def test_a_table_and_a_chart_that_are_not_met(expected: Expected) -> None:
    passages = [one for one in honest() if one.kind not in ("row", "chart")]
    found = held(expected, passages)
    assert "does not show the table 'Position, Bromley, £000s'." in found
    assert "does not show the table 'Position, Bexley, £000s'." in found
    assert "does not show the chart 'Prescribing is over'." in found
    assert held(expected, passages, whole=False) == []


def test_a_row_of_no_table_and_a_second_table(expected: Expected) -> None:
    passages = [*honest(), row("Reserve", "5,000")]
    said = "the row 'Reserve' | '5,000' is in no table of the blocks."
    assert held(expected, passages) == [said]
    heads = [row("", "To date", "To date", "Forecast"), row("", "Budget", "Variance", "Forecast")]
    again = [*honest(), *heads, row("Prescribing", "1", "(7)", "")]
    assert held(expected, again) == ["the table 'Position, Bexley, £000s' is shown a second time."]


def test_a_head_printed_again_on_a_new_page(expected: Expected) -> None:
    passages = honest()
    at = passages.index(row("Total", "24,000", "(2,195)", ""))
    heads = [row("", "To date", "To date", "Forecast"), row("", "Budget", "Variance", "Forecast")]
    assert held(expected, [*passages[:at], *heads, *passages[at:]]) == []


def test_a_paragraph_cut_by_a_page(expected: Expected) -> None:
    passages = honest()
    at = passages.index(text("Bromley is £2.2m overspent. It was (1,326)."))
    passages[at : at + 1] = [text("Bromley is £2.2m"), text("overspent. It was (1,326).")]
    assert held(expected, passages) == []
    passages[at] = text("romley is £2.2m")
    assert held(expected, passages) != []


@pytest.mark.parametrize(
    ("words", "is_held"),
    [
        ("Contents", False),
        ("23 November 2023", False),
        ("Month 6 2023/24, version 2", False),
        ("Finance team commentary", False),
        ("12", True),
        ("£3", True),
        ("It is overspent.", True),
        ("A surplus is near.", True),
    ],
)
def test_words_of_no_block(expected: Expected, words: str, is_held: bool) -> None:
    assert bool(held(expected, [*honest(), text(words)])) == is_held
