"""The practice list: places by name or slug, stays in time, what is closed."""

from __future__ import annotations

from pathlib import Path

import pytest
from item_homes import item_folder

from boardpack.core.errors import InputFaults
from boardpack.core.periods import Month
from boardpack.reading.extract import Extract
from boardpack.subjects.items.practices_extract import practice_places, read_practices

HEADER = "practice_code,practice_name,postcode,place,from,to\n"


def _read(home: Path, rows: str) -> Extract:
    return read_practices(item_folder(home, {}, {"practices.csv": HEADER + rows}))


def test_a_place_stands_as_its_name_or_its_slug(tmp_path: Path) -> None:
    rows = "X1,A Surgery,,Bromley,,\nX2,B Surgery,,lambeth,1974-04-01,\nX3,C,,central,,\n"
    extract = _read(tmp_path, rows)
    assert [row["place"] for row in extract] == ["bromley", "lambeth", "central"]
    assert extract.sha256


def test_a_practice_is_where_it_was_in_the_month(tmp_path: Path) -> None:
    rows = (
        "X1,A,,Bromley,2010-04-01,2023-05-31\n"
        "X1,A,,Bexley,2023-06-01,\n"
        "X2,B,,Lambeth,2015-01-01,2020-03-31\n"
    )
    places = practice_places(_read(tmp_path, rows))
    assert places.codes == {"X1", "X2"}
    assert places.place("X1", Month(2023, 2)) == ("bromley", True)
    assert places.place("X1", Month(2023, 3)) == ("bexley", True)
    assert places.place("X2", Month(2023, 3)) == ("lambeth", False)
    assert places.place("X2", Month(2010, 1)) == ("lambeth", False)


def test_all_that_is_wrong_with_a_list_is_told_at_once(tmp_path: Path) -> None:
    rows = "X1,A,,Bromely,,\nX2,B,,Nowhere,,\n"
    with pytest.raises(InputFaults) as caught:
        _read(tmp_path, rows)
    assert [fault.row for fault in caught.value.faults] == [2, 3]
    assert "Did you mean 'Bromley'?" in str(caught.value)


def test_a_practice_in_two_places_at_once_is_refused(tmp_path: Path) -> None:
    rows = (
        "X1,A,,Bromley,2010-04-01,\nX1,A,,Bexley,2020-06-01,\nX2,B,,Bexley,2020-06-01,2019-01-01\n"
    )
    with pytest.raises(InputFaults) as caught:
        _read(tmp_path, rows)
    told = str(caught.value)
    assert "row 3, column practice_code: found 'X1'; expected a practice in one place" in told
    assert "row 4, column to: expected an opening before the closing" in told


def test_a_home_without_a_list_gives_an_empty_one(tmp_path: Path) -> None:
    extract = read_practices(item_folder(tmp_path, {}))
    assert (extract.rows, extract.sha256) == ((), "")
