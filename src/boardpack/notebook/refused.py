"""What a notebook shows and the paper cannot carry: refused where it is shown, in words."""

from __future__ import annotations


class CannotCarry(Exception):
    """Something shown that no output could hold: its kind, and what to use in its place.

    It is no `BoardpackError`, so that a render names the notebook, the cell and the line as well.
    """

    def __init__(self, what: str, instead: str) -> None:
        super().__init__(f"{what} cannot stand in the paper. {instead}")

    def _render_traceback_(self) -> list[str]:
        """IPython asks for this in place of a traceback, which says nothing to an analyst."""
        return [f"{type(self).__name__}: {self}"]
