"""What a declared table draws: bars, stacked bars, lines through columns of periods."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from small_bodies import MONTH

from boardpack.core.errors import InputFaults
from boardpack.document.blocks import Chart
from boardpack.document.chapter import open_chapter
from boardpack.document.schedule_blocks import declared_blocks
from declared_home import declared_home

FORM = """title: Agency staff
chapter: agency
key: ward
columns:
  ward: word
  april: {{type: thousands, blank: true}}
  may: {{type: thousands, blank: true, heading: To May}}
  june: {{type: thousands, blank: true}}
  rate: {{type: per cent, blank: true}}
  more: {{type: thousands, formula: april + may, printed: false, lacking: left out}}
  most: {{type: thousands, formula: may + june, printed: false, lacking: left out}}
picture: {{columns: [{columns}], title: T, shape: {shape}{more}}}
"""
WARDS = ("a,1,2,3", "b,5,9,", "c,2,-4,1", "d,,,", "e,3,3,0", "f,4,4,8")


def drawn(home: Path, shape: str, columns: str, rows: tuple[str, ...], more: str = "") -> Chart:
    """The chart of such a table."""
    form = FORM.format(shape=shape, columns=columns, more=more)
    table = "ward,april,may,june,rate\n" + "".join(f"{row},1%\n" for row in rows)
    home = declared_home(home, form, table)
    paper = open_chapter("schedules", MONTH.year_folder, MONTH.code, "icb", str(home))
    (chart,) = [block for block in declared_blocks(paper) if isinstance(block, Chart)]
    return chart


def runs(chart: Chart) -> dict[str, list[int | None]]:
    """What each series draws, in £000s."""
    return {
        one.name: [None if v is None else int(Decimal(v.value) / 1000) for v in one.values]
        for one in chart.series
    }


@pytest.mark.parametrize(
    ("shape", "rows", "drawn_as", "categories", "series"),
    [
        ("bars", WARDS[:3], "bar", ("b", "c", "a"), {"April": [5, 2, 1], "To May": [9, -4, 2]}),
        ("stacked", WARDS[:2], "stacked", ("b", "a"), {"April": [5, 1], "To May": [9, 2]}),
        ("stacked", WARDS[:3], "bar", ("b", "c", "a"), {"April": [5, 2, 1], "To May": [9, -4, 2]}),
        ("stacked", ("a,1,0,",), "stacked", ("a",), {"April": [1], "To May": [0]}),
        ("stacked", ("a,1,,", "b,2,1,"), "stacked", ("b",), {"April": [2], "To May": [1]}),
        ("line", WARDS[3:5], "line", ("April", "To May"), {"e": [3, 3]}),
        ("line", ("a,1,,", "b,,2,"), "line", ("April", "To May"), {"b": [None, 2], "a": [1, None]}),
    ],
)
def test_rows_and_columns_are_drawn_as_the_form_says(
    tmp_path: Path,
    shape: str,
    rows: tuple[str, ...],
    drawn_as: str,
    categories: tuple[str, ...],
    series: dict[str, list[int | None]],
) -> None:
    chart = drawn(tmp_path / "home", shape, "april, may", rows)
    assert (chart.shape, chart.categories, runs(chart)) == (drawn_as, categories, series)
    assert (chart.unit, chart.scale) == ("£000s", "1000")


@pytest.mark.parametrize(("more", "names"), [("", "bfac"), (", largest: 2", "bf")])
def test_the_largest_lines_are_drawn_by_what_they_last_say(
    tmp_path: Path, more: str, names: str
) -> None:
    chart = drawn(tmp_path / "home", "line", "april, may, june", WARDS, more)
    assert "".join(one.name for one in chart.series) == names  # 9, 8, 3 and 1, of e nil


@pytest.mark.parametrize(
    ("shape", "columns", "expected"),
    [
        ("bars", "april, rate", "columns of numbers of one type"),
        ("line", "april, ward", "columns of numbers of one type"),
        ("line", "april", "two columns or more for a line"),
        ("stacked", "april, may, june, more, most", "at most 4 columns, as bars"),
    ],
)
def test_a_picture_that_nobody_could_read_is_refused(
    tmp_path: Path, shape: str, columns: str, expected: str
) -> None:
    with pytest.raises(InputFaults, match=expected):
        drawn(tmp_path / "home", shape, columns, WARDS)
