"""Files compared with those made again: bytes where they must be the same, content everywhere."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from boardpack.audit.verification.compared import (
    ADDITIONAL,
    MISSING,
    OTHER,
    SHOWS_OTHER,
    compare_files,
)
from boardpack.audit.verification.finding import Step
from boardpack.audit.verification.sealed import Sealed
from boardpack.render.manifest import made_with

FILES = {
    "figures.json": '{"a": 1}',
    "html/style.css": "a {}\nb {}",
    "html/fonts/a.woff2": "font",
    "more.bin": "1",
}
ELSEWHERE = {**made_with(), "python": "3.99"}


def laid(root: Path, files: Mapping[str, str], record: Mapping[str, Any]) -> Path:
    for name, text in {**files, "manifest.json": json.dumps(record)}.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    return root


def compared(
    tmp_path: Path,
    changes: Mapping[str, str | None],
    made: Mapping[str, Any] | None,
    **said: Any,
) -> Step:
    """A build with some files changed (None: left out), and sealed as made with something."""
    files = {name: text for name, text in {**FILES, **changes}.items() if text is not None}
    again = laid(tmp_path / "again", FILES, {"made_with": made_with()})
    build = laid(tmp_path / "build", files, {"made_with": made, **said})
    return compare_files(Sealed(build, tmp_path, tmp_path), again)


def told(step: Step) -> list[tuple[str, str]]:
    return [(finding.subject, finding.what) for finding in step.findings]


@pytest.mark.parametrize("made", [made_with(), ELSEWHERE, None, {}], ids=str)
def test_the_same_files_have_no_difference_whatever_the_manifest_says(
    made: Mapping[str, Any] | None, tmp_path: Path
) -> None:
    step = compared(tmp_path, {}, made)
    assert (step.findings, step.count, step.complete) == ((), len(FILES), True)


def test_other_bytes_are_a_finding_here_and_what_is_seen_is_told(tmp_path: Path) -> None:
    changes = {"html/style.css": "a {}\nb { display: none }", "figures.json": '{ "a": 1 }'}
    assert told(compared(tmp_path, changes, made_with())) == [
        ("figures.json", OTHER),
        ("html/style.css", OTHER),
        ("html/style.css", "line 2: 'b { display: none }' stands where 'b {}' should."),
    ]


def test_other_content_is_a_finding_wherever_the_build_says_it_was_made(tmp_path: Path) -> None:
    changes = {"html/style.css": "a {}\nb { display: none }", "figures.json": '{ "a": 1 }'}
    step = compared(tmp_path, changes, ELSEWHERE)
    assert [(s, w) for s, w in told(step) if w == SHOWS_OTHER] == [("html/style.css", SHOWS_OTHER)]
    assert step.complete
    assert "'python': '3.99'" in step.note
    assert "1 files of other bytes held content for content" in step.note


@pytest.mark.parametrize("made", [made_with(), ELSEWHERE, None], ids=str)
@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"html/fonts/a.woff2": "another"}, "html/fonts/a.woff2"),
        ({"figures.json": '{"a": 2}'}, "figures.json"),
        ({"figures.json": "{"}, "figures.json"),
        ({"figures.json": None}, "figures.json"),
        ({"html/__pycache__/a.pyc": "x"}, "html/__pycache__/a.pyc"),
        ({".DS_Store": "x"}, ".DS_Store"),
        ({"html/.hidden.js": "x"}, "html/.hidden.js"),
    ],
)
def test_no_altered_missing_or_added_file_passes_whatever_the_manifest_says(
    changes: Mapping[str, str | None],
    expected: str,
    made: Mapping[str, Any] | None,
    tmp_path: Path,
) -> None:
    step = compared(tmp_path, changes, made)
    assert {subject for subject, _ in told(step)} == {expected}
    whats = {what for _, what in told(step)}
    if changes[expected] is None:
        assert whats == {MISSING}
    elif expected not in FILES:
        assert whats == {ADDITIONAL}


def test_a_kind_that_nothing_reads_is_partial_elsewhere_and_a_finding_here(tmp_path: Path) -> None:
    step = compared(tmp_path / "there", {"more.bin": "2"}, ELSEWHERE)
    assert (step.findings, step.complete) == ((), False)
    assert "nothing here reads such a file: more.bin" in step.note
    assert told(compared(tmp_path / "here", {"more.bin": "2"}, made_with())) == [
        ("more.bin", OTHER)
    ]


def test_many_differences_of_one_file_are_counted(tmp_path: Path) -> None:
    lines = "\n".join(str(n) for n in range(9))
    said = told(compared(tmp_path, {"html/style.css": lines}, made_with()))
    assert len(said) == 1 + 3 + 1
    assert said[-1][1] == "6 more differences in what is seen."


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"notes": ["All is well."]}, "tells its reader"),
        ({"paper": {"status": "released"}}, "names the paper"),
        ({"inputs": {"pandas.py": "0"}}, "names pandas.py among its inputs"),
        ({"parameters": {"params/x.yml": "0"}}, "names params/x.yml among its parameters"),
    ],
)
def test_the_manifests_own_account_is_held_too(
    said: dict[str, Any], expected: str, tmp_path: Path
) -> None:
    ((subject, what),) = told(compared(tmp_path, {}, ELSEWHERE, **said))
    assert subject == "manifest.json"
    assert what.startswith(expected)
