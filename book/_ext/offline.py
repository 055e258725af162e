"""A Sphinx extension that keeps the pages off the network.

A board member opens the paper from a folder, often without a connection. Themes and extensions add
scripts that only work online; they are taken out, and a page that would still ask the network for
anything stops the build.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

ONLINE = re.compile(r"https?:|^//|thebe|mathjax", re.IGNORECASE)
WAITS = "plotly.min.js"
"""Is loaded when a reader touches a chart."""
ASSET = re.compile(
    r"<(?:script|img|iframe|source|audio|video|embed|input)\b[^>]*\bsrc=[\"']?(?:https?:)?//[^>]*>"
    r"|<link\b[^>]*\bhref=[\"']?(?:https?:)?//[^>]*>"
    r"|<object\b[^>]*\bdata=[\"']?(?:https?:)?//[^>]*>",
    re.IGNORECASE,
)


def keep_local(app: Sphinx, page: str, template: str, context: dict[str, Any], tree: Any) -> None:
    """Keep the scripts and styles that a page has in its own folder and needs.

    Jupyter Book lists the book's own in the order of the folder on disk, which differs between
    machines; they are put in order of name.
    """
    for kind in ("script_files", "css_files"):
        kept = [asset for asset in context.get(kind, ()) if _is_kept(asset)]
        own = iter(sorted((a for a in kept if _is_own(app, a)), key=_name))
        context[kind] = [next(own) if _is_own(app, asset) else asset for asset in kept]


def _is_own(app: Sphinx, asset: Any) -> bool:
    name = _name(asset)
    return name.startswith("_static/") and Path(app.srcdir, name).is_file()


def _name(asset: Any) -> str:
    return str(getattr(asset, "filename", asset) or "")


def _is_kept(asset: Any) -> bool:
    name = _name(asset)
    body = str(getattr(asset, "attributes", {}).get("body", ""))
    return not (ONLINE.search(name) or ONLINE.search(body) or name.endswith(WAITS))


def refuse_online(app: Sphinx, failure: Exception | None) -> None:
    """Stop the build when a page would still ask the network for something."""
    if failure is not None:
        return
    root = Path(app.outdir)
    found = [
        f"{page.relative_to(root).as_posix()}: {asset[0]}"
        for page in sorted(root.rglob("*.html"))
        for asset in ASSET.finditer(page.read_text(encoding="utf-8"))
    ]
    if found:
        raise ExtensionError("Pages ask the network for:\n" + "\n".join(found))


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension."""
    app.connect("html-page-context", keep_local, priority=900)
    app.connect("build-finished", refuse_online)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
