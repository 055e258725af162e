"""The map of cost centres beside what last month's paper released of last month's ledger."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from homes import PROJECT, RAW
from ledger_home import LEDGER, LINES, MAPPED, MAPPING, paper_of, write_extract

from boardpack.checks import Check
from boardpack.core.params import Paper
from boardpack.core.periods import Month
from boardpack.reading.released import ReleasedFigure
from boardpack.subjects.ledger import last_map_checks as rule

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

    def read(paper: Paper, month: Month, chapter: str) -> tuple[ReleasedFigure, ...]:
        assert (paper.home, month, chapter) == (home, Month(2023, 5), "position")
        return then

    monkeypatch.setattr(rule, "read_released", read)
    return list(rule.check_last_map(paper_of(home)))


def with_row(*rows: str) -> tuple[str, ...]:
    return (*(one for one in MAPPED if not one.startswith("929102")), *rows)


@pytest.mark.parametrize(
    ("mapped", "then", "is_open"),
    [
        (MAPPED, PRESCRIBING, False),
        (with_row(MOVED), PRESCRIBING, True),
        (with_row(CLOSED, OPENED), PRESCRIBING, False),
        (with_row(), PRESCRIBING, True),  # its spend is in no position any more
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


def test_one_amount_is_said_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    then = (released("prescribing", Decimal(2000)), released("other", Decimal(1)))
    (check,) = found(tmp_path, monkeypatch, MAPPED, then)
    assert check.sentence == (
        "cost_centres.csv gives an amount of August 2023 otherwise: Bromley, prescribing, actual to"
        f" date was £2k, and by this map £351. {rule.MAP.why}"
    )


@pytest.mark.parametrize(
    ("month", "has_moved", "asked"), [(6, False, 1), (6, True, 0), (1, False, 0)]
)
def test_nothing_is_asked_in_april_or_of_another_structure(
    paper: Paper, monkeypatch: pytest.MonkeyPatch, month: int, has_moved: bool, asked: int
) -> None:
    was = released("prescribing", PRESCRIBING)
    changes = ("a change",) if has_moved else ()
    since = {Month(2023, 5): changes, Month(2022, 12): ()}
    monkeypatch.setattr(rule, "read_released", lambda *_: (was,))
    monkeypatch.setattr(rule, "_given", lambda folder: {was.id: PRESCRIBING})
    monkeypatch.setattr(type(paper.report.structure), "since", lambda _, last: since[last])
    of_month = paper.model_copy(update={"month": Month(2023, month)})
    assert len(list(rule._checks(of_month))) == asked
