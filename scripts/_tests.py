"""The checks of the code, one line each, and then the tests; any failure fails the command."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Sequence

import _tools
from _environment import ROOT, alone, python

LINT_IMPORTS = "from importlinter.cli import lint_imports_command; lint_imports_command()"
CHECKS = {
    "ruff check": ("-m", "ruff", "check", "."),
    "ruff format": ("-m", "ruff", "format", "--check", "."),
    "mypy --strict": ("-m", "mypy"),
    "import-linter": ("-c", LINT_IMPORTS),
}
SIDE_BY_SIDE = ("-n", "auto", "--dist", "loadfile")
ENVIRONMENT = {"PYTHONUTF8": "1", "OPENBLAS_NUM_THREADS": "1"}


def run(arguments: Sequence[str]) -> int:
    """Run every check, then the tests; the first failing check's output is shown in full."""
    _tools.prepare()
    failed: list[str] = []
    for name, command in CHECKS.items():
        if not _passes(name, command, shown=not failed):
            failed.append(name)
    pytest = _command("-m", "pytest", *SIDE_BY_SIDE, *arguments)
    tests = subprocess.call(pytest, cwd=ROOT, env=_environment())
    if not failed:
        return tests
    count = len(failed) + (tests != 0)
    print(f"Failed: {', '.join(failed)}")
    print(f"{len(CHECKS) + 1 - count} passed, {count} failed")
    return 1


def _passes(name: str, command: Sequence[str], shown: bool) -> bool:
    began = time.monotonic()
    done = subprocess.run(
        _command(*command),
        cwd=ROOT,
        env=_environment(),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    passed = done.returncode == 0
    word = "passed" if passed else "FAILED"
    print(f"{name:<16}{word}  {time.monotonic() - began:.1f} s", flush=True)
    if not passed and shown:
        print(done.stdout + done.stderr, flush=True)
    return passed


def _command(*arguments: str) -> list[str]:
    return [python(), *arguments]


def _environment() -> dict[str, str]:
    return {**alone(), **ENVIRONMENT}
