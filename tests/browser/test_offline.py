"""The book opened from a folder in a real browser: drawn, quiet, and off the network."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from boardpack.document.blocks import Chart, Number, Series
from boardpack.document.content import Chapter, Heading, Part
from boardpack.outputs.html.book import build_html, stage_book

PROJECT = Path(__file__).resolve().parents[2]
BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--virtual-time-budget=5000",
    "--enable-logging=stderr",
    "--v=0",
)
THEME_SAYS = "[PST]: "
ITSELF = "not an origin"
"""The initiator of the browser's own requests, in its network log."""


@dataclass(frozen=True)
class Visit:
    """What a browser made of a page: its elements, its console, and what it asked the network."""

    elements: str
    console: tuple[str, ...]
    requests: tuple[str, ...]


def visit(page: Path, folder: Path) -> Visit:
    assert BROWSER is not None
    log = folder / "network.json"
    options = [f"--user-data-dir={folder / 'profile'}", f"--log-net-log={log}", "--dump-dom"]
    done = subprocess.run(
        [BROWSER, *FLAGS, *options, page.as_uri()],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=True,
    )
    said = re.findall(r"CONSOLE(?::|\()\d+\)?\] \"(.*)\", source:", done.stderr)
    return Visit(done.stdout, tuple(said), tuple(_requests(log)))


def _requests(log: Path) -> list[str]:
    events = json.loads(log.read_text(encoding="utf-8"))["events"]
    asked = [event["params"] for event in events if "initiator" in event.get("params", {})]
    return [
        params["url"]
        for params in asked
        if params["initiator"] != ITSELF and params.get("url", "").startswith(("http", "ws"))
    ]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("offline")
    number = Number("(2,213)", "position.anytown.prescribing.ytd_variance", "-2213000")
    series = (Series("Variance", (number,)),)
    chart = Chart("bars", "bar", "One bar", "One bar", ("Prescribing",), series, "£000s", "1000")
    chapters = (
        Chapter("01_summary", "Summary", (Heading(1, "Summary"), chart)),
        Chapter("02_position", "Position", (Heading(1, "Position"), chart)),
    )
    parts = (Part("Board paper", chapters),)
    stage_book(parts, PROJECT / "book", folder / "staged", "Paper", "Draft")
    build_html(folder / "staged", folder / "html", PROJECT / "_config.yml")
    return folder / "html"


@pytest.mark.parametrize("page", ["index.html", "notebooks/02_position.html", "search.html"])
def test_a_page_opened_from_a_folder_is_drawn_quiet_and_off_the_network(
    built: Path, tmp_path: Path, page: str
) -> None:
    seen = visit(built / page, tmp_path)
    assert seen.requests == ()
    assert [line for line in seen.console if not line.startswith(THEME_SAYS)] == []
    assert ('class="main-svg"' in seen.elements) == (page != "search.html")  # without pictures


def test_the_watch_sees_a_page_that_calls_out(tmp_path: Path) -> None:
    page = tmp_path / "loud.html"
    page.write_text('<img src="http://example.invalid/x.png"><script>nothing()</script>')
    seen = visit(page, tmp_path)
    assert "http://example.invalid/x.png" in seen.requests
    assert "nothing is not defined" in " ".join(seen.console)
