"""The truth of the investment standard: programmes, what they grew from, and what they will spend.

The programmes that count end above their target together, and each a little over or under its own
share of it. What is to come is spent evenly.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from boardpack_demo.budgets import NIL
from boardpack_demo.chance import Chance, pounds
from boardpack_demo.table import Cell, Table, table
from boardpack_demo.truth import Truth

UPLIFTS = (Decimal("6.22"), Decimal("5.35"))
"""By how many per cent the standard asks programmes to grow, in each year of the demonstration."""
OVER_TARGET = Decimal(512_000)
BALANCING = "Community"
"""The programme that takes what the others leave of the target and of what is over it."""
_COUNTS = "National category of the standard"
_PROGRAMMES = (
    ("Children and young people", "eligible", _COUNTS, 18_400),
    ("Eating disorders", "eligible", _COUNTS, 4_300),
    ("Perinatal", "eligible", _COUNTS, 6_100),
    ("Talking therapies", "eligible", _COUNTS, 21_700),
    ("Liaison", "eligible", _COUNTS, 9_300),
    ("Early intervention", "eligible", _COUNTS, 8_200),
    ("Crisis", "eligible", _COUNTS, 17_900),
    ("Community", "eligible", _COUNTS, 61_500),
    ("Acute inpatient", "eligible", _COUNTS, 64_800),
    ("Out-of-area placements", "eligible", _COUNTS, 7_900),
    ("Physical health checks", "eligible", _COUNTS, 1_200),
    ("Suicide prevention", "eligible", _COUNTS, 600),
    ("Prescribing", "eligible", _COUNTS, 9_700),
    ("Section 117", "eligible", "Mental health part only", 12_600),
    ("Learning disability", "excluded", "Not a mental health category", 23_000),
    ("Dementia", "excluded", "Not a category of the standard", 7_400),
    ("ADHD", "excluded", "Not a category of the standard", 2_100),
    ("Section 117, physical health", "excluded", "Physical health care", 3_100),
    ("Service development fund", "excluded", "Money that does not recur", 5_200),
)
"""Programme, whether it counts, why, and thousands of pounds last year."""


def mhis_return(truth: Truth, number: int) -> Table:
    """The programmes of the investment standard; the eligible ones end above their target."""
    header = "programme eligible reason prior_year_outturn annual_plan ytd_plan ytd_actual"
    return table(f"{header} forecast_outturn", _rows(truth, number))


def _rows(truth: Truth, number: int) -> Iterator[tuple[Cell, ...]]:
    for name, eligible, reason, _ in _PROGRAMMES:
        before, forecast = _before(truth, name), _forecast(truth, name)
        plan = _uplifted(truth, before)
        to_date = (pounds(amount * number / 12) for amount in (plan, forecast))
        yield name, eligible, reason, before, plan, *to_date, forecast


def standard(truth: Truth) -> tuple[Decimal, Decimal]:
    """The target of the investment standard, and the forecast of the programmes that count."""
    outturn = sum((_before(truth, name) for name in _counted()), NIL)
    forecast = sum((_forecast(truth, name) for name in _counted()), NIL)
    return outturn * (100 + uplift(truth)) / 100, forecast


def uplift(truth: Truth) -> Decimal:
    """By how many per cent the year's programmes are to grow."""
    return UPLIFTS[truth.years]


def _counted() -> list[str]:
    return [row[0] for row in _PROGRAMMES if row[1] == "eligible"]


def _uplifted(truth: Truth, before: Decimal) -> Decimal:
    return pounds(before * (100 + uplift(truth)) / 100)


def _before(truth: Truth, programme: str) -> Decimal:
    """Last year's outturn."""
    if truth.before is not None:
        return _forecast(truth.before, programme)
    thousands = next(row[3] for row in _PROGRAMMES if row[0] == programme)
    return pounds(thousands * 1000 * Chance(truth.seed, programme).share("0.9700", "1.0300"))


def _forecast(truth: Truth, programme: str) -> Decimal:
    """The year's forecast; the balancing programme's makes the whole end over the target."""
    plan = _uplifted(truth, _before(truth, programme))
    if programme == BALANCING:
        others = [name for name in _counted() if name != BALANCING]
        left = sum((_uplifted(truth, _before(truth, o)) - _forecast(truth, o) for o in others), NIL)
        return plan + left + OVER_TARGET
    return pounds(plan * Chance(truth.seed, "forecast", programme).share("0.9850", "1.0150"))
