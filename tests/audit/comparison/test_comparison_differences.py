"""What changed between two editions of a paper."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest
from homes import change_rows

from boardpack import cli
from boardpack.audit.comparison.changed_figures import changed_figures
from boardpack.audit.comparison.differences import diff, differences
from boardpack.audit.comparison.sides import Edition, Record, read_edition, without_numbers
from boardpack.cli.findings import say_lines
from boardpack.core.errors import FINDINGS, InputFaults, UsageFault
from small_paper import (
    TOTAL,
    build_of,
    change_figures,
    check,
    rendered,
    rendered_project,
    stub_outputs,
)

RELEASED = Path("data/released/2023-24")
ITEM = {"id": "a.b.c.d", "label": "D", "value": "1000", "unit": "GBP", "source": {"formula": "1"}}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return rendered_project(tmp_path_factory.mktemp("whole") / "project")


@pytest.fixture
def other(whole: Path, tmp_path: Path) -> Path:
    """A copy of the whole project, to be changed by a test."""
    return Path(shutil.copytree(whole, tmp_path / "project"))


def edition(*figures: dict[str, Any], **more: Any) -> Edition:
    named = {figure["id"]: figure for figure in figures}
    return Edition(named, more.get("checks"), more.get("wording"))


def test_a_build_does_not_differ_from_itself(whole: Path, other: Path) -> None:
    found = diff(build_of(whole), build_of(other))
    assert found.is_equal
    assert found.text() == "Nothing differs."


def test_a_changed_cell_shows_in_each_figure_that_depends_on_it(
    whole: Path, other: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def change(record: dict[str, str]) -> dict[str, str]:
        if (record["place"], record["directorate"]) == ("bromley", "Prescribing"):
            record["ytd_actual"] = "22,385"
        return record

    change_rows(other, "position.csv", change)
    stub_outputs(monkeypatch, check("fail"))
    rendered(other)
    said = diff(build_of(whole), build_of(other)).text()
    assert "position.bromley.prescribing.ytd_actual" in said
    assert "25,385,000 -> 22,385,000 GBP, difference -3,000,000" in said
    assert "position.bromley.prescribing.ytd_variance " in said
    assert "position.bromley.acute_services.ytd_actual" not in said
    assert "cast.total (The total casts): pass -> fail" in said
    # The overspend has become an underspend, so the words turn too.
    assert "02_position - " in said
    assert "02_position + " in said
    assert "£… underspent" in said


def test_figures_that_come_and_go_are_told(whole: Path, other: Path) -> None:
    def rename(item: dict[str, Any]) -> None:
        if item["id"] == TOTAL:
            item["id"] = f"{TOTAL}_anew"

    change_figures(build_of(other), rename)
    said = diff(build_of(whole), build_of(other)).text()
    assert "Figures added (1)" in said
    assert "Figures removed (1)" in said
    assert f"{TOTAL}_anew" in said


def test_values_are_compared_as_numbers_and_suppression_is_told() -> None:
    same = {**ITEM, "value": "1000.00"}
    assert differences(edition(ITEM), edition(same)).is_equal
    hidden = {**ITEM, "value": None}
    assert "1,000 -> suppressed GBP" in differences(edition(ITEM), edition(hidden)).text()


def test_another_label_or_formula_is_told_and_another_file_hash_is_not() -> None:
    other = {**ITEM, "label": "E", "source": {"formula": "2 - 1"}}
    said = differences(edition(ITEM), edition(other)).text()
    assert "label 'D' -> 'E'" in said
    assert "source = 1 -> = 2 - 1" in said
    cell = {"file": "x.csv", "row": 2, "column": "c", "text": "1"}
    old = {**ITEM, "source": {"cells": [{**cell, "sha256": "1"}]}}
    new = {**ITEM, "source": {"cells": [{**cell, "sha256": "2"}]}}
    assert differences(edition(old), edition(new)).is_equal


def test_checks_that_come_and_go_are_told() -> None:
    made = {"id": "c.1", "title": "A check", "status": "pass", "severity": "error"}
    none, one = edition(checks={}), edition(checks={"c.1": made})
    assert "c.1 (A check): new, pass" in differences(none, one).text()
    assert "c.1 (A check): no longer made" in differences(one, none).text()
    milder = edition(checks={"c.1": {**made, "severity": "warning"}})
    assert "error -> warning" in differences(one, milder).text()


def test_an_amount_alone_is_no_change_of_wording() -> None:
    old, new = ("It is ⟦a.b|£2.21m overspent⟧ now.", "It is ⟦a.b|£950k overspent⟧ now.")
    assert without_numbers(old) == without_numbers(new) == "It is £… overspent now."
    assert without_numbers("⟦a.b|£2m underspent⟧") == "£… underspent"
    assert without_numbers("in\n2023") == "in 2023"


def test_a_register_published_before_boardpack_has_figures_only(whole: Path) -> None:
    found = diff(whole / RELEASED / "M05/bromley", build_of(whole))
    assert "Checks are not compared" in found.text()
    assert "Wording is not compared" in found.text()
    assert "position.icb.total.ytd_variance" in found.text()


def test_the_latest_version_of_a_released_paper_is_read(other: Path) -> None:
    folder = other / RELEASED / "M05/bromley"
    (folder / "v2").mkdir()
    (folder / "v2" / "figures.json").write_text('{"figures": []}')
    assert read_edition(folder).figures == {}


def test_what_is_no_edition_or_is_damaged_is_told_plainly(other: Path) -> None:
    with pytest.raises(UsageFault, match=r"no edition.*data/released"):
        read_edition(other / "data")
    (build_of(other) / "figures.json").write_text("{")
    with pytest.raises(InputFaults, match=r"figures\.json"):
        read_edition(build_of(other))


@pytest.mark.parametrize(("again", "code"), [(False, FINDINGS), (True, 0)])
def test_the_command_says_by_its_exit_code_whether_they_are_equal(
    whole: Path,
    other: Path,
    again: bool,
    code: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    if not again:
        record = json.loads((build_of(other) / "figures.json").read_text())
        record["figures"].pop()
        (build_of(other) / "figures.json").write_text(json.dumps(record))
    out = other / "differences.txt"
    command = ["boardpack", "diff", str(build_of(whole)), str(build_of(other)), "--out", str(out)]
    monkeypatch.setattr(sys, "argv", command)
    with pytest.raises(SystemExit) as left:
        cli.main()
    assert (left.value.code or 0) == code
    assert capsys.readouterr().out.strip()


def figures_of(month: str, **values: str) -> Edition:
    return edition(
        *({**ITEM, "id": name, "value": value, "period": month} for name, value in values.items())
    )


def test_the_weightiest_change_comes_first() -> None:
    before = figures_of("2023/24 M06", small="1", large="1", fallen="900")
    after = figures_of("2023/24 M06", small="2", large="800", fallen="1")
    (_, lines), *_ = differences(before, after).sections
    assert [line.split()[0] for line in lines] == ["fallen", "large", "small"]


def test_what_is_no_longer_shown_weighs_all_that_it_was() -> None:
    def made(**values: str | None) -> dict[str, Record]:
        kept = {name: {**ITEM, "id": name, "value": value} for name, value in values.items()}
        kept["people"]["unit"] = "COUNT"
        return kept

    before = made(people="9", risen="1", lost="500", new=None, same="1")
    after = made(people="1", risen="101", lost=None, new="-200", same="1.0")
    found = changed_figures(before, after)
    assert [item.figure for item in found] == ["lost", "new", "risen", "people"]
    assert [item.change for item in found] == [None, None, 100, -8]
    (_, lines), *_ = differences(Edition(before, None, None), Edition(after, None, None)).sections
    assert [line.split()[0] for line in lines] == ["lost", "new", "risen", "people"]


def test_two_months_differ_in_values_and_by_nature_in_the_rest() -> None:
    before, after = figures_of("2023/24 M06", total="1"), figures_of("2023/24 M07", total="1")
    found = differences(before, after)
    assert found.is_equal
    assert "different months" in found.text()
    again = differences(before, figures_of("2023/24 M06", total="1"))
    assert "different months" not in again.text()


@pytest.mark.parametrize(("changed", "in_full"), [(15, True), (30, False)])
def test_a_long_list_stands_in_a_file_and_its_weightiest_on_the_screen(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], changed: int, in_full: bool
) -> None:
    names = [f"figure{number}" for number in range(changed)]
    before = figures_of("2023/24 M06", **dict.fromkeys(names, "0"))
    after = figures_of("2023/24 M06", **{name: str(n + 1) for n, name in enumerate(names)})
    found, out = differences(before, after), tmp_path / "differences.txt"
    say_lines(found.lines(), found.lines(most=5), out)
    screen = capsys.readouterr().out
    assert out.exists() is not in_full
    assert screen.count("figure") == (changed if in_full else 5)
    if not in_full:
        assert str(out) in screen
        assert out.read_text(encoding="utf-8").splitlines() == found.lines()
