"""A figure's last twelve months from the released registers, across the year's turn."""

from __future__ import annotations

import csv
import io
import json
import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from homes import PROJECT, copied_home

from boardpack.cli.record_lines import say_history
from boardpack.core.errors import UsageFault
from boardpack.core.params import load_paper
from boardpack.core.periods import Month
from boardpack.figures.history import Entry, figure_history, history_csv

NAME = "position.bromley.total.ytd_variance"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    home = copied_home(PROJECT, tmp_path)
    shutil.rmtree(home / "data/released")
    return home


def release(home: Path, month: Month, value: str, version: int = 1, place: str = "bromley") -> None:
    folder = home / "data/released" / month.year_folder / month.code / place
    folder = folder if version == 1 else folder / f"v{version}"
    folder.mkdir(parents=True)
    figure = {
        **{"id": NAME, "label": "Total, year to date variance", "value": value, "unit": "GBP"},
        **{"place": "bromley", "line": "total", "measure": "ytd_variance", "basis": "ledger"},
        **{"period": month.period, "source": {"cells": []}},
    }
    (folder / "figures.json").write_text(json.dumps({"figures": [figure]}, indent=1))
    approved = {"approved": {"when": f"{month.start + 1}-01-0{version}T09:00:00Z"}}
    (folder / "release.json").write_text(json.dumps(approved))


def months(home: Path, name: str = NAME) -> tuple[Entry, ...]:
    return figure_history(load_paper(home, Month(2023, 6), "bromley"), name)


def test_twelve_months_end_with_the_one_asked_for_and_cross_the_year(home: Path) -> None:
    release(home, Month(2022, 12), "-5")
    release(home, Month(2023, 1), "-1")
    release(home, Month(2023, 6), "-4.50")
    found = months(home)
    assert [entry.month for entry in found] == [
        Month(2023, 6).earlier(n) for n in range(11, -1, -1)
    ]
    values = {entry.month: entry.said.value for entry in found if entry.said}
    assert values == {
        Month(2022, 12): Decimal(-5),
        Month(2023, 1): Decimal(-1),
        Month(2023, 6): Decimal("-4.50"),
    }


def test_the_latest_version_speaks_with_its_day(home: Path) -> None:
    release(home, Month(2023, 5), "-1")
    release(home, Month(2023, 5), "-2", version=2)
    entry = months(home)[-2]
    assert entry.said is not None
    assert (entry.said.value, entry.version, entry.released) == (Decimal(-2), 2, "2024-01-02")


def test_a_change_is_from_the_month_before_and_nothing_where_that_is_missing(home: Path) -> None:
    for number, value in ((3, "1"), (5, "2"), (6, "5")):
        release(home, Month(2023, number), value)
    assert [entry.change for entry in months(home)[-4:]] == [None, None, None, Decimal(3)]


def test_another_place_speaks_where_its_own_paper_does_not(home: Path) -> None:
    release(home, Month(2023, 5), "-7", place="icb")
    entry = months(home)[-2]
    assert entry.said is not None
    assert entry.said.file == "data/released/2023-24/M05/icb/figures.json"


def test_a_misspelt_figure_names_the_nearest(home: Path) -> None:
    release(home, Month(2023, 5), "-7")
    with pytest.raises(UsageFault, match=f"Did you mean '{NAME}'"):
        months(home, "position.bromley.totl.ytd_variance")


def test_where_nothing_was_released_it_says_so(home: Path) -> None:
    with pytest.raises(UsageFault, match="to September 2023 has been released"):
        months(home)


def test_the_months_come_as_a_table_and_as_csv(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    release(home, Month(2023, 5), "-1234567.50")
    say_history(months(home))
    told = capsys.readouterr().out
    assert "August 2023" in told
    assert "-1,234,567.50" in told
    assert told.count("not released") == 11
    rows = list(csv.DictReader(io.StringIO(history_csv(months(home)))))
    assert len(rows) == 12
    assert rows[10]["value"] == "-1234567.5"
    assert (rows[0]["value"], rows[0]["month_name"]) == ("", "October 2022")
