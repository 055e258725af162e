"""Lists of prices held to other lists: what is gone, what stands otherwise, and what may change."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import pytest
from homes import PROJECT, RAW
from small_prices import JULY, JUNE, MAY, NAMES, concessions, epd_of, presentations, tariff

from boardpack.checks import Check
from boardpack.core.params import Paper, load_paper
from boardpack.core.periods import Month
from boardpack.reading.extract import Extract
from boardpack.reading.folder import Folder
from boardpack.subjects.items.concession_checks import (
    DISPENSED,
    FITS,
    LOOK,
    STANDS,
    check_concession_lists,
)
from boardpack.subjects.items.months_checks import GRANTED, check_item_months
from boardpack.subjects.items.months_checks import MONTHS as ALL_THERE
from boardpack.subjects.items.prices import PriceBook
from boardpack.subjects.items.tariff_checks import CATEGORIES, LINES, LISTED, check_tariff_lists

AGAIN = "Take the file of that month from NHSBSA again."
APRIL = Month(2023, 1)
LETTERS = tuple(f"{letter}{letter}" for letter in "abcdefghij")
TEN = tuple(f"{letters} 20mg tablets" for letters in LETTERS)
Grant = tuple[Month, str, str, str]


def opened(found: Iterable[Check]) -> dict[str, Check]:
    return {check.id: check for check in found if check.is_open}


def listed(
    month: Month, packs: int = 10, others: int = 0, category: str = "A", since: int = 0
) -> Extract:
    """A month's tariff of some of ten packs, the first of them in another category than M."""
    moved = dict.fromkeys(LETTERS[:others], category)
    return tariff(f"tariff_{month.code.lower()}", dict.fromkeys(TEN[since:packs], "1.00"), **moved)


def tariffs(*found: Extract) -> list[Check]:
    """What is asked of tariffs of April and the months after it, without items."""
    named = {
        Month(2023, number): replace(one, file=f"raw/t{number}.csv")
        for number, one in enumerate(found, start=1)
    }
    return list(check_tariff_lists(PriceBook(named, concessions()), {}))


def test_what_is_asked_of_tariffs_that_list_the_same() -> None:
    found = tariffs(listed(APRIL), listed(MAY))
    assert [(check.id, check.title) for check in found] == [
        ("extracts.t1.lines", f"{LINES.title}: t1.csv"),
        ("extracts.t2.lines", f"{LINES.title}: t2.csv"),
        ("extracts.t2.categories", f"{CATEGORIES.title}: t2.csv"),
    ]
    assert {(check.status, check.severity, check.cause) for check in found} == {
        ("pass", "error", "")
    }
    assert "extracts.t1.categories" in [
        check.id for check in tariffs(listed(APRIL), listed(MAY), listed(JUNE))
    ]
    assert tariffs(listed(APRIL)) == tariffs() == []
    # a share of four packs tells nothing
    assert [one.id for one in tariffs(listed(APRIL, 4), listed(MAY, 5))] == ["extracts.t1.lines"]


@pytest.mark.parametrize(
    ("packs", "wrong", "ratio"),
    [
        ((10, 10), "", ""),
        ((9, 10), "", ""),
        ((8, 10), "t1", "0.8"),
        ((10, 9), "", ""),
        ((10, 8), "t2", "0.8"),
        ((10, 4), "t2", "0.4"),
        ((10, 8, 10), "t2", "0.8"),
        # what is taken out from a month on makes neither side wrong
        ((10, 10, 8, 8), "", ""),
    ],
)
def test_a_tariff_lists_what_the_nearest_of_the_others_lists(
    packs: tuple[int, ...], wrong: str, ratio: str
) -> None:
    found = opened(tariffs(*(listed(APRIL, count) for count in packs)))
    assert list(found) == ([f"extracts.{wrong}.lines"] if wrong else [])
    for check in found.values():
        assert check.sentence == (
            f"{wrong}.csv lists {ratio} times the packs of the tariff that is nearest to it."
            f" {LINES.why}"
        )
        assert (check.cause, check.severity) == (AGAIN, "error")


