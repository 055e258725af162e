"""Every block drawn as HTML: each number tagged, each table headed, nothing smuggled in."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

import sample_paper as sample
from boardpack.core.errors import BuildFault
from boardpack.core.stored import stored_in
from boardpack.document.blocks import (
    MIME,
    Block,
    Chart,
    Column,
    Number,
    Row,
    Series,
    Table,
    block_from_json,
    numbers_in,
)
from boardpack.outputs import notebook
from boardpack.outputs.charts.plotly_lines import starts_at_zero
from boardpack.outputs.charts.static_spans import waterfall_spans
from boardpack.outputs.exact_values import exact_values
from boardpack.outputs.html import table as html_table
from boardpack.outputs.html.blocks import block_html
from boardpack.outputs.html.chart import specs
from boardpack.outputs.html.standalone import html_alone

Attributes = dict[str, str | None]
CHARTS = [block for block in sample.BLOCKS if isinstance(block, Chart)]
VALUES = exact_values(sample.BLOCKS)


class Page(HTMLParser):
    """The elements of a piece of HTML, and what its tagged numbers print."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, Attributes]] = []
        self.numbers: list[tuple[Attributes, str]] = []
        self.text = ""
        self._in_data = False
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._in_data = tag == "data"
        if self._in_data:
            self.numbers.append((dict(attrs), ""))

    def handle_endtag(self, tag: str) -> None:
        self._in_data = False

    def handle_data(self, data: str) -> None:
        self.text += data
        if self._in_data:
            attributes, printed = self.numbers[-1]
            self.numbers[-1] = (attributes, printed + data)

    def all(self, tag: str) -> list[Attributes]:
        return [attributes for name, attributes in self.elements if name == tag]


def drawn(block: Block) -> Page:
    return Page(block_html(block, VALUES))


def numbers_of(data: Any) -> Iterable[Number]:
    if isinstance(data, Number):
        yield data
    elif isinstance(data, tuple):
        for part in data:
            yield from numbers_of(part)
    elif hasattr(data, "__dataclass_fields__"):
        for name in data.__dataclass_fields__:
            yield from numbers_of(getattr(data, name))


@pytest.mark.parametrize("block", sample.BLOCKS, ids=lambda block: block.id)
def test_every_number_is_tagged_with_its_figure_value_and_print(block: Block) -> None:
    page = drawn(block)
    assert {a["data-figure"] for a, _ in page.numbers} == set(numbers_in(block))
    tagged = Counter((str(a["data-figure"]), str(a["value"]), text) for a, text in page.numbers)
    stated = Counter((n.figure, n.value, n.text) for n in numbers_of(block))
    assert stated - tagged == Counter()


def test_a_number_in_prose_has_its_exact_value() -> None:
    values = {a["data-figure"]: a["value"] for a, _ in drawn(sample.WORDS).numbers}
    assert values == {sample.VARIANCE.figure: "-2213000"}


@pytest.mark.parametrize("block", sample.BLOCKS, ids=lambda block: block.id)
def test_hostile_text_stays_text(block: Block) -> None:
    page = drawn(block)
    scripts = len(page.all("script"))
    assert scripts == isinstance(block, Chart)
    assert all(script == {"type": "application/json"} for script in page.all("script"))
    assert not [a for _, a in page.elements if any(name.startswith("on") for name in a)]
    assert not [a for a in page.all("a") if str(a["href"]).startswith("javascript")]
    assert not page.all("img")


def test_hostile_text_is_shown_as_it_is() -> None:
    for block in (sample.TABLE, sample.BARS, sample.MISSING, sample.KEY_FIGURES, sample.WORKINGS):
        assert sample.HOSTILE in drawn(block).text


def test_braces_in_a_columns_head_are_no_unit_of_measure() -> None:
    """Great Tables prints what stands between two braces without them, as it would a unit."""
    columns = (Column("Item"), Column("Rate {{ 1 }}", group="Group {{m^2}}"))
    text = drawn(Table("t", "Caption", columns, (Row(("a", "b")),))).text
    assert "Rate {{ 1 }}" in text
    assert "Group {{m^2}}" in text


def test_chart_labels_are_neither_tags_nor_mathematics() -> None:
    name = specs(sample.BARS)[0]["layout"]["yaxis"]["ticktext"][2].replace("<br>", " ")
    assert "<" not in name
    assert "$" not in name
    told = block_html(sample.BARS).partition('<script type="application/json">')[2]
    said, _, rest = told.partition("</script>")
    assert json.loads(said) == specs(sample.BARS)
    assert "</script>" not in rest


