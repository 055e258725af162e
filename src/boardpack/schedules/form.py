"""The form of a schedule: what a table is, declared once (docs/schedules.md tells it key by key).

Everything that the paper has of the table comes from here: how the file is read, which figures it
gives and by which formulas, what holds them, and how they are shown.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from boardpack.core.parameter_files import Slug, Strict, Words
from boardpack.schedules.formulas import NAME

Type = Literal[
    "text",
    "word",
    "date",
    "rating",
    "directorate",
    "pounds",
    "pounds a month",
    "pounds a client a month",
    "thousands",
    "millions",
    "per cent",
    "plain per cent",
    "count",
    "decimal",
    "amount",
    "thousands or per cent",
]
"""What a column holds. Money is read into pounds; `plain per cent` is printed without its sign."""
WORDS = frozenset({"text", "word", "date", "rating", "directorate"})
MONEY = ("pounds", "pounds a month", "thousands", "millions", "amount")
ADDED = frozenset({*MONEY, "count", "thousands or per cent"})
"""What is added up in a total row; a share or a rate is computed there, or read as printed."""
UNITS = {
    "pounds": "GBP",
    "pounds a month": "GBP_PER_MONTH",
    "pounds a client a month": "GBP_PER_CLIENT_MONTH",
    "thousands": "GBP",
    "millions": "GBP",
    "per cent": "PCT",
    "plain per cent": "PCT",
    "count": "COUNT",
    "decimal": "RATE",
}
"""The unit of what a column computes; of the other types, that of what it is computed from."""
GROUP = "group"
"""In the formula of a column, the total of the row's own group."""
RATINGS = ("R", "A", "G", "Red", "Amber", "Green", "RED", "AMBER", "GREEN")

_LINE = re.compile(r"[a-z0-9_]+")

Period = (
    Literal["to date", "year", "prior month", "prior month in year", "prior year"]
    | Annotated[str, Field(pattern=r"^\d{4}/\d{2}(-\d{4}/\d{2})?$")]
)
"""A period by its name, or years as they are written, of what stays as it was: `2019/20`."""
Blank = Literal[True, False, "to come", "in part", "told"]
"""Whether cells may be blank: all, none, those of months to come, or of columns that other rows
fill (see `figures.schedule_blanks`); of the last two, any other that is blank is told, and `told`
tells each that is."""
Sense = Literal["spend", "income", "reach", "limit"]
LOWER_IS_BETTER = ("spend", "limit")
"""The senses of which less than the target is to spare; of the others, more than it."""
Lacking = Literal["absent", "left out", "as printed"]
"""What becomes of a computed figure of which a part is not there: it is said to be not supplied
(`absent`), it is none (`left out`), or what is printed of it is taken (`as printed`)."""


def _one(said: Any) -> Any:
    return [said] if isinstance(said, str) else said


def _line(said: str) -> str:
    if not _LINE.fullmatch(said):
        raise ValueError("a name of small letters, digits and underscores")
    return said


def _one_word(said: str) -> str:
    if not said.isalpha():
        raise ValueError("one word of letters")
    return said


LineName = Annotated[str, AfterValidator(_line)]
"""A line as figure ids name it: the words of its row in small letters, with underscores."""
Lines = Annotated[list[str], BeforeValidator(_one)]
"""One name, or several."""


class ColumnForm(Strict):
    """A column: of the file, or computed. `ref: text` is short for `ref: {type: text}`.

    A computed one has one of `formula`, `sum` (columns of the row), `against` (what is to spare of
    the first column, by the sense: [target, actual]) and `parameter` (a number of
    `params/report.yml`). What the file prints of it is its printed counterpart; `printed: false`
    says that the file has no such column. One of the month before may name under `released` the
    column that it was then: last month's register says what the file does not. `running` adds what
    it was in the month before. A row that may leave the column `where` blank, and does, has none of
    it. `measure` is what its figures are called; those of another period then end with its month or
    year. Where rows are places a column may be a `line` of its own, such as a kind of saving;
    `label` follows the row's in what its figures are called. `names` are what words of the file
    are called in print, `never` the words of which a row that has any in its key may not say this.
    A column that is `sparse` has blanks that are nil where the printed total
    says so; `added: false` says that no total is made of it, `added: true` that one is even of
    what is computed across.

    `otherwise` is the formula where what only the first one names is not there, `of_total` that of
    a rate in a total row. `keyed` are the places whose cell is typed in and no formula's. `known`
    is data where the rest is an estimate.
    """

    type: Type
    line: Slug | None = None
    label: Words | None = None
    measure: Slug | None = None
    period: Period | None = None
    blank: Blank = False
    no_amount: Lines = Field([])
    step: Words | None = None
    words: list[Words] = Field([])
    names: dict[Words, Words] = Field({})
    never: dict[Words, list[Words]] = Field({})
    optional: bool = False
    formula: str | None = None
    otherwise: str | None = None
    of_total: str | None = None
    keyed: Lines = Field([])
    known: bool = False
    sum: list[Slug] | None = None
    sparse: bool = False
    running: bool = False
    where: Slug | None = None
    against: Annotated[list[Slug], Field(min_length=2, max_length=2)] | None = None
    sense: Sense | None = None
    parameter: Slug | None = None
    released: Slug | None = None
    printed: bool = True
    lacking: Lacking | None = None
    only: Lines = Field([])
    skip: Lines = Field([])
    heading: Words | None = None
    group: Words | None = None
    shown: bool = True
    added: bool | None = None
    not_added: str = ""

    @property
    def is_words(self) -> bool:
        """Whether its cells are words, and no figures."""
        return self.type in WORDS

    @property
    def is_computed(self) -> bool:
        """Whether its figures come by a formula."""
        return any((self.formula, self.sum, self.against, self.parameter))

    @property
    def is_added(self) -> bool:
        """Whether a total row adds it up: what is read or a sum, and what says so."""
        return bool(self.added) or self.sum is not None or not self.is_computed

    @property
    def is_late(self) -> bool:
        """Whether it is computed with other lines, which must all be there first."""
        return any(name.count(".") == 1 for name in NAME.findall(self.formula or ""))

    @property
    def is_of_group(self) -> bool:
        """Whether it is computed with the total of the row's group."""
        return any(name.startswith(f"{GROUP}.") for name in NAME.findall(self.formula or ""))

    def holds(self, line: str, group: str = "") -> bool:
        """Whether a line, of the group with this total if any, has this column."""
        if line in self.skip or (self.is_of_group and not group):
            return False
        return not self.only or line in self.only or group in self.only


