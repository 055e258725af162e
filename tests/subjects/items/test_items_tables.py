"""What the chapters say of items: part of the spend, beside the published line, nothing hidden."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from homes import RAW, copied_home
from items_home import Granted, Item, TariffPack, items_home
from opened_chapter import PROJECT, cells, chart, long_sentences, opened, said, table, untagged

from boardpack.document.blocks import NotSupplied
from boardpack.document.chapter import ChapterPaper
from boardpack.subjects.items import bridge_tables as bridge
from boardpack.subjects.items import cuts_tables as cuts
from boardpack.subjects.items import tables as prescribing_items

A, B = "Atorvastatin 20mg tablets", "Omeprazole 20mg gastro-resistant capsules"
TARIFF = (TariffPack(A, 28, 91, product=1), TariffPack(B, 28, 283, product=2))
RISING = (TariffPack(A, 28, 91, product=1), TariffPack(B, 28, 86, product=2))
FALLING = (TariffPack(A, 28, 91, product=1), TariffPack(B, 28, 383, product=2))
ITEMS = (
    Item("X1", A, 1_000_000, "500000"),
    Item("X1", B, 2_800_000, "400000"),
    Item("X2", B, 28_000, "9000"),
    Item("X1", "Wexair", 9, "100000"),
)
GRANTED = (Granted(A, "3.38", "28"),)


def _home(home: Path, baseline: tuple[TariffPack, ...] | None = RISING, **more: object) -> Path:
    return items_home(copied_home(PROJECT, home), ITEMS, TARIFF, GRANTED, baseline, **more)  # type: ignore[arg-type]


def _icb(home: Path) -> ChapterPaper:
    return opened("prescribing_icb", home=home, owns=("prescribing_savings", "prescribing_items"))


def _place(home: Path) -> ChapterPaper:
    return opened("prescribing", home=home, owns=("prescribing",), reads=("prescribing_items",))


def test_the_appendix_says_of_which_and_names_the_difference(tmp_path: Path) -> None:
    paper = _icb(_home(tmp_path))
    block = prescribing_items.items_narrative(paper)
    text = said(block)
    assert "price concessions (NCSO) cost £91k" in text
    assert "Category M prices added £185k, compared with those of March 2023." in text
    assert "parts of the spend above and are not added to it" in text
    assert "a month on average. The items show" in text
    assert "£100k of the items (9.9% of cost; 1 name)" in text
    assert set(re.findall(r"\d+", untagged(block))) == {"2023"}
    assert long_sentences(block) == []


def test_a_fall_of_prices_is_said_as_one(tmp_path: Path) -> None:
    home = _home(tmp_path, FALLING)
    assert "Category M prices took away £94k" in said(prescribing_items.items_narrative(_icb(home)))
    text = said(prescribing_items.place_items_narrative(_place(home)))
    assert "£93k less for Category M than at the prices of March 2023" in text


def test_the_board_reads_one_sentence_of_its_place(tmp_path: Path) -> None:
    block = prescribing_items.place_items_narrative(_place(_home(tmp_path)))
    text = said(block)
    assert "cost in Bromley. They come to £91k for concessions" in text
    assert "Both are a part of the spend, not on top of it." in text
    assert "£183k more for Category M" in text


def test_without_a_baseline_nothing_is_said_of_category_m(tmp_path: Path) -> None:
    home = _home(tmp_path, None)
    for block in (
        prescribing_items.items_narrative(_icb(home)),
        prescribing_items.place_items_narrative(_place(home)),
    ):
        assert "Category M" not in said(block)


def test_tables_show_places_and_the_costliest_medicines(tmp_path: Path) -> None:
    paper = _icb(_home(tmp_path))
    places = cells(table(prescribing_items.places_table(paper)))
    assert places["Bromley"][:5] == ["1,000", "91", "183", "-", "273"]
    assert places["Bromley"][-1] == "10.0%"
    assert places["Greenwich"][:2] == ["-", "-"]
    assert cells(table(cuts.drugs_table(paper))) == {B: ["-", "185", "185"], A: ["91", "-", "91"]}


def test_items_without_the_prices_of_their_month_are_told(tmp_path: Path) -> None:
    home = _home(tmp_path, titles=("August 2023", "March 2023"))
    block = prescribing_items.items_narrative(_icb(home))
    assert isinstance(block, NotSupplied)
    assert "July 2023" in block.what
    assert prescribing_items.places_table(_icb(home)) is None


@pytest.mark.parametrize("place", ["bromley", "icb"])
def test_a_month_of_schedules_shows_no_such_block(place: str) -> None:
    assert not (PROJECT / RAW / "epd.csv").exists()
    paper = opened("prescribing_icb", place, owns=("prescribing_savings", "prescribing_items"))
    assert prescribing_items.items_narrative(paper) is None
    assert prescribing_items.places_table(paper) is None
    assert prescribing_items.place_items_narrative(paper) is None
    for block in (cuts.drugs_table, cuts.practices_table, cuts.chapters_table, cuts.months_table):
        assert block(paper) is None
    assert bridge.bridge_narrative(paper) is None
    assert bridge.bridge_chart(paper) is None
    assert bridge.bridge_table(paper) is None
    assert cuts.ahead_narrative(paper) is None
    assert cuts.published_narrative(paper) is None


def _with_june(home: Path, **more: object) -> Path:
    """A home with items of June, whose prices are the baseline's, and what comes in August."""
    june = (
        Item("X1", A, 900_000, "400000", month="202306", items=1),
        Item("X1", B, 2_800_000, "300000", month="202306"),
        Item("X2", B, 28_000, "9000", month="202306"),
    )
    granted = (*GRANTED, Granted(A, "2.00", "28", "2023-06"), Granted(B, "9.00", "28", "2023-08"))
    titles = ("July 2023", "June 2023")
    items = tuple(replace(one, items=1) for one in (*ITEMS, *june))
    copied = copied_home(PROJECT, home)
    return items_home(copied, items, TARIFF, granted, RISING, titles, **more)  # type: ignore[arg-type]