@pytest.mark.parametrize(
    ("others", "wrong", "ratio"),
    [
        ((0, 1), "", ""),
        ((0, 2), "t2", "0.8"),
        ((2, 0), "t2", "0.8"),  # of two that differ, the later is named
        ((2, 0, 0), "t1", "0.8"),
        ((0, 10, 0), "t2", "0"),
        ((0, 0, 2, 2), "", ""),
    ],
)
def test_packs_are_in_the_category_of_the_nearest_of_the_others(
    others: tuple[int, ...], wrong: str, ratio: str
) -> None:
    found = opened(tariffs(*(listed(APRIL, others=count) for count in others)))
    assert list(found) == ([f"extracts.{wrong}.categories"] if wrong else [])
    for check in found.values():
        assert check.sentence == (
            f"{wrong}.csv has {ratio} times the packs in one category with the tariff that is"
            f" nearest to it. {CATEGORIES.why}"
        )
        assert (check.cause, check.severity) == (AGAIN, "error")


def test_tariffs_without_a_pack_in_common_differ_in_lines_and_in_no_category() -> None:
    found = opened(tariffs(listed(APRIL, 5), listed(MAY, 10, since=5)))
    assert list(found) == ["extracts.t1.lines", "extracts.t2.lines"]


def shares(*months: Mapping[str, str], wrong: int = 0) -> list[Check]:
    """What is asked of what was prescribed in April and after, by medicine and cost.

    The tariff of one month may lack packs that those of the others have.
    """
    counted = [Month(2023, number) for number in range(1, len(months) + 1)]
    files = {one: listed(one, 5 if one.number == wrong else 10) for one in counted}
    book = PriceBook(files, concessions())
    priced = {
        month: presentations(book, month, [(name, 28, cost) for name, cost in of.items()])
        for month, of in zip(counted, months, strict=True)
    }
    return [one for one in check_tariff_lists(book, priced) if one.id.endswith(".listed")]


HALF = {TEN[0]: "30.00", TEN[1]: "20.00", "Brand": "50.00"}


@pytest.mark.parametrize(
    ("brand", "said"),
    [
        ("50.00", ""),
        ("46.20", ""),  # 1.04 of what it was
        ("46.10", "1"),
        ("54.10", ""),
        ("54.20", "0.96"),
        ("950.00", "0.1"),
    ],
)
def test_as_much_of_what_was_prescribed_is_listed_as_in_other_months(brand: str, said: str) -> None:
    found = shares(HALF, HALF, {**HALF, "Brand": brand})
    assert [check.id for check in found] == [
        f"extracts.tariff_{month}.listed" for month in ("m01", "m02", "m03")
    ]
    assert list(opened(found)) == (["extracts.tariff_m03.listed"] if said else [])
    for check in opened(found).values():
        assert check.sentence == (
            f"tariff_m03.csv lists {said} times as much of what was prescribed in June 2023 as the"
            f" tariffs of other months list of theirs. {LISTED.why}"
        )
        assert (check.severity, check.cause) == ("warning", AGAIN)
        assert check.title == f"{LISTED.title}: tariff_m03.csv"


def test_a_tariff_that_lists_nothing_of_what_was_prescribed_is_named() -> None:
    found = opened(shares(HALF, HALF, {"Brand": "50.00"}))
    assert list(found) == ["extracts.tariff_m03.listed"]
    assert "lists 0 times as much" in found["extracts.tariff_m03.listed"].sentence
    # of two, what lists something cannot be held to what lists nothing
    assert list(opened(shares(HALF, {"Brand": "50.00"}))) == ["extracts.tariff_m02.listed"]


def test_shares_are_asked_of_months_with_cost_whose_tariff_is_whole() -> None:
    assert shares(HALF) == []
    assert shares(HALF, {TEN[0]: "0.00"}) == []
    assert shares(HALF, {TEN[0]: "-5.00"}) == []
    assert [one.id for one in shares(HALF, HALF, HALF, wrong=3)] == [
        "extracts.tariff_m01.listed",
        "extracts.tariff_m02.listed",
    ]


