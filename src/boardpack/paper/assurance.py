"""What the assurance chapter shows: what was checked, what stands open, what was corrected."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from boardpack.checks.figures import kinds_of
from boardpack.paper.blocks import Cell, Column, Narrative, NotSupplied, Row, Table
from boardpack.paper.chapter import ChapterPaper
from boardpack.paper.numbers import default_style
from boardpack.sources.cells import file_sha256
from boardpack.sources.corrections import read_corrections
from boardpack.sources.folder import Folder

OUTCOMES = (
    ("Agree", "pass"),
    ("Within rounding", "rounding"),
    ("Do not agree", "fail"),
    ("Waived", "waived"),
)
SEVERITY = {"error": "Stops a release", "warning": "To be read"}


def assurance_narrative(paper: ChapterPaper) -> Narrative:
    """For a board member: what was checked and what stands open, in a few lines."""
    return paper.narrate("checked")


def checks_table(paper: ChapterPaper) -> Table:
    """Checks by kind and outcome."""
    kinds = [(kind.capitalize(), kind.replace(" ", "_")) for kind in kinds_of(paper.checks)]
    rows = [
        Row((label, *(paper.number(f"assurance.{line}.{s}") for _, s in OUTCOMES)))
        for label, line in kinds
    ]
    total = Row(
        ("All checks", *(paper.number(f"assurance.checks.{s}") for _, s in OUTCOMES)), "total"
    )
    columns = (Column("Kind of check", "left"), *(Column(label) for label, _ in OUTCOMES))
    return Table("assurance-checks", "Checks by kind and outcome", columns, (*rows, total))


def exceptions_table(paper: ChapterPaper) -> Table | NotSupplied:
    """Every check that failed and that nobody has answered for, those that stop a release first."""
    failed = [check for check in paper.checks if check["status"] == "fail"]
    if not failed:
        return paper.not_supplied("An open exception", "Every check agrees.")
    failed.sort(key=lambda check: check["severity"])
    columns = (
        Column("What does not agree", "left"),
        Column("Expected"),
        Column("Found"),
        Column("Standing", "left"),
    )
    rows = tuple(_exception(paper, check) for check in failed)
    notes = ("Amounts are in £000s, per cent or counts, as their line is.",)
    return Table("assurance-exceptions", "Open exceptions", columns, rows, "", notes)


def _exception(paper: ChapterPaper, check: dict[str, Any]) -> Row:
    expected, found = (_value(paper, identity) for identity in check["figures"])
    title = check["sentence"] if check["kind"] in ("plausibility", "duty") else check["title"]
    return Row((title, expected, found, SEVERITY[check["severity"]]))


def _value(paper: ChapterPaper, identity: str) -> Cell:
    figure = paper.register[identity]
    return replace(default_style(figure)(figure), adverse=False)


def corrections_table(paper: ChapterPaper) -> Table | NotSupplied:
    """Cells that the paper does not use as printed, and the arithmetic that says why."""
    found = read_corrections(paper.paper.home, Folder(paper.paper).path)
    if not found:
        return paper.not_supplied("A correction", "Every cell is used as printed.")
    columns = (
        Column("Cell", "left"),
        Column("Printed", "left"),
        Column("Used", "left"),
        Column("Why", "left"),
    )
    rows = tuple(
        Row((f"{c.file}, row {c.row}, {c.column}", c.printed, c.used, c.why)) for c in found
    )
    return Table("assurance-corrections", "Corrections to the extracts", columns, rows)


def inputs_table(paper: ChapterPaper) -> Table:
    """The extracts as received, with the seal of each."""
    folder = paper.paper.raw
    rows = tuple(Row((path.name, file_sha256(path))) for path in sorted(folder.glob("*.csv")))
    columns = (Column("Extract", "left"), Column("SHA-256", "left"))
    return Table("assurance-inputs", "Extracts received", columns, rows)


def waivers_narrative(paper: ChapterPaper) -> Narrative:
    """Who has answered for which failing check, until when."""
    return paper.narrate("waivers", waivers=paper.paper.run.waivers)
