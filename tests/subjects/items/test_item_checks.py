"""Files of items, tariffs and concessions held against each other: what is out, and what is not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from items_home import Granted, Item, TariffPack, items_home

from boardpack.checks import Check
from boardpack.core.params import load_paper
from boardpack.core.periods import Month
from boardpack.subjects.items.checks import check_items

NAMES = tuple(
    f"{name} 20mg tablets"
    for name in ("Aone", "Btwo", "Cthree", "Dfour", "Efive", "Fsix", "Gseven")
)
TARIFF = tuple(TariffPack(name, 28, 100 + at, product=at) for at, name in enumerate(NAMES))
GRANTED = tuple(Granted(name, "1.50", "28") for name in NAMES[:4])
WRONG = (Granted(NAMES[4], "2.00", "30"), Granted("Efivve 20mg tablets", "2.00", "28"))
MONTHS = ("202304", "202305", "202306", "202307")
ITEMS = tuple(
    # a pack costs about a pound; no two practices, medicines or months are alike
    Item(practice, name, 28, f"{300 + 10 * at + shift}.0{by}", "", month, 301 + 10 * at + shift)
    for shift, month in enumerate(MONTHS)
    for by, practice in enumerate(("X1", "X2", "X3"))
    for at, name in enumerate(NAMES)
)
JULY = "extracts.epd.{}.2023_24_m04"


def found(home: Path, **files: object) -> dict[str, Check]:
    """The open checks on the files of a home, by id."""
    given = {"items": ITEMS, "tariff": TARIFF, "concessions": GRANTED, "baseline": TARIFF, **files}
    items_home(home, **given)  # type: ignore[arg-type]
    checks = check_items(load_paper(home, Month(2023, 6), "bromley"))
    ids = [check.id for check in checks]
    assert len(ids) == len(set(ids))
    return {check.id: check for check in checks if check.is_open}


def priced(factor: float, packs: int = len(TARIFF)) -> tuple[TariffPack, ...]:
    """The tariff with some of its prices multiplied."""
    return tuple(
        replace(one, price=int(one.price * factor)) if at < packs else one
        for at, one in enumerate(TARIFF)
    )


def granted(price: str, lines: int = len(GRANTED)) -> tuple[Granted, ...]:
    """The concessions with some of them at another price."""
    return tuple(replace(one, price=price) if at < lines else one for at, one in enumerate(GRANTED))


def test_files_that_fit_each_other_are_not_asked_about(tmp_path: Path) -> None:
    assert found(tmp_path) == {}


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"concessions": granted("150")}, ["extracts.price_concessions.scale"]),
        ({"tariff": priced(100)}, ["extracts.drug_tariff.scale"]),
        (
            {"concessions": (granted("0.99", 1)[0], *GRANTED[1:], *WRONG)},
            [
                "plausible.concession_below_tariff.aone_20mg_tablets_28",
                "plausible.concession_pack.efive_20mg_tablets_30",
                "plausible.concession_name.efivve_20mg_tablets_28",
            ],
        ),
        ({"concessions": granted("5.60", 1)}, ["plausible.concession_cost.aone_20mg_tablets_28"]),
        (
            {"items": tuple(one for one in ITEMS if one.month in ("202304", "202306"))},
            ["extracts.epd.months"],
        ),
    ],
)
def test_a_price_that_is_out_is_one_finding(
    tmp_path: Path, files: dict[str, object], expected: list[str]
) -> None:
    """The rules themselves are tested in `test_item_prices`, `_names`, `_lists` and `_volumes`."""
    assert list(found(tmp_path, **files)) == expected


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ((*ITEMS, *(one for one in ITEMS if one.month == MONTHS[-1])), [JULY.format("twice")]),
        (
            (*ITEMS, *(one for one in ITEMS if one.month == MONTHS[-1] and one.practice == "X2")),
            [JULY.format("twice")],
        ),
        (
            tuple(
                [one for one in ITEMS if one.month != MONTHS[-1]]
                + [replace(one, month=MONTHS[-1]) for one in ITEMS if one.month == MONTHS[-2]]
            ),
            [JULY.format("copied")],
        ),
        (
            tuple(one for one in ITEMS if (one.month, one.practice) != (MONTHS[-1], "X3")),
            [JULY.format("volume"), "plausible.practices.x3_x3"],
        ),
    ],
)
def test_a_month_of_items_that_does_not_stand_is_found(
    tmp_path: Path, items: tuple[Item, ...], expected: list[str]
) -> None:
    assert list(found(tmp_path, items=items)) == expected


def test_cost_in_pence_is_one_finding_and_stops_a_release(tmp_path: Path) -> None:
    items = tuple(replace(one, cost=f"{float(one.cost) * 100:.2f}") for one in ITEMS)
    assert list(found(tmp_path, items=items)) == [JULY.format("scale")]


def test_many_lines_of_one_file_are_one_finding(tmp_path: Path) -> None:
    more = tuple(TariffPack(f"Also{at} 5mg capsules", 28, 100, product=50 + at) for at in range(30))
    dear = tuple(Granted(one.medicine, "2.00", "28") for one in more)
    low = tuple(replace(one, price="0.80") for one in dear[:11])
    files = {"tariff": (*TARIFF, *more), "baseline": (*TARIFF, *more)}
    (check,) = found(tmp_path, concessions=(*GRANTED, *dear[11:], *low), **files).values()
    assert check.id == "plausible.concession_below_tariff"
    assert check.sentence.startswith("11 lines of price_concessions.csv.")
