"""How bad an adverse number is, by its share of budget and by what is material: one rule for all.

Red is worse than the red share of budget, and at least the material amount; amber is worse than the
amber share and at least that amount; anything less is slight: it is said, and drawn in no colour.
A variance whose budget is not known is judged by the amount alone. What is no variance from a
budget, such as a duty not met, is as bad as it is: it stays red. The shares are `rag`, the amount
is `materiality.amount`, both in `params/report.yml`.
"""

from __future__ import annotations

from decimal import Decimal

from boardpack.core.report import Report
from boardpack.document.blocks import Grade
from boardpack.figures.figure import Figure
from boardpack.figures.register import Register

BUDGETS = {
    "ytd_variance": ("ytd_budget", "ytd_plan"),
    "forecast_variance": ("annual_budget", "forecast_plan", "full_year_plan"),
}
"""What each variance is a variance from; other measures of a year are judged by its budget."""
OF_A_YEAR = ("position.{place}.{line}.annual_budget", "overview.{place}.{line}.annual_budget")
SHARE = "_share"
DUTIES = "indicators"


def grade_of(figure: Figure, register: Register, report: Report) -> Grade:
    """The grade of an adverse figure.

    >>> from boardpack.core.report import Materiality, Rag
    >>> report = Report.model_construct(
    ...     materiality=Materiality(amount=Decimal(50_000), percent=Decimal(1)),
    ...     rag=Rag(amber=Decimal(1), red=Decimal(2)),
    ... )
    >>> over, budget = (
    ...     Figure(f"a.icb.x.{name}", "X", Decimal(value), "GBP", "icb", "x", name, "2023/24 M06",
    ...            "ledger", False, ())
    ...     for name, value in (("ytd_variance", -60_000), ("ytd_budget", 4_000_000))
    ... )
    >>> grade_of(over, Register([over, budget]), report), grade_of(over, Register([over]), report)
    ('amber', '')
    """
    if figure.chapter == DUTIES or "variance" not in figure.measure:
        return ""
    amount, share = _amount(figure, register), _share(figure, register)
    if amount is not None and abs(amount) < report.materiality.amount:
        return "slight"
    if share is None or share >= report.rag.red:
        return ""
    return "amber" if share >= report.rag.amber else "slight"


def _amount(figure: Figure, register: Register) -> Decimal | None:
    """The pounds of a variance, or of the one that a share is of."""
    if figure.unit == "GBP":
        return figure.value
    found = register.find(figure.id.removesuffix(SHARE)) if SHARE in figure.measure else None
    return found.value if found else None


def _share(figure: Figure, register: Register) -> Decimal | None:
    """The variance in per cent of its budget, as a size; None where the budget is not known."""
    if figure.unit == "PCT":
        return abs(figure.value)
    scope = figure.id.rsplit(".", 1)[0]
    own = (f"{scope}.{measure}" for measure in BUDGETS.get(figure.measure, ()))
    year = (name.format(place=figure.place, line=figure.line) for name in OF_A_YEAR)
    for name in (*own, *year):
        budget = register.find(name)
        if budget is not None and budget.value and budget.unit == figure.unit:
            return abs(figure.value / budget.value * 100)
    return None
