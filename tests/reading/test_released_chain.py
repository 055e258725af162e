"""Releases held to their records and to those after them: what is named, and what is no fault."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from made_releases import (
    APPROVED,
    PREPARED,
    altered,
    change_record,
    folder_of,
    published_before,
    release,
)

from boardpack.core.periods import Month
from boardpack.reading.release_records import RECORD, in_sight, read_releases, release_of
from boardpack.reading.released_chain import Chain, Held, record_faults

MARCH, APRIL, MAY, JUNE = Month(2022, 12), Month(2023, 1), Month(2023, 2), Month(2023, 3)


def held(home: Path) -> Held:
    return Chain(home).held()


def broken(home: Path) -> dict[str, str]:
    return {one.folder: one.what for one in held(home).broken}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Two places over the turn of a year, each month released together, and one paper restated."""
    for month in (MARCH, APRIL, MAY):
        release(tmp_path, month, "bexley")
        release(tmp_path, month, "bromley")
    release(tmp_path, APRIL, "bromley", 2, value="-5")
    release(tmp_path, JUNE, "bexley")
    return tmp_path


def test_an_honest_chain_is_whole_and_says_what_was_restated(home: Path) -> None:
    found = held(home)
    assert (found.broken, len(found.releases)) == ((), 8)
    (note,) = found.notes
    assert note == (
        "version 2 of bromley 2023/24 M01 came after version 1 of bromley 2023/24 M02,"
        " which names version 1 of bromley 2023/24 M01."
    )


def test_a_release_names_its_places_last_and_whatever_nobody_names_yet(home: Path) -> None:
    named = {one.folder: set(one.before or ()) for one in read_releases(home)}
    at = {
        (month.number, place, version): folder_of(month, place, version).as_posix()
        for month in (MARCH, APRIL, MAY, JUNE)
        for place in ("bexley", "bromley")
        for version in (1, 2)
    }
    assert named[at[12, "bexley", 1]] == set()
    assert named[at[12, "bromley", 1]] == {at[12, "bexley", 1]}
    assert named[at[1, "bexley", 1]] == {at[12, "bexley", 1], at[12, "bromley", 1]}
    assert named[at[2, "bromley", 1]] == {at[1, "bromley", 1], at[2, "bexley", 1]}
    assert named[at[1, "bromley", 2]] == {at[1, "bromley", 1], at[2, "bromley", 1]}
    assert named[at[3, "bexley", 1]] == {at[2, "bexley", 1], at[1, "bromley", 2]}
    assert {one.first for one in read_releases(home)} == {at[12, "bexley", 1]}


@pytest.mark.parametrize(
    ("month", "place", "version"),
    [(MARCH, "bexley", 1), (APRIL, "bromley", 1), (APRIL, "bromley", 2), (MAY, "bexley", 1)],
)
def test_every_release_but_the_last_is_held_by_another(
    home: Path, month: Month, place: str, version: int
) -> None:
    folder = home / folder_of(month, place, version)
    name = folder_of(month, place, version).as_posix()
    altered(folder)
    assert "figures.json has been altered" in broken(home)[name]
    altered(folder, with_record=True)
    assert "its release record was altered or replaced" in broken(home)[name]
    (folder / RECORD).unlink()
    assert "its release record was removed" in broken(home)[name]
    assert list(broken(home)) == [name]


def test_a_removed_paper_and_a_version_rolled_back_are_told_apart(home: Path) -> None:
    shutil.rmtree(home / folder_of(MAY, "bexley"))
    shutil.rmtree(home / folder_of(APRIL, "bromley", 2))
    found = broken(home)
    assert set(found) == {
        folder_of(MAY, "bexley").as_posix(),
        folder_of(APRIL, "bromley", 2).as_posix(),
    }
    assert "rolled back to version 1" in found[folder_of(APRIL, "bromley", 2).as_posix()]
    assert "rolled back" not in found[folder_of(MAY, "bexley").as_posix()]


def test_a_first_version_that_is_removed_is_not_called_rolled_back(home: Path) -> None:
    first = home / folder_of(APRIL, "bromley")
    for path in [path for path in first.iterdir() if path.is_file()]:
        path.unlink()
    (what,) = broken(home).values()
    assert what.startswith("was removed")
    assert "rolled back" not in what


def test_what_was_released_last_is_held_by_its_own_record_only(home: Path) -> None:
    last = home / folder_of(JUNE, "bexley")
    altered(last)
    assert list(broken(home)) == [folder_of(JUNE, "bexley").as_posix()]
    altered(last, with_record=True)
    assert broken(home) == {}
    release(home, JUNE, "bromley")
    altered(last, "-7", with_record=True)
    assert list(broken(home)) == [folder_of(JUNE, "bexley").as_posix()]


def test_the_last_release_without_its_record_is_no_paper_of_old(home: Path) -> None:
    (home / folder_of(JUNE, "bexley") / RECORD).unlink()
    (what,) = broken(home).values()
    assert what.startswith("has no record, and no release made since names it")
    release(home, JUNE, "bexley", chained=False)
    (what,) = broken(home).values()
    assert what.startswith("has a record of the old form")


def test_a_register_put_in_among_the_releases_is_told(home: Path) -> None:
    published_before(home, APRIL, "lewisham")
    assert list(broken(home)) == [folder_of(APRIL, "lewisham").as_posix()]


