"""What would be noticed in the real month, held to checks that are all made anew."""

from __future__ import annotations

import json
import random
from decimal import Decimal

import pytest
from month_six import paper_for, whole_register

from boardpack.checks import Check
from boardpack.checks.engine import run_checks
from boardpack.checks.noticed.errors import ERRORS
from boardpack.checks.noticed.figures import least_held, noticed_figures, noticed_sentence
from boardpack.checks.noticed.moves import moves
from boardpack.checks.noticed.outcomes import Noticed, noticed, unheld
from boardpack.checks.noticed.record import noticed_record
from boardpack.checks.noticed.watching import Watching, control_of
from boardpack.checks.repairs import is_question
from boardpack.core.params import Paper
from boardpack.figures.figure import Figure
from boardpack.figures.register import Register

AGREES = ("pass", "rounding")
SAMPLE = 8


@pytest.fixture(scope="module")
def found(register: Register, checks: tuple[Check, ...], paper: Paper) -> Noticed:
    return noticed(register, checks, paper)


def test_every_check_that_compares_can_be_made_again_and_says_the_same(
    register: Register, checks: tuple[Check, ...]
) -> None:
    fixed = ("extracts.", "blank.", "labels.", "plausible.unexplained_gain.", "plausible.eligib")
    fixed += ("plausible.continuity.gone.",)  # what is gone has no value
    for check in checks:
        if check.again is None:
            known = check.id.startswith(fixed) or check.status == "not_applicable"
            # a duty whose amount is left blank compares nothing
            assert known or (check.id.startswith("duty.") and check.actual is None), check.id
            continue
        again = check.again(register)
        assert again is not None
        assert (again.id, again.expected, again.actual) == (check.id, check.expected, check.actual)
        assert (again.status in AGREES) == (check.status in AGREES)


def anew(register: Register, values: dict[str, Decimal]) -> Register:
    """The whole register entered again in its order, with other values of some that are read."""
    other = Register()
    for figure in register:
        if figure.formula is None:
            told = vars(figure) | {"value": values.get(figure.id, figure.value)}
            other.add(Figure(**told))
        else:
            plain = " ".join(word.removesuffix(".printed") for word in figure.formula.split(" "))
            kept = vars(figure) | {"source": plain, "margin": Decimal(0)}
            other.derive(Figure(**kept))
    return other


def notices(before: Check, after: Check, register: Register, material: Decimal) -> bool:
    if (before.status in AGREES) != (after.status in AGREES):
        return before.status != "documented" or after.status in AGREES
    if after.status in AGREES or is_question(before) or register[before.figures[0]].unit != "GBP":
        return False
    if before.difference is None or after.difference is None:
        return False
    return abs(after.difference - before.difference) >= material


