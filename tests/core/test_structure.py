"""Places and directorates of each month: renamed, merged, given a new code, and taken out."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from month_six import PROJECT

from boardpack.core.errors import InputFaults
from boardpack.core.periods import Month
from boardpack.core.report import Report, load_report

AUGUST, SEPTEMBER, OCTOBER = (Month(2023, number) for number in (5, 6, 7))
MERGED = {"from": "2023-24 M06", "place": "lewisham", "into": "lambeth", "why": "one board"}
CODE = {"from": "2023-24 M06", "place": "bexley", "becomes": "bx"}
LEFT = {"from": "2023-24 M06", "place": "southwark", "leaves": True}
LINES = {"from": "2023-24 M06", "directorate": "programme_wide_projects", "into": "prescribing"}


def report(tmp_path: Path, month: Month, **said: Any) -> Report:
    """The real report with some of its keys said otherwise, as it stands in a month."""
    file = tmp_path / "params" / "report.yml"
    if not file.exists():
        shutil.copytree(PROJECT / "params", tmp_path / "params")
    told = yaml.safe_load((PROJECT / "params/report.yml").read_text(encoding="utf-8"))
    for key, value in said.items():
        told[key] = {**told[key], **value} if isinstance(value, dict) else value
    file.write_text(yaml.safe_dump(told, sort_keys=False), encoding="utf-8")
    faults: list[Any] = []
    found = load_report(tmp_path, month, faults)
    if found is None:
        raise InputFaults(faults)
    return found


def test_a_name_is_that_of_the_month(tmp_path: Path) -> None:
    names = [
        {"name": "Prescribing", "to": "2023-24 M06"},
        {"name": "Medicines", "from": "2023-24 M07", "also": ["Prescribing"]},
    ]
    then, now = (
        report(tmp_path, month, directorates={"prescribing": names})
        for month in (SEPTEMBER, OCTOBER)
    )
    assert then.directorates["prescribing"] == "Prescribing"
    assert now.directorates["prescribing"] == "Medicines"
    assert list(then.directorates) == list(now.directorates)
    assert then.other_labels("directorate", SEPTEMBER) == ()
    assert now.other_labels("directorate", OCTOBER) == (("Prescribing", "prescribing"),)
    assert now.structure.labels("directorate")["Prescribing"] == "prescribing"


@pytest.mark.parametrize(
    ("change", "gone", "come"),
    [(MERGED, "lewisham", ""), (CODE, "bexley", "bx"), (LEFT, "southwark", "")],
)
def test_a_place_is_there_until_it_changes(
    change: dict[str, Any], gone: str, come: str, tmp_path: Path
) -> None:
    places = {"bx": "Bexley"} if come else {}
    then, now = (
        report(tmp_path, month, places=places, changes=[change]).places
        for month in (AUGUST, SEPTEMBER)
    )
    assert gone in then
    assert come not in then
    assert gone not in now
    assert not come or come in now
    assert len(then) == 6


def test_what_is_declared_later_changes_nothing_in_a_month(tmp_path: Path) -> None:
    names = [{"name": "Lewisham", "to": "2023-24 M06"}, {"name": "New", "from": "2023-24 M07"}]
    before = report(tmp_path, AUGUST)
    after = report(
        tmp_path,
        AUGUST,
        places={"bx": "Bexley", "lewisham": names},
        changes=[MERGED | {"from": "2023-24 M07", "place": "southwark"}, CODE, LINES],
        icb_name=[
            {"name": before.icb_name, "to": "2023-24 M12"},
            {"name": "Another ICB", "from": "2024-25 M01"},
        ],
    )
    assert after == before
    assert repr(after) == repr(before)


def test_parts_and_what_they_are_part_of(tmp_path: Path) -> None:
    chain = [MERGED, {"from": "2023-24 M07", "place": "lambeth", "becomes": "south"}, LEFT]
    now = report(tmp_path, OCTOBER, places={"south": "South"}, changes=chain).structure
    assert now.parts("place", "south", AUGUST) == ("lambeth", "lewisham")
    assert now.parts("place", "south", SEPTEMBER) == ("lambeth",)
    assert now.parts("place", "bexley", AUGUST) == ("bexley",)
    assert now.stands("place", "lewisham") == "south"
    assert now.stands("place", "lewisham", SEPTEMBER) == "lewisham"
    assert now.stands("place", "southwark") is None
    assert [change.slug for change in now.since(SEPTEMBER)] == ["lambeth"]


def test_the_default_place_and_the_boards_follow(tmp_path: Path) -> None:
    said: dict[str, Any] = {"default_place": "lewisham", "changes": [MERGED]}
    then, now = (report(tmp_path, month, **said) for month in (AUGUST, SEPTEMBER))
    assert (then.default_place, now.default_place) == ("lewisham", "lambeth")
    assert "lewisham" in then.organisation.boards
    assert "lewisham" not in now.organisation.boards
    coded: dict[str, Any] = {"default_place": "bx", "changes": [CODE], "places": {"bx": "Bexley"}}
    assert report(tmp_path, AUGUST, **coded).default_place == "bexley"


@pytest.mark.parametrize(
    ("said", "key", "told"),
    [
        ({"changes": [MERGED | {"place": "lewishem"}]}, "changes.0.place", "'lewisham'"),
        ({"changes": [MERGED | {"into": "lambet"}]}, "changes.0.into", "'lambeth'"),
        ({"changes": [MERGED | {"leaves": True}]}, "changes.0", "one of into, becomes and leaves"),
        ({"changes": [MERGED | {"directorate": "prescribing"}]}, "changes.0", "one of them"),
        ({"changes": [MERGED | {"from": "M06"}]}, "changes.0.from", "2024-25 M07"),
        ({"changes": [MERGED | {"form": 1}]}, "changes.0.form", "'from'"),
        ({"changes": [MERGED, MERGED | {"from": "2023-24 M08"}]}, "changes.1.place", "M07"),
        (
            {"changes": [LEFT, MERGED | {"into": "southwark"}]},
            "changes.1.into",
            "there in 2023-24 M06",
        ),
        (
            {"places": {"lewisham": [{"name": "L", "to": "2023-24 M04"}]}, "changes": [MERGED]},
            "places.lewisham",
            "2023-24 M05",
        ),
        (
            {"places": {"lewisham": [{"name": "L", "to": "2023-24 M04"}]}},
            "places.lewisham",
            "what became of it",
        ),
        (
            {"places": {"bx": {"name": "B", "from": "2023-24 M02"}}, "changes": [CODE]},
            "places.bx",
            "begins with the change",
        ),
        ({"places": {"lewisham": "Lambeth"}}, "places.lewisham", "a label of its own"),
        ({"places": {"lewisham": {"nam": "L"}}}, "places.lewisham.nam", "'name'"),
        (
            {"organisation": {"boards": {"lewishem": "Board"}}},
            "organisation.boards.lewishem",
            "'lewisham'",
        ),
        ({"icb_name": [{"name": "I", "from": "2023-24 M09"}]}, "icb_name", "holds in 2023-24 M06"),
    ],
)
def test_what_is_wrong_is_told_by_its_key(
    said: dict[str, Any], key: str, told: str, tmp_path: Path
) -> None:
    with pytest.raises(InputFaults) as caught:
        report(tmp_path, SEPTEMBER, **said)
    assert any(fault.column == key for fault in caught.value.faults)
    assert "params/report.yml" in str(caught.value)
    assert told in str(caught.value)
