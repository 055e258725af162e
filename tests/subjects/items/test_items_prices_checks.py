"""Tariffs, concessions and the cost of items held to each other, case by case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

import pytest
from small_prices import JULY, JUNE, MAY, NAMES, concessions, epd_of, presentations, tariff

from boardpack.checks import Check
from boardpack.checks.file_control import FileControl
from boardpack.core.periods import Month
from boardpack.reading.extract import Extract
from boardpack.subjects.items import prices_checks as item_prices
from boardpack.subjects.items.prices import MonthPrices, PriceBook
from boardpack.subjects.items.prices_checks import (
    ABOVE,
    BELOW,
    CONCESSIONS,
    EXPORT,
    ITEMS,
    LOOK,
    TARIFF_LINE,
    TARIFFS,
    check_item_prices,
    cost_of_packs,
    priced_months,
)

AONE, BTWO, CTHREE, DFOUR = NAMES
POUNDS = dict.fromkeys(NAMES, "2.00")
"""What each pack costs where a case says nothing else."""
Items = Sequence[tuple[str, int, str]]


def priced(price: str, *only: str, others: str = "2.00") -> dict[str, str]:
    """The prices of the tariff, some or all of them another."""
    return {name: price if name in (only or NAMES) else others for name in NAMES}


def book_of(
    tariffs: Mapping[Month, Mapping[str, str]], granted: Extract | None = None, *in_packs: str
) -> PriceBook:
    """Tariffs in files named for their months, and concessions."""
    files = {month: tariff(f"tariff_{month.code.lower()}", of) for month, of in tariffs.items()}
    return PriceBook(files, granted or concessions(), frozenset(in_packs))


def checks(book: PriceBook, items: Mapping[Month, Items] | None = None) -> list[Check]:
    """What is asked of these prices and of what was prescribed at them."""
    found = {month: presentations(book, month, of) for month, of in (items or {}).items()}
    return list(check_item_prices(book, epd_of(found), found))


def opened(found: Iterable[Check]) -> dict[str, Check]:
    return {check.id: check for check in found if check.is_open}


def grant(*prices: str, month: Month = JULY, size: str = "28") -> Extract:
    """A concession of each medicine in turn, of one month."""
    rows = zip((month,) * len(prices), NAMES, (size,) * len(prices), prices, strict=False)
    return concessions(*rows)


def test_what_is_asked_of_prices_that_fit() -> None:
    book = book_of({JUNE: POUNDS, JULY: POUNDS}, grant("3.00", "3.00", "3.00"))
    found = checks(book, {JULY: [(name, 28, "2.00") for name in NAMES]})
    assert [(check.id, check.title, check.severity) for check in found] == [
        ("extracts.tariff_m04.scale", f"{TARIFFS.title}: tariff_m04.csv", "error"),
        ("extracts.epd.scale.2023_24_m04", f"{ITEMS.title}: epd.csv, July 2023", "error"),
        ("extracts.tariff_m03.scale", f"{TARIFFS.title}: tariff_m03.csv", "error"),
        (
            "extracts.price_concessions.scale",
            f"{CONCESSIONS.title}: price_concessions.csv",
            "error",
        ),
        (
            "plausible.concession_below_tariff",
            f"{BELOW.title}: price_concessions.csv",
            "warning",
        ),
        ("plausible.concession_far_above", f"{ABOVE.title}: price_concessions.csv", "warning"),
        ("plausible.tariff_price", f"{TARIFF_LINE.title}: tariff_m04.csv", "warning"),
    ]
    assert {(check.status, check.sentence, check.cause) for check in found} == {("pass", "", "")}


@pytest.mark.parametrize(
    ("tariffs", "granted"),
    [
        ({JULY: POUNDS}, concessions()),
        ({}, grant("3.00", "3.00", "3.00")),
        ({JULY: POUNDS}, concessions((JULY, "Zfive 20mg tablets", "28", "3.00"))),
        ({JULY: POUNDS}, concessions((JULY, AONE, "30", "3.00"))),
        # a tariff of a later month prices nothing of an earlier one
        ({JULY: POUNDS}, grant("3.00", "3.00", "3.00", month=JUNE)),
    ],
)
def test_concessions_that_nothing_is_held_to_are_said_not_to_be(
    tariffs: Mapping[Month, Mapping[str, str]], granted: Extract
) -> None:
    (check,) = [one for one in checks(book_of(tariffs, granted)) if "concession" in one.id]
    assert (check.id, check.status) == ("extracts.price_concessions.scale", "not_applicable")
    assert check.title == CONCESSIONS.title
    assert check.sentence == (
        "Not checked: no concession and no tariff of its medicine are supplied."
    )


SCALED = (
    "The concessions{} in price_concessions.csv are {} times the tariff's prices in the middle:"
    " they seem to be in another unit. For instance, row {}: {} 28, {}, at £{} is {} times the"
    " £2.00 of the tariff. {}"
)


@pytest.mark.parametrize(
    ("prices", "said"),
    [
        (("1.00", "1.00", "1.00"), None),
        (("20.00", "20.00", "20.00"), None),
        (("0.99", "0.99", "0.99"), ("", "0.5", 2, AONE, "July 2023", "0.99", "0.5")),
        (("20.02", "20.02", "20.02"), ("", "10", 2, AONE, "July 2023", "20.02", "10")),
        (("3.00", "300.00", "400.00"), ("", "150", 3, BTWO, "July 2023", "300.00", "150")),
        (("3.00", "3.00", "400.00"), None),
        (("300.00", "400.00"), None),  # of too few
    ],
)
def test_the_middle_of_concessions_is_held_to_the_tariff(
    prices: tuple[str, ...], said: tuple[object, ...] | None
) -> None:
    found = checks(book_of({JULY: POUNDS}, grant(*prices)))
    whole = next(check for check in found if check.id == "extracts.price_concessions.scale")
    assert whole.is_open is (said is not None)
    if said is not None:
        assert whole.sentence == SCALED.format(*said, CONCESSIONS.why)
        assert (whole.cause, whole.severity) == (EXPORT, "error")
        # one finding: no line is asked about then
        assert list(opened(found)) == [whole.id]
        assert not any("concession_" in check.id for check in found if check is not whole)


@pytest.mark.parametrize(
    ("june", "july", "said"),
    [
        ("300.00", "3.00", (" of June 2023", "150", 8, AONE, "June 2023", "300.00", "150")),
        (
            "300.00",
            "400.00",
            ("", "150", 2, AONE, "May 2023", "90.00", "45"),
        ),
    ],
)
def test_concessions_of_one_month_in_another_unit_are_found(
    june: str, july: str, said: tuple[object, ...]
) -> None:
    rows = [(MAY, AONE, "28", "90.00"), (MAY, BTWO, "28", "3.00")]
    rows += [(JULY, name, "28", july) for name in NAMES]
    rows += [(JUNE, name, "28", june) for name in NAMES[:3]]
    found = checks(book_of({MAY: POUNDS}, concessions(*rows)))
    assert list(opened(found)) == ["extracts.price_concessions.scale"]
    assert opened(found)["extracts.price_concessions.scale"].sentence == SCALED.format(
        *said, CONCESSIONS.why
    )


def test_months_in_another_unit_are_told_in_their_order() -> None:
    rows = [(month, name, "28", "30.00") for month in (JULY, JUNE) for name in NAMES[:3]]
    rows += [(MAY, name, "28", "3.00") for name in NAMES for _ in range(2)]
    (check,) = opened(checks(book_of({MAY: POUNDS}, concessions(*rows)))).values()
    assert check.sentence.startswith("The concessions of June 2023, July 2023 in ")


LINE = "price_concessions.csv row {}: {}, July 2023, at £{} is {} times the £2.00 of the tariff"


@pytest.mark.parametrize(
    ("price", "size", "tariff_of", "expected"),
    [
        ("2.00", "28", JULY, None),
        ("1.98", "28", JULY, (BELOW, "concession_below_tariff", "0.99")),
        ("1.50", "28", JULY, (BELOW, "concession_below_tariff", "0.75")),
        ("1.50", "", JULY, None),  # it may be for a pack that the tariff lacks
        ("1.50", "28", JUNE, None),  # of the tariff of another month
        ("60.00", "28", JULY, None),
        ("60.20", "28", JULY, (ABOVE, "concession_far_above", "30")),
        ("900.00", "28", JULY, (ABOVE, "concession_far_above", "450")),
        ("900.00", "", JULY, (ABOVE, "concession_far_above", "450")),
        ("900.00", "28", JUNE, None),
    ],
)
def test_a_single_concession_is_held_to_the_tariff_of_its_month(
    price: str, size: str, tariff_of: Month, expected: tuple[FileControl, str, str] | None
) -> None:
    rows = [(JULY, BTWO, "28", "3.00"), (JULY, CTHREE, "28", "3.00"), (JULY, AONE, size, price)]
    found = opened(checks(book_of({tariff_of: POUNDS}, concessions(*rows))))
    if expected is None:
        assert found == {}
    else:
        control, name, times = expected
        (check,) = found.values()
        about = f"{AONE} {size}".strip()
        tail = "_28" if size else ""
        assert check.id == f"plausible.{name}.aone_20mg_tablets{tail}"
        told = LINE.format(4, about, price, times)
        assert check.sentence == f"{told}. {control.why}"
        assert (check.severity, check.cause) == ("warning", LOOK)


def test_lines_of_one_medicine_are_one_question() -> None:
    rows = [(month, AONE, "28", "1.50") for month in (JUNE, JULY)]
    rows += [(JULY, name, "28", "3.00") for name in NAMES[1:]]
    book = book_of({JUNE: POUNDS, JULY: POUNDS}, concessions(*rows))
    (check,) = opened(checks(book)).values()
    assert check.sentence == (
        "price_concessions.csv row 2: Aone 20mg tablets 28, June 2023, at £1.50 is 0.75 times the"
        " £2.00 of the tariff; row 3: Aone 20mg tablets 28, July 2023, at £1.50 is 0.75 times the"
        f" £2.00 of the tariff. {BELOW.why}"
    )


@pytest.mark.parametrize(
    ("price", "dearer", "said"),
    [
        ("100.00", "8.00", "13 times the £8.00"),
        ("0.05", "8.00", "0.025 times the £2.00"),
        ("0.40", "8.00", "0.2 times the £2.00"),
        ("8.00", "20.00", "0.4 times the £20.00"),
    ],
)
def test_a_concession_without_a_pack_is_held_to_the_pack_that_is_nearest(
    price: str, dearer: str, said: str
) -> None:
    small, large = tariff("a", {AONE: "2.00"}), tariff("a", {AONE: dearer}, "56")
    both = Extract("raw/a.csv", "", small.rows + large.rows)
    given = concessions(*((JULY, AONE, "", price),) * 3)
    (check,) = opened(checks(PriceBook({JULY: both}, given))).values()
    assert f"row 2: {AONE}, July 2023, at £{price} is {said}" in check.sentence


OTHER_UNIT = "The prices of {} seem to be in another unit: in the middle {}. {}"


@pytest.mark.parametrize(
    ("factor", "said"),
    [
        ("1", ""),
        ("0.2", ""),
        ("5", ""),
        ("0.199", "they are 0.2 times those of another tariff"),
        ("5.01", "they are 5 times those of another tariff"),
        ("100", "they are 100 times those of another tariff"),
    ],
)
def test_a_tariff_is_held_to_the_middle_of_most_of_the_others(factor: str, said: str) -> None:
    """June is out, and May and July agree; two of its four prices are not moved as far."""
    moved = str(2 * Decimal(factor))
    june = priced(moved, AONE, BTWO, CTHREE)
    found = checks(book_of({MAY: POUNDS, JUNE: june, JULY: POUNDS}))
    wrong = opened(found)
    assert list(wrong) == (["extracts.tariff_m03.scale"] if said else [])
    for check in wrong.values():
        assert check.sentence == OTHER_UNIT.format("tariff_m03.csv", said, TARIFFS.why)
        assert (check.cause, check.severity) == (EXPORT, "error")
    held = [check.id for check in found if ".scale" in check.id and check.status == "pass"]
    assert held == [
        f"extracts.tariff_{month}.scale"
        for month in ("m02", "m03", "m04")
        if not (said and month == "m03")
    ]
    lines = [check.title for check in found if check.id == "plausible.tariff_price"]
    assert lines == [f"{TARIFF_LINE.title}: tariff_m04.csv"]


def test_of_two_tariffs_that_differ_one_is_named_and_the_other_held_to_nothing() -> None:
    found = checks(book_of({JUNE: priced("200.00"), JULY: POUNDS}))
    assert [(check.id, check.is_open) for check in found if ".scale" in check.id] == [
        ("extracts.tariff_m03.scale", True),
        ("extracts.price_concessions.scale", False),
    ]


@pytest.mark.parametrize("shared", [2, 3])
def test_tariffs_with_few_packs_in_common_are_not_compared(shared: int) -> None:
    few = dict(list(priced("200.00").items())[:shared])
    found = checks(book_of({JUNE: few, JULY: POUNDS}))
    files = [check for check in found if "extracts.tariff_" in check.id]
    assert list(opened(files)) == (["extracts.tariff_m03.scale"] if shared == 3 else [])
    # their lines are asked about one by one then
    lines = [one for one in opened(found) if one.startswith("plausible.tariff_price.")]
    assert len(files) == (shared == 3)
    assert len(lines) == (0 if shared == 3 else 2)


def items(cost: str, quantity: int = 28, of: Sequence[str] = NAMES) -> Items:
    """So much of some medicines, at one cost."""
    return [(name, quantity, cost) for name in of]


@pytest.mark.parametrize(
    ("tariffs", "cost", "expected"),
    [
        ({JULY: POUNDS}, "2.00", {}),
        ({JULY: POUNDS}, "0.60", {}),
        ({JULY: POUNDS}, "6.00", {}),
        # nothing else says which of the two it is: the tariff is named
        (
            {JULY: POUNDS},
            "200.00",
            {"tariff_m04": "what the items of July 2023 cost is 100 times them"},
        ),
        (
            {JULY: POUNDS},
            "0.59",
            {"tariff_m04": "what the items of July 2023 cost is 0.3 times them"},
        ),
        # another tariff agrees with July's: the items are out
        ({JUNE: POUNDS, JULY: POUNDS}, "200.00", {"epd": "100"}),
        ({JUNE: POUNDS, JULY: POUNDS}, "0.02", {"epd": "0.01"}),
        # another tariff and the items differ from July's, which agree with each other
        (
            {JUNE: POUNDS, JULY: priced("200.00")},
            "2.00",
            {
                "tariff_m04": "they are 100 times those of another tariff and what the items of"
                " July 2023 cost is 0.01 times them"
            },
        ),
        # the items agree with July's: the other is out
        (
            {JUNE: priced("200.00"), JULY: POUNDS},
            "2.00",
            {"tariff_m03": "they are 100 times those of another tariff"},
        ),
    ],
)
def test_what_is_out_is_what_most_of_the_others_say(
    tariffs: Mapping[Month, Mapping[str, str]], cost: str, expected: Mapping[str, str]
) -> None:
    found = checks(book_of(tariffs), {JULY: items(cost)})
    told = {}
    for stem, said in expected.items():
        if stem == "epd":
            told["extracts.epd.scale.2023_24_m04"] = (
                f"The items of July 2023 in epd.csv cost {said} times what the tariff says, in the"
                f" middle: NIC or TOTAL_QUANTITY seems to be in another unit. {ITEMS.why}"
            )
        else:
            sentence = OTHER_UNIT.format(f"{stem}.csv", said, TARIFFS.why)
            told[f"extracts.{stem}.scale"] = sentence
    assert {check.id: check.sentence for check in found if check.is_open} == told
    for check in opened(found).values():
        is_items = check.id.startswith("extracts.epd")
        assert check.cause == ("Take the file as NHSBSA publishes it." if is_items else EXPORT)
        assert check.severity == "error"


def test_few_items_say_nothing_of_a_tariff() -> None:
    """Two medicines are no voice: July's tariff, which they fit, is not called right by them."""
    july = {JULY: items("2.00", of=NAMES[:2])}
    found = checks(book_of({MAY: POUNDS, JUNE: POUNDS, JULY: priced("200.00")}), july)
    assert list(opened(found)) == ["extracts.tariff_m04.scale"]
    assert not any(check.id.startswith("extracts.epd") for check in found)
    alone = checks(book_of({JULY: POUNDS}), {JULY: items("200.00", of=NAMES[:2])})
    assert [check.id for check in alone] == ["extracts.price_concessions.scale"]
    enough = checks(book_of({JULY: POUNDS}), {JULY: items("200.00", of=NAMES[:3])})
    assert list(opened(enough)) == ["extracts.tariff_m04.scale"]


