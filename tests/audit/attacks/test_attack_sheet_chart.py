"""A chart on a sheet of the workbook: an honest one is let be, and one that lies is named."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from small_office import (
    START,
    WORKBOOK,
    Change,
    altered,
    build_of,
    small_parts,
    small_register,
    swap,
    told,
)

from boardpack.audit.reader.expected import read_expected
from boardpack.audit.reader.hold_workbook import hold_workbook, read_checks
from boardpack.audit.reader.workbook import read_workbook
from boardpack.document.blocks import Column, Row, Table
from boardpack.document.content import Chapter, Heading
from boardpack.document.numbers import thousands

AMOUNTS = {"acute": 38, "drugs": -2213, "care": -404, "wards": 0, "offices": 212}
CHART, DRAWING = "xl/charts/chart1.xml", "xl/drawings/drawing1.xml"
SHEET = "sheet 2.1 Lines"


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small paper with a table of five lines' variances to date, and so with a chart."""
    register = small_register()
    shown = {}
    for line, amount in AMOUNTS.items():
        like = register[f"{START}.care.actual"]
        (item,) = like.cells
        cell = replace(item, cell=replace(item.cell, text=f"{amount}", column=line))
        made = replace(like, id=f"{START}.{line}.ytd_variance", line=line, measure="ytd_variance")
        figure = register.add(replace(made, value=like.value * 0 + amount * 1000, source=(cell,)))
        shown[line] = thousands(figure)
    rows = tuple(Row((line.capitalize(), number)) for line, number in shown.items())
    columns = (Column("Line", "left"), Column("(Over) / under"))
    table = Table("lines-table", "Lines to date", columns, rows, "£000s")
    (part,) = small_parts(register)
    chapter = Chapter("04_lines", "Lines", (Heading(1, "Lines"), table))
    folder = tmp_path_factory.mktemp("charts") / "build"
    return build_of(folder, register, [replace(part, chapters=(*part.chapters, chapter))])


def found(build: Path, workbook: Path) -> str:
    return told(hold_workbook(read_workbook(workbook), read_expected(build), read_checks(build)))


def test_an_honest_chart_draws_the_lines_of_its_table(build: Path) -> None:
    assert found(build, build / WORKBOOK) == ""
    marks = [one for one in read_workbook(build / WORKBOOK) if one.kind == "chart"]
    assert [(one.where, one.cells[1], one.cells[4]) for one in marks] == [
        (SHEET, line.capitalize(), str(amount * 1000)) for line, amount in AMOUNTS.items()
    ]


def without(tag: str) -> Change:
    return lambda text: re.sub(rf"<{tag}[ >].*?</{tag}>|<{tag}[^>]*/>", "", text, count=1)


LIES: dict[str, tuple[dict[str, Change | bytes | None], str]] = {
    "another value": (
        {CHART: swap(("<c:v>-2213000", "<c:v>-213000"))},
        f"{SHEET}: has a chart that draws '2.1 Lines'!$B$5:$B$9 and keeps",
    ),
    "another line's name": (
        {CHART: swap(("<c:v>Drugs</c:v>", "<c:v>Care</c:v>"))},
        "has a chart that draws '2.1 Lines'!$A$5:$A$9 and keeps",
    ),
    "other cells": (
        {CHART: swap(("$B$5:$B$9", "$B$6:$B$9"))},
        "has a chart that does not draw '2.1 Lines'!$B$5:$B$9, its variances.",
    ),
    "another sheet's cells": (
        {CHART: swap(("'2.1 Lines'!$B$5:$B$9", "'1.1 Position'!$D$6:$D$10"))},
        "has a chart that draws '1.1 Position'!$D$6:$D$10",
    ),
    "a title of its own": (
        {CHART: swap(("<a:t>Lines to date</a:t>", "<a:t>All is well</a:t>"))},
        "has a chart that says ['All is well']",
    ),
    "an axis that is cut": (
        {
            CHART: swap(
                ('<c:orientation val="minMax"/>', '<c:orientation val="minMax"/><c:min val="-9"/>')
            )
        },
        "whose axis does not reach from nil",
    ),
    "labels without their value": (
        {CHART: swap(('<c:showVal val="1"/>', '<c:showSerName val="1"/>'))},
        "labels the bar of 'Acute' as '[showSerName]'",
    ),
    "bars that are not seen": (
        {CHART: swap(("003087", "FFFFFF"))},
        "has a chart with bars that are hardly seen: FFFFFF",
    ),
    "another kind": (
        {CHART: swap(('<c:grouping val="clustered"/>', '<c:grouping val="percentStacked"/>'))},
        "has a chart of another kind",
    ),
    "what is said of it": (
        {DRAWING: swap(("drawn from its cells", "all of it good news"))},
        "has drawn upon it what is no chart of its table",
    ),
    "upon the table": (
        {DRAWING: lambda text: re.sub(r"(<xdr:from>.*?<xdr:row>)[0-9]+", r"\g<1>3", text)},
        "has a chart that does not stand below all that the sheet says, but upon it.",
    ),
    "shifted upon the table": (
        {DRAWING: lambda text: re.sub(r"(<xdr:rowOff>)[0-9]+", r"\g<1>-9525000", text, count=1)},
        "has a chart that does not stand below all that the sheet says, but upon it.",
    ),
    "no chart": (
        {DRAWING: without("xdr:twoCellAnchor")},
        f"{SHEET}: lacks the chart of its variances.",
    ),
}


@pytest.mark.parametrize("name", LIES)
def test_a_chart_that_lies_is_named(name: str, build: Path, tmp_path: Path) -> None:
    changes, said = LIES[name]
    assert said in found(build, altered(build / WORKBOOK, tmp_path / WORKBOOK, changes))
