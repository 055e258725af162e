"""How a body's papers are printed: the unit of money, and its words for board and place."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest
from made_figures import made_figure

from boardpack.core.in_print import InPrint, worded
from boardpack.document import own_words
from boardpack.document.blocks import Chart, Column, Number, Row, Series, Table
from boardpack.document.numbers import short_money, thousands
from boardpack.document.own_words import in_own_print
from boardpack.document.wording import SAYINGS


@pytest.fixture(autouse=True)
def as_usual() -> Iterator[None]:
    yield
    own_words._IN_PRINT[0] = InPrint()


def print_as(**said: str) -> None:
    own_words._IN_PRINT[0] = InPrint(**said)  # type: ignore[arg-type]


CASES = [
    ("-2212865", "(2,213)", "(2.21)", "(2,212,865)"),
    ("2212865", "2,213", "2.21", "2,212,865"),
    ("0", "-", "-", "-"),
    ("4999", "5", "0.00", "4,999"),
    ("-4999.50", "(5)", "(0.00)", "(5,000)"),
    ("5000", "5", "0.01", "5,000"),
    ("499.5", "0", "0.00", "500"),
    ("1234995000", "1,234,995", "1,235.00", "1,234,995,000"),
]


@pytest.mark.parametrize(("value", "in_thousands", "in_millions", "in_pounds"), CASES)
def test_an_amount_of_a_table_in_each_unit(
    value: str, in_thousands: str, in_millions: str, in_pounds: str
) -> None:
    figure = made_figure("position.bromley.total.ytd_variance", value)
    for unit, text in (("£000s", in_thousands), ("£m", in_millions), ("£", in_pounds)):
        print_as(money=unit)
        assert thousands(figure).text == text
        assert Decimal(thousands(figure).value) == Decimal(value)


@pytest.mark.parametrize(
    ("value", "in_millions", "in_pounds"),
    [
        ("-2212865", "£2.21m", "£2,212,865"),
        ("239000", "£0.24m", "£239,000"),
        ("5000", "£0.01m", "£5,000"),
        ("4999", "£5k", "£4,999"),
        ("999", "£999", "£999"),
        ("4000", "£4k", "£4,000"),
        ("0", "nil", "nil"),
        ("0.49", "£0", "£0"),
        ("241700000", "£241.70m", "£241,700,000"),
    ],
)
def test_an_amount_of_a_sentence_in_each_unit(value: str, in_millions: str, in_pounds: str) -> None:
    figure = made_figure("position.bromley.total.ytd_variance", value)
    for unit, text in (("£m", in_millions), ("£", in_pounds)):
        print_as(money=unit)
        assert short_money(figure.value) == text
        assert SAYINGS["thousands"](figure) == text


def table() -> Table:
    columns = (Column("Place", "left"), Column("Cost, £000s", group="To date, £000s"))
    return Table(
        "t", "By place, £000s", columns, (Row(("Northtown Place", "1")),), "£000s", ("In £000s.",)
    )


@pytest.mark.parametrize("unit", ["£m", "£"])
def test_no_label_of_a_table_says_thousands_where_the_paper_has_another_unit(unit: str) -> None:
    print_as(money=unit)
    found = in_own_print(table())
    assert "000s" not in repr(found)
    assert repr(found).count(unit) >= 5


def test_a_chart_is_drawn_in_the_unit_that_it_names() -> None:
    number = Number("(2.21)", "a.b.c.d", "-2212865")
    chart = Chart("c", "bar", "t", "in £000s", ("a",), (Series("s", (number,)),), "£000s", "1000")
    assert in_own_print(chart) == chart
    print_as(money="£m")
    found = in_own_print(chart)
    assert isinstance(found, Chart)
    assert (found.unit, found.scale, found.places, found.alt) == ("£m", "1000000", 2, "in £m")
    other = Chart("c", "bar", "t", "", ("a",), (Series("s", (number,)),), "Clients", "1000")
    assert in_own_print(other) == other


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("No action of this board is open.", "No action of this committee is open."),
        ("What the board is asked to do", "What the committee is asked to do"),
        ("Board paper", "Committee paper"),
        ("all places, every place's part", "all localities, every locality's part"),
        ("Places", "Localities"),
        ("the Integrated Care Board (ICB)", "the Integrated Care Board (ICB)"),
        ("Care Board London", "Care Board London"),
        ("replaced, placement, boarding", "replaced, placement, boarding"),
    ],
)
def test_a_text_says_what_the_body_says(text: str, expected: str) -> None:
    assert worded(text, InPrint(board="Committee", place="locality")) == expected
    assert worded(text, InPrint()) == text


@pytest.mark.parametrize("said", [{"money": "£k"}, {"board": ""}, {"place": "a, b"}, {"logo": "x"}])
def test_what_cannot_be_printed_is_refused(said: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="validation error"):
        InPrint.model_validate(said)
