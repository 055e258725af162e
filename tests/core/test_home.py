"""The home of a notebook: the one it is told, else the nearest around it, else the project's."""

from __future__ import annotations

from pathlib import Path

import pytest

from boardpack.core import home
from boardpack.core.errors import UsageFault
from boardpack.core.home import CHECKOUT, build_folder, home_here, home_of_notebook, to_render
from boardpack.core.periods import Month


@pytest.fixture
def our_home(tmp_path: Path) -> Path:
    """A home with a folder of notebooks deep below it."""
    found = tmp_path / "our papers"
    (found / "params").mkdir(parents=True)
    (found / "params" / "report.yml").touch()
    (found / "build" / "2023-24" / "notebooks").mkdir(parents=True)
    return found.resolve()


@pytest.mark.parametrize("below", [".", "build", "build/2023-24/notebooks"])
def test_it_is_the_nearest_folder_with_a_report(
    our_home: Path, below: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(our_home / below)
    assert home_of_notebook() == our_home
    assert capsys.readouterr() == ("", "")


def test_a_home_within_a_home_is_nearer(our_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inner = our_home / "build" / "2023-24"
    (inner / "params").mkdir()
    (inner / "params" / "report.yml").touch()
    monkeypatch.chdir(inner / "notebooks")
    assert home_of_notebook() == inner


def test_what_it_is_told_goes_before_where_it_is(
    our_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(CHECKOUT)
    assert home_of_notebook(str(our_home)) == our_home
    monkeypatch.chdir(tmp_path)
    assert home_of_notebook("our papers") == Path("our papers")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert home_of_notebook("~/our papers") == our_home


def test_a_folder_that_is_no_home_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageFault, match=r"home is '.*', a folder without params/report\.yml"):
        home_of_notebook(str(tmp_path))


def test_elsewhere_it_is_the_projects_own_and_that_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert home_of_notebook() == CHECKOUT
    assert f"taking {CHECKOUT}. For another, give home." in capsys.readouterr().err


def test_where_the_project_has_none_either_it_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(home, "CHECKOUT", tmp_path)
    with pytest.raises(UsageFault, match="as the parameter home"):
        home_of_notebook()


def test_a_command_is_for_the_home_around_it(
    our_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(our_home / "build")
    assert home_here() == our_home
    monkeypatch.chdir(our_home.parent)
    assert home_here() == CHECKOUT


def test_a_command_outside_any_home_asks_for_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(home, "CHECKOUT", tmp_path)
    with pytest.raises(UsageFault, match=r"with --home, or begin one: boardpack init FOLDER"):
        home_here()


def test_where_a_build_stands_and_the_command_that_makes_it(our_home: Path) -> None:
    month = Month(2023, 6)
    assert build_folder(our_home, month, "icb") == our_home / "build/2023-24/M06/icb"
    assert to_render(CHECKOUT, month, "icb") == "boardpack render 2023-24 M06 --place icb"
    assert to_render(our_home, month, "icb").endswith(f'--place icb --home "{our_home}"')
