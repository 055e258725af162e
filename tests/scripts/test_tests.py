"""No test is passed over without a word: what pytest leaves out by default, it is told to take."""

from __future__ import annotations

from fnmatch import fnmatch
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[1]


def test_no_folder_of_tests_is_passed_over(pytestconfig: pytest.Config) -> None:
    passed_over = pytestconfig.getini("norecursedirs")
    folders = {part for test in TESTS.rglob("test_*.py") for part in test.relative_to(TESTS).parts}
    assert not [name for name in folders for one in passed_over if fnmatch(name, one)]
