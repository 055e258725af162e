"""Writers of pages and charts that print what their blocks do not say: each is found by holding.

A writer tags what it prints, so a wrong print has a wrong tag; only what is seen gives it away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest
import small_pages as small

from boardpack.audit.reader.expected import Expected, read_expected
from boardpack.audit.reader.hold_html import hold_all_html
from boardpack.outputs import prose
from boardpack.outputs.charts import (
    plotly_bars,
    plotly_lines,
    static_bars,
    static_chart,
    static_lines,
    static_spans,
)
from boardpack.outputs.html import chart as html_chart
from boardpack.outputs.html import number as html_number
from boardpack.outputs.html import table as html_table

Writer = Callable[..., Any]


def changed_text(place: int, old: str, new: str) -> Callable[[Writer], Writer]:
    """A writer that is given other words in one of its arguments."""

    def patch(writer: Writer) -> Writer:
        def wrong(*given: Any, **told: Any) -> Any:
            told_so = [*given]
            if isinstance(given[place], str):
                told_so[place] = given[place].replace(old, new)
            return writer(*told_so, **told)

        return wrong

    return patch


def changed_result(change: Callable[[Any], Any]) -> Callable[[Writer], Writer]:
    """A writer whose outcome is something else."""

    def patch(writer: Writer) -> Writer:
        return lambda *given, **told: change(writer(*given, **told))

    return patch


def unsigned(value: float | None) -> float | None:
    """A value that has lost its sign."""
    return None if value is None else abs(value)


WRITERS: dict[str, tuple[Any, str, Callable[[Writer], Writer], str]] = {
    "a wrong number": (
        html_number, "data_html", changed_text(1, "2,213", "1,213"), "'(1,213)'"),
    "a lost sign": (
        html_number, "data_html", changed_text(1, "(2,213)", "2,213"), "'2,213'"),
    "a wrong label of a row": (
        html_table, "cell_html", changed_text(0, "Prescribing", "Acute"), "'Acute'"),
    "a wrong head of a column": (
        html_table, "text_html", changed_text(0, "Budget", "Actual"), "'Actual'"),
    "another direction in prose": (
        prose, "data_html", changed_text(1, "overspent", "underspent"), "underspent"),
    "a lost sign in prose": (
        prose, "data_html", changed_text(1, "(2,213)", "2,213"), "'2,213'"),
    "a lost sign in words for screen readers": (
        html_number, "spoken", changed_text(0, "minus ", ""), "is said to a screen reader as"),
    "no words for screen readers": (
        html_number, "spoken", changed_result(lambda _: ""), "to a screen reader wherever"),
    "a wrong alternative text": (
        html_chart, "bare_text", changed_text(0, "far larger", "far smaller"), "far smaller"),
    "bars that have lost their sign": (
        plotly_bars, "size", changed_result(unsigned), "is drawn the wrong way round"),
    "a wrong label of a bar": (
        plotly_bars, "value_label",
        changed_result(lambda said: said.replace("404", "104")), "labelled '(104)'"),
    "a wrong name of a bar": (
        plotly_bars, "label", changed_text(0, "Prescribing", "Acute"), "names 'Acute'"),
    "points of a line that are out": (
        plotly_lines, "size", changed_result(lambda value: 90.0 if value == 95.2 else value),
        "is not drawn in proportion"),
}  # fmt: skip


@pytest.fixture(scope="module")
def honest(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("honest")
    return small.write_build(folder, small.drawn_pictures(folder / "pictures"))


@pytest.fixture(scope="module")
def expected(honest: Path) -> Expected:
    return read_expected(honest)


def said_of(pages: Path, expected: Expected) -> str:
    return "\n".join(what for _, _, what in hold_all_html(pages, expected)[0])


@pytest.mark.parametrize("name", WRITERS)
def test_a_patched_writer_of_pages_is_found(
    name: str, honest: Path, expected: Expected, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module, function, patch, said = WRITERS[name]
    monkeypatch.setattr(module, function, patch(getattr(module, function)))
    prose.markdown_tokens.cache_clear()
    small.write_pages(tmp_path, honest / "pictures")
    assert said in said_of(tmp_path, expected)


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[ProcessPoolExecutor]:
    """A process of its own, because what draws pictures starts threads."""
    with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as pool:
        yield pool


def draw_wrongly(name: str, folder: Path) -> None:
    """Draw the charts with one of the writers of pictures changed; for a process of its own."""
    module, function, change = {
        "a lost sign": (static_spans, "amount", abs),
        "a wrong length": (static_spans, "amount", lambda v: 2 * v if v == -404 else v),
        "a wrong label": (static_spans, "text_of", lambda text: text.replace("404", "104")),
        "a wrong name": (static_bars, "text_of", lambda text: text.replace("Prescribing", "Acute")),
        "a wrong line": (static_lines, "scaled", lambda v: v + 1 if v > 97 else v),
    }[name]
    with pytest.MonkeyPatch.context() as patched:
        static_chart._svg.cache_clear()
        patched.setattr(module, function, changed_result(change)(getattr(module, function)))
        static_chart.write_pictures(small.sample.PARTS, folder)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("a lost sign", "is drawn the wrong way round"),
        ("a wrong length", "is not drawn in proportion"),
        ("a wrong label", "labelled '(104)' where its value is '(404)'"),
        ("a wrong name", "names 'Acute' where 'Prescribing' stands"),
        ("a wrong line", "is not drawn in proportion"),
    ],
)
def test_a_patched_writer_of_pictures_is_found(
    name: str, said: str, expected: Expected, tmp_path: Path, elsewhere: ProcessPoolExecutor
) -> None:
    elsewhere.submit(draw_wrongly, name, tmp_path / "pictures").result()
    small.write_pages(tmp_path, tmp_path / "pictures")
    assert said in said_of(tmp_path, expected)
