"""Care against its budget by volume, mix and price: by hand, by identities, and a second time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

import pytest
from budget_home import BROMLEY, OTHERS, PLACES, Planned, budget_home
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from month_six import paper_for
from packages_home import Record, packages_home, record, two_months

from boardpack.audit.second.care import continuing_care
from boardpack.audit.second.headlines import differing
from boardpack.audit.verification.recomputed import told_month
from boardpack.checks.accruals import check_accruals
from boardpack.checks.patterns import Patterns
from boardpack.core.errors import InputFaults
from boardpack.core.money import plain
from boardpack.core.params import Paper, load_paper
from boardpack.core.periods import parse_month
from boardpack.figures.chapters import compute
from boardpack.figures.draft import Draft
from boardpack.figures.register import Register
from boardpack.reading.folder import Folder
from boardpack.subjects.chc.budget_figures import Months, common_lines
from boardpack.subjects.chc.kinds import CARE_TYPES, Kind, by_kind
from boardpack.subjects.chc.packages import Package

PARTS = ("volume_over_budget", "mix_over_budget", "price_over_budget")
PENNY, SPECK = Decimal("0.01"), Decimal("1e-15")


def is_same(one: Decimal | int, other: Decimal | int) -> bool:
    """Whether two exact sums agree, but for the last of many digits."""
    return abs(one - other) < SPECK


def paper_of(home: Path, place: str = "bromley") -> Paper:
    return load_paper(home, parse_month("2023-24", "M06"), place)


def register_of(home: Path) -> Register:
    return compute(paper_of(home), "chc")


@pytest.fixture(scope="module")
def golden(tmp_path_factory: pytest.TempPathFactory) -> Register:
    return register_of(budget_home(tmp_path_factory.mktemp("golden"), two_months()))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("planned.annual_client_weeks", "1900"),
        ("planned.annual_budget", "1602000"),  # 1,400 x 680 and 500 x 1,300
        ("planned.ytd_budget", "801000"),  # 183 days of 366
        ("against_budget.ytd_client_weeks", "997.71"),  # 6,984 days
        ("against_budget.ytd_actual", "911400"),
        ("against_budget.over_budget", "110400"),
        ("against_budget.volume_over_budget", "40230.68"),  # 47.71 weeks at 1,602,000 / 1,900
        ("against_budget.price_over_budget", "46954.29"),
        ("against_budget.mix_over_budget", "23215.04"),
        ("kind_chc_standard_physical_disability.price_over_budget", "13954.29"),  # 697.71 weeks
        ("kind_chc_standard_learning_disability.price_over_budget", "33000"),  # 300 weeks
        ("fnc.annual_budget", "80413.86"),
        ("fnc.ytd_budget", "40206.93"),
        ("one_off.annual_budget", "6000"),
        ("accrual.annual_budget", "1688413.86"),
    ],
)
def test_the_file_by_hand(golden: Register, name: str, expected: str) -> None:
    assert golden[f"chc.bromley.{name}"].value.quantize(PENNY) == Decimal(expected)


def test_the_worked_example_of_the_domain_notes(tmp_path: Path) -> None:
    """Ten at £3,000 and thirty at £1,200 planned; twelve at £3,100 and thirty at £1,250 given."""
    year = {"start_date": "2023-04-01"}
    ld = [record(n, client_group="LD", weekly_rate="3100", **year) for n in range(12)]
    pd = [record(n, weekly_rate="1250", **year) for n in range(12, 42)]
    weeks = Decimal(366) / 7  # of the whole year, which is what the plan is for
    plan = [
        ("bromley", "CHC", "LD", f"{10 * weeks:.4f}", "3000"),
        ("bromley", "CHC", "PD", f"{30 * weeks:.4f}", "1200"),
    ]
    register = register_of(budget_home(tmp_path, [*ld, *pd], [*plan, *OTHERS]))
    half = weeks / 2
    for part, expected in zip(PARTS, (3300, 2700, 2700), strict=True):
        found = register[f"chc.bromley.against_budget.{part}"].value / half
        assert abs(found - expected) < PENNY, part


def test_the_parts_add_up_and_all_places_are_their_sum(golden: Register) -> None:
    for place in (*PLACES, "icb"):
        name = f"chc.{place}.against_budget."
        whole = golden[f"{name}over_budget"].value
        assert is_same(sum(golden[f"{name}{part}"].value for part in PARTS), whole)
        accrued = golden[f"chc.{place}.accrued.ytd_actual"].value
        assert is_same(golden[f"{name}ytd_actual"].value, accrued)
    for measure in (*PARTS, "over_budget", "ytd_client_weeks"):
        own = [golden[f"chc.{place}.against_budget.{measure}"].value for place in PLACES]
        assert is_same(golden[f"chc.icb.against_budget.{measure}"].value, sum(own))


def test_kinds_of_all_places_add_up_to_them(golden: Register) -> None:
    lines = {f.line for f in golden if f.place == "icb" and f.line.startswith("kind_")}
    assert len(lines) == 2
    for measure in ("ytd_budget", "ytd_actual", "over_budget", "price_over_budget"):
        whole = "planned" if measure == "ytd_budget" else "against_budget"
        own = sum(golden[f"chc.icb.{line}.{measure}"].value for line in lines)
        assert is_same(own, golden[f"chc.icb.{whole}.{measure}"].value)


def test_weeks_are_those_of_every_month(golden: Register) -> None:
    months = [f".m{number:02d}" for number in range(1, 6)] + [""]
    weeks = [golden[f"chc.bromley.all_clients.client_weeks{month}"].value for month in months]
    found = golden["chc.bromley.against_budget.ytd_client_weeks"].value
    assert is_same(sum(weeks), found)


def test_a_day_with_two_kinds_of_care_counts_once(tmp_path: Path) -> None:
    twice = [record(n, care_type="Joint", package_id=f"SECOND-{n}") for n in range(10)]
    plan = [*BROMLEY, ("bromley", "Joint", "PD", "10", "700"), *OTHERS]
    register = register_of(budget_home(tmp_path, [*two_months(), *twice], plan))
    name = "chc.bromley.against_budget"
    assert register[f"{name}.ytd_client_weeks"].value.quantize(PENNY) == Decimal("997.71")
    assert is_same(register[f"{name}.ytd_actual"].value, 911_400 + 10 * 183 * 100)
    assert register["chc.bromley.kind_joint_physical_disability.ytd_client_weeks"].value == 0


def test_care_that_was_not_budgeted_is_no_price(tmp_path: Path) -> None:
    new = [record(n, care_type="Joint") for n in range(70, 80)]
    register = register_of(budget_home(tmp_path, [*two_months(), *new]))
    assert register["chc.bromley.kind_joint_physical_disability.price_over_budget"].value == 0
    assert is_same(
        register["chc.bromley.kind_joint_physical_disability.ytd_actual"].value, 10 * 183 * 100
    )
    parts = [register[f"chc.bromley.against_budget.{part}"].value for part in PARTS]
    assert is_same(sum(parts), register["chc.bromley.against_budget.over_budget"].value)


# --- who may be told ----------------------------------------------------------------------------


def test_a_place_with_few_people_in_one_month_has_none_of_it(tmp_path: Path) -> None:
    few = [record(n, "lewisham", start_date="2023-06-01") for n in range(3)]
    gone = {"end_date": "2023-06-30", "status": "ended"}
    register = register_of(budget_home(tmp_path, [*two_months(), *(one | gone for one in few)]))
    assert "chc.bromley.against_budget.over_budget" in register
    assert "chc.lewisham.planned.ytd_budget" in register
    for place in ("lewisham", "icb"):
        assert not [
            f.id
            for f in register
            if f.place == place and f.line.startswith(("kind_", "against_budget"))
        ]


def test_kinds_are_told_apart_only_where_no_place_has_few(tmp_path: Path) -> None:
    few = [record(n, "bexley", care_type="Joint") for n in range(3)]
    more = [record(n, "bexley") for n in range(10, 30)]
    joint = [record(n, care_type="Joint") for n in range(70, 90)]
    plan = [*BROMLEY, *((p, "Joint", "PD", "10", "700") for p in PLACES), *OTHERS]
    register = register_of(budget_home(tmp_path, [*two_months(), *few, *more, *joint], plan))
    lines = {f.line for f in register if f.line.startswith("kind_")}
    assert lines == {"kind_all_kinds_of_care"}
    assert "chc.icb.against_budget.price_over_budget" in register


KINDS: list[Kind] = [
    (care, group) for care in CARE_TYPES[:3] for group in ("palliative", "under 65")
]
counts = st.fixed_dictionaries({kind: st.sampled_from([0, 0, 5, 8, 20]) for kind in KINDS})
years = st.lists(st.lists(counts, min_size=3, max_size=3), min_size=2, max_size=2)


def months_of(place: int, year: Iterable[dict[Kind, int]]) -> Months:
    return tuple(by_kind(_packages(f"{place}", month)) for month in year)


def _packages(place: str, month: dict[Kind, int]) -> Iterable[Package]:
    day, rate = dt.date(2023, 4, 1), Decimal(700)
    for (care, group), count in month.items():
        for number in range(count):
            who = f"{place} {care} {group} {number}"
            yield Package(0, who, who, place, care, day, day, rate, Decimal(1), False, group=group)


@settings(max_examples=200)
@given(years)
def test_no_cell_of_places_months_and_lines_has_few_people(
    year: list[list[dict[Kind, int]]],
) -> None:
    draft = Draft(paper_for(), Folder(paper_for(), corrections=()))
    found = [months_of(place, own) for place, own in enumerate(year)]
    lines = common_lines(draft, found, ())
    for line in lines if len(lines) > 1 else ():
        for own in year:
            for month in own:
                assert not 1 <= sum(month[kind] for kind in line.kinds) <= 7
    shown = sorted(kind for line in lines for kind in line.kinds)
    assert shown == sorted(k for k in KINDS if any(m[k] for own in year for m in own))


@settings(max_examples=200)
@given(years)
def test_a_later_paper_never_divides_what_an_earlier_one_had_in_one_line(
    year: list[list[dict[Kind, int]]],
) -> None:
    draft = Draft(paper_for(), Folder(paper_for(), corrections=()))
    before = common_lines(draft, [months_of(n, own[:2]) for n, own in enumerate(year)], ())
    after = common_lines(draft, [months_of(n, own) for n, own in enumerate(year)], ())
    there = {k for k in KINDS if any(m[k] for own in year for m in own[:2])}
    for line in after:
        for earlier in before:
            both = set(line.kinds) & set(earlier.kinds) & there
            assert both in (set(), set(earlier.kinds) & there)


# --- a second time ------------------------------------------------------------------------------

groups = st.sampled_from(["PD", "LD", "MH"])
cares = st.sampled_from(["CHC standard", "Joint"])
packages = st.tuples(
    st.sampled_from(PLACES[:3]),
    cares,
    groups,
    st.integers(60_000, 250_000),
    st.integers(-60, 150),
    st.one_of(st.none(), st.integers(20, 182)),
    st.integers(5, 25),
)
APRIL = dt.date(2023, 4, 1)


def _records(drawn: Iterable[tuple[str, str, str, int, int, int | None, int]]) -> list[Record]:
    made: list[Record] = []
    for place, care, group, pence, begins, ends, people in drawn:
        start = APRIL + dt.timedelta(days=begins)
        end = None if ends is None else max(start, APRIL + dt.timedelta(days=ends))
        for _ in range(people):
            own = {"care_type": care, "client_group": group, "weekly_rate": f"{pence / 100:.2f}"}
            over = {"end_date": end.isoformat(), "status": "ended"} if end else {}
            made.append(record(len(made), place, start_date=start.isoformat(), **own, **over))
    return made


plans = st.lists(st.tuples(cares, groups, st.integers(1, 900), st.integers(400, 2500)), max_size=5)


@settings(max_examples=8, deadline=None, phases=(Phase.explicit, Phase.generate))
@given(st.lists(packages, min_size=3, max_size=10), plans)
def test_a_second_implementation_agrees_on_any_packages(
    tmp_path_factory: pytest.TempPathFactory,
    drawn: list[tuple[str, str, str, int, int, int | None, int]],
    planned: list[tuple[str, str, int, int]],
) -> None:
    kinds = {(care, group): (weeks, price) for care, group, weeks, price in planned}
    kinds.setdefault(("CHC standard", "PD"), (52, 900))
    plan: list[Planned] = [
        (place, *kind, str(weeks), str(price))
        for place in PLACES
        for kind, (weeks, price) in kinds.items()
    ]
    home = budget_home(tmp_path_factory.mktemp("random"), _records(drawn), plan)
    register = register_of(home)
    told = {figure.id: plain(figure.value) for figure in register}
    found = continuing_care(told_month(paper_of(home)))
    assert differing(found, told) == {}
    assert found.keys() & told.keys()
    for place in (*PLACES, "icb"):
        name = f"chc.{place}.against_budget."
        if f"{name}over_budget" in register:
            parts = [register[f"{name}{part}"].value for part in PARTS]
            assert is_same(sum(parts), register[f"{name}over_budget"].value)


# --- the ledger, and what is not there ----------------------------------------------------------


def test_a_budget_that_is_not_the_ledger_s_is_asked_about(golden: Register) -> None:
    checks = {one.id: one for one in check_accruals(Patterns(golden, paper_for()))}
    check = checks["accrual.chc.bromley.accrual.budget_difference"]
    assert check.status == "fail"
    assert "less than the ledger's for the year" in check.sentence
    apart = golden["chc.bromley.accrual.budget_difference"].value
    ledger = golden["position.bromley.continuing_care_services.annual_budget"].value
    assert apart == Decimal("1688413.86") - ledger


def test_a_budget_within_the_tolerance_is_not(tmp_path: Path) -> None:
    plan = [("bromley", "CHC", "PD", "1", "25,042,000"), *OTHERS]  # the ledger's 25,042k
    register = register_of(budget_home(tmp_path, two_months(), plan))
    checks = {one.id: one for one in check_accruals(Patterns(register, paper_for()))}
    assert checks["accrual.chc.bromley.accrual.budget_difference"].status == "pass"


def test_packages_without_a_budget_and_a_budget_without_packages_say_nothing(
    tmp_path: Path,
) -> None:
    register = register_of(packages_home(tmp_path / "packages", two_months()))
    assert not [f.id for f in register if f.line in ("planned", "against_budget")]
    assert not [
        f.id for f in compute(paper_for(), "chc") if f.line in ("planned", "against_budget")
    ]


@pytest.mark.parametrize(
    ("row", "column", "remedy"),
    [
        (("bromley", "Standrd", "PD", "10", "700"), "care_type", "standard"),
        (("bromley", "CHC", "Palliativ", "10", "700"), "client_group", "palliative"),
        (("bromley", "CHC", "PD", "-10", "700"), "client_weeks", "without a sign"),
    ],
)
def test_a_wrong_row_is_told_with_its_cell(
    tmp_path: Path, row: Planned, column: str, remedy: str
) -> None:
    home = budget_home(tmp_path, two_months(), [*OTHERS, row])
    with pytest.raises(InputFaults) as raised:
        register_of(home)
    (fault,) = raised.value.faults
    assert (fault.row, fault.column) == (len(OTHERS) + 2, column)
    assert remedy in f"{fault.remedy} {fault.expected}"