def test_a_tariff_that_is_out_is_not_held_against_the_others() -> None:
    """It prices no concession and is no tariff before, and the others are held to each other."""
    book = book_of(
        {MAY: POUNDS, JUNE: priced("200.00"), JULY: priced("2.10")},
        grant("3.00", "3.00", "3.00", month=JUNE),
    )
    found = checks(book)
    assert list(opened(found)) == ["extracts.tariff_m03.scale"]
    assert not any("not_applicable" in check.status for check in found)
    assert [check.title for check in found if check.id == "plausible.tariff_price"] == [
        f"{TARIFF_LINE.title}: tariff_m04.csv"
    ]


JUMP = (
    "tariff_m04.csv row 4: Aone 20mg tablets 28 at £{} is {} times the £2.00 of tariff_m03.csv row"
    " 4"
)


@pytest.mark.parametrize(
    ("price", "times"),
    [("16.00", ""), ("16.02", "8"), ("0.25", ""), ("0.24", "0.12"), ("2000.00", "1000")],
)
def test_a_price_is_held_to_that_of_the_tariff_before(price: str, times: str) -> None:
    found = checks(book_of({JUNE: POUNDS, JULY: priced(price, AONE)}))
    wrong = opened(found)
    assert list(wrong) == (["plausible.tariff_price.aone_20mg_tablets_28"] if times else [])
    for check in wrong.values():
        told = JUMP.format(f"{Decimal(price):,.2f}", times)
        assert check.sentence == f"{told}. {TARIFF_LINE.why}"
        assert (check.severity, check.cause) == ("warning", LOOK)


