"""Attacks on the figures to take away: CSV, Parquet and dictionary, on whatever platform."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from month_six import paper_for
from small_office import small_checks, small_register

from boardpack.audit.verification.held_take_away import held_files
from boardpack.render.products import figure_files

CSV, PARQUET, DICTIONARY = "figures.csv", "figures.parquet", "data-dictionary.md"
VARIANCE = "position.anytown.prescribing.variance"


@pytest.fixture(scope="module")
def expected() -> dict[str, bytes]:
    made = figure_files(paper_for(), small_register(), small_checks())
    return {name: make() for name, make in made.items()}


@pytest.fixture
def build(expected: dict[str, bytes], tmp_path: Path) -> Path:
    for name, content in expected.items():
        (tmp_path / name).write_bytes(content)
    return tmp_path


def told(build: Path, expected: dict[str, bytes]) -> str:
    return "\n".join(map(str, held_files(build, expected)))


def test_honest_files_bear_the_register_out(build: Path, expected: dict[str, bytes]) -> None:
    assert told(build, expected) == ""


def _with(old: str, new: str) -> Callable[[bytes], bytes]:
    def change(content: bytes) -> bytes:
        made = content.replace(old.encode(), new.encode(), 1)
        assert made != content
        return made

    return change


def _column_added(content: bytes) -> bytes:
    head, *rows = content.decode().split("\r\n")
    made = [f"{head},approved", *(f"{row},yes" if row else "" for row in rows)]
    return "\r\n".join(made).encode()


def _row_again(content: bytes) -> bytes:
    lines = content.split(b"\r\n")
    return b"\r\n".join([*lines[:-1], lines[1], b""])


def _rows_in_another_order(content: bytes) -> bytes:
    head, *rows, end = content.split(b"\r\n")
    return b"\r\n".join([head, *reversed(rows), end])


def _row_left_out(content: bytes) -> bytes:
    lines = content.split(b"\r\n")
    return b"\r\n".join(lines[:1] + lines[2:])


@pytest.mark.parametrize(
    ("name", "change", "said"),
    [
        (CSV, _with("-2213000", "-1213000"), f"{VARIANCE}: stands in figures.csv not as"),
        (CSV, _with("-2213000", "2213000"), f"{VARIANCE}: stands in figures.csv not as"),
        (CSV, _with("Prescribing, variance", "Care, variance"), f"{VARIANCE}: stands in"),
        (CSV, _column_added, "figures.csv: has other columns than the register gives:"
         " 'approved' is added."),
        (CSV, _with("value", "amount"), "'amount' is added, 'value' is missing"),
        (CSV, _row_again, "stands in figures.csv 2 times"),
        (CSV, _rows_in_another_order, "figures.csv: is not what comes out of the register"),
        (CSV, _row_left_out, "stands in figures.csv not as the register has it"),
        (CSV, lambda content: content[3:], "figures.csv: is not what comes out of the register"),
        (DICTIONARY, _with("an overspend is negative", "an overspend is positive"),
         "data-dictionary.md: is not what comes out of the register"),
    ],
)  # fmt: skip
def test_an_altered_text_is_named(
    name: str,
    change: Callable[[bytes], bytes],
    said: str,
    build: Path,
    expected: dict[str, bytes],
) -> None:
    (build / name).write_bytes(change(expected[name]))
    found = told(build, expected)
    assert said in found
    assert found.count("\n") <= 1, "one fault has one cause"


def _table(content: bytes) -> pa.Table:
    return pq.ParquetFile(io.BytesIO(content)).read(use_threads=False)


def _written(table: pa.Table, **more: Any) -> bytes:
    out = io.BytesIO()
    pq.write_table(table, out, **more)
    return out.getvalue()


def _value_changed(table: pa.Table) -> pa.Table:
    rows = table.to_pylist()
    for row in rows:
        if row["id"] == VARIANCE:
            row["value"] += Decimal(1_000_000)
    return pa.Table.from_pylist(rows, schema=table.schema)


def _note_added(table: pa.Table) -> pa.Table:
    return table.replace_schema_metadata({"note": json.dumps({"variance": "-1213000"})})


def _field_note_added(table: pa.Table) -> pa.Table:
    first = table.schema.field(0).with_metadata({"description": "approved"})
    return table.cast(table.schema.set(0, first))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_value_changed, f"{VARIANCE}: stands in figures.parquet not as the register has it"),
        (lambda t: t.append_column("approved", pa.array([True] * len(t))), "'approved (bool)' is"),
        (lambda t: t.drop_columns(["value_text"]), "'value_text (string)' is missing"),
        (lambda t: t.set_column(0, "id", t.column(0).cast(pa.large_string())), "(large_string)'"),
        (lambda t: pa.concat_tables([t, t.slice(0, 1)]), "stands in figures.parquet 2 times"),
        (lambda t: t.take(list(reversed(range(len(t))))), "is not what comes out of the register"),
        (_note_added, "says something of itself that is not the table's: 'note'"),
        (_field_note_added, "says something of itself that is not the table's: 'description'"),
    ],
)
def test_an_altered_table_is_named(
    change: Callable[[pa.Table], pa.Table], said: str, build: Path, expected: dict[str, bytes]
) -> None:
    (build / PARQUET).write_bytes(_written(change(_table(expected[PARQUET]))))
    found = told(build, expected)
    assert said in found
    assert found.count("\n") <= 1, "one fault has one cause"


def test_limits_that_hide_rows_from_a_tool_are_named(
    build: Path, expected: dict[str, bytes]
) -> None:
    content = _written(_table(expected[PARQUET]), use_dictionary=False, compression="none")
    greatest = max(_table(content).column("id").to_pylist()).encode()
    at = content.rfind(greatest)  # the limits stand at the end of the file
    forged = content[:at] + b"a" * len(greatest) + content[at + len(greatest) :]
    (build / PARQUET).write_bytes(forged)
    assert "keeps wrong limits for its column" in told(build, expected)


@pytest.mark.parametrize("compression", ["none", "zstd", "gzip"])
def test_the_same_table_in_other_bytes_is_no_finding(
    compression: str, build: Path, expected: dict[str, bytes]
) -> None:
    content = _written(_table(expected[PARQUET]), compression=compression, row_group_size=4)
    assert content != expected[PARQUET]
    (build / PARQUET).write_bytes(content)
    assert told(build, expected) == ""


@pytest.mark.parametrize("name", [CSV, PARQUET, DICTIONARY])
def test_a_missing_file_is_named(name: str, build: Path, expected: dict[str, bytes]) -> None:
    (build / name).unlink()
    assert told(build, expected) == f"{name}: is missing."
