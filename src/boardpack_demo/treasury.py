"""The month's schedules that a finance team types: duties, cash, providers and agreements."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

from boardpack_demo.budgets import NIL
from boardpack_demo.chance import Chance, pounds
from boardpack_demo.icb import PROVIDERS
from boardpack_demo.investment import standard
from boardpack_demo.table import Cell, Table, table, thousands
from boardpack_demo.truth import Truth

CASH_LIMIT = Decimal("1.25")
_K = Decimal(1000)


def key_indicators(truth: Truth, number: int) -> Table:
    """The duties of the ICB in £000s, as the ledger and the allocation have them."""
    whole = truth.whole_allocation(number)
    budget, spent, year, forecast = (
        truth.total(m, number)
        for m in ("ytd_budget", "ytd_actual", "annual_budget", "forecast_outturn")
    )
    surplus = whole - year
    share = pounds(surplus * number / 12 / _K) * _K
    target, expected = standard(truth)
    cash = _profile(truth)[number - 1]
    rows = [
        ("Expenditure not to exceed income", *_k(budget + share, spent, whole, forecast)),
        ("Operating Under Resource Revenue Limit", *_k(budget, spent, year, forecast)),
        ("Not to exceed Running Cost Allowance", *_k(*_running(truth, number))),
        (
            "Month End Cash Position (expected to be below target)",
            *_k(_limit(cash[0]), cash[1]),
            "",
            "",
        ),
        ("Operating under Capital Resource Limit", *["n/a"] * 4),
        ("Mental Health Investment Standard (Annual)", "", "", *_k(target, expected)),
    ]
    return table("indicator ytd_target ytd_actual forecast_target forecast_actual", rows)


def _k(*amounts: Decimal) -> list[str]:
    return [thousands(amount) for amount in amounts]


def _running(truth: Truth, number: int) -> Iterator[Decimal]:
    admin = [line for line in truth.lines if line.centre.group == "admin"]
    for measure in (truth.ytd_budget, truth.ytd_actual, truth.annual_budget, truth.forecast):
        yield sum((measure(line, number) for line in admin), NIL)


def _limit(drawn: Decimal) -> Decimal:
    return drawn * CASH_LIMIT / 100


def _profile(truth: Truth) -> list[tuple[Decimal, Decimal]]:
    """Each month's main drawdown and month-end balance, in whole thousands of pounds."""
    monthly = pounds(truth.whole_allocation(0) * Decimal("0.0775") / _K / 1000) * 1000 * _K
    found = []
    for number in range(1, 13):
        chance = Chance(truth.seed, "cash", number)
        drawn = monthly + chance.between(-4, 4) * 1000 * _K
        found.append((drawn, pounds(drawn * chance.share("0.0030", "0.0100") / _K) * _K))
    return found


def _requirement(truth: Truth, number: int) -> dict[str, Decimal]:
    """The annual cash requirement at the end of a month, and what has used it (negative)."""
    drawn = sum((main for main, _ in _profile(truth)[:number]), NIL)
    medicines = sum(
        (truth.medicines.cost(p, n + 1) for p in truth.body.places for n in range(number)), NIL
    )
    return {
        "ICB ACDR": pounds(truth.whole_allocation(number) / _K) * _K,
        "Capital allocation": NIL,
        "Cash drawn down": -drawn,
        "Prescription Pricing Authority": -pounds(medicines / _K) * _K,
        "HOT": -Decimal(180_000 * number),
        "POD": -Decimal(5_900_000 * number),
    }


def cash_requirement(truth: Truth, number: int) -> Table:
    """The requirement now, a month ago, and how it moved."""
    now, before = _requirement(truth, number), _requirement(truth, number - 1)
    for lines in (now, before):
        lines["Remaining Cash limit"] = sum(lines.values(), NIL)
    rows = [(line, *_k(now[line], before[line], now[line] - before[line])) for line in now]
    return table("line current_month prior_month movement", rows)


def cash_drawdown(truth: Truth, number: int) -> Table:
    """Drawdowns month by month, each month's balance and its limit."""
    header = "month printed_month main_drawdown supplementary_drawdown cumulative_drawdown"
    header += " proportion_of_acdr kpi_limit month_end_balance balance_proportion"
    profile = _profile(truth)
    rows = [_month(truth, month, month <= number) for month in range(1, 13)]
    total = sum((main for main, _ in profile[:number]), NIL)
    return table(header, [*rows, ("Total", "", thousands(total), 0, "", "", "", "", "")])


def _month(truth: Truth, number: int, is_over: bool) -> tuple[Cell, ...]:
    name, year = truth.month(number).name.split()
    label = (f"M{number:02d}", f"{name[:3]}-{year[-2:]}")
    if not is_over:
        return (*label, *[""] * 7)
    main, balance = _profile(truth)[number - 1]
    drawn = sum((one for one, _ in _profile(truth)[:number]), NIL)
    lines = _requirement(truth, number)
    acdr = lines["ICB ACDR"]
    used = -(sum(lines.values(), NIL) - acdr) / acdr * 100
    kept = balance / main * 100
    return (
        *label,
        *(thousands(main), 0, thousands(drawn), f"{_round(used, 1)}%"),
        *(thousands(_limit(main)), thousands(balance), f"{_round(kept, 2)}%"),
    )


