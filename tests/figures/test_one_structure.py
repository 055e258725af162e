"""Released figures brought to this month's structure: added, renamed, dropped, never averaged."""

from __future__ import annotations

import json
import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from ledger_home import LEDGER, LINES, MAPPED, ledger_home, write_extract
from month_six import PROJECT

from boardpack.core.params import load_paper
from boardpack.core.periods import Month
from boardpack.figures.one_structure import is_additive, read_comparable
from boardpack.figures.prior import prior_figure
from boardpack.reading.released import ReleasedFigure

NOW, THEN = Month(2023, 6), Month(2023, 5)
FROM = {"from": "2023-24 M06"}


def item(identity: str, value: str, unit: str = "GBP", formula: str = "") -> dict[str, Any]:
    _, place, line, measure = identity.split(".")[:4]
    source: dict[str, Any] = {"formula": formula} if formula else {"cells": []}
    told = {"id": identity, "label": identity, "value": value, "unit": unit, "basis": "ledger"}
    period = {"period": THEN.period, "margin": "0", "step": None, "source": source}
    return {**told, **period, "place": place, "line": line, "measure": measure}


def published(place: str, scale: int) -> list[dict[str, Any]]:
    """A few figures of a place: amounts, what is only subtracted, a share and an average."""
    at = f"position.{place}.total"
    return [
        item(f"{at}.ytd_budget", str(100 * scale)),
        item(f"{at}.ytd_actual", str(130 * scale)),
        item(f"{at}.ytd_variance", str(-30 * scale), "GBP", f"{at}.ytd_budget - {at}.ytd_actual"),
        item(f"{at}.ytd_variance_share", "-30", "PCT", f"{at}.ytd_variance / {at}.ytd_budget"),
        item(f"{at}.average_run_rate", "-6", "GBP_PER_MONTH", f"{at}.ytd_variance / 5"),
        item(f"{at}.at_least", "0", "GBP", f"max(0, {at}.ytd_variance)"),
        item(f"position.{place}.prescribing.ytd_budget", str(10 * scale)),
        item(f"position.{place}.acute_services.ytd_budget", str(20 * scale)),
        item(f"chc.{place}.all_clients.average_price", "6000", "GBP_PER_CLIENT_MONTH"),
    ]


def comparable(home: Path, place: str, *changes: dict[str, Any]) -> dict[str, ReleasedFigure]:
    """What is compared with, by id, under these changes; registers of Lambeth, Lewisham, ICB."""
    if not (home / "params").exists():
        shutil.copytree(PROJECT / "params", home / "params")
    file = home / "params/report.yml"
    said = yaml.safe_load((PROJECT / "params/report.yml").read_text(encoding="utf-8"))
    said["changes"] = list(changes)
    said["places"]["south"] = "South"
    if not any("south" in change.values() for change in changes):
        del said["places"]["south"]
    file.write_text(yaml.safe_dump(said, sort_keys=False), encoding="utf-8")
    for slug, scale in (("lambeth", 1), ("lewisham", 2), ("icb", 9)):
        folder = home / "data/released/2023-24/M05" / slug
        folder.mkdir(parents=True, exist_ok=True)
        text = json.dumps({"figures": published(slug, scale)}, indent=1)
        (folder / "figures.json").write_text(text, encoding="utf-8")
    paper = load_paper(home, NOW, place)
    return {figure.id: figure for figure in read_comparable(paper, THEN)}


def test_without_a_change_all_is_as_it_was(tmp_path: Path) -> None:
    found = comparable(tmp_path, "lambeth")
    assert found["position.lambeth.total.ytd_budget"].value == 100
    assert all(not figure.parts for figure in found.values())


def test_merged_places_are_added_and_averages_are_left_out(tmp_path: Path) -> None:
    merged = {**FROM, "place": "lewisham", "into": "lambeth"}
    found = comparable(tmp_path, "lambeth", merged)
    total = "position.lambeth.total"
    values = {name.removeprefix(f"{total}."): f.value for name, f in found.items() if total in name}
    assert values == {
        "ytd_budget": 300,
        "ytd_actual": 390,
        "ytd_variance": -90,
        "average_run_rate": -12,
    }
    assert not any("lewisham" in name for name in found)
    assert "chc.lambeth.all_clients.average_price" not in found
    assert found["position.icb.total.ytd_budget"].value == 900
    figure = prior_figure(
        load_paper(tmp_path, NOW, "lambeth"), found[f"{total}.ytd_variance"], THEN
    )
    assert figure.value == sum(Decimal(cell.cell.text) for cell in figure.cells)
    assert [Path(cell.cell.file).parent.name for cell in figure.cells] == ["lambeth", "lewisham"]
    assert "brought to the present structure" in figure.label


