"""A watch of a small project, over real HTTP, for the tests of `watch`."""

from __future__ import annotations

import http.client
import json
import os
import queue
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from small_notebooks import WriteNotebook

from boardpack.render.layout import CHECKOUT

PATIENCE = 120
"""Seconds to wait for what must come; nothing is asserted of how soon it comes."""


SHOW = "from IPython.display import display\nfrom boardpack.document.blocks import *\n"
SAY = (
    f"{SHOW}from pathlib import Path\nfrom boardpack.core.errors import InputFaults, Fault\n"
    '# open_chapter("position")\n'
    "text = Path(home, 'params/2023-24/M06/bromley/commentary/position.md').read_text()\n"
    "if 'broken' in text:\n"
    "    raise InputFaults([Fault('position.md', 'no broken word', 'Take it out.', row=1)])\n"
    "display({MIME: block_json(Narrative('n', text))}, raw=True)"
)
SUM = f"{SHOW}display({{MIME: block_json(Narrative('s', 'The sum of it.'))}}, raw=True)"
TOC = """
format: jb-book
root: index
parts:
- caption: Board paper
  chapters:
  - file: notebooks/01_summary
  - file: notebooks/02_position
"""
WORDS = Path("params/2023-24/M06/bromley/commentary/position.md")


def write_small(project: Path, write_notebook: WriteNotebook) -> None:
    """Make a small project one of two chapters that Jupyter Book can make a book of."""
    shutil.copytree(CHECKOUT / "book", project / "book", dirs_exist_ok=True)
    shutil.copy(CHECKOUT / "_config.yml", project)
    (project / "book" / "_toc.yml").write_text(TOC)
    write_notebook("01_summary", "# Summary", SUM, boardpack={"wave": 2})
    write_notebook("02_position", "# Position", SAY)
    (project / WORDS).write_text("It stands as it stood.")


def save(file: Path, text: str) -> None:
    """Save a file at one go, as careful editors do, so that no half of it is seen."""
    beside = file.with_name(f".{file.name}.swp")
    beside.write_text(text)
    beside.replace(file)


@dataclass
class Browser:
    """What a browser sees of a served paper; `token` is what its address holds."""

    port: int
    token: str
    events: queue.Queue[dict[str, Any]] = field(default_factory=queue.Queue)

    def __post_init__(self) -> None:
        threading.Thread(target=self._listen, daemon=True).start()

    def get(self, path: str, method: str = "GET", host: str = "") -> tuple[int, str]:
        """The status and text of an address below the token, sent as it is."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.putrequest(method, f"/{self.token}{path}", skip_host=True)
        connection.putheader("Host", host or f"127.0.0.1:{self.port}")
        connection.endheaders()
        answer = connection.getresponse()
        status, text = answer.status, answer.read().decode()
        connection.close()
        return status, text

    def until(self, wanted: Any) -> dict[str, Any]:
        """The next event that is wanted."""
        while True:
            event = self.events.get(timeout=PATIENCE)
            if wanted(event):
                return event

    def _listen(self) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.request("GET", f"/{self.token}/events")
        try:
            for line in connection.getresponse():
                if line.startswith(b"data: "):
                    self.events.put(json.loads(line[6:]))
        except OSError:
            pass
        finally:
            connection.close()


def watched(
    home: Path, program: Path | None = None
) -> AbstractContextManager[subprocess.Popen[str]]:
    """A watch of the paper of a small project; ended, where it still runs, at last."""
    script = program or Path(__file__).with_name("watch_small.py")
    return _running(str(script), str(home))


def watching(*told: str) -> AbstractContextManager[subprocess.Popen[str]]:
    """The command `watch`, told so; ended, where it still runs, at last."""
    return _running("-m", "boardpack", "watch", *told)


@contextmanager
def _running(*command: str) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, *command],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.terminate()
        process.communicate(timeout=PATIENCE)


def browser_of(process: subprocess.Popen[str]) -> Browser:
    """A browser at the address that a watch tells in its first line."""
    assert process.stdout is not None
    port, token = process.stdout.readline().split("127.0.0.1:")[1].split("/")[:2]
    return Browser(int(port), token)
