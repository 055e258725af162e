"""DuckDB and Spark evaluate one expression and come to the same, to the last digit.

`scripts/test_spark.py` makes the environment that has Spark and runs these; it sets the variable
that names its Python, without which they are skipped.
"""

from __future__ import annotations

import csv
import io
import os
import random
from pathlib import Path

import pytest
from item_homes import item_folder

from boardpack.core.errors import InputFaults
from boardpack.subjects.items.epd_extract import Epd, read_epd
from boardpack.subjects.items.job import SPARK_PYTHON

pytestmark = pytest.mark.skipif(
    SPARK_PYTHON not in os.environ, reason="needs Spark: run scripts/test_spark.py"
)
PRACTICES = (
    "practice_code,practice_name,postcode,place,from,to,pcn\n"
    "X1,A,,Bromley,,,North\nX2,B,,Lambeth,,2023-03-31,South\n"
)
HEADER = (
    "YEAR_MONTH PCO_CODE PRACTICE_CODE PRACTICE_NAME BNF_CHEMICAL_SUBSTANCE_CODE "
    "BNF_PRESENTATION_CODE BNF_PRESENTATION_NAME SNOMED_CODE QUANTITY ITEMS TOTAL_QUANTITY NIC "
    "ACTUAL_COST"
).split()
BY = ("month", "place", "pcn", "practice", "chapter", "bnf_code", "snomed_code")


def _random_rows(chance: random.Random, count: int) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER)
    for _ in range(count):
        bnf = chance.choice(["0407010H0AAAMAM", "0407010H0AAABAB", "2101010A0BBABAB"])
        quantity, items = chance.randint(0, 500), chance.randint(1, 40)
        total = quantity * items + (chance.random() < 0.01)
        money = [f"{chance.randint(-(10**9), 10**14)}e-5" for _ in range(2)]
        writer.writerow(
            [
                *(chance.choice(["202306", "2023-07", "2023_07"]), chance.choice(["72Q00", ""])),
                *(chance.choice(["X1", " X2 ", "X9"]), chance.choice(["CAFÉ, THE", 'A "B"', "C"])),
                *(bnf[:9], bnf, chance.choice(["Tablets 500mg", "Tab, 500mg"])),
                *(chance.choice(["", "322236009", "29747011000001100"]), quantity, items, total),
                *(_digits(text) for text in money),
            ]
        )
    return out.getvalue()


def _digits(text: str) -> str:
    """`-12345e-5` as -0.12345."""
    sign, number = ("-", text[1:-3]) if text.startswith("-") else ("", text[:-3])
    padded = number.zfill(6)
    return f"{sign}{padded[:-5]}.{padded[-5:]}"


def _read(home: Path, engine: str, content: str | bytes, name: str = "epd.csv") -> Epd:
    folder = item_folder(home / engine, {name: content}, {"practices.csv": PRACTICES})
    report = folder.paper.report.model_copy(update={"item_engine": engine})
    folder.paper = folder.paper.model_copy(update={"report": report})
    return read_epd(folder)


def _both_agree(home: Path, content: str | bytes) -> Epd:
    by_duckdb, by_spark = (_read(home, engine, content) for engine in ("duckdb", "spark"))
    assert by_spark.sums(BY) == by_duckdb.sums(BY)
    assert by_spark.unknown == by_duckdb.unknown
    assert by_spark.outside == by_duckdb.outside
    assert by_spark.practice_sums == by_duckdb.practice_sums
    assert by_spark.descriptions == by_duckdb.descriptions
    assert by_spark.practice_names == by_duckdb.practice_names
    assert by_spark.notes == by_duckdb.notes
    return by_duckdb


@pytest.mark.parametrize("seed", [1, 2])
def test_random_items_come_to_the_same(tmp_path: Path, seed: int) -> None:
    epd = _both_agree(tmp_path, _random_rows(random.Random(seed), 5000))
    assert epd.row_count == 5000
    assert epd.notes


def test_titles_and_latin_1_come_to_the_same(tmp_path: Path) -> None:
    text = _random_rows(random.Random(3), 500)
    _both_agree(tmp_path / "latin", text.encode("latin-1"))
    _both_agree(tmp_path / "titles", f"A title\n\n{text}")


def test_faults_are_told_alike(tmp_path: Path) -> None:
    text = _random_rows(random.Random(4), 20) + ",".join(["x"] * len(HEADER)) + "\n"
    told = []
    for engine in ("duckdb", "spark"):
        with pytest.raises(InputFaults) as caught:
            _read(tmp_path, engine, text)
        told.append(str(caught.value))
    assert told[0] == told[1]
    assert "row 22, column ACTUAL_COST: found 'x'" in told[0]


def test_a_generated_month_comes_to_the_same(tmp_path: Path) -> None:
    _both_agree(tmp_path, _random_rows(random.Random(5), 200_000))
