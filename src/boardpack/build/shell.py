"""A kernel's shell without the kernel: cells run here, and what they send is kept.

ipykernel's own shell, display hook and display publisher do the work; only the socket is replaced,
by a session that keeps each message in the order in which a front end would receive it. nbclient's
own bookkeeping then turns messages into outputs, so that a cell's outputs, counts and errors are
stored as any Jupyter front end stores them.
"""

from __future__ import annotations

import io
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO

from ipykernel.compiler import XCachingCompiler
from ipykernel.zmqshell import ZMQInteractiveShell
from jupyter_client.session import Session
from traitlets.config import Config

AWAIT_REFUSED = (
    "A chapter may not await at the top level of a cell: chapters run without an event loop."
    " Put the waiting inside a function and call asyncio.run on it."
)


class KeptSession(Session):
    """A session that keeps its messages instead of sending them."""

    def __init__(self, **traits: Any) -> None:
        super().__init__(**traits)
        self.kept: list[dict[str, Any]] = []

    def send(self, stream: Any, msg_or_type: Any, content: Any = None, *_: Any, **__: Any) -> Any:
        """Keep a message as it would arrive: packed to JSON and unpacked again."""
        message = msg_or_type
        if not isinstance(message, dict):
            message = self.msg(msg_or_type, content)
        arrived: dict[str, Any] = self.unpack(self.pack(message))
        self.kept.append(arrived)
        return arrived

    def taken(self) -> list[dict[str, Any]]:
        """The messages kept since the last call."""
        messages, self.kept = self.kept, []
        return messages


class KeptStream(io.TextIOBase):
    """Standard output or error of a cell: text is gathered until somebody flushes.

    `below` is the file that the descriptor leads to; what arrives there belongs to the stream too.
    """

    def __init__(self, session: KeptSession, name: str, below: BinaryIO) -> None:
        self._session, self._name, self._below = session, name, below
        self._parts: list[str] = []

    @property
    def encoding(self) -> str:  # type: ignore[override]
        """The encoding that a kernel's stream states."""
        return "UTF-8"

    def fileno(self) -> int:
        """The descriptor below, for programs started by a cell."""
        return self._below.fileno()

    def writable(self) -> bool:
        """A stream of a cell can always be written to."""
        return True

    def write(self, text: str) -> int:
        """Gather text; anything else is refused, as by a kernel."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text)}")
        self._parts.append(text)
        return len(text)

    def flush(self) -> None:
        """Send what was gathered, and what was written below."""
        text, self._parts = "".join(self._parts) + self._from_below(), []
        if text:
            self._session.send(None, "stream", {"name": self._name, "text": text})

    def _from_below(self) -> str:
        self._below.seek(0)
        found = self._below.read().decode(errors="replace")
        self._below.seek(0)
        self._below.truncate()
        return found


class CellShell:
    """One notebook's shell: `run` executes a cell and gives back its messages."""

    def __init__(
        self,
        shell: ZMQInteractiveShell,
        session: KeptSession,
        streams: tuple[KeptStream, KeptStream],
    ) -> None:
        self._shell, self._session, self._streams = shell, session, streams

    def run(self, source: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        """Execute a cell: the reply a kernel would give, and the messages it would send."""
        if self._awaits(source):
            return self._refused()
        result = self._shell.run_cell(source, store_history=True)
        for stream in self._streams:
            stream.flush()
        return self._reply(result), self._session.taken()

    def _reply(self, result: Any) -> dict[str, Any]:
        shell, error = self._shell, result.error_before_exec or result.error_in_exec
        count = {"execution_count": shell.execution_count - 1}
        if result.success and not getattr(shell, "_last_traceback_during_displayhook", False):
            return {"status": "ok", **count}
        found = {"ename": type(error).__name__, "evalue": str(error)}
        return {"status": "error", **found, "traceback": shell._last_traceback or [], **count}

    def _awaits(self, source: str) -> bool:
        try:
            transformed = self._shell.transform_cell(source)
        except SyntaxError:
            return False
        return bool(self._shell.should_run_async(source, transformed_cell=transformed))

    def _refused(self) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        content = {"ename": "BuildFault", "evalue": AWAIT_REFUSED, "traceback": [AWAIT_REFUSED]}
        self._session.send(None, "error", content)
        count = self._shell.execution_count
        self._shell.execution_count += 1
        return {"status": "error", **content, "execution_count": count}, self._session.taken()


@contextmanager
def cell_shell() -> Iterator[CellShell]:
    """A shell for one notebook, with standard output and error taken over while it lives."""
    session = KeptSession()
    before = sys.stdout, sys.stderr
    with tempfile.TemporaryDirectory() as folder, _descriptor(1) as out, _descriptor(2) as err:
        streams = KeptStream(session, "stdout", out), KeptStream(session, "stderr", err)
        sys.stdout, sys.stderr = streams
        try:
            yield CellShell(_shell(session, folder), session, streams)
        finally:
            sys.stdout, sys.stderr = before


@contextmanager
def _descriptor(number: int) -> Iterator[BinaryIO]:
    """The file that stands below standard output or error, for what C code and programs write."""
    kept = os.dup(number)
    with tempfile.TemporaryFile() as file:
        os.dup2(file.fileno(), number)
        try:
            yield file
        finally:
            os.dup2(kept, number)
            os.close(kept)


def _shell(session: KeptSession, folder: str) -> ZMQInteractiveShell:
    """ipykernel's shell on a kept session; no history file, no profile of the user's."""
    config = Config()
    config.HistoryManager.enabled = False
    ZMQInteractiveShell.clear_instance()
    shell: ZMQInteractiveShell = ZMQInteractiveShell.instance(
        config=config, ipython_dir=folder, compiler_class=XCachingCompiler
    )
    hook: Any = shell.displayhook
    publisher: Any = shell.display_pub
    hook.session = publisher.session = session
    hook.topic = b"execute_result"
    return shell
