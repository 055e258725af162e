"""The pages of a watched paper for its owner alone, and word to the browser when they change.

Only whoever has the address gets an answer: it holds a token, which is made anew for each watch and
told on standard input, where no other user of the machine can read it.

The server is a process of its own, which answers while the other makes pages. It is told on
standard input what to show, a line of JSON a change, and ends when that ends, however the other
process ended. Pages are served with one script added; the files stay as they are.
"""

from __future__ import annotations

import hmac
import json
import mimetypes
import os
import secrets
import signal
import sys
import threading
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from subprocess import PIPE, Popen
from typing import IO, Any
from urllib.parse import unquote, urlsplit

from boardpack.core.errors import UsageFault
from boardpack.preview.served_page import SCRIPT, WAITING, with_script

ADDRESS = "127.0.0.1"
PAGES = "/html/"
_ALIVE = 10.0
"""Seconds after which a waiting browser is sent a line, so that one that is gone is noticed."""


@dataclass(frozen=True)
class Shown:
    """What the browser is to show: the folder of the pages, and how often each was renewed.

    `faults` is what is wrong, empty where nothing is. `files` are what a reader may take away
    beside the pages, by name.
    """

    folder: str = ""
    pages: Mapping[str, int] = field(default_factory=dict)
    faults: str = ""
    book: int = 0
    files: Mapping[str, str] = field(default_factory=dict)

    def version(self, page: str) -> int:
        """How often a page was renewed, with the book around it."""
        return self.book + self.pages.get(page, 0)


class Serving:
    """A running server; `show` tells it what to show from now on."""

    def __init__(self, port: int) -> None:
        command = [sys.executable, "-m", "boardpack.preview.server", str(port)]
        self._process: Popen[str] = Popen(
            command, stdin=PIPE, stdout=PIPE, text=True, encoding="utf-8"
        )
        self.token = secrets.token_urlsafe(24)
        self._say(self.token)
        said = self._out.readline().strip()
        if not said.isdigit():
            self.close()
            raise UsageFault(
                f"Port {port} is in use or not allowed. Give another with --port, or none."
            )
        self.port = int(said)

    @property
    def address(self) -> str:
        """Where a browser finds the paper; whoever has it can read the paper."""
        return f"http://{ADDRESS}:{self.port}/{self.token}/"

    @property
    def is_running(self) -> bool:
        """Whether the server still serves."""
        return self._process.poll() is None

    def show(self, shown: Shown) -> None:
        """Show this from now on."""
        self._say(json.dumps(asdict(shown)))

    def close(self) -> None:
        """End the server and wait for it."""
        if self._process.stdin is not None and not self._process.stdin.closed:
            self._process.stdin.close()
        self._process.wait()
        self._out.close()

    def _say(self, line: str) -> None:
        if self._process.stdin is not None:
            self._process.stdin.write(f"{line}\n")
            self._process.stdin.flush()

    @property
    def _out(self) -> IO[str]:
        assert self._process.stdout is not None
        return self._process.stdout


class Server(ThreadingHTTPServer):
    """Serves what it was told last; browsers that wait for a change are woken by one."""

    daemon_threads = True
    allow_reuse_address = False

    def __init__(self, port: int, token: str) -> None:
        super().__init__((ADDRESS, port), Handler)
        self.token = token
        self.shown, self.news = Shown(), threading.Condition()

    def show(self, shown: Shown) -> None:
        """Show this from now on, and tell those that wait."""
        with self.news:
            self.shown = shown
            self.news.notify_all()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that went away in the middle is nothing to tell."""


class Handler(BaseHTTPRequestHandler):
    """Answers GET and HEAD for a file of the pages, the events, and the script.

    An address begins with the token; without it nothing is said, not even what there is.
    """

    server: Server
    server_version, sys_version = "boardpack", ""

    def do_GET(self) -> None:
        """Send what the address names."""
        own = {f"{name}:{self.server.server_port}" for name in (ADDRESS, "localhost")}
        if self.headers.get("Host") not in own:
            self.send_error(HTTPStatus.FORBIDDEN)
            return
        token, _, rest = unquote(urlsplit(self.path).path).lstrip("/").partition("/")
        if not hmac.compare_digest(token.encode(), self.server.token.encode()):
            self.send_error(HTTPStatus.FORBIDDEN)
            return
        path = f"/{rest}"
        if path == "/events":
            self._events()
        elif path == "/watch.js":
            self._send(SCRIPT.encode(), "text/javascript")
        elif path == "/":
            self._moved(f"{self._root}{PAGES.lstrip('/')}index.html")
        elif path.startswith(PAGES):
            self._page(path.removeprefix(PAGES))
        else:
            self._file(self.server.shown.files.get(path.removeprefix("/"), ""))

    do_HEAD = do_GET

    @property
    def _root(self) -> str:
        """The address of the paper on this server, with the token."""
        return f"/{self.server.token}/"

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: the other process tells what is to be told."""

    def _page(self, name: str) -> None:
        shown = self.server.shown  # before the file is read: a later version reloads it again
        if not shown.folder:
            self._send(
                with_script(WAITING, name, -1, self._root).encode(), "text/html; charset=utf-8"
            )
            return
        folder = Path(shown.folder).resolve()
        try:
            file = Path(os.path.realpath(folder / name))
        except (OSError, ValueError):
            file = folder.parent
        if not file.is_relative_to(folder) or file.suffix != ".html" or not file.is_file():
            self._file(str(file) if file.is_relative_to(folder) else "")
            return
        text = with_script(file.read_text(encoding="utf-8"), name, shown.version(name), self._root)
        self._send(text.encode(), "text/html; charset=utf-8")

    def _file(self, file: str) -> None:
        try:
            content = Path(file).read_bytes() if file else None
        except (OSError, ValueError):
            content = None
        if content is None:
            self.send_error(HTTPStatus.NOT_FOUND)
        else:
            self._send(content, mimetypes.guess_type(file)[0] or "application/octet-stream")

    def _send(self, content: bytes, kind: str) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "no-referrer")  # a link away does not take the token
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def _moved(self, where: str) -> None:
        self.send_response(HTTPStatus.FOUND)
        self.send_header("Location", where)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _events(self) -> None:
        """Server-sent events: what is shown now, and again whenever it changes."""
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        if self.command == "HEAD":
            return
        told: Shown | None = None
        while True:
            with self.server.news:
                if self.server.shown is told:
                    self.server.news.wait(_ALIVE)
                shown = self.server.shown
            self.wfile.write(b": here\n\n" if shown is told else _event(shown))
            self.wfile.flush()
            told = shown


def _event(shown: Shown) -> bytes:
    """An event; it says nothing of folders."""
    ready = bool(shown.folder)
    data = {"pages": shown.pages, "book": shown.book, "faults": shown.faults, "ready": ready}
    return f"data: {json.dumps(data)}\n\n".encode()


def main() -> int:
    """Serve until standard input ends; its first line is the token. The port goes to output."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the other process decides when to end
    try:
        server = Server(int(sys.argv[1]), sys.stdin.readline().strip())
    except (OSError, OverflowError):
        _said("refused")
        return 1
    _said(str(server.server_port))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    for line in sys.stdin:
        server.show(Shown(**json.loads(line)))
    return 0


def _said(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
