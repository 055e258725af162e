"""A kernel's shell without the kernel: cells run here, and what they send is kept.

ipykernel's own shell, display hook and display publisher do the work; only the socket is replaced,
by a session that keeps each message in the order in which a front end would receive it. nbclient's
own bookkeeping then turns messages into outputs, so that a cell's outputs, counts and errors are
stored as any Jupyter front end stores them. As in a kernel, an event loop runs around each cell,
nobody answers a question, and no debugger listens.
"""

from __future__ import annotations

import asyncio
import atexit
import builtins
import contextvars
import decimal
import getpass
import os
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from copy import deepcopy
from pathlib import Path
from types import ModuleType
from typing import Any

import pandas
import plotly.io
from ipykernel.compiler import XCachingCompiler
from ipykernel.zmqshell import ZMQInteractiveShell
from IPython.core.error import StdinNotImplementedError
from jupyter_client.session import Session
from traitlets.config import Config

from boardpack.render.streams import KeptStream, below

INLINE = ("MPLBACKEND", "module://matplotlib_inline.backend_inline")
"""Where matplotlib draws in a kernel, should somebody have it."""


class KeptSession(Session):
    """A session that keeps its messages instead of sending them."""

    def __init__(self, **traits: Any) -> None:
        super().__init__(**traits)
        self.auth = None  # nobody is listening, so nothing need be signed
        self.kept: list[dict[str, Any]] = []

    def send(self, stream: Any, msg_or_type: Any, content: Any = None, *_: Any, **__: Any) -> Any:
        """Keep a message as it would arrive: packed to JSON and unpacked again."""
        message = msg_or_type
        if not isinstance(message, dict):
            message = self.msg(msg_or_type, content)
        parts: Any = self.serialize(message)
        arrived: dict[str, Any] = self.deserialize(self.feed_identities(parts)[1])
        self.kept.append(arrived)
        return arrived

    def taken(self) -> list[dict[str, Any]]:
        """The messages kept since the last call."""
        messages, self.kept = self.kept, []
        return messages


