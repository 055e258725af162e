"""Every plant is caught: the input refused, or a check failing, in the words that say where."""

from __future__ import annotations

import shutil
from copy import deepcopy
from functools import lru_cache
from pathlib import Path

import pytest

from boardpack.core.errors import InputFaults, UsageFault
from boardpack.render.examine import examine
from boardpack.render.inputs import check_inputs
from boardpack_demo.month import MonthFiles, month_files
from boardpack_demo.plants import PLANTS, Plant, plant_named, told_plants
from demo_homes import paper_of_demo, the_truth

PLANTED = 6


@lru_cache
def _true_files() -> MonthFiles:
    return month_files(the_truth(), PLANTED)


@pytest.fixture
def planted(demo: Path, tmp_path: Path) -> Path:
    """A home of three months with the extracts of the month taken out."""
    shutil.copytree(demo / "params", tmp_path / "params")
    shutil.copytree(demo / "data" / "reference", tmp_path / "data" / "reference")
    raw = Path("data/raw/2024-25")
    shutil.copytree(demo / raw / "M05", tmp_path / raw / "M05")
    (tmp_path / raw / "M06").mkdir()
    return tmp_path


def _write(home: Path, *plants: Plant) -> None:
    files = deepcopy(_true_files())
    for plant in plants:
        plant.apply(files)
    for name, content in files.written().items():
        (home / "data/raw/2024-25/M06" / name).write_bytes(content)


@pytest.mark.parametrize("plant", [p for p in PLANTS if not p.is_check], ids=lambda p: p.name)
def test_a_planted_input_is_refused_and_told(planted: Path, plant: Plant) -> None:
    _write(planted, plant)
    with pytest.raises(InputFaults) as refused:
        check_inputs(paper_of_demo(planted, PLANTED))
    told = [str(fault) for fault in refused.value.faults if plant.says in str(fault)]
    assert any(plant.file in one for one in told), str(refused.value)
    assert "Quillfeather" not in str(refused.value)


@pytest.mark.parametrize("plant", [p for p in PLANTS if p.is_check], ids=lambda p: p.name)
def test_what_does_not_tie_out_fails_a_check(planted: Path, plant: Plant) -> None:
    _write(planted, plant)
    _, checks = examine(paper_of_demo(planted, PLANTED))
    told = [f"{one.title} {one.sentence}" for one in checks if one.status == "fail"]
    assert any(plant.says.lower() in one.lower() for one in told), "\n".join(told)


def test_three_plants_are_all_told_at_once(planted: Path) -> None:
    names = ("misspelt-column", "text-in-number", "duplicate-package")
    _write(planted, *map(plant_named, names))
    with pytest.raises(InputFaults) as refused:
        check_inputs(paper_of_demo(planted, PLANTED))
    assert all(plant_named(name).says in str(refused.value) for name in names)


def test_without_plants_nothing_is_wrong(planted: Path) -> None:
    _write(planted)
    _, checks = examine(paper_of_demo(planted, PLANTED))
    assert [one.id for one in checks if one.status == "fail"] == []


def test_a_plant_that_does_not_exist_is_refused_with_the_nearest() -> None:
    with pytest.raises(UsageFault, match="Did you mean 'hashes'"):
        plant_named("hashs")


def test_every_plant_is_named_once_and_told() -> None:
    names = [plant.name for plant in PLANTS]
    assert len(names) == len(set(names)) >= 40
    assert all(name in told_plants() for name in names)
