"""Symbolic links: any in a build, and those that lead out of a home, are named."""

from __future__ import annotations

from pathlib import Path

import pytest

from boardpack.audit.verification.links import IN_BUILD, OUT, leads_out, links_in, links_out
from boardpack.audit.verification.sealed import find_sealed
from boardpack.core.errors import UsageFault


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "secret.csv").write_text("secret")
    (tmp_path / "home" / "data" / "raw").mkdir(parents=True)
    (tmp_path / "home" / "data" / "raw" / "position.csv").write_text("1")
    return tmp_path / "home"


def out_of(home: Path) -> list[tuple[str, str]]:
    return [(found.subject, found.what) for found in links_out(home, [home / "data"])]


def test_a_home_without_links_has_none(home: Path) -> None:
    assert out_of(home) == []
    assert list(links_in(home)) == []


@pytest.mark.parametrize("target", ["elsewhere/secret.csv", "elsewhere", "nowhere"])
def test_a_link_that_leads_out_is_named_be_it_to_a_file_a_folder_or_nothing(
    target: str, home: Path
) -> None:
    (home / "data" / "more").symlink_to(home.parent / target)
    assert out_of(home) == [("data/more", OUT)]
    assert leads_out(home, "data/more")


def test_a_folder_on_the_way_that_leads_out_is_named(home: Path) -> None:
    (home / "data").rename(home.parent / "moved")
    (home / "data").symlink_to(home.parent / "moved")
    assert out_of(home) == [("data", OUT)]
    assert leads_out(home, "data/raw/position.csv")


def test_a_link_that_stays_inside_is_a_persons_own_business_but_not_in_a_build(home: Path) -> None:
    (home / "data" / "same.csv").symlink_to(home / "data" / "raw" / "position.csv")
    assert out_of(home) == []
    assert [(f.subject, f.what) for f in links_in(home)] == [("data/same.csv", IN_BUILD)]


def test_a_home_that_is_reached_by_a_link_is_a_home(home: Path) -> None:
    (home.parent / "shortcut").symlink_to(home)
    assert out_of(home.parent / "shortcut") == []
    assert not leads_out(home.parent / "shortcut", "data/raw/position.csv")


def test_a_link_to_itself_leads_nowhere_and_is_named_in_a_build(home: Path) -> None:
    (home / "data" / "loop").symlink_to("loop")
    (home / "data" / "there").symlink_to("back")
    (home / "data" / "back").symlink_to("there")
    assert out_of(home) == []
    assert not leads_out(home, "data/loop")
    assert not leads_out(home, "data/loop/below.csv")
    named = [(f.subject, f.what) for f in links_in(home)]
    assert named == [(f"data/{name}", IN_BUILD) for name in ("back", "loop", "there")]


def test_a_build_that_is_a_link_to_itself_is_told_to_be_none(home: Path) -> None:
    (home / "build").symlink_to("build")
    with pytest.raises(UsageFault, match="is no build"):
        find_sealed(home / "build", None)
