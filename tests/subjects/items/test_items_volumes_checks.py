"""Months of items beside each other, case by case: what is asked, how, and what is not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

import pytest

from boardpack.checks import Check
from boardpack.core.periods import Month
from boardpack.subjects.items import volumes_checks as item_volumes
from boardpack.subjects.items.epd_added import AddedFile
from boardpack.subjects.items.epd_extract import NO_ROWS, Epd
from boardpack.subjects.items.practices_extract import PracticePlaces, Stay
from boardpack.subjects.items.sums import ItemSums
from boardpack.subjects.items.volumes_checks import (
    COPIED,
    DISCOUNT,
    PRACTICES,
    TWICE,
    VOLUME,
    check_item_volumes,
    weekdays,
)

APRIL, MAY, JUNE, JULY = (Month(2023, number) for number in (1, 2, 3, 4))
DAYS = {APRIL: 20, MAY: 23, JUNE: 22, JULY: 21}
"""The weekdays of each month."""
Items = Mapping[Month, Mapping[str, ItemSums]]
OPEN = {code: (Stay("north", None, None),) for code in ("X1", "X2", "X3")}
NAMES = (("X1", "High Street"), ("X2", "Station Road"))


def of(items: int, nic: str, cost: str = "") -> ItemSums:
    """What a practice came to; without a cost it is nine tenths of the net ingredient cost."""
    spent = Decimal(cost) if cost else Decimal(nic) * 9 / 10
    return ItemSums(items, items, Decimal(items), Decimal(nic), spent)


def month_of(days: str, each: int = 100) -> ItemSums:
    """So many items on each of so many days, at ten pounds, less a tenth."""
    items = Decimal(days) * each
    return of(int(items), str(items * 10))


FITTING = {month: {"X1": month_of(str(days))} for month, days in DAYS.items()}
"""A practice with as much on every weekday of four months."""


def epd_of(months: Items, files: Mapping[Month, str] | None = None) -> Epd:
    """Items as they are added up, all in one file, or some months in another."""
    held = {month: (files or {}).get(month, "raw/epd.csv") for month in months}
    added = tuple(
        AddedFile(
            file, "", tuple(m for m in held if held[m] == file), (), NO_ROWS, NO_ROWS, NO_ROWS
        )
        for file in dict.fromkeys(held.values())
    )
    sums = {(month, code): one for month, ones in months.items() for code, one in ones.items()}
    return Epd("raw/epd.csv", "", added, sums, practice_names=NAMES)


@pytest.fixture
def repeats(monkeypatch: pytest.MonkeyPatch) -> dict[Month, dict[str, int]]:
    """The practices whose rows repeat, which the engine would find: to be filled by a case."""
    found: dict[Month, dict[str, int]] = {}
    monkeypatch.setattr(item_volumes, "practices_repeated", lambda epd: found if epd.months else {})
    return found


def checks(
    months: Items,
    stays: Mapping[str, tuple[Stay, ...]] = OPEN,
    files: Mapping[Month, str] | None = None,
) -> list[Check]:
    """What is asked of these months."""
    return list(check_item_volumes(epd_of(months, files), PracticePlaces(stays)))


def opened(found: Sequence[Check]) -> dict[str, Check]:
    return {check.id: check for check in found if check.is_open}


@pytest.mark.usefixtures("repeats")
def test_what_is_asked_of_months_that_fit() -> None:
    found = checks(FITTING)
    slugs = [f"2023_24_m0{number}" for number in (1, 2, 3, 4)]
    assert [check.id for check in found] == [
        "extracts.epd.twice",
        "extracts.epd.copied",
        *(f"extracts.epd.volume.{slug}" for slug in slugs),
        *(f"extracts.epd.discount.{slug}" for slug in slugs),
        "plausible.practices",
    ]
    assert {(check.status, check.sentence, check.cause) for check in found} == {("pass", "", "")}
    assert [check.severity for check in found] == ["error"] * 10 + ["warning"]
    titles = [check.title for check in found]
    assert titles[:3] == [
        f"{TWICE.title}: epd.csv",
        f"{COPIED.title}: epd.csv",
        f"{VOLUME.title}: epd.csv, April 2023",
    ]
    assert titles[-2:] == [f"{DISCOUNT.title}: epd.csv, July 2023", f"{PRACTICES.title}: epd.csv"]


TWO = {"X1": of(600, "6000"), "X2": of(400, "5000")}


@pytest.mark.parametrize(
    ("practices", "said"),
    [
        ({"X1": 2, "X2": 2}, "twice: £9,900 is counted where £4,950 was prescribed."),
        ({"X1": 3, "X2": 3}, "three times: £9,900 is counted where £3,300 was prescribed."),
        (
            {"X2": 2},
            "twice for X2 Station Road: £4,500 is counted where £2,250 was prescribed.",
        ),
        (
            {"X1": 2, "X2": 3},
            "twice or three times: £9,900 is counted where £4,200 was prescribed.",
        ),
    ],
)
def test_rows_that_stand_twice_are_told_with_what_they_cost(
    repeats: dict[Month, dict[str, int]], practices: dict[str, int], said: str
) -> None:
    repeats[MAY] = practices
    found = checks({APRIL: FITTING[APRIL], MAY: TWO}, files={MAY: "raw/epd_may.csv"})
    (check,) = opened(found).values()
    assert check.id == "extracts.epd_may.twice.2023_24_m02"
    assert check.title == f"{TWICE.title}: epd_may.csv, May 2023"
    assert check.sentence == f"All rows of May 2023 in epd_may.csv stand {said} {TWICE.why}"
    assert check.cause == "Take the file of that month from NHSBSA again."
    assert check.severity == "error"
    # the other question of repeats is answered, and no volume is asked of what repeats
    assert not any(one.id.startswith("extracts.epd.twice") for one in found)
    volumes = [one for one in found if one.id.endswith("volume")]
    assert [(one.status, one.title) for one in volumes] == [("not_applicable", VOLUME.title)]


@pytest.mark.parametrize(
    ("others", "said"),
    [
        ({}, ""),
        ({"X3": of(700, "7100")}, " for X1 High Street and 1 other"),
        ({"X3": of(700, "7100"), "X4": of(70, "710")}, " for X1 High Street and 2 others"),
    ],
)
@pytest.mark.usefixtures("repeats")
def test_a_month_that_is_another_is_told_once_with_whose_it_is(
    others: dict[str, ItemSums], said: str
) -> None:
    same = {"X1": of(6000, "60000"), **others}
    alone = {"X9": of(60, "610")} if others else {}
    stays = dict.fromkeys(("X1", "X3", "X4", "X9"), OPEN["X1"])
    found = checks({APRIL: same, MAY: {**same, **alone}}, stays, {MAY: "raw/epd_may.csv"})
    (check,) = opened(found).values()
    assert check.id == "extracts.epd_may.copied.2023_24_m02"
    assert check.sentence == f"May 2023 in epd_may.csv is April 2023 again{said}. {COPIED.why}"
    assert check.cause == "Take the file of that month from NHSBSA again."
    assert not any(one.id.startswith("extracts.epd.copied") for one in found)


@pytest.mark.usefixtures("repeats")
def test_a_practice_without_a_name_is_told_by_its_code() -> None:
    months = {
        month: {"X1": month_of(str(days)), "X3": of(60, "600")}
        for month, days in ((APRIL, 20), (MAY, 23))
    }
    (check,) = opened(checks(months)).values()
    assert check.sentence.startswith("May 2023 in epd.csv is April 2023 again for X3. ")


@pytest.mark.usefixtures("repeats")
def test_a_month_that_is_two_others_is_one_finding() -> None:
    found = checks({month: {"X1": of(6000, "60000")} for month in (APRIL, MAY, JUNE)})
    ids = [check.id for check in found]
    assert len(ids) == len(set(ids))
    assert [one.id for one in opened(found).values()] == [
        "extracts.epd.copied.2023_24_m02",
        "extracts.epd.copied.2023_24_m03",
    ]
    assert opened(found)["extracts.epd.copied.2023_24_m03"].sentence == (
        f"June 2023 in epd.csv is April 2023 again and May 2023 again. {COPIED.why}"
    )


def july(items: str, nic: str = "") -> Items:
    """The months that fit, with July's items and cost on each weekday in those of the others."""
    now = Decimal(2100) * Decimal(items), Decimal(21000) * Decimal(nic or items)
    return {**FITTING, JULY: {"X1": of(int(now[0]), str(now[1]))}}


