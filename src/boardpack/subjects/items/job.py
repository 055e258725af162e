"""Adding items up: on DuckDB in this process, on Spark under the Python that has it.

What comes back is small; the sums stay in a file.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from boardpack.core.errors import BuildFault

Engine = Literal["duckdb", "spark"]
SPARK_PYTHON = "BOARDPACK_SPARK_PYTHON"
"""The variable that names the Python of the environment with Spark, where it is another one."""

SUMS, UNREADABLE = "sums", 3
_SOURCE_TREE = Path(__file__).resolve().parents[3]
_TOLD = 2000


class EngineCannotRead(Exception):
    """The engine cannot read a file as it stands."""


@dataclass(frozen=True)
class Job:
    """Files to add up, as `item_engines.Source`s tell them, and an empty folder for the sums."""

    engine: Engine
    sources: tuple[dict[str, Any], ...]
    known: tuple[str, ...]
    folder: str


@dataclass(frozen=True)
class Summary:
    """What sums come to by file and practice, and names; all that a reader keeps in memory.

    `practices` are rows of file, month, practice, PCO and what `epd_sums.ADDED` names; `odd_snomed`
    counts rows, by file, of SNOMED codes that their check digit does not confirm.
    """

    practices: tuple[tuple[Any, ...], ...]
    descriptions: tuple[tuple[str, str], ...]
    practice_names: tuple[tuple[str, str], ...]
    odd_snomed: tuple[tuple[int, int], ...]


def run(job: Job) -> Summary:
    """Do a job, or what is left of one that has written its sums.

    EngineCannotRead where a file must be looked at row by row first.
    """
    from boardpack.subjects.items.engines import Unreadable, write_sums

    is_due = not Path(job.folder, SUMS).exists()
    if is_due and job.engine == "spark":
        _on_spark(job)
    try:
        if is_due and job.engine == "duckdb":
            write_sums("duckdb", _sources(job), job.known, Path(job.folder, SUMS))
        return _summary(job)
    except Unreadable as error:
        raise EngineCannotRead(str(error)) from None
    except Exception as error:
        told = f"{type(error).__name__}: {str(error)[:_TOLD]}"
        raise BuildFault(f"The items could not be added up: {told}") from error


def _summary(job: Job) -> Summary:
    from boardpack.subjects.items.engines import open_sums, rows_of
    from boardpack.subjects.items.epd_sums import ADDED, first_name, of_list, sums_table, total

    folder, sums = Path(job.folder), sums_table()
    listed = of_list(sums, job.known)
    asked = (
        total(sums, ("file", "month", "practice", "pco"), ADDED),
        first_name(listed, "bnf_code", "description"),
        first_name(sums, "practice", "practice_name"),
        total(listed, ("file", "snomed_code"), ("rows",)),
    )
    connection = open_sums(folder / SUMS, folder / "spill")
    try:
        practices, descriptions, names, codes = (
            tuple(sorted(rows_of(connection, one))) for one in asked
        )
    finally:
        connection.close()
    return Summary(practices, descriptions, names, _odd(codes))


def _odd(codes: Sequence[tuple[Any, ...]]) -> tuple[tuple[int, int], ...]:
    from boardpack.reading.snomed import is_snomed

    counts: dict[int, int] = {}
    for file, code, rows in codes:
        if code and not is_snomed(code):
            counts[file] = counts.get(file, 0) + rows
    return tuple(sorted(counts.items()))


def _sources(job: Job) -> list[Any]:
    from boardpack.subjects.items.engines import Source

    return [Source(**told) for told in job.sources]


def _on_spark(job: Job) -> None:
    """Write the sums on Spark, under the Python of the environment that has it."""
    python = os.environ.get(SPARK_PYTHON) or str(_SOURCE_TREE.parent / ".venv-spark/bin/python")
    if not Path(python).exists():
        raise BuildFault(
            "item_engine is spark, and there is no environment that has Spark. Make it as "
            f"docs/scale-items.md says, or name its Python in {SPARK_PYTHON}."
        )
    told = Path(job.folder, "job.json")
    told.write_text(json.dumps(asdict(job)), encoding="utf-8")
    done = subprocess.run(
        [python, "-m", __name__, str(told)],
        env={**os.environ, "PYTHONPATH": str(_SOURCE_TREE)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode == UNREADABLE:
        raise EngineCannotRead(done.stderr[-_TOLD:])
    if done.returncode:
        raise BuildFault(f"Spark could not add the items up: {done.stderr[-_TOLD:]}")


def main(told: Path) -> int:
    """Write the sums of the job that a file tells; the exit code says UNREADABLE."""
    from boardpack.subjects.items.engines import Unreadable, write_sums

    job = Job(**json.loads(told.read_text(encoding="utf-8")))
    try:
        write_sums(job.engine, _sources(job), job.known, Path(job.folder, SUMS))
    except Unreadable as error:
        sys.stderr.write(str(error))
        return UNREADABLE
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
