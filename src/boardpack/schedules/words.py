"""A declared table in words, for those who send its file and those who use its figures."""

from __future__ import annotations

from collections.abc import Iterable

from boardpack.schedules.form import LOWER_IS_BETTER, ColumnForm, Schedule

TYPES = {
    "text": "text",
    "word": "a word",
    "date": "a day",
    "rating": "red, amber or green",
    "directorate": "a directorate as printed",
    "pounds": "pounds",
    "pounds a month": "pounds a month",
    "pounds a client a month": "pounds a client a month",
    "thousands": "£000s",
    "millions": "£ millions",
    "per cent": "per cent",
    "plain per cent": "per cent, without its sign",
    "count": "a whole number",
    "decimal": "a rate",
    "amount": "an amount with its unit",
    "thousands or per cent": "£000s, or per cent with its sign",
}
"""What a column holds, in words."""

BLANK = {
    True: "may be blank",
    "to come": "blank in months to come",
    "in part": "may be blank where other rows have it",
    "told": "may be blank, which the paper then tells",
}
"""Which cells may be blank, in words."""


def told(schedule: Schedule) -> str:
    """The file in words: what a row is, and what each of its columns holds.

    >>> columns = {"ward": "text", "open": "count"}
    >>> beds = {"title": "Beds", "chapter": "beds", "key": "ward", "columns": columns}
    >>> schedule = Schedule.model_validate({**beds, "name": "beds"})
    >>> told(schedule)
    'beds.csv: Beds. One row for each ward. Columns: ward (text), open (a whole number).'
    """
    columns = ", ".join(
        f"{name} ({_holds(schedule, name)})"
        for name, column in schedule.columns.items()
        if column.printed and not schedule.is_of_body(name)
    )
    key, also = " and ".join(schedule.key), ""
    if schedule.across is not None:
        more = (f", icb_{one}" for one in schedule.across.also)
        also = f" The file has a row for each {schedule.across.measure}, its numbers by name, and"
        also += f" a column for each place, central{''.join(more)} and icb."
    also += f" It may come as {schedule.made_from}.csv instead." if schedule.made_from else ""
    return f"{schedule.file}: {schedule.title}. One row for each {key}. Columns: {columns}.{also}"


def _holds(schedule: Schedule, name: str) -> str:
    column = schedule.columns[name]
    words = ", ".join(column.words or column.names) or TYPES[column.type]
    if name == schedule.months:
        words = ", ".join(
            ["M01 to M12", *filter(None, [schedule.totals.get(name), schedule.year_row])]
        )
    notes = [BLANK[column.blank]] if column.blank else []
    notes += ["may be left out"] if column.optional else []
    return "; ".join((words, *notes))


def dictionary(schedule: Schedule) -> Iterable[tuple[str, str, str, str]]:
    """Each measure of the table: its name, what it is in, its period, and where it comes from.

    >>> columns = {"ward": "text", "open": "count",
    ...            "spare": {"type": "count", "formula": "open - 20"}}
    >>> beds = {"title": "Beds", "chapter": "beds", "key": "ward", "columns": columns}
    >>> schedule = Schedule.model_validate({**beds, "name": "beds"})
    >>> list(dictionary(schedule))[-1]
    ('spare', 'a whole number', 'to date', 'computed: open - 20')
    """
    for name, column in schedule.amounts.items():
        period = "the month" if schedule.months else schedule.period_of(column)
        yield schedule.measure_of(name), TYPES[column.type], period, _comes(schedule, column)


def _comes(schedule: Schedule, column: ColumnForm) -> str:
    """How a column comes about; what is to spare is told as it is computed."""
    if column.formula is not None:
        otherwise = f"; where that is not there, {column.otherwise}" if column.otherwise else ""
        return f"computed: {column.formula}{otherwise}"
    if column.sum is not None:
        month_before = ["what it was in the month before"] if column.running else []
        return f"computed: {' + '.join([*month_before, *column.sum])}"
    if column.parameter is not None:
        return f"{column.parameter} of params/report.yml"
    if column.against is None:
        last = f"{schedule.file}, or {column.released} as released last month"
        totals = f"in totals {column.of_total}" if column.of_total else "totals are added up"
        return f"read from {last if column.released else schedule.file}; {totals}"
    target, actual = column.against
    if schedule.senses or schedule.sense_column:
        return f"computed: what is to spare of {target}, by the sense of the row"
    is_lower = (column.sense or schedule.sense) in LOWER_IS_BETTER
    return f"computed: {target} - {actual}" if is_lower else f"computed: {actual} - {target}"
