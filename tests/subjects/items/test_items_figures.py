"""Effects of prices by place: against a second plain implementation, and what lacks or is odd."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from homes import RAW
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from items_home import Granted, Item, TariffPack, bnf_code, items_home, product_code
from month_six import paper_for, whole_register
from plain_prices import Prices, plain_effects, plain_other_price

from boardpack.core.errors import InputFaults
from boardpack.core.params import load_paper
from boardpack.figures.chapters import compute
from boardpack.figures.draft import Draft
from boardpack.figures.register import Register
from boardpack.reading.folder import Folder
from boardpack.subjects.items.figures import prescribing_items_figures

ATORVASTATIN, OMEPRAZOLE, OTHER = "Atorvastatin 20mg tablets", "Omeprazole 20mg capsules", "Wexair"
TARIFF = (
    TariffPack(ATORVASTATIN, 28, 91, product=1),
    TariffPack(OMEPRAZOLE, 28, 283, product=2),
    TariffPack("Sertraline 50mg tablets", 28, 92, product=3),
)
BASELINE = (
    TariffPack(ATORVASTATIN, 28, 80, product=1),
    TariffPack(OMEPRAZOLE, 28, 86, product=2),
    TariffPack("Sertraline 50mg tablets", 28, 92, "C", product=3),
)
ITEMS = (
    Item("X1", ATORVASTATIN, 60_000),
    Item("X3", "Atorvastatin_Tab 20mg", 40_000),
    Item("X1", OMEPRAZOLE, 28_000),
    Item("X1", OTHER, 10, "25.50"),
    Item("X2", OMEPRAZOLE, 2_800),
    Item("X1", ATORVASTATIN, 7_000_000, month="202306"),
)
GRANTED = (Granted(ATORVASTATIN, "3.38", "28"), Granted(ATORVASTATIN, "9.00", month="2023-06"))
MEDICINES = ("Alpha 1mg tablets", "Beta 2mg tablets", "Gamma 3mg capsules")


def _register(home: Path) -> Register:
    paper = load_paper(home, paper_for().month, "bromley")
    draft = Draft(paper, Folder(paper, corrections=()))
    prescribing_items_figures(draft)
    return draft.register


def _value(register: Register, identity: str) -> Decimal:
    return register[f"prescribing_items.{identity}"].value


@pytest.fixture
def register(tmp_path: Path) -> Register:
    return _register(items_home(tmp_path, ITEMS, TARIFF, GRANTED, BASELINE))


def test_the_worked_example_stands_at_its_place_to_the_penny(register: Register) -> None:
    assert _value(register, "bromley.ncso.latest_month_cost") == Decimal("9055.43")
    assert _value(register, "bexley.ncso.latest_month_cost") == 0
    assert _value(register, "icb.ncso.latest_month_cost") == Decimal("9055.43")


def test_category_m_leaves_out_concessions_and_what_was_not_in_it_before(
    register: Register,
) -> None:
    bromley = 1000 * Decimal("1.97") * Decimal("0.928")
    assert _value(register, "bromley.category_m.latest_month_effect") == bromley
    bexley = Decimal("182.82")
    assert _value(register, "icb.category_m.latest_month_effect") == bromley + bexley
    both = Decimal("9055.43") + bromley + bexley
    assert _value(register, "icb.cat_m_ncso.latest_month_effect") == both


def test_what_the_tariff_does_not_list_is_counted_and_not_hidden(register: Register) -> None:
    assert _value(register, "bromley.unmatched.latest_month_cost") == Decimal("25.50")
    assert _value(register, "bromley.unmatched.latest_month_presentations") == 1
    assert _value(register, "bexley.unmatched.latest_month_presentations") == 0
    assert _value(register, "bromley.items.latest_month_cost") == Decimal("55.50")
    share = _value(register, "icb.unmatched.latest_month_cost_share")
    assert share == pytest.approx(Decimal("25.50") / Decimal("65.50") * 100)


def test_lineage_names_the_rows_of_prices_and_counts_those_of_items(register: Register) -> None:
    cells = register["prescribing_items.bromley.ncso.latest_month_cost"].cells
    said = {Path(cell.cell.file).name: cell.made_from for cell in cells}
    assert said["epd.csv"].startswith("2 rows of July 2023, added up while read: quantity / pack")
    assert said["drug_tariff.csv"] == "rows 4: tariff prices of these packs"
    assert said["price_concessions.csv"] == "rows 2: concessions on these packs"
    assert all(cell.sha256 for cell in cells)
    assert {f.period for f in register if f.measure.startswith("latest")} == {"2023/24 M04"}


def test_the_costliest_drugs_are_named_by_their_product(register: Register) -> None:
    drugs = [f for f in register if ".icb.vmp_" in f.id and f.measure == "latest_month_effect"]
    assert [f.line for f in drugs] == [f"vmp_{product_code(pack)}" for pack in TARIFF[:2]]
    assert drugs[0].label == "Atorvastatin 20mg tablets, latest month effect"
    total = _value(register, "icb.cat_m_ncso.latest_month_effect")
    assert sum(figure.value for figure in drugs) == total


def test_practices_and_concessions_without_a_home_are_shown(tmp_path: Path) -> None:
    lost = (*GRANTED, Granted("Wexomab 1mg tablets", "4.00"))
    items = (*ITEMS, Item("X9", ATORVASTATIN, 28, "12.34"))
    register = _register(items_home(tmp_path, items, TARIFF, lost, BASELINE))
    assert _value(register, "icb.no_place.latest_month_cost") == Decimal("12.34")
    assert _value(register, "icb.ncso.latest_month_unmatched_concessions") == 1
    assert _value(register, "icb.ncso.latest_month_cost") == Decimal("9055.43")


def test_without_a_baseline_there_is_no_category_m_effect(tmp_path: Path) -> None:
    register = _register(items_home(tmp_path, ITEMS, TARIFF, GRANTED))
    assert "prescribing_items.bromley.ncso.latest_month_cost" in register
    assert not [f.id for f in register if "category_m" in f.id or ".cat_m_ncso." in f.id]


def test_prices_of_another_month_price_nothing(tmp_path: Path) -> None:
    titles = ("August 2023", "March 2023")
    assert not len(_register(items_home(tmp_path, ITEMS, TARIFF, GRANTED, BASELINE, titles)))
    other_month = GRANTED[1:]
    assert not len(_register(items_home(tmp_path, ITEMS, TARIFF, other_month, BASELINE)))


def test_the_published_line_is_reconciled_and_the_difference_named(tmp_path: Path) -> None:
    home = items_home(tmp_path, ITEMS, TARIFF, GRANTED, BASELINE)
    published = whole_register()["prescribing.bromley.cat_m_ncso.ytd_spend"].value
    paper = paper_for()
    for source in paper.raw.glob("*.csv"):
        target = home / RAW / source.name
        target.write_bytes(source.read_bytes())
    for source in (paper.home / "data/reference").glob("*.csv"):
        if source.name != "practices.csv":
            (home / "data/reference" / source.name).write_bytes(source.read_bytes())
    register = compute(load_paper(home, paper.month, "bromley"), "prescribing_items")
    found = _value(register, "bromley.cat_m_ncso.published_average_month")
    assert found == pytest.approx(published / 6)
    difference = register["prescribing_items.bromley.cat_m_ncso.latest_month_difference"]
    effect = _value(register, "bromley.cat_m_ncso.latest_month_effect")
    assert difference.value == pytest.approx(effect - found)
    assert difference.is_estimate


def test_a_month_of_schedules_has_no_such_figures() -> None:
    assert not [f.id for f in whole_register() if f.chapter == "prescribing_items"]


@st.composite
def months(draw: st.DrawFn) -> tuple[list[Item], Prices]:
    """Items of two months in two places, packs of a few medicines, some on concession."""
    tariff, baseline = list[TariffPack](), list[TariffPack]()
    following, granted = list[TariffPack](), list[Granted]()
    for product, medicine in enumerate(MEDICINES, 1):
        for number, size in enumerate(draw(st.sampled_from([(28,), (7, 28), (30, 60)]))):
            for each in (tariff, baseline, following):
                if each is tariff or draw(st.integers(0, 3)):
                    category, price = draw(CATEGORIES), draw(PENCE)
                    each.append(TariffPack(medicine, size, price, category, product, number))
        for month in ("2023-06", "2023-07"):
            for size in draw(st.sampled_from([(), (), ("",), ("28",), ("7", "28"), ("999",)])):
                granted.append(Granted(medicine, f"{draw(PENCE) / 100:.2f}", size, month))
    other = TariffPack("Delta 4mg tablets", 28, 100, product=9)
    for each in (baseline, following):
        each.append(other)
    granted += [Granted("Delta 4mg tablets", "1.00", month=m) for m in ("2023-06", "2023-07")]
    rows = st.builds(
        Item,
        st.sampled_from(["X1", "X2", "X3", "X9"]),
        NAMES,
        QUANTITIES,
        COSTS,
        month=st.sampled_from(["202306", "202307"]),
        items=st.integers(1, 9),
    )
    always = [Item("X1", OTHER, 1), Item("X1", OTHER, 1, month="202306")]
    return [*always, *draw(st.lists(rows, max_size=8))], Prices(
        tariff, baseline, following, granted
    )


PENCE = st.integers(1, 5000)
CATEGORIES = st.sampled_from("MMAC")
NAMES = st.sampled_from(MEDICINES)
QUANTITIES = st.integers(0, 10**6)
COSTS = st.integers(0, 10**7).map(lambda pence: f"{pence / 100:.2f}")
TITLES = ("July 2023", "June 2023")


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(month=months())
def test_a_second_plain_implementation_agrees(home: Path, month: tuple[list[Item], Prices]) -> None:
    items, prices = month
    given_home = items_home(
        home, items, prices.tariff, prices.granted, prices.baseline, TITLES, prices.following
    )
    register = _register(given_home)
    for place, effects in plain_effects(items, prices).items():
        assert Fraction(_value(register, f"{place}.ncso.latest_month_cost")) == effects["ncso"]
        for category in "MAC":
            line = f"{place}.category_{category.lower()}"
            found = _value(register, f"{line}.latest_month_effect")
            assert Fraction(found) == effects[category]
        bridge = f"{place}.bridge"
        other = plain_other_price(items, prices, place.capitalize())
        assert abs(Fraction(_value(register, f"{bridge}.other_price_change")) - other) < TINY
    cost = sum(
        Decimal(item.cost) for item in items if item.practice != "X9" and item.month == "202307"
    )
    assert _value(register, "icb.items.latest_month_cost") == cost
    _hold_together(register)


TINY = Fraction(1, 10**15)
STEPS = (
    "volume_change",
    "mix_change",
    "category_m_change",
    "category_a_change",
    "category_c_change",
    "concessions_change",
    "other_price_change",
)


def _hold_together(register: Register) -> None:
    """Every bridge adds up, and so do the cuts of the latest month."""
    for place in ("bromley", "bexley", "icb"):
        bridge = [_value(register, f"{place}.bridge.{step}") for step in STEPS]
        start = _value(register, f"{place}.items.month_cost.m03")
        end = _value(register, f"{place}.items.latest_month_cost")
        assert abs(start + sum(bridge) - end) < Decimal("1e-15")
    for measure in ("latest_month_cost", "latest_month_effect"):
        lines = {
            "chapters": [f for f in register if f.line.startswith("chapter_")],
            "networks": [f for f in register if f.line.startswith("pcn_")],
        }
        named = "items" if measure == "latest_month_cost" else "prices"
        total = _value(register, f"icb.{named}.{measure}")
        for found in lines.values():
            assert sum(f.value for f in found if f.measure == measure) == total


def test_category_a_is_paid_at_the_tariff_of_the_month_after(tmp_path: Path) -> None:
    def packs(price: int) -> list[TariffPack]:
        return [TariffPack(OMEPRAZOLE, 28, price, "A", product=2), TARIFF[0]]

    granted = (Granted(ATORVASTATIN, "3.38", "28"),)
    home = items_home(tmp_path, ITEMS, packs(500), granted, packs(100), following=packs(150))
    register = _register(home)
    expected = 1000 * Decimal("0.50") * Decimal("0.928")
    assert _value(register, "bromley.category_a.latest_month_effect") == expected
    without = _register(items_home(tmp_path, ITEMS, packs(500), granted, packs(100)))
    assert not [f.id for f in without if "category_a" in f.id]
    assert "prescribing_items.icb.category_c.latest_month_effect" in without


def test_where_the_quantity_counts_packs_the_pack_size_plays_no_part(tmp_path: Path) -> None:
    items = (Item("X1", ATORVASTATIN, 100), Item("X1", OMEPRAZOLE, 100))
    codes = (bnf_code(items[0]), product_code(TARIFF[1]))
    home = items_home(tmp_path, items, TARIFF, GRANTED, BASELINE, counted_in_packs=codes)
    register = _register(home)
    rise = Decimal("3.38") - Decimal("0.91") * Decimal("0.928")
    assert _value(register, "bromley.ncso.latest_month_cost") == round(100 * rise, 2)
    effect = 100 * Decimal("1.97") * Decimal("0.928")
    assert _value(register, "bromley.category_m.latest_month_effect") == round(effect, 2)


def test_practices_with_few_items_are_not_shown(tmp_path: Path) -> None:
    few, enough = Item("X1", OMEPRAZOLE, 28, items=7), Item("X3", OMEPRAZOLE, 28, items=8)
    register = _register(items_home(tmp_path, (few, enough), TARIFF, GRANTED, BASELINE))
    assert {f.line for f in register if "practice_" in f.line} == {"practice_x3"}
    named = {
        f.line: f.label for f in register if "pcn_" in f.line and f.measure == "latest_month_cost"
    }
    assert named["pcn_hayes"] == "Hayes, latest month cost"


def test_concessions_that_end_are_those_the_next_list_lacks(tmp_path: Path) -> None:
    both = (*GRANTED, Granted(OMEPRAZOLE, "4.00", "28"), Granted(OMEPRAZOLE, "4", month="2023-08"))
    register = _register(items_home(tmp_path, ITEMS, TARIFF, both, BASELINE))
    assert _value(register, "bromley.ncso.ending_next_month_cost") == Decimal("9055.43")
    assert _value(register, "icb.ncso.ending_next_month_concessions") == 1
    told = [f for f in register if f.measure == "ending_next_month_cost" and "vmp" in f.line]
    ends = [f.line for f in told if f.value]
    assert set(ends) == {f"vmp_{product_code(TARIFF[0])}"}
    unknown = _register(items_home(tmp_path, ITEMS, TARIFF, GRANTED, BASELINE))
    assert not [f.id for f in unknown if "ending" in f.id]


def test_months_not_in_yet_take_the_latest_quantities_at_known_prices(tmp_path: Path) -> None:
    later = (*GRANTED, Granted(ATORVASTATIN, "1.91", "28", "2023-08"))
    register = _register(items_home(tmp_path, ITEMS, TARIFF, later, BASELINE))
    found = register["prescribing_items.bromley.ncso.estimated_month_cost.m05"]
    rise = Decimal("1.91") - Decimal("0.91") * Decimal("0.928")
    assert found.value == pytest.approx(rise * 100_000 / 28, abs=Decimal("0.01"))
    assert found.is_estimate
    assert found.period == "2023/24 M05"
    assert "prescribing_items.bromley.ncso.estimated_month_cost" not in register
    known = register["prescribing_items.bromley.ncso.month_cost.m04"]
    assert known.value == Decimal("9055.43")
    assert not known.is_estimate


def test_the_month_before_is_the_baseline_where_its_tariff_is_there(tmp_path: Path) -> None:
    june = {"June 2023": BASELINE}
    register = _register(items_home(tmp_path, ITEMS, TARIFF, GRANTED, BASELINE, dated=june))
    start = register["prescribing_items.bromley.bridge.cost_change"].formula or ""
    assert start.endswith("- prescribing_items.bromley.items.month_cost.m03")
    _hold_bridge(register)
    alone = _register(items_home(tmp_path, ITEMS, TARIFF, GRANTED, BASELINE))
    assert not [f.id for f in alone if ".bridge." in f.id]


def _hold_bridge(register: Register) -> None:
    steps = [
        f.value for f in register if f.line == "bridge" and f.place == "icb" and f.measure in STEPS
    ]
    change = _value(register, "icb.bridge.cost_change")
    assert len(steps) > 4
    assert abs(sum(steps) - change) < Decimal("1e-15")


def test_a_tariff_under_another_months_name_is_refused(tmp_path: Path) -> None:
    home = items_home(tmp_path, ITEMS, TARIFF, GRANTED, BASELINE, following=TARIFF)
    following = home / RAW / "drug_tariff_following.csv"
    following.write_text(following.read_text().replace("August", "June"), encoding="utf-8")
    with pytest.raises(InputFaults) as refused:
        _register(home)
    assert "a title that names August 2023 (2023-08)" in str(refused.value)
