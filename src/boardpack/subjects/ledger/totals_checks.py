"""The ledger's own totals: what must net to nil, and what must come to one amount on two ways."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import partial

from boardpack.checks.check import Check
from boardpack.checks.made_again import made_again_as_agreed
from boardpack.checks.patterns import Patterns
from boardpack.checks.repairs import RESERVES
from boardpack.core.money import exact_pounds, round_half_up
from boardpack.core.structure import CENTRAL, ICB
from boardpack.figures.chapters import CONTROL as CHAPTER
from boardpack.figures.figure import Figure
from boardpack.reading.folder import Folder
from boardpack.reading.ledger_extract import AMOUNTS, VARIANCES, read_ledger
from boardpack.reading.ledger_extract import FILE as LEDGER_FILE
from boardpack.reading.row_view import amounts_by_line, lines_of
from boardpack.subjects.ledger.control import NIL, PENNY, Control, compare
from boardpack.subjects.ledger.control_figures import (
    BALANCE,
    CENTRE,
    CENTRES,
    IN_BALANCE,
    IN_LEDGER,
    LEDGER,
    UNMAPPED,
)
from boardpack.subjects.ledger.trial_balance_extract import AMOUNTS as BALANCES

LIMIT = "indicators.icb.operating_under_resource_revenue_limit.forecast_target"
BUDGETS = "annual_budgets"
SURPLUS = "position.icb.against_plan.forecast_plan"
VARIANCE_OF = {
    "ytd_variance": ("ytd_budget", "ytd_actual"),
    "forecast_variance": ("annual_budget", "forecast_outturn"),
}
MOST_ROWS = 5


def check_ledger_totals(patterns: Patterns) -> Iterator[Check]:
    """Every control total of the ledger and the trial balance; none for a month of schedules."""
    control = Control(patterns, Folder(patterns.paper, corrections=()))
    yield from _nets_to_nil(control)
    yield from _centres(control)
    yield from _places(control)
    yield from _own_variances(control)
    yield from _budgets(control)


def _nets_to_nil(control: Control) -> Iterator[Check]:
    """Debits are credits: over the whole trial balance, and in each entity and period."""
    for column in BALANCES:
        for pattern in (
            f"{CHAPTER}.{ICB}.{BALANCE}.{column}",
            f"{CHAPTER}.{ICB}.{BALANCE}_{{entity}}.{column}.{{period}}",
        ):
            for net, _ in control.patterns.find(pattern):
                yield _net(control, column, net)


@made_again_as_agreed
def _net(control: Control, column: str, net: Figure) -> Check:
    return compare(
        f"nets.{net.id.split('.', 2)[2]}",
        f"{net.label}: debits less credits",
        net,
        NIL,
        meaning="it must net to nil and does not",
        look=control.look(BALANCE, column),
    )


def _centres(control: Control) -> Iterator[Check]:
    """Each cost centre has in the ledger what it has in the trial balance."""
    pattern = f"{CHAPTER}.{{place}}.{CENTRE}{{code}}.{IN_LEDGER}"
    for spent, words in control.patterns.find(pattern):
        other = control.figure(f"{CHAPTER}.{words['place']}.{CENTRE}{words['code']}.{IN_BALANCE}")
        if other is not None:
            yield _centre(control, words["code"], spent, other)
    outside = control.figure(f"{CHAPTER}.{ICB}.{UNMAPPED}.{IN_BALANCE}")
    if outside is not None:
        yield _outside(control, outside)


@made_again_as_agreed
def _outside(control: Control, outside: Figure) -> Check:
    return compare(
        "unmapped_spending",
        "Spending of the trial balance on cost centres without a mapping",
        outside,
        NIL,
        meaning="the trial balance has spending that no place has",
        look=control.look(BALANCE, "ytd"),
    )


@made_again_as_agreed
def _centre(control: Control, code: str, spent: Figure, other: Figure) -> Check:
    name = spent.label.rsplit(", ", 1)[0]
    return compare(
        f"trial_balance.{spent.place}.{code}",
        f"{name}, ledger against trial balance to date",
        spent,
        other.value,
        (other,),
        meaning=f"the ledger has {exact_pounds(spent.value)}, the trial balance"
        f" {exact_pounds(other.value)}",
        look=control.look(LEDGER, "ytd_actual", code),
    )


def _places(control: Control) -> Iterator[Check]:
    """The cost centres of each place come to its position, and all of them to the whole ledger."""
    report = control.patterns.paper.report
    for measure in AMOUNTS:
        for place in (*report.places, CENTRAL, ICB):
            yield from _sums(control, place, measure)
        whole = control.figure(f"{CHAPTER}.{ICB}.{LEDGER}.{measure}")
        centres = control.figure(f"{CHAPTER}.{ICB}.{CENTRES}.{measure}")
        if whole is not None and centres is not None:
            yield _whole(control, measure, centres, whole)


@made_again_as_agreed
def _whole(control: Control, measure: str, centres: Figure, whole: Figure) -> Check:
    return compare(
        f"whole.{measure}",
        f"{centres.label}, against the whole ledger",
        centres,
        whole.value,
        (whole,),
        meaning=f"the cost centres come to {exact_pounds(centres.value)}, the file to"
        f" {exact_pounds(whole.value)}",
        look=control.look(LEDGER, measure),
    )


def _sums(control: Control, place: str, measure: str) -> Iterator[Check]:
    centres = control.figure(f"{CHAPTER}.{place}.{CENTRES}.{measure}")
    shown = control.figure(f"position.{place}.total.{measure}")
    if centres is not None and shown is not None:
        yield _position(control, place, measure, shown, centres)


@made_again_as_agreed
def _position(control: Control, place: str, measure: str, shown: Figure, centres: Figure) -> Check:
    return compare(
        f"position.{place}.{measure}",
        f"{control.patterns.paper.report.place_name(place)}, position against its cost"
        f" centres: {shown.label.rsplit(', ', 1)[-1]}",
        shown,
        centres.value,
        (centres,),
        meaning=f"the position shows {exact_pounds(shown.value)}, the cost centres come to"
        f" {exact_pounds(centres.value)}",
        look=control.look(LEDGER, measure),
    )


def _own_variances(control: Control) -> Iterator[Check]:
    """The variances that the ledger prints are its budget less its actual."""
    for variance in VARIANCES:
        names = (variance, *VARIANCE_OF[variance])
        found = [control.figure(f"{CHAPTER}.{ICB}.{LEDGER}.{name}") for name in names]
        printed, budget, actual = found
        if printed is None or budget is None or actual is None:
            continue
        yield _own_variance(control, variance, printed, budget, actual)


@made_again_as_agreed
def _own_variance(
    control: Control, variance: str, printed: Figure, budget: Figure, actual: Figure
) -> Check:
    expected = budget.value - actual.value
    return compare(
        f"ledger.{variance}",
        f"{printed.label}, against budget less actual",
        printed,
        expected,
        meaning=f"the ledger's own variances add up to {exact_pounds(printed.value)}, its"
        f" budget less actual is {exact_pounds(expected)}",
        look=partial(_odd_rows, control, variance),
    )


def _odd_rows(control: Control, variance: str, gap: Decimal) -> str:
    """The rows whose own variance is not budget less actual."""
    rows = read_ledger(control.folder).rows
    own, budget, actual = (
        amounts_by_line(rows, name) for name in (variance, *VARIANCE_OF[variance])
    )
    odd = [
        line
        for line in lines_of(rows)
        if own.get(line, NIL) != budget.get(line, NIL) - actual.get(line, NIL)
    ]
    if not odd:
        return ""
    named = ", ".join(str(line) for line in odd[:MOST_ROWS])
    more = "" if len(odd) <= MOST_ROWS else f" and {len(odd) - MOST_ROWS} more"
    return f"It does not hold in row {named}{more}."


def _budgets(control: Control) -> Iterator[Check]:
    """The year's budgets come to the limit, which has the planned surplus out, less reserves."""
    budget, limit = control.figure(f"position.{ICB}.total.annual_budget"), control.figure(LIMIT)
    if budget is None or limit is None or not control.folder.has(LEDGER_FILE):
        return
    yield _year(control, budget, limit, control.figure(SURPLUS), control.figure(RESERVES))


