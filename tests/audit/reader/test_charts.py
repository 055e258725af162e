"""Marks of charts held to their values: every shape, and each way in which a mark can lie."""

from __future__ import annotations

from pathlib import Path

import pytest
from made_blocks import BARS, Json, made, mark, number, short

from boardpack.audit.reader.charts import floors_of, hold_charts
from boardpack.audit.reader.expected import Chart
from boardpack.audit.reader.passage import Passage


def chart_of(folder: Path, **parts: object) -> Chart:
    """The one chart of a build, as the made bars are but for these parts."""
    [chart] = made(folder, {**BARS, **parts}).charts
    return chart


def series(name: str, *values: Json | None) -> Json:
    return {"name": name, "values": list(values)}


WALK: Json = {
    "shape": "waterfall",
    "categories": ["Budget", "Prescribing", "Acute", "Forecast"],
    "series": [series("Walk", number("500", "500000"), short(30), number("10", "10000"),
                      number("520", "520000"))],
    "steps": "taken",
}  # fmt: skip
STACKED: Json = {
    "shape": "stacked",
    "series": [
        series("A", number("40", "40000"), short(10)),
        series("B", number("20", "20000"), short(5)),
    ],
}  # fmt: skip
LINES: Json = {
    "shape": "line",
    "categories": ["April", "May", "June"],
    "series": [
        series("A", number("40", "40000"), None, number("60", "60000")),
        series("B", number("80", "80000"), number("90", "90000"), number("100", "100000")),
    ],
    "target": number("50", "50000"),
    "target_label": "Plan",
}  # fmt: skip
BULLET: Json = {
    "shape": "bullet",
    "series": [
        series("Actual", number("90", "90000"), number("50%", "50")),
        series("Target", number("100", "100000"), number("40%", "40")),
    ],
}  # fmt: skip

THREE: Json = {
    "categories": ["Prescribing", "Acute", "Community"],
    "series": [series("Variance", short(2000), number("500", "500000"), short(1000))],
}

CASES: dict[str, tuple[Json, list[Passage]]] = {
    "bars": (THREE, [
        mark("", "Prescribing", "(2,000)", "0.700 to 0.100"),
        mark("", "Acute", "500", "0.700 to 0.850"),
        mark("", "Community", "(1,000)", "0.700 to 0.400"),
    ]),
    "a walk from nil": (WALK, [
        mark("Start and end", "Budget", "500", "0.000 to 0.800"),
        mark("Adverse step", "Prescribing", "(30)", "0.800 to 0.848"),
        mark("Step", "Acute", "10", "0.848 to 0.832"),
        mark("Start and end", "Forecast", "520", "0.000 to 0.832"),
    ]),
    "a walk from a floor": (WALK, [
        mark("Start and end", "Budget", "500", "0.000 to 0.500"),
        mark("Adverse step", "Prescribing", "(30)", "0.500 to 0.650"),
        mark("Step", "Acute", "10", "0.650 to 0.600"),
        mark("Start and end", "Forecast", "520", "0.000 to 0.600"),
        mark("", "", "£000s (bars start at 400, not at zero)", ""),
    ]),
    "parts end to end": (STACKED, [
        mark("A", "Prescribing", "40", "0.200 to 0.600"),
        mark("A", "Acute", "", "0.200 to 0.100"),
        mark("B", "Prescribing", "20", "0.600 to 0.800"),
        mark("B", "Acute", "", "0.100 to 0.050"),
    ]),
    "lines": (LINES, [
        mark("A 60", "April", "", "0.400"),
        mark("A 60", "June", "", "0.600"),
        mark("B", "April", "", "0.800"),
        mark("B", "", "", "0.900"),
        mark("B", "June", "100", "1.000"),
        mark("axis", "", "0", "0.000"),
        mark("axis", "", "100", "1.000"),
        mark("target", "", "", "0.500"),
        mark("", "", "Plan 50", ""),
    ]),
    "shares of targets": (BULLET, [
        mark("Actual", "Prescribing 90 against 100", "", "0.000 to 0.720"),
        mark("Actual", "Acute 50% against 40%", "", "0.000 to 1.000"),
        mark("target", "", "", "0.800"),
    ]),
}  # fmt: skip


def held(folder: Path, case: str, marks: list[Passage]) -> list[str]:
    chart = chart_of(folder, **CASES[case][0])
    return [what for _, what in hold_charts("page", marks, [chart], True)]


@pytest.mark.parametrize("case", CASES)
def test_an_honest_chart_has_no_finding(case: str, tmp_path: Path) -> None:
    assert held(tmp_path, case, CASES[case][1]) == []


@pytest.mark.parametrize("case", CASES)
def test_every_mark_that_is_moved_is_found(case: str, tmp_path: Path) -> None:
    """Each place of each mark, a twentieth of the axis out."""
    marks = CASES[case][1]
    for place, one in enumerate(marks):
        ends = one.cells[3].split(" to ") if one.cells[3] else []
        for at in range(len(ends)):
            moved = [f"{float(end) + 0.05 * (n == at):.3f}" for n, end in enumerate(ends)]
            wrong = [*marks]
            wrong[place] = one._replace(cells=(*one.cells[:3], " to ".join(moved)))
            assert held(tmp_path / f"{place}{at}", case, wrong), one


