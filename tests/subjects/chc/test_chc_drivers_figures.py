"""What changed the cost of care since last month: worked examples, identities, a file by hand."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from attacker import Attacker, Interval
from hypothesis import example, given, settings
from hypothesis import strategies as st
from month_six import paper_for
from packages_home import Record, packages_home, record, two_months

from boardpack.core.params import load_paper
from boardpack.core.periods import parse_month
from boardpack.figures.chapters import compute
from boardpack.figures.register import Register
from boardpack.subjects.chc.kinds import (
    CARE_TYPES,
    GROUP_NAMES,
    Amount,
    Kind,
    Line,
    price_volume_mix,
    told_lines,
)

LOWEST, HIGHEST = 1, 7
KINDS = [(care, group) for care in CARE_TYPES[:3] for group in GROUP_NAMES[:3]]


def amount(weeks: int | Fraction, price: int | Fraction) -> Amount:
    return Amount(Fraction(weeks), Fraction(weeks) * price)


def test_the_worked_example_of_the_domain_notes() -> None:
    ld, pd = ("CHC standard", "learning disability"), ("CHC standard", "physical disability")
    before = {ld: amount(10, 3000), pd: amount(30, 1200)}
    now = {ld: amount(12, 3100), pd: amount(30, 1250)}
    found = price_volume_mix(before, now)
    assert (found.volume, found.mix, found.price) == (3300, 2700, 2700)


amounts = st.builds(
    amount,
    st.fractions(min_value=0, max_value=500, max_denominator=7),
    st.fractions(min_value=50, max_value=5000, max_denominator=100),
)
months = st.dictionaries(st.sampled_from(KINDS), amounts, min_size=1)


@given(months, months, amounts.filter(lambda one: one.weeks > 0))
def test_the_three_parts_add_up_to_the_change_exactly(
    before: dict[Kind, Amount], now: dict[Kind, Amount], some: Amount
) -> None:
    before = {**before, KINDS[0]: some}
    found = price_volume_mix(before, now)
    change = sum(one.cost for one in now.values()) - sum(one.cost for one in before.values())
    assert found.volume + found.mix + found.price == change


@given(st.lists(st.tuples(*[st.integers(1, 900)] * 4), min_size=1, max_size=6))
def test_each_part_follows_its_own_formula(rows: list[tuple[int, int, int, int]]) -> None:
    kinds = [("CHC standard", str(number)) for number in range(len(rows))]
    before = {kind: amount(q, p) for kind, (q, p, _, _) in zip(kinds, rows, strict=True)}
    now = {kind: amount(q, p) for kind, (_, _, q, p) in zip(kinds, rows, strict=True)}
    found = price_volume_mix(before, now)
    mean = Fraction(sum(q * p for q, p, _, _ in rows), sum(q for q, _, _, _ in rows))
    now_weeks = sum(q for _, _, q, _ in rows)
    assert found.volume == (now_weeks - sum(q for q, _, _, _ in rows)) * mean
    assert found.mix == sum(q * p for _, p, q, _ in rows) - now_weeks * mean
    assert found.price == sum(q * (now_p - p) for _, p, q, now_p in rows)


def test_a_kind_that_is_new_is_mix_and_one_that_has_gone_is_no_price() -> None:
    new, gone = ("Joint", "palliative"), ("Fast track", "palliative")
    found = price_volume_mix({gone: amount(10, 1000)}, {new: amount(10, 3000)})
    assert (found.volume, found.mix, found.price) == (0, 20_000, 0)


# --- kinds that may be told apart ---------------------------------------------------------------

Counts = dict[Kind, int]
counts = st.fixed_dictionaries({kind: st.sampled_from([0, 0, 3, 7, 8, 20]) for kind in KINDS})


def lines_of(*both: Counts) -> tuple[Line, ...]:
    def told(kinds: Iterable[Kind]) -> bool:
        some = list(kinds)
        sums = [sum(own[kind] for kind in some) for own in both]
        return all(not LOWEST <= count <= HIGHEST for count in sums)

    return told_lines([kind for own in both for kind in own if own[kind]], told)


@settings(max_examples=300)
@given(counts, counts)
def test_no_line_has_few_people_and_every_kind_is_in_one(then: Counts, now: Counts) -> None:
    lines = lines_of(then, now)
    shown = [kind for line in lines for kind in line.kinds]
    assert sorted(shown) == sorted(kind for kind in KINDS if then[kind] or now[kind])
    assert len({line.label for line in lines}) == len(lines)
    for line in lines if len(lines) > 1 else ():
        for own in (then, now):
            assert not LOWEST <= sum(own[kind] for kind in line.kinds) <= HIGHEST


@settings(max_examples=300)
@given(counts, counts, counts)
def test_two_papers_divide_the_month_they_share_so_that_nothing_can_be_subtracted(
    first: Counts, shared: Counts, last: Counts
) -> None:
    earlier = [set(line.kinds) for line in lines_of(first, shared)]
    later = [set(line.kinds) for line in lines_of(shared, last)]
    there = {kind for kind in KINDS if shared[kind]}
    for one in earlier:
        for other in later:
            both = one & other & there
            assert both in (set(), one & there, other & there)


# --- a small file, by hand ----------------------------------------------------------------------


def register_of(target: Path, records: Iterable[Record], place: str = "bromley") -> Register:
    home = packages_home(target, records)
    return compute(load_paper(home, parse_month("2023-24", "M06"), place), "chc")


@pytest.fixture(scope="module")
def golden(tmp_path_factory: pytest.TempPathFactory) -> Register:
    return register_of(tmp_path_factory.mktemp("golden"), two_months())


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("all_clients.cost_in_month.m05", "148800"),
        ("all_clients.cost_in_month", "177000"),
        ("drivers.cost_change", "28200"),
        ("drivers.volume_change", "-1010.53"),  # 8 days fewer, at 148,800 / 1,178 a day
        ("drivers.length_of_month_change", "-4800"),  # 30 days and not 31
        ("drivers.price_change", "3000"),  # ten people, 30 days, £10 a day
        ("drivers.mix_change", "26210.53"),
        ("drivers.one_percent_price_rest_of_year", "10797"),  # 5,900 a day, 183 days, a hundredth
        ("drivers.clients_growth", "2.63"),  # 38 to 39
        ("movers.clients_joined", "9"),
        ("movers.clients_left", "8"),
        ("repriced.clients_repriced", "10"),
        ("fnc_month.clients", "8"),
        ("fnc_month.client_weeks.m05", "35.43"),  # 248 days
        ("fnc_month.cost_in_month", "7532.91"),  # 240 days
        ("fnc_month.average_weekly_price", "219.71"),
        ("one_off_month.cost_in_month", "4000"),
        ("one_off_month.cost_in_month.m05", "0"),
    ],
)
@pytest.mark.parametrize("place", ["bromley", "icb"])
def test_the_file_by_hand(golden: Register, place: str, name: str, expected: str) -> None:
    assert golden[f"chc.{place}.{name}"].value.quantize(Decimal("0.01")) == Decimal(expected)


def test_kinds_of_the_file_by_hand(golden: Register) -> None:
    ld, pd = (f"chc.icb.care_chc_standard_{n}_disability" for n in ("learning", "physical"))
    values = {
        f"{ld}.clients": 19,
        f"{ld}.cost_in_month": 117_000,
        f"{ld}.cost_change": 55_000,
        f"{ld}.price_change": 3_000,
        f"{pd}.clients.m05": 28,
        f"{pd}.cost_change": -26_800,
        f"{pd}.price_change": 0,
    }
    for name, value in values.items():
        assert round(golden[name].value, 9) == value, name
    assert {f.line for f in golden if f.line.startswith("care_")} == {
        "care_chc_standard_learning_disability",
        "care_chc_standard_physical_disability",
    }


def test_the_parts_add_up_in_the_register(golden: Register) -> None:
    for place in ("bromley", "icb"):
        name = f"chc.{place}.drivers."
        parts = [golden[f"{name}{part}_change"].value for part in ("volume", "mix", "price")]
        assert sum(parts) == golden[f"{name}cost_change"].value


def test_a_place_with_few_people_has_no_drivers_and_neither_have_all_places(tmp_path: Path) -> None:
    few = [record(n, "lewisham") for n in range(3)]
    register = register_of(tmp_path, [*two_months(), *few])
    assert "chc.bromley.drivers.cost_change" in register
    for name in ("drivers.cost_change", "movers.clients_joined", "care_chc_standard.clients"):
        assert f"chc.icb.{name}" not in register
    assert not [f.id for f in register if f.line.startswith(("care_", "movers", "repriced"))]
    assert not [f.id for f in register if f.place == "lewisham" and f.line == "drivers"]


def _names_rows(register: Register) -> bool:
    return any(item.lines for figure in register for item in figure.cells)


def test_rows_are_named_only_where_places_and_kinds_have_nobody_few_in_common(
    golden: Register, tmp_path: Path
) -> None:
    assert _names_rows(golden)
    few = [record(n, "bexley", client_group="LD") for n in range(3)]
    more = [record(n, "bexley") for n in range(10, 20)]
    register = register_of(tmp_path, [*two_months(), *few, *more])
    assert "chc.icb.care_chc_standard_learning_disability.clients" in register
    assert not _names_rows(register)


def test_a_kind_with_few_people_stands_with_another(tmp_path: Path) -> None:
    few = [record(n, care_type="Fast track") for n in range(80, 83)]
    more = [record(n, care_type="Joint") for n in range(90, 99)]
    register = register_of(tmp_path, [*two_months(), *few, *more])
    lines = {f.line for f in register if f.line.startswith("care_")}
    assert "care_other_kinds_of_care" in lines
    assert not [line for line in lines if "fast" in line or "joint" in line]
    assert register["chc.icb.care_other_kinds_of_care.clients"].value == 12


def moving(joiners: dict[str, int], leavers: dict[str, int]) -> list[Record]:
    made = []
    for place, extra in joiners.items():
        gone = {"end_date": "2023-08-31", "status": "ended"}
        made += [record(n, place) for n in range(20)]
        made += [record(100 + n, place, start_date="2023-09-01") for n in range(extra)]
        made += [record(200 + n, place, **gone) for n in range(leavers[place])]
    return made


PLACES = ("bexley", "bromley", "greenwich", "lambeth", "lewisham", "southwark")


@settings(max_examples=8, deadline=None)
@example([4, 5, 0, 0, 0, 0], [0, 0, 5, 4, 0, 0])  # nobody replaced another: rises tell it all
@given(*(st.lists(st.integers(0, 9), min_size=6, max_size=6) for _ in range(2)))
def test_the_attacker_learns_no_place_s_joiners_from_those_of_all(
    tmp_path_factory: pytest.TempPathFactory, joined: list[int], left: list[int]
) -> None:
    joiners, leavers = (dict(zip(PLACES, own, strict=True)) for own in (joined, left))
    register = register_of(tmp_path_factory.mktemp("moving"), moving(joiners, leavers))
    every = {**{("joined", p): n for p, n in joiners.items()}, **_left(leavers)}
    if all(not LOWEST <= count <= HIGHEST for count in every.values()):
        assert register["chc.bexley.movers.clients_joined"].value == joiners["bexley"]
        return
    assert not [f.id for f in register if f.line == "movers" and f.place != "icb"]
    mind = _knowing(register)
    free = _knowing([f for f in register if f.line != "movers"])
    for (what, place), count in every.items():
        if LOWEST <= count <= HIGHEST:
            name = f"chc.{place}.movers.clients_{what}"
            assert mind.known[name].low == free.known[name].low
            assert mind.known[name].high >= HIGHEST


def _left(leavers: dict[str, int]) -> dict[tuple[str, str], int]:
    return {("left", place): count for place, count in leavers.items()}


def _knowing(figures: Iterable[object]) -> Attacker:
    """An attacker who knows that a place's rise in clients is who joined less who left."""
    mind = Attacker()
    mind.learn_published(figures)  # type: ignore[arg-type]
    for what in ("joined", "left"):
        names = [f"chc.{place}.movers.clients_{what}" for place in PLACES]
        mind.formulas[f"chc.icb.movers.clients_{what}"] = " + ".join(names)
        for name in names:
            mind.known[name] = Interval(Fraction(0))
            mind.counts.add(name)
    for place in PLACES:
        name = f"chc.{place}.movers.clients_"
        clients = (mind.known[f"chc.{place}.all_clients.clients{end}"] for end in ("", ".m05"))
        now, then = clients
        mind.known[f"rise.of.{place}"] = now.minus(then)
        mind.formulas[f"rise.of.{place}"] = f"{name}joined - {name}left"
    mind.solve()
    return mind


def test_schedules_have_no_drivers() -> None:
    register = compute(paper_for(), "chc")
    assert not [f.id for f in register if f.line in ("drivers", "movers", "repriced", "fnc_month")]
    assert not [f.id for f in register if f.line.startswith("care_")]
