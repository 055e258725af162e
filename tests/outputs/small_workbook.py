"""A small invented paper with its register, of which every kind of cell of the workbook is made."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from boardpack.document.blocks import Column, KeyFigure, KeyFigures, Number, Row, Table
from boardpack.document.content import Chapter, Heading, Part
from boardpack.document.numbers import percent, thousands
from boardpack.figures.figure import Figure, SourceCell
from boardpack.figures.register import Register
from boardpack.outputs.pdf.typst_document import PdfMeta
from boardpack.reading.cells import Cell

HOSTILE = '=HYPERLINK("http://example.org","x")'
META = PdfMeta(
    "NHS Anytown ICB & Co",
    "Anytown Board",
    "Anytown finance report, September 2023 (illustrative data)",
    "Finance report, Month 6 2023/24",
    "23 November 2023",
    "ILLUSTRATIVE DATA · DRAFT",
    "Anytown",
    1_697_000_000,
)
LINES = {"care": ("12521000", "12925499.5"), "drugs": ("23172000", "25385000")}


def cell(row: int, column: str, text: str) -> SourceCell:
    return SourceCell(Cell("data/raw/position.csv", None, row, column, text), "0" * 64)


def figure(
    line: str, measure: str, source: str | SourceCell, value: str = "0", **more: Any
) -> Figure:
    made: tuple[SourceCell, ...] | str = source if isinstance(source, str) else (source,)
    known = {"unit": "GBP", "period": "2023/24 M06", "basis": "ledger", "is_estimate": False}
    return Figure(
        id=f"position.anytown.{line}.{measure}",
        label=f"{line.capitalize()}, {measure}",
        value=Decimal(value),
        place="anytown",
        line=line,
        measure=measure.partition(".")[0],
        source=made,
        **(known | more),
    )


def small_register() -> Register:
    """Two lines and their total, whose budget is printed a thousand pounds higher."""
    register = Register()
    for row, (line, (budget, actual)) in enumerate(LINES.items(), 2):
        half = {"margin": Decimal(500), "step": Decimal(1000)}
        register.add(figure(line, "budget", cell(row, "budget", budget[:-3]), budget, **half))
        register.add(figure(line, "actual", cell(row, "actual", HOSTILE), actual, **half))
        start = f"position.anytown.{line}"
        register.derive(figure(line, "variance", f"{start}.budget - {start}.actual"))
    printed = cell(4, "budget", "35,694")
    half = {"margin": Decimal(500), "step": Decimal(1000)}
    register.add(figure("total", "budget.printed", printed, "35694000", **half))
    for measure in ("budget", "actual"):
        parts = " + ".join(f"position.anytown.{line}.{measure}" for line in LINES)
        register.derive(figure("total", measure, parts))
    total = "position.anytown.total"
    register.derive(figure("total", "variance", f"{total}.budget - {total}.actual"))
    share = f"{total}.variance / {total}.budget * 100"
    register.derive(figure("total", "share", share, unit="PCT"))
    register.add(figure("people", "clients", cell(9, "clients", "3"), "3", unit="COUNT"))
    register.suppress("position.anytown.people.clients")
    return register


def shown(register: Register, line: str, measure: str) -> Number:
    found = register.agreed(f"position.anytown.{line}.{measure}")
    return percent(found) if found.unit == "PCT" else thousands(found)


def small_parts(register: Register) -> list[Part]:
    """A chapter with the position, and one whose table shows an input again."""
    measures = ("budget", "actual", "variance")
    columns = (
        Column("Directorate", "left"),
        Column("Budget", group="To date"),
        Column("Actual", group="To date"),
        Column("(Over)/under", group="To date"),
        Column("Why", "left"),
    )
    lines = [
        Row((line.capitalize(), *(shown(register, line, m) for m in measures), HOSTILE))
        for line in LINES
    ]
    total = Row(("Total", *(shown(register, "total", m) for m in measures), ""), "total")
    people = Row(("Clients", "*", "", "", ""))
    rows = (Row(("Care",), "heading"), *lines, total, people)
    notes = ("A **note** on ⟦position.anytown.total.variance|the total⟧.",)
    table = Table("position-table", "Position of Anytown", columns, rows, "£000s", notes)
    share = Row(("Share", shown(register, "total", "share")))
    again = Row(("Care, budget", shown(register, "care", "budget")))
    second = Table("overview-ytd", "Again", (Column(""), Column("")), (share, again))
    key = KeyFigure("Year to date", shown(register, "total", "variance"), "of *it*", "bad")
    first = Chapter(
        "02_position", "Position", (Heading(1, "Position"), KeyFigures("k", (key,)), table)
    )
    other = Chapter("12_overview", "Overview", (Heading(1, "Overview"), second))
    return [Part("Board paper", (first,)), Part("Appendix", (other,))]


def small_checks() -> list[dict[str, Any]]:
    """One check of each way in which a check is live, or is not."""
    total, start = "position.anytown.total", "position.anytown"
    common = {"kind": "cast", "severity": "error", "tolerance": "1500", "waiver": None}
    rows = [
        (
            "printed.one",
            "rounding",
            "35693000",
            "35694000",
            [f"{total}.budget", f"{total}.budget.printed"],
        ),
        (
            "cross.two",
            "fail",
            "35693000",
            "35694000",
            [f"{total}.budget.printed", f"{start}.care.budget", f"{start}.drugs.budget"],
        ),
        ("duty.three", "pass", "35693000", "38310499.5", [f"{total}.actual", f"{total}.budget"]),
        ("other.four", "pass", "1", "1", [f"{total}.actual"]),
        ("blank.five", "fail", "35693000", None, [f"{total}.budget"]),
        ("none.six", "not_applicable", None, None, []),
    ]
    return [
        {
            **common,
            "id": name,
            "title": f"Check {name}",
            "status": status,
            "expected": expected,
            "actual": actual,
            "difference": None
            if expected is None or actual is None
            else str(Decimal(actual) - Decimal(expected)),
            "figures": figures,
            "sentence": HOSTILE,
            "cause": "",
            "root": None,
        }
        for name, status, expected, actual, figures in rows
    ]