def test_the_bridge_reads_from_month_to_month_and_adds_up(tmp_path: Path) -> None:
    paper = _icb(_with_june(tmp_path))
    block = bridge.bridge_narrative(paper, "icb")
    text = said(block)
    assert "The items of July 2023 cost £1.01m in South East London ICB, £300k more" in text
    assert "The number of items added" in text
    assert "Category A prices are in that last part" in text
    assert long_sentences(block) == []
    assert set(re.findall(r"\d+", untagged(block))) == {"2023"}
    picture = chart(bridge.bridge_chart(paper, "icb"))
    first, *steps, last = (Decimal(n.value) for n in picture.series[0].values if n is not None)
    assert first + sum(steps) == pytest.approx(last)
    assert list(picture.categories)[0::6] == ["June 2023", "July 2023"]
    assert picture.alt.count(";") == 6
    shown = cells(table(bridge.bridge_table(paper)))
    assert shown["South East London ICB"][0::6] == ["709", "1,009"]


def test_what_ends_and_what_is_estimated_is_said_apart(tmp_path: Path) -> None:
    paper = _icb(_with_june(tmp_path))
    block = cuts.ahead_narrative(paper, "icb")
    text = said(block)
    assert "ICB £91k in July 2023 are not on the list for August 2023" in text
    assert "in August 2023. The estimates are kept apart" in text
    assert long_sentences(block) == []
    months = cells(table(cuts.months_table(paper)))
    assert months["July 2023"][1] == "1,009"
    heading = "Estimated: the latest quantities at known prices"
    assert list(months).index(heading) < list(months).index("August 2023")


def test_a_place_sees_its_networks_practices_and_medicines(tmp_path: Path) -> None:
    home = _home(tmp_path)
    text = (home / RAW / "epd.csv").read_text(encoding="utf-8")
    (home / RAW / "epd.csv").write_text(text.replace(",1000000,1,", ",125000,8,"), encoding="utf-8")
    paper = _place(home)
    rows = cells(table(cuts.practices_table(paper, "bromley")))
    assert list(rows) == ["Networks", "Orpington", "Practices whose prices cost most", "X1"]
    assert rows["X1"] == ["1,000", "91", "183", "273"]
    assert cells(table(cuts.drugs_table(paper, "bromley")))[A] == ["91", "-", "91"]


def test_without_an_earlier_month_the_bridge_is_named_as_not_supplied(tmp_path: Path) -> None:
    block = bridge.bridge_narrative(_icb(_home(tmp_path)), "icb")
    assert isinstance(block, NotSupplied)
    assert "What changed the cost of items" in block.what