AGAIN = (
    "See whether rows are missing or stand there twice."
    " Take the file of that month from NHSBSA again."
)


@pytest.mark.parametrize(
    ("items", "nic", "said", "severity"),
    [
        ("0.8", "", "", "error"),
        ("1.25", "", "", "error"),
        ("0.79", "", "0.79 times the items and 0.79 times the net ingredient cost", "warning"),
        ("1.26", "", "1.3 times the items and 1.3 times the net ingredient cost", "warning"),
        ("0.67", "", "0.67 times the items and 0.67 times the net ingredient cost", "warning"),
        ("0.66", "", "0.66 times the items and 0.66 times the net ingredient cost", "error"),
        ("1.5", "", "1.5 times the items and 1.5 times the net ingredient cost", "warning"),
        ("1.51", "", "1.5 times the items and 1.5 times the net ingredient cost", "error"),
        ("1.3", "1", "1.3 times the items", "warning"),
        ("1", "0.7", "0.7 times the net ingredient cost", "warning"),
        ("1.3", "1.6", "1.3 times the items and 1.6 times the net ingredient cost", "error"),
        # nearly all of the month is gone, and all of its cost
        ("0.1", "0.1", "0.1 times the items and 0.1 times the net ingredient cost", "error"),
        ("1", "-1", "0 times the net ingredient cost", "error"),
    ],
)
@pytest.mark.usefixtures("repeats")
def test_a_month_is_held_to_the_middle_of_the_others(
    items: str, nic: str, said: str, severity: str
) -> None:
    found = {check.id: check for check in checks(july(items, nic), files={JULY: "raw/new.csv"})}
    check = found["extracts.new.volume.2023_24_m04"]
    told = f"July 2023 in new.csv has {said} of the other months. {VOLUME.why}" if said else ""
    assert check.sentence == told
    assert check.severity == severity
    assert check.cause == (AGAIN if said else "")
    assert check.title == f"{VOLUME.title}: new.csv, July 2023"
    # the others have July beside them, and are not drawn out by it
    assert [one for one in opened(list(found.values())) if ".epd.volume." in one] == []