def _column(said: Any) -> Any:
    return {"type": said} if isinstance(said, str) else said


class SubtotalForm(Strict):
    """A total of each group of rows, where a column says which group a row belongs to.

    Without `when_printed` every group has one; with it, those that the file prints one of. A
    `heading` stands over the rows of each group in the table.
    """

    by: Slug
    line: str = ""
    label: str = ""
    heading: str = ""
    when_printed: bool = False

    @property
    def pattern(self) -> str:
        """The line of a group's total, with the name of the column in brackets."""
        return self.line or f"{{{self.by}}}_total"


class RowForm(Strict):
    """A line that is computed from others, or one that is read and stands apart from all sums.

    `sum` is `all` (each row that is no total), `subtotals`, or lines by name. A line that the file
    has too is its printed counterpart.

    >>> RowForm.model_validate({"sum": "all", "label": "Total"}).sum
    ['all']
    >>> RowForm.model_validate({"formula": "acute - income"}).formula
    'acute - income'
    """

    label: Words | None = None
    sum: Lines | None = None
    formula: str | None = None
    sparse: bool = False
    lacking: Lacking | None = None
    is_total: bool = True

    @property
    def is_computed(self) -> bool:
        """Whether it is made of other lines."""
        return self.sum is not None or self.formula is not None


class FigureForm(Strict):
    """A figure beside the table; its formula may name columns of lines and figures of the paper.

    `sum` is a formula over the columns of a row, added up over all rows that are no totals: with
    `min(variance, 0)`, what the rows below nil come to. `stated` says that the month's reports say
    it in words (`stated.csv`), where need be under another id: its printed counterpart where it is
    computed, its source where not. One that is a `parameter` of the report is there before the
    table.
    """

    line: LineName
    label: Words
    measure: Slug
    type: Type = "pounds"
    period: Period | None = None
    basis: str | None = None
    formula: str | None = None
    sum: str | None = None
    parameter: Slug | None = None
    stated: bool | str = False
    lacking: Lacking | None = None


class AgreementForm(Strict):
    """Two figures that are one quantity: `line.column` of the table, or an id."""

    title: Words
    figure: str
    equals: str


class TableForm(Strict):
    """How the table is shown: its caption, the heading of its first column, its notes."""

    caption: Words | None = None
    head: Words | None = None
    unit: Words | None = None
    notes: list[Words] = Field([])
    words: list[Slug] = Field([])


class PictureForm(Strict):
    """A chart of columns, all of one type, for the rows that are no totals, the largest first.

    `bars` stand a column beside the other, `stacked` ones upon each other; a `line` runs for each
    row through the columns, which are periods in their order.

    >>> PictureForm.model_validate({"columns": "variance", "title": "Variance by line"}).shape
    'bars'
    """

    shape: Literal["bars", "stacked", "line"] = "bars"
    columns: Annotated[Lines, Field(min_length=1, max_length=12)]
    title: Words
    largest: Annotated[int, Field(ge=1, le=40)] | None = None
    totals: bool = False

    @property
    def rows_at_most(self) -> int:
        """How many rows are drawn: a reader tells four lines apart."""
        return self.largest or (4 if self.shape == "line" else 12)


