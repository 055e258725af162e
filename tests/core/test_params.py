"""Parameters: read strictly, with every fault told at once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from boardpack.core.errors import InputFaults, UsageFault
from boardpack.core.params import load_paper
from boardpack.core.periods import parse_month

MONTH = parse_month("2023-24", "M06")


@pytest.fixture
def home(tmp_path: Path, project: Path) -> Path:
    shutil.copytree(project / "params", tmp_path / "params")
    return tmp_path


def _replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_the_default_place_is_a_parameter(project: Path) -> None:
    assert load_paper(project, MONTH).place == "bromley"


def test_an_unknown_place_is_refused_with_the_near_one(project: Path) -> None:
    with pytest.raises(UsageFault, match="Did you mean 'bromley'"):
        load_paper(project, MONTH, "bromly")


def test_a_misspelt_parameter_names_the_near_one(home: Path) -> None:
    _replace(home / "params/2023-24/M06.yml", "board_date:", "board_dat:")
    _replace(home / "params/report.yml", "default_place: bromley", "default_plaice: bromley")
    with pytest.raises(InputFaults) as caught:
        load_paper(home, MONTH)
    told = str(caught.value)
    assert "Did you mean 'board_date'" in told
    assert "Did you mean 'default_place'" in told
    assert "params/2023-24/M06.yml, row 2, column board_dat" in told


def test_a_missing_month_says_which_file(project: Path) -> None:
    with pytest.raises(InputFaults, match=r"params/2031-32/M06.yml"):
        load_paper(project, parse_month("2031-32", "M06"))


def test_broken_yaml_says_the_row(home: Path) -> None:
    (home / "params/report.yml").write_text("organisation: {name: x\n", encoding="utf-8")
    with pytest.raises(InputFaults, match=r"report.yml, row 2"):
        load_paper(home, MONTH)


@pytest.mark.parametrize(
    ("pattern", "sensitive"),
    [
        ("chc_packages.csv", True),
        ("chc_*.csv", True),
        ("data/raw/2023-24/M06/chc_packages.csv", True),
        ("packages.csv", False),
        ("CHC_packages.csv", False),
    ],
)
def test_sensitive_inputs_are_named_or_matched(pattern: str, sensitive: bool, home: Path) -> None:
    _replace(home / "params/report.yml", "sensitive: [chc_packages.*]", f"sensitive: ['{pattern}']")
    report = load_paper(home, MONTH).report
    assert report.is_sensitive("data/raw/2023-24/M06/chc_packages.csv") is sensitive
    assert not report.is_sensitive("data/raw/2023-24/M06/position.csv")


@pytest.mark.parametrize("came", ["chc_packages.xlsx", "CHC_packages.csv", "Chc_Packages.XLSM"])
def test_a_sensitive_extract_is_meant_in_whatever_form_it_came(came: str, home: Path) -> None:
    _replace(home / "params/report.yml", "sensitive: [chc_packages.*]", "sensitive: [chc_*.csv]")
    report = load_paper(home, MONTH).report
    assert report.is_sensitive(f"data/raw/2023-24/M06/{came}")
    assert not report.is_sensitive("data/raw/2023-24/M06/position.xlsx")


def test_sensitive_inputs_that_are_no_list_are_a_fault(home: Path) -> None:
    _replace(home / "params/report.yml", "sensitive: [chc_packages.*]", "sensitive: chc.csv")
    with pytest.raises(InputFaults, match="column sensitive"):
        load_paper(home, MONTH)


@pytest.mark.parametrize("parameter", ["not_supplied", "unchanged"])
@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("[stated.csv]", "a line for each file, 'stated.csv: why it does not come', not a list"),
        ("{stated.csv: , mhis.csv: Late.}", "a reason for each file; stated.csv has none"),
        ("{stated.csv: ' '}", "a reason for each file; stated.csv has none"),
    ],
)
def test_an_extract_is_answered_for_with_a_reason(
    home: Path, parameter: str, said: str, expected: str
) -> None:
    run = home / "params/2023-24/M06.yml"
    run.write_text(f"{run.read_text(encoding='utf-8')}{parameter}: {said}\n", encoding="utf-8")
    with pytest.raises(InputFaults) as refused:
        load_paper(home, MONTH)
    (fault,) = refused.value.faults
    assert (fault.column, fault.expected) == (parameter, expected)
