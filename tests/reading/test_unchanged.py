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
from boardpack.reading import csv_files
from boardpack.reading.csv_files import read_delimited
from boardpack.reading.unchanged import _table, _width, unchanged

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
@pytest.mark.parametrize("long", [csv_files.LONG, 0])
def test_the_rows_are_compared_and_not_the_bytes(
    tmp_path: Path,
    name: str,
    content: bytes,
    is_same: bool,
    long: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(csv_files, "LONG", long)
    paper = paper_with(tmp_path, {name: content}, {"ledger.csv": text(LAST)}, Month(2024, 7))
    assert unchanged(paper) == {"ledger": is_same}


FORMS = (
    "0.10,-0.00,007,1000,1.5e3,00000",
    "1,200.50,£7.00,(3),31/03/2024,2024-03-31,A  b",
    "100.0,100.,.5,0.000,-1.250,12345678901234567.10",
)


@pytest.mark.parametrize("texts", FORMS)
def test_a_text_has_one_form_read_by_column_or_by_row(
    texts: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = "|".join([*texts.split(","), "", "x", "", ""])
    found = []
    for long in (csv_files.LONG, 0):
        monkeypatch.setattr(csv_files, "LONG", long)
        grid, _ = read_delimited(f"{row}\n{row}\n{row}".encode(), "f.csv", _width)
        found.append(_table(grid.rows))
    assert found[0] == found[1]
    assert len(found[0]) == 2


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
