"""The examples in the docstrings of the code run, and print what they say."""

from __future__ import annotations

import doctest
import importlib
from pathlib import Path

import pytest

import boardpack

SOURCE = Path(boardpack.__file__).parent
MODULES = sorted(
    ".".join(file.relative_to(SOURCE.parent).with_suffix("").parts)
    for file in SOURCE.rglob("*.py")
    if ">>> " in file.read_text(encoding="utf-8")
)
"""The modules with an example; no other is imported for this."""
FORM = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
"""A long line may be broken, and `...` stands for what an example is not about."""


@pytest.mark.parametrize("module", MODULES)
def test_examples_print_what_they_say(module: str) -> None:
    told: list[str] = []
    runner = doctest.DocTestRunner(verbose=False, optionflags=FORM)
    for example in doctest.DocTestFinder().find(importlib.import_module(module)):
        runner.run(example, out=told.append)
    assert not told, "".join(told)


def test_an_example_that_is_not_true_is_found() -> None:
    told: list[str] = []
    wrong = doctest.DocTestParser().get_doctest(">>> 1 + 1\n3\n", {}, "wrong", None, None)
    doctest.DocTestRunner(verbose=False, optionflags=FORM).run(wrong, out=told.append)
    assert told
