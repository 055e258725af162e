"""The examples of the docstrings run, and give what they say."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import boardpack.figures.frames

MODULES = [one.name for one in pkgutil.iter_modules(boardpack.figures.frames.__path__)]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_run(name: str) -> None:
    module = importlib.import_module(f"boardpack.figures.frames.{name}")
    options = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS
    found = doctest.testmod(module, optionflags=options)
    assert found.failed == 0


def test_what_is_public_carries_examples() -> None:
    with_examples = ("frame_of", "listing_of", "in_unit", "to_figures", "Traced", "FigureDtype")
    assert all(">>>" in getattr(boardpack.figures.frames, name).__doc__ for name in with_examples)
