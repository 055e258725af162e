"""`figures.csv`: the register as a table for spreadsheets and BI tools, one figure a row.

UTF-8 with a byte order mark, because Excel takes a file without one for another encoding. Text that
a spreadsheet would run as a formula gets an apostrophe before it; numbers stay numbers.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from typing import Any

from boardpack.core.params import Paper
from boardpack.figures.register import Register
from boardpack.outputs.data.figure_cells import Told
from boardpack.outputs.data.figure_columns import COLUMNS

NAME = "figures.csv"
BYTE_ORDER_MARK = "\ufeff"
APOSTROPHE = "'"
FORMULA_STARTS = tuple("=+-@＝＋－＠")
"""What a spreadsheet takes for the beginning of a formula, in full width too."""
_GUARDED = re.compile(rf"[\t\r\n]|\s*[{re.escape(''.join(FORMULA_STARTS))}{APOSTROPHE}]")


def figures_csv(paper: Paper, register: Register, checks: Iterable[Mapping[str, Any]]) -> str:
    """The text of the file: a row for each figure in the register's order, suppressed ones last.

    `checks` are as `checks.json` has them.
    """
    told, out = Told(paper, register, checks), io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(column.name for column in COLUMNS)
    cells = [(column.cell, column.kind == "text") for column in COLUMNS]
    for figure in (*register, *register.suppressed):
        texts = [(cell(figure, told), is_text) for cell, is_text in cells]
        writer.writerow([guarded(text) if is_text else text for text, is_text in texts])
    return BYTE_ORDER_MARK + out.getvalue()


def guarded(text: str) -> str:
    """Text that no spreadsheet runs: with an apostrophe first, where it begins as a formula does.

    Text that begins with an apostrophe gets another, so that taking one off gives what was there.

    >>> guarded("=1+1"), guarded("Acute")
    ("'=1+1", 'Acute')
    """
    return f"{APOSTROPHE}{text}" if _GUARDED.match(text) else text


def read_figures_csv(text: str) -> list[dict[str, str]]:
    """The rows of such a file by column, with the guarding apostrophes taken off again."""
    rows = csv.DictReader(io.StringIO(text.removeprefix(BYTE_ORDER_MARK), newline=""))
    texts = {column.name for column in COLUMNS if column.kind == "text"}
    return [
        {k: v.removeprefix(APOSTROPHE) if k in texts else v for k, v in row.items()} for row in rows
    ]
