"""Key financial indicators: target and actual, year to date and forecast, in £000s.

An indicator has a sense. A `limit` is kept within: spend against the allocation, running costs
against the allowance, a cash balance. What is to `reach` is at least its target: a planned surplus,
the mental health standard, a savings plan. A reader cannot tell which from the amounts, and taking
one for the other prints a missed duty as met: so it is known of the name, or the file declares it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from boardpack.errors import Fault, InputFaults
from boardpack.sources.contract import Column, Contract
from boardpack.sources.extract import Extract, Row
from boardpack.sources.folder import Folder, columns
from boardpack.sources.headers import plain_heading

LIMIT, REACH = "limit", "reach"
MEASURES = ("ytd_target", "ytd_actual", "forecast_target", "forecast_actual")
VARIANCES = ("ytd_variance", "forecast_variance")
"""What a file may print too: what is to spare of a target, below nil where it is not met."""
SENSES = {
    "Expenditure not to exceed income": LIMIT,
    "Operating Under Resource Revenue Limit": LIMIT,
    "Not to exceed Running Cost Allowance": LIMIT,
    "Month End Cash Position (expected to be below target)": LIMIT,
    "Operating under Capital Resource Limit": LIMIT,
    "Mental Health Investment Standard (Annual)": REACH,
}
"""The indicators whose sense is known by their name. Any other declares its own."""
_KNOWN = {plain_heading(name): sense for name, sense in SENSES.items()}


def read_key_indicators(folder: Folder) -> Extract:
    """The ICB's financial duties, each with its sense; a duty that does not apply says n/a.

    InputFaults where the sense of an indicator is neither known nor declared, or is declared
    against what its name says.
    """
    contract = Contract(
        "key_indicators.csv",
        (
            Column("indicator", "text"),
            *columns("thousands", *MEASURES, empty=True),
            *(Column(name, "thousands", empty=True, optional=True) for name in VARIANCES),
            Column("sense", "word", empty=True, words=(LIMIT, REACH), optional=True),
        ),
        ("indicator",),
    )
    extract = folder.read(contract)
    faults = [fault for row in extract for fault in _sense_faults(extract.file, row)]
    if faults:
        raise InputFaults(faults)
    return replace(extract, rows=tuple(_with_sense(row) for row in extract))


def _with_sense(row: Row) -> Row:
    sense = row["sense"] or _KNOWN[plain_heading(row["indicator"])]
    return replace(row, words={**row.words, "sense": sense})


def _sense_faults(file: str, row: Row) -> Iterator[Fault]:
    known = _KNOWN.get(plain_heading(row["indicator"]))
    if not row["sense"] and known is None:
        expected = f"{LIMIT} (to be kept within) or {REACH} (at least) in the column sense"
        remedy = "Add a column sense to the file, and say there which this indicator is."
        yield Fault(file, expected, remedy, row.line, "sense", row["indicator"])
    elif known is not None and row["sense"] not in ("", known):
        expected = f"{known} for this indicator, as its name says, or no word"
        remedy = "Take the word out, or give the indicator the name of what it measures."
        yield Fault(file, expected, remedy, row.line, "sense", row["sense"])
