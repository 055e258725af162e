"""Nothing absent goes unsaid: each extract taken away, and last month's put in its place."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from boardpack.checks.extracts import ARRIVED, RENEWED, check_extracts, extract_check
from boardpack.core.params import Paper
from boardpack.document.blocks import Table
from boardpack.document.chapter import ChapterPaper
from boardpack.figures.register import Register
from boardpack.reading.readers import OF_THE_YEAR, carries_its_month
from boardpack.subjects.assurance.extracts import answered_table
from boardpack.subjects.assurance.notices import notices_narrative
from boardpack_demo.month import MAKERS
from demo_homes import paper_of_demo

MONTH = 7
RAW = Path("data/raw/2024-25")
NAMES = [*(Path(file).stem for file in MAKERS), "drug_tariff_202404"]
RENEWABLE = [n for n in NAMES if n not in OF_THE_YEAR and not carries_its_month(n)]
REASON = "The system was closed."


@pytest.fixture
def home(demo: Path, tmp_path: Path) -> Path:
    for part in (Path("params"), RAW / "M06", RAW / "M07"):
        shutil.copytree(demo / part, tmp_path / part)
    return tmp_path


def told(home: Path, parameter: str = "", file: str = "") -> tuple[Paper, list[str], str]:
    """The paper, the checks that stop its release, and what page 1 says of its extracts."""
    paper = paper_of_demo(home, MONTH)
    if parameter:
        reasons = {**getattr(paper.run, parameter), file: REASON}
        run = paper.run.model_copy(update={parameter: reasons})
        paper = paper.model_copy(update={"run": run})
    checks = check_extracts(paper)
    stopping = [check.id for check in checks if check.is_open and check.severity == "error"]
    records = tuple(check.to_json() for check in checks)
    notices = notices_narrative(ChapterPaper("summary", paper, Register(), (), records))
    return paper, stopping, "" if notices is None else notices.markdown


def answered(paper: Paper) -> list[tuple[object, ...]]:
    """The rows of the assurance chapter on what was answered for."""
    table = answered_table(ChapterPaper("assurance", paper, Register(), ()))
    assert isinstance(table, Table)
    return [row.cells for row in table.rows]


def test_a_month_that_lacks_nothing_says_nothing(home: Path) -> None:
    _, stopping, page_one = told(home)
    assert (stopping, page_one) == ([], "")


@pytest.mark.parametrize("name", NAMES)
def test_an_extract_that_is_taken_away_is_told_and_stops_a_release(home: Path, name: str) -> None:
    (home / RAW / "M07" / f"{name}.csv").unlink()
    _, stopping, page_one = told(home)
    assert stopping == [extract_check(name, ARRIVED)]
    assert page_one.startswith("- **Missing without a reason:** ")
    paper, stopping, page_one = told(home, "not_supplied", f"{name}.csv")
    assert stopping == []
    assert page_one.startswith("- **Not supplied this month, though last month brought it:** ")
    assert REASON.rstrip(".") in page_one
    assert (f"{name}.csv", "Not supplied this month", REASON) in answered(paper)


@pytest.mark.parametrize("name", RENEWABLE)
def test_last_month_s_extract_in_its_place_is_told_and_stops_a_release(
    home: Path, name: str
) -> None:
    shutil.copy(home / RAW / "M06" / f"{name}.csv", home / RAW / "M07" / f"{name}.csv")
    _, stopping, page_one = told(home)
    assert stopping == [extract_check(name, RENEWED)]
    assert page_one.startswith("- **Last month's again:** ")
    paper, stopping, page_one = told(home, "unchanged", f"{name}.csv")
    assert (stopping, page_one) == ([], "")
    assert (f"{name}.csv", "Came again as last month", REASON) in answered(paper)


def test_what_nobody_reads_is_to_be_looked_at(home: Path) -> None:
    for name in ("ledger_v2_FINAL.csv", "invoice.csv", "capital.csv", "~$ledger.xlsx"):
        (home / RAW / "M07" / name).touch()
    found = [check for check in check_extracts(paper_of_demo(home, MONTH)) if check.is_open]
    assert {check.severity for check in found} == {"warning"}
    assert [check.sentence for check in found] == [
        "capital.csv is not used: it is like the name of no extract.",
        "invoice.csv is not used: it may be meant for invoices.csv.",
        "ledger_v2_FINAL.csv is not used: it may be meant for ledger.csv.",
    ]


def test_without_an_earlier_month_nothing_is_due(home: Path) -> None:
    shutil.rmtree(home / RAW / "M06")
    first, *rest = check_extracts(paper_of_demo(home, MONTH))
    assert first.sentence == "Not checked: no earlier month has extracts here."
    assert {check.status for check in rest} == {"pass"}
