"""What becomes of each file of a month's folder, and what this month lacks."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from month_six import paper_for

from boardpack.core.params import Paper
from boardpack.core.periods import Month
from boardpack.reading.file_names import last_month
from boardpack.reading.month_files import absent, meant_for, unused
from boardpack.reading.readers import MADE_FROM, OF_THE_HOME, extract_names, readers

APRIL, MARCH = Month(2024, 1), Month(2023, 12)


def paper_of(
    home: Path, month: Month, not_supplied: tuple[str, ...] = (), *, last: str = "", now: str = ""
) -> Paper:
    """A paper of a home whose folders hold files of these names, with nothing in them."""
    real = paper_for()
    run = real.run.model_copy(update={"not_supplied": dict.fromkeys(not_supplied, "Late.")})
    paper = real.model_copy(update={"home": home, "month": month, "run": run})
    before = real.model_copy(update={"home": home, "month": month.earlier(1)})
    for folder, names in ((before.raw, last), (paper.raw, now)):
        for name in names.split():
            file = folder / name.replace("_~_", " ")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.touch()
    return paper


@pytest.mark.parametrize(
    ("last", "now", "expected"),
    [
        ("ledger.csv risks.csv", "ledger.csv risks.csv", []),
        ("ledger.csv risks.csv", "ledger.csv", ["risks"]),
        ("ledger.csv", "ledger.xlsx", []),
        ("ledger.csv", "LEDGER.CSV", []),
        ("position.csv budget_overview.csv corporate_costs.csv", "ledger.csv", []),
        ("ledger.csv", "position.csv budget_overview.csv corporate_costs.csv", []),
        ("ledger.csv", "position.csv", ["ledger"]),
        ("trial_balance.csv", "ledger.csv", ["trial_balance"]),
        ("adjustments.csv corrections.csv", "ledger.csv", []),
        ("provenance.csv", "ledger.csv", ["provenance"]),
        ("drug_tariff_202404.csv", "ledger.csv", ["drug_tariff_202404"]),
        ("drug_tariff_following.csv", "ledger.csv", ["drug_tariff_following"]),
        ("epd.csv", "epd_north.csv epd_south.parquet", []),
        ("epd_north.csv", "ledger.csv", ["epd"]),
        ("ledger_v2.csv notes.docx", "risks.csv", []),
        ("risks.csv", "old/risks.csv", ["risks"]),
    ],
)
def test_absent_is_what_last_month_brought_and_no_form_of_it_came(
    tmp_path: Path, last: str, now: str, expected: list[str]
) -> None:
    assert list(absent(paper_of(tmp_path, Month(2024, 7), last=last, now=now))) == expected


def test_what_is_declared_is_absent_though_it_lies_there_unread(tmp_path: Path) -> None:
    paper = paper_of(tmp_path, APRIL, ("risks.csv",), last="risks.csv", now="risks.csv")
    assert absent(paper) == ("risks",)
    (file,) = unused(paper)
    assert file.is_declared
    assert file.told.startswith("risks.csv is not used: ")


def test_the_month_before_is_found_over_the_turn_of_the_year_and_over_gaps(tmp_path: Path) -> None:
    paper = paper_of(tmp_path, APRIL, last="risks.csv", now="ledger.csv")
    assert last_month(tmp_path, APRIL) == MARCH
    assert absent(paper) == ("risks",)
    may, june = Month(2024, 2), Month(2024, 3)
    (tmp_path / "data/raw/2024-25/M02").mkdir()
    (tmp_path / "data/raw/2024-25/M02/.DS_Store").touch()
    assert last_month(tmp_path, june) == APRIL, "May was begun, and nothing has come"
    assert last_month(tmp_path, may) == APRIL
    assert last_month(tmp_path, MARCH) is None


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("ledger_v2_FINAL.csv", "ledger"),
        ("Ledger M07 (final).csv", "ledger"),
        ("invoice.csv", "invoices"),
        ("TrialBalance.csv", "trial_balance"),
        ("cash-drawdown old.csv", "cash_drawdown"),
        ("drug_tariff_following_new.csv", "drug_tariff_following"),
        ("capital.csv", None),
        ("notes.docx", None),
    ],
)
def test_an_unused_file_is_named_with_what_it_may_be_meant_for(
    tmp_path: Path, name: str, meant: str | None
) -> None:
    assert meant_for(Path(name).stem) == meant
    paper = paper_of(tmp_path, APRIL, now=f"risks.csv {name.replace(' ', '_~_')}")
    (file,) = unused(paper)
    assert (file.file, file.meant_for) == (name, meant)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("~$ledger.xlsx .DS_Store Thumbs.db .hidden/ledger.csv risks.csv", []),
        ("corrections.csv adjustments.csv provenance.csv drug_tariff_202404.csv", []),
        ("epd.csv epd_north.parquet", []),
        ("epd_north.xlsx", ["epd_north.xlsx"]),
        ("old/ledger.csv", ["old/ledger.csv"]),
        ("ledger.csv ledger.pdf", ["ledger.pdf"]),
        ("ledger.pdf", []),
    ],
)
def test_a_file_is_used_refused_or_unused(tmp_path: Path, now: str, expected: list[str]) -> None:
    """A form that is not read is refused where it came alone, and so is a copy."""
    assert [file.file for file in unused(paper_of(tmp_path, APRIL, now=now))] == expected


@pytest.mark.parametrize(
    ("cell", "used"),
    [
        ('paper.read("beds.csv")', True),
        ("paper.read('beds.csv')", True),
        ('paper.read("beds.xlsx")', False),
        ("# beds.csv came late", False),
    ],
)
def test_a_file_that_a_notebook_of_the_home_names_is_used(
    tmp_path: Path, cell: str, used: bool
) -> None:
    paper = paper_of(tmp_path, APRIL, now="beds.csv")
    cells = [
        {"cell_type": "markdown", "source": '"beds.csv" is ours'},
        {"cell_type": "code", "source": [cell]},
    ]
    notebook = tmp_path / "notebooks" / "27_beds.ipynb"
    notebook.parent.mkdir()
    notebook.write_text(json.dumps({"cells": cells}), encoding="utf-8")
    assert [one.file for one in unused(paper)] == ([] if used else ["beds.csv"])


def test_a_notebook_that_cannot_be_read_uses_nothing(tmp_path: Path) -> None:
    paper = paper_of(tmp_path, APRIL, now="beds.csv")
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "notebooks" / "27_beds.ipynb").write_text('"beds.csv"', encoding="utf-8")
    assert [one.file for one in unused(paper)] == ["beds.csv"]


def test_a_tariff_of_last_year_is_due_no_more(tmp_path: Path) -> None:
    names = "drug_tariff_202312.csv risks.csv"
    assert absent(paper_of(tmp_path, APRIL, last=names, now="risks.csv")) == ()


def test_every_name_in_the_lists_is_one_of_an_extract() -> None:
    assert set(readers()) >= OF_THE_HOME
    assert {*MADE_FROM, *MADE_FROM.values()} <= extract_names()
