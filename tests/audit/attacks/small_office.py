"""A small honest build with its workbook and slides, and how an attacker alters their parts."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from boardpack.document.blocks import (
    MIME,
    Chart,
    Column,
    KeyFigure,
    KeyFigures,
    Narrative,
    Number,
    Row,
    Series,
    Table,
    block_json,
    mark,
)
from boardpack.document.content import Chapter, Heading, Part
from boardpack.document.numbers import percent, thousands
from boardpack.figures.figure import Figure, SourceCell
from boardpack.figures.register import Register
from boardpack.outputs.pdf.typst_document import PdfMeta
from boardpack.outputs.slides.presentation import slides
from boardpack.outputs.workbook.file import workbook
from boardpack.reading.cells import Cell

META = PdfMeta(
    "NHS Anytown ICB",
    "Anytown Board",
    "Anytown finance report, September 2023",
    "Finance report, Month 6 2023/24",
    "23 November 2023",
    "DRAFT",
    "Anytown",
    1_697_000_000,
)
WORKBOOK, SLIDES = "board-paper.xlsx", "board-paper.pptx"
START = "position.anytown"
LINES = {
    "prescribing": ("23172000", "25385000", "-4450000"),
    "care": ("12521000", "12925000", "-491000"),
    "corporate": ("2200000", "1988000", "403000"),
}
"""Each line's budget, actual and forecast variance."""
MEASURES = ("budget", "actual", "variance", "forecast")
Change = Callable[[str], str]
"""What an attacker does to the text of a part; bytes are a letter each (latin-1)."""


def small_register() -> Register:
    """Three lines, their variances, and their total, whose budget is printed a thousand higher."""
    register = Register()
    for row, (line, amounts) in enumerate(LINES.items(), 2):
        for measure, amount in zip(("budget", "actual", "forecast"), amounts, strict=True):
            register.add(_figure(line, measure, _cell(row, measure, amount[:-3]), amount))
        parts = f"{START}.{line}.budget - {START}.{line}.actual"
        register.derive(_figure(line, "variance", parts))
    register.add(_figure("total", "budget.printed", _cell(9, "budget", "37,894"), "37894000"))
    for measure in ("budget", "actual", "forecast"):
        parts = " + ".join(f"{START}.{line}.{measure}" for line in LINES)
        register.derive(_figure("total", measure, parts))
    register.derive(_figure("total", "variance", f"{START}.total.budget - {START}.total.actual"))
    share = f"{START}.total.variance / {START}.total.budget * 100"
    register.derive(_figure("total", "share", share, unit="PCT"))
    register.add(_figure("people", "clients", _cell(9, "clients", "3"), "3", unit="COUNT"))
    register.suppress(f"{START}.people.clients")
    return register


def _cell(row: int, column: str, text: str) -> SourceCell:
    return SourceCell(Cell("data/raw/position.csv", None, row, column, text), "0" * 64)


def _figure(
    line: str, measure: str, source: str | SourceCell, value: str = "0", **more: Any
) -> Figure:
    known = {"unit": "GBP", "period": "2023/24 M06", "basis": "ledger", "is_estimate": False}
    return Figure(
        id=f"{START}.{line}.{measure}",
        label=f"{line.capitalize()}, {measure}",
        value=Decimal(value),
        place="anytown",
        line=line,
        measure=measure.partition(".")[0],
        source=source if isinstance(source, str) else (source,),
        margin=Decimal(500),
        step=Decimal(1000),
        **(known | more),
    )


