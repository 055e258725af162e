"""The catalogue is what it claims to be, and a dozen slips come to what is expected of them."""

from __future__ import annotations

import gc
import re
from argparse import ArgumentTypeError
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from catalogue import CATALOGUE
from chance_slips import WITHOUT_AMOUNTS, amount_columns, chance_slips, drawn_of
from outcomes import BROKEN, NOTED, SILENT, Outcome, outcome_of
from printed import Printed
from run_slips import _part, _some
from slip import REFUSED, Slip, place_of, slipped_files, slips_of, true_files
from slip_changes import amount_of, printed_like, times
from slip_home import Found, SlipHome
from slips_told import slips_page

NEITHER = Printed(frozenset(), frozenset())


def _named(file: str, does: str) -> Slip:
    return next(slip for slip in CATALOGUE if (slip.file, slip.does) == (file, does))


def test_the_catalogue_has_slips_for_every_file_and_each_has_a_name_of_its_own() -> None:
    names = Counter(slip.name for slip in CATALOGUE)
    assert [name for name, count in names.items() if count > 1] == []
    assert len(names) >= 120
    assert set(true_files().tables) - {slip.file for slip in CATALOGUE} == set()


@pytest.mark.parametrize("slip", CATALOGUE, ids=lambda slip: slip.name)
def test_a_slip_changes_the_files(slip: Slip) -> None:
    changed = slipped_files(slip)
    assert changed
    for name, content in changed.items():
        true = true_files().tables.get(name)
        assert content != (true.bytes() if true else None), name


def test_every_column_of_amounts_is_slipped_in_by_chance() -> None:
    for file in set(true_files().tables) - WITHOUT_AMOUNTS:
        columns = amount_columns(file)
        told = " ".join(slip.does for slip in chance_slips() if slip.file == file)
        assert columns, file
        if not any(column.endswith("m07") for column in columns):  # of months, some are drawn
            assert [column for column in columns if column not in told] == [], file


def test_columns_of_amounts_are_those_that_say_numbers() -> None:
    assert amount_columns("trial_balance.csv") == ["in_month", "ytd"]
    assert amount_columns("price_concessions.csv") == ["price"]
    assert amount_columns("risks.csv") == [
        "gross",
        "probability",
        "mitigation_amount",
        "best",
        "worst",
    ]


def test_fewer_slips_by_chance_are_the_same_ones_each_time() -> None:
    some = drawn_of(chance_slips(), 20)
    assert len(some) == 20
    assert some == drawn_of(chance_slips(), 20)
    assert set(some) < set(chance_slips())


@pytest.mark.parametrize(
    ("text", "factor", "printed"),
    [
        ("457998.92", 10, "4579989.20"),
        ("457998.92", -1, "-457998.92"),
        ("-457998.92", -1, "457998.92"),
        ("2,213", 1000, "2,213,000"),
        ("(2,213)", -1, "2,213"),
        ("2,213", -1, "(2,213)"),
        ("£1.38", 100, "£138.00"),
        ("£159,204k", 10, "£1,592,040k"),
        ("8.5%", 10, "85.0%"),
        ("0", 10, "0"),
    ],
)
def test_an_amount_keeps_the_form_of_its_cell(text: str, factor: int, printed: str) -> None:
    amount = amount_of(text)
    assert amount is not None
    assert printed_like(text, amount * factor) == printed


@pytest.mark.parametrize("text", ["", "n/a", "see note", "31/12/9999", "M07", "-"])
def test_what_says_no_number_has_no_amount(text: str) -> None:
    assert amount_of(text) is None


@pytest.mark.parametrize(("text", "part"), [("1/1", (1, 1)), ("2/3", (2, 3)), ("3/3", (3, 3))])
def test_a_part_of_the_slips_is_one_of_so_many(text: str, part: tuple[int, int]) -> None:
    assert _part(text) == part


def test_the_parts_are_all_of_the_slips_and_a_pattern_keeps_some() -> None:
    parts = [_some(CATALOGUE, (which, 3), None) for which in (1, 2, 3)]
    assert sum(map(len, parts)) == len(CATALOGUE)
    assert {slip.name for part in parts for slip in part} == {slip.name for slip in CATALOGUE}
    only = _some(CATALOGUE, (1, 1), re.compile("^estimates.csv: open"))
    assert [slip.does for slip in only] == ["open estimates are gone"]


@pytest.mark.parametrize("text", ["", "2", "0/2", "3/2", "a/b", "-1/2"])
def test_what_is_no_part_is_refused(text: str) -> None:
    with pytest.raises(ArgumentTypeError):
        _part(text)


CLEAN = Found(failing=frozenset({("a", "old")}), figures={"x": Decimal(5), "y": Decimal(1)})


