"""What has come of one extract of the month."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from boardpack.core.errors import Fault

if TYPE_CHECKING:
    from boardpack.reading.readers import Received


@dataclass(frozen=True)
class Arrival:
    """One extract of the month: its rows, or what is wrong with it, or that it is not there."""

    name: str
    extract: Received | None
    faults: tuple[Fault, ...] = ()
    is_missing: bool = False
    is_declared: bool = False

    @property
    def is_expected(self) -> bool:
        """Whether the month is to bring it: it came, was made, has faults or was disclaimed."""
        came = self.extract is not None and bool(self.extract.sha256)
        return came or bool(self.faults) or self.is_declared


@dataclass(frozen=True)
class Told:
    """What is told of an extract that was read earlier and is as it was."""

    file: str
    sha256: str
    row_count: int
    notes: tuple[Fault, ...]
