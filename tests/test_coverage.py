"""Every number of the month's extracts is a figure, and every printed table is in the extracts."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from boardpack.core.money import parse_amount
from boardpack.core.params import Paper
from boardpack.figures.figure import Figure
from boardpack.figures.register import Register
from boardpack.reading.cells import Cell
from boardpack.reading.extract import Extract, Row, Value
from boardpack.reading.folder import Folder
from boardpack.reading.readers import readers

# Amount columns that are no figures, by file, with the reason. There are none.
NOT_FIGURES: dict[tuple[str, str], str] = {}
# In this file `icb` is who pays, not a place.
FUNDERS = "section75.csv"
PLACES = ("bexley", "bromley", "greenwich", "lambeth", "lewisham", "southwark", "central", "icb")


def _extracts(paper: Paper) -> Iterator[Extract]:
    folder = Folder(paper)
    for read in readers().values():
        extract = read(folder)
        if isinstance(extract, Extract) and extract.file.startswith("data/raw/"):
            yield extract


def _values(paper: Paper) -> Iterator[tuple[Row, Value]]:
    for extract in _extracts(paper):
        for row in extract:
            for value in row.amounts.values():
                yield row, value


def _by_cell(register: Register) -> dict[Cell, list[Figure]]:
    found: dict[Cell, list[Figure]] = {}
    for figure in register:
        for item in figure.cells:
            found.setdefault(item.cell, []).append(figure)
    return found


def test_every_extract_file_has_a_reader(paper: Paper) -> None:
    read = {Path(extract.file).name for extract in _extracts(paper)}
    present = {path.name for path in paper.raw.glob("*.csv")}
    assert present - read == {"corrections.csv"}


def test_every_number_of_the_extracts_is_a_figure(paper: Paper, register: Register) -> None:
    figures = _by_cell(register)
    values = list(_values(paper))
    missing = [
        f"{value.cell.file} row {value.cell.row} {value.cell.column}: {value.cell.text}"
        for _, value in values
        if (Path(value.cell.file).name, value.cell.column) not in NOT_FIGURES
        and not any(
            figure.value in (value.amount, value.printed) for figure in figures.get(value.cell, ())
        )
    ]
    assert len(values) > 1900
    assert not missing, "\n".join(missing)


def test_a_figure_has_the_place_of_its_cell(paper: Paper, register: Register) -> None:
    figures = _by_cell(register)
    wrong = []
    for row, value in _values(paper):
        column = value.cell.column.removesuffix("_non_covid")
        is_place = column in PLACES and Path(value.cell.file).name != FUNDERS
        place = row.words.get("place") or (column if is_place else None)
        for figure in figures.get(value.cell, ()):
            if place is not None and figure.place != place:
                wrong.append(f"{figure.id}: {figure.place}, but the cell is of {place}")
    assert not wrong, "\n".join(wrong)


def test_a_figure_is_of_this_year_unless_its_cell_says_another(
    paper: Paper, register: Register
) -> None:
    pattern = re.compile(r"20\d\d/\d\d( M(0\d|1[0-2])| Q[1-4])?|20\d\d/\d\d-20\d\d/\d\d( M\d\d)?")
    wrong = [figure.id for figure in register if not pattern.fullmatch(figure.period)]
    assert not wrong, wrong[:20]


def _is_number(text: str) -> bool:
    try:
        parse_amount(text)
    except ValueError:
        return False
    return True


def _table_numbers(path: Path) -> list[str]:
    with path.open(encoding="utf-8") as file:
        rows = list(csv.reader(file))
    return [cell.strip() for row in rows[1:] for cell in row[2:] if _is_number(cell.strip())]


EXTRACTS_OF = {
    "T01": ["position"],
    "T02": ["place_savings"],
    "T03": ["borough_budget"],
    "T04": ["borough_budget"],
    "T05": ["programme_activity"],
    "T06": ["programme_activity"],
    "T07": ["programme_activity"],
    "T08": ["resource_limit"],
    "T09": ["key_indicators", "bppc"],
    "T10": ["budget_overview"],
    "T11": ["prescribing_summary"],
    "T12": ["prescribing_savings_plan"],
    "T13": ["prescribing_run_rate_drugs"],
    "T14": ["prescribing_savings_position"],
    "T15": ["chc_activity_price"],
    "T16": ["chc_high_cost"],
    "T17": ["efficiency_schemes"],
    "T18": ["corporate_costs"],
    "T19": ["cash_requirement"],
    "T20": ["cash_drawdown"],
    "T21": ["section75"],
}


@pytest.mark.parametrize("table", sorted(EXTRACTS_OF))
def test_every_printed_number_is_in_the_extracts(table: str, paper: Paper, reference: Path) -> None:
    (path,) = (reference / "m06-2023-24" / "tables").glob(f"{table}_*.csv")
    wanted = _table_numbers(path)
    held = []
    for name in EXTRACTS_OF[table]:
        with (paper.raw / f"{name}.csv").open(encoding="utf-8") as file:
            held += [cell.strip() for row in list(csv.reader(file))[1:] for cell in row]
    for text in wanted:
        assert text in held, f"{table} prints {text}, which no extract holds"
        held.remove(text)
    assert wanted
