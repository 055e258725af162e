"""A file that holds what last month's held is found, in whatever form it comes."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import openpyxl  # type: ignore[import-untyped]
import pytest
from month_six import paper_for

from boardpack.core.params import Paper
from boardpack.core.periods import Month
from boardpack.reading.unchanged import unchanged

Rows = Sequence[Sequence[str]]
HEAD = ("cost_centre", "description", "begins", "ytd_actual")
ROWS = (("741001", "Acute", "31/10/2024", "1,200.50"), ("741002", "Community", "", "900"))


def text(rows: Rows, mark: str = ",") -> bytes:
    quoted = ((f'"{cell}"' for cell in row) for row in rows)
    return "\n".join(mark.join(row) for row in quoted).encode()


def book(rows: Rows) -> bytes:
    made, out = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        made.active.append([_cell(cell) for cell in row])
    made.save(out)
    return out.getvalue()


def _cell(said: str) -> object:
    number = said.replace(",", "")
    return float(number) if number.replace(".", "").isdigit() else said or None


def paper_with(home: Path, now: dict[str, bytes], last: dict[str, bytes], month: Month) -> Paper:
    paper = paper_for().model_copy(update={"home": home, "month": month})
    before = paper.model_copy(update={"month": month.earlier(1)})
    for folder, files in ((paper.raw, now), (before.raw, last)):
        folder.mkdir(parents=True)
        for name, content in files.items():
            (folder / name).write_bytes(content)
    return paper


LAST = (("Budget position, Month 6",), HEAD, *ROWS, ("Source: ledger, 7 October",))
OTHER = (HEAD, ROWS[0], ("741002", "Community", "", "900.01"))


@pytest.mark.parametrize(
    ("name", "content", "is_same"),
    [
        ("ledger.csv", text(LAST), True),
        ("ledger.csv", text((("Budget position, Month 7",), HEAD, *ROWS)), True),
        ("ledger.csv", text((HEAD, *reversed(ROWS))), True),
        ("ledger.csv", text((HEAD, *ROWS), ";"), True),
        (
            "ledger.xlsx",
            book((("Position, Month 7",), ("Run by", "Finance"), HEAD, *ROWS)),
            True,
        ),
        ("ledger.csv", text(OTHER), False),
        ("ledger.xlsx", book(OTHER), False),
        ("ledger.csv", text((HEAD, *ROWS, ROWS[0])), False),
        ("ledger.csv", text((HEAD, ROWS[0])), False),
        ("ledger.csv", text((HEAD,)), False),
        ("ledger.csv", b"", False),
    ],
)
def test_the_rows_are_compared_and_not_the_bytes(
    tmp_path: Path, name: str, content: bytes, is_same: bool
) -> None:
    paper = paper_with(tmp_path, {name: content}, {"ledger.csv": text(LAST)}, Month(2024, 7))
    assert unchanged(paper) == {"ledger": is_same}


def test_files_without_rows_hold_nothing_that_could_be_last_month_s(tmp_path: Path) -> None:
    files = {"estimates.csv": text((HEAD,))}
    assert unchanged(paper_with(tmp_path, files, files, Month(2024, 7))) == {"estimates": False}


@pytest.mark.parametrize(
    ("file", "month", "expected"),
    [
        ("section75.csv", Month(2024, 7), {}),
        ("section75.csv", Month(2024, 1), {"section75": True}),
        ("drug_tariff_202404.csv", Month(2024, 7), {}),
        ("adjustments.csv", Month(2024, 7), {}),
        ("ledger_v2.csv", Month(2024, 7), {}),
    ],
)
def test_what_is_set_for_the_year_is_compared_over_its_turn_only(
    tmp_path: Path, file: str, month: Month, expected: dict[str, bool]
) -> None:
    files = {file: text((HEAD, *ROWS))}
    assert unchanged(paper_with(tmp_path, files, files, month)) == expected
