"""Messy in, exact out or a precise complaint: every mess of the table, and its document."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from messes import CASES, Case, document

from boardpack.core.errors import InputFaults
from boardpack.core.periods import Month
from boardpack.reading.contract import Contract, read_extract
from boardpack.reading.extract import Extract
from boardpack.reading.month_and_place import Occasion

PROJECT = Path(__file__).resolve().parents[2]
FOLDER = Path("raw")
EVERY = [case for _, cases in CASES for case in cases]
OCCASION = Occasion(Month(2023, 6), "bromley", {"bromley": "Bromley", "southwark": "Southwark"})


def _read(home: Path, case: Case) -> Extract:
    (home / FOLDER).mkdir()
    for name, content in case.files.items():
        (home / FOLDER / name).write_bytes(content)
    if case.layout:
        (home / "params").mkdir()
        layout = case.layout if case.layout.startswith("{") else "{" + case.layout + "}"
        name = Path(case.contract.file).stem
        said = f"extracts:\n  {name}: {layout}\n"
        (home / "params/layouts.yml").write_text(said, encoding="utf-8")
    return read_extract(home, FOLDER, case.contract, (), OCCASION if case.month else None)


def _rows(contract: Contract, extract: Extract) -> list[tuple[str | Decimal, ...]]:
    return [
        tuple(
            (row.amounts[c.name].amount if c.name in row.amounts else "")
            if c.is_amount
            else row[c.name]
            for c in contract.columns
        )
        for row in extract
    ]


def _meant(case: Case) -> list[tuple[str | Decimal, ...]]:
    return [
        tuple(
            Decimal(text) if column.is_amount and text else text
            for column, text in zip(case.contract.columns, row, strict=True)
        )
        for row in case.rows
    ]


@pytest.mark.parametrize("case", [c for c in EVERY if c.rows], ids=lambda case: case.may_come[:60])
def test_a_mess_is_read_exactly(case: Case, tmp_path: Path) -> None:
    extract = _read(tmp_path, case)
    assert _rows(case.contract, extract) == _meant(case)
    assert len(extract.totals) == case.totals
    told = "\n".join(map(str, extract.notes))
    for part in case.notes:
        assert part in told


@pytest.mark.parametrize(
    "case", [c for c in EVERY if not c.rows], ids=lambda case: case.may_come[:60]
)
def test_a_mess_is_refused_with_where_and_why(case: Case, tmp_path: Path) -> None:
    assert case.refused
    with pytest.raises(InputFaults) as caught:
        _read(tmp_path, case)
    told = [str(fault) for fault in caught.value.faults]
    assert any(all(part in fault for part in case.refused) for fault in told), "\n".join(told)


def test_there_are_many_messes_and_each_once() -> None:
    assert len(EVERY) >= 40
    assert len({case.may_come for case in EVERY}) == len(EVERY)


def test_the_document_holds_the_same_messes() -> None:
    text = (PROJECT / "docs/inputs.md").read_text(encoding="utf-8")
    assert document() in text
