"""The figure register as a page of the book: every figure, how it came about, and its checks.

Sphinx makes the page with its place in the contents; the thousands of rows are set into it
afterwards, because they hold nothing for Sphinx to read and would only slow it down. Each row has
the figure's id as its anchor. The search box is added by `register-search.js`; without it every row
is there for the browser's own search.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from boardpack.core.errors import BuildFault
from boardpack.document.blocks import Workings
from boardpack.document.content import Chapter
from boardpack.figures.figure import Figure, SourceCell
from boardpack.figures.formula import FIGURE_ID
from boardpack.figures.register import Register
from boardpack.outputs.figure_text import cell_words, exact_text
from boardpack.outputs.html.register_script import SCRIPT, Checks, register_script

PAGE = "register"
TITLE = "Figure register"
_MARK = '<div id="register-entries"></div>'
_ABOUT = (
    "Every figure of this paper with its exact value. A figure is read from cells of an extract or "
    "computed from other figures; follow a formula's links down to the cells."
)
_OUTCOMES = {
    "pass": "in agreement",
    "rounding": "within rounding",
    "fail": "not in agreement",
    "waived": "waived",
    "documented": "differing by a documented correction",
    "not_applicable": "not applicable",
}
_NAMED = ("fail", "waived", "documented")
_MOST = 3
"""So many checks are named beside a figure; the panel names all."""
_HEADS = ("Figure", "Value", "Period", "How it came about", "Checks")


@dataclass(frozen=True)
class Group:
    """The figures that one chapter owns, under its title; `page` leads to the chapter."""

    title: str
    page: str
    figures: tuple[str, ...]


def register_source() -> str:
    """The page as Sphinx reads it: its title, and the mark where the rows will stand."""
    return f"# {TITLE}\n\n{_ABOUT}\n\n```{{raw}} html\n{_MARK}\n```\n"


def owned_figures(chapter: Chapter, page: str) -> Group:
    """The figures that a chapter's workings carry."""
    workings = (block for block in chapter.blocks if isinstance(block, Workings))
    figures = tuple(
        item["id"] for block in workings for item in block.figures if item["value"] is not None
    )
    return Group(chapter.title, page, figures)


def fill_register(html: Path, groups: Iterable[Group], register: Register, checks: Checks) -> None:
    """Set the rows into the built page, and write the script that the panels read."""
    page = html / f"{PAGE}.html"
    text = page.read_text(encoding="utf-8")
    if text.count(_MARK) != 1:
        raise BuildFault(f"The page {page.name} has no place for the figures.")
    page.write_text(
        text.replace(_MARK, entries_html(groups, register, checks)), encoding="utf-8", newline="\n"
    )
    script = html / "_static" / SCRIPT
    script.write_text(register_script(register, checks), encoding="utf-8", newline="\n")


def entries_html(groups: Iterable[Group], register: Register, checks: Checks) -> str:
    """All figures, one table a chapter, in the order of the paper."""
    touching = _touching(checks)
    tables = (_group(group, register, touching) for group in groups if group.figures)
    return f'<div id="register-entries">\n{"".join(tables)}</div>'


def _touching(checks: Checks) -> Mapping[str, list[Mapping[str, Any]]]:
    found: dict[str, list[Mapping[str, Any]]] = {}
    for check in checks:
        for identity in dict.fromkeys(check["figures"]):
            found.setdefault(identity, []).append(check)
    return found


def _group(
    group: Group, register: Register, touching: Mapping[str, list[Mapping[str, Any]]]
) -> str:
    title, count = escape(group.title), len(group.figures)
    rows = "".join(_row(register[name], touching.get(name, ())) for name in group.figures)
    heads = "".join(f'<th scope="col">{head}</th>' for head in _HEADS)
    return (
        '<details class="register-group" open>\n'
        f"<summary>{title} (<span>{count}</span>)</summary>\n"
        f'<p><a href="{escape(group.page)}.html">Read the chapter</a></p>\n'
        f'<section class="table-wrap" aria-label="Figures: {title}" tabindex="0">\n'
        f"<table>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n"
        "</section>\n</details>\n"
    )


def _row(figure: Figure, checks: Sequence[Mapping[str, Any]]) -> str:
    name = escape(figure.id)
    shown = name.replace(".", ".<wbr>")
    estimate = " (estimate)" if figure.is_estimate else ""
    return (
        f'<tr id="{name}"><th scope="row">{escape(figure.label)}<code>{shown}</code></th>'
        f"<td>{exact_text(figure)}{estimate}</td><td>{escape(figure.period)}</td>"
        f"<td>{_origin(figure)}</td><td>{'<br>'.join(_outcomes(checks))}</td></tr>\n"
    )


def _origin(figure: Figure) -> str:
    if figure.formula is not None:
        return FIGURE_ID.sub(r'<a href="#\g<0>">\g<0></a>', escape(figure.formula))
    return "<br>".join(_cell(item) for item in figure.cells)


def _cell(item: SourceCell) -> str:
    """Where a cell stands and what it prints; what is used instead where it was corrected."""
    said = escape(cell_words(item))
    if item.used is None:
        return said
    return f"{said}; used as {escape(item.used)}: {escape(item.why or '')}"


def _outcomes(checks: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """How many checks have each outcome; those that failed or were waived by name."""
    for status, words in _OUTCOMES.items():
        titles = [check["title"] for check in checks if check["status"] == status]
        if titles:
            named = f": {escape(_listed(titles))}" if status in _NAMED else ""
            yield f"{len(titles)} {words}{named}"


def _listed(titles: Sequence[str]) -> str:
    different = list(dict.fromkeys(titles))
    more = len(different) - _MOST
    return "; ".join(different[:_MOST]) + (f"; and {more} more" if more > 0 else "")
