"""Whole papers of which a part is not there: no number rests on it, and no sentence speaks of it.

An amount column of an extract is emptied. What rested on it is known from the paper as it was: the
figures that are read from its cells, and all that is computed from them.
"""

from __future__ import annotations

import csv
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from written_paper import written

from boardpack.audit.recomputed import supplied_after_all, told_month
from boardpack.audit.second.headlines import differing, headlines
from boardpack.checks.absence import check_absence
from boardpack.errors import InputFaults
from boardpack.figures.chapters import NEEDS, compute
from boardpack.figures.formula import operands
from boardpack.figures.register import Register
from boardpack.paper.blocks import block_json
from demo_homes import paper_of_demo

MONTH, RAW = 7, Path("data/raw/2024-25/M07")
EMPTIED = (
    "ledger.ytd_budget",
    "ledger.ytd_actual",
    "ledger.annual_budget",
    "ledger.forecast_outturn",
    "prescribing_summary.cat_m_ncso",
    "prescribing_summary.prior_year",
    "prescribing_summary.ytd_budget",
    "prescribing_summary.annual_budget",
    "section75.icb",
    "section75.council_prior_year",
    "cash_drawdown.main_drawdown",
    "cash_drawdown.month_end_balance",
    "cash_drawdown.proportion_of_acdr",
    "programme_activity.m03",
)
REFUSED = (
    "allocations.amount",
    "savings_tracker.plan_m05",
    "savings_tracker.actual_m02",
    "savings_tracker.forecast_m11",
    "mhis_return.forecast_outturn",
    "chc_packages.weekly_rate",
    "provider_contracts.annual_forecast",
)
SHOWN = ("ledger.ytd_budget", "ledger.forecast_outturn", "prescribing_summary.cat_m_ncso")


NUMBER = re.compile(r'(?:"figure": "|⟦)([a-z0-9_.]+)')
"""A number in a block: it names its figure."""


@pytest.fixture(scope="module")
def home(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The month of the demonstration and what it needs, to be emptied cell by cell."""
    target = tmp_path_factory.mktemp("absent")
    shutil.copytree(demo / "params", target / "params")
    for part in ("data/reference", "data/raw/2024-25/M06", RAW):
        shutil.copytree(demo / part, target / part)
    return target


@pytest.fixture(scope="module")
def whole(home: Path) -> Register:
    """The month as it is, of which nothing is absent."""
    register = compute(paper_of_demo(home, MONTH), *NEEDS)
    assert register.absent == ()
    return register


@pytest.fixture
def emptied(request: pytest.FixtureRequest, home: Path) -> Iterator[str]:
    """A column of an extract without its amounts; the total that somebody keyed of it is gone."""
    name: str = request.param
    extract, column = name.split(".")
    kept = {file: (home / RAW / file).read_bytes() for file in (f"{extract}.csv", PROVENANCE)}
    change(home / RAW / f"{extract}.csv", lambda row: {**row, column: ""})
    keyed = lambda row: None if _is_of(row, extract, column) else row  # noqa: E731
    change(home / RAW / PROVENANCE, keyed)
    yield name
    for file, content in kept.items():
        (home / RAW / file).write_bytes(content)


PROVENANCE = "provenance.csv"


def _is_of(row: dict[str, str], extract: str, column: str) -> bool:
    return (row["file"], row["total_of"]) == (f"{extract}.csv", column)


def change(path: Path, to: object) -> None:
    with path.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines)
        rows = [to(row) for row in reader]  # type: ignore[operator]
        names = list(reader.fieldnames or ())
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, names)
        writer.writeheader()
        writer.writerows(row for row in rows if row is not None)


def resting_on(register: Register, name: str) -> set[str]:
    """The figures that are read from a column, and all that is computed from them."""
    extract, column = name.split(".")
    found: set[str] = set()
    for figure in register:
        cells = {(Path(c.cell.file).stem, c.cell.column) for c in figure.cells}
        if (extract, column) in cells or found.intersection(operands(figure.formula or "")):
            found.add(figure.id)
    return found


def still_resting(register: Register, gone: set[str]) -> list[str]:
    """The figures that were to go and are there: with a formula, it does not name one that is."""
    return [
        figure.id
        for figure in register
        if figure.id in gone
        and (figure.formula is None or gone.intersection(operands(figure.formula)))
    ]


@pytest.mark.parametrize("emptied", EMPTIED, indirect=True)
def test_no_figure_rests_on_a_column_without_amounts(
    emptied: str, home: Path, whole: Register
) -> None:
    gone = resting_on(whole, emptied)
    assert len(gone) > 4
    paper = paper_of_demo(home, MONTH)
    register = compute(paper, *NEEDS)
    assert still_resting(register, gone) == []
    checks = list(check_absence(register, paper))
    assert checks, "what is gone is told"
    for check in checks:
        assert (check.status, check.severity) == ("fail", "error")
        assert check.sentence.endswith(".")
    found = headlines(told_month(paper))
    listed = {figure.id: figure.to_json() for figure in (*register, *register.absent)}
    assert differing(found, {name: item["value"] for name, item in listed.items()}) == {}
    assert supplied_after_all(found, listed) == {}


@pytest.mark.parametrize("emptied", REFUSED, indirect=True)
def test_a_column_that_must_be_filled_is_refused(emptied: str, home: Path) -> None:
    with pytest.raises(InputFaults) as told:
        compute(paper_of_demo(home, MONTH), *NEEDS)
    assert {fault.file.rsplit("/", 1)[-1] for fault in told.value.faults} == {
        f"{emptied.split('.')[0]}.csv"
    }


@pytest.mark.parametrize("emptied", SHOWN, indirect=True)
def test_no_block_shows_or_says_what_rests_on_it(
    emptied: str, home: Path, whole: Register, tmp_path: Path
) -> None:
    gone = resting_on(whole, emptied)
    register, chapters = written(paper_of_demo(home, MONTH), tmp_path)
    left = {figure.id for figure in register}
    for name, blocks in chapters.items():
        for block in blocks:
            shown = set(NUMBER.findall(json.dumps(block_json(block), ensure_ascii=False))) & gone
            assert shown <= left, f"{name}, {block.id}: {shown - left}"
    said = json.dumps([block_json(block) for block in chapters["01_summary"]])
    assert re.search(r"[Nn]ot supplied", said)


def test_nothing_is_said_of_prescribing_data_that_a_body_does_not_have(
    home: Path, tmp_path: Path
) -> None:
    paper = paper_of_demo(home, MONTH)
    _, chapters = written(paper, tmp_path / "with")
    sentence = "Prescribing to date is"
    assert sentence in json.dumps([block_json(block) for block in chapters["01_summary"]])
    missing = "prescribing_summary.csv"
    run = home / "params" / "2024-25" / "M07.yml"
    words = run.with_suffix("") / "alderwick" / "commentary" / "prescribing.md"
    files = (home / RAW / missing, home / RAW / PROVENANCE, run, words)
    kept = {path: path.read_bytes() for path in files}
    (home / RAW / missing).unlink()
    words.unlink()
    change(home / RAW / PROVENANCE, lambda row: row if row["file"] != missing else None)
    said = run.read_text(encoding="utf-8")
    told = said.replace("not_supplied:\n", f"not_supplied:\n  {missing}: None.\n")
    run.write_text(told, encoding="utf-8")
    try:
        _, without = written(paper_of_demo(home, MONTH), tmp_path / "without")
    finally:
        for path, content in kept.items():
            path.write_bytes(content)
    assert sentence not in json.dumps([block_json(block) for block in without["01_summary"]])
