"""`board-paper.xlsx`: the paper's tables as sheets that reckon, its register and its checks.

The same paper gives the same bytes: sheets, formats and notes are made in one order, and the
workbook is dated by the data cut.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping, Sequence
from typing import Any

import xlsxwriter

from boardpack.document.content import Part
from boardpack.figures.register import Register
from boardpack.outputs.pdf.typst_document import PdfMeta
from boardpack.outputs.workbook.checks import write_checks
from boardpack.outputs.workbook.cover import headlines, write_contents, write_cover
from boardpack.outputs.workbook.places import Places, table_sheets
from boardpack.outputs.workbook.register import write_register
from boardpack.outputs.workbook.sheet import Writer
from boardpack.outputs.workbook.tables import write_table


def workbook(
    parts: Sequence[Part],
    meta: PdfMeta,
    register: Register,
    checks: Sequence[Mapping[str, Any]],
) -> bytes:
    """The whole workbook; `checks` are as `checks.json` has them."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    made = dt.datetime.fromtimestamp(meta.timestamp, dt.UTC).replace(tzinfo=None)
    said = {"title": meta.title, "subject": meta.subtitle, "author": meta.organisation}
    book.set_properties({**said, "status": meta.mark, "created": made})
    writer, sheets = Writer(book, meta), table_sheets(parts)
    places = Places(register, sheets)
    write_cover(writer, headlines(parts), checks, places)
    write_contents(writer, sheets)
    for sheet in sheets:
        write_table(writer, sheet, places)
    write_register(writer, places)
    write_checks(writer, checks, places)
    book.close()
    return target.getvalue()
