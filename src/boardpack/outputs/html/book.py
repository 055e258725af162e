"""The HTML book: the paper's content staged as notebooks, and compiled by Jupyter Book.

The staged notebooks are written from the content model and hold finished HTML alone: Jupyter Book
warns of types that it does not know, and would read `{{ }}` in Markdown as code. Nothing in them
depends on where or when they are written, so the same content gives the same bytes.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import plotly.offline
import yaml

from boardpack.core.design import design
from boardpack.core.errors import BuildFault
from boardpack.core.workers import apart
from boardpack.document.content import Part
from boardpack.outputs.design import design_css
from boardpack.outputs.exact_values import exact_values
from boardpack.outputs.html.compiler import compiled
from boardpack.outputs.html.glossary_terms import terms_of
from boardpack.outputs.html.pages import ROOT, chapters_of, page_notebook, page_of
from boardpack.outputs.html.register_page import PAGE, register_source
from boardpack.outputs.print_job import DOWNLOADS

_LEFT_OUT = (
    ".buildinfo",
    ".nojekyll",
    "objects.inv",
    "_sources",
    "*.map",
    "*webpack-macros.html",
    "fontawesome*",
    "locales",
    "images",
    "language_data.js",  # of the theme's search, which the paper has not
    "searchtools.js",
)
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")

Json = dict[str, Any]


def stage_book(
    parts: Sequence[Part],
    book: Path,
    staged: Path,
    title: str,
    status: str,
    with_register: bool = False,
    others: Json | None = None,
) -> None:
    """Write the copy that Jupyter Book compiles into `staged`, which must not exist yet.

    `book` is the folder with `_static`. The first chapter becomes the first page, `index`. The
    figure register, where it is asked for, is the last page of the last part;
    `write_register_scripts` writes what it shows. `others` is what the pages are told of the papers
    that may stand beside this one: see `other_papers`.
    """
    shutil.copytree(book / "_static", staged / "_static")
    (staged / "_static" / "design.css").write_text(design_css(design()), encoding="utf-8")
    plotly_js = plotly.offline.get_plotlyjs()
    (staged / "_static" / "plotly.min.js").write_text(plotly_js, encoding="utf-8")
    logo = design().logo
    shown = None if logo is None else {"address": logo.address, "says": logo.says}
    paper = {
        "title": title,
        "status": status,
        "downloads": DOWNLOADS,
        "logo": shown,
        "others": others,
    }
    _write_json(staged / "_paper.json", paper)
    contents = _contents(parts)
    if with_register:
        contents["parts"][-1]["chapters"].append({"file": PAGE})
        (staged / f"{PAGE}.md").write_text(register_source(), encoding="utf-8", newline="\n")
    (staged / "_toc.yml").write_text(yaml.safe_dump(contents, sort_keys=False), "utf-8")
    values = exact_values(block for part in parts for c in part.chapters for block in c.blocks)
    terms = terms_of(parts)
    for chapter in chapters_of(parts):
        file = staged / f"{page_of(chapter, parts)}.ipynb"
        file.parent.mkdir(exist_ok=True)
        _write_json(file, page_notebook(chapter, parts, values, terms))


def build_html(staged: Path, out: Path, config: Path) -> None:
    """Compile the staged copy into `out`; BuildFault with the warnings when there are any."""
    options = ["--path-output", str(staged), "--config", str(config), "-W", "-n", "--keep-going"]
    code, faults = apart(compiled, ["build", str(staged), *options])
    if code != 0:
        raise BuildFault(f"Jupyter Book could not make the HTML.\n{_complaint(faults, staged)}")
    left_out = shutil.ignore_patterns(*_LEFT_OUT)
    shutil.copytree(staged / "_build" / "html", out, ignore=left_out, dirs_exist_ok=True)


def _complaint(faults: str, staged: Path) -> str:
    """What Jupyter Book said was wrong, without the rest of what it says."""
    said = _COLOUR.sub("", faults).replace(f"{staged.resolve()}{os.sep}", "")
    lines = [line for line in said.splitlines() if line.strip()]
    wrong = [line for line in lines if "WARNING" in line or "ERROR" in line]
    return "\n".join(wrong or lines[-20:])


def _contents(parts: Sequence[Part]) -> Json:
    listed = [
        {"caption": part.title, "chapters": [{"file": page} for page in pages]}
        for part in parts
        if (pages := [p for c in part.chapters if (p := page_of(c, parts)) != ROOT])
    ]
    return {"format": "jb-book", "root": ROOT, **({"parts": listed} if listed else {})}


def _write_json(file: Path, data: Json) -> None:
    text = json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True)
    file.write_text(text + "\n", encoding="utf-8")
