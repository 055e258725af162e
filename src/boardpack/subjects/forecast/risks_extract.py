"""Risks: what could move the position, who owns it, and what is being done.

A risk may have amounts in pounds, a cost being positive: `gross` is what it would most likely cost
if it happened, `best` and `worst` the least and the most, the `probability` is in per cent, and
`mitigation_amount` is what the mitigation lessens it by. It may also say whether it grows
(`direction`) and when it is looked at again (`review_date`).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from boardpack.core.errors import Fault, InputFaults
from boardpack.reading.contract import Column, Contract
from boardpack.reading.extract import Extract, Row
from boardpack.reading.folder import Folder, place_column

FILE = "risks.csv"
GROSS, PROBABILITY, MITIGATION = "gross", "probability", "mitigation_amount"
BEST, WORST = "best", "worst"
DIRECTION, REVIEW = "direction", "review_date"
DIRECTIONS = ("rising", "steady", "falling")
NEEDS = {PROBABILITY: GROSS, GROSS: PROBABILITY, MITIGATION: GROSS, BEST: WORST, WORST: BEST}
"""What may not stand without what: half an amount cannot be judged."""


def read_risks(folder: Folder) -> Extract:
    """One row per risk, for a place or the ICB.

    Raises InputFaults for an amount without its probability or the other way round, for a
    probability that is not between 0% and 100%, for amounts below nil, and for a best, likely and
    worst amount out of order.
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
                Column(BEST, "pounds", empty=True, optional=True),
                Column(WORST, "pounds", empty=True, optional=True),
                Column(DIRECTION, "word", empty=True, words=DIRECTIONS, optional=True),
                Column(REVIEW, "date", empty=True, optional=True),
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
    for name, other in NEEDS.items():
        if name in row.amounts and other not in row.amounts:
            expected, remedy = f"{other} beside {name}", f"Give {name} and {other}, or neither."
            yield Fault(file, expected, remedy, row.line, other)
    if BEST in row.amounts and GROSS not in row.amounts:
        remedy = "Give the likely amount too (gross), or neither end of it."
        yield Fault(file, f"{GROSS} beside {BEST}", remedy, row.line, GROSS)
    known = [name for name in (BEST, GROSS, WORST) if name in row.amounts]
    for less, more in pairwise(known):
        if row.amounts[less].amount > row.amounts[more].amount:
            expected, found = f"no more than {more}", row.amounts[less].cell.text
            remedy = "The best is the least that it may cost, the worst the most."
            yield Fault(file, expected, remedy, row.line, less, found)
    for name, value in row.amounts.items():
        if value.amount < 0:
            expected, remedy = "nil or more", "A cost is positive: write it without a minus."
            yield Fault(file, expected, remedy, row.line, name, value.cell.text)
    share = row.amounts.get(PROBABILITY)
    if share is not None and share.amount > 100:
        expected, remedy = "a probability up to 100%", "Write it in per cent, such as 40%."
        yield Fault(file, expected, remedy, row.line, PROBABILITY, share.cell.text)
