"""A Sphinx extension that sums up each script and style once for the whole book.

Sphinx reads those of a page anew for every page, the chart library with its megabytes among them.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from sphinx.application import Sphinx
from sphinx.builders import html


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension."""
    html._file_checksum = cache(html._file_checksum)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
