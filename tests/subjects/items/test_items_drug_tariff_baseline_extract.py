"""The tariff that prices are compared with: in a tariff's shape, and earlier than the items."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from item_homes import item_folder

from boardpack.core.errors import InputFaults
from boardpack.reading.extract import Extract
from boardpack.subjects.items.drug_tariff_baseline_extract import read_drug_tariff_baseline

ROWS = """Medicine,Pack size,,VMP Snomed Code,VMPP Snomed Code,Drug Tariff Category,Basic Price
Acarbose 100mg tablets,90,tablet,326038002,1315211000001104,Part VIIIA Category A,4557
"""


def _read(home: Path, title: str) -> Extract:
    content = f"{title}\n\n{ROWS}"
    return read_drug_tariff_baseline(item_folder(home, {"drug_tariff_baseline.csv": content}))


def test_it_is_read_as_a_tariff_is(tmp_path: Path) -> None:
    (row,) = _read(tmp_path, "Drug Tariff Part VIIIA March 2023").rows
    assert (row["month"], row.amounts["price"].amount) == ("2023-03", Decimal("45.57"))


def test_a_month_without_one_has_none(tmp_path: Path) -> None:
    assert read_drug_tariff_baseline(item_folder(tmp_path, {})).rows == ()


@pytest.mark.parametrize("month", ["July 2023", "September 2023", ""])
def test_one_that_is_not_earlier_or_names_no_month_is_refused(tmp_path: Path, month: str) -> None:
    with pytest.raises(InputFaults, match="a title that names a month before July 2023"):
        _read(tmp_path, f"Drug Tariff Part VIIIA {month}".strip())