@lru_cache(maxsize=1)
def _paper() -> Paper:
    return load_paper(PROJECT, Month(2023, 6), "bromley")


def of_data(months: int) -> Paper:
    """A paper that has so many months of prescribing data."""
    run = _paper().run.model_copy(update={"prescribing_months_of_data": months})
    return _paper().model_copy(update={"run": run})


def months_of(year: int, *numbers: int) -> list[Month]:
    return [Month(year, number) for number in numbers]


@pytest.mark.parametrize(
    ("items", "data", "lacking"),
    [
        (months_of(2023, 1, 2, 3, 4), 4, ""),
        (months_of(2023, 1, 2, 3, 4), 3, ""),
        (months_of(2023, 3, 4), 4, ""),  # it begins where it begins
        (months_of(2023, 1, 3, 4), 4, "May 2023"),
        (months_of(2023, 1, 4), 4, "May 2023 and June 2023"),
        (months_of(2023, 1, 2, 3), 4, "July 2023"),
        (months_of(2023, 1), 4, "May 2023, June 2023 and July 2023"),
        (months_of(2022, 10, 11), 0, ""),  # in April no month of the year is due
        (months_of(2022, 12), 0, ""),
        (months_of(2022, 10, 12), 0, "February 2023"),
        (months_of(2022, 12), 1, "April 2023"),
    ],
)
def test_a_month_of_items_that_is_not_there_is_named(
    items: list[Month], data: int, lacking: str
) -> None:
    paper = of_data(data)
    (check,) = check_item_months(concessions(), epd_of(items), paper)
    assert (check.id, check.title) == ("extracts.epd.months", f"{ALL_THERE.title}: epd.csv")
    told = f"epd.csv has no row of {lacking}. {ALL_THERE.why}" if lacking else ""
    assert (check.sentence, check.severity) == (told, "error")
    cause = "Ask for it, or correct prescribing_months_of_data, or say why it is not there."
    assert check.cause == (cause if lacking else "")


@pytest.mark.parametrize(
    ("months", "lacking"), [((JUNE, JULY), ""), ((MAY, JULY), "June 2023"), ((JULY, JULY), "")]
)
def test_a_month_of_concessions_that_is_not_there_is_named(
    months: tuple[Month, ...], lacking: str
) -> None:
    given = concessions(*((month, NAMES[0], "28", "1.50") for month in months))
    (check,) = check_item_months(given, epd_of(()), of_data(4))
    assert check.id == "extracts.price_concessions.months"
    assert check.title == f"{GRANTED.title}: price_concessions.csv"
    told = f"price_concessions.csv has no row of {lacking}. {GRANTED.why}" if lacking else ""
    assert check.sentence == told
    assert check.cause == ("Add it from the published page." if lacking else "")


def test_nothing_is_asked_of_files_that_are_not_there() -> None:
    assert list(check_item_months(concessions(), epd_of(()), of_data(4))) == []


A1 = "aone_20mg_tablets_28"
AONE = NAMES[0]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home of parameters alone."""
    made = tmp_path_factory.mktemp("home")
    shutil.copytree(PROJECT / "params", made / "params")
    return made


def lists(
    home: Path,
    now: Sequence[Grant],
    before: Sequence[Grant] | None = None,
    asked: Sequence[str] = (),
    items: Sequence[tuple[str, int, str]] = (),
    places: int = 1,
) -> list[Check]:
    """What is asked of concessions beside last month's list and what was dispensed in July."""
    last = home / RAW.parent / "M05" / "price_concessions.csv"
    last.parent.mkdir(parents=True, exist_ok=True)
    last.unlink(missing_ok=True)
    if before is not None:
        rows = (
            f"{month.start + (month.number > 9)}-{month.last_day.month:02d},{drug},{size},£{price}"
            for month, drug, size, price in before
        )
        last.write_text("\n".join(("month,drug,pack_size,price", *rows, "")), encoding="utf-8")
    book = PriceBook({JULY: tariff("t", dict.fromkeys(NAMES, "1.00"))}, concessions(*now))
    found = presentations(book, JULY, items) * places
    folder = Folder(load_paper(home, Month(2023, 6), "bromley"))
    return list(check_concession_lists(folder, book, {JULY: found}, asked))


