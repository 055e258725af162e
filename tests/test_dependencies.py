"""The review of the locks stands, and is of the locks that are there."""

from __future__ import annotations

import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[1]
sys.path.append(str(PROJECT / "scripts"))

from _dependencies import DOCUMENT, FOR, Locked, both_locks, canonical, direct, locked  # noqa: E402

ROW = re.compile(r"^\| ([a-z0-9-]+) \| ([^| ]+)(?: \((.*)\))? \| (.+?) \| (.+?) \| (.+?) \|$", re.M)
REVIEWED = {
    *("0BSD", "Apache-2.0", "BSD", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "GPL", "ISC", "MIT"),
    *("MIT-0", "MIT-CMU", "MPL-2.0", "PSF-2.0", "Public Domain", "Zlib", "not installed here"),
    *("Apache License, Version 2.0", "Unlicense"),
}
"""The licences that somebody has looked at; another one has to be."""


def rows() -> list[tuple[str, ...]]:
    return ROW.findall(DOCUMENT.read_text(encoding="utf-8").split("\n|---|---|---|---|---|\n")[1])


def test_every_package_of_the_lock_is_reviewed_at_its_version() -> None:
    told = [(name, version) for name, version, *_ in rows()]
    assert told == [(one.name, one.version) for one in both_locks()]
    assert len(told) > 100


def test_what_the_project_names_itself_has_a_purpose() -> None:
    named = direct((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    assert set(named) <= set(FOR)
    assert {name for name, *_, by, _ in rows() if by != "no"} == set(named)


def test_what_the_project_names_is_imported_by_it() -> None:
    """A package that the program names and nothing of it imports weighs and does nothing."""
    told = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    lines = told["project"]["dependencies"]
    named = {canonical(re.split(r"[^A-Za-z0-9._-]", line)[0]) for line in lines}
    files = [*(PROJECT / "src").rglob("*.py"), *(PROJECT / "book").rglob("*.py")]
    text = "\n".join(path.read_text(encoding="utf-8") for path in files)
    words = re.findall(r"^ *(?:import|from) (\w+)|[\"'](\w+)[\"'.]", text, re.MULTILINE)
    provided = packages_distributions()
    imported = {canonical(x) for word in words for x in provided.get("".join(word), ())}
    assert named - imported == set()


def test_every_licence_has_been_looked_at() -> None:
    found = {part for _, _, _, told, *_ in rows() for part in re.split(r" (?:AND|OR|or) ", told)}
    assert found <= REVIEWED
    assert [name for name, _, _, told, *_ in rows() if "GPL" in told] == ["docutils"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("jinja2==3.1.6 \\", ("jinja2", "3.1.6", "")),
        ("Name_One.two==1.0 ; sys_platform == 'win32' \\", ("name-one-two", "1.0", "'win32'")),
        ("ibis-framework[duckdb]==10.1 \\", ("ibis-framework", "10.1", "")),
        ("    --hash=sha256:0123", None),
        ("# a remark", None),
    ],
)
def test_lines_of_a_lock(line: str, expected: tuple[str, str, str] | None) -> None:
    found = list(locked(line))
    if expected is None:
        assert found == []
    else:
        name, version, where = expected
        assert [(one.name, one.version) for one in found] == [(name, version)]
        assert isinstance(found[0], Locked)
        assert where in found[0].where
