"""Figures to take away against those that come out of the register: what of them is otherwise.

A file that is the same byte for byte says the same. A Parquet file is read back, because another
version of its library may write the same table in other bytes: then its columns, its rows, what it
says of itself, and the limits by which a tool leaves rows unread must bear the register out.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from boardpack.audit.verification.finding import Finding
from boardpack.outputs.data import figures_csv as table
from boardpack.outputs.data import figures_parquet as parquet

if TYPE_CHECKING:
    import pyarrow as pa

UNLIKE = "is not what comes out of the register."
ARROW = b"ARROW:schema"
"""What the library itself notes in a file; anything else somebody has added."""
Table = Mapping[str, Mapping[str, Any]]
"""The rows of a file by the figure's id."""


def held_files(build: Path, expected: Mapping[str, bytes]) -> Iterator[Finding]:
    """What of these files of a build is not as expected, by the figure or the file."""
    for name, made in expected.items():
        path = build / name
        if not path.is_file():
            yield Finding(name, "is missing.")
        elif (found := path.read_bytes()) != made:
            hold = {table.NAME: _held_csv, parquet.NAME: _held_parquet}.get(name, _held_text)
            yield from hold(name, found, made)


def _held_text(name: str, found: bytes, expected: bytes) -> list[Finding]:
    return [Finding(name, UNLIKE)]


def _held_csv(name: str, found: bytes, expected: bytes) -> list[Finding]:
    old, new = found.decode(errors="replace"), expected.decode()
    columns = _columns_apart(name, _head(old), _head(new))
    if columns:
        return columns
    try:
        rows = table.read_figures_csv(old)
        held = {row["id"]: row for row in rows}
    except (csv.Error, KeyError, AttributeError):
        return [Finding(name, "cannot be read: a row has not a cell for each column.")]
    wanted = {row["id"]: row for row in table.read_figures_csv(new)}
    twice = _twice(name, (row["id"] for row in rows))
    return _wrong_rows(held, wanted, name) + twice or [Finding(name, UNLIKE)]


def _head(text: str) -> list[str]:
    lines = csv.reader(io.StringIO(text.removeprefix(table.BYTE_ORDER_MARK), newline=""))
    try:
        return next(lines, [])
    except csv.Error:
        return []


def _columns_apart(name: str, found: list[str], wanted: list[str]) -> list[Finding]:
    """What a file's columns are, where they are not the register's: one finding for the file."""
    if found == wanted:
        return []
    more = [f"{column!r} is added" for column in found if column not in wanted]
    less = [f"{column!r} is missing" for column in wanted if column not in found]
    said = ", ".join([*more[:5], *less[:5]]) or "they stand in another order, or twice"
    return [Finding(name, f"has other columns than the register gives: {said}.")]


def _held_parquet(name: str, found: bytes, expected: bytes) -> list[Finding]:
    """The figures whose rows are not the register's; none where only the bytes differ."""
    import pyarrow.parquet as pq

    wanted = parquet.read_figures_parquet(expected)
    try:
        file = pq.ParquetFile(io.BytesIO(found))
        held = parquet.read_figures_parquet(found)
        columns = _columns_apart(name, _schema(held), _schema(wanted))
        if columns:
            return columns
        told = [*_added(name, file), *_limits(name, file)]
        if held.equals(wanted):
            return told
        rows = held.to_pylist()
        old, new = ({row["id"]: row for row in one} for one in (rows, wanted.to_pylist()))
    except Exception as error:  # a damaged file may fail in any way
        return [Finding(name, f"cannot be read: {type(error).__name__}.")]
    wrong = _wrong_rows(old, new, name) + _twice(name, (row["id"] for row in rows))
    return [*told, *wrong] or [Finding(name, UNLIKE)]


def _schema(one: pa.Table) -> list[str]:
    return [f"{field.name} ({field.type})" for field in one.schema]


def _added(name: str, file: Any) -> Iterator[Finding]:
    """What somebody has written into the file beside its table."""
    known = file.metadata.metadata or {}
    fields = [*file.schema_arrow]
    more = [key for key in known if key != ARROW]
    more += [
        key for one in fields for key in (one.metadata or {}) if not key.startswith(b"PARQUET")
    ]
    for key in more:
        yield Finding(name, f"says something of itself that is not the table's: {key.decode()!r}.")


def _limits(name: str, file: Any) -> Iterator[Finding]:
    """The least and the greatest of a column by which a tool leaves rows unread."""
    for group in range(file.metadata.num_row_groups):
        rows = file.read_row_group(group, use_threads=False)
        for place in range(file.metadata.num_columns):
            about = file.metadata.row_group(group).column(place)
            values = [value for value in rows.column(place).to_pylist() if value is not None]
            if about.statistics is not None and not _bears_out(about.statistics, values):
                said = f"keeps wrong limits for its column {about.path_in_schema!r}"
                yield Finding(name, f"{said}, by which a tool would leave rows unread.")


def _bears_out(limits: Any, values: list[Any]) -> bool:
    if not limits.has_min_max or not values:
        return True
    least, greatest = limits.min, limits.max
    if isinstance(least, bytes):
        least, greatest = least.decode(errors="replace"), greatest.decode(errors="replace")
    return bool(least <= min(values) and max(values) <= greatest)


def _twice(name: str, identities: Iterable[str]) -> list[Finding]:
    counted = Counter(identities)
    return [
        Finding(identity, f"stands in {name} {times} times.")
        for identity, times in counted.items()
        if times > 1
    ]


def _wrong_rows(old: Table, new: Table, name: str) -> list[Finding]:
    """The figures whose rows are not those of the register; none where the rest differs."""
    wrong = (identity for identity in {**new, **old} if old.get(identity) != new.get(identity))
    said = f"stands in {name} not as the register has it."
    return [Finding(identity, said) for identity in wrong]
