"""Programs beside Python that some tests need: skipped without them, or failed where CI is set."""

from __future__ import annotations

import os
import shutil
from typing import NoReturn

import pytest

COMMANDS = {
    "chromium": ("chromium", "chromium-browser"),
    "libreoffice": ("soffice", "libreoffice"),
    "node": ("node",),
    "pdftoppm": ("pdftoppm",),
    "pdftotext": ("pdftotext",),
}
"""The names a program goes by."""


def required_tool(name: str) -> str:
    """The path of a program; without it the test is skipped, or fails where all must run."""
    found = next(filter(None, map(shutil.which, COMMANDS[name])), None)
    return found or not_here(f"{name} is not on this machine")


def not_here(reason: str) -> NoReturn:
    """Skip the test for a reason; with `CI` in the environment the reason is a failure."""
    if os.environ.get("CI"):
        pytest.fail(f"{reason}, and CI is set: nothing may be skipped", pytrace=False)
    pytest.skip(reason)
