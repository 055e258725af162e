"""A failed install told by its cause, which is not always the last thing that pip says."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

import pytest

SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"
NO_NETWORK = """WARNING: Retrying after connection broken by 'NewConnectionError('...')'
ERROR: Could not find a version that satisfies the requirement rich==15.0.0
ERROR: No matching distribution found for rich==15.0.0
"""
NO_VERSION = """ERROR: Could not find a version that satisfies the requirement rich==15.0.0
ERROR: No matching distribution found for rich==15.0.0
"""
HASHES = """ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.
    rich==15.0.0 from https://example.org/rich.whl (from -r requirements.txt (line 7)):
        Expected sha256 aa
             Got        bb
"""
NO_PIP = """The virtual environment was not created successfully because ensurepip is not available.
"""


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(SCRIPTS))
    return importlib.import_module("_pip_said")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (NO_NETWORK, "No package registry could be reached"),
        (NO_VERSION, "The package registry has no rich==15.0.0 for Python"),
        (HASHES, "rich==15.0.0 is not the file that the lock names"),
        ("ERROR: [Errno 28] No space left on device\n" + NO_VERSION, "The disk is full"),
        (NO_PIP, "This Python came without venv or pip"),
        ("/usr/bin/python3: No module named venv\n", "This Python came without venv or pip"),
        ("ProxyError('Tunnel connection failed: 407')\n" + NO_NETWORK, "The proxy did not let"),
        ("SSLCertVerificationError(1)\n" + NO_VERSION, "certificate is not trusted here"),
        ("ERROR: [Errno 13] Permission denied: 'x'\n", "may not be written here"),
        ("ERROR: something else\n", "The reason is in these words"),
    ],
)
def test_the_weightiest_cause_is_told(said: Any, words: str, told: str) -> None:
    assert told in said.why(words).splitlines()[0]


def test_the_words_themselves_follow(said: Any) -> None:
    assert said.why(NO_VERSION).splitlines()[1:] == [f"  {x}" for x in NO_VERSION.splitlines()]
    assert said.why("") == "The reason is in these words:"


def test_a_wheel_that_is_missing_is_told_as_such(said: Any) -> None:
    told = said.why(NO_VERSION, is_from_wheels=True)
    assert told.startswith("The folder of wheels has no rich==15.0.0 for Python")
    assert "Download it for this Python and put it there." in told


@pytest.mark.parametrize("number", ["407 kB", "rich-4.0.7", "line 407"])
def test_a_number_is_no_proxy(said: Any, number: str) -> None:
    assert "proxy" not in said.why(f"Downloading {number}\n{NO_VERSION}").splitlines()[0]
