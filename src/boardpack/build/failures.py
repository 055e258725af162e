"""What went wrong in a notebook, told in a line or two that name the place and the remedy."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from papermill.exceptions import PapermillExecutionError

from boardpack.build.repeatable import INJECTED
from boardpack.errors import INPUT, BoardpackError, BuildFault

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
