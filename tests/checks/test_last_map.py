"""The map of cost centres beside what last month's paper released of last month's ledger."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from homes import PROJECT, RAW
from ledger_home import LEDGER, LINES, MAPPED, MAPPING, paper_of, write_extract

from boardpack.checks import Check
from boardpack.checks import last_map as rule
from boardpack.sources.released import ReleasedFigure

BEFORE = RAW.parent / "M05"
PRESCRIBING = Decimal("350.55")  # 150.25 + 100.20 + 100.10
ACUTE = Decimal("900.00")
MOVED = "929102,High cost drugs,bromley,acute_services,,2023-24 M01,,"
CLOSED = "929102,High cost drugs,bromley,prescribing,,2023-24 M01,2023-24 M05,"
OPENED = "929102,High cost drugs,bromley,acute_services,,2023-24 M06,,Reorganised"


def released(line: str, value: Decimal, margin: str = "0.005") -> ReleasedFigure:
    return ReleasedFigure(
        file="figures.json",
        sha256="",
        row=2,
        id=f"position.bromley.{line}.ytd_actual",
        label=f"Bromley, {line}, actual to date",
        value=value,
        unit="GBP",
        place="bromley",
        line=line,
        measure="ytd_actual",
        period="2023/24 M05",
        basis="actual",
        margin=Decimal(margin),
    )


def found(
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
    mapped: tuple[str, ...],
    then: tuple[ReleasedFigure, ...],
    folders: tuple[Path, ...] = (RAW, BEFORE),
) -> list[Check]:
    """The checks of a home of these maps, given what last month's paper released."""
    shutil.copytree(PROJECT / "params", home / "params")
    for folder in folders:
        write_extract(home / folder, "ledger.csv", LEDGER, LINES)
    write_extract(home / "data/reference", "cost_centres.csv", MAPPING, mapped)
    monkeypatch.setattr(rule, "read_released", lambda paper, month, chapter: then)
    return list(rule.check_last_map(paper_of(home)))


def with_row(*rows: str) -> tuple[str, ...]:
    return (*(one for one in MAPPED if not one.startswith("929102")), *rows)


@pytest.mark.parametrize(
    ("mapped", "then", "is_open"),
    [
        (MAPPED, PRESCRIBING, False),
        (with_row(MOVED), PRESCRIBING, True),
        (with_row(CLOSED, OPENED), PRESCRIBING, False),
        (MAPPED, PRESCRIBING + Decimal("1.005"), False),
        (MAPPED, PRESCRIBING + Decimal("1.006"), True),
        (MAPPED, PRESCRIBING - Decimal("1.005"), False),
        (MAPPED, PRESCRIBING - Decimal("1.006"), True),
    ],
)
def test_a_row_that_was_changed_and_not_closed_is_told(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    mapped: tuple[str, ...],
    then: Decimal,
    is_open: bool,
) -> None:
    (check,) = found(tmp_path, monkeypatch, mapped, (released("prescribing", then),))
    assert check.id == "extracts.cost_centres.map"
    assert (check.is_open, check.severity) == (is_open, "error")


def test_it_says_how_much_and_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    then = (released("prescribing", PRESCRIBING), released("acute_services", ACUTE))
    (check,) = found(tmp_path, monkeypatch, with_row(MOVED), then)
    assert "cost_centres.csv gives 2 amounts of August 2023 otherwise" in check.sentence
    assert "£351, and by this map £250" in check.sentence
    assert check.cause == rule.DATE


@pytest.mark.parametrize("folders", [(RAW,), (BEFORE,)], ids=["no earlier ledger", "no ledger now"])
def test_without_last_months_ledger_nothing_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folders: tuple[Path, ...]
) -> None:
    then = (released("prescribing", PRESCRIBING),)
    checks = found(tmp_path, monkeypatch, MAPPED, then, folders)
    assert bool(checks) == (BEFORE in folders)


def test_without_last_months_paper_nothing_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert found(tmp_path, monkeypatch, MAPPED, ()) == []
