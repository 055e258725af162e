"""`figures.parquet`: the rows of `figures.csv` with a type to each column, for BI tools and DuckDB.

It is made from the text of the CSV file, so that the two cannot part. The library that writes it is
imported where it is used: it is heavy, and a process that forks should not have begun to use it.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import TYPE_CHECKING, Any

from boardpack.outputs.data.figure_columns import COLUMNS, IN_FULL, PARQUET, Column, Kind
from boardpack.outputs.data.figures_csv import read_figures_csv

if TYPE_CHECKING:
    import pyarrow as pa

NAME = "figures.parquet"
DIGITS, PLACES = 38, 10
"""What a number's column holds; its text column holds the rest."""
_UNIT = Decimal(1).scaleb(-PLACES)
_LIMIT = Decimal(10) ** (DIGITS - PLACES)


def figures_parquet(table: str) -> bytes:
    """The bytes of the file, made from the text of `figures.csv`: the same rows in the same order.

    An empty cell is null. A number is rounded half up to ten decimals, and null where it is too
    large for its type; the column of the same name with `_text` holds all its digits.
    """
    import pyarrow.parquet as pq

    out = io.BytesIO()
    pq.write_table(typed(table), out, compression="snappy")
    return out.getvalue()


def typed(table: str) -> pa.Table:
    """The rows of `figures.csv` as a table with types."""
    import pyarrow as pa

    rows = read_figures_csv(table)
    columns = list(parquet_columns())
    schema = pa.schema([pa.field(name, _type(kind)) for name, kind, _ in columns])
    arrays = [
        pa.array(_cells(rows, column, kind), type=field.type)
        for (_, kind, column), field in zip(columns, schema, strict=True)
    ]
    return pa.Table.from_arrays(arrays, schema=schema)


def read_figures_parquet(content: bytes) -> pa.Table:
    """The table in the bytes of such a file; ArrowInvalid and others where it is none."""
    import pyarrow.parquet as pq

    return pq.ParquetFile(io.BytesIO(content)).read(use_threads=False)


def parquet_columns() -> Iterator[tuple[str, Kind, Column]]:
    """Each column of the file: its name, its kind, and the column of the CSV that it is made of."""
    for column in COLUMNS:
        yield column.name, column.kind, column
        if column.kind == "number":
            yield f"{column.name}{IN_FULL}", "text", column


def _cells(rows: Sequence[Mapping[str, str]], column: Column, kind: Kind) -> list[Any]:
    read = _READ[kind]
    return [read(row[column.name]) if row[column.name] else None for row in rows]


def _number(text: str) -> Decimal | None:
    with localcontext() as context:
        context.prec = 2 * DIGITS
        value = Decimal(text)
        return value.quantize(_UNIT, ROUND_HALF_UP) if abs(value) < _LIMIT - 1 else None


_READ: dict[Kind, Callable[[str], Any]] = {
    "text": str,
    "whole number": int,
    "number": _number,
    "date": dt.date.fromisoformat,
    "true/false": lambda text: text == "true",
}


def _type(kind: Kind) -> pa.DataType:
    import pyarrow as pa

    types = {
        "string": pa.string(),
        "int32": pa.int32(),
        f"decimal({DIGITS}, {PLACES})": pa.decimal128(DIGITS, PLACES),
        "date32": pa.date32(),
        "boolean": pa.bool_(),
    }
    return types[PARQUET[kind]]
