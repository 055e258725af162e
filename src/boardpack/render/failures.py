"""What went wrong in a notebook, told in a line or two that name the place and the remedy."""

from __future__ import annotations

import ast
import inspect
import re
import warnings
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from IPython.core.inputtransformer2 import TransformerManager
from papermill.exceptions import PapermillExecutionError

from boardpack.core.errors import INPUT, BoardpackError, BuildFault
from boardpack.render.repeatable import INJECTED

AWAIT_REFUSED = (
    "A chapter may not await at the top level of a cell; compute there what it needs without await."
)
NOT_CARRIED = "CannotCarry"
"""The name of what a notebook shows and no output of the paper can, which is no error of Python."""
_ANSI = re.compile(r"\x1b\[[0-9;]*m")
_LINE = re.compile(r"Cell In\[(\d+)\], line (\d+)")


@dataclass(frozen=True)
class Failure:
    """A cell that raised: which, at which of its lines, and what.

    `number` counts the cells of the notebook as its author sees it, from 1.
    """

    notebook: str
    number: int
    line: str
    error: str
    message: str
    exit_code: int | None

    def __str__(self) -> str:
        if self.exit_code is not None:
            return self.message
        where = f"notebooks/{self.notebook}.ipynb, cell {self.number}"
        at = f", at `{self.line}`" if self.line else ""
        if self.error == NOT_CARRIED:
            return f"{where}: {self.message}."
        return f"{where}{at}: {self.error}: {self.message}".rstrip(": ")


class NotebookFaults(BuildFault):
    """The faults of all notebooks of a wave; inputs are to blame where any notebook says so."""

    def __init__(self, failures: Iterable[Failure | str]) -> None:
        found = tuple(failures)
        codes = {item.exit_code for item in found if isinstance(item, Failure)}
        if INPUT in codes:
            self.exit_code = INPUT
        lines = [line for item in found for line in str(item).splitlines()]
        super().__init__("\n".join(dict.fromkeys(lines)))


def failure_of(notebook: str, source: Mapping[str, Any], error: PapermillExecutionError) -> Failure:
    """The failure that papermill reports; `source` is the notebook before papermill's own cell."""
    injected = _injected_at(source["cells"])
    number = error.cell_index + (error.cell_index < injected)
    known = {kind.__name__: kind.exit_code for kind in _kinds(BoardpackError)}
    message, line = _ANSI.sub("", error.evalue), _line(error)
    return Failure(notebook, number, line, error.ename, message, known.get(error.ename))


def stopped_early(notebook: str, executed: Mapping[str, Any]) -> Failure | None:
    """The failure of a notebook that left by itself, which papermill takes for success."""
    number = 0
    for cell in executed["cells"]:
        number += INJECTED not in cell["metadata"].get("tags", [])
        if cell["metadata"].get("papermill", {}).get("exception") is True:
            said = "a chapter runs to its end; take sys.exit out"
            return Failure(notebook, number, "", "SystemExit", said, None)
    return None


def refused(notebook: str, source: Mapping[str, Any]) -> Failure | None:
    """The first cell that awaits at its top level, which no chapter may; none runs before it.

    What a cell waits for is done by no notebook's own order, so a run would not repeat.
    """
    for number, cell in enumerate(source["cells"], start=1):
        if cell["cell_type"] == "code" and _awaits(cell["source"]):
            return Failure(notebook, number, "", "BuildFault", AWAIT_REFUSED, None)
    return None


def _awaits(cell: str) -> bool:
    try:
        with warnings.catch_warnings(action="ignore"):
            python = TransformerManager().transform_cell(cell)
            code = compile(python, "<cell>", "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    except (SyntaxError, ValueError):
        return False  # the cell itself will tell
    return bool(code.co_flags & inspect.CO_COROUTINE)


def _injected_at(cells: list[dict[str, Any]]) -> int:
    """Where papermill puts its cell: after the one tagged `parameters`, else first."""
    for place, cell in enumerate(cells):
        if "parameters" in cell["metadata"].get("tags", []):
            return place + 1
    return 0


def _kinds(kind: type[BoardpackError]) -> Iterable[type[BoardpackError]]:
    yield kind
    for below in kind.__subclasses__():
        yield from _kinds(below)


def _line(error: PapermillExecutionError) -> str:
    """The source line of the cell that the traceback names first."""
    lines = error.source.splitlines()
    for count, number in _LINE.findall(_ANSI.sub("", "\n".join(error.traceback))):
        if int(count) == error.exec_count and int(number) <= len(lines):
            return str(lines[int(number) - 1].strip())
    return ""