def small_parts(register: Register) -> list[Part]:
    """A summary with its headlines, and the position as a table, a walk and bars."""

    def shown(line: str, measure: str) -> Number:
        found = register.agreed(f"{START}.{line}.{measure}")
        return percent(found) if found.unit == "PCT" else thousands(found)

    def said(line: str, text: str) -> str:
        return mark(f"{START}.{line}.variance", text)

    def key(label: str, line: str, text: str, tells: str) -> KeyFigure:
        number = shown(line, "variance")
        number = Number(text, number.figure, number.value, None, True)
        context = f"{said(line, text.replace('over', 'worse'))} than budget"
        return KeyFigure(label, number, context, "bad", chapter=tells)

    keys = (
        key("Year to date", "total", "£2.4m over", "position"),
        key("Prescribing", "prescribing", "£2.21m over", "prescribing"),
        key("Care", "care", "£404k over", "chc"),
    )
    answer = (
        f"Anytown is {said('total', '£2.4m overspent')} to date. Most of it is prescribing,"
        f" which is {said('prescribing', '£2.21m')} over its budget."
    )
    summary = Chapter(
        "01_summary",
        "Summary",
        (Heading(1, "Summary"), Narrative("summary-answer", answer), KeyFigures("k", keys)),
    )
    columns = (
        Column("Directorate", "left"),
        *(Column(name, group="To date") for name in ("Budget", "Actual", "(Over)/under")),
        Column("(Over)/under", group="Full year"),
    )
    rows = [
        Row((line.capitalize(), *(shown(line, measure) for measure in MEASURES))) for line in LINES
    ]
    rows.append(Row(("Total", *(shown("total", measure) for measure in MEASURES)), "total"))
    rows.append(Row(("Share of budget", shown("total", "share"), "", "", "")))
    rows.append(Row(("Clients", "*", "", "", "")))
    notes = (f"The variance is {said('total', '(2,405)')} before rounding.",)
    table = Table("position-table", "Position of Anytown", columns, tuple(rows), "£000s", notes)
    names = tuple(line.capitalize() for line in LINES)
    variances = tuple(shown(line, "variance") for line in LINES)
    walk = Chart(
        "position-walk",
        "waterfall",
        "Prescribing adds the most",
        "From the budget by each variance to the actual.",
        ("Budget", *names, "Actual"),
        (Series("Walk", (shown("total", "budget"), *variances, shown("total", "actual"))),),
        "£000s",
        "1000",
        better="higher",
        steps="taken",
    )
    bars = Chart(
        "prescribing-bars",
        "bar",
        "Prescribing is furthest over",
        "Each line's variance.",
        names,
        (Series("Variance", variances),),
        "£000s",
        "1000",
        better="higher",
    )
    position = (Heading(1, "Position"), table, walk)
    told = Narrative("p", f"Prescribing is {said('prescribing', '£2.21m over')}. It grew.")
    return [
        Part(
            "Board paper",
            (
                summary,
                Chapter("02_position", "Position", position),
                Chapter("03_prescribing", "Medicines", (Heading(1, "Medicines"), told, bars)),
            ),
        )
    ]


def small_checks() -> list[dict[str, Any]]:
    """A printed total that differs by rounding, and a comparison that fails."""
    total = f"{START}.total"
    common = {"kind": "cast", "severity": "error", "waiver": None, "cause": "", "root": None}
    return [
        {
            **common,
            **{"id": "printed.total", "title": "The total as printed", "status": "rounding"},
            **{"expected": "37893000", "actual": "37894000", "difference": "1000"},
            **{"tolerance": "1500", "figures": [f"{total}.budget", f"{total}.budget.printed"]},
            "sentence": "They differ by £1k.",
        },
        {
            **common,
            **{"id": "none.two", "title": "Nothing", "status": "not_applicable"},
            **{"expected": None, "actual": None, "difference": None},
            **{"tolerance": "0", "figures": [], "sentence": "Not checked."},
        },
    ]


def small_build(folder: Path) -> Path:
    """A folder with the records, the notebooks, the workbook and the slides of this paper."""
    register = small_register()
    return build_of(folder, register, small_parts(register))


def build_of(folder: Path, register: Register, parts: list[Part]) -> Path:
    """A folder with the records and the outputs of a paper of these parts."""
    checks = small_checks()
    (folder / "notebooks").mkdir(parents=True)
    for part in parts:
        for chapter in part.chapters:
            notebook = json.dumps({"cells": [_notebook_cell(item) for item in chapter.items]})
            (folder / "notebooks" / f"{chapter.name}.ipynb").write_text(notebook, "utf-8")
    listed = [figure.to_json() for figure in (*register, *register.suppressed)]
    (folder / "figures.json").write_text(json.dumps({"figures": listed}), "utf-8")
    (folder / "checks.json").write_text(json.dumps({"checks": checks}), "utf-8")
    (folder / WORKBOOK).write_bytes(workbook(parts, META, register, checks))
    (folder / SLIDES).write_bytes(slides(parts, META))
    return folder


def _notebook_cell(item: Any) -> dict[str, Any]:
    if isinstance(item, Heading):
        return {"cell_type": "markdown", "source": f"{'#' * item.level} {item.text}"}
    output = {"data": {MIME: block_json(item)}}
    return {"cell_type": "code", "source": "", "outputs": [output]}


def altered(source: Path, target: Path, changes: Mapping[str, Change | bytes | None]) -> Path:
    """A copy with parts changed: by a function over their text, put in whole, or left out.

    A function must change something, so that no attack passes because it did nothing.
    """
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            data, change = old.read(name), changes.get(name, b"")
            if callable(change):
                code = "utf-8" if name.endswith((".xml", ".rels")) else "latin-1"
                made = change(data.decode(code)).encode(code)
                assert made != data, f"{name} is as it was"
                new.writestr(name, made)
            elif change == b"":
                new.writestr(name, data)
        for name in changes.keys() - set(old.namelist()):
            change = changes[name]
            assert isinstance(change, bytes), f"{name} is not there"
            new.writestr(name, change)
    return target


def swap(*pairs: tuple[str, str]) -> Change:
    """Puts each second text in the place of the first that is found."""

    def change(text: str) -> str:
        for old, new in pairs:
            assert old in text, f"{old} is not there"
            text = text.replace(old, new, 1)
        return text

    return change


def told(findings: Iterable[tuple[str, str]]) -> str:
    """Findings as lines."""
    return "\n".join(f"{where}: {what}" for where, what in findings)
