"""The command `noticed`: what it says on the screen, and the files that it writes."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from month_six import paper_for, whole_register

from boardpack.checks import Check
from boardpack.checks.noticed.outcomes import noticed
from boardpack.checks.noticed.record import noticed_record
from boardpack.cli.month import noticed as command
from boardpack.cli.noticed import MOST, say_noticed
from boardpack.core.errors import UsageFault
from boardpack.render.noticed_files import HEADS, write_noticed


@pytest.fixture(scope="module")
def record(checks: tuple[Check, ...]) -> Mapping[str, Any]:
    paper, register = paper_for(), whole_register()
    return noticed_record(noticed(register, checks, paper), register, paper)


def test_the_screen_has_a_line_for_each_extract_and_the_largest_that_is_unseen(
    record: Mapping[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    say_noticed(paper_for(), record)
    shown = capsys.readouterr().out
    assert "An error of £100k would be noticed in" in " ".join(shown.split())
    for extract in record["extracts"]:
        assert extract["extract"] in shown
    unseen = [one for one in record["unheld"] if "material" in one["errors"]]
    assert f"would go unseen in {len(unseen)} inputs" in shown
    assert unseen[MOST - 1]["label"] in shown
    assert f"And {len(unseen) - MOST:,} more" in shown


def test_the_table_has_every_input_that_is_unseen_and_the_data_all_of_it(
    record: Mapping[str, Any], tmp_path: Path
) -> None:
    write_noticed(tmp_path / "new" / "noticed.csv", record)
    text = (tmp_path / "new" / "noticed.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert tuple(rows[0]) == HEADS
    assert [row["label"] for row in rows] == [one["label"] for one in record["unheld"]]
    assert {row["material"] for row in rows} == {"", "unseen"}
    write_noticed(tmp_path / "noticed.json", record)
    assert json.loads((tmp_path / "noticed.json").read_text(encoding="utf-8")) == record


def test_a_file_in_another_form_is_refused() -> None:
    with pytest.raises(UsageFault, match=r"\.csv or \.json"):
        command("2023-24", "M06", out=Path("noticed.xlsx"))