@pytest.mark.parametrize(
    ("found", "came", "by"),
    [
        (Found(faults=("row 2",)), "refused", "row 2"),
        (Found(failing=frozenset({("a", "old"), ("b", "")}), figures={}), "check open", "b"),
        (Found(failing=frozenset({("a", "new")}), figures={}), "check open", "a"),
        (Found(page=frozenset({"- Missing"}), figures={"x": Decimal(4)}), "page 1", "- Missing"),
        (Found(notes=frozenset({"odd"}), figures={"x": Decimal(4)}), NOTED, "odd"),
        (Found(failing=CLEAN.failing, figures={"x": Decimal(4), "y": Decimal(1)}), SILENT, ""),
        (Found(failing=CLEAN.failing, figures=CLEAN.figures), "no figure moves", ""),
        (Found(notes=frozenset({"odd"}), figures=CLEAN.figures), "no figure moves", "odd"),
        (Found(broken="KeyError: 'x'"), BROKEN, "KeyError: 'x'"),
    ],
)
def test_how_a_slip_was_noticed(found: Found, came: str, by: str) -> None:
    outcome = outcome_of(_A_SLIP, found, CLEAN, NEITHER)
    assert (outcome.came, outcome.by) == (came, by)
    assert outcome.is_noticed == (came in ("refused", "check open", "page 1"))


_A_SLIP = slips_of("risks.csv", ("unit", "x", REFUSED, times("gross", 10)))[0]


@pytest.mark.parametrize(
    ("came", "expected", "is_so"),
    [
        ("check open", ("check open",), True),
        ("refused", ("check open",), True),
        ("page 1", ("refused", "check open"), True),
        (SILENT, ("check open",), False),
        (NOTED, ("check open",), False),
        ("no figure moves", ("no figure moves",), True),
        ("refused", ("no figure moves",), False),
        ("refused", ("refused", "no figure moves"), True),
        ("no figure moves", ("refused",), False),
        (BROKEN, ("refused",), False),
    ],
)
def test_what_is_as_expected(came: str, expected: tuple[str, ...], is_so: bool) -> None:
    assert Outcome("unit", "a.csv", "x", expected, came).is_as_expected == is_so


def test_the_headline_is_what_moves_most_and_one_that_is_gone_moves_by_all_of_it() -> None:
    clean = Found(figures={"x": Decimal(5), "y": Decimal(-100), "z": Decimal(3)})
    found = Found(figures={"x": Decimal(-20), "z": Decimal(1000)})
    outcome = outcome_of(_A_SLIP, found, clean, Printed(frozenset({"x"}), frozenset({"x", "y"})))
    assert (outcome.headline, outcome.moved) == ("y", "100")
    assert (outcome.page_one, outcome.page_moved) == ("x", "-25")
    assert (outcome.size, outcome.figures) == (Decimal(100), 3)


def test_the_page_lists_what_is_silent_by_size_and_counts_what_is_noticed() -> None:
    told = ("unit", "a.csv")
    outcomes = [
        Outcome(*told, "little", ("refused",), SILENT, "", "x", "150000"),
        Outcome(*told, "much", ("refused",), SILENT, "", "x", "-2000000", "x", "-2000000"),
        Outcome(*told, "held", ("refused",), "check open", "c|d", "x", "300000"),
        Outcome(*told, "taken", ("refused",), "refused", "data/raw/2024-25/M07/a.csv, row 2"),
    ]
    page = slips_page(outcomes[:1], outcomes, (266, 9), Decimal(100_000))
    assert "1 of 266 slips" in page
    assert "4 of 9 were made" in page
    assert "3 were read and move a headline by more than £100,000; 1 of them (33%)" in page
    assert "it is 50%" in page
    silent = page[page.index("## What was not noticed") :]
    assert silent.index("much") < silent.index("little")
    assert "| a.csv | 4 | 50% | 3 | 33% |" in page
    assert "£2m in `x`" in page


SAMPLE = (
    _named("ledger.csv", "every row stands twice"),
    _named("trial_balance.csv", "the last tenth was cut off"),
    _named("chc_packages.csv", "every row stands twice"),
    _named("chc_packages.csv", "rates are ten times too large"),
    _named("savings_tracker.csv", "every row stands twice"),
    _named("savings_tracker.csv", "last month's file"),
    _named("invoices.csv", "values paid are in thousands"),
    _named("prescribing_summary.csv", "every row stands twice"),
    _named("drug_tariff.csv", "last month's file"),
    _named("epd.csv", "last month's file"),
    _named("actions.csv", "it has not come"),
    _named("reference/cost_centres.csv", "a tenth of the rows is gone"),
)
"""Most of them are refused, which is soon known; a whole paper is computed for three."""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SlipHome]:
    yield SlipHome(Path(tmp_path_factory.mktemp("slips")) / "home")
    gc.unfreeze()


def test_the_month_without_a_slip_is_clean(home: SlipHome) -> None:
    assert (home.clean.faults, home.clean.failing, home.clean.broken) == ((), frozenset(), "")


@pytest.mark.parametrize("slip", SAMPLE, ids=lambda slip: slip.name)
def test_a_slip_comes_to_what_is_expected_and_is_taken_back(home: SlipHome, slip: Slip) -> None:
    outcome = outcome_of(slip, home.slipped(slip), home.clean, NEITHER)
    assert outcome.is_as_expected, outcome
    stands = {name: (home.folder / place_of(name)).read_bytes() for name in true_files().written()}
    assert stands == true_files().written()
