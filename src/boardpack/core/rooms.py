"""What stands in the rooms of the subjects, found by name from the floors below them.

A reader, the figures of a chapter and the checks of a subject are run by engines that stand below
the subjects and know none of them. This is the one place where a floor looks up to them.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from types import ModuleType
from typing import Any

SUBJECTS = "boardpack.subjects"


def found(module: str, name: str) -> Any:
    """What a module of a room calls by a name.

    >>> found("position/figures", "position_figures").__name__
    'position_figures'
    """
    return getattr(importlib.import_module(f"{SUBJECTS}.{module.replace('/', '.')}"), name)


def modules(package: str, ending: str) -> Iterator[ModuleType]:
    """The modules of a package, and of the rooms in it, whose names have an ending."""
    inside = importlib.import_module(package)
    for module in pkgutil.walk_packages(inside.__path__, f"{package}."):
        if module.name.endswith(ending):
            yield importlib.import_module(module.name)
