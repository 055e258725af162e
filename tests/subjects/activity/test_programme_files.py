"""Programme files and indicative prices are read, or refused with what to do."""

from __future__ import annotations

from pathlib import Path

import pytest
from homes import PROJECT, copied_home

from boardpack.core.errors import InputFaults
from boardpack.core.params import load_paper
from boardpack.core.periods import parse_month
from boardpack.reading.folder import Folder
from boardpack.subjects.activity.indicative_prices_extract import (
    indicative_price,
    read_indicative_prices,
)
from boardpack.subjects.activity.programmes_extract import (
    FOLDER,
    Programme,
    read_programmes,
    specialty_code,
)

WHOLE = 'name: Breathing\nbnf_prefixes: ["03"]\n'
HEADER = "setting,specialty,financial_year,unit_price,source\n"
ROW = "outpatient,307 Diabetes Service,2023/24,131.00,Made up\n"


def folder_of(home: Path) -> Folder:
    return Folder(load_paper(home, parse_month("2023-24", "M06"), "bromley"))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return copied_home(PROJECT, tmp_path)


def told(home: Path, text: str, name: str = "breathing.yml") -> str:
    (home / FOLDER / name).write_text(text, encoding="utf-8")
    with pytest.raises(InputFaults) as caught:
        read_programmes(folder_of(home))
    return str(caught.value)


def test_the_project_names_one_programme() -> None:
    found = read_programmes(folder_of(PROJECT)).found
    assert list(found) == ["diabetes"]
    assert found["diabetes"].prefixes == ("0601",)
    assert found["diabetes"].counts("outpatient", "307 Diabetes Service")
    assert not found["diabetes"].counts("elective", "307 Diabetes Service")


def test_a_second_file_is_a_second_programme(home: Path) -> None:
    (home / FOLDER / "breathing.yml").write_text(WHOLE, encoding="utf-8")
    found = read_programmes(folder_of(home))
    assert (list(found.found), found.row_count) == (["breathing", "diabetes"], 2)


def test_no_folder_is_no_programme(tmp_path: Path) -> None:
    paper = load_paper(PROJECT, parse_month("2023-24", "M06"), "bromley")
    folder = Folder(paper.model_copy(update={"home": tmp_path}), corrections=())
    assert read_programmes(folder).found == {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (WHOLE + "bnf_prefix: x\n", "bnf_prefixes"),
        (WHOLE + "activity: {outpatients: ['307']}\n", "outpatient"),
        ("bnf_prefixes: ['03']\n", "name"),
        ("name: Breathing\nbnf_prefixes: ['3.1']\n", "06.01"),
        ("name: Breathing\nbnf_prefixes: [3]\n", 'in quotation marks: "3"'),
        ("name: Breathing\n", "something that the programme is made of"),
        ("name: [Breathing\n", "a bracket that is closed"),
    ],
)
def test_a_wrong_file_is_told_with_what_to_do(home: Path, text: str, expected: str) -> None:
    said = told(home, text)
    assert "params/programmes/breathing.yml" in said
    assert expected in said


def test_all_files_that_are_wrong_are_told_at_once(home: Path) -> None:
    (home / FOLDER / "other.yml").write_text("nome: x\n", encoding="utf-8")
    said = told(home, WHOLE, "Not a word.yml")
    assert "other.yml" in said
    assert "Rename the file" in said


@pytest.mark.parametrize(
    ("specialty", "code"),
    [
        ("307 Diabetes Service", "307"),
        ("04 - Diabetes", "04"),
        ("307", "307"),
        (" Eye  Care ", "eye care"),
    ],
)
def test_a_specialty_is_told_by_its_code(specialty: str, code: str) -> None:
    assert specialty_code(specialty) == code


def test_a_name_without_a_code_counts_itself() -> None:
    made = Programme(name="Eyes", activity={"elective": ["Eye care"]})
    assert made.counts("elective", "EYE CARE")
    assert not made.counts("elective", "Ear care")


def test_prices_are_found_by_code_and_year(home: Path) -> None:
    path = home / "data/reference/indicative_prices.csv"
    path.write_text(HEADER + ROW, encoding="utf-8")
    prices = read_indicative_prices(folder_of(home))
    found = indicative_price(prices, "outpatient", "307", "2023/24")
    assert found is not None
    assert (str(found.amount), found.cell.row, found.cell.column) == ("131.00", 2, "unit_price")
    assert indicative_price(prices, "outpatient", "307", "2022/23") is None
    assert indicative_price(prices, "elective", "307", "2023/24") is None
    assert read_indicative_prices(folder_of(PROJECT)).rows == ()


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (ROW.replace("131.00", "0"), "a price above nil"),
        (ROW.replace("131.00", "-5"), "a price above nil"),
        (ROW.replace("131.00", "dear"), "dear"),
        (ROW.replace("outpatient", "hospital"), "hospital"),
        (ROW + ROW.replace(" Diabetes Service", ""), "one price of a specialty in a year"),
        (ROW + ROW, "307 Diabetes Service"),
    ],
)
def test_a_price_that_is_none_is_refused(home: Path, rows: str, expected: str) -> None:
    path = home / "data/reference/indicative_prices.csv"
    path.write_text(HEADER + rows, encoding="utf-8")
    with pytest.raises(InputFaults) as caught:
        read_indicative_prices(folder_of(home))
    assert expected in str(caught.value)
