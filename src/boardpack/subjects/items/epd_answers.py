"""Questions about items that were added up, answered by an engine and exact."""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from boardpack.core.periods import Month
from boardpack.reading.calendar import month_key, read_month
from boardpack.subjects.items.practices_extract import PracticePlaces
from boardpack.subjects.items.sums import ItemSums, read_sums

By = Literal["month", "place", "pcn", "practice", "chapter", "bnf_code", "snomed_code"]
"""What items are added up by; `chapter` is the first two digits of the BNF code."""

_LOOKUP = ("month", "practice", "place", "pcn")
_CODES = ("bnf_code", "snomed_code")


@dataclass(frozen=True)
class Stays:
    """The place and the network to which a practice's items of each month belong."""

    of: Mapping[tuple[Month, str], tuple[str, str]]


def stays_of(keys: Collection[tuple[Month, str]], places: PracticePlaces) -> Stays:
    """The stays of practices of the list, by month and practice."""
    found = {key: places.stay(key[1], key[0]) for key in keys}
    return Stays({key: (stay.place, stay.pcn) for key, stay in found.items()})


def answer(
    folder: Path,
    stays: Stays,
    by: Sequence[By],
    months: Collection[Month] | None,
    codes: Collection[tuple[str, str]] | None,
) -> dict[tuple[Any, ...], ItemSums]:
    """What practices of the list came to, by the tuple of what `by` names, in order."""
    from boardpack.subjects.items.engines import open_sums

    if not stays.of:
        return {}
    with tempfile.TemporaryDirectory(prefix="boardpack-spill-") as scratch:
        connection = open_sums(folder, Path(scratch))
        try:
            _put(connection, "stays", _LOOKUP, _stays(stays, months))
            if codes is not None:
                _put(connection, "codes", _CODES, sorted(set(codes)))
            rows = connection.execute(_asked(tuple(by), codes is not None)).fetchall()
        finally:
            connection.close()
    wide = len(by)
    told = (
        (tuple(map(_value, by, row[:wide])), read_sums(row[wide:])) for row in rows if row[wide]
    )
    return dict(sorted(told, key=lambda pair: pair[0]))


@cache
def _asked(by: tuple[By, ...], of_codes: bool) -> str:
    """The question in the engine's own SQL: the same of each month, and long to write."""
    import ibis

    from boardpack.subjects.items.epd_sums import sums_table, total

    stays = ibis.table(dict.fromkeys(_LOOKUP, "string"), name="stays")
    sums = sums_table().inner_join(stays, ["month", "practice"])
    if of_codes:
        codes = ibis.table(dict.fromkeys(_CODES, "string"), name="codes")
        sums = sums.semi_join(codes, list(_CODES))
    asked = total(sums.mutate(chapter=sums.bnf_code.substr(0, 2)), by)
    return str(ibis.to_sql(asked, dialect="duckdb"))


def _put(connection: Any, name: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A table of texts in an engine."""
    told = ", ".join(f"{column} VARCHAR" for column in columns)
    connection.execute(f"CREATE TABLE {name} ({told})")
    if rows:
        parts = ", ".join("unnest(?)" for _ in columns)
        connection.execute(
            f"INSERT INTO {name} SELECT {parts}", [list(c) for c in zip(*rows, strict=True)]
        )


def _stays(stays: Stays, months: Collection[Month] | None) -> list[tuple[str, str, str, str]]:
    return [
        (_key(month), practice, place, pcn)
        for (month, practice), (place, pcn) in stays.of.items()
        if months is None or month in months
    ]


def _key(month: Month) -> str:
    return month_key(month).replace("-", "")


def _value(name: By, text: str) -> Month | str:
    return read_month(text) if name == "month" else text
