"""The server of a watched paper: what it gives, to whom, and how it ends."""

from __future__ import annotations

import http.client
import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from boardpack.core.errors import UsageFault
from boardpack.preview.server import Serving, Shown
from watch_home import PATIENCE, Browser

PAGE = "<html><head></head><body><h1>Position</h1></body></html>"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    pages = tmp_path / "book"
    (pages / "notebooks").mkdir(parents=True)
    (pages / "index.html").write_text(PAGE)
    (pages / "notebooks" / "02_position.html").write_text(PAGE)
    (pages / "style.css").write_text("p {}")
    (tmp_path / "secret.html").write_text("secret")
    (pages / "link.html").symlink_to(tmp_path / "secret.html")
    return pages


@pytest.fixture
def serving() -> Iterator[Serving]:
    server = Serving(0)
    yield server
    server.close()


@pytest.fixture
def browser(serving: Serving, folder: Path) -> Browser:
    serving.show(Shown(str(folder), files={"board-paper.pdf": str(folder / "style.css")}))
    found = Browser(serving.port, serving.token)
    found.until(lambda event: event["ready"])
    return found


def test_a_page_is_served_with_the_script_and_stays_as_it_is(
    browser: Browser, serving: Serving, folder: Path
) -> None:
    status, text = browser.get("/html/notebooks/02_position.html")
    source = f'src="/{serving.token}/watch.js"'
    script = f'<script {source} data-page="notebooks/02_position.html" data-version="0">'
    assert status == 200
    assert text.replace(f"{script}</script>\n", "") == PAGE
    assert script in text
    assert (folder / "notebooks" / "02_position.html").read_text() == PAGE
    assert browser.get("/html/style.css") == (200, "p {}")
    assert browser.get("/board-paper.pdf") == (200, "p {}")
    assert "EventSource" in browser.get("/watch.js")[1]


@pytest.mark.parametrize(
    "path",
    [
        "/html/../secret.html",
        "/html/%2e%2e/secret.html",
        "/html/notebooks/..%2f..%2fsecret.html",
        "/html//etc/passwd",
        "/html/%00",
        "/html/link.html",
        "/html/nothing.html",
        "/secret.html",
        "/../../etc/passwd",
    ],
)
def test_nothing_outside_the_pages_is_served(browser: Browser, path: str) -> None:
    status, text = browser.get(path)
    assert status == 404
    assert "secret" not in text.replace(path, "")


@pytest.mark.parametrize(
    "path", ["/", "/html/index.html", "/events", "/watch.js", "/board-paper.pdf"]
)
def test_nothing_is_said_without_the_token(serving: Serving, browser: Browser, path: str) -> None:
    for token in ("", "x", serving.token[:-1], f"{serving.token}x", serving.token.swapcase()):
        other = Browser.__new__(Browser)
        other.port, other.token = browser.port, token
        status, text = other.get(path)
        assert status == 403
        assert serving.token not in text


def test_the_address_holds_a_token_of_its_own_and_leads_to_the_paper(
    serving: Serving, browser: Browser
) -> None:
    assert serving.address == f"http://127.0.0.1:{serving.port}/{serving.token}/"
    assert len(serving.token) >= 32
    connection = http.client.HTTPConnection("127.0.0.1", serving.port, timeout=PATIENCE)
    connection.request("GET", f"/{serving.token}/")
    answer = connection.getresponse()
    assert answer.status == 302
    assert answer.headers["Location"] == f"/{serving.token}/html/index.html"
    connection.request("GET", f"/{serving.token}/html/style.css")
    assert connection.getresponse().headers["Referrer-Policy"] == "no-referrer"
    connection.close()


def test_no_other_user_sees_the_token_among_the_processes(serving: Serving) -> None:
    told = Path(f"/proc/{serving._process.pid}/cmdline")
    if not told.exists():
        pytest.skip("there is no /proc here")
    assert serving.token.encode() not in told.read_bytes()
    assert serving.token.encode() not in Path(f"/proc/{serving._process.pid}/environ").read_bytes()


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_nothing_can_be_sent(browser: Browser, method: str) -> None:
    assert browser.get("/html/index.html", method)[0] == 501


def test_another_site_cannot_read_the_paper_through_the_browser(browser: Browser) -> None:
    assert browser.get("/html/index.html", host="example.org")[0] == 403


def test_browsers_are_told_what_changed_and_no_folder(
    serving: Serving, browser: Browser, folder: Path
) -> None:
    pages = {"index.html": 2}
    serving.show(Shown(str(folder), pages, "position.csv, row 3: expected a number.", 1))
    event = browser.until(lambda found: found["faults"])
    assert event == {
        "pages": pages,
        "book": 1,
        "faults": "position.csv, row 3: expected a number.",
        "ready": True,
    }
    assert 'data-version="3"' in browser.get("/html/index.html")[1]
    assert str(folder) not in json.dumps(event)


def test_before_there_is_a_page_it_says_so(serving: Serving) -> None:
    status, text = Browser(serving.port, serving.token).get("/html/index.html")
    assert (status, "not there yet" in text, 'data-version="-1"' in text) == (200, True, True)


def test_a_port_in_use_is_told_plainly(serving: Serving) -> None:
    with pytest.raises(UsageFault, match=f"Port {serving.port} is in use"):
        Serving(serving.port)


def test_it_listens_on_this_machine_alone(serving: Serving) -> None:
    for address in {found[4][0] for found in socket.getaddrinfo(socket.gethostname(), None)}:
        if not str(address).startswith("127.") and ":" not in str(address):
            with pytest.raises(ConnectionRefusedError):
                socket.create_connection((str(address), serving.port), timeout=2)


def test_it_ends_with_the_process_that_began_it() -> None:
    program = (
        "import os; from boardpack.preview.server import Serving\n"
        "server = Serving(0); print(server.port, flush=True)\n"
        "os.kill(os.getpid(), 9)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=PATIENCE
    )
    gone = Browser.__new__(Browser)
    gone.port, gone.token = int(done.stdout), "gone"
    refused = False
    for _ in range(2000):
        try:
            gone.get("/html/index.html")
        except (ConnectionError, http.client.HTTPException):
            refused = True
            break
    assert refused
