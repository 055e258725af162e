"""What the screens share: a line of plain text, a count of things, bars of progress."""

from __future__ import annotations

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.text import Text


def say(console: Console, text: str, style: str = "") -> None:
    """A line as it stands: no markup is read in it, and it is not broken."""
    console.print(Text(text, style=style), soft_wrap=True)


def still_bars(console: Console) -> Progress:
    """Bars that are drawn when they are told to."""
    columns = (TextColumn("{task.description:<24}"), BarColumn(24), MofNCompleteColumn())
    return Progress(*columns, console=console, auto_refresh=False)


def counted(count: int, thing: str) -> str:
    """`1 row`, `2,000 rows`.

    >>> counted(1, "row"), counted(2000, "row")
    ('1 row', '2,000 rows')
    """
    return f"{count:,} {thing}" if count == 1 else f"{count:,} {thing}s"