def test_a_new_code_keeps_every_figure(tmp_path: Path) -> None:
    found = comparable(tmp_path, "south", {**FROM, "place": "lambeth", "becomes": "south"})
    assert found["position.south.total.ytd_budget"].value == 100
    assert found["position.south.total.ytd_budget"].place == "south"
    assert found["chc.south.all_clients.average_price"].value == 6000
    assert not any("lambeth" in name for name in found)


def test_two_places_become_a_new_one(tmp_path: Path) -> None:
    both = [{**FROM, "place": one, "becomes": "south"} for one in ("lambeth", "lewisham")]
    assert comparable(tmp_path, "south", *both)["position.south.total.ytd_budget"].value == 300


def test_a_place_that_left_takes_the_totals_with_it(tmp_path: Path) -> None:
    found = comparable(tmp_path, "lambeth", {**FROM, "place": "lewisham", "leaves": True})
    assert {name.split(".")[1] for name in found} == {"lambeth"}


def test_a_place_whose_part_published_nothing_is_not_compared(tmp_path: Path) -> None:
    found = comparable(tmp_path, "lambeth", {**FROM, "place": "bromley", "into": "lambeth"})
    assert "position.lambeth.total.ytd_budget" not in found
    assert "position.lewisham.total.ytd_budget" in found


def test_merged_directorates_are_added_where_lines_are_directorates(tmp_path: Path) -> None:
    merged = {**FROM, "directorate": "prescribing", "into": "acute_services"}
    found = comparable(tmp_path, "lambeth", merged)
    assert found["position.lambeth.acute_services.ytd_budget"].value == 30
    assert found["position.lambeth.total.ytd_budget"].value == 100
    assert not any(".prescribing." in name for name in found)


@pytest.mark.parametrize(
    ("formula", "unit", "added"),
    [
        ("", "GBP", True),
        ("", "PCT", False),
        ("a.b - a.c", "GBP", True),
        ("(a.b + a.c) / 12 * 5", "GBP", True),
        ("-a.b", "GBP", True),
        ("a.b * a.c", "GBP", False),
        ("a.b / a.c", "GBP", False),
        ("100 / a.b", "GBP", False),
        ("a.b + 1", "GBP", False),
        ("max(a.b, a.c)", "GBP", False),
        ("a.b - a.share", "GBP", False),
        ("a.b - a.missing", "GBP", False),
    ],
)
def test_what_can_be_added(formula: str, unit: str, added: bool) -> None:
    def figure(name: str, unit: str, formula: str = "") -> ReleasedFigure:
        words = {"label": name, "place": "", "line": "", "measure": "", "period": "", "basis": ""}
        value = Decimal(1)
        return ReleasedFigure("", "", 1, name, value=value, unit=unit, formula=formula, **words)

    known = {name: figure(name, "GBP") for name in ("a.b", "a.c")}
    known["a.share"] = figure("a.share", "PCT")
    assert is_additive(figure("a.x", unit, formula), known) is added


def test_a_cost_centre_that_moved_is_compared_where_it_is_now(tmp_path: Path) -> None:
    code = LINES[0].split(",")[0]
    row = next(line for line in MAPPED if line.startswith(f"{code},"))
    _, name, place, directorate, group, *_ = row.split(",")
    closed = f"{code},{name},{place},{directorate},{group},2023-24 M01,2023-24 M05,"
    opened = f"{code},{name},{place},other_programme_services,{group},2023-24 M06,,Joined"
    mapped = [*(line for line in MAPPED if line != row), closed, opened]
    home = ledger_home(tmp_path / "home", mapped=mapped)
    folder = home / "data/released/2023-24/M05" / place
    shutil.rmtree(folder.parent)
    folder.mkdir(parents=True)
    lines = (directorate, "other_programme_services")
    figures = [item(f"position.{place}.{line}.ytd_budget", "1000") for line in lines]
    figures += [item(f"position.{place}.{line}.average_run_rate", "5") for line in lines]
    (folder / "figures.json").write_text(json.dumps({"figures": figures}, indent=1))
    paper = load_paper(home, NOW, place)
    assert read_comparable(paper, THEN) == ()  # no ledger of then: the lines are not compared
    write_extract(home / "data/raw/2023-24/M05", "ledger.csv", LEDGER, LINES)
    found = {figure.id: figure for figure in read_comparable(paper, THEN)}
    budget = LEDGER.split(",").index("ytd_budget")
    own = [line for line in LINES if line.startswith(f"{code},")]
    assert len(own) == 1 or all(line.count('"') == 0 for line in own)
    moved = sum(Decimal(line.split(",")[budget]) for line in own)
    assert moved
    assert [found[f"position.{place}.{line}.ytd_budget"].value for line in lines] == [
        1000 - moved,
        1000 + moved,
    ]
    assert set(found) == {f"position.{place}.{line}.ytd_budget" for line in lines}
    figure = prior_figure(paper, found[f"position.{place}.{directorate}.ytd_budget"], THEN)
    assert figure.cells[0].cell.text == "1000"
    assert code in (figure.cells[1].method or "")
