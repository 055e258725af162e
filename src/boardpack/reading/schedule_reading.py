"""Reading a table that is declared (`boardpack.schedules`): its contract comes from its form.

The file is read by the engine that reads every extract, with the same words for what is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from boardpack.core.errors import Fault, InputFaults
from boardpack.core.periods import MONTHS_IN_YEAR, Month
from boardpack.core.rooms import found
from boardpack.core.structure import CENTRAL, ICB
from boardpack.reading.contract import Column, Contract, Kind
from boardpack.reading.extract import Extract, Row
from boardpack.reading.folder import Folder, directorate_column, place_column
from boardpack.reading.folder import columns as folder_columns
from boardpack.reading.headers import plain_heading
from boardpack.reading.schedule_across import PLACE, columns_across
from boardpack.schedules.form import RATINGS, ColumnForm, Schedule

KINDS: dict[str, Kind] = {
    "text": "text",
    "word": "word",
    "rating": "word",
    "directorate": "word",
    "date": "date",
    "pounds": "pounds",
    "pounds a month": "pounds",
    "pounds a client a month": "pounds",
    "thousands": "thousands",
    "millions": "millions",
    "per cent": "percent",
    "plain per cent": "plain_percent",
    "count": "count",
    "decimal": "decimal",
    "amount": "any_amount",
    "thousands or per cent": "thousands_or_percent",
}
"""What the contract calls each type of column."""
MAKERS = {
    "bppc": "duties/invoices_extract",
    "budget_overview": "ledger/from_ledger",
    "chc_activity_price": "chc/from_packages",
    "chc_high_cost": "chc/from_packages",
    "corporate_costs": "ledger/from_ledger",
    "efficiency_schemes": "savings/from_tracker",
    "place_savings": "savings/from_tracker",
    "position": "ledger/from_ledger",
}
"""Where `make_x(folder)` stands, which makes the schedule `x` of what its form has `made_from`."""
SENSE = "sense"
YEARS = 5
"""How many years a table of months may look back over, the paper's among them."""
KEPT = {"limit": "to be kept within", "reach": "at least"}
"""How a target is kept, by its sense."""


def read_schedule(folder: Folder, schedule: Schedule) -> Extract:
    """The rows of a declared table, each with its sense where rows have one of their own.

    InputFaults where the file does not keep its contract, where a line that is needed is not
    there, where the sense of a row is neither declared by its name nor said in the file, and where
    a row says what one of its name never is.
    """
    contract = contract_of(folder, schedule)
    if schedule.made_from is not None:
        extract = folder.read_or_make(
            contract, found(MAKERS[schedule.name], f"make_{schedule.name}")
        )
    elif schedule.if_there:
        extract = folder.read_if_there(contract)
    else:
        extract = folder.read(contract)
    faults = [
        *_lines_lacking(schedule, extract),
        *_sense_faults(schedule, extract),
        *_never_faults(schedule, extract),
    ]
    if faults:
        raise InputFaults(faults)
    if not schedule.senses and schedule.sense_column is None:
        return extract
    return replace(extract, rows=tuple(_with_sense(schedule, row) for row in extract))


def contract_of(folder: Folder, schedule: Schedule) -> Contract:
    """What the file of a table must hold."""
    printed = {name: one for name, one in schedule.columns.items() if one.printed}
    across = schedule.across
    if across is None:
        columns = (_column(folder, schedule, name, one) for name, one in printed.items())
        return Contract(schedule.file, tuple(columns), tuple(schedule.key), is_declared=True)
    measures = [n for n in printed if n in schedule.amounts and not schedule.is_of_body(n)]
    words = [n for n in printed if n not in schedule.amounts and n != PLACE]
    kind = KINDS[printed[measures[0]].type]
    head = (
        Column(across.measure, "word", words=tuple(measures)),
        *(_column(folder, schedule, name, printed[name]) for name in words),
    )
    cells = folder_columns(kind, *columns_across(across, folder.report), empty=True)
    key = (across.measure, *(name for name in schedule.key if name != PLACE))
    return Contract(schedule.file, (*head, *cells), key, is_declared=True)


