"""How fast, and in how much memory, items are added up, beside the same calculation in pandas.

Rows are made up, laid out and as wide as the English Prescribing Dataset. Each way runs in a
process of its own and is given the same file. What is timed is the whole: start, imports, hashing,
reading, checking and adding up. pandas reads the columns that it needs in one go and uses floats,
which is faster than it would be with decimals; boardpack is exact.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
WAYS = ("boardpack CSV", "boardpack Parquet", "pandas CSV")
SIZES = (1, 3, 6, 18)
MONTHS, OF_THE_ICB = 36, 400_000
MILLION = 1_000_000
LIMIT_GIB = 4
SEED = 20240731
_MADE = """
SELECT {month} AS YEAR_MONTH, 'NORTH EAST AND YORKSHIRE' AS REGIONAL_OFFICE_NAME,
  'Y63' AS REGIONAL_OFFICE_CODE, 'AN EXAMPLE INTEGRATED CARE BOARD' AS ICB_NAME, 'QZZ' AS ICB_CODE,
  'AN EXAMPLE INTEGRATED CARE BOARD - 72Q' AS PCO_NAME, 'P' || p % {pcos} AS PCO_CODE,
  'EXAMPLE SURGERY ' || p AS PRACTICE_NAME, 'X' || lpad(p::VARCHAR, 5, '0') AS PRACTICE_CODE,
  '1 EXAMPLE STREET' AS ADDRESS_1, 'EXAMPLE HEALTH CENTRE' AS ADDRESS_2, 'EXAMPLETON' AS ADDRESS_3,
  'EXAMPLESHIRE' AS ADDRESS_4, 'ZZ99 3AA' AS POSTCODE, b[:9] AS BNF_CHEMICAL_SUBSTANCE_CODE,
  'Example substance ' || d % 2000 AS BNF_CHEMICAL_SUBSTANCE, b AS BNF_PRESENTATION_CODE,
  'Example presentation ' || d || ' 500mg tablets' AS BNF_PRESENTATION_NAME,
  '04: Central Nervous System' AS BNF_CHAPTER_PLUS_CODE, q AS QUANTITY, n AS ITEMS,
  q * n AS TOTAL_QUANTITY, '0' AS ADQ_USAGE, (c / 100)::DECIMAL(12, 2) AS NIC,
  (c * 937 / 100000)::DECIMAL(12, 5) AS ACTUAL_COST, 'N' AS UNIDENTIFIED, '322236009' AS SNOMED_CODE
FROM (SELECT d, p, n, q, c, lpad((1 + d % 21)::VARCHAR, 2, '0') || lpad(d::VARCHAR, 5, '0')
        || 'A0AAAAAA' AS b
  FROM (SELECT hash(i, 1 + {seed}) % {practices} AS p, hash(i, 2 + {seed}) % 20000 AS d,
      1 + hash(i, 3 + {seed}) % 40 AS n, 7 * (1 + hash(i, 4 + {seed}) % 24) AS q,
      (50 + hash(i, 5 + {seed}) % 20000)::DECIMAL(12, 0) AS c
    FROM range({rows}) rows(i)))
"""
_PANDAS = ("YEAR_MONTH", "PRACTICE_CODE", "BNF_PRESENTATION_CODE", "SNOMED_CODE")
_AMOUNTS = ("ITEMS", "TOTAL_QUANTITY", "NIC", "ACTUAL_COST")


def main() -> None:
    """Time every way at every size, and print the table, the ratios and the slope."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="*", default=SIZES, help="millions of rows")
    parser.add_argument("--no-icb", action="store_true", help="leave 36 months of one ICB out")
    parser.add_argument("--way", choices=WAYS, help=argparse.SUPPRESS)
    parser.add_argument("--home", type=Path, help=argparse.SUPPRESS)
    told = parser.parse_args()
    if told.way:
        _one(told.way, told.home)
        return
    print(f"{platform.platform()}, Python {platform.python_version()}, {os.cpu_count()} cores")
    print(f"{'rows':>12} {'what':<14} {'way':<18} {'s':>7} {'CPU s':>7} {'rows/s':>10} {'GiB':>6}")
    times = [_national(size) for size in told.sizes]
    if not told.no_icb:
        _all_ways("ICB, 36 months", MONTHS * OF_THE_ICB, MONTHS, practices=200, pcos=1)
    if len(times) > 1:
        _slope(told.sizes, times)


def _national(size: int) -> float:
    return _all_ways("nation, 1 month", size * MILLION, 1, practices=7000, pcos=42)


def _all_ways(what: str, rows: int, months: int, practices: int, pcos: int) -> float:
    """Every way on the same made-up rows; the seconds of the first."""
    with tempfile.TemporaryDirectory(prefix="boardpack-bench-") as folder:
        home = _home(Path(folder), rows, months, practices, pcos)
        seconds, found = [], []
        for way in WAYS:
            _lay_out(home, way)
            measured = _measured(way, home)
            seconds.append(measured["seconds"])
            found.append(measured["cost"])
            print(
                f"{rows:>12,} {what:<14} {way:<18} {measured['seconds']:>7.1f} "
                f"{measured['cpu']:>7.1f} {rows / measured['seconds']:>10,.0f} "
                f"{measured['gib']:>6.2f}",
                flush=True,
            )
            if way.startswith("boardpack") and measured["gib"] > LIMIT_GIB:
                sys.exit(f"{way} needed more than {LIMIT_GIB} GiB")
        if found[0] != found[1] or abs(float(found[0]) - float(found[2])) > 1:
            sys.exit(f"the ways do not agree: {found}")
        print(f"{'':>12} pandas / boardpack CSV: {seconds[2] / seconds[0]:.2f} times as long")
    return float(seconds[0])


