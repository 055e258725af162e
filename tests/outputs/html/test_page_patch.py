"""A built page with other blocks set in: what it becomes, and when it must be compiled instead."""

from __future__ import annotations

from typing import Any

import pytest

from boardpack.outputs.html.page_patch import patched, without_pictures

Json = dict[str, Any]
CHART = '<div class="chart"><!-- picture c --></div>\n'


def notebook(*cells: str) -> Json:
    """Cells as the staged notebooks have them; one that begins with `#` is a heading."""
    made = [
        {"cell_type": "markdown", "source": cell}
        if cell.startswith("#")
        else {"cell_type": "code", "outputs": [{"data": {"text/html": cell}}]}
        for cell in cells
    ]
    return {"cells": made}


def page(*cells: str) -> str:
    """The page that Jupyter Book makes of these cells, as far as it matters here."""
    made = [
        f"<section>\n<h1>{cell}</h1>\n"
        if cell.startswith("#")
        else '<div class="cell tag_remove-input docutils container">\n'
        '<div class="cell_output docutils container">\n'
        f'<div class="output text_html">{cell}</div></div>\n</div>\n'
        for cell in cells
    ]
    return f"<head>\n{''.join(made)}</section>\n<footer>"


OLD = ("# One", "<p>a</p>\n", "<p>b</p>\n", "## Two", "<p>a</p>\n", "<p>c</p>\n")


@pytest.mark.parametrize(
    "new",
    [
        OLD,
        ("# One", "<p>a</p>\n", "<p>B</p>\n", "## Two", "<p>a</p>\n", "<p>c</p>\n"),
        ("# One", "<p>a</p>\n", "<p>b</p>\n", "## Two", "<p>a</p>\n", "<p>C \\1 {}</p>\n"),
        ("# One", "<p>b</p>\n", "## Two", "<p>x</p>\n", "<p>a</p>\n", "<p>c</p>\n"),
        ("# One", "<p>a</p>\n", CHART, "## Two", "<p>a</p>\n", "<p>c</p>\n"),
    ],
)
def test_a_patched_page_is_the_page_of_the_new_blocks(new: tuple[str, ...]) -> None:
    assert patched(page(*OLD), notebook(*OLD), notebook(*new)) == page(*new)


@pytest.mark.parametrize(
    "new",
    [
        ("# One", "<p>a</p>\n", "<p>b</p>\n", "## Other", "<p>a</p>\n", "<p>c</p>\n"),
        ("# One", "<p>a</p>\n", "<p>b</p>\n"),
        ("# One", "## Two", "<p>a</p>\n", "<p>c</p>\n"),
    ],
)
def test_other_headings_need_another_page(new: tuple[str, ...]) -> None:
    assert patched(page(*OLD), notebook(*OLD), notebook(*new)) is None


def test_a_page_that_is_not_the_notebooks_is_not_patched() -> None:
    new = ("# One", "<p>z</p>\n", "<p>b</p>\n", "## Two", "<p>a</p>\n", "<p>c</p>\n")
    other = page("# One", "<p>q</p>\n", "## Two")
    assert patched(other, notebook(*OLD), notebook(*new)) is None


def test_pictures_go_back_to_the_marks_that_they_were_set_for() -> None:
    mark = "<!-- picture c -->"
    drawn = '<svg aria-hidden="true" focusable="false">\n<svg><g/></svg>\n</svg></div>'
    svg = f'<div class="picture">{drawn}\n<div class="picture narrow">{drawn}'
    whole = page("# One", CHART)
    assert without_pictures(whole.replace(mark, svg), notebook("# One", CHART)) == whole
