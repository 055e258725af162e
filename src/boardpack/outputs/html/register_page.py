"""The figure register as a page of the book: the figures of a chapter when its title is opened.

Sphinx makes the page with its place in the contents. What stands in it comes from the scripts that
the panels read (`register_script`), so the page is light however many figures a paper has, and
no figure is written twice. `register-search.js` shows them, and searches them all.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from boardpack.document.blocks import Workings
from boardpack.document.content import Chapter
from boardpack.figures.register import Register
from boardpack.outputs.html.register_script import PARTS, Checks, Group, register_scripts

PAGE = "register"
TITLE = "Figure register"
_ABOUT = (
    "Every figure of this paper with its exact value. A figure is read from cells of an extract or "
    "computed from other figures; follow a formula's links down to the cells. A chapter's figures "
    "show when it is opened, in a browser that runs scripts; the file of figures and the workbook "
    "have them all too."
)


def register_source() -> str:
    """The page as Sphinx reads it: its title, and the mark where the figures are shown."""
    return f'# {TITLE}\n\n{_ABOUT}\n\n```{{raw}} html\n<div id="register-entries"></div>\n```\n'


def owned_figures(chapter: Chapter, page: str) -> Group:
    """The figures that a chapter's workings carry."""
    workings = (block for block in chapter.blocks if isinstance(block, Workings))
    figures = tuple(
        item["id"] for block in workings for item in block.figures if item["value"] is not None
    )
    return Group(chapter.title, page, figures)


def write_register_scripts(
    html: Path, groups: Iterable[Group], register: Register, checks: Checks
) -> None:
    """Write what the panels and the register's page read into a built book."""
    static = html / "_static"
    (static / PARTS).mkdir(exist_ok=True)
    scripts = register_scripts(groups, register, checks)
    for name, text in scripts.items():
        (static / name).write_text(text, encoding="utf-8", newline="\n")
