"""One number is not printed in two roundings on one page."""

from __future__ import annotations

from boardpack.document.blocks import (
    Block,
    Column,
    KeyFigure,
    KeyFigures,
    Narrative,
    Number,
    Row,
    Table,
    mark,
)
from boardpack.document.content import Chapter
from boardpack.document.roundings import two_roundings

EXACT = {"a.x": "-2213000", "a.same": "2213000", "a.small": "20"}


def twice(*blocks: Block) -> list[tuple[str, ...]]:
    return [one.printed for one in two_roundings(Chapter("02", "T", blocks), EXACT)]


def words(figure: str, text: str) -> Narrative:
    return Narrative("n", f"It is {mark(figure, text)} here.")


def table(text: str, unit: str = "£000s", note: str = "") -> Table:
    rows = (Row(("Line", Number(text, "a.x", "-2213000"))),)
    return Table("t", "C", (Column("", "left"), Column("A")), rows, unit, (note,))


def test_two_roundings_of_a_figure_in_sentences_are_told() -> None:
    assert twice(words("a.x", "£2.21m"), words("a.x", "£2.2m")) == [("£2.21m", "£2.2m")]


def test_one_size_under_two_names_is_one_number_unless_it_is_a_small_one() -> None:
    assert twice(words("a.x", "£2.21m overspent"), words("a.same", "£2.2m")) != []
    assert twice(words("a.small", "£20"), words("b.small", "20.0%")) == []


def test_direction_words_and_brackets_are_not_another_rounding() -> None:
    assert twice(words("a.x", "£2.21m overspent"), words("a.x", "a fall of £2.21m")) == []


def test_sentences_and_tables_have_a_style_each_and_so_have_two_units() -> None:
    blocks = (words("a.x", "£2.21m"), table("(2,213)"), table("(2,213,000)", "£"))
    assert twice(*blocks) == []
    assert twice(table("(2,213)"), table("(2,210)")) == [("2,210", "2,213")]


def test_a_note_may_quote_its_table() -> None:
    assert twice(words("a.x", "£2.21m"), table("(2,213)", note=mark("a.x", "2,213"))) == []
    assert twice(words("a.x", "£2.21m"), table("(2,213)", note=mark("a.x", "£2m"))) != []


def test_headline_numbers_speak_as_sentences_do() -> None:
    card = KeyFigure("Year to date", Number("£2.2m over", "a.x", "-2213000"))
    assert twice(KeyFigures("k", (card,)), words("a.x", "£2.21m")) == [("£2.21m", "£2.2m")]
