"""The form of an extract in each month: the old one up to a month, the new one from the next."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from boardpack.core.errors import InputFaults
from boardpack.reading.contract import Column, Contract, read_extract
from boardpack.reading.layouts import layout_of

CONTRACT = Contract("ledger.csv", (Column("code", "word"), Column("actual", "pounds", step="0")))
DATED = """extracts:
  ledger:
  - {to: 2024-25 M07, headings: {actual: [Old]}}
  - {from: 2024-25 M08, headings: {actual: [New]}, reversed: [actual]}
"""


def home_of(tmp_path: Path, layouts: str) -> Path:
    (tmp_path / "params").mkdir()
    (tmp_path / "params/layouts.yml").write_text(layouts, encoding="utf-8")
    for code, heading in (("M07", "Old"), ("M08", "New")):
        folder = tmp_path / "data/raw/2024-25" / code
        folder.mkdir(parents=True)
        (folder / "ledger.csv").write_text(f"code,{heading}\n1,12\n", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(("code", "amount"), [("M07", 12), ("M08", -12)])
def test_a_month_is_read_in_its_own_form(code: str, amount: int, tmp_path: Path) -> None:
    folder = Path("data/raw/2024-25") / code
    (row,) = read_extract(home_of(tmp_path, DATED), folder, CONTRACT)
    assert row.amounts["actual"].amount == Decimal(amount)


@pytest.mark.parametrize(
    ("folder", "heading"),
    [
        ("data/raw/2023-24/M01", ["Old"]),
        ("data/raw/2024-25/M07", ["Old"]),
        ("data/raw/2024-25/M08", ["New"]),
        ("data/raw/2025-26/M01", ["New"]),
        ("data/reference", ["New"]),
    ],
)
def test_the_form_in_force(folder: str, heading: list[str], tmp_path: Path) -> None:
    layout = layout_of(home_of(tmp_path, DATED), Path(folder) / "ledger.xlsx")
    assert layout.headings == {"actual": heading}


def test_before_the_first_form_it_comes_as_agreed(tmp_path: Path) -> None:
    home = home_of(tmp_path, "extracts:\n  ledger: {from: 2024-25 M08, reversed: [actual]}\n")
    found = [layout_of(home, Path(f"data/raw/2024-25/M0{n}/ledger.csv")) for n in (7, 8)]
    assert [layout.reversed for layout in found] == [[], ["actual"]]


@pytest.mark.parametrize(
    ("layouts", "key", "told"),
    [
        (DATED.replace("M08", "M09"), "extracts.ledger", "from: 2024-25 M08"),
        (DATED.replace("2024-25 M08", "M08"), "extracts.ledger.1.from", "2024-25 M07"),
        (DATED.replace("reversed", "reverse"), "extracts.ledger.1.reverse", "'reversed'"),
        (DATED.replace("[actual]", "[actuals]"), "actuals", "'actual'"),
        (DATED.replace("{actual: [Old]}", "{actuel: [Old]}"), "actuel", "'actual'"),
    ],
)
def test_what_is_wrong_is_told_by_its_key(
    layouts: str, key: str, told: str, tmp_path: Path
) -> None:
    with pytest.raises(InputFaults) as caught:
        read_extract(home_of(tmp_path, layouts), Path("data/raw/2024-25/M08"), CONTRACT)
    assert [fault.column for fault in caught.value.faults] == [key]
    assert "params/layouts.yml" in str(caught.value)
    assert told in str(caught.value)
