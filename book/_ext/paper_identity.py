"""A Sphinx extension that makes the pages the paper's own.

Title and status belong to the run, not to the project, so the staged copy brings them in
`_paper.json`. The templates beside this file put the status above every page and below it, and
leave the colour scheme to the paper: it is read and printed on white. They list the paper's parts
and pages beside each page. Headings get ids of their own kind, so that none is also the id of a
table.
"""

from __future__ import annotations

import json
import sys
from html import escape
from pathlib import Path
from typing import Any

from sphinx.addnodes import toctree
from sphinx.application import Sphinx
from sphinx.config import Config

NOT_STAGED = (
    "boardpack: Jupyter Book builds the paper from its executed chapters, and these are not here."
    " Run `python scripts/render.py YEAR MONTH`, which runs them and builds the book."
)
TEMPLATES = Path(__file__).with_name("templates")


def identify(app: Sphinx, config: Config) -> None:
    """Set the title and the status from the staged copy; elsewhere nothing can be built."""
    staged = Path(app.srcdir, "_paper.json")
    if not staged.is_file():
        sys.exit(NOT_STAGED)  # an exception would come out below three tracebacks
    paper = json.loads(staged.read_text(encoding="utf-8"))
    config.html_title = config.project = paper["title"]
    config.html_context["paper_status"] = paper["status"]
    config.html_context["paper_logo"] = paper["logo"]
    config.html_context["paper_downloads"] = paper["downloads"]
    config.html_context["paper_others"] = paper["others"]
    config.templates_path.insert(0, str(TEMPLATES))


def keep_ids_apart(app: Sphinx) -> None:
    """Give headings ids that no table or chart can have."""
    app.env.settings["id_prefix"] = "section-"


def search_passages(app: Sphinx) -> None:
    """Leave out Sphinx's index: it knows stems of words, and neither numbers nor where they stand.

    The page `search.html` is made from the template beside this file.
    """
    app.builder.search = False


def list_pages(app: Sphinx, page: str, template: str, context: dict[str, Any], tree: Any) -> None:
    """Tell the templates the parts of the paper: each its caption, and its pages with their titles.

    The text is HTML, with no more escaped than the theme would.
    """
    context["paper_parts"] = [
        (_as_html(part["caption"]), {ref: _title(app, ref) for _, ref in part["entries"]})
        for part in app.env.master_doctree.findall(toctree)
    ]


def _title(app: Sphinx, page: str) -> str:
    return _as_html(app.env.titles[page].astext())


def _as_html(text: str) -> str:
    return escape(text, quote=False)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension."""
    app.connect("config-inited", identify, priority=900)
    app.connect("builder-inited", keep_ids_apart)
    app.connect("builder-inited", search_passages, priority=400)  # before the builder asks for it
    app.connect("html-page-context", list_pages, priority=400)  # before the theme tries templates
    return {"parallel_read_safe": True, "parallel_write_safe": True}
