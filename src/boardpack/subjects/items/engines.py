"""The engines that add items up: DuckDB, embedded and the default, or Spark by a setting.

An engine gives the records of files as texts and writes the sums. What is added up, and how, is
`epd_sums`': Ibis writes it in the engine's own SQL. All are imported where they are used, because
that takes a second.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from pathlib import Path
from typing import Any

from boardpack.subjects.items.epd_sums import COLUMNS, added_up, records_table

MEMORY = "2GB"
THREADS = min(4, os.cpu_count() or 1)
LONGEST_LINE = 250_000
BUFFER = 4_000_000
_UNSAID = "\x01"


class Unreadable(Exception):
    """An engine could not read a file as it stands; the reader of rows must look at it."""


@dataclass(frozen=True)
class Source:
    """One file for an engine: where each of COLUMNS stands among its columns, and how it is read.

    `skip` lines stand above the first record of a CSV file, which has `width` cells in each.
    """

    path: str
    encoding: str
    skip: int
    width: int
    at: Mapping[str, int]
    header: Sequence[str] = ()

    @property
    def names(self) -> Sequence[str]:
        """The names of its columns: its own, or such as a CSV file is given here."""
        return self.header if self.is_parquet else [f"c{place}" for place in range(self.width)]

    @property
    def is_parquet(self) -> bool:
        """Whether the file is Parquet, with columns of its own names."""
        return self.path.lower().endswith(".parquet")


def write_sums(engine: str, sources: Sequence[Source], known: Iterable[str], folder: Path) -> None:
    """Add the files up on an engine, and write the sums as Parquet in `folder`.

    Unreadable where the engine refuses a file as it stands.
    """
    write = _on_spark if engine == "spark" else _on_duckdb
    write(sources, sorted(known), folder)


def open_duckdb(scratch: Path) -> Any:
    """A DuckDB of this process, bounded in memory, that spills into `scratch`."""
    import duckdb

    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": MEMORY,
        "threads": THREADS,
        "temp_directory": str(scratch),
        "preserve_insertion_order": False,
    }
    return duckdb.connect(":memory:", config=config)


def open_sums(folder: Path, scratch: Path) -> Any:
    """A DuckDB with the view `sums` of what an engine wrote into a folder."""
    connection = open_duckdb(scratch)
    connection.execute(f"CREATE VIEW sums AS SELECT * FROM read_parquet('{folder}/*.parquet')")
    return connection


def rows_of(connection: Any, expression: Any) -> list[tuple[Any, ...]]:
    """The rows of an Ibis expression over the tables of a DuckDB."""
    import ibis

    found = connection.execute(str(ibis.to_sql(expression, dialect="duckdb"))).fetchall()
    return list(found)


def _on_duckdb(sources: Sequence[Source], known: Sequence[str], folder: Path) -> None:
    import duckdb
    import ibis

    folder.mkdir(parents=True)
    connection = open_duckdb(folder.parent / "spill")
    sums = ibis.to_sql(added_up(records_table(), known), dialect="duckdb")
    try:
        for number, source in enumerate(sources):  # a sum is of one file: memory too, then
            texts = _duckdb_texts(number, source)
            connection.execute(f"CREATE OR REPLACE TEMP VIEW records AS {texts}")
            target = f"'{folder}/part_{number:04d}.parquet' (FORMAT parquet, COMPRESSION zstd)"
            connection.execute(f"COPY ({sums}) TO {target}")
    except (duckdb.InvalidInputException, duckdb.ConversionException) as error:
        raise Unreadable(str(error)) from None
    finally:
        connection.close()


def _duckdb_texts(number: int, source: Source) -> str:
    """The select that gives the records of a file as texts, under the names of COLUMNS."""
    names = source.names
    there = {name: '"' + names[at].replace('"', '""') + '"' for name, at in source.at.items()}
    texts = (f"CAST({there.get(name, repr(''))} AS VARCHAR) AS {name}" for name in COLUMNS)
    return f"SELECT CAST({number} AS INT) AS file, {', '.join(texts)} FROM {_duckdb_file(source)}"


def _duckdb_file(source: Source) -> str:
    path = source.path.replace("'", "''")
    if source.is_parquet:
        return f"read_parquet('{path}')"
    columns = ", ".join(f"'{name}': 'VARCHAR'" for name in source.names)
    encoding = "latin-1" if source.encoding == "latin-1" else "utf-8"
    return (
        f"read_csv('{path}', auto_detect=false, header=false, skip={source.skip}, "
        f"delim=',', quote='\"', escape='\"', nullstr='{_UNSAID}', encoding='{encoding}', "
        f"strict_mode=true, max_line_size={LONGEST_LINE}, "
        f"buffer_size={BUFFER}, columns={{{columns}}})"
    )


def _on_spark(sources: Sequence[Source], known: Sequence[str], folder: Path) -> None:
    import ibis
    from pyspark.errors import PySparkException
    from pyspark.sql import SparkSession

    session = SparkSession.builder.appName("boardpack items").getOrCreate()
    sums = ibis.to_sql(added_up(records_table(), known), dialect="pyspark")
    try:
        session.conf.set("spark.sql.csv.parser.columnPruning.enabled", "false")
        parts = [_spark_texts(session, *pair) for pair in enumerate(sources)]
        reduce(lambda one, other: one.unionByName(other), parts).createOrReplaceTempView("records")
        session.sql(str(sums)).write.parquet(folder.as_uri())
    except PySparkException as error:
        raise Unreadable(str(error)) from None
    finally:
        session.stop()


def _spark_texts(session: Any, number: int, source: Source) -> Any:
    """The records of a file as texts, under the names of COLUMNS."""
    from pyspark.sql.functions import lit

    frame, names = _spark_file(session, source), source.names
    there = {name: frame[f"`{names[place]}`"] for name, place in source.at.items()}
    texts = [there.get(name, lit("")).cast("string").alias(name) for name in COLUMNS]
    return frame.select(lit(number).cast("int").alias("file"), *texts)


def _spark_file(session: Any, source: Source) -> Any:
    """The records of a file. Spark skips one line at most, the header; other files are mended."""
    if source.is_parquet:
        return session.read.parquet(source.path)
    if source.skip > 1:
        raise Unreadable("there are titles above the header")
    columns = ", ".join(f"{name} STRING" for name in source.names)
    reader = session.read.schema(columns).option("header", source.skip == 1)
    encoding = "ISO-8859-1" if source.encoding == "latin-1" else "UTF-8"
    options = {"mode": "FAILFAST", "quote": '"', "escape": '"', "encoding": encoding}
    return reader.options(**options, enforceSchema=True).csv(source.path)