class CellShell:
    """One notebook's shell: `run` executes a cell and gives back its messages."""

    def __init__(
        self,
        shell: ZMQInteractiveShell,
        session: KeptSession,
        streams: tuple[KeptStream, KeptStream],
        loop: asyncio.AbstractEventLoop,
    ) -> None:
        self._shell, self._session, self._streams, self._loop = shell, session, streams, loop
        self._context = contextvars.copy_context()

    def run(self, source: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        """Execute a cell: the reply a kernel would give, and the messages it would send."""
        task = self._loop.create_task(self._ran(source), context=self._context)
        result = self._loop.run_until_complete(task)
        for stream in self._streams:
            stream.flush()
        return self._reply(result), self._session.taken()

    async def _ran(self, source: str) -> Any:
        """Run a cell as ipykernel does, which leaves a loop that runs to one that awaits."""
        shell = self._shell
        transformed = self._awaiting(source)
        if transformed is None:
            return shell.run_cell(source, store_history=True)
        result = None
        try:
            running = shell.run_cell_async(source, store_history=True, transformed_cell=transformed)
            result = await asyncio.ensure_future(running)
        finally:
            shell.events.trigger("post_execute")
            shell.events.trigger("post_run_cell", result)
        return result

    def _awaiting(self, source: str) -> str | None:
        """The Python of a cell that awaits at its top level, else None."""
        try:
            transformed = str(self._shell.transform_cell(source))
        except Exception:  # `run_cell` tells what is wrong with it
            return None
        awaits = self._shell.should_run_async(source, transformed_cell=transformed)
        return transformed if awaits else None

    def _reply(self, result: Any) -> dict[str, Any]:
        shell, error = self._shell, result.error_before_exec or result.error_in_exec
        count = {"execution_count": shell.execution_count - 1}
        if result.success and not getattr(shell, "_last_traceback_during_displayhook", False):
            return {"status": "ok", **count}
        found = {"ename": type(error).__name__, "evalue": str(error)}
        return {"status": "error", **found, "traceback": shell._last_traceback or [], **count}


@contextmanager
def cell_shell() -> Iterator[CellShell]:
    """A shell for one notebook, with standard output and error taken over while it lives."""
    session = KeptSession()

    def send(name: str, text: str) -> None:
        session.send(None, "stream", {"name": name, "text": text})

    with ExitStack() as held:
        folder = held.enter_context(tempfile.TemporaryDirectory())
        out, err = (held.enter_context(below(number)) for number in (1, 2))
        streams = KeptStream("stdout", out, send), KeptStream("stderr", err, send)
        held.enter_context(_as_in_a_kernel(*streams))
        runner = held.enter_context(asyncio.Runner())
        shell = held.enter_context(_shell(session, folder))
        yield CellShell(shell, session, streams, runner.get_loop())


@contextmanager
def _as_in_a_kernel(out: KeptStream, err: KeptStream) -> Iterator[None]:
    """What a cell finds in Python itself, while the block runs."""
    there: tuple[tuple[Any, str, Any], ...] = (
        (sys, "stdout", out),
        (sys, "stderr", err),
        (sys, "breakpointhook", lambda *_, **__: None),
        (builtins, "input", _unanswered("raw_input")),
        (getpass, "getpass", _unanswered("getpass")),
    )
    before = [(owner, name, getattr(owner, name)) for owner, name, _ in there]
    _put(there)
    try:
        yield
    finally:
        _put(before)


def _put(values: Any) -> None:
    for owner, name, value in values:
        setattr(owner, name, value)


def _unanswered(name: str) -> Callable[..., Any]:
    def refused(*_: Any, **__: Any) -> None:
        said = f"{name} was called, but this frontend does not support input requests."
        raise StdinNotImplementedError(said)

    return refused


@contextmanager
def _shell(session: KeptSession, folder: str) -> Iterator[ZMQInteractiveShell]:
    """ipykernel's shell on a kept session; no history file, no profile of the user's."""
    config = Config()
    config.HistoryManager.enabled = False
    os.environ.setdefault(*INLINE)
    ZMQInteractiveShell.clear_instance()
    shell: ZMQInteractiveShell = ZMQInteractiveShell.instance(
        config=config, ipython_dir=folder, compiler_class=XCachingCompiler
    )
    hook: Any = shell.displayhook
    publisher: Any = shell.display_pub
    hook.session = publisher.session = session
    hook.topic = b"execute_result"
    shell.ask_exit = _leave  # type: ignore[method-assign]
    try:
        yield shell
    finally:
        atexit.unregister(shell.atexit_operations)  # it would hold all that the cells have made
        shell.restore_sys_module_state()  # it stood in the place of `__main__`
        shell.user_ns.clear()
        ZMQInteractiveShell.clear_instance()


def _leave() -> None:
    """`exit` ends a chapter early, which its failure tells; a kernel would stop a moment later."""
    raise SystemExit(0)


@contextmanager
def as_before() -> Iterator[None]:
    """What the block changes of this process is as it was before: the next notebook is another's.

    Its folder, environment, paths and warnings, what it imports of the home, the options of pandas
    and the templates of Plotly. A library that is changed otherwise stays changed; stock kernels,
    as an auditor has them, begin anew.
    """
    folder, environment, paths = Path.cwd(), dict(os.environ), list(sys.path)
    options = vars(pandas.options)["d"]  # they can be asked for by name alone
    imported, told = set(sys.modules), deepcopy(options)
    template = plotly.io.templates.default
    with warnings.catch_warnings(), decimal.localcontext():
        try:
            yield
        finally:
            os.chdir(folder)
            os.environ.clear()
            os.environ.update(environment)
            sys.path[:] = paths
            for name in sys.modules.keys() - imported:
                if _is_home(sys.modules[name]):
                    del sys.modules[name]
            options.clear()
            options.update(told)
            plotly.io.templates.default = template


def _is_home(module: ModuleType | None) -> bool:
    """Whether a module is no installed one, so that its file may change between two notebooks."""
    file = getattr(module, "__file__", None)
    return file is not None and not Path(file).is_relative_to(sys.prefix)
