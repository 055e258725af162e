"""The columns of `figures.csv` and `figures.parquet`: name, kind, meaning, and how each is filled.

This is the one definition: the files are written from it, and their data dictionary too.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from boardpack.core.money import plain
from boardpack.figures.figure import Figure
from boardpack.outputs.data.figure_cells import (
    JOINED,
    Told,
    by_file,
    columns_of,
    end_of,
    hashes_of,
    month_of,
    rows_of,
    truth,
    year_of,
)
from boardpack.outputs.data.figure_periods import quantity

Kind = Literal["text", "whole number", "number", "date", "true/false"]
PARQUET: dict[Kind, str] = {
    "text": "string",
    "whole number": "int32",
    "number": "decimal(38, 10)",
    "date": "date32",
    "true/false": "boolean",
}
"""The type in Parquet of each kind of column."""
IN_FULL = "_text"
"""What follows a number's name in the Parquet column that keeps all its digits."""


@dataclass(frozen=True)
class Column:
    """One column: `cell` gives its text in the row of a figure, empty where there is none."""

    name: str
    kind: Kind
    meaning: str
    cell: Callable[[Figure, Told], str]


COLUMNS = (
    Column(
        "paper_year",
        "text",
        "The financial year of the paper that the row is from.",
        lambda f, t: t.paper.month.year,
    ),
    Column(
        "paper_month",
        "whole number",
        "The month of that paper: 1 is April, 12 is March.",
        lambda f, t: str(t.paper.month.number),
    ),
    Column(
        "paper_place",
        "text",
        "Whose paper it is; one paper also holds figures of other places.",
        lambda f, t: t.paper.place,
    ),
    Column(
        "paper_status",
        "text",
        "`draft` or `released`, as the paper was when the file was made.",
        lambda f, t: t.paper.run.status,
    ),
    Column(
        "is_illustrative",
        "true/false",
        "Whether the data is made up.",
        lambda f, t: truth(t.paper.report.illustrative),
    ),
    Column(
        "id",
        "text",
        "The figure. Unique in the file; with the first three columns, unique in any number of"
        " files.",
        lambda f, t: f.id,
    ),
    Column(
        "quantity",
        "text",
        "The id without its period and without `.printed`: the same quantity in every month.",
        lambda f, t: quantity(f.id),
    ),
    Column("label", "text", "The figure in words.", lambda f, t: f.label),
    Column(
        "chapter", "text", "The chapter that owns it: the id's first part.", lambda f, t: f.chapter
    ),
    Column("place", "text", "Where it is of; see Places.", lambda f, t: f.place),
    Column("line", "text", "The line of the chapter that it is of.", lambda f, t: f.line),
    Column("measure", "text", "What is measured of the line.", lambda f, t: f.measure),
    Column("unit", "text", "See Units.", lambda f, t: f.unit),
    Column(
        "value",
        "number",
        "The exact value, not rounded for display. Empty where the figure is suppressed.",
        lambda f, t: "" if f.is_suppressed else plain(f.value),
    ),
    Column(
        "margin",
        "number",
        "How far the value may lie from the exact quantity because its sources were printed"
        " rounded; 0 where they were not. Empty where the figure is suppressed.",
        lambda f, t: "" if f.is_suppressed else plain(f.margin),
    ),
    Column("period", "text", "The figure's own period; see Periods.", lambda f, t: f.period),
    Column(
        "financial_year",
        "text",
        "The financial year of the period; of a span of years, the last.",
        year_of,
    ),
    Column(
        "month",
        "whole number",
        "The month of the period, 1 to 12; empty for a year or quarter.",
        month_of,
    ),
    Column("period_end", "date", "The last day of the period.", end_of),
    Column("basis", "text", "What the figure rests on; see Bases.", lambda f, t: f.basis),
    Column(
        "is_estimate",
        "true/false",
        "Whether it is an estimate, or rests on one, as its chapter marks it.",
        lambda f, t: truth(f.is_estimate),
    ),
    Column(
        "is_suppressed",
        "true/false",
        "Whether it may not be shown, as a small count of people or what would give one away.",
        lambda f, t: truth(f.is_suppressed),
    ),
    Column(
        "is_agreed",
        "true/false",
        "Of a computed figure and its printed counterpart (`.printed`), `true` for the one that"
        " the paper shows and computes with. Keep only these rows before adding up.",
        lambda f, t: truth(t.is_agreed(f)),
    ),
    Column(
        "check_status",
        "text",
        "The gravest outcome of the checks on it: `fail`, `waived` (answered for),"
        " `documented` (a correction makes it differ), `rounding` (differs by"
        " rounding only), `pass`; empty where no check touches it.",
        lambda f, t: t.status(f),
    ),
    Column(
        "failing_checks",
        "text",
        "The ids, in `checks.json`, of the checks on it that fail.",
        lambda f, t: t.failing(f),
    ),
    Column(
        "formula",
        "text",
        "For a computed figure, its formula over the ids of other figures; else empty.",
        lambda f, t: f.formula or "",
    ),
    Column(
        "source_file",
        "text",
        "For a figure that was read, its file, and in a workbook its [sheet].",
        lambda f, t: JOINED.join(by_file(f)),
    ),
    Column(
        "source_rows",
        "text",
        "The rows in each such file, counted from 1. Where they are too many, how many the rule of"
        " `figures.json` finds; `rows not named` where they would tell a suppressed figure.",
        rows_of,
    ),
    Column("source_column", "text", "The columns that it was read from, by contract.", columns_of),
    Column("source_sha256", "text", "The SHA-256 of each such file.", hashes_of),
)
