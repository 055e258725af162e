"""Charts on paper: right bars, labels that can be read, the same picture every time."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from xml.etree import ElementTree

import pytest

import sample_paper as sample
from boardpack.core.design import colours, design
from boardpack.document.blocks import Chart, Number, Series
from boardpack.outputs.charts.static_bars import GAP, spans_spec
from boardpack.outputs.charts.static_chart import FULL_WIDTH, HALF_WIDTH, SCREEN_WIDTH, chart_svg
from boardpack.outputs.charts.static_head import key_of
from boardpack.outputs.charts.static_labels import Label, spread
from boardpack.outputs.charts.static_panels import panels_svg
from boardpack.outputs.charts.static_spans import (
    bar_spans,
    bullet_spans,
    row_numbers,
    stacked_spans,
    waterfall_spans,
)
from boardpack.outputs.charts.static_style import LINE_HEIGHT, ticks
from boardpack.outputs.typeface import missing, printable, width, wrapped
from other_process import Call

CHARTS = {
    "bars": sample.BARS,
    "grouped": sample.GROUPED,
    "stacked": sample.STACKED,
    "walk": sample.WALK,
    "lines": sample.LINE,
    "one line": sample.ONE_LINE,
    "slope": sample.SLOPE,
    "bullets": sample.BULLETS,
    "panels": sample.PANELS,
    "line panels": sample.LINE_PANELS,
}
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(params=CHARTS)
def chart(request: pytest.FixtureRequest) -> Chart:
    return CHARTS[request.param]


def drawn(svg: str) -> tuple[list[str], list[float], list[str]]:
    """The texts of a picture, their sizes, and all colours that fill."""
    root = ElementTree.fromstring(svg)
    texts = [e for e in root.iter(f"{SVG}text") if "".join(e.itertext())]
    sizes = [float((e.get("font-size") or "0").removesuffix("px")) for e in texts]
    fills = [e.get("fill") or "" for e in root.iter()]
    return ["".join(e.itertext()) for e in texts], sizes, fills


@pytest.mark.parametrize("total", [FULL_WIDTH, HALF_WIDTH])
def test_a_picture_has_its_width_and_no_small_type(
    chart: Chart, total: float, own_process: Call
) -> None:
    svg = own_process(chart_svg, chart, total)
    assert re.search(r'<svg [^>]*width="(\d+)"', svg)[1] == f"{total:g}"  # type: ignore[index]
    assert min(drawn(svg)[1]) >= 8
    assert "rotate(-90)" not in svg


MONTHS = ("April 2023", "May 2023", "June 2023", "July 2023", "August 2023", "September 2023")


def in_months(chart: Chart, count: int) -> Chart:
    """The chart over so many months up to September, each value short and no line with a gap."""
    values = tuple(Number(f"{place}", "a", f"{place}") for place in range(1, count + 1))
    series = tuple(replace(one, values=values) for one in chart.series)
    return replace(chart, categories=MONTHS[-count:], series=series, target=None, scale="1")


def outside(svg: str) -> list[str]:
    """The texts of a picture that reach beyond its edge, or beyond that of their panel."""
    found: list[str] = []

    def look(element: ElementTree.Element, left: float, total: float) -> None:
        if element.tag == f"{SVG}svg":
            left, total = 0.0, float(element.get("width") or 0)
        moved = re.match(r"translate\(([-0-9.e]+)", element.get("transform") or "")
        left += float(moved[1]) if moved else 0.0
        if element.tag == f"{SVG}text":
            lines = ["".join(one.itertext()) for one in element] or ["".join(element.itertext())]
            size = float((element.get("font-size") or "0").removesuffix("px"))
            bold = element.get("font-weight") == "bold"
            for line in lines:
                wide = width(line, size, bold)
                share = {"middle": 0.5, "end": 1.0}.get(element.get("text-anchor") or "", 0.0)
                if left - share * wide < -0.5 or left + (1 - share) * wide > total + 0.5:
                    found.append(line)
        for inner in element:
            look(inner, left, total)

    look(ElementTree.fromstring(svg), 0.0, 0.0)
    return found


@pytest.mark.parametrize("total", [FULL_WIDTH, HALF_WIDTH, SCREEN_WIDTH])
def test_no_words_of_a_picture_are_cut_by_its_edge(
    chart: Chart, total: float, own_process: Call
) -> None:
    assert outside(own_process(chart_svg, chart, total)) == []


@pytest.mark.parametrize("total", [FULL_WIDTH, HALF_WIDTH, SCREEN_WIDTH])
@pytest.mark.parametrize("name", ["lines", "one line", "slope", "line panels"])
@pytest.mark.parametrize("count", [1, 2, 3, 6])
def test_no_month_below_a_line_is_cut(
    name: str, count: int, total: float, own_process: Call
) -> None:
    if name == "slope" and count == 1:
        pytest.skip("a slope has two ends")
    svg = own_process(chart_svg, in_months(CHARTS[name], count), total)
    assert outside(svg) == []
    assert "September" in " ".join(drawn(svg)[0])


def test_words_beyond_the_edge_of_a_panel_are_noticed() -> None:
    text = '<text font-size="8.5px" text-anchor="middle">September</text>'
    panel = f'<svg x="50" width="40"><g transform="translate(30,9)">{text}</g></svg>'
    assert outside(f'<svg xmlns="{SVG[1:-1]}" width="200">{panel}</svg>') == ["September"]


def test_a_picture_is_the_same_every_time(chart: Chart, own_process: Call) -> None:
    assert own_process(chart_svg, chart) == own_process(chart_svg, chart)


@pytest.mark.parametrize("name", ["bars", "grouped", "walk"])
def test_every_bar_says_its_number(name: str, own_process: Call) -> None:
    shown = drawn(own_process(chart_svg, CHARTS[name]))[0]
    numbers = [n.text for series in CHARTS[name].series for n in series.values if n]
    assert not [text for text in numbers if text not in shown]


def test_a_line_of_type_fits_between_the_bars_of_a_row() -> None:
    height = spans_spec(sample.GROUPED, bar_spans(sample.GROUPED), FULL_WIDTH)["height"]
    row = len(sample.GROUPED.series) * LINE_HEIGHT + GAP
    assert height == len(sample.GROUPED.categories) * row


@pytest.mark.parametrize(("unit", "said"), [("£000s", 1), ("", 0)])
def test_an_axis_that_does_not_start_at_zero_is_said_with_the_unit(
    unit: str, said: int, own_process: Call
) -> None:
    """A page that has said the unit above the picture has said of the axis too."""
    steady = tuple(Number(f"{value}", "a", f"{value}") for value in (100, 101, 99))
    series = (replace(sample.ONE_LINE.series[0], values=steady),)
    chart = replace(sample.ONE_LINE, categories=MONTHS[:3], series=series, unit=unit, target=None)
    texts = drawn(own_process(chart_svg, chart, FULL_WIDTH))[0]
    assert sum("(the axis does not start at zero)" in text for text in texts) == said


def test_lines_say_their_name_and_last_value(own_process: Call) -> None:
    shown = drawn(own_process(chart_svg, sample.LINE))[0]
    assert {"By number 93.1%", "By value 96.0%", "Target 95%"} <= set(shown)


def test_a_single_line_says_every_value(own_process: Call) -> None:
    shown = drawn(own_process(chart_svg, sample.ONE_LINE))[0]
    assert {"95.2%", "95.5%", "94.1%", "93.8%", "93.1%"} <= set(shown)


def test_hostile_text_is_text(own_process: Call) -> None:
    svg = own_process(chart_svg, sample.BARS)
    assert "<script" not in svg
    assert ElementTree.fromstring(svg).get("aria-label") == printable(sample.BARS.alt)


def test_an_adverse_bar_is_red_and_bracketed() -> None:
    prescribing, _, corporate = bar_spans(sample.BARS).bars
    assert (prescribing.fill, prescribing.ink, prescribing.text) == (
        colours().red,
        colours().red,
        "(2,213)",
    )
    assert corporate.fill == design().series[0]


def test_among_several_series_a_bar_keeps_the_colour_of_the_key() -> None:
    both = replace(sample.BARS, series=(*sample.BARS.series, *sample.BARS.series))
    assert {(bar.lane, bar.fill) for bar in bar_spans(both).bars} == {
        (0, design().series[0]),
        (1, design().series[1]),
    }


def test_a_walk_goes_from_where_the_last_step_ended() -> None:
    bars = waterfall_spans(sample.WALK).bars
    assert [bar.start for bar in bars] == [0, -2405, -4618, -5022, 0]
    assert [a.end for a, _ in pairwise(bars[:-1])] == [b.start for _, b in pairwise(bars[:-1])]


def test_a_walk_of_small_steps_does_not_start_at_zero_and_says_so(own_process: Call) -> None:
    values = ("241000", "1500", "-300", "242200")
    numbers = tuple(Number(v, f"a.b{i}", v) for i, v in enumerate(values))
    names = ("Start", "Up", "Down", "End")
    walk = Chart("w", "waterfall", "t", "a", names, (Series("s", numbers),), "£000s")
    floor = waterfall_spans(walk).floor
    assert 0 < floor < 241000
    shown = drawn(own_process(chart_svg, walk))[0]
    assert f"£000s (bars start at {floor:,g}, not at zero)" in shown


def test_variances_are_taken_from_a_budget_on_the_way_to_spend() -> None:
    values = (("budget", "100"), ("over", "-30"), ("under", "10"), ("forecast", "120"))
    numbers = tuple(Number(v, n, v, adverse=v == "-30") for n, v in values)
    names = tuple(name for name, _ in values)
    walk = Chart("w", "waterfall", "t", "a", names, (Series("s", numbers),), "", steps="taken")
    bars = waterfall_spans(walk).bars
    assert [(bar.start, bar.end) for bar in bars] == [(0, 100), (100, 130), (130, 120), (0, 120)]
    added = waterfall_spans(replace(walk, steps="added")).bars
    assert [bar.end for bar in added] == [100, 70, 80, 120]


def test_a_bullet_is_a_share_of_its_own_target() -> None:
    paid, spent = bullet_spans(sample.BULLETS).bars  # the third has no value
    assert (paid.row, paid.fill, paid.text) == (0, colours().red, "")
    assert paid.end == pytest.approx(93.1 / 95)
    assert (spent.row, spent.fill) == (1, design().series[0])
    assert spent.end == pytest.approx(25385 / 23172)
    assert bullet_spans(sample.BULLETS).target == (1.0, "Target")
    assert row_numbers(sample.BULLETS) == ["93.1% against 95%", "25,385 against 23,172", "12,521"]


def test_nothing_is_measured_by_a_target_of_nil() -> None:
    nil = Number("-", "a.b", "0")
    both = (Series("Actual", (sample.PAID,)), Series("Target", (nil,)))
    assert bullet_spans(replace(sample.BULLETS, categories=("x",), series=both)).bars == ()


def test_a_slope_says_its_values_at_both_ends(own_process: Call) -> None:
    shown = drawn(own_process(chart_svg, sample.SLOPE))[0]
    assert {"(1,326)", "Prescribing (2,213)", "(83)", "Corporate 212", "July 2023"} <= set(shown)


def test_panels_are_named_and_share_one_scale(own_process: Call) -> None:
    names = drawn(own_process(chart_svg, sample.PANELS))[0]
    assert {"Anytown", "Bigtown", "Centre", "£000s, (over)/under budget"} <= set(names)
    small = Series("Small", (sample.CHC, None, None))
    chart = replace(sample.PANELS, series=(sample.PANELS.series[0], small))
    for one in (chart, replace(chart, panel="line")):
        specs: list[dict[str, object]] = []
        panels_svg(one, FULL_WIDTH, lambda spec, kept=specs: kept.append(spec) or "<svg ></svg>")
        domains = [set(re.findall(r"'domain': \[-[^]]*\]", str(spec))) for spec in specs]
        assert len(domains) == 2
        assert domains[0] == domains[1] != set()


def test_negative_parts_stack_on_the_other_side() -> None:
    parts = [Number("5", "a", "5"), Number("(3)", "b", "-3"), Number("2", "c", "2")]
    series = tuple(Series(n.figure, (n,)) for n in parts)
    chart = Chart("s", "stacked", "t", "a", ("x",), series, "")
    assert [(b.start, b.end) for b in stacked_spans(chart).bars] == [(0, 5), (0, -3), (5, 7)]


def test_the_key_names_what_is_drawn() -> None:
    assert [name for _, name in key_of(sample.GROUPED)] == ["Budget", "Actual"]
    assert [name for _, name in key_of(sample.WALK)] == ["Start and end", "Step", "Adverse step"]
    assert not key_of(sample.BARS)
    assert not key_of(sample.LINE)


@pytest.mark.parametrize(("low", "high"), [(0, 1), (-2213, 212), (94.1, 100), (0, 0), (1e6, 1.1e6)])
def test_ticks_are_round_and_hold_the_range(low: float, high: float) -> None:
    found = ticks(low, high)
    assert found[0] <= low
    assert found[-1] >= high
    assert len(found) <= 8


def test_labels_that_would_overlap_are_spread() -> None:
    labels = [Label(0, top, ("name", "1")) for top in (40.0, 42.0, 90.0, 95.0)]
    moved = spread(labels, 100)
    assert all(a.bottom <= b.top + 1e-9 for a, b in pairwise(moved))
    assert moved[-1].bottom <= 111


def test_text_is_in_characters_that_can_be_printed() -> None:
    assert printable("a\tb\u202e\ufeff ㎡ → £ ≥ 漢\0") == "a b m2 → £ ≥ □"
    assert missing("漢字 □ £ 漢") == ("漢", "字")


def test_lines_are_broken_to_fit() -> None:
    lines = wrapped("Delegated Primary Care Services", 9, 60)
    assert " ".join(lines) == "Delegated Primary Care Services"
    assert all(width(line, 9) <= 60 for line in lines)
