"""Reference files and extracts under other labels: read as what they are part of in the month."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from ledger_home import LEDGER, LINES, MAPPED, ledger_home, write_extract

from boardpack.core.errors import InputFaults
from boardpack.core.params import load_paper
from boardpack.core.periods import Month
from boardpack.reading.cost_centres_extract import in_force, read_cost_centres
from boardpack.reading.folder import Folder
from boardpack.subjects.forecast.outturn_history_extract import read_outturn_history
from boardpack.subjects.ledger.mapped_ledger import mapped_centres

MERGED = {"from": "2023-24 M06", "place": "lewisham", "into": "lambeth"}
NAMES = [
    {"name": "Prescribing", "to": "2023-24 M05"},
    {"name": "Medicines", "from": "2023-24 M06"},
]
HISTORY = (
    "financial_year,month,place,directorate,annual_budget,ytd_budget,ytd_actual,forecast_outturn"
)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The ledger's month: Lewisham is part of Lambeth, and Prescribing is called Medicines."""
    home = ledger_home(tmp_path / "home")
    file = home / "params/report.yml"
    said = yaml.safe_load(file.read_text(encoding="utf-8"))
    said["changes"] = [MERGED]
    said["directorates"]["prescribing"] = NAMES
    file.write_text(yaml.safe_dump(said, sort_keys=False), encoding="utf-8")
    return home


def folder_of(home: Path) -> Folder:
    return Folder(load_paper(home, Month(2023, 6), "lambeth"))


def test_a_cost_centre_of_a_merged_place_needs_no_new_row(home: Path) -> None:
    code = LINES[0].split(",")[0]
    mapped = [
        f"{code},Named,lewisham,prescribing,,2023-24 M01,," if row.startswith(f"{code},") else row
        for row in MAPPED
    ]
    header = "cost_centre,description,place,directorate,group,from,to,note"
    write_extract(home / "data/reference", "cost_centres.csv", header, mapped)
    write_extract(home / "data/raw/2023-24/M06", "ledger.csv", LEDGER, LINES[:1])
    folder = folder_of(home)
    assert in_force(read_cost_centres(folder), Month(2023, 6))[code][0]["place"] == "lambeth"
    assert [one.mapping["place"] for one in mapped_centres(folder)] == ["lambeth"]


def test_past_years_are_told_under_the_names_of_now(home: Path) -> None:
    rows = [
        f"2022/23,M12,{place},{name},1,1,2,2"
        for place, name in (
            ("lambeth", "Prescribing"),
            ("lewisham", "Prescribing"),
            ("bromley", "Medicines"),
        )
    ]
    write_extract(home / "data/reference", "outturn_history.csv", HISTORY, rows)
    found = [(row["place"], row["directorate"]) for row in read_outturn_history(folder_of(home))]
    assert found == [("lambeth", "Medicines"), ("lambeth", "Medicines"), ("bromley", "Medicines")]


def test_each_part_of_a_past_year_must_end_as_it_says(home: Path) -> None:
    rows = [
        f"2022/23,M12,{place},Prescribing,1,1,2,{n}"
        for n, place in ((2, "lambeth"), (3, "lewisham"))
    ]
    write_extract(home / "data/reference", "outturn_history.csv", HISTORY, rows)
    with pytest.raises(InputFaults, match="in Month 12 what was spent"):
        read_outturn_history(folder_of(home))