def granted(month: Month, *prices: str) -> tuple[Grant, ...]:
    """A concession of each medicine in turn, at £1.50 or at these prices."""
    return tuple((month, name, "28", price) for name, price in zip(NAMES, prices, strict=False))


IN_JUNE, IN_JULY = (granted(month, "1.50", "1.50", "1.50") for month in (JUNE, JULY))
OTHER = ((JUNE, AONE, "28", "1.60"), *IN_JUNE[1:])


def test_what_is_asked_of_concessions_that_stand(home: Path) -> None:
    found = lists(home, (*IN_JUNE, *IN_JULY), IN_JUNE)
    assert [(check.id, check.title, check.status) for check in found] == [
        (f"plausible.{one.name}", f"{one.title}: price_concessions.csv", "pass")
        for one in (STANDS, FITS, DISPENSED)
    ]
    assert [check.id for check in lists(home, IN_JULY)] == [
        f"plausible.{one.name}" for one in (FITS, DISPENSED)
    ]
    assert lists(home, (), IN_JUNE) == []


ROW = "price_concessions.csv row {}: Aone 20mg tablets 28, {}"


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [
        (
            IN_JUNE,
            (*IN_JUNE[1:], *IN_JULY),
            "price_concessions.csv has no Aone 20mg tablets 28, June 2023, at £1.50; last month's"
            " list has it in row 2",
        ),
        (IN_JUNE, IN_JULY, ""),  # a list that begins later says nothing of the months before
        # the month that was not over may have another price
        (IN_JUNE, (*OTHER, *IN_JULY), ""),
        (
            (*IN_JULY, *IN_JUNE),
            (*IN_JULY, *OTHER),
            ROW.format(5, "June 2023, at £1.60 was granted at £1.50 (row 5 of last month's list)"),
        ),
        # several prices of one medicine without a pack: which is which, no list says
        (
            (*IN_JUNE, *IN_JULY, (JUNE, NAMES[3], "", "2.10")),
            (
                *IN_JUNE,
                *IN_JULY,
                (JUNE, NAMES[3], "", "2.20"),
                (JUNE, NAMES[3], "", "2.30"),
            ),
            "",
        ),
        # the words of a name may stand in another order
        (((JUNE, "20mg Aone tablets", "28", "1.50"),), (*IN_JUNE, *IN_JULY), ""),
        # and a pack is a pack
        (
            ((JUNE, AONE, "56", "1.50"),),
            (*IN_JUNE, *IN_JULY),
            "price_concessions.csv has no Aone 20mg tablets 56, June 2023, at £1.50; last month's"
            " list has it in row 2",
        ),
    ],
)
def test_a_concession_that_was_granted_stands(
    home: Path, before: tuple[Grant, ...], now: tuple[Grant, ...], said: str
) -> None:
    wrong = opened(lists(home, now, before))
    size = "56" if "tablets 56" in said else "28"
    about = f"aone_20mg_tablets_{size}"
    assert list(wrong) == ([f"plausible.concession_stands.{about}"] if said else [])
    for check in wrong.values():
        assert check.sentence == f"{said}. {STANDS.why}"
        assert (check.severity, check.cause) == ("warning", LOOK)


def test_all_that_is_said_of_one_medicine_is_one_question(home: Path) -> None:
    before = (*granted(MAY, "1.50"), *IN_JUNE, *IN_JULY)
    now = (*granted(MAY, "9.50"), *IN_JUNE[1:], *IN_JULY)
    (check,) = opened(lists(home, now, before)).values()
    assert check.sentence == (
        "price_concessions.csv has no Aone 20mg tablets 28, June 2023, at £1.50; last month's list"
        " has it in row 3; row 2: Aone 20mg tablets 28, May 2023, at £9.50 was granted at £1.50"
        f" (row 2 of last month's list). {STANDS.why}"
    )