@pytest.mark.parametrize("case", CASES)
def test_every_number_beside_a_mark_is_held(case: str, tmp_path: Path) -> None:
    marks = CASES[case][1]
    for place, one in enumerate(marks):
        if any(sign.isdigit() for sign in one.cells[2]):
            label = "".join("7" if sign.isdigit() else sign for sign in one.cells[2])
            wrong = [*marks]
            wrong[place] = one._replace(cells=(*one.cells[:2], label, one.cells[3]))
            assert held(tmp_path / str(place), case, wrong), one


@pytest.mark.parametrize(
    ("case", "place", "cells", "said"),
    [
        ("bars", 0, ("", "Prescribing", "2,000", "0.700 to 0.100"),
         "In the chart 'Prescribing is over' 'Prescribing' is labelled '2,000' where its value is "
         "'(2,000)'."),
        ("bars", 0, ("", "Acute", "(2,000)", "0.700 to 0.100"),
         "the chart 'Prescribing is over' names 'Acute' where 'Prescribing' stands."),
        ("bars", 1, ("", "Acute", "", "0.700 to 0.850"),
         "In the chart 'Prescribing is over' 'Acute' has no label."),
        ("bars", 1, ("", "Acute", "500", "0.700 to 0.550"),
         "In the chart 'Prescribing is over' 'Variance, Acute' is not drawn in proportion to its "
         "value."),
        ("lines", 8, ("", "", "Plan 40", ""),
         "In the chart 'Prescribing is over' stands 'Plan 40', which its block does not say."),
        ("a walk from a floor", 4, ("", "", "Bars start at 450, not at zero", ""),
         "In the chart 'Prescribing is over' 'Bars start at 450, not at zero' is said, and they "
         "start elsewhere."),
    ],
)  # fmt: skip
def test_a_lie_is_named(
    case: str, place: int, cells: tuple[str, ...], said: str, tmp_path: Path
) -> None:
    marks = [*CASES[case][1]]
    marks[place] = marks[place]._replace(cells=cells)
    assert said in held(tmp_path, case, marks)


def test_marks_too_many_or_too_few(tmp_path: Path) -> None:
    marks = CASES["bars"][1]
    said = "the chart 'Prescribing is over' shows {} marks where it has 3 values."
    assert said.format(1) in held(tmp_path / "few", "bars", marks[:1])
    assert said.format(4) in held(tmp_path / "many", "bars", [*marks, marks[1]])
    assert held(tmp_path / "none", "bars", []) == ["does not show the chart 'Prescribing is over'."]


def test_series_under_other_names(tmp_path: Path) -> None:
    marks = [one._replace(cells=("C", *one.cells[1:])) for one in CASES["parts end to end"][1]]
    [said] = held(tmp_path, "parts end to end", marks)
    assert said == "the chart 'Prescribing is over' names its series 'C', not as its block does."


def test_bars_the_wrong_way_round(tmp_path: Path) -> None:
    marks = [
        one._replace(cells=(*one.cells[:3], " to ".join(f"{1 - float(end):.3f}" for end in ends)))
        for one in CASES["bars"][1]
        for ends in [one.cells[3].split(" to ")]
    ]
    said = "is drawn the wrong way round, or without the signs of its values."
    assert held(tmp_path, "bars", marks) == [f"the chart 'Prescribing is over' {said}"]


def test_a_picture_that_no_block_has(tmp_path: Path) -> None:
    other = [mark("", "Savings", "9,000", "0.000 to 1.000")]
    assert "shows a picture with numbers that no chart of the blocks has." in held(
        tmp_path, "bars", other
    )


@pytest.mark.parametrize(("off", "is_found"), [(0.003, False), (0.006, True)])
def test_what_the_eye_cannot_tell_is_no_finding(off: float, is_found: bool, tmp_path: Path) -> None:
    marks = [*CASES["lines"][1]]
    marks[3] = mark("B", "", "", f"{0.9 + off:.3f}")
    assert bool(held(tmp_path, "lines", marks)) == is_found


def test_where_a_walk_starts(tmp_path: Path) -> None:
    chart = chart_of(tmp_path, **WALK)
    [(low, high)] = floors_of(CASES["a walk from a floor"][1], [chart])
    assert low < 400 < high
    assert high - low < 3
    assert floors_of(CASES["bars"][1], [chart_of(tmp_path / "bars")]) == []


def test_of_two_charts_alike_the_one_that_is_meant(tmp_path: Path) -> None:
    """A wrong label leads to no other chart, as all else is that of its own."""
    others = [series("Variance", short(7), short(8))]
    other = {**BARS, "id": "b", "title": "Another", "series": others}
    charts = made(tmp_path, other, BARS).charts
    marks = [
        mark("", "Prescribing", "(2,113)", "0.900 to 0.100"),
        mark("", "Acute", "18", "0.900 to 0.907"),
    ]
    said = [what for _, what in hold_charts("page", marks, charts, False)]
    assert said == [
        "In the chart 'Prescribing is over' 'Prescribing' is labelled '(2,113)' where its value is "
        "'(2,213)'."
    ]
