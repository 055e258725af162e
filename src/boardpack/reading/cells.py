"""One cell of a file, as received: where it stands and what it says. No type is guessed here."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path


@dataclass(frozen=True)
class Cell:
    """One cell as received: where it stands and what it says.

    `row` is the file's own line number, from 1; `sheet` is None for a CSV file. `column` is the
    name that the contract gives the column, whatever its heading says.
    """

    file: str
    sheet: str | None
    row: int
    column: str
    text: str


def ranges(lines: Iterable[int]) -> str:
    """Line numbers in short, in order: `2-15, 17`.

    >>> ranges([17, 2, 3, 4])
    '2-4, 17'
    """
    found = sorted(set(lines))
    pairs = enumerate(pairwise(found), 1)
    cuts = [place for place, (one, other) in pairs if other - one > 1]
    told = [(found[a], found[b - 1]) for a, b in pairwise([0, *cuts, len(found)]) if a < b]
    return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in told)


def from_ranges(text: str) -> tuple[int, ...]:
    """The line numbers that `ranges` told.

    >>> from_ranges("2-4, 17")
    (2, 3, 4, 17)
    """
    parts = (part.strip().split("-") for part in text.split(",") if part.strip())
    return tuple(line for part in parts for line in range(int(part[0]), int(part[-1]) + 1))


def short(text: str) -> str:
    """The beginning of a text, for a message.

    >>> len(short("word " * 100)), short("Acute")
    (80, 'Acute')
    """
    return text if len(text) <= 80 else text[:77] + "..."


def file_sha256(path: Path) -> str:
    """The SHA-256 of a file's bytes, as hexadecimal; a large file is not held in memory."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
