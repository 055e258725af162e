"""The two layouts of the English Prescribing Dataset, and which of them a file has.

The file with SNOMED codes gives other columns, and `BNF_CHEMICAL_SUBSTANCE`, which held a code,
holds a name there. A file is told by its columns, never by its date: both layouts were published
side by side for months.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from boardpack.core.errors import Fault, InputFaults, nearest
from boardpack.reading.long_files import Heading, ItemFile, Table, find_table

COMMON = (
    Heading("month", ("YEAR_MONTH",)),
    Heading("practice", ("PRACTICE_CODE",)),
    Heading("practice_name", ("PRACTICE_NAME",), needed=False),
    Heading("pco", ("PCO_CODE",)),
    Heading("quantity", ("QUANTITY",)),
    Heading("items", ("ITEMS",)),
    Heading("total_quantity", ("TOTAL_QUANTITY",)),
    Heading("nic", ("NIC",)),
    Heading("actual_cost", ("ACTUAL_COST",)),
)
OLD = {
    "bnf_code": "BNF_CODE",
    "description": "BNF_DESCRIPTION",
    "chemical": "BNF_CHEMICAL_SUBSTANCE",
}
WITH_SNOMED = {
    "bnf_code": "BNF_PRESENTATION_CODE",
    "description": "BNF_PRESENTATION_NAME",
    "chemical": "BNF_CHEMICAL_SUBSTANCE_CODE",
    "snomed": "SNOMED_CODE",
}
_OLD_ONLY = ("BNF_CODE", "BNF_DESCRIPTION", "CHEMICAL_SUBSTANCE_BNF_DESCR", "ADQUSAGE")
_SNOMED_ONLY = (*WITH_SNOMED.values(), "ADQ_USAGE")
_UNUSED = (
    "REGIONAL_OFFICE_NAME REGIONAL_OFFICE_CODE ICB_NAME ICB_CODE STP_NAME STP_CODE AREA_TEAM_NAME "
    "AREA_TEAM_CODE PCO_NAME ADDRESS_1 ADDRESS_2 ADDRESS_3 ADDRESS_4 POSTCODE "
    "BNF_CHEMICAL_SUBSTANCE BNF_CHAPTER_PLUS_CODE UNIDENTIFIED"
).split()
_KNOWN = {h for heading in COMMON for h in heading.headings} | {
    *_OLD_ONLY,
    *_SNOMED_ONLY,
    *_UNUSED,
}


@dataclass(frozen=True)
class EpdLayout:
    """Where the columns of one file stand; `unknown` are headings that no layout has."""

    table: Table
    at: Mapping[str, int]
    unknown: tuple[str, ...]


def epd_layout(item: ItemFile) -> EpdLayout:
    """The layout of a file, by its header.

    Raises InputFaults for missing columns, and for columns of both layouts in one file.
    """
    table = find_table(item, item.records(), COMMON)
    said = {cell.upper() for cell in table.header if cell}
    old, snomed = ([name for name in names if name in said] for names in (_OLD_ONLY, _SNOMED_ONLY))
    if old and snomed:
        expected = "the columns of one layout, the old one or the one with SNOMED codes"
        remedy = "Take the file as NHSBSA publishes it; do not join files of both layouts."
        value = ", ".join((*old, *snomed))
        raise InputFaults([Fault(item.name, expected, remedy, table.line, value=value)])
    at = _columns(item.name, table, WITH_SNOMED if snomed else OLD)
    return EpdLayout(table, at, tuple(sorted(said - _KNOWN)))


def _columns(file: str, table: Table, own: Mapping[str, str]) -> dict[str, int]:
    header = [cell.upper() for cell in table.header]
    at = {name: header.index(heading) for name, heading in own.items() if heading in header}
    missing = [own[name] for name in own if name not in at and name != "chemical"]
    if missing:
        raise InputFaults(
            Fault(file, f"a column {heading!r}", nearest(heading, header), table.line)
            for heading in missing
        )
    return {**table.at, **at}
