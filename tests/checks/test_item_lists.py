"""Lists of prices held to other lists: what is gone, what stands otherwise, and what may change."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from homes import RAW
from items_home import Granted, Item, TariffPack

from test_item_checks import GRANTED, ITEMS, MONTHS, NAMES, TARIFF, found

TEN = (
    *TARIFF,
    *(TariffPack(f"Also{at} 5mg capsules", 28, 100, product=50 + at) for at in (1, 2, 3)),
)
LINES, CATEGORIES = "extracts.{}.lines", "extracts.{}.categories"
A1 = "aone_20mg_tablets_28"


def in_category(category: str, packs: int) -> tuple[TariffPack, ...]:
    """Ten packs, some of them in another category than M."""
    return tuple(
        replace(one, category=category) if at < packs else one for at, one in enumerate(TEN)
    )


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"tariff": TEN, "baseline": TEN}, []),
        ({"tariff": TEN[:9], "baseline": TEN}, []),
        ({"tariff": TEN[:8], "baseline": TEN}, [LINES.format("drug_tariff")]),
        ({"tariff": TEN, "baseline": TEN[:9]}, []),
        ({"tariff": TEN, "baseline": TEN[:8]}, [LINES.format("drug_tariff_baseline")]),
        ({"tariff": TEN, "baseline": TEN[:4]}, [LINES.format("drug_tariff_baseline")]),
        ({"tariff": in_category("A", 1), "baseline": TEN}, []),
        ({"tariff": in_category("A", 2), "baseline": TEN}, [CATEGORIES.format("drug_tariff")]),
        (
            {"tariff": TEN, "following": TEN, "baseline": in_category("A", 2)},
            [CATEGORIES.format("drug_tariff_baseline")],
        ),
        # what changes from a month on makes neither side wrong
        (
            {
                "tariff": in_category("A", 2),
                "following": in_category("A", 2),
                "baseline": TEN,
                "dated": {"April 2023": TEN},
            },
            [],
        ),
    ],
)
def test_a_tariff_lists_what_the_nearest_of_the_others_lists(
    tmp_path: Path, files: dict[str, object], expected: list[str]
) -> None:
    assert list(found(tmp_path, **files)) == expected


@pytest.mark.parametrize(("cost", "expected"), [(30, []), (150, ["extracts.drug_tariff.listed"])])
def test_a_medicine_that_the_tariff_lacks_is_missed_by_its_cost(
    tmp_path: Path, cost: int, expected: list[str]
) -> None:
    brand = tuple(
        Item(one, "Zalso 5mg capsules", 28, f"{cost}.1{by}", "", month, 300 + by, bnf="0101010A0")
        for month in MONTHS
        for by, one in enumerate(("X1", "X2", "X3"))
    )
    more = TariffPack("Zalso 5mg capsules", 28, 10, product=60)
    eleven = (*TEN, more)
    files = {"tariff": TEN, "baseline": eleven, "dated": {"June 2023": eleven, "May 2023": eleven}}
    opened = found(tmp_path, items=(*ITEMS, *brand), **files)
    assert [one for one in opened if one.endswith(".listed")] == expected


@pytest.mark.parametrize(
    ("items", "concessions", "expected"),
    [
        (MONTHS, GRANTED, []),
        (("202304", "202306", "202307"), GRANTED, ["extracts.epd.months"]),
        (("202304", "202305", "202306"), GRANTED, ["extracts.epd.months"]),  # July is due
        (
            MONTHS,
            (*GRANTED, replace(GRANTED[0], month="2023-05")),
            ["extracts.price_concessions.months"],
        ),
        (MONTHS, (*GRANTED, replace(GRANTED[0], month="2023-06")), []),
    ],
)
def test_a_month_that_is_not_there_is_found(
    tmp_path: Path, items: tuple[str, ...], concessions: tuple[Granted, ...], expected: list[str]
) -> None:
    kept = tuple(one for one in ITEMS if one.month in items)
    assert list(found(tmp_path, items=kept, concessions=concessions)) == expected


def test_the_months_that_are_not_there_are_named(tmp_path: Path) -> None:
    kept = tuple(one for one in ITEMS if one.month in ("202304",))
    (check,) = found(tmp_path, items=kept).values()
    assert check.severity == "error"
    assert "epd.csv has no row of May 2023, June 2023 and July 2023." in check.sentence


JUNE = tuple(replace(one, month="2023-06") for one in GRANTED)


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        (JUNE, (*JUNE, *GRANTED), []),
        (JUNE, (*JUNE[1:], *GRANTED), [f"concession_stands.{A1}"]),
        (JUNE, GRANTED, []),  # a list that begins later says nothing of the months before
        # the month that was not over may have another price
        (JUNE, (replace(JUNE[0], price="1.60"), *JUNE[1:], *GRANTED), []),
        (
            (*JUNE, *GRANTED[1:]),
            (replace(JUNE[0], price="1.60"), *JUNE[1:], *GRANTED),
            [f"concession_stands.{A1}"],
        ),
        # several prices of one medicine without a pack: which is which, no list says
        (
            (*JUNE, *GRANTED, Granted(NAMES[5], "2.10", "", "2023-06")),
            (
                *JUNE,
                *GRANTED,
                Granted(NAMES[5], "2.20", "", "2023-06"),
                Granted(NAMES[5], "2.30", "", "2023-06"),
            ),
            [],
        ),
    ],
)
def test_a_concession_that_was_granted_stands(
    tmp_path: Path, before: tuple[Granted, ...], now: tuple[Granted, ...], expected: list[str]
) -> None:
    last = tmp_path / RAW.parent / "M05"
    last.mkdir(parents=True)
    rows = (f"{one.month},{one.drug},{one.size},£{one.price}" for one in before)
    text = "\n".join(("month,drug,pack_size,price", *rows, ""))
    (last / "price_concessions.csv").write_text(text, encoding="utf-8")
    opened = found(tmp_path, concessions=now)
    assert list(opened) == [f"plausible.{one}" for one in expected]


@pytest.mark.parametrize(
    ("price", "expected"),
    [
        ("9.00", []),
        ("9.01", ["concession_change"]),
        ("0.25", []),
        ("0.24", ["concession_change"]),
    ],
)
def test_a_concession_is_not_far_from_that_of_the_month_before(
    tmp_path: Path, price: str, expected: list[str]
) -> None:
    earlier = replace(GRANTED[0], price=price, month="2023-06")
    opened = found(tmp_path, concessions=(*GRANTED, earlier))
    assert list(opened) == [f"plausible.{one}.{A1}" for one in expected]


@pytest.mark.parametrize(("price", "is_asked"), [("4.80", False), ("5.60", True)])
def test_a_medicine_on_concession_cost_what_was_granted(
    tmp_path: Path, price: str, is_asked: bool
) -> None:
    opened = found(tmp_path, concessions=(replace(GRANTED[0], price=price), *GRANTED[1:]))
    assert list(opened) == ([f"plausible.concession_cost.{A1}"] if is_asked else [])
