"""What is said of a figure by case: each side of nil, each unit, each edge, and what is absent."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from made_figures import made_figure

from boardpack.core.errors import BuildFault
from boardpack.document.wording import (
    SAYINGS,
    Name,
    Unsupplied,
    Wording,
    cell_text,
    count_words,
    listed,
    material,
    plain_text,
)
from boardpack.figures.figure import Figure
from boardpack.figures.register import Register, UnknownFigure

FIGURE = made_figure(
    "position.bromley.prescribing.ytd_variance",
    -2213000,
    label="Prescribing, year to date variance",
    margin=Decimal(500),
)
PLACES = frozenset({"bromley", "icb"})


def _figure(value: str, unit: str = "GBP", **more: str) -> Figure:
    return replace(FIGURE, value=Decimal(value), unit=unit, **more)


def _wording(*figures: Figure) -> Wording:
    roles = {"prescribing": "medicines"}
    return Wording(Register(figures), "bromley", PLACES, roles)


@pytest.mark.parametrize(
    ("saying", "below", "nil", "above"),
    [
        ("overspend", "£250k overspent", "on budget", "£250k underspent"),
        ("an_overspend", "an overspend of £250k", "no variance", "an underspend of £250k"),
        ("shortfall", "£250k short of plan", "on plan", "£250k ahead of plan"),
        ("a_surplus", "a deficit of £250k", "break-even", "a surplus of £250k"),
        ("rise", "a fall of £250k", "no change", "a rise of £250k"),
        ("risen", "fallen by £250k", "not changed", "risen by £250k"),
        ("above_or_below", "£250k below", "level with", "£250k above"),
        ("against_plan", "short of plan", "on plan", "ahead of plan"),
        ("overspent", "overspent", "on budget", "underspent"),
    ],
)
def test_a_direction_has_two_sides_and_nil(saying: str, below: str, nil: str, above: str) -> None:
    said = [SAYINGS[saying](_figure(value)) for value in ("-250000", "0", "250000")]
    assert said == [below, nil, above]


def test_a_few_pence_have_a_direction_too() -> None:
    said = [SAYINGS["against_plan"](_figure(value)) for value in ("-0.40", "0.40")]
    assert said == ["short of plan", "ahead of plan"]


@pytest.mark.parametrize(
    ("value", "said"),
    [("-2.55", "2.6% over budget"), ("0", "on budget"), ("12", "12.0% under budget")],
)
def test_a_share_of_budget_has_one_decimal_and_a_direction(value: str, said: str) -> None:
    assert SAYINGS["over_share"](_figure(value, "PCT")) == said


@pytest.mark.parametrize(
    ("saying", "value", "unit", "said"),
    [
        ("money", "-404000", "GBP", "£404k"),
        ("thousands", "-1234567", "GBP", "£1,235k"),
        ("thousands", "499", "GBP", "£499"),
        ("pounds", "-1234.5", "GBP", "£1,235"),
        ("price", "-4224.4", "GBP_PER_CLIENT_WEEK", "£4,224"),
        ("price", "4224.5", "GBP_PER_CLIENT_WEEK", "£4,225"),
        ("percent", "9.25", "PCT", "9.3%"),
        ("percent", "9", "PCT", "9.0%"),
        ("percent_2", "0.516", "PCT", "0.52%"),
        ("whole_percent", "59.5", "PCT", "60%"),
        ("count", "-1040.6", "COUNT", "1,041"),
        ("size", "40", "PCT", "40%"),
        ("size", "41", "PCT", "41%"),
        ("size", "40.25", "PCT", "40.3%"),
        ("size", "-1041", "COUNT", "1,041"),
        ("size", "2400000", "GBP", "£2.4m"),
        ("size", "2400000", "GBP_PER_MONTH", "£2.4m"),
        ("size", "-2400000", "GBP_PER_CLIENT_WEEK", "£2,400,000"),
    ],
)
def test_a_size_is_said_in_its_unit_without_a_sign(
    saying: str, value: str, unit: str, said: str
) -> None:
    assert SAYINGS[saying](_figure(value, unit)) == said


def test_a_label_is_said_as_it_stands() -> None:
    assert SAYINGS["label"](FIGURE) == "Prescribing, year to date variance"


TESTS = ("adverse", "negative", "positive", "nil", "nil_but_for_rounding")


@pytest.mark.parametrize(
    ("value", "holds"),
    [
        ("-501", {"adverse", "negative"}),
        ("-500", {"adverse", "negative", "nil_but_for_rounding"}),
        ("-1", {"adverse", "negative", "nil_but_for_rounding"}),
        ("0", {"nil", "nil_but_for_rounding"}),
        ("1", {"positive", "nil_but_for_rounding"}),
        ("500", {"positive", "nil_but_for_rounding"}),
        ("501", {"positive"}),
    ],
)
def test_a_sign_is_tested_at_its_edges(value: str, holds: set[str]) -> None:
    tests = _wording(_figure(value)).tests()
    assert {name for name in TESTS if tests[name](FIGURE.id)} == holds


@pytest.mark.parametrize(
    ("value", "above", "below", "is_size"),
    [("101", True, False, False), ("100", False, False, True), ("99", False, True, False)],
)
def test_a_figure_is_compared_with_another(
    value: str, above: bool, below: bool, is_size: bool
) -> None:
    other = _figure("100", id="position.bromley.total.ytd_variance", line="total")
    tests = _wording(_figure(value), other).tests()
    assert tests["above"](FIGURE.id, other.id) is above
    assert tests["below"](FIGURE.id, other.id) is below
    assert tests["numbering"](FIGURE.id, 100) is is_size


@pytest.mark.parametrize(
    ("name", "identity"),
    [
        ("position.prescribing.ytd_variance", "position.bromley.prescribing.ytd_variance"),
        ("position.icb.total.ytd_variance", "position.icb.total.ytd_variance"),
        ("position.bromley.total.ytd_budget", "position.bromley.total.ytd_budget"),
        ("position.@prescribing.ytd_budget", "position.bromley.medicines.ytd_budget"),
        ("position", "position"),
        ("position.prescribing", "position.bromley.prescribing"),
        ("position.icb", "position.icb"),
    ],
)
def test_a_name_without_a_place_is_of_the_papers_own(name: str, identity: str) -> None:
    wording = _wording(FIGURE)
    assert wording.id(name) == identity
    first, *others = name.split(".")
    built = getattr(Name(), first)
    for part in others:
        built = getattr(built, part)
    assert wording.id(built) == identity
    assert wording.id(Name()[name]) == identity


def test_parts_of_a_name_are_put_behind_each_other() -> None:
    name = Name(("position",))["total.ytd_budget"].printed
    assert name.parts == ("position", "total", "ytd_budget", "printed")


def test_each_test_of_a_template_goes_by_its_name() -> None:
    tests = _wording(FIGURE).tests()
    assert set(tests) == {"supplied", "numbering", "above", "below", *TESTS}
    assert tests["supplied"]("position.prescribing.ytd_variance")
    assert not tests["supplied"]("position.prescribing.ytd_variances")


def test_a_name_that_is_printed_as_it_stands_is_a_fault() -> None:
    with pytest.raises(BuildFault) as caught:
        str(Name(("position", "total", "ytd_budget")))
    assert str(caught.value) == (
        "The template prints position.total.ytd_budget without saying how."
        " Add a filter, such as | money or | overspend."
    )


def test_a_figure_stands_for_itself() -> None:
    wording = _wording()
    assert wording.figure(FIGURE) is FIGURE
    assert wording.id(FIGURE) == FIGURE.id
    assert wording.supplied(FIGURE)
    assert not wording.supplied(FIGURE.id)


def test_a_figure_that_is_there_is_found_and_another_is_unknown() -> None:
    wording = _wording(FIGURE)
    assert wording.figure("position.prescribing.ytd_variance") is FIGURE
    assert wording.supplied("position.prescribing.ytd_variance")
    with pytest.raises(UnknownFigure):
        wording.figure("position.prescribing.ytd_variances")


def test_a_figure_whose_parts_are_absent_says_which() -> None:
    wording = _wording(FIGURE)
    for line in ("acute_services", "community"):
        scope = f"position.bromley.{line}"
        wording.register.note_blank(f"{scope}.ytd_actual", f"{line}, actual")
        formula = f"0 - {scope}.ytd_actual"
        variance = _figure("0", id=f"{scope}.ytd_variance", line=line)
        wording.register.derive(replace(variance, source=formula, margin=Decimal(0)))
    assert wording.figure(FIGURE.id) is FIGURE
    with pytest.raises(Unsupplied) as caught:
        wording.figure("position.community.ytd_variance")
    assert caught.value.missing == ("community, actual",)
    assert str(caught.value) == "community, actual"
    with pytest.raises(Unsupplied) as caught:
        wording.figure("position.total.ytd_variance")
    assert caught.value.missing == ("acute_services, actual", "community, actual")
    assert str(caught.value) == "acute_services, actual, community, actual"


def test_a_filter_tags_what_it_says() -> None:
    filters = _wording(FIGURE).filters()
    assert filters["money"]("position.prescribing.ytd_variance") == f"⟦{FIGURE.id}|£2.21m⟧"
    assert filters["overspend"](FIGURE) == f"⟦{FIGURE.id}|£2.21m overspent⟧"
    assert set(filters) == {*SAYINGS, "plain", "listed", "count_words", "amounts"}
    assert filters["plain"]("a*b") == "a\\*b"
    assert filters["listed"](["a", "b"]) == "a and b"
    assert filters["count_words"](3) == "three"


def test_amounts_are_listed_with_their_sizes() -> None:
    said = _wording().filters()["amounts"]([("care*", _figure("-239000")), ("acute", FIGURE)])
    assert said == f"care\\* (⟦{FIGURE.id}|£239k⟧) and acute (⟦{FIGURE.id}|£2.21m⟧)"


@pytest.mark.parametrize(
    ("items", "said"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_items_are_listed_with_one_and(items: list[str], said: str) -> None:
    assert listed(items) == said
    assert listed(iter(items)) == said


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (-1, "-1"),
        (0, "none"),
        (1, "one"),
        (13, "thirteen"),
        (19, "nineteen"),
        (20, "twenty"),
        (21, "twenty-one"),
        (30, "thirty"),
        (42, "forty-two"),
        (55, "fifty-five"),
        (68, "sixty-eight"),
        (77, "seventy-seven"),
        (84, "eighty-four"),
        (99, "ninety-nine"),
        (100, "100"),
    ],
)
def test_a_count_in_words(number: int, words: str) -> None:
    assert count_words(number) == words


def test_text_of_a_file_is_inert() -> None:
    assert plain_text("a  b\n#c `d` ~e~ f! g&h $i^ @j \\k [l]") == (
        "a b \\#c \\`d\\` \\~e\\~ f\\! g\\&h \\$i\\^ \\@j \\\\k \\[l\\]"
    )
    assert cell_text(" a  *b*\n⟦c|1⟧ ") == "a *b* (c|1)"


@pytest.mark.parametrize(
    ("value", "budget", "is_material"),
    [
        ("-100", "1000", True),  # the amount is the greater: at it, and one step below
        ("-99", "1000", False),
        ("100", "1000", True),
        ("99", "-1000", False),
        ("-300", "10000", True),  # three in a hundred of the budget is the greater
        ("-299", "10000", False),
        ("299", "-10000", False),
        ("300", "-10000", True),
        ("0", "0", False),
    ],
)
def test_what_is_material_is_the_greater_of_an_amount_and_a_share(
    value: str, budget: str, is_material: bool
) -> None:
    assert material(_figure(value), Decimal(budget), Decimal(100), Decimal(3)) is is_material