def test_a_price_that_jumps_and_comes_back_is_one_question_with_both() -> None:
    found = checks(book_of({MAY: POUNDS, JUNE: priced("40.00", AONE), JULY: POUNDS}))
    (check,) = opened(found).values()
    assert check.sentence == (
        "tariff_m03.csv row 4: Aone 20mg tablets 28 at £40.00 is 20 times the £2.00 of"
        " tariff_m02.csv row 4; tariff_m04.csv row 4: Aone 20mg tablets 28 at £2.00 is 0.05 times"
        f" the £40.00 of tariff_m03.csv row 4. {TARIFF_LINE.why}"
    )


def test_a_pack_that_the_tariff_before_lacks_is_not_asked_about() -> None:
    """Nor does the first pack that is gone keep the others from being asked about."""
    july = {**priced("40.00", DFOUR), "Zfive 20mg tablets": "900.00"}
    del july[AONE]
    found = checks(book_of({JUNE: POUNDS, JULY: july}))
    assert list(opened(found)) == ["plausible.tariff_price.dfour_20mg_tablets_28"]


@pytest.mark.parametrize(
    ("quantity", "nic", "listed", "in_packs", "expected"),
    [
        ("56", "5.00", True, (), ["2.50"]),
        ("56", "5.00", True, ("Aone 20mg tablets",), ["0.0892857"]),
        ("2", "5.00", True, ("aone",), ["2.50"]),
        ("0", "5.00", True, (), []),
        ("-28", "5.00", True, (), []),
        ("28", "0", True, (), []),
        ("28", "-5.00", True, (), []),
        ("1", "0.50", True, (), ["14"]),
        ("28", "5.00", False, (), []),
    ],
)
def test_what_a_pack_cost(
    quantity: str, nic: str, listed: bool, in_packs: tuple[str, ...], expected: list[str]
) -> None:
    book = book_of({JULY: POUNDS}, None, *in_packs)
    name = AONE if listed else "Zfive 20mg tablets"
    (one,) = presentations(book, JULY, [(name, int(quantity), nic)])
    costs = [round(cost, 7) for _, cost in cost_of_packs(book, one)]
    assert costs == [Decimal(each) for each in expected]


def test_items_are_held_to_the_pack_that_is_nearest_to_what_they_cost() -> None:
    small, large = tariff("a", POUNDS), tariff("a", dict.fromkeys(NAMES, "40.00"), "56")
    both = Extract("raw/a.csv", "", small.rows + large.rows)
    for cost, is_out in (("2.00", False), ("20.00", False), ("0.50", True), ("70.00", True)):
        book = PriceBook({JULY: both}, concessions())
        found = checks(book, {JULY: items(cost)})
        assert bool(opened(found)) is is_out, cost


def test_months_of_items_are_priced_where_their_tariff_is_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """At the prices of their own month, and beside no other's."""
    asked = []

    def told(epd: object, month: Month, prices: MonthPrices) -> tuple[()]:
        asked.append((epd, month, prices.book, prices.month, prices.baseline))
        return ()

    monkeypatch.setattr(item_prices, "presentations", told)
    book, epd = book_of({JUNE: POUNDS, JULY: POUNDS}), epd_of([MAY, JULY])
    assert priced_months(book, epd) == {JULY: ()}
    assert asked == [(epd, JULY, book, JULY, None)]
