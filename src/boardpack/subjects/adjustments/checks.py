"""Top-side entries over time: what was carried stays or is declared gone, what reverses is gone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from boardpack.checks.check import Check
from boardpack.checks.patterns import Patterns
from boardpack.core.money import exact_pounds
from boardpack.figures.labels import slug
from boardpack.reading.extract import Row
from boardpack.reading.folder import Folder
from boardpack.subjects.adjustments.extract import (
    CARRY,
    REVERSE,
    REVERSED,
    WHERE,
    last_adjustments,
    read_adjustments,
)
from boardpack.subjects.adjustments.figures import CHAPTER, entry_suffix

KIND = "top-side entry"
Key = tuple[str, ...]
Entries = Mapping[Key, Row]


def check_adjustments(patterns: Patterns) -> Iterator[Check]:
    """One check for each entry of last month, and for each that is declared reversed this month.

    None where last month's entries are not there, or in the first month of the year.
    """
    folder = Folder(patterns.paper, corrections=())
    last = last_adjustments(folder)
    if last is None:
        return
    now = read_adjustments(folder)
    before, after = _by_key(last.rows), _by_key(now.rows)
    for key, row in before.items():
        if row["treatment"] != REVERSED:
            yield _followed(patterns, row, after.get(key))
    for key, row in after.items():
        if row["treatment"] == REVERSED and (
            key not in before or before[key]["treatment"] != CARRY
        ):
            yield _check(
                patterns,
                row,
                row,
                f"{_named(row)} is declared reversed this month, but"
                " last month's entries do not carry it: correct its reference.",
            )


def _by_key(rows: Sequence[Row]) -> dict[Key, Row]:
    return {tuple(row[word] for word in WHERE): row for row in rows}


def _followed(patterns: Patterns, row: Row, now: Row | None) -> Check:
    """What has become of an entry of last month."""
    if row["treatment"] == REVERSE:
        return _check(patterns, row, now, _recurs(row, now))
    return _check(patterns, row, now, _lost(row, now))


def _recurs(row: Row, now: Row | None) -> str:
    if now is None:
        return ""
    return (
        f"{_named(row)} was to reverse this month and stands again (row {now.line}): remove it, or"
        " raise it anew under a reference of its own."
    )


def _lost(row: Row, now: Row | None) -> str:
    if now is None:
        return (
            f"{_named(row)} was carried last month (row {row.line} there) and does not stand this"
            f" month: list it again, or declare it {REVERSED}."
        )
    was, amount = row.amounts["amount"].amount, now.amounts["amount"].amount
    if was == amount:
        return ""
    return (
        f"{_named(row)} was carried at {exact_pounds(was)} and stands at {exact_pounds(amount)}"
        f" (row {now.line}): a change is an entry of its own."
    )


def _named(row: Row) -> str:
    return f"Entry {row['ref']} ({row['directorate']}, {row['place']})"


def _check(patterns: Patterns, row: Row, now: Row | None, sentence: str) -> Check:
    line = {name: line for line, name in patterns.paper.report.directorates.items()}
    where = f"{row['place']}.{line[row['directorate']]}.{row['measure']}.{entry_suffix(row)}"
    identity = f"{CHAPTER}.{where}"
    return Check(
        id=identity,
        title=f"Top-side entry {slug(row['ref'])}, against last month",
        kind=KIND,
        severity="error",
        status="fail" if sentence else "pass",
        expected=None,
        actual=None,
        tolerance=Decimal(0),
        figures=(identity,) if now is not None and identity in patterns.register else (),
        sentence=sentence,
    )