@made_again_as_agreed
def _year(
    control: Control,
    budget: Figure,
    limit: Figure,
    surplus: Figure | None,
    reserves: Figure | None,
) -> Check:
    """Where budgets hold the planned surplus they are that much above the limit."""
    held, planned = (one.value if one else NIL for one in (reserves, surplus))
    words = f" and the planned surplus {exact_pounds(planned)}" if planned else ""
    words += f" less {exact_pounds(held)} held in reserves" if held else ""
    return compare(
        BUDGETS,
        "Annual budgets of the ledger, against the resource limit less surplus and reserves",
        budget,
        limit.value + planned - held,
        tuple(one for one in (limit, surplus, reserves) if one),
        meaning=f"the budgets come to {exact_pounds(budget.value)}, the limit is"
        f" {exact_pounds(limit.value)}{words}",
        look=partial(_columns_apart, control, limit.step or PENNY),
        unit=limit.step or NIL,
    )


def _columns_apart(control: Control, unit: Decimal, gap: Decimal) -> str:
    """How far each column's budgets are from its share of the resource limit, in whole units."""
    report = control.patterns.paper.report
    told = []
    for place in (*report.places, CENTRAL):
        mine = control.figure(f"position.{place}.total.annual_budget")
        share = control.figure(f"resource_limit.{place}.total.budget")
        if mine is not None and share is not None:
            apart = round_half_up(mine.value - share.value, unit)
            if apart:
                told.append(f"{report.place_name(place)} by {exact_pounds(apart)}")
    if not told:
        return "Every column agrees with its share of the resource limit: look at the limit."
    return (
        f"Against the allocation, which has surplus and reserves in it, these differ:"
        f" {', '.join(told)}."
    )
