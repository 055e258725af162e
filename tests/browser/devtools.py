"""A browser driven by its keyboard alone, over the DevTools protocol on two pipes.

Nothing but the standard library: the browser reads messages on its descriptor 3 and writes them on
4, each ended by a zero byte.
"""

from __future__ import annotations

import fcntl
import json
import os
import select
import shutil
import subprocess
import time
from base64 import b64decode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--hide-scrollbars",
    "--remote-debugging-pipe",
)
PATIENCE = 20.0
_HIGH = 20
"""Descriptors from here on, so that none is 3 or 4 before it is made so."""
_CODES = {"Tab": 9, "Enter": 13, "Escape": 27, " ": 32, "End": 35, "Home": 36}
_CODES |= {"ArrowLeft": 37, "ArrowUp": 38, "ArrowRight": 39, "ArrowDown": 40}
_SHIFT = 8


class Moved(Exception):
    """The page went away while it was asked something."""


@dataclass
class Page:
    """One page of a browser: keys go in, and what the page has become is read out."""

    commands: int
    answers: int
    session: str = ""
    patience: float = PATIENCE
    console: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    _last: int = 0
    _buffer: bytes = b""

    def call(self, method: str, **params: Any) -> dict[str, Any]:
        """Send one command and wait for its answer; events on the way are noted."""
        self._last += 1
        message = {"id": self._last, "method": method, "params": params}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.commands, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._read()
            if answer.get("id") == self._last:
                if "navigated" in answer.get("error", {}).get("message", ""):
                    raise Moved
                assert "error" not in answer, (method, answer["error"])
                result: dict[str, Any] = answer["result"]
                return result

    def open(self, address: str, width: int = 1280, scripts: bool = True) -> None:
        """A new tab at an address, when its scripts have run, if any may."""
        self.session = ""
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        attached = self.call("Target.attachToTarget", targetId=target, flatten=True)
        self.session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Network"):
            self.call(f"{domain}.enable")
        self.size(width, 900)
        self.call("Emulation.setScriptExecutionDisabled", value=not scripts)
        self.call("Page.navigate", url=address)
        self.arrived()

    def close(self) -> None:
        """Close the tab."""
        self.call("Page.close")

    def arrived(self) -> None:
        """Wait until a page is there, after a link was followed too."""
        self.wait("location.href !== 'about:blank' && document.readyState === 'complete'")

    def js(self, expression: str) -> Any:
        """What an expression says in the page."""
        options = {"returnByValue": True, "awaitPromise": True}
        done = self.call("Runtime.evaluate", expression=expression, **options)
        assert "exceptionDetails" not in done, done
        return done["result"].get("value")

    def wait(self, condition: str) -> None:
        """Wait until an expression is true in the page."""
        until = time.monotonic() + self.patience
        while not self._is(condition):
            assert time.monotonic() < until, f"never came true: {condition}"
            time.sleep(0.02)

    def _is(self, condition: str) -> bool:
        try:
            return bool(self.js(condition))
        except Moved:
            return False

    def press(self, key: str, shift: bool = False) -> None:
        """One stroke of a key."""
        told: dict[str, Any] = {"key": key, "code": "Space" if key == " " else key}
        told |= {"windowsVirtualKeyCode": _CODES[key], "modifiers": _SHIFT if shift else 0}
        text = {"Enter": "\r", " ": " "}.get(key)
        down = {"type": "rawKeyDown"} if text is None else {"type": "keyDown", "text": text}
        self.call("Input.dispatchKeyEvent", **down, **told)
        self.call("Input.dispatchKeyEvent", type="keyUp", **told)

    def write(self, text: str) -> None:
        """Type words, a stroke for each letter."""
        for letter in text:
            self.call("Input.dispatchKeyEvent", type="keyDown", text=letter, key=letter)
            self.call("Input.dispatchKeyEvent", type="keyUp", key=letter)

    def tab_to(self, reached: str, most: int = 60, shift: bool = False) -> int:
        """Press Tab until the focused element (`here`) meets a condition; how many it took."""
        for strokes in range(1, most + 1):
            self.press("Tab", shift)
            if self.js(f"(here => Boolean({reached}))(document.activeElement)"):
                return strokes
        raise AssertionError(f"{most} tabs did not reach {reached}; at {self.focused()}")

    def focused(self) -> str:
        """The element that has the focus, as HTML."""
        return str(self.js("document.activeElement.outerHTML.slice(0, 300)"))

    def spoken(self) -> tuple[str, str]:
        """The role and name of the focused element, as a screen reader is given them."""
        node = self.call("Runtime.evaluate", expression="document.activeElement")
        handle = node["result"]["objectId"]
        tree = self.call("Accessibility.getPartialAXTree", objectId=handle, fetchRelatives=False)
        found = tree["nodes"][0]
        return found["role"]["value"], found.get("name", {}).get("value", "")

    def size(self, width: int, height: int) -> None:
        """The size of the window."""
        narrow = {"deviceScaleFactor": 1, "mobile": False}
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, **narrow)

    def picture(self, file: Path) -> None:
        """What the window shows, as a PNG file."""
        file.write_bytes(b64decode(self.call("Page.captureScreenshot")["data"]))

    def _read(self) -> dict[str, Any]:
        while b"\0" not in self._buffer:
            ready, _, _ = select.select([self.answers], [], [], self.patience)
            assert ready, "the browser does not answer"
            self._buffer += os.read(self.answers, 1 << 20)
        line, _, self._buffer = self._buffer.partition(b"\0")
        message: dict[str, Any] = json.loads(line)
        self._note(message.get("method", ""), message.get("params", {}))
        return message

    def _note(self, event: str, params: dict[str, Any]) -> None:
        if event == "Runtime.consoleAPICalled":
            self.console.append(" ".join(str(arg.get("value")) for arg in params["args"]))
        elif event == "Runtime.exceptionThrown":
            self.console.append(str(params["exceptionDetails"]))
        elif event == "Network.requestWillBeSent":
            self.requests.append(params["request"]["url"])


@contextmanager
def browser(folder: Path) -> Iterator[Page]:
    """A browser with an empty profile in `folder`, and its one page."""
    assert BROWSER is not None
    theirs, commands = _pipe()
    answers, out = _pipe()
    process = subprocess.Popen(
        [BROWSER, *FLAGS, f"--user-data-dir={folder / 'profile'}"],
        pass_fds=(3, 4),
        preexec_fn=_placed(theirs, out),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(theirs)
    os.close(out)
    try:
        yield Page(commands, answers)
    finally:
        process.kill()
        process.wait()
        os.close(commands)
        os.close(answers)


def _pipe() -> tuple[int, int]:
    ends = os.pipe()
    moved = [fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, _HIGH) for end in ends]
    for end in ends:
        os.close(end)
    return moved[0], moved[1]


def _placed(reads: int, writes: int) -> Callable[[], None]:
    def place() -> None:
        os.dup2(reads, 3)
        os.dup2(writes, 4)

    return place