@pytest.mark.parametrize("text", ["month,drug\n2023-06,A\n", "month,drug,pack_size,price\n"])
def test_a_list_of_last_month_that_cannot_be_read_or_is_empty_says_nothing(
    home: Path, text: str
) -> None:
    lists(home, IN_JULY, IN_JUNE)
    last = home / RAW.parent / "M05" / "price_concessions.csv"
    last.write_text(text, encoding="utf-8")
    book = PriceBook({}, concessions(*IN_JULY))
    folder = Folder(load_paper(home, Month(2023, 6), "bromley"))
    assert opened(check_concession_lists(folder, book, {}, ())) == {}


@pytest.mark.parametrize(
    ("price", "said"),
    [
        ("9.00", ""),
        ("9.01", "0.17"),
        ("0.25", ""),
        ("0.24", "6.3"),
    ],
)
def test_a_concession_is_not_far_from_that_of_the_month_before(
    home: Path, price: str, said: str
) -> None:
    wrong = opened(lists(home, (*IN_JULY, (JUNE, AONE, "28", price))))
    assert list(wrong) == ([f"plausible.concession_change.{A1}"] if said else [])
    for check in wrong.values():
        told = ROW.format(2, f"July 2023, at £1.50 is {said} times the £{price} of row 5")
        assert check.sentence == f"{told}. {FITS.why}"
        assert (check.severity, check.cause) == ("warning", LOOK)


def test_a_change_is_asked_of_the_same_pack_and_the_month_before(home: Path) -> None:
    for month, size in ((MAY, "28"), (JUNE, "56"), (JUNE, "")):
        assert opened(lists(home, (*IN_JULY, (month, AONE, size, "90.00")))) == {}, (month, size)
    # what another rule asks of a medicine is not asked again
    far = (*IN_JULY, (JUNE, AONE, "28", "90.00"))
    assert opened(lists(home, far, asked=[A1])) == {}
    assert list(opened(lists(home, far, asked=["btwo_20mg_tablets_28"]))) == [
        f"plausible.concession_change.{A1}"
    ]


@pytest.mark.parametrize(
    ("nic", "said"),
    [
        ("1.50", ""),
        ("0.31", ""),
        ("0.29", "5.2"),
        ("7.50", ""),
        ("7.60", "0.2"),
        ("150.00", "0.01"),
    ],
)
def test_a_medicine_on_concession_cost_what_was_granted(home: Path, nic: str, said: str) -> None:
    sold = [(AONE, 28, nic), (NAMES[3], 28, "900.00")]
    wrong = opened(lists(home, IN_JULY, items=sold))
    assert list(wrong) == ([f"plausible.concession_cost.{A1}"] if said else [])
    for check in wrong.values():
        told = ROW.format(2, f"July 2023, at £1.50 is {said} times what the items")
        assert check.sentence == f"{told} of that month cost. {DISPENSED.why}"
        assert (check.severity, check.cause) == ("warning", LOOK)


def test_what_was_dispensed_is_asked_in_the_middle_of_places_and_of_what_was_priced(
    home: Path,
) -> None:
    sold = [(AONE, 28, "90.00"), (AONE, 28, "1.50"), (AONE, 28, "1.40"), ("Brand", 28, "1.00")]
    assert opened(lists(home, IN_JULY, items=sold)) == {}
    assert opened(lists(home, IN_JULY, items=[(AONE, 0, "90.00")])) == {}
    dear = [("Brand", 28, "1.00"), (AONE, 28, "90.00"), (AONE, 28, "95.00"), (AONE, 28, "1.50")]
    assert list(opened(lists(home, IN_JULY, items=dear))) == [f"plausible.concession_cost.{A1}"]
