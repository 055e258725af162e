"""Symbolic links among the inputs: what leads out of the home is refused by name, and not read."""

from __future__ import annotations

from pathlib import Path

import pytest
from homes import PROJECT, RAW, copied_home

from boardpack.core.errors import InputFaults
from boardpack.core.params import Paper, load_paper
from boardpack.core.periods import Month
from boardpack.reading.files import find_file
from boardpack.reading.links import link_faults
from boardpack.render.inputs import arrivals, check_inputs

POSITION = RAW / "position.csv"
SECRET = "the salary of somebody,1"


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    path = tmp_path / "elsewhere" / "secret.csv"
    path.parent.mkdir()
    path.write_text(SECRET)
    return path


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return copied_home(PROJECT, tmp_path / "home")


def paper(home: Path) -> Paper:
    return load_paper(home, Month(2023, 6), "bromley")


def told(home: Path) -> list[str]:
    return [fault.file for fault in link_faults(home, [home / "data", home / "params"])]


def linked(home: Path, name: Path, target: Path) -> None:
    (home / name).unlink(missing_ok=True)
    (home / name).symlink_to(target)


@pytest.mark.parametrize(
    "name",
    [
        POSITION,
        Path("data/reference/linked.csv"),
        Path("data/released/2023-24/M05/bromley/figures.json"),
        Path("params/2023-24/M06/bromley/commentary/position.md"),
    ],
)
def test_a_link_to_a_file_elsewhere_is_an_input_fault_that_names_it(
    home: Path, outside: Path, name: Path
) -> None:
    linked(home, name, outside)
    with pytest.raises(InputFaults) as refused:
        check_inputs(paper(home))
    assert [fault.file for fault in refused.value.faults] == [name.as_posix()]
    assert "a link to one elsewhere" in str(refused.value)
    assert "salary" not in str(refused.value)
    assert [arrival.name for arrival in arrivals(paper(home))] == ["links"]


def test_an_extract_is_not_read_through_a_link_by_whoever_reads_it(
    home: Path, outside: Path
) -> None:
    linked(home, POSITION, outside)
    with pytest.raises(InputFaults, match="a link to one elsewhere"):
        find_file(home, RAW, "position.csv")


def test_links_that_stay_inside_are_nobodys_business(home: Path, tmp_path: Path) -> None:
    (home / POSITION).rename(home / "data/position_of_june.csv")
    linked(home, POSITION, Path("../../../position_of_june.csv"))
    assert told(home) == []
    assert find_file(home, RAW, "position.csv") == POSITION
    (tmp_path / "way").symlink_to(home)
    assert told(tmp_path / "way") == []


@pytest.mark.parametrize("target", ["/etc/passwd", "/nowhere/at/all", "../../../../../up.csv"])
def test_a_link_is_told_by_where_it_leads_be_there_a_file_or_not(home: Path, target: str) -> None:
    linked(home, POSITION, Path(target))
    assert told(home) == [POSITION.as_posix()]


def test_a_folder_that_is_a_link_is_told_once_and_not_gone_through(
    home: Path, outside: Path
) -> None:
    (home / "data/raw/2023-24/M07").symlink_to(outside.parent)
    assert told(home) == ["data/raw/2023-24/M07"]


def test_a_chain_of_links_is_told_by_its_end(home: Path, outside: Path) -> None:
    linked(home, Path("data/inner.csv"), outside)
    linked(home, POSITION, Path("../../../inner.csv"))
    assert told(home) == ["data/inner.csv", POSITION.as_posix()]


def test_a_link_to_itself_leads_nowhere_and_counts_as_missing(home: Path) -> None:
    linked(home, POSITION, Path("position.csv"))
    assert told(home) == []
    with pytest.raises(InputFaults, match=r"position\.csv"):
        check_inputs(paper(home))
