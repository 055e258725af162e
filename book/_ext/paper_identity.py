"""A Sphinx extension that gives every page the paper's title and status.

Both belong to the run, not to the project, so the staged copy brings them in `_paper.json`. The
templates beside this file put the status in the sidebar and the footer, and leave the colour
scheme to the paper: it is read and printed on white.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config

TEMPLATES = Path(__file__).with_name("templates")


def identify(app: Sphinx, config: Config) -> None:
    """Set the title and the status from the staged copy."""
    paper = json.loads(Path(app.srcdir, "_paper.json").read_text(encoding="utf-8"))
    config.html_title = config.project = paper["title"]
    config.html_context["paper_status"] = paper["status"]
    config.templates_path.insert(0, str(TEMPLATES))


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension."""
    app.connect("config-inited", identify, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