@pytest.mark.parametrize(("out", "found"), [("0.5", 1), ("0.1", 1), ("3", 1), ("1", 0)])
@pytest.mark.usefixtures("repeats")
def test_one_month_of_three_that_is_out_is_one_finding(out: str, found: int) -> None:
    months = dict(july(out))
    del months[APRIL]
    wrong = [one for one in opened(checks(months)) if ".volume" in one]
    assert wrong == ["extracts.epd.volume.2023_24_m04"][:found]


@pytest.mark.parametrize(
    ("months", "why"),
    [
        ({JULY: FITTING[JULY]}, "there are no other months of items to compare with."),
        (
            {JUNE: {"X1": of(499, "4990")}, JULY: {"X1": of(60, "600")}},
            "no month has 500 items.",
        ),
        ({JUNE: {"X1": of(500, "5000")}, JULY: {"X1": of(60, "600")}}, None),
    ],
)
@pytest.mark.usefixtures("repeats")
def test_volume_is_asked_where_there_is_enough_to_compare(months: Items, why: str | None) -> None:
    found = [check for check in checks(months) if ".volume" in check.id]
    if why is None:
        assert len(opened(found)) == 2
    else:
        (check,) = found
        assert check.id == "extracts.epd.volume"
        assert (check.status, check.title) == ("not_applicable", VOLUME.title)
        assert check.sentence == f"Not checked: {why}"