def _column(folder: Folder, schedule: Schedule, name: str, column: ColumnForm) -> Column:
    if name == PLACE:
        central = (CENTRAL,) if schedule.central else ()
        return place_column(folder, *central, *(() if schedule.whole == "none" else (ICB,)))
    if column.type == "directorate":
        totals = (schedule.totals[name],) if name in schedule.totals else ()
        return replace(directorate_column(folder, *totals, *column.words), name=name)
    usual: tuple[str, ...] = RATINGS if column.type == "rating" else ()
    if name == schedule.months:
        usual = (*(f"M{number:02d}" for number in range(1, MONTHS_IN_YEAR + 1)),)
        usual += tuple(filter(None, [schedule.totals.get(name), schedule.year_row]))
    if name == schedule.years:
        usual = tuple(
            Month(folder.paper.month.start - back, 1).year for back in reversed(range(YEARS))
        )
    return Column(
        name,
        KINDS[column.type],
        empty=bool(column.blank),
        words=tuple(column.words or column.names or usual),
        step=column.step,
        optional=column.optional,
        no_amount=tuple(column.no_amount),
    )


def _lines_lacking(schedule: Schedule, extract: Extract) -> Iterator[Fault]:
    """The lines that the form says are needed and the file does not have; none of an empty file."""
    if not extract.rows or not schedule.needs:
        return
    name = schedule.key[-1]
    named = {_plain(row[name]) for row in extract}
    lacking = [line for line in schedule.needs if _plain(line) not in named]
    if lacking:
        expected = f"a line {' and a line '.join(lacking)}"
        remedy = "Add it, or give it that name: what is computed rests on it."
        yield Fault(extract.file, expected, remedy)


def _plain(line: str) -> str:
    return " ".join(re.split(r"[\W_]+", line.lower())).strip()


def _never_faults(schedule: Schedule, extract: Extract) -> Iterator[Fault]:
    """A row that says what a row with such a word in its name may never say."""
    key = schedule.key[-1]
    for name, column in schedule.columns.items():
        for row in extract if column.never else ():
            hints = column.never.get(row[name], [])
            hint = next((one for one in hints if one in row[key].casefold()), None)
            if hint is not None:
                others = " or ".join(
                    word for word in column.words or column.names if word != row[name]
                )
                expected = f"{others}: a {key} with {hint!r} in its name is never {row[name]}"
                remedy = "Correct the word, and give the reason where the file has a column for it."
                yield Fault(extract.file, expected, remedy, row.line, name, row[name])


def _known(schedule: Schedule) -> dict[str, str]:
    """The sense of each row that the form declares by name."""
    return {
        plain_heading(name): sense for sense, names in schedule.senses.items() for name in names
    }


def _with_sense(schedule: Schedule, row: Row) -> Row:
    known = _known(schedule).get(plain_heading(row[schedule.key[-1]]), schedule.sense)
    said = row[schedule.sense_column] if schedule.sense_column else ""
    return replace(row, words={**row.words, SENSE: said or known})


def _kept(sense: str) -> str:
    return f"{sense} ({KEPT[sense]})" if sense in KEPT else sense


def _sense_faults(schedule: Schedule, extract: Extract) -> Iterator[Fault]:
    """A row whose sense is neither declared nor said, or is said against what its name says."""
    column = schedule.sense_column
    if column is None:
        return
    known = _known(schedule)
    choices = schedule.columns[column].words
    for row in extract:
        name = row[schedule.key[-1]]
        declared = known.get(plain_heading(name))
        if not row[column] and declared is None:
            expected = f"{' or '.join(map(_kept, choices))} in the column {column}"
            remedy = f"Add a column {column} to the file, and say there which this line is."
            yield Fault(extract.file, expected, remedy, row.line, column, name)
        elif declared is not None and row[column] not in ("", declared):
            expected = f"{declared} for this line, as its name says, or no word"
            remedy = "Take the word out, or give the line the name of what it measures."
            yield Fault(extract.file, expected, remedy, row.line, column, row[column])
