"""What the what-ifs of a workbook suppose: inputs below the table that shows what follows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from boardpack.audit.reader.expected import Number
from boardpack.audit.reader.formula import Cell
from boardpack.audit.reader.number_format import printed
from boardpack.audit.reader.seen_workbook import Sheet
from boardpack.audit.reader.words import plain

HEADING = "What is supposed: change a blue cell, and all results follow"
FORMAT = "0.00%"
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
Register = Mapping[str, Mapping[str, Any]]


def is_supposed(figure: Mapping[str, Any]) -> bool:
    """Whether a figure is what a what-if supposes: a per cent that no source gives."""
    is_per_cent = figure.get("basis") == "what_if" and figure.get("measure") == "percent"
    return is_per_cent and _NUMBER.fullmatch(figure["source"].get("formula") or "") is not None


def supposed_in(sheet: Sheet, row: int, register: Register) -> Number | None:
    """What a row below a table supposes, as it should stand there; None where it is no such row."""
    for identity, figure in register.items() if len(sheet.rows[row]) == 2 else ():
        if is_supposed(figure) and plain(figure["label"]) == sheet.text(row, 1):
            exact = Decimal(figure["value"])
            return Number(printed(repr(float(exact / 100)), FORMAT), exact, None, False, identity)
    return None


def lacking(register: Register, shown: Mapping[Cell, tuple[Number, bool]]) -> Iterator[str]:
    """What is supposed for a figure that a table shows, and is nowhere to be changed."""
    met = {number.figure for number, _ in shown.values()}
    formulas = [register.get(one, {}).get("source", {}).get("formula") or "" for one in met]
    for identity, figure in register.items():
        if identity not in met and is_supposed(figure):
            pattern = re.compile(rf"(?<![\w.]){re.escape(identity)}(?![\w.])")
            if any(pattern.search(formula) for formula in formulas):
                yield identity
