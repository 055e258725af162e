"""Faults to plant by name, for tests and for training: what each does, and what must be said."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from boardpack.demo.month import MonthFiles
from boardpack.errors import UsageFault, nearest


@dataclass(frozen=True)
class Plant:
    """A fault: its name, what it does to a month's files, and the words that must be told of it.

    `is_check` says that the files read well and a check must fail; else an input is refused.
    """

    name: str
    file: str
    does: str
    says: str
    apply: Callable[[MonthFiles], None]
    is_check: bool = False


PLANTS: tuple[Plant, ...] = ()


def plant_named(name: str) -> Plant:
    """The plant of a name; UsageFault with the nearest one otherwise."""
    known = {plant.name: plant for plant in PLANTS}
    if name not in known:
        raise UsageFault(f"There is no plant {name!r}. {nearest(name, known)}")
    return known[name]
