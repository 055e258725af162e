"""The table of the year that was lived, told when its tests are over."""

from __future__ import annotations

from pathlib import Path

import pytest

from lived_year import Year

_YEARS: list[Year] = []


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Year:
    """The home that is lived in: a folder of its own, which pytest keeps for a while."""
    lived = Year(Path(tmp_path_factory.mktemp("year")))
    _YEARS.append(lived)
    return lived


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the table, and write it beside the home."""
    for lived in _YEARS:
        terminalreporter.section("the year that was lived")
        path = lived.home.folder.parent / "year.md"
        path.write_text("\n".join(lived.table()) + "\n", encoding="utf-8")
        for line in (*lived.table(), f"In {path.parent}"):
            terminalreporter.write_line(line)