@pytest.mark.parametrize("block", sample.BLOCKS, ids=lambda block: block.id)
def test_two_renders_are_equal_and_ids_are_single(block: Block) -> None:
    assert block_html(block, VALUES) == block_html(block, VALUES)
    ids = [a["id"] for _, a in drawn(block).elements if "id" in a]
    assert len(ids) == len(set(ids))


def test_a_table_has_caption_unit_and_scopes() -> None:
    page = drawn(sample.TABLE)
    assert page.all("table") == [{"class": "gt_table", "id": "position-table"}]
    assert page.all("caption") == [{"id": "position-table-caption"}]
    assert ", £000s" in page.text
    scopes = Counter(a["scope"] for a in page.all("th"))
    assert scopes == {"col": 7, "colgroup": 1, "row": 5, "rowgroup": 2}
    assert page.all("th")[0]["rowspan"] == "2"


def test_a_table_scrolls_in_a_named_region() -> None:
    [region] = drawn(sample.TABLE).all("section")
    assert region["aria-labelledby"] == "position-table-caption"
    assert region["tabindex"] == "0"


def test_row_kinds_are_classes() -> None:
    kinds = [a["class"] for a in drawn(sample.TABLE).all("tr")][2:]
    assert kinds == ["heading", "line", "line", "subtotal", "heading", "line", "total"]


def test_numbers_are_right_aligned_and_words_left() -> None:
    page = drawn(replace(sample.TABLE, rows=sample.TABLE.rows[1:2]))
    assert [str(a["class"]).split()[-1] for a in page.all("td")] == ["gt_right"] * 4 + ["gt_left"]


def test_a_table_without_rows_or_with_one_column_is_drawn() -> None:
    assert "<caption" in block_html(replace(sample.TABLE, rows=()))
    narrow = Table("narrow", "Narrow", sample.TABLE.columns[:1], (Row(("Alone",)),))
    assert "Alone" in block_html(narrow)


def test_a_row_that_is_wider_than_its_table_is_refused() -> None:
    with pytest.raises(BuildFault, match="position-table has a row with more cells than its 2"):
        block_html(replace(sample.TABLE, columns=sample.TABLE.columns[:2]))


def test_bad_news_is_told_without_colour() -> None:
    html = block_html(sample.TABLE)
    assert '<span class="spoken" data-words="minus 2,213, adverse"></span>' in html
    flagged = block_html(sample.KEY_FIGURES)
    assert '<span class="flag" aria-hidden="true">!</span><data value="93.1"' in flagged
    assert "! Adverse" in flagged
    assert "✓ Favourable" in flagged


def test_the_teams_own_words_are_named_as_theirs() -> None:
    assert "Finance team commentary" in drawn(sample.COMMENTARY).text
    assert "Finance team commentary" not in drawn(sample.WORDS).text


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.id)
def test_a_chart_has_alternative_title_and_table(chart: Chart) -> None:
    page = drawn(chart)
    [picture] = [a for a in page.all("div") if a.get("role") == "img"]
    assert picture["aria-label"] == chart.alt
    assert page.all("figure")[0]["aria-labelledby"] == f"{chart.id}-title"
    assert len(page.all("details")) == len(page.all("table")) == 1


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.id)
def test_a_charts_marks_carry_figures_and_print_what_numbers_print(chart: Chart) -> None:
    traces = [trace for one in specs(chart) for trace in one["data"]]
    for trace, series in zip(traces, chart.series, strict=True):
        assert trace["customdata"] == [n.figure if n else None for n in series.values]
        for said, number in zip(trace["hovertext"], series.values, strict=True):
            assert said.endswith(f": {number.text if number else ''}")
    json.dumps(specs(chart))


def test_bad_marks_are_red_and_bold() -> None:
    [trace] = specs(sample.BARS)[0]["data"]
    assert trace["marker"]["color"] == ["#d5281b", "#d5281b", "#12436D"]
    assert trace["text"] == ["<b>(2,213)</b>", "<b>(404)</b>", "212"]
    assert trace["x"] == [-2213.0, -404.0, 212.0]


def test_a_waterfall_walks_from_level_to_level() -> None:
    [trace] = specs(sample.WALK)[0]["data"]
    assert trace["base"] == [0.0, -2405.0, -4618.0, -5022.0, 0.0]
    assert trace["marker"]["color"] == ["#12436D", "#d5281b", "#d5281b", "#28A197", "#12436D"]


