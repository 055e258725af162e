"""Tariffs of several months in one folder: by the month of their title, and names that lie."""

from __future__ import annotations

from pathlib import Path

import pytest
from homes import RAW
from items_home import Granted, Item, TariffPack, items_home
from month_six import paper_for

from boardpack.core.errors import InputFaults
from boardpack.core.params import load_paper
from boardpack.core.periods import Month
from boardpack.reading.folder import Folder
from boardpack.subjects.items.drug_tariffs import read_dated_tariffs
from boardpack.subjects.items.quantity_means_pack_extract import (
    packs_by_quantity,
    read_quantity_means_pack,
)

NAME = "Atorvastatin 20mg tablets"
PACKS = (TariffPack(NAME, 28, 91, product=1),)


def _home(home: Path, **more: object) -> Path:
    items = (Item("X1", NAME, 28),)
    return items_home(home, items, PACKS, (Granted(NAME, "3.38"),), PACKS, **more)  # type: ignore[arg-type]


def _folder(home: Path) -> Folder:
    return Folder(load_paper(home, paper_for().month, "bromley"), corrections=())


def test_each_tariff_stands_under_the_month_of_its_title(tmp_path: Path) -> None:
    folder = _folder(_home(tmp_path, following=PACKS, dated={"May 2023": PACKS}))
    found = read_dated_tariffs(folder)
    named = {month: Path(one.file).name for month, one in found.items()}
    assert named == {
        Month(2022, 12): "drug_tariff_baseline.csv",
        Month(2023, 2): "drug_tariff_202305.csv",
        Month(2023, 4): "drug_tariff.csv",
        Month(2023, 5): "drug_tariff_following.csv",
    }
    assert {one.file for one in found.values()} <= set(folder.hashes)


@pytest.mark.parametrize(
    ("name", "now", "expected"),
    [
        ("drug_tariff_202305.csv", "drug_tariff_202306.csv", "June 2023"),
        ("drug_tariff_following.csv", "drug_tariff_202304.csv", "April 2023"),
    ],
)
def test_a_name_that_promises_another_month_is_refused(
    tmp_path: Path, name: str, now: str, expected: str
) -> None:
    home = _home(tmp_path, following=PACKS, dated={"May 2023": PACKS})
    (home / RAW / name).rename(home / RAW / now)
    with pytest.raises(InputFaults) as refused:
        read_dated_tariffs(_folder(home))
    assert f"a title that names {expected}" in str(refused.value)


def test_a_month_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    home = _home(tmp_path, dated={"May 2023": PACKS})
    raw = home / RAW
    (raw / "drug_tariff_202305.csv").rename(raw / "drug_tariff_202319.csv")
    with pytest.raises(InputFaults, match="a month in its name"):
        read_dated_tariffs(_folder(home))


def test_the_list_of_medicines_counted_in_packs_may_be_there_or_not(tmp_path: Path) -> None:
    code = "0401010ADAAAAAA"
    listed = read_quantity_means_pack(_folder(_home(tmp_path, counted_in_packs=(code,))))
    assert packs_by_quantity(listed) == {code}
    assert not read_quantity_means_pack(_folder(_home(tmp_path))).rows