@pytest.mark.parametrize(
    ("nic", "cost", "said"),
    [
        ("1000", "800", None),
        ("1000", "1020", None),
        ("1000", "799.99", "0.8 times the net ingredient cost (£799.99 of £1,000.00)"),
        ("1000", "1020.01", "1 times the net ingredient cost (£1,020.01 of £1,000.00)"),
        ("1000", "90000", "90 times the net ingredient cost (£90,000.00 of £1,000.00)"),
        ("0", "900", "0 times the net ingredient cost (£900.00 of £0.00)"),
        ("1", "1", None),
        ("-1000", "-900", "0 times the net ingredient cost (minus £900.00 of minus £1,000.00)"),
    ],
)
@pytest.mark.usefixtures("repeats")
def test_actual_cost_is_held_to_the_net_ingredient_cost(
    nic: str, cost: str, said: str | None
) -> None:
    found = checks({JULY: {"X1": of(90, nic, cost)}}, files={JULY: "raw/new.csv"})
    (check,) = [one for one in found if ".discount" in one.id]
    assert check.id == "extracts.new.discount.2023_24_m04"
    assert check.is_open is (said is not None)
    if said is not None:
        told = f"The actual cost of July 2023 in new.csv is {said}."
        assert check.sentence == f"{told} {DISCOUNT.why}"
        assert check.severity == "error"
        assert check.cause == (
            "See whether the columns NIC and ACTUAL_COST are exchanged, or one is in pence."
        )


GONE = "{} has no rows of {} in {}; the month before it cost £{}."
CLOSED = {**OPEN, "X2": (Stay("north", None, JUNE),)}
LARGE, SMALL = of(500, "5000"), of(499, "5000")


@pytest.mark.parametrize(
    ("then", "stays", "is_asked"),
    [(LARGE, OPEN, True), (SMALL, OPEN, False), (LARGE, CLOSED, False)],
)
@pytest.mark.usefixtures("repeats")
def test_a_practice_that_has_no_items_any_more_is_asked_about(
    then: ItemSums, stays: Mapping[str, tuple[Stay, ...]], is_asked: bool
) -> None:
    months = {**FITTING, JUNE: {**FITTING[JUNE], "X2": then}}
    found = opened(checks(months, stays, {JULY: "raw/new.csv"}))
    assert list(found) == (["plausible.practices.x2_station_road"] if is_asked else [])
    for check in found.values():
        told = GONE.format("new.csv", "X2 Station Road", "July 2023", "4,500")
        assert check.sentence == f"{told} {PRACTICES.why}"
        assert check.title == f"{PRACTICES.title}: X2 Station Road"
        assert check.severity == "warning"
        assert check.cause == (
            "Ask whether it closed, and say so in the practice list."
            " Else: Take the file of that month from NHSBSA again."
        )


@pytest.mark.usefixtures("repeats")
def test_a_practice_is_told_of_each_month_that_it_lacks() -> None:
    months = {
        APRIL: {**FITTING[APRIL], "X3": LARGE},
        MAY: FITTING[MAY],
        JUNE: {**FITTING[JUNE], "X3": replace(LARGE, actual_cost=Decimal(4600))},
        JULY: FITTING[JULY],
    }
    (check,) = opened(checks(months)).values()
    told = [
        GONE.format("epd.csv", "X3", month, cost)
        for month, cost in (("May 2023", "4,500"), ("July 2023", "4,600"))
    ]
    assert check.id == "plausible.practices.x3"
    assert check.sentence == f"{' '.join(told)} {PRACTICES.why}"


@pytest.mark.usefixtures("repeats")
def test_a_practice_is_held_to_the_month_before_and_to_no_other() -> None:
    months = {**FITTING, MAY: {**FITTING[MAY], "X2": LARGE}}
    del months[JUNE]
    assert opened(checks(months)) == {}


@pytest.mark.parametrize(
    ("month", "days"),
    [
        *DAYS.items(),
        (Month(2023, 9), 21),  # December ends the calendar year
        (Month(2023, 10), 23),
        (Month(2023, 11), 21),  # of a leap year
        (Month(2022, 11), 20),
        (Month(2023, 12), 21),
        (Month(2021, 12), 23),
    ],
)
def test_the_weekdays_of_a_month(month: Month, days: int) -> None:
    assert weekdays(month) == days


@pytest.mark.usefixtures("repeats")
def test_of_two_months_each_is_held_to_the_other_and_not_to_itself() -> None:
    months = {month: july("1.3")[month] for month in (JUNE, JULY)}
    asked = [one.rpartition(".")[2] for one in opened(checks(months)) if ".volume" in one]
    assert asked == ["2023_24_m03", "2023_24_m04"]