def test_a_waterfalls_key_names_the_steps_it_has() -> None:
    assert all(
        f"</span>{name}</li>" in block_html(sample.WALK) for name in ("Step", "Adverse step")
    )
    good = replace(sample.WALK, series=(Series("Walk", (sample.TOTAL, sample.CORPORATE, None)),))
    assert "Adverse step" not in block_html(replace(good, categories=sample.WALK.categories[:3]))


def test_a_line_breaks_where_a_value_is_missing() -> None:
    [trace] = specs(sample.ONE_LINE)[0]["data"]
    assert trace["y"][:3] == [95.2, None, 95.5]
    assert trace["text"][1] == ""


def test_an_axis_that_does_not_start_at_zero_says_so() -> None:
    assert "The axis does not start at zero" in drawn(sample.LINE).text
    assert starts_at_zero(replace(sample.LINE, target=sample.number("5%", "bppc.target", "5")))


def test_text_in_charts_is_horizontal_and_the_page_can_be_scrolled() -> None:
    for layout in (one["layout"] for chart in CHARTS for one in specs(chart)):
        assert [layout[axis]["tickangle"] for axis in ("xaxis", "yaxis")] == [0, 0]
        assert [layout[axis]["fixedrange"] for axis in ("xaxis", "yaxis")] == [True, True]
        assert layout["dragmode"] is False


def test_more_than_four_series_are_refused() -> None:
    many = tuple(Series(str(n), sample.BARS.series[0].values) for n in range(5))
    with pytest.raises(BuildFault, match="position-bars has 5 series"):
        block_html(replace(sample.BARS, series=many))


def test_more_than_eight_panels_are_refused() -> None:
    many = tuple(Series(str(n), sample.PANELS.series[0].values) for n in range(9))
    with pytest.raises(BuildFault, match="places-panels has 9 panels"):
        block_html(replace(sample.PANELS, series=many))


def test_panels_have_names_and_one_scale() -> None:
    named = [unescape(one["data"][0]["name"]) for one in specs(sample.PANELS)]
    assert named == [series.name for series in sample.PANELS.series]
    small = Series("Small", (sample.CORPORATE, None, None))
    for panel, axis in (("bar", "xaxis"), ("line", "yaxis")):
        chart = replace(sample.PANELS, panel=panel, series=(sample.PANELS.series[0], small))
        first, second = specs(chart)
        assert first["layout"][axis]["range"] == second["layout"][axis]["range"]


def test_a_bullet_has_its_numbers_by_its_name_and_one_mark_for_targets() -> None:
    [found] = specs(sample.BULLETS)
    bars, goals = found["data"]
    assert bars["x"] == [pytest.approx(93.1 / 95), pytest.approx(25385 / 23172), None]
    assert goals["x"] == [1.0, 1.0, 1.0]
    assert "93.1% against 95%" in found["layout"]["yaxis"]["ticktext"][0]


def test_a_slope_says_its_values_at_both_ends() -> None:
    [found] = specs(sample.SLOPE)
    said = {note["text"]: note["xanchor"] for note in found["layout"]["annotations"]}
    assert said["<b>(1,326)</b>"] == "right"
    assert said["Prescribing<br><b>(2,213)</b>"] == "left"


def test_the_labels_at_the_end_of_a_slope_do_not_cover_one_another_or_run_over_the_edge() -> None:
    numbers = [Number(str(v), f"a.b{v}", str(v)) for v in (-2400, -2213, -404, -348)]
    long = [Series("A name in several words", (number, number)) for number in numbers]
    [found] = specs(replace(sample.SLOPE, series=tuple(long), scale="1"))
    layout = found["layout"]
    low, high = layout["yaxis"]["range"]
    room = layout["height"] - layout["margin"]["t"] - layout["margin"]["b"] - 26
    notes = [n for n in layout["annotations"] if n["xanchor"] == "left"]
    reached = float("-inf")
    for note in sorted(notes, key=lambda n: n["y"]):
        half = 10 * (note["text"].count("<br>") + 1)
        middle = (note["y"] - low) / (high - low) * room + note["yshift"]
        assert middle - half >= reached - 2
        reached = middle + half
    assert reached <= room + layout["margin"]["t"] + 2