def test_records_of_old_are_read_as_such_said_once_and_held_once_the_chain_begins(
    tmp_path: Path,
) -> None:
    published_before(tmp_path, MARCH)
    release(tmp_path, APRIL, chained=False)
    found = held(tmp_path)
    assert found.broken == ()
    assert found.notes == (
        "1 of 2 releases were made before releases named each other.",
        "1 of 2 were published before boardpack and have no record.",
    )
    release(tmp_path, MAY)
    assert held(tmp_path).broken == ()
    altered(tmp_path / folder_of(MARCH))
    altered(tmp_path / folder_of(APRIL), with_record=True)
    assert set(broken(tmp_path)) == {folder_of(MARCH).as_posix(), folder_of(APRIL).as_posix()}


def test_a_record_without_a_chain_is_held_to_its_own_files(tmp_path: Path) -> None:
    altered(release(tmp_path, APRIL, chained=False))
    assert "has been altered" in broken(tmp_path)[folder_of(APRIL).as_posix()]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, ""),
        ({"approved": None}, "does not say who prepared it and who approved it"),
        ({"prepared": {**PREPARED, "when": ""}}, "does not say who prepared it"),
        ({"approved": {**APPROVED, "name": " ann  LEE "}}, "by one person, or in one role"),
        ({"approved": {**APPROVED, "role": "finance manager"}}, "by one person, or in one role"),
        ({"approved": {**APPROVED, "when": "2023-11-01T08:59:59Z"}}, "approved before it was"),
        ({"approved": {**APPROVED, "when": PREPARED["when"]}}, ""),
        ({"place": "bexley"}, "that of another paper"),
        ({"month": 3}, "that of another paper"),
        ({"financial_year": "2022/23"}, "that of another paper"),
        ({"version": 2}, "that of another paper"),
        ({"schema": "boardpack/release/9"}, "which is not known"),
        ({"schema": "boardpack/release/1", "approved": None}, ""),
        ({"files": None}, "does not say which register was released"),
    ],
)
def test_what_a_record_must_say(tmp_path: Path, changes: dict[str, object], expected: str) -> None:
    path = release(tmp_path, MAY) / RECORD
    path.write_text(json.dumps(json.loads(path.read_text()) | changes))
    (one,) = read_releases(tmp_path)
    found = list(record_faults(one))
    assert bool(found) == bool(expected)
    assert expected in " ".join(found)


@pytest.mark.parametrize("text", ["", "{", "[]", "\udcff"])
def test_a_record_that_cannot_be_read_is_a_finding(tmp_path: Path, text: str) -> None:
    folder = release(tmp_path, MAY)
    (folder / RECORD).write_text(text, encoding="utf-8", errors="surrogateescape")
    assert "cannot be read" in broken(tmp_path)[folder_of(MAY).as_posix()]


def test_a_file_that_is_gone_or_named_outside_its_folder_is_told(tmp_path: Path) -> None:
    folder = release(tmp_path, MAY)
    change_record(folder, files={"../secret.csv": "0" * 64})
    assert "../secret.csv is missing" in broken(tmp_path)[folder_of(MAY).as_posix()]
    change_record(release(tmp_path, JUNE), chain={"first": "", "before": {"../../x": {}}})
    assert "which is no release" in broken(tmp_path)[folder_of(JUNE).as_posix()]


def nothing(folder: Path) -> None:
    """Leave a release as it is."""


@pytest.mark.parametrize(
    ("change", "is_told"), [(nothing, False), (altered, True), (shutil.rmtree, True)]
)
def test_a_paper_sees_the_months_since_the_first_that_it_is_compared_with(
    home: Path, change: Callable[[Path], None], is_told: bool
) -> None:
    change(home / folder_of(MAY, "bexley"))
    change(home / folder_of(MARCH, "bexley"))
    july = Month(2023, 4)
    months = in_sight(july, [MAY, JUNE])
    assert months == (MAY, JUNE)
    seen = Chain(home, months, {MAY, JUNE}).held()
    expected = [folder_of(MAY, "bexley").as_posix()] if is_told else []
    assert [one.folder for one in seen.broken] == expected


def test_months_between_are_held_by_their_records_alone(home: Path) -> None:
    altered(home / folder_of(MAY, "bexley"))
    months = in_sight(Month(2023, 4), [JUNE, MARCH])
    assert months == (MARCH, APRIL, MAY, JUNE)
    assert Chain(home, months, {JUNE, MARCH}).held().broken == ()
    altered(home / folder_of(MARCH, "bexley"), with_record=True)
    (found,) = Chain(home, months, {JUNE, MARCH}).held().broken
    assert found.folder == folder_of(MARCH, "bexley").as_posix()


@pytest.mark.parametrize(
    ("file", "folder", "version"),
    [
        ("data/released/2023-24/M05/bromley/figures.json", "M05/bromley", 1),
        ("data/released/2023-24/M05/bromley/v12/figures.json", "M05/bromley/v12", 12),
        ("data/released/2023-24/M13/bromley/figures.json", None, 0),
        ("data/released/2023-24/M05/figures.json", None, 0),
        ("data/raw/2023-24/M05/bromley/figures.json", None, 0),
    ],
)
def test_a_file_is_of_a_release_by_where_it_stands(
    tmp_path: Path, file: str, folder: str | None, version: int
) -> None:
    found = release_of(tmp_path, file)
    if folder is None or found is None:
        assert found is None
        assert folder is None
    else:
        assert (found.folder, found.version) == (f"data/released/2023-24/{folder}", version)
