"""The demonstration is the same for a seed, is nobody's, and never writes over anything else."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest
import yaml
from month_six import PROJECT

from boardpack.core.errors import UsageFault
from boardpack_demo.make import make_demo

REAL = ("Bexley", "Bromley", "Greenwich", "Lambeth", "Lewisham", "Southwark", "South East London")


FIRST_YEAR = "7f7a4c86ec8dcd56322324ec15a996242f32de186ff254a259a0d67bc433a9ef"
"""Of the names and hashes of all data of the first year, for the seed that make-demo takes."""


def _bytes(folder: Path) -> dict[str, str]:
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {p.relative_to(folder).as_posix(): sha256(p.read_bytes()).hexdigest() for p in paths}


def test_a_seed_gives_the_same_bytes_and_another_seed_others(tmp_path: Path) -> None:
    for name, seed in (("one", 5), ("again", 5), ("other", 6)):
        make_demo(tmp_path / name, seed, months=2, plants=["hidden-sheet"])
    one, again, other = (_bytes(tmp_path / name) for name in ("one", "again", "other"))
    assert one == again
    assert one.keys() == other.keys()
    raw = {name for name in one if name.startswith("data/raw/")}
    assert sum(one[name] != other[name] for name in raw) > len(raw) / 2


def test_a_second_year_leaves_the_first_as_it_was(demo: Path, two_years: Path) -> None:
    first, both = _bytes(demo), _bytes(two_years)
    months = {name for name in first if not name.startswith("data/reference/")}
    assert {name for name in months if first[name] != both[name]} == set()
    new = {name.split("/")[-2] for name in both.keys() - first.keys()}
    assert new >= {"2025-26", "M01"}


def test_reference_files_gain_the_new_year_below_what_stood(demo: Path, two_years: Path) -> None:
    for path in sorted((demo / "data/reference").iterdir()):
        stood = path.read_text().splitlines()
        now = (two_years / "data/reference" / path.name).read_text().splitlines()
        lines = iter(now)
        assert all(line in lines for line in stood), path.name
        is_of_a_year = "2025" in "".join(now) or path.name == "outturn_history.csv"
        assert (len(now) > len(stood)) == is_of_a_year, path.name


def test_the_first_year_has_the_bytes_that_it_always_had(demo: Path) -> None:
    """Examples, pictures and figures quoted elsewhere rest on them; a change here is a decision."""
    told = "".join(f"{name} {digest}\n" for name, digest in _bytes(demo / "data").items())
    assert sha256(told.encode()).hexdigest() == FIRST_YEAR


def test_no_real_place_or_provider_stands_in_it(demo: Path) -> None:
    real = yaml.safe_load((PROJECT / "params/report.yml").read_text(encoding="utf-8"))
    names = {*REAL, *real["places"].values(), real["organisation"]["short_name"]}
    for path in demo.glob("[dp]*/**/*"):
        if path.is_file():
            text = path.read_text(encoding="utf-8")
            assert [name for name in names if name in text] == [], path


def test_it_says_of_itself_that_it_is_illustrative(demo: Path) -> None:
    text = (demo / "params/report.yml").read_text(encoding="utf-8")
    assert yaml.safe_load(text)["illustrative"] is True
    assert text.startswith("# Illustrative")


def test_a_month_is_small_enough_to_look_at(demo: Path) -> None:
    for month in (demo / "data/raw/2024-25").iterdir():
        assert sum(path.stat().st_size for path in month.iterdir()) < 1_000_000


def test_a_folder_that_holds_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(UsageFault, match="holds something else"):
        make_demo(tmp_path, months=1)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_extracts_are_written_anew_and_words_are_kept(tmp_path: Path) -> None:
    make_demo(tmp_path, months=1, plants=["hidden-sheet"])
    words = tmp_path / "params/2024-25/M01/alderwick/commentary/position.md"
    words.write_text("Mine.\n")
    make_demo(tmp_path, months=1)
    raw = tmp_path / "data/raw/2024-25/M01"
    assert words.read_text() == "Mine.\n"
    assert (raw / "ledger.csv").exists()
    assert not (raw / "ledger.xlsx").exists()


@pytest.mark.parametrize(("months", "planted"), [(0, None), (25, None), (3, 4), (3, 0)])
def test_a_month_that_is_none_is_refused(tmp_path: Path, months: int, planted: int | None) -> None:
    with pytest.raises(UsageFault, match="1 to 24 months"):
        make_demo(tmp_path / "demo", months=months, plant_month=planted)
    assert not (tmp_path / "demo").exists()


def test_a_plant_whose_file_does_not_come_is_refused_before_anything_is_written(
    tmp_path: Path,
) -> None:
    home = tmp_path / "demo"
    with pytest.raises(UsageFault, match=r"prescribing_summary\.csv, which does not come"):
        make_demo(home, months=2, plants=["cast-broken"])
    assert not home.exists()