def test_a_label_needs_room_only_where_its_own_bar_ends() -> None:
    def reach(*values: str) -> list[float]:
        numbers = tuple(Number("(1,234,567)", f"a.b{i}", v) for i, v in enumerate(values))
        chart = replace(sample.BARS, series=(Series("S", numbers),), categories=("A", "B"))
        [found] = specs(replace(chart, scale="1", target=None))
        axis: list[float] = found["layout"]["xaxis"]["range"]
        return axis

    low, high = reach("-10", "1000")
    assert (low, high) != (0, 1000)
    assert -1000 < reach("-500", "1000")[0] < -500
    assert reach("-10", "1000")[0] > reach("-1000", "1000")[0]


def test_the_first_label_of_a_panel_stands_over_its_point() -> None:
    [first, *_] = specs(replace(sample.PANELS, panel="line"))
    assert first["data"][0]["textposition"] == "top center"


def test_a_waterfall_of_small_steps_is_cut_where_the_printed_one_is_and_says_so() -> None:
    values = ("241000000", "-1500000", "300000", "242200000")
    numbers = tuple(Number(v, f"a.b{i}", v) for i, v in enumerate(values))
    series = (Series("Walk", numbers),)
    walk = replace(sample.WALK, series=series, categories=("A", "B", "C", "D"), steps="taken")
    [trace] = specs(walk)[0]["data"]
    floor = waterfall_spans(walk).floor
    assert trace["base"] == [floor, 241000.0, 242500.0, floor]
    assert trace["x"] == [241000.0 - floor, 1500.0, -300.0, 242200.0 - floor]
    assert specs(walk)[0]["layout"]["meta"]["low"] == floor > 0
    assert f"Bars start at {floor:,.0f}, not at zero" in drawn(walk).text


def test_a_headline_says_how_it_has_moved() -> None:
    html = block_html(sample.KEY_FIGURES)
    assert html.count('<dd class="moved">') == 1
    assert '">£2.21m</data> worse than July</dd>' in html


def test_an_empty_chart_is_drawn() -> None:
    for chart in CHARTS:
        nothing = tuple(Series(s.name, (None,) * len(s.values)) for s in chart.series)
        assert "<figure" in block_html(replace(chart, series=nothing, target=None))


def test_no_style_sheet_or_address_is_in_a_block() -> None:
    for block in sample.BLOCKS:
        html = block_html(block)
        assert "<style" not in html
        assert not re.search(r'(?:src|href)="https?:(?!//example\.org/x\.png)', html)


def test_a_notebook_cell_carries_the_html_and_the_block(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[dict[str, Any]] = []
    monkeypatch.setattr(notebook, "display", lambda bundle, raw: shown.append(bundle))
    notebook.show(sample.TABLE)
    notebook.show(None)
    [bundle] = shown
    assert bundle["text/html"] == html_alone(sample.TABLE)
    assert block_from_json(json.loads(json.dumps(bundle[MIME]))) == sample.TABLE
    assert bundle["text/plain"] == "table position-table"


def test_tables_with_the_same_heads_keep_their_own_cells() -> None:
    columns = (
        Column("Line", "left"),
        Column("Budget", group="To \ue003 date"),
        Column("Note", "left"),
    )
    first = Table("one", "One", columns, (Row(("a", "1", "\ue003")), Row(("b", "2", "<tr></tr>"))))
    second = Table("two", "Two", columns, (Row(("Head",), "heading"), Row(("c",), "total")))
    (drawn, again), other = (block_html(first) for _ in range(2)), block_html(second)
    assert drawn == again
    cells = re.compile(r"<t[hd]([^>]*)>(.*?)</t[hd]>")
    assert [text for _, text in cells.findall(drawn)][-6:] == [
        *("a", "1", "\ue003"),
        *("b", "2", "&lt;tr&gt;&lt;/tr&gt;"),
    ]
    assert [text for _, text in cells.findall(other)][-4:] == ["Head", "c", "", ""]
    assert "gt_right" in drawn
    assert drawn.count('<tr class="line">') == 2


def test_a_table_is_the_same_drawn_or_stored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    html_table._form.cache_clear()
    with stored_in(tmp_path):
        drawn = block_html(sample.TABLE)
        html_table._form.cache_clear()
        monkeypatch.setattr(html_table, "_great_table", _never_drawn)
        assert block_html(sample.TABLE) == drawn
    html_table._form.cache_clear()


def _never_drawn(*_: object) -> None:
    raise AssertionError("drawn again")