def _round(share: Decimal, places: int) -> str:
    return f"{share.quantize(Decimal(1).scaleb(-places), 'ROUND_HALF_UP')}"


def provider_contracts(truth: Truth, number: int) -> Table:
    """What each NHS provider is expected to be paid in the year; the total has smaller ones too."""
    contracts = [line for line in truth.lines if line.description == "NHS CONTRACTS"]
    year = sum((truth.forecast(line, number) for line in contracts), NIL)
    shares = (Decimal("0.41"), Decimal("0.27"), Decimal("0.13"), Decimal("0.11"))
    rows = [
        (name, f"£{thousands(year * share)}k", "Contract register")
        for name, share in zip(PROVIDERS, shares, strict=True)
    ]
    rows.append(("Total", f"£{thousands(year)}k", "Contract register, all NHS block contracts"))
    return table("provider annual_forecast said", rows)


_SERVICES = (
    ("Intermediate care", "Beds and care at home after hospital", 2_600, 940),
    ("Community equipment", "Equipment that keeps people at home", 1_150, 1_210),
    ("Short breaks", "Respite for families of disabled children", 480, 520),
    ("Mental health advocacy", "Independent advocates", 160, 75),
    ("Integrated discharge team", "One team for hospital discharge", 890, 410),
)


def section75(truth: Truth) -> Table:
    """The schedule of the agreement with the default place's council, two years."""
    rows = []
    for n, (service, what, *_) in enumerate(_SERVICES, start=1):
        last_year, now = _contributions(truth.before, n - 1), _contributions(truth, n - 1)
        amounts = (*last_year, sum(last_year), *now, sum(now))
        told = (f"{amount:,}" for amount in amounts)
        rows.append((f"s{n:02d}", service, what, "Wexmoor Community Partnership", *told))
    header = "ref service description provider icb_prior_year council_prior_year"
    return table(f"{header} total_prior_year icb council total", rows)


def _contributions(truth: Truth | None, service: int) -> list[int]:
    """What the ICB and the council pay for a service; None stands for before the first year."""
    name, _, icb, council = _SERVICES[service]
    if truth is None:
        return [icb, council]
    rise = Decimal(Chance(truth.seed, name).between(101, 106)) / 100
    return [int(pounds(amount * rise)) for amount in _contributions(truth.before, service)]


def actions(truth: Truth, number: int) -> Table:
    """What the board has asked, who owes it, and where it stands."""
    counted, before = truth.counted(number), truth.month(number - 1).number
    raised = "Board meeting" if counted == 1 else f"Month {before} meeting"
    late = "closed" if counted > 6 else "in progress"
    soon = (truth.month(number).last_day + dt.timedelta(days=75)).isoformat()
    rows = [
        ("A01", raised, "Show what drives the cost of medicines.", *_BY_MEDICINES, late, "", "3"),
        ("A02", raised, "Say how package reviews are going.", "Head of CHC", soon, "open", "", "1"),
        ("A03", raised, "Bring options for the savings not found.", *_BY_PLACE, "open", "", "2"),
    ]
    return table("ref raised question owner_role due status answer_basis rank", rows)


_BY_MEDICINES, _BY_PLACE = ("Medicines Optimisation Lead", ""), ("Place Lead", "the next meeting")
_RISKS = (
    ("prescribing", "Prices and volumes of medicines rise faster than the budget.", "Switches."),
    ("continuing_care_services", "Packages cost more than was planned.", "Package reviews."),
    ("savings", "Savings start late in the year and may slip.", "Fortnightly review of schemes."),
)
_AMOUNTS = (
    (900, 40, 150, 500, 1_600, "rising"),
    (600, 30, 60, 350, 900, "steady"),
    (500, 50, 100, 200, 800, "falling"),
)
"""Of each risk in a place of size one: likely (£000s), per cent likely, mitigation, best and worst
(£000s), and where it is going."""


def risks(truth: Truth, number: int) -> Table:
    """A few risks of each place and of the ICB, with roles and amounts, as reviewed each month."""
    owner, status = "Place Director", f"open, reviewed in {truth.month(number).name}"
    review = (truth.month(number).last_day + dt.timedelta(days=75)).isoformat()
    rows = [
        (
            f"R{n:02d}",
            place,
            risk,
            line,
            owner,
            what,
            status,
            *_amounts(truth.body.sizes.get(place, truth.body.whole), amounts),
            review,
        )
        for n, (place, (line, risk, what), amounts) in enumerate(
            (
                (place, risk, amounts)
                for place in (*truth.body.places, "icb")
                for risk, amounts in zip(_RISKS, _AMOUNTS, strict=True)
            ),
            start=1,
        )
    ]
    header = "ref place risk line owner_role mitigation status gross probability mitigation_amount"
    return table(f"{header} best worst direction review_date", rows)


def _amounts(size: Decimal, amounts: tuple[int, int, int, int, int, str]) -> tuple[Cell, ...]:
    gross, percent, mitigation, best, worst, direction = amounts
    likely, less, least, most = (
        pounds(one * size * 1000) for one in (gross, mitigation, best, worst)
    )
    return likely, f"{percent}%", less, least, most, direction
