"""Every parameter is held to its kind and its range, and refused in our words with its line."""

from __future__ import annotations

import copy
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from boardpack.core.errors import Fault, InputFaults
from boardpack.core.parameter_files import Strict, held_text
from boardpack.core.params import load_paper
from boardpack.core.periods import parse_month
from boardpack.core.report import ReportFile
from boardpack.core.run import Run
from boardpack.reading.layouts import Layouts
from boardpack.render.all_parameters import load_with_others
from boardpack.subjects.activity.programmes_extract import Programme

PROJECT = Path(__file__).resolve().parents[1]
MONTH = parse_month("2023-24", "M06")
REPORT, RUN = "params/report.yml", "params/2023-24/M06.yml"

MORE_REPORT = """
chc_funded_inflation_percent: 1.8
savings_delivery_percent: {agreed: 2023-04-30, low: 95, medium: 75, high: 40}
savings_quarter_percent: [10, 25, 30, 35]
budget_holders: {Place Director: [position]}
illustrative: true
item_engine: duckdb
changes: [{from: 2023-24 M04, place: bexley, into: bromley, why: Merged.}]
"""
MORE_RUN = """
audited: true
not_supplied: {mhis.csv: Late.}
unchanged: {risks.csv: Reviewed.}
"""
LAYOUTS = """
extracts:
  ledger:
  - {headings: {actual: [Actual]}, sheet: Data, scale: thousands, reversed: [actual],
     debit: positive, dates: day first, totals: [Sum], months_in_arrears: 1, to: 2023-24 M03}
  - {from: 2023-24 M04}
"""
TEXTS: dict[type[Strict], str] = {
    ReportFile: re.sub(
        "(?m)^chc_funded.*$", "", (PROJECT / REPORT).read_text(encoding="utf-8")
    ).replace("  bexley: Bexley\n", "  bexley: {name: Bexley, also: [Old]}\n")
    + MORE_REPORT,
    Run: (PROJECT / RUN)
    .read_text(encoding="utf-8")
    .replace(
        "waivers: []",
        "waivers: [{check: a, reason: b, owner_role: c, expires: 2023-12-31}]",
    )
    + MORE_RUN,
    Layouts: LAYOUTS,
    Programme: (PROJECT / "params/programmes/diabetes.yml").read_text(encoding="utf-8"),
}
WRONG = (7, -1, 1.5, "yes", "010", "1,000", True, None, [], ["yes"], [3], {}, {"zz": "1"}, " ")
FOREIGN = re.compile(
    r"Input should|pydantic|unable to|NoneType|instance|<class|Decimal|\bdict|\btuple|\bstring"
    r"|\bboolean|\binteger|Value error|None\b|True\b|\bextra\b|tag:yaml|valid ",
)
"""Words of the libraries that read and check."""