def _home(home: Path, rows: int, months: int, practices: int, pcos: int) -> Path:
    """A home whose Month 6 holds made-up items, as CSV and as Parquet, of the practices of P0."""
    import duckdb

    shutil.copytree(PROJECT / "params", home / "params")
    raw = home / "data/raw/2023-24/M06"
    raw.mkdir(parents=True)
    (home / "made").mkdir()
    for number in range(months):
        at = 2020 * 12 + 7 + number + (36 - months)
        options = {"practices": practices, "pcos": pcos, "rows": rows // months}
        month = f"'{at // 12}{at % 12 + 1:02d}'"
        select = _MADE.format(month=month, seed=SEED + 10 * number, **options)
        with duckdb.connect(config={"memory_limit": "1GB", "threads": 2}) as connection:
            parquet = home / "made" / f"epd_{number:02d}.parquet"
            connection.execute(f"COPY ({select}) TO '{parquet}' (FORMAT parquet)")
            csv = home / "made" / f"epd_{number:02d}.csv"
            connection.execute(f"COPY (FROM '{parquet}') TO '{csv}' (FORMAT csv, HEADER)")
    listed = (f"X{n:05d},Surgery {n},,Bromley,," for n in range(0, practices, pcos))
    _write_lines(home / "data/reference/practices.csv", listed)
    return home


def _write_lines(path: Path, lines: Iterable[str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    header = "practice_code,practice_name,postcode,place,from,to"
    path.write_text("\n".join((header, *lines)) + "\n", encoding="utf-8")


def _lay_out(home: Path, way: str) -> None:
    """Only the files of one form stand in the month's folder."""
    raw = home / "data/raw/2023-24/M06"
    for old in raw.iterdir():
        old.unlink()
    for made in sorted((home / "made").glob("*.parquet" if "Parquet" in way else "*.csv")):
        (raw / made.name).hardlink_to(made)


def _measured(way: str, home: Path) -> dict[str, float]:
    """One way in a process of its own: seconds, CPU seconds, the peak memory of all processes."""
    began = time.perf_counter()
    this = [sys.executable, __file__, "--way", way, "--home", str(home)]
    said = subprocess.run(this, check=True, capture_output=True, text=True).stdout
    seconds = time.perf_counter() - began
    return {"seconds": seconds, **json.loads(said.splitlines()[-1])}


def _one(way: str, home: Path) -> None:
    cost = _in_pandas(home) if way.startswith("pandas") else _in_boardpack(home)
    own, child = (resource.getrusage(w) for w in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    cpu = own.ru_utime + own.ru_stime + child.ru_utime + child.ru_stime
    gib = (own.ru_maxrss + child.ru_maxrss) / (1 << 20)  # together at worst: the child is a fork
    print(json.dumps({"cost": cost, "cpu": cpu, "gib": gib}))


def _in_boardpack(home: Path) -> str:
    from boardpack.core.params import load_paper
    from boardpack.core.periods import parse_month
    from boardpack.reading.folder import Folder
    from boardpack.subjects.items.epd_extract import read_epd

    epd = read_epd(Folder(load_paper(home, parse_month("2023-24", "M06")), corrections=()))
    sums = epd.sums(("month", "place", "bnf_code", "snomed_code"))
    return str(sum(one.actual_cost for one in sums.values()))


def _in_pandas(home: Path) -> str:
    import pandas as pd

    texts = dict.fromkeys(_PANDAS, "string")
    files = sorted((home / "data/raw/2023-24/M06").glob("*.csv"))
    columns = (*_PANDAS, "PCO_CODE", "BNF_PRESENTATION_NAME", "QUANTITY", *_AMOUNTS)
    rows = pd.concat(pd.read_csv(file, usecols=columns, dtype=texts) for file in files)
    rows["breach"] = rows["QUANTITY"] * rows["ITEMS"] != rows["TOTAL_QUANTITY"]
    practices = pd.read_csv(home / "data/reference/practices.csv")["practice_code"]
    listed = rows[rows["PRACTICE_CODE"].isin(practices)]
    sums = listed.groupby(list(_PANDAS))[list(_AMOUNTS)].sum()
    rows.groupby(["YEAR_MONTH", "PRACTICE_CODE", "PCO_CODE"])[["breach", *_AMOUNTS]].sum()
    listed.groupby("BNF_PRESENTATION_CODE")["BNF_PRESENTATION_NAME"].min()
    return str(sums["ACTUAL_COST"].sum())


def _slope(sizes: Iterable[int], seconds: list[float]) -> None:
    """The least squares line through sizes and seconds, and what it says of ten times the size."""
    x = list(sizes)
    mean_x, mean_y = sum(x) / len(x), sum(seconds) / len(seconds)
    over = sum((a - mean_x) ** 2 for a in x)
    slope = sum((a - mean_x) * (b - mean_y) for a, b in zip(x, seconds, strict=True)) / over
    start = mean_y - slope * mean_x
    ten = 10 * max(x)
    print(f"{start:.1f} s + {slope:.2f} s for each million rows (CSV)")
    print(f"On paper, {ten} million rows: {(start + slope * ten) / 60:.1f} minutes")


if __name__ == "__main__":
    main()
