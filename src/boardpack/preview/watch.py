"""A paper that shows each change of its words, parameters, templates and extracts in the browser.

The pages are made once, or taken from the good build where that is up to date. Then the files that
they are made of are looked at, what a change touches is made again, and the browser is told. A
fault is told on the page, which stays as it was; it goes when the fault is mended.
"""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from boardpack.core.errors import BoardpackError, BuildFault
from boardpack.core.stored import stored_in
from boardpack.core.workers import workers
from boardpack.outputs.print_job import DOWNLOADS
from boardpack.preview.files import Watched, reach_of
from boardpack.preview.pages import Preview, PreviewLayout
from boardpack.preview.server import Serving, Shown
from boardpack.render.layout import Layout
from boardpack.render.swap import locked

EVERY = 0.2
"""Seconds between two looks at the files."""
PROGRAM_CHANGED = (
    "The program itself has changed. End boardpack watch (Ctrl-C) and begin it again to see that."
)
_OURS = "This is a fault of boardpack, or of a file of the project that it cannot read."

Say = Callable[[str], None]


def watch(layout: Layout, port: int, say: Say) -> None:
    """Watch a paper until it is interrupted (Ctrl-C, SIGTERM), and leave nothing behind."""
    ending = suppress(KeyboardInterrupt)
    with _interruptible(), ending, _alone(layout), workers() as pool, _serving(port) as server:
        say(f"The paper is at {server.address}  (Ctrl-C ends)")
        watching = Watching(layout, server, say, pool)
        try:
            with stored_in(layout.stored):
                watching.begin()
                while server.is_running:
                    watching.look()
                    time.sleep(EVERY)
            raise BuildFault("The pages could not be served any longer. Begin again.")
        finally:
            watching.preview.end()
            say("Ended. The preview is taken away; the last good build is as it was.")


@dataclass
class Watching:
    """A watched paper: its preview, what the browser is told, and what is still to be made."""

    layout: Layout
    server: Serving
    say: Say
    pool: Executor
    book: int = 0
    pages: dict[str, int] = field(default_factory=dict)
    faults: str = ""
    program: str = ""
    owed: set[Path] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.preview = Preview(self.layout, self.published, self.pool)
        self.watched = Watched(self.layout)

    def begin(self) -> None:
        """Make the first pages, or take those of the good build."""
        began = time.perf_counter()
        with self._told():
            good = self.preview.begin()
            self.say("The last build is up to date." if good else f"Made in {_since(began)}.")

    def look(self) -> None:
        """Look at the files once, and make again what a change touches."""
        changed = self.watched.changed()
        if not changed:
            return
        began = time.perf_counter()
        self.owed |= changed
        reach = reach_of(self.owed, self.layout)
        self.program = PROGRAM_CHANGED if self.program or reach.of_program else ""
        with self._told():
            if not self.preview.has_pages:
                self.preview.begin()
            elif not reach.is_none:
                self.preview.renew(reach)
            self.owed.clear()
            self.watched.layout = self.preview.layout
            self.say(f"{self._names(changed)}: seen to in {_since(began)}.")

    def published(self, pages: tuple[str, ...], whole: bool) -> None:
        """Tell the browsers which pages were renewed."""
        self.book += whole
        for page in pages:
            self.pages[page] = self.pages.get(page, 0) + 1
            self.say(f"  {page}")
        self._show()

    def _show(self) -> None:
        target = self.layout.target
        files = {file: str(target / file) for _, file in DOWNLOADS}
        said = "\n".join(text for text in (self.faults, self.program) if text)
        folder = str(self.preview.folder or "")
        self.server.show(Shown(folder, dict(self.pages), said, self.book, files))

    @contextmanager
    def _told(self) -> Iterator[None]:
        """A fault is told on the page and here; none is there once all is well."""
        try:
            yield
        except BoardpackError as fault:
            self.faults = str(fault)
            self.say(f"boardpack: {fault}")
        except OSError as fault:
            self.faults = f"{Path(fault.filename or 'A file').name}: {fault.strerror}."
            self.say(f"boardpack: {self.faults}")
        except Exception as fault:
            self.faults = f"Unexpected {type(fault).__name__}. {_OURS}"
            self.say(f"boardpack: {self.faults}")
        else:
            self.faults = ""
        self._show()

    def _names(self, changed: frozenset[Path]) -> str:
        first, *more = sorted(file.name for file in changed)
        return f"{first} and {len(more)} more" if more else first


@contextmanager
def _serving(port: int) -> Iterator[Serving]:
    server = Serving(port)
    try:
        yield server
    finally:
        server.close()


@contextmanager
def _alone(layout: Layout) -> Iterator[None]:
    try:
        with locked(PreviewLayout(layout.project, layout.paper).lock):
            yield
    except BuildFault as fault:
        if "Another render" not in str(fault):
            raise
        raise BuildFault("This paper is being watched already. End that watch first.") from None


@contextmanager
def _interruptible() -> Iterator[None]:
    """A request to end is taken like Ctrl-C."""

    def interrupted(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupted)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _since(began: float) -> str:
    return f"{time.perf_counter() - began:.1f} s"
