"""Findings on the screen: the weightiest in about twenty lines, and a file that has all of them."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from rich.console import Console

from boardpack.checks.distinct_points import Point
from boardpack.cli.progress_bars import counted, say

WIDTH = 100
LINES = 20
STANDING = {True: "Stops a release", False: "To be read"}
Lines = list[tuple[str, str]]
"""Lines of text, each with its style."""


def say_points(out: Console, points: Sequence[Point], file: Path) -> None:
    """The points by weight, as many as about twenty lines hold; all of them in the file.

    The file is written anew each time, and goes where there is nothing to say.
    """
    told = list(_told(points))
    if not told:
        file.unlink(missing_ok=True)
        return
    write_lines(file, (text for lines in told for text, _ in lines))
    room = LINES
    for place, lines in enumerate(told):
        room -= len(lines)
        if place and room < 0:
            say(out, f"  And {counted(len(told) - place, 'more point')}; all are in {file}", "bold")
            return
        for text, style in lines:
            say(out, text, style)


def say_lines(lines: Sequence[str], weightiest: Sequence[str], file: Path) -> None:
    """Lines as they are where a screen holds them, else the weightiest, and all of them in a file.

    Raises no fault for a file that stands there: it is a list that a command made before.
    """
    out = Console(highlight=False)
    fits = len(lines) <= LINES
    for line in lines if fits else weightiest:
        say(out, line)
    if not fits:
        write_lines(file, lines)
        say(out, f"All {len(lines):,} lines are in {file}", "bold")


def write_lines(file: Path, lines: Iterable[str]) -> None:
    """Write a file of lines, in a folder that may not be there yet."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="\n")


def _told(points: Sequence[Point]) -> Iterator[Lines]:
    """A point as the assurance chapter tells it: what, the likely cause, and what follows."""
    standing = None
    for number, point in enumerate(points, start=1):
        lines: Lines = []
        if point.stops_release is not standing:
            standing = point.stops_release
            lines.append((f"  {STANDING[standing]}", "bold"))
        colour = "red" if point.stops_release else "yellow"
        lines.append((f"{number:>4}  {point.check['id']}", colour))
        cause = point.explanation
        if point.follows:
            cause += f" It also explains {counted(len(point.follows), 'more check')}."
        for text in (str(point.check["sentence"] or point.check["title"]), cause):
            lines += [(f"      {line}", "") for line in wrapped(text)]
        yield lines


def wrapped(text: str) -> list[str]:
    """Text in lines that a screen of ordinary width holds; an id or a path is never broken."""
    return textwrap.wrap(text, WIDTH - 6, break_long_words=False, break_on_hyphens=False)
