"""What floors look up in the rooms of the subjects is there."""

from __future__ import annotations

import pytest

from boardpack.core.rooms import SUBJECTS, found, modules
from boardpack.figures.chapters import METHODS
from boardpack.reading.readers import readers
from boardpack.reading.schedule_reading import MAKERS
from boardpack.schedules.load import own_schedules


@pytest.mark.parametrize(("chapter", "module"), METHODS.items())
def test_the_method_of_a_chapter_stands_where_it_is_said_to_stand(
    chapter: str, module: str
) -> None:
    assert callable(found(module, f"{chapter}_figures"))


@pytest.mark.parametrize(("schedule", "module"), MAKERS.items())
def test_what_makes_a_schedule_of_lines_stands_where_it_is_said_to_stand(
    schedule: str, module: str
) -> None:
    assert callable(found(module, f"make_{schedule}"))


def test_every_schedule_that_is_made_of_lines_has_what_makes_it() -> None:
    made = {name for name, one in own_schedules().items() if one.made_from}
    assert made == MAKERS.keys()


def test_a_reader_is_found_by_its_name_in_a_module_of_extracts() -> None:
    names = {
        module.__name__.removeprefix(f"{SUBJECTS}.") for module in modules(SUBJECTS, "extract")
    }
    assert {"chc.packages_extract", "items.epd_extract", "actions.extract"} <= names
    known = readers()
    assert {"chc_packages", "epd", "actions", "ledger", "position"} <= known.keys()
    assert "database" not in known
