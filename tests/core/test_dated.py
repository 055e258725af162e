"""What is in force in a month: at the turns of entries, before the first and after the last."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from boardpack.core.dated import Dated, as_known, holds, in_force, in_turn
from boardpack.core.periods import Month, named_month


class Entry(Dated):
    """An entry with something that it says."""

    says: str


def entry(says: str, first: str | None = None, last: str | None = None) -> Entry:
    ends = {"from": first, "to": last}
    return Entry.model_validate({"says": says, **{k: v for k, v in ends.items() if v}})


ENTRIES = (
    entry("a", None, "2024-25 M06"),
    entry("b", "2024-25 M07", "2024-25 M12"),
    entry("c", "2025-26 M01"),
)


@pytest.mark.parametrize(
    ("month", "says"),
    [
        (Month(2020, 1), "a"),
        (Month(2024, 6), "a"),
        (Month(2024, 7), "b"),
        (Month(2024, 12), "b"),
        (Month(2025, 1), "c"),
        (Month(2031, 12), "c"),
    ],
)
def test_each_month_has_its_entry(month: Month, says: str) -> None:
    found = in_force(ENTRIES, month)
    assert found is not None
    assert found.says == says


def test_before_the_first_and_after_the_last_there_is_none() -> None:
    only = (entry("a", "2024-25 M02", "2024-25 M03"),)
    found = [in_force(only, Month(2024, n)) for n in (1, 2, 3, 4)]
    assert [one.says if one else None for one in found] == [None, "a", "a", None]


@pytest.mark.parametrize(("first", "last", "held"), [(7, 9, True), (8, 8, True), (9, None, False)])
def test_both_ends_are_included(first: int, last: int | None, held: bool) -> None:
    ends = (Month(2024, first), (last and Month(2024, last)) or None)
    assert holds(*ends, Month(2024, 8)) is held


def test_what_is_declared_later_is_not_known_before() -> None:
    before = as_known((entry("a"),), Month(2024, 6))
    assert as_known(ENTRIES, Month(2024, 6)) == before
    assert as_known(ENTRIES, Month(2024, 7)) != before


@pytest.mark.parametrize(
    ("entries", "told"),
    [
        ((), "at least one"),
        ((entry("a"), entry("b", "2024-25 M07")), "to: of every entry but the last"),
        ((entry("a", None, "2024-25 M06"), entry("b")), "from: of every but the first"),
        ((entry("a", None, "2024-25 M06"), entry("b", "2024-25 M08")), "from: 2024-25 M07"),
        ((entry("a", None, "2024-25 M06"), entry("b", "2024-25 M06")), "from: 2024-25 M07"),
        ((entry("a", "2024-25 M06", "2024-25 M05"),), "a month from 2024-25 M06 on"),
    ],
)
def test_gaps_overlaps_and_wrong_order_are_refused(entries: tuple[Entry, ...], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        in_turn(entries)


@pytest.mark.parametrize("text", ["M07", "2024/25 M07", "2024-25 M13", "2024-26 M07", "7"])
def test_a_month_is_written_with_its_year(text: str) -> None:
    assert named_month(text) is None
    with pytest.raises(ValidationError, match="2024-25 M07"):
        entry("a", text)
