"""Standard output and error of a notebook's cells, whoever writes: Python, C code or a program.

Each stream is text from Python and a file below it, to which the descriptor leads. What arrives
there joins the text in the order in which it was written.
"""

from __future__ import annotations

import codecs
import io
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import BinaryIO

CHUNK = 1 << 20

Send = Callable[[str, str], None]
"""Takes a stream's name and its text."""


class KeptStream(io.TextIOBase):
    """Standard output or error of a cell: text is gathered until somebody flushes.

    `below` is the file that the descriptor leads to. It is read at places of its own and never
    cut, because a program may be writing. A process that a cell forks writes there too.
    """

    def __init__(self, name: str, below: BinaryIO, send: Send) -> None:
        self.name = name
        self._below, self._send, self._owner = below, send, os.getpid()
        self._parts: list[str] = []
        self._read = 0
        self._decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")

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
        """Gather text; anything else is refused, as by a kernel, and so is half a character."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text)}")
        if self.closed:
            raise ValueError("I/O operation on closed file")
        written = text.encode()
        if os.getpid() != self._owner:
            os.write(self.fileno(), written)
        else:
            self._parts += (self._from_below(), text)
        return len(text)

    def flush(self) -> None:
        """Send what was gathered, and what was written below."""
        if os.getpid() != self._owner:
            return
        text, self._parts = "".join((*self._parts, self._from_below())), []
        if text:
            self._send(self.name, text)

    def _from_below(self) -> str:
        found = b""
        while chunk := os.pread(self.fileno(), CHUNK, self._read):
            found += chunk
            self._read += len(chunk)
        return self._decoder.decode(found)


@contextmanager
def below(number: int) -> Iterator[BinaryIO]:
    """The file that stands below standard output or error, for what C code and programs write."""
    kept = os.dup(number)
    with tempfile.TemporaryFile() as file:
        os.dup2(file.fileno(), number)
        try:
            yield file
        finally:
            os.dup2(kept, number)
            os.close(kept)
