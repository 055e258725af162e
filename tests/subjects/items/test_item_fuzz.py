"""Whatever an item-level file holds, it is read or refused with its faults: never a traceback."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from item_homes import item_folder

from boardpack.core.errors import Fault, InputFaults
from boardpack.reading.folder import Folder
from boardpack.reading.readers import Received
from boardpack.subjects.items.drug_tariff_extract import read_drug_tariff
from boardpack.subjects.items.epd_extract import read_epd
from boardpack.subjects.items.price_concessions_extract import read_price_concessions
from boardpack.subjects.providers.spend_over_25k_extract import read_spend_over_25k

EPD = (
    "YEAR_MONTH,PCO_CODE,PRACTICE_NAME,PRACTICE_CODE,BNF_CHEMICAL_SUBSTANCE_CODE,"
    "BNF_PRESENTATION_CODE,BNF_PRESENTATION_NAME,QUANTITY,ITEMS,TOTAL_QUANTITY,NIC,ACTUAL_COST,"
    "SNOMED_CODE"
)
TARIFF = "Medicine,Pack size,,VMP Snomed Code,VMPP Snomed Code,Drug Tariff Category,Basic Price"
PAGE = "section_heading,table_intro,announced,drug,pack_size,price_text"
SPEND = "payment_date,expense_type,expense_area,supplier,transaction_number,amount"
READERS: dict[str, tuple[Callable[[Folder], Received], str]] = {
    "epd.csv": (read_epd, EPD),
    "drug_tariff.csv": (read_drug_tariff, TARIFF),
    "price_concessions.csv": (read_price_concessions, PAGE),
    "spend_over_25k.csv": (read_spend_over_25k, SPEND),
}
PRACTICES = "practice_code,practice_name,postcode,place,from,to\nX1,A,,Bromley,,\n"
CELLS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        "X1 202307 2023_00 0000_01 28 1.50 £1.50 -1 (1) 1E5 NaN ######## 31/12/9999 00/00/0000 "
        "0407010H0AAAMAM 994511000001109 A =cmd|calc £1.2k 9999999999999999999999 ٣ 1,,0 ²".split()
    ),
    st.sampled_from(["Part VIIIA Category C", "£2 (previously £1)", "45th May 2023", "May 0000"]),
)
GOOD = {
    "epd.csv": "202307,72Q00,A,X1,0407010H0,0407010H0AAAMAM,Tablets,28,2,56,1.72,1.6,322236009",
    "drug_tariff.csv": "Acarbose,90,tablet,326038002,1315211000001104,Part VIIIA Category A,4557",
    "price_concessions.csv": "Granted for May 2023,19th May 2023,2023-05-19,Acarbose,90,£1.50",
    "spend_over_25k.csv": "31/03/2021,Drugs,PRESCRIBING,A Trust,1,30000",
}
CHANGES = st.lists(st.tuples(st.integers(0, 12), CELLS), max_size=3)
ROWS = st.lists(st.one_of(CHANGES, st.lists(CELLS, min_size=1, max_size=14)), max_size=5)


@pytest.fixture(scope="module")
def home() -> Path:
    """One folder for all examples."""
    return Path(tempfile.mkdtemp())


def _changed(good: list[str], row: list[Any]) -> list[str]:
    """A good record with some cells changed; a row of plain cells is itself."""
    if row and isinstance(row[0], str):
        return list(row)
    record = list(good)
    for place, cell in row:
        record[place % len(record)] = cell
    return record


@pytest.mark.parametrize("file", READERS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(rows=ROWS, encoding=st.sampled_from(["utf-8", "latin-1", "utf-16"]))
@example(rows=[["\x00", '"', "\r"]], encoding="utf-8")
def test_anything_is_read_or_refused(
    home: Path, file: str, rows: list[list[Any]], encoding: str
) -> None:
    reader, header = READERS[file]
    out = io.StringIO()
    csv.writer(out).writerows(_changed(GOOD[file].split(","), row) for row in rows)
    content = f"{header}\n{out.getvalue()}".encode(encoding, errors="replace")
    folder = item_folder(home, {file: content}, {"practices.csv": PRACTICES})
    faults: tuple[Fault, ...] = ()
    try:
        assert reader(folder).row_count <= len(rows)
    except InputFaults as error:
        faults = error.faults
    assert all(fault.expected and fault.remedy for fault in faults)
