"""Movements against the registers released last, their parts, and restated prior-month figures."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from homes import change_rows, copied_home

from boardpack.checks.engine import run_checks
from boardpack.core.params import Paper, load_paper
from boardpack.core.periods import Month
from boardpack.document.blocks import Narrative, NotSupplied, Table
from boardpack.document.chapter import ChapterPaper
from boardpack.figures.chapters import compute
from boardpack.figures.formula import operands
from boardpack.figures.register import Register
from boardpack.subjects.movements.tables import (
    movements_narrative,
    re_estimated_table,
    restated_table,
    restatement_narrative,
    variances_table,
)

MONTH = Month(2023, 6)
VARIANCE = "movements.bromley.position_total_ytd_variance"
SAVINGS = "movements.bromley.efficiency_total_unidentified"


@pytest.fixture
def home(project: Path, tmp_path: Path) -> Path:
    return copied_home(project, tmp_path / "home")


def _released(home: Path, month: str) -> Path:
    return home / "data" / "released" / "2023-24" / month / "bromley" / "figures.json"


def _change_released(home: Path, month: str, identity: str, **changes: Any) -> None:
    path = _released(home, month)
    record = json.loads(path.read_text(encoding="utf-8"))
    (item,) = (item for item in record["figures"] if item["id"] == identity)
    item.update(changes)
    path.write_text(json.dumps(record, indent=1), encoding="utf-8")


def _paper(home: Path) -> Paper:
    return load_paper(home, MONTH, "bromley")


def _computed(home: Path) -> Register:
    return compute(_paper(home), "movements")


def _chapter(home: Path) -> ChapterPaper:
    return ChapterPaper("movements", _paper(home), _computed(home), ("movements",))


def test_a_movement_is_this_month_less_the_latest_released(register: Register) -> None:
    assert register[f"{VARIANCE}.movement"].value == -2_400_000 - -1_482_000
    since_august = register["movements.icb.position_total_ytd_variance.movement"]
    assert since_august.formula is not None
    assert operands(since_august.formula)[1].endswith(".m05")
    assert since_august.value == -2_218_000 - -2_790_000


LEVELS = {  # of the register released last: its value less this month's, whether it has a movement
    "position.bromley.prescribing.ytd_variance": (1, True),
    "position.bromley.total.forecast_variance": (0, True),  # a variance is said to stand
    "position.bromley.prescribing.annual_budget": (1, True),
    "position.bromley.prescribing.forecast_outturn": (-1, True),
    "position.bromley.total.annual_budget": (0, False),
    "position.bromley.prescribing.ytd_actual": (1, False),  # it grows every month by nature
    "overview.icb.total.ytd_variance": (1, True),
    "overview.bexley.total.ytd_variance": (1, False),  # another place's paper says how it moved
}


def test_what_a_paper_shows_or_says_has_a_movement(home: Path, register: Register) -> None:
    path = _released(home, "M05")
    record = json.loads(path.read_text(encoding="utf-8"))
    record["figures"] = [
        {
            **record["figures"][0],
            **{"id": one, "place": one.split(".")[1], "line": one.split(".")[2]},
            **{"measure": one.split(".")[3], "value": str(register.agreed(one).value + apart)},
        }
        for one, (apart, _) in LEVELS.items()
    ]
    path.write_text(json.dumps(record, indent=1), encoding="utf-8")
    now, since_july = _computed(home), "movements.bromley.position_total_annual_budget.movement"
    for one, (_, moves) in LEVELS.items():
        chapter, place, line, measure = one.split(".")
        scope = f"movements.{place}.{chapter}_{line}_{measure}"
        assert (f"{scope}.movement" in now) == moves, one
        carried = f"{one}.m05" in now if chapter == "position" else f"{scope}.released.m05" in now
        assert carried == (moves or chapter == "position"), one
    assert since_july in register
    assert since_july not in now, "it stood in August, and is not told since July"


def test_the_parts_of_a_movement_add_up_to_it(register: Register) -> None:
    rests = [f for f in register if f.chapter == "movements" and f.measure == "rest"]
    for rest in rests:
        scope = rest.id.rsplit(".", 1)[0]
        named = ("at_earlier_pace", "releases", "allocations", "adjustments", "rest")
        parts = [register[f"{scope}.{n}"].value for n in named if f"{scope}.{n}" in register]
        assert sum(parts) == register[f"{scope}.movement"].value
    assert len(rests) > 10


def test_a_variance_carried_on_at_its_earlier_pace(register: Register) -> None:
    assert register[f"{VARIANCE}.at_earlier_pace"].value == Decimal(-1_482_000) / 4 * 2
    release = register["movements.icb.position_total_ytd_variance.releases"].value
    assert release == register["position.icb.reserves.in_month_release"].value


def test_a_budget_is_explained_by_adjustments_of_the_months_between(register: Register) -> None:
    scope = "movements.bromley.position_total_annual_budget"
    assert register[f"{scope}.adjustments"].value == 2_417_000
    assert register[f"{scope}.rest"].value == 0


def test_nothing_is_restated_where_the_extracts_say_what_was_released(register: Register) -> None:
    counted = "movements.bromley.prior_months"
    assert register[f"{counted}.restated"].value == 0
    assert register[f"{counted}.compared"].value == 39
    assert register[f"{counted}.from_the_same_source"].value == 39


def test_a_prior_month_value_that_changes_is_listed(home: Path) -> None:
    def restate(record: dict[str, str]) -> dict[str, str]:
        if record["place"] == "bromley":
            record["unidentified_prior_month"] = "(1,100)"
        return record

    change_rows(home, "efficiency_schemes.csv", restate)
    chapter = _chapter(home)
    figures = chapter.register
    # The ICB's prior month is the sum of its places, so it is restated too.
    assert figures[f"{SAVINGS}.restatement.m05"].value == -73_000
    assert figures["movements.bromley.prior_months.restated"].value >= 1
    table = restated_table(chapter)
    assert isinstance(table, Table)
    assert any("Bromley" in str(row.cells[0]) for row in table.rows)
    said = restatement_narrative(chapter)
    assert isinstance(said, Narrative)
    assert "have changed since" in said.markdown


def test_a_register_made_elsewhere_is_a_comparison_that_proves_something(home: Path) -> None:
    identity = "efficiency.bromley.total.unidentified"
    other = {"cells": [{"file": "data/raw/2023-24/M05/efficiency_schemes.csv", "row": 3}]}
    _change_released(home, "M05", identity, source=other)
    figures = _computed(home)
    assert figures["movements.bromley.prior_months.from_the_same_source"].value == 38


def test_the_latest_version_of_a_released_paper_is_compared_with(home: Path) -> None:
    corrected = _released(home, "M04").parent / "v2" / "figures.json"
    corrected.parent.mkdir()
    corrected.write_bytes(_released(home, "M04").read_bytes())
    record = json.loads(corrected.read_text(encoding="utf-8"))
    for item in record["figures"]:
        if item["id"] == "position.bromley.total.ytd_variance":
            item["value"] = "-1500000"
    corrected.write_text(json.dumps(record, indent=1), encoding="utf-8")
    assert _computed(home)[f"{VARIANCE}.movement"].value == -900_000


def test_a_computed_figure_is_compared_as_it_was_printed(home: Path) -> None:
    """A released register may hold both; the paper showed the print where rounding parts them."""
    path = _released(home, "M04")
    record = json.loads(path.read_text(encoding="utf-8"))
    (item,) = (i for i in record["figures"] if i["id"] == "position.bromley.total.ytd_variance")
    printed = {**item, "id": f"{item['id']}.printed", "margin": "500", "step": "1000"}
    item |= {"value": "-1483000", "margin": "1500", "source": {"formula": "a.b - a.c"}}
    record["figures"].append(printed)
    path.write_text(json.dumps(record, indent=1), encoding="utf-8")
    assert _computed(home)[f"{VARIANCE}.movement"].value == -918_000


def test_without_an_earlier_paper_the_chapter_says_so(home: Path) -> None:
    for month in ("M04", "M05"):
        _released(home, month).unlink()
    chapter = _chapter(home)
    assert not [figure for figure in chapter.register if figure.chapter == "movements"]
    assert not isinstance(movements_narrative(chapter), Narrative)
    assert isinstance(variances_table(chapter), NotSupplied)
    assert restated_table(chapter) is None


def test_figures_that_only_grow_have_no_movement(home: Path) -> None:
    path = _released(home, "M04")
    record = json.loads(path.read_text(encoding="utf-8"))
    (item,) = (
        i for i in record["figures"] if i["id"] == "position.bromley.prescribing.ytd_variance"
    )
    actual = {"id": item["id"].replace("variance", "actual"), "measure": "ytd_actual"}
    record["figures"].append({**item, **actual, "value": "16000000"})
    path.write_text(json.dumps(record, indent=1), encoding="utf-8")
    chapter = _chapter(home)
    assert "movements.bromley.position_prescribing_ytd_variance.movement" in chapter.register
    assert "movements.bromley.position_prescribing_ytd_actual.movement" not in chapter.register


def test_an_estimate_that_became_known_is_a_movement_and_no_restatement(home: Path) -> None:
    identity = "efficiency.bromley.total.unidentified"
    _change_released(home, "M05", identity, is_estimate=True, value="-900000")
    chapter = _chapter(home)
    figures = chapter.register
    assert figures[f"{SAVINGS}.re_estimate.m05"].value != 0
    assert f"{SAVINGS}.restatement.m05" not in figures
    assert figures["movements.bromley.prior_months.restated"].value == 0
    assert re_estimated_table(chapter) is not None
    assert restated_table(chapter) is None
    checks = run_checks(figures, chapter.paper, complete=False)
    assert not [c for c in checks if c.is_open and c.id.startswith("released.")]
    (told,) = [check for check in checks if check.id == "released.estimates.m05"]
    assert "1 were estimates then" in told.sentence