def _ways(said: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every value and group of a file."""
    if way:
        yield way
    if isinstance(said, dict | list):
        for key, value in said.items() if isinstance(said, dict) else enumerate(said):
            yield from _ways(value, (*way, key))


def _with(said: Any, way: tuple[Any, ...], value: Any) -> Any:
    changed = copy.deepcopy(said)
    group = changed
    for part in way[:-1]:
        group = group[part]
    group[way[-1]] = value
    return changed


@pytest.mark.parametrize("model", TEXTS, ids=lambda model: model.__name__)
def test_no_wrong_value_is_told_in_the_words_of_a_library(model: type[Strict]) -> None:
    text = TEXTS[model]
    assert held_text(text, "x.yml", model)[1] == ()
    said = yaml.safe_load(text)
    refused = 0
    for way in _ways(said):
        for value in WRONG:
            changed = yaml.safe_dump(_with(said, way, value), sort_keys=False)
            for fault in held_text(changed, "x.yml", model)[1]:
                refused += 1
                assert not FOREIGN.search(f"{fault.expected}. {fault.remedy}"), (way, value, fault)
                assert fault.row, (way, value, fault)
    assert refused > 3 * len(list(_ways(said)))


def _changed(home: Path, file: str, old: str, new: str) -> None:
    path = home / file
    text = path.read_text(encoding="utf-8")
    assert old in text, old
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    shutil.copytree(PROJECT / "params", tmp_path / "params")
    return tmp_path


def _faults(home: Path) -> tuple[Fault, ...]:
    with pytest.raises(InputFaults) as refused:
        load_paper(home, MONTH)
    return refused.value.faults


@pytest.mark.parametrize(
    ("file", "old", "new", "column", "value", "expected"),
    [
        (REPORT, "rate: 1500", "rate: 01500", "high_cost_weekly_rate", "01500", "a number"),
        (REPORT, "rate: 1500", "rate: '1500'", "high_cost_weekly_rate", "1500", "a number"),
        (REPORT, "rate: 1500", "rate: £1500", "high_cost_weekly_rate", "£1500", "a number"),
        (REPORT, "rate: 1500", "rate: 150000", "high_cost_weekly_rate", "150000", "at most 20,000"),
        (REPORT, "rate: 1500", "rate: 99", "high_cost_weekly_rate", "99", "at least 100"),
        (REPORT, "rate: 1500", "rate:", "high_cost_weekly_rate", "", "a number"),
        (REPORT, "amount: 100000", "amount: 0", "materiality.amount", "0", "above 0"),
        (REPORT, "amount: 100000", "amount: 1e5", "materiality.amount", "1e5", "a number"),
        (REPORT, "percent: 95", "percent: 100.1", "bppc_percent", "100.1", "at most 100"),
        (REPORT, "percent: 95", "percent: -1", "bppc_percent", "-1", "at least 0"),
        (REPORT, "percent: 95", "percent: 95%", "bppc_percent", "95%", "a number"),
        (REPORT, "lowest: 1,", "lowest: 1.5,", "small_numbers.lowest", "1.5", "a whole number"),
        (REPORT, "lowest: 1,", "lowest: true,", "small_numbers.lowest", "true", "a whole number"),
        (REPORT, "lowest: 1,", "lowest: 8,", "small_numbers", "a group", "highest of 8 or more"),
        (REPORT, "red: 2", "red: 0.4", "rag", "a group", "red at 0.5 or more"),
        (REPORT, "place: bromley", "place: bromly", "default_place", "bromly", "a known place"),
        (REPORT, "  acute_services", "  Acute", "directorates.Acute", "Acute", "small letters"),
        (REPORT, "  acute_services", "  total", "directorates.total", "total", "another name"),
        (
            REPORT,
            "\n  bexley: Bexley\n",
            "\n  central: Bexley\n",
            "places.central",
            "central",
            "an",
        ),
        (REPORT, "name: South", "name: 7 #", "icb_name", "7", "text"),
        (RUN, "of_data: 4", "of_data: 7", "prescribing_months_of_data", "7", "at most 6"),
        (RUN, "of_data: 4", "of_data: -1", "prescribing_months_of_data", "-1", "at least 0"),
        (
            RUN,
            "board_date: 2023-11-23",
            "board_date: 2023-11-31",
            "board_date",
            "2023-11-31",
            "a day",
        ),
        (RUN, "board_date: 2023-11-23", "board_date: 20231123", "board_date", "20231123", "a day"),
        (RUN, "board_date: 2023-11-23", "board_date: 23/11/2023", "board_date", "23/11/2023", "a"),
        (
            RUN,
            "board_date: 2023-11-23",
            "board_date: 2023-10-30",
            "board_date",
            "2023-10-30",
            "from 2023-10-31 on",
        ),
        (
            RUN,
            "board_date: 2023-11-23",
            "board_date: 2032-11-23",
            "board_date",
            "2032-11-23",
            "two years",
        ),
        (
            RUN,
            "data_cut: 2023-10-31",
            "data_cut: 2023-09-29",
            "data_cut",
            "2023-09-29",
            "from 2023-09-30 on",
        ),
        (RUN, "12:00:00Z", "12:00:00", "data_cut", "2023-10-31T12:00:00", "with its zone"),
        (RUN, "status: draft", "status: drafted", "status", "drafted", "one of draft, released"),
        (RUN, "[M05, M04]", "[M5, M04]", "compare_with", "[M5, M04]", "months of this year as M05"),
        (RUN, "[M05, M04]", "[M04, M05]", "compare_with", "[M04, M05]", "the latest month first"),
        (RUN, "[M05, M04]", "[M13]", "compare_with", "[M13]", "months of this year as M05"),
        (RUN, "waivers: []", "waivers: yes", "waivers", "yes", "a list"),
        (
            RUN,
            "    bromley: Ass",
            "    bromly: Ass",
            "cover.author_roles.bromly",
            "bromly",
            "a known place",
        ),
        (RUN, "risks: Set out", "risks: '' #", "cover.risks", "", "text that is not empty"),
        (RUN, "purpose: information", "purpose: yes", "cover.purpose", "yes", "one of information"),
    ],
)
def test_a_wrong_value_is_told_with_its_line(
    home: Path, file: str, old: str, new: str, column: str, value: str, expected: str
) -> None:
    _changed(home, file, old, new)
    fault = next(one for one in _faults(home) if one.column == column)
    lines = (home / file).read_text(encoding="utf-8").splitlines()
    assert fault.file == file
    assert expected in fault.expected
    assert fault.value == value
    assert fault.row is not None
    assert column.rsplit(".", 1)[-1] in lines[fault.row - 1]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("rate: 1500", "rate: 100"),
        ("rate: 1500", "rate: 20000"),
        ("percent: 95", "percent: 0"),
        ("percent: 95", "percent: 100"),
        ("lowest: 1,", "lowest: 7,"),
        ("red: 2", "red: 0.5"),
        ("amount: 100000", "amount: 0.01"),
    ],
)
def test_a_range_includes_its_ends(home: Path, old: str, new: str) -> None:
    _changed(home, REPORT, old, new)
    assert load_paper(home, MONTH)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("2023-10-31T12:00:00Z", "2023-09-30"),
        ("2023-10-31T12:00:00Z", "2023-11-23"),
        ("2023-10-31T12:00:00Z", "'2023-10-31'"),
        ("2023-10-31T12:00:00Z", "2023-10-31 12:00+00:00"),
        ("board_date: 2023-11-23", "board_date: '2023-11-23'"),
        ("board_date: 2023-11-23", "board_date: 2023-10-31"),
        ("board_date: 2023-11-23", "board_date: 2025-09-29"),
        ("of_data: 4", "of_data: 0"),
        ("of_data: 4", "of_data: 6"),
        ("conflicts_of_interest: Not applicable.", "conflicts_of_interest: No"),
    ],
)
def test_what_is_right_passes(home: Path, old: str, new: str) -> None:
    _changed(home, RUN, old, new)
    assert load_paper(home, MONTH)


def test_a_day_alone_is_its_noon_wherever_it_is_read(home: Path) -> None:
    before = load_paper(home, MONTH).run.data_cut
    _changed(home, RUN, "2023-10-31T12:00:00Z", "2023-10-31")
    assert load_paper(home, MONTH).run.data_cut == before


def test_the_number_after_a_comma_is_no_parameter(home: Path) -> None:
    _changed(home, REPORT, "amount: 100000", "amount: 100,000")
    assert [(f.column, f.remedy) for f in _faults(home)] == [
        ("materiality.000", "Write a number without commas: 100000.")
    ]


@pytest.mark.parametrize(
    ("delivery", "is_right"),
    [("95, 75, 40", True), ("75, 75, 75", True), ("75, 95, 40", False), ("95, 40, 75", False)],
)
def test_no_more_is_counted_on_at_a_higher_risk(home: Path, delivery: str, is_right: bool) -> None:
    low, medium, high = delivery.split(", ")
    said = f"{{agreed: 2023-04-30, low: {low}, medium: {medium}, high: {high}}}"
    with (home / REPORT).open("a", encoding="utf-8") as file:
        file.write(f"savings_delivery_percent: {said}\n")
    if is_right:
        assert load_paper(home, MONTH)
    else:
        assert [fault.column for fault in _faults(home)] == ["savings_delivery_percent"]


def test_a_name_without_a_value_is_told_and_not_taken_for_none(home: Path) -> None:
    _changed(home, REPORT, "chc_funded_inflation_percent: 1.8", "chc_funded_inflation_percent:")
    (fault,) = _faults(home)
    assert (fault.column, fault.expected) == ("chc_funded_inflation_percent", "a value")


def test_all_faults_of_all_parameter_files_are_told_at_once(home: Path) -> None:
    _changed(home, REPORT, "default_place: bromley", "default_plaice: bromley")
    _changed(home, REPORT, "percent: 95", "percent: 950")
    _changed(home, REPORT, "central_name:", "icb_name: Twice\ncentral_name:")
    _changed(home, RUN, "2023-11-23", "2023-02-30")
    _changed(home, RUN, "[M05, M04]", "[M07]")
    _changed(home, "params/programmes/diabetes.yml", '["04"]', "[4]")
    (home / "params/layouts.yml").write_text("extracts: {ledger: {scale: pence}}\n", "utf-8")
    with pytest.raises(InputFaults) as refused:
        load_with_others(home, MONTH)
    assert {(fault.file, fault.column) for fault in refused.value.faults} == {
        (REPORT, "default_place"),
        (REPORT, "default_plaice"),
        (REPORT, "bppc_percent"),
        (REPORT, "icb_name"),
        (RUN, "board_date"),
        ("params/programmes/diabetes.yml", "activity.elective.0"),
        ("params/programmes/diabetes.yml", "activity.non_elective.0"),
        ("params/layouts.yml", "extracts.ledger.scale"),
    }
