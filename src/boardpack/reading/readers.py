"""The extracts of a month by name: who reads each, which is made from which, and which stay.

`read_x(folder)` is the reader of the extract `x`, wherever it stands in a module `extract` of a
subject, or in one of this package.
"""

from __future__ import annotations

import importlib
import inspect
import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Protocol

from boardpack.core.rooms import SUBJECTS, modules
from boardpack.reading.file_names import named_stem
from boardpack.schedules.form import Schedule
from boardpack.schedules.load import home_schedules, own_schedules

if TYPE_CHECKING:
    from boardpack.core.errors import Fault
    from boardpack.reading.folder import Folder

OURS = frozenset({"corrections", "adjustments"})
"""Files that the finance team writes itself, each month only where there is a need."""

OF_THE_HOME = frozenset(
    {
        "chc_budget_activity",
        "cost_centres",
        "indicative_prices",
        "outturn_history",
        "practices",
        "prescribing_profiles",
        "programmes",
        "quantity_means_pack",
    }
)
"""What has a reader and is no file of a month's folder: facts that hold for longer."""

UNIT_LEVEL = frozenset(
    {
        "allocations",
        "invoices",
        "ledger",
        "mhis_return",
        "savings_tracker",
        "spend_over_25k",
        "trial_balance",
    }
)
"""Extracts of a system's own records: a sum over their rows keeps the rule that chose the rows.

Those at client level are not among them: of people no output gives a cell, on demand neither.
"""

UNREAD_ALONE = frozenset({"corrections", "drug_tariff_following"})
"""Extracts of a month that are read with others, by no reader of their own."""

OF_REFERENCE = frozenset({"chc_budgets", "rates", "savings_requirements"})
"""Reference files that are read with others, by no reader of their own."""

MADE_FROM = {
    "position": "ledger",
    "budget_overview": "ledger",
    "resource_limit": "allocations",
    "mhis": "mhis_return",
    **{name: one.made_from for name, one in own_schedules().items() if one.made_from},
}
"""Schedules, each with the unit-level extract that it is made from where that came instead."""

OF_THE_YEAR = frozenset(
    {
        "borough_budget",
        "drug_tariff_baseline",
        *(name for name, one in own_schedules().items() if one.yearly),
    }
)
"""Extracts that are set for a financial year: within it they come again as they were."""

_DATED = re.compile(r"drug_tariff_\d{6}")


class Received(Protocol):
    """What a reader gives: the rows of a file, or what the rows of a long one come to."""

    @property
    def file(self) -> str:
        """The file that it was read or made from, below home."""

    @property
    def sha256(self) -> str:
        """The file's hash; empty where it is not there, or was made from others."""

    @property
    def row_count(self) -> int:
        """How many records it has."""

    @property
    def notes(self) -> tuple[Fault, ...]:
        """What is odd and stops nothing."""


Reader = Callable[["Folder"], Received]


def readers(home: Path | None = None) -> Mapping[str, Reader]:
    """The reader of each extract by its name, with those of the tables that a home declares.

    The project's are `read_x(folder)` of its extracts, and its own declared tables.
    """
    declared = {} if home is None else home_schedules(home)
    return {**_own_readers(), **{name: _declared(one) for name, one in declared.items()}}


def _declared(schedule: Schedule) -> Reader:
    return lambda folder: _reading().read_schedule(folder, schedule)


def _reading() -> ModuleType:
    """What reads a declared table; it stands above the folder, which asks for names here."""
    return importlib.import_module("boardpack.reading.schedule_reading")


@cache
def _own_readers() -> Mapping[str, Reader]:
    found: dict[str, Reader] = {}
    for module in (*modules("boardpack.reading", "extract"), *modules(SUBJECTS, "extract")):
        for name, reader in inspect.getmembers(module, inspect.isfunction):
            is_own = name.startswith("read_") and reader.__module__ == module.__name__
            if is_own and list(inspect.signature(reader).parameters) == ["folder"]:
                found[name.removeprefix("read_")] = reader
    declared = {name: _declared(one) for name, one in own_schedules().items()}
    return dict(sorted({**found, **declared}.items()))


@cache
def _own_names() -> frozenset[str]:
    return frozenset(_own_readers()) - OF_THE_HOME | UNREAD_ALONE


def extract_names(home: Path | None = None) -> frozenset[str]:
    """The extracts that a month's folder may bring, with those that a home declares."""
    return _own_names() | (frozenset(home_schedules(home)) if home is not None else frozenset())


def extract_of(file: Path, home: Path | None = None) -> str | None:
    """The extract whose name a file bears, whatever its ending; None where it bears none.

    `epd_<name>` is a part of `epd`. A tariff that is named after its month is one of its own.
    """
    stem = named_stem(file)
    if stem in extract_names(home) or carries_its_month(stem):
        return stem
    return "epd" if stem.startswith("epd_") else None


def carries_its_month(extract: str) -> bool:
    """Whether a file is named after a month of its own, `drug_tariff_202404`: it never changes.

    >>> carries_its_month("drug_tariff_202404"), carries_its_month("position")
    (True, False)
    """
    return _DATED.fullmatch(extract) is not None
