"""The working paper as files: one HTML page that needs nothing else, and one workbook."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import jinja2
import openpyxl  # type: ignore[import-untyped]

from boardpack.audit.evidence_papers.selection import Selection
from boardpack.audit.evidence_papers.working_paper import Evidence, Prior
from boardpack.core.home import CHECKOUT
from boardpack.core.money import plain
from boardpack.core.params import Paper
from boardpack.outputs.zip_bytes import zip_bytes
from boardpack.reading.release_records import ALTERED
from boardpack.render.layout import Layout
from boardpack.render.products import title

PAGE, WORKBOOK = "evidence.html", "evidence.xlsx"
TEMPLATES = CHECKOUT / "templates" / "audit"
FIGURES = (
    *("Figure", "Label", "Place", "Period", "Unit", "Value", "Shown as", "Shown in", "Formula"),
    *("Recomputed", "Prior months", "Drawn by", "Tested by", "Date", "Result"),
    "Difference found, pounds",
)
CELLS = ("Figure", "File", "Row", "Column", "Printed", "Used", "Why", "SHA-256 of the file")
SUMS = ("Figure", "Sum", "Value", "From", "Cells", "Added up again", "Outcome")
CHECKS = (
    *("Figure", "Check", "Title", "Severity", "Status"),
    *("Expected", "Actual", "Difference", "Tolerance"),
)
SAMPLE = ("What", "How")
_STAMP = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(?=</)")


def write_evidence(
    layout: Layout, found: Sequence[Evidence], chosen: Selection, out: Path | None = None
) -> tuple[Path, Path]:
    """Write page and workbook into a folder, else beside the build; `chosen` says how it was drawn.

    The files hold no clock and no path of this machine.
    """
    folder = out or layout.target.with_name(f"{layout.target.name}-evidence")
    folder.mkdir(parents=True, exist_ok=True)
    page, workbook = folder / PAGE, folder / WORKBOOK
    page.write_text(evidence_page(layout.paper, found, chosen), encoding="utf-8", newline="\n")
    workbook.write_bytes(evidence_workbook(layout.paper, found, chosen))
    return page, workbook


def evidence_page(paper: Paper, found: Sequence[Evidence], chosen: Selection) -> str:
    """The working paper as HTML; all text from files is escaped."""
    loader = jinja2.FileSystemLoader(TEMPLATES)
    pages = jinja2.Environment(
        loader=loader,
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    pages.filters["exact"] = lambda value: f"{value:,f}"
    pages.globals["ALTERED"] = ALTERED
    template = pages.get_template(f"{PAGE}.j2")
    return template.render(found=found, paper=paper, title=title(paper), chosen=chosen) + "\n"


def evidence_workbook(paper: Paper, found: Sequence[Evidence], chosen: Selection) -> bytes:
    """The working paper as a workbook: how it was drawn, figures, source cells, sums, checks."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    _sheet(book, "Figures", FIGURES, (_figure(item, chosen) for item in found))
    _sheet(book, "Source cells", CELLS, (row for item in found for row in _cells(item)))
    _sheet(book, "Sums", SUMS, (row for item in found for row in _sums(item)))
    _sheet(book, "Checks", CHECKS, (row for item in found for row in _checks(item)))
    _sheet(book, "Sample", SAMPLE, chosen.facts.items())
    target = io.BytesIO()
    book.save(target)
    return _repeatable(target, f"{paper.run.data_cut:%Y-%m-%dT%H:%M:%SZ}")


def _sheet(book: Any, name: str, head: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    sheet = book.create_sheet(name)
    sheet.append(head)
    for values in rows:
        sheet.append(["" if isinstance(value, str) else value for value in values])
        for place, value in enumerate(values, start=1):
            if isinstance(value, str):
                _text(sheet.cell(sheet.max_row, place), value)
    for place in range(1, len(head) + 1):
        cell = sheet.cell(1, place)
        cell.font = openpyxl.styles.Font(bold=True)
        sheet.column_dimensions[cell.column_letter].width = 28
    sheet.freeze_panes = "B2"


def _text(cell: Any, value: str) -> None:
    """Text stays text: a formula of the register begins with an equals sign and is not Excel's."""
    cell.value = openpyxl.cell.cell.ILLEGAL_CHARACTERS_RE.sub("", value)
    cell.data_type = "s"


def _figure(item: Evidence, chosen: Selection) -> Sequence[Any]:
    figure = item.figure
    return (
        *(figure.id, figure.label, figure.place, figure.period, figure.unit, figure.value),
        "; ".join(dict.fromkeys(shown.text for shown in item.shown)),
        "; ".join(dict.fromkeys(f"{shown.chapter}, {shown.where}" for shown in item.shown)),
        figure.formula or "",
        item.recomputed or "",
        "; ".join(_prior(prior) for prior in item.priors),
        chosen.drawn_by.get(figure.id, ""),
        *("", "", "", ""),
    )


def _prior(prior: Prior) -> str:
    altered = f" ({prior.released.file} {ALTERED})" if prior.released.is_altered else ""
    return f"{prior.month}: {plain(prior.released.value)}{altered}"


def _cells(item: Evidence) -> Iterable[Sequence[Any]]:
    for source in item.cells:
        cell = source.cell
        used = (source.used or "", source.why or "", source.sha256 or "")
        yield (item.figure.id, cell.file, cell.row, cell.column, cell.text, *used)


def _sums(item: Evidence) -> Iterable[Sequence[Any]]:
    for one in item.sums:
        what = (item.figure.id, one.figure.id, one.figure.value, "; ".join(one.sources))
        yield (*what, len(one.cells), one.amount, " ".join(one.said))


def _checks(item: Evidence) -> Iterable[Sequence[Any]]:
    names = ("id", "title", "severity", "status", "expected", "actual", "difference", "tolerance")
    for check in item.checks:
        yield (item.figure.id, *(str(check[name] or "") for name in names))


def _repeatable(saved: io.BytesIO, stamp: str) -> bytes:
    """The workbook with the data cut for its dates, packed again without a clock."""
    with zipfile.ZipFile(saved) as archive:
        content = {name: archive.read(name) for name in archive.namelist()}
    dated = {
        "docProps/core.xml": _STAMP.sub(rb"\g<1>" + stamp.encode(), content["docProps/core.xml"])
    }
    return zip_bytes({**content, **dated})