class AcrossForm(Strict):
    """A file that has a column for each place: `measure` is its column that says what a row is of.

    `also` are second columns of the whole body: `net` is the column `icb_net` of the file, which
    holds its `budget_net` in the rows of `budget`.

    >>> AcrossForm.model_validate({"measure": "line", "also": "net"}).also
    ['net']
    """

    measure: Slug
    also: Lines = Field([])


class Schedule(Strict):
    """A table that is declared once. `name` is that of its file, without its ending.

    `whole` says of a table of places whether the whole body is the sum of its places, to which the
    rows of the body that the file has are then held (of those that came, or only where all did:
    `complete`), or the file has none of the body. `central` says that what is held centrally has a
    row beside the places. `months` is the key of a table whose rows are months of the year (M01 to
    M12), of each place in a table of places; `years` is the column that says of which year. A row
    that says `year_row` in the place of a month is of the year, and its figures are called after
    it: `budget_clients`. `together` makes one figure of all rows of a line. `in_arrears` names what
    says how many months have come of data that come late: until all have, figures are estimates.

    >>> columns = {"ward": "text", "open": "count",
    ...            "spare": {"type": "count", "formula": "open - 20"}}
    >>> beds = {"title": "Beds", "chapter": "beds", "key": "ward", "columns": columns}
    >>> schedule = Schedule.model_validate({**beds, "name": "beds"})
    >>> schedule.file, schedule.label_pattern, list(schedule.amounts)
    ('beds.csv', '{ward}', ['open', 'spare'])
    """

    title: Words
    chapter: Slug
    scope: Literal["place", "body", "none"] = "body"
    whole: Literal["read", "summed", "complete", "none"] = "read"
    across: AcrossForm | None = None
    central: bool = False
    in_arrears: Literal["prescribing_months_of_data"] | None = None
    basis: str | None = None
    made_from: Slug | None = None
    if_there: bool = False
    yearly: bool = False
    key: Annotated[Lines, Field(min_length=1)]
    months: Slug | None = None
    years: Slug | None = None
    year_row: Annotated[str, AfterValidator(_one_word)] | None = None
    line: str = ""
    label: str = ""
    together: bool = False
    told_apart_by: list[Slug] = Field([])
    period: Period = "to date"
    lacking: Lacking = "absent"
    sense: Sense = "spend"
    senses: dict[Sense, list[Words]] = Field({})
    sense_column: Slug | None = None
    columns: dict[Slug, Annotated[ColumnForm, BeforeValidator(_column)]]
    totals: dict[Slug, Words] = Field({})
    subtotals: list[SubtotalForm] = Field([])
    rows: dict[LineName, RowForm] = Field({})
    needs: list[Words] = Field([])
    figures: list[FigureForm] = Field([])
    agrees: list[AgreementForm] = Field([])
    table: TableForm = TableForm(notes=[], words=[])
    picture: PictureForm | None = None
    sentence: Words | None = None
    name: str = ""

    @property
    def file(self) -> str:
        """The extract that the table comes in."""
        return f"{self.name}.csv"

    @property
    def line_pattern(self) -> str:
        """What a row's line is made of: column names in brackets; of a month, its code."""
        if self.months is not None:
            return f"{{{self.months}}}"
        if self.line:
            return self.line
        return "total" if self.scope == "place" else "_".join(f"{{{name}}}" for name in self.key)

    @property
    def label_pattern(self) -> str:
        """What a row is called: column names in brackets; the last word of its key unless said."""
        return self.label or f"{{{self.key[-1]}}}"

    @property
    def amounts(self) -> dict[str, ColumnForm]:
        """The columns that hold figures."""
        return {name: one for name, one in self.columns.items() if not one.is_words}

    def is_total(self, words: Mapping[str, str]) -> bool:
        """Whether a row of the file is a printed total."""
        return bool(self.totals) and all(words[name] == word for name, word in self.totals.items())

    def is_of_body(self, name: str) -> bool:
        """Whether the whole body alone has a column, which no place has."""
        more = self.across.also if self.across else []
        return any(name.endswith(f"_{one}") for one in more)

    @property
    def has_lines_across(self) -> bool:
        """Whether columns are lines of their own, and each row a place."""
        return any(column.line for column in self.columns.values())

    @property
    def is_of_places_by_month(self) -> bool:
        """Whether each row is a month of a place."""
        return self.months is not None and self.scope == "place"

    def measure_of(self, name: str, line: str = "") -> str:
        """What the figures of a column are called; those of the row of the year after it."""
        column = self.columns.get(name)
        measure = column.measure or name if column else name
        return f"{line}_{measure}" if line and line == self.year_line else measure

    @property
    def year_line(self) -> str | None:
        """The line of the row of the year, in a table of months."""
        return self.year_row and self.year_row.lower()

    def lacking_of(self, column: ColumnForm) -> Lacking:
        """What becomes of a figure of a column that lacks a part."""
        return column.lacking or self.lacking

    def period_of(self, column: ColumnForm) -> Period:
        """The period that a column speaks of."""
        return column.period or self.period