def test_a_sample_is_noticed_where_all_figures_and_checks_made_anew_notice_it(
    register: Register, checks: tuple[Check, ...], paper: Paper, found: Noticed
) -> None:
    """The long way: the register derived again, every check run on it, outcomes compared."""
    money = [one for one in found.outcomes if "material" in one.noticed]
    unseen = [one for one in money if one.is_unheld()]
    draw = random.Random(15)
    for outcome in (*draw.sample(unseen, SAMPLE // 2), *draw.sample(money, SAMPLE // 2)):
        seen = []
        for values in moves(outcome.given, "material", register, found.material, {}):
            now = {check.id: check for check in run_checks(anew(register, values), paper)}
            made = [check for check in checks if check.again and check.id in now]
            seen.append(any(notices(c, now[c.id], register, found.material) for c in made))
        assert all(seen) == bool(outcome.noticed["material"]), outcome.given


def test_what_is_held_is_held_against_larger_errors_too(found: Noticed) -> None:
    for outcome in found.outcomes:
        if outcome.noticed.get("material"):
            assert all(outcome.noticed.values()), outcome.given


def test_the_real_month_is_held_in_most_of_its_money_and_not_in_these(
    found: Noticed, register: Register, paper: Paper
) -> None:
    record = noticed_record(found, register, paper)
    extracts = {one["extract"]: one for one in record["extracts"]}
    assert Decimal(record["current"]["noticed"]["material"]) > 90
    for name in ("Budget overview", "Position", "Corporate costs", "Resource limit"):
        assert extracts[name]["noticed"]["material"] == "100", name
    assert extracts["Provider contracts"]["noticed"]["material"] == "0"
    figures = {one["figures"][0] for one in record["unheld"] if "material" in one["errors"]}
    assert "providers.icb.oxleas.annual_forecast" in figures
    assert "overview.bromley.prescribing.ytd_actual" not in figures


def test_the_record_adds_up_and_can_be_written(
    found: Noticed, register: Register, paper: Paper
) -> None:
    record = noticed_record(found, register, paper)
    for part, is_now in (("current", True), ("earlier", False)):
        of_part = [one for one in record["extracts"] if one["is_current"] is is_now]
        for name in ("money", "money_noticed"):
            assert sum(Decimal(one[name]) for one in of_part) == Decimal(record[part][name])
        assert sum(one["cells"] for one in of_part) == record[part]["cells"]
    assert json.loads(json.dumps(record)) == record
    amounts = [Decimal(one["amount"]) for one in record["unheld"] if one["unit"] == "GBP"]
    assert amounts == sorted(amounts, reverse=True)
    assert set().union(*(one["errors"] for one in record["unheld"])) <= set(ERRORS)


def test_an_extract_is_held_by_what_notices_the_smallest_error_that_is_noticed(
    found: Noticed, register: Register, paper: Paper
) -> None:
    record = noticed_record(found, register, paper)
    by = {one["extract"]: one["by"] for one in record["extracts"]}
    assert by["Provider contracts"] == ["bound"]  # of a material error nothing tells
    assert by["Borough budget"] == ["printed total"]
    assert by["Prescribing profiles"] == []


def test_the_sentence_says_where_and_never_rounds_up(
    found: Noticed, register: Register, paper: Paper
) -> None:
    record = noticed_record(found, register, paper)
    figures = Register(noticed_figures(record, paper))
    share = 100 * Decimal(record["current"]["money_noticed"]) / Decimal(record["current"]["money"])
    shown = figures["assurance.bromley.noticed.material"].value
    assert 0 <= share - shown < Decimal("0.1")
    said = noticed_sentence(figures)
    assert said.startswith(f"An error of £100k would be noticed in {shown}% of the money")
    assert all(name in said for name in least_held(figures, "bromley"))
    assert least_held(figures, "bromley")[0] == "provider contracts"


def test_page_1_names_extracts_without_letters_that_it_would_have_to_explain(
    found: Noticed, register: Register, paper: Paper
) -> None:
    names = [one["extract"] for one in noticed_record(found, register, paper)["extracts"]]
    assert "Continuing healthcare high cost" in names
    shown = [name for name in names if not name.startswith("Papers published")]
    assert not [name for name in shown if any(len(w) > 1 and w.isupper() for w in name.split())]


def test_without_money_the_sentence_says_that_nothing_is_known() -> None:
    assert "is not known" in noticed_sentence(Register())


def test_what_is_not_held_is_told_by_cell(
    found: Noticed, register: Register, checks: tuple[Check, ...], paper: Paper
) -> None:
    unseen = unheld(paper, register, checks)
    assert len(unseen) == sum(outcome.is_unheld() for outcome in found.outcomes)
    files = {one.file.rsplit("/", 1)[-1] for one in unseen}
    assert "provider_contracts.csv" in files
    assert "position.csv" not in files
    assert all(one.rows and one.column for one in unseen)


def test_a_place_of_its_own_and_the_icb_have_their_own_answer() -> None:
    paper, register = paper_for("icb"), whole_register("icb")
    record = noticed_record(noticed(register, run_checks(register, paper), paper), register, paper)
    assert Register(noticed_figures(record, paper))["assurance.icb.noticed.error"].value == 100_000


def test_kinds_of_control_by_what_a_check_compares(checks: tuple[Check, ...]) -> None:
    kinds = {check.id.split(".", 1)[0]: control_of(check) for check in checks}
    assert kinds["agreement"] == "agreement"
    assert kinds["printed"] == kinds["cross"] == "printed total"
    assert kinds["released"] == kinds["roll"] == "released register"
    assert kinds["duty"] == "duty"
    within = next(check for check in checks if check.id.startswith("plausible.within."))
    assert control_of(within) == "bound"


def test_nothing_is_noticed_where_there_are_no_checks(register: Register) -> None:
    outcomes = Watching(register, (), Decimal(100_000))
    given = next(iter(noticed(register, (), paper_for()).outcomes)).given
    assert outcomes.noticed_by(given, [{given.figures[0]: Decimal(1)}]) == ""
