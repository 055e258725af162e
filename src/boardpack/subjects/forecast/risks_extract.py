"""Risks: what could move the position, who owns it, and what is being done.

A risk may have amounts in pounds, a cost being positive: `gross` if it happens in full, the
`probability` in per cent, and `mitigation_amount`, by which the mitigation lessens it.
"""

from __future__ import annotations

from collections.abc import Iterator

from boardpack.core.errors import Fault, InputFaults
from boardpack.reading.contract import Column, Contract
from boardpack.reading.extract import Extract, Row
from boardpack.reading.folder import Folder, place_column

FILE = "risks.csv"
GROSS, PROBABILITY, MITIGATION = "gross", "probability", "mitigation_amount"


def read_risks(folder: Folder) -> Extract:
    """One row per risk, for a place or the ICB.

    Raises InputFaults for an amount without its probability or the other way round, for a
    probability that is not between 0% and 100%, and for amounts below nil.
    """
    extract = folder.read(
        Contract(
            FILE,
            (
                Column("ref", "word"),
                place_column(folder, "icb"),
                Column("risk", "text"),
                Column("line", "word"),
                Column("owner_role", "text", empty=True),
                Column("mitigation", "text", empty=True),
                Column("status", "text", empty=True),
                Column(GROSS, "pounds", empty=True, optional=True),
                Column(PROBABILITY, "percent", empty=True, optional=True),
                Column(MITIGATION, "pounds", empty=True, optional=True),
            ),
            ("ref",),
            may_be_empty=True,
        )
    )
    faults = [fault for row in extract for fault in _faults(extract.file, row)]
    if faults:
        raise InputFaults(faults)
    return extract


def _faults(file: str, row: Row) -> Iterator[Fault]:
    has = {name: name in row.amounts for name in (GROSS, PROBABILITY, MITIGATION)}
    for name, other in ((GROSS, PROBABILITY), (PROBABILITY, GROSS), (MITIGATION, GROSS)):
        if has[name] and not has[other]:
            expected = f"{other} beside {name}"
            remedy = "Give the gross amount and its probability, or neither."
            yield Fault(file, expected, remedy, row.line, other)
    for name, value in row.amounts.items():
        if value.amount < 0:
            expected, remedy = "nil or more", "A cost is positive: write it without a minus."
            yield Fault(file, expected, remedy, row.line, name, value.cell.text)
    share = row.amounts.get(PROBABILITY)
    if share is not None and share.amount > 100:
        expected, remedy = "a probability up to 100%", "Write it in per cent, such as 40%."
        yield Fault(file, expected, remedy, row.line, PROBABILITY, share.cell.text)
