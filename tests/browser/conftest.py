"""What the browser's tests share: one browser for all, and the whole paper as it was rendered."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from required import not_here, required_tool
from whole_build import built

from devtools import Page, browser
from standards import AXE, VALIDATOR


@pytest.fixture(scope="session", autouse=True)
def chromium() -> str:
    """The browser: nothing in this folder can be tried without."""
    return required_tool("chromium")


@pytest.fixture(scope="session")
def npm_packages() -> None:
    """The two packages of the lock, which the test command installs where npm is."""
    if not (AXE.is_file() and VALIDATOR.is_file()):
        not_here("axe-core and html-validate are not in tests/browser (npm ci puts them there)")
    required_tool("node")


@pytest.fixture(scope="session")
def whole_paper(chromium: str, whole_home: Path) -> Path:
    """The whole Bromley Month 6 paper; nobody may change it."""
    return built(whole_home)


@pytest.fixture(scope="module")
def tab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """One page of a browser, for all tests of a module."""
    with browser(tmp_path_factory.mktemp("browser")) as page:
        yield page
