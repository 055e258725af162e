"""Working cells: where a notebook shows how its numbers come about, and prints nothing of it.

A cell of code whose first line is `#| working` is one. What it shows is seen in Jupyter and stands
in the executed notebook, for whoever follows the paper there; no output of the paper takes it up.
The mark stands in the code, because a kernel is told the code of a cell and not its tags.
"""

from __future__ import annotations

WORKING = "#| working"


def is_working(source: str) -> bool:
    """Whether a cell of code says in its first line that it is a working cell.

    >>> is_working("#| working"), is_working("x = 1")
    (True, False)
    """
    first, *_ = source.lstrip().split("\n", 1)
    return first.split() == WORKING.split()
