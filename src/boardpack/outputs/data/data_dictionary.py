"""`data-dictionary.md`: what the columns and words of `figures.csv` and `figures.parquet` mean.

Columns, units, places and bases are told from the lists that the file is written with, so that the
two cannot part.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from boardpack.core.params import Paper
from boardpack.core.structure import CENTRAL, ICB
from boardpack.figures.figure import UNITS
from boardpack.figures.register import Register
from boardpack.outputs.data.figure_columns import COLUMNS, IN_FULL, PARQUET
from boardpack.schedules.form import Schedule
from boardpack.schedules.load import home_schedules
from boardpack.schedules.words import dictionary, told

NAME = "data-dictionary.md"
SIGNS = {
    "budget_minus_actual": (
        "Adverse is negative in every variance. Of spending it is budget less actual or forecast,"
        " so that an overspend is negative; of savings it is delivery less plan. Budgets and"
        " spending are positive, income and credits among them negative. A movement is the later"
        " less the earlier. A measure with `overspend` or `shortfall` in its name is the other way"
        " round: positive where too much is spent or too little saved."
    )
}
PERIODS = (
    ("`2023/24`", "the financial year, April to March"),
    ("`2023/24 M06`", "April to Month 6 (September), unless the measure says `in_month`"),
    ("`2023/24 Q2`", "the second quarter, July to September"),
    ("`2021/22-2023/24`", "a span of years, compared or averaged"),
    ("`2021/22-2023/24 M06`", "the same month of each year in the span"),
)
_TEXT = """\
# Data dictionary of figures.csv and figures.parquet

{of}.

One figure a row, {count} rows. `figures.json` is the register in full, with every source cell.

## How it is written

UTF-8 with a byte order mark; commas; lines end in CR LF; the first line names the columns. Numbers
are plain digits with a minus and a point, exact. `true` and `false` are small letters, dates are
YYYY-MM-DD, an empty cell is unknown or not applicable. Text that begins as a spreadsheet's formula
does (`=`, `+`, `-`, `@`, also after spaces or in full width; a tab or a new line), or with an
apostrophe, has one apostrophe before it: take one off to have the text. Several files in one cell
are joined by `; `, and their rows and hashes in the same order.

`figures.parquet` holds the same rows in the same order, with a type to each column. Text stands
without the guarding apostrophe, and an empty cell is null. A number is rounded half up to ten
decimals, which leaves pounds and pence exact, and is null where it is too large for its type; a
second column, `value{in_full}` and `margin{in_full}`, holds all digits as text.

## Columns

| column | kind | in Parquet | meaning |
|---|---|---|---|
{columns}

## Ids

`chapter.place.line.measure`, each part of small letters, digits and underscores. A period follows
where it is not this month's or this year's, or where a series names each: `.m05`, `.q2`,
`.2022_23`, `.2022_23_m12`, `.all_years`, `.m00` for the year's opening. `.printed` follows where it
is the number that an extract prints for a computed figure. An id keeps its meaning from month to
month, and `quantity` joins papers. Two rows may be of one quantity and period, where one is what an
earlier paper said of it.

Rows of several papers can be put in one table. Every paper holds figures of the ICB and of other
places too: choose by `paper_place`, or count a figure of several papers once.

## Signs

{sign}

## Units

| unit | meaning |
|---|---|
{units}

## Periods

| period | meaning |
|---|---|
{periods}

`period` is the figure's own; `paper_year` and `paper_month` are the paper's.

## Places

| place | name |
|---|---|
{places}

## Bases

What figures of this file rest on, and how many of them: {bases}.

## Chapters

Which chapters own the figures of this file, and how many: {chapters}.
"""
_DECLARED = """
## {title}

Declared in `params/schedules/{name}.yml`. {told}

| Measure | In | Period | Where it comes from |
|---|---|---|---|
{measures}
"""


def data_dictionary(paper: Paper, register: Register) -> str:
    """The text of the dictionary, true of this paper's `figures.csv`."""
    figures = (*register, *register.suppressed)
    report = paper.report
    made_up = ": illustrative data, nothing in it is real" if report.illustrative else ""
    return _TEXT.format(
        of=f"{paper.place_name} finance report, {paper.month.name} ({paper.run.status}){made_up}",
        count=f"{len(figures):,}",
        in_full=IN_FULL,
        columns=_rows(
            (f"`{one.name}`", one.kind, PARQUET[one.kind], one.meaning) for one in COLUMNS
        ),
        sign=SIGNS[report.sign],
        units=_rows((f"`{unit}`", said) for unit, said in UNITS.items()),
        periods=_rows(PERIODS),
        places=_rows((f"`{s}`", report.place_name(s)) for s in (*report.places, CENTRAL, ICB)),
        bases=_counted(figure.basis for figure in figures),
        chapters=_counted(figure.chapter for figure in figures),
    ) + "".join(map(_declared, home_schedules(paper.home).values()))


def _declared(schedule: Schedule) -> str:
    """A table that the home declares: its file, and each of its measures."""
    rows = ((f"`{name}`", *rest) for name, *rest in dictionary(schedule))
    title, said = _cell(schedule.title), told(schedule)
    return _DECLARED.format(title=title, name=schedule.name, told=said, measures=_rows(rows))


def _rows(rows: Iterable[Iterable[str]]) -> str:
    return "\n".join(f"| {' | '.join(_cell(text) for text in row)} |" for row in rows)


def _cell(text: str) -> str:
    """Text that stays within its cell of a Markdown table."""
    return re.sub(r"\s+", " ", text).replace("|", "\\|")


def _counted(words: Iterable[str]) -> str:
    counts: dict[str, int] = {}
    for word in words:
        counts[word] = counts.get(word, 0) + 1
    return ", ".join(f"`{word}` ({counts[word]:,})" for word in sorted(counts)) or "none"
