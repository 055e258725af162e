"""Cash: the year's requirement and what has used it; the drawdown month by month and its limits.

The annual cash drawdown requirement (ACDR) is the cash that the ICB may use in the year, in pounds.
What has used it is negative. In the drawdown profile this month's figures have no suffix, those of
other months have theirs (`m01`).
"""

from __future__ import annotations

from boardpack.figures.draft import Draft
from boardpack.figures.labels import slug
from boardpack.figures.scope import Scope
from boardpack.money import plain
from boardpack.periods import MONTHS_IN_YEAR, Month
from boardpack.sources.cash_drawdown import read_cash_drawdown
from boardpack.sources.cash_requirement import read_cash_requirement
from boardpack.sources.extract import Extract, Row
from boardpack.structure import ICB

CHAPTER, BASIS = "cash", "cash"
ACDR, REMAINING = "icb_acdr", "remaining_cash_limit"
TOTAL = "Total"
LIMIT_SHARE = "cash.icb.month_end_balance.limit_share_of_main_drawdown"


def cash_figures(draft: Draft) -> None:
    """Uses and drawdowns are read; what remains, shares, limits and movements are computed."""
    month = draft.paper.month
    requirement = read_cash_requirement(draft.folder)
    for when, column in ((month, "current_month"), (before(month), "prior_month")):
        _requirement(draft, requirement, when, column)
    _movements(draft, requirement)
    drawdown = read_cash_drawdown(draft.folder)
    if requirement.rows or drawdown.rows:
        _shares(draft)
    for row, when in months_of(drawdown, month):
        _month(draft, row, when)
    _totals(draft, drawdown)
    draft.enter_stated(CHAPTER)


def suffix(month: Month, now: Month) -> str:
    """The id part of a month: none for the month of the paper."""
    return "" if month == now else month.code.lower()


def before(month: Month) -> Month:
    """The month before in the same year; before Month 1 stands what the year opened with (`m00`).

    The requirement is a year's, so that last year's is no earlier state of it.
    """
    return Month(month.start, month.number - 1)


def months_of(drawdown: Extract, month: Month) -> tuple[tuple[Row, Month], ...]:
    """The rows of the drawdown profile with their months, which lie in the paper's year."""
    rows = (row for row in drawdown if row["month"] != TOTAL)
    return tuple((row, Month(month.start, int(row["month"][1:]))) for row in rows)


def contradicted_labels(drawdown: Extract, month: Month) -> tuple[tuple[str, Month], ...]:
    """Printed month labels that name another month than the row's, with the month that is meant."""
    labels = ((row["printed_month"], meant) for row, meant in months_of(drawdown, month))
    return tuple((label, meant) for label, meant in labels if label not in ("", _short(meant)))


def _short(month: Month) -> str:
    name, year = month.name.split()
    return f"{name[:3]}-{year[-2:]}"


def _scope(draft: Draft, line: str, label: str, month: Month | None = None) -> Scope:
    when = month or draft.paper.month
    period = when.period if when.number else draft.year
    scope = draft.scope(CHAPTER, ICB, line, label, basis=BASIS, period=period)
    return scope.at(suffix=suffix(when, draft.paper.month))


def _requirement(draft: Draft, extract: Extract, month: Month, column: str) -> None:
    """The requirement's lines as they stood at the end of a month; the remainder is their sum."""
    lines = [slug(row["line"]) for row in extract]
    for row, line in zip(extract, lines, strict=True):
        scope = _scope(draft, line, row["line"], month)
        if line == REMAINING:
            uses = [scope.at(line=use).id("requirement") for use in lines if use != REMAINING]
            scope.total("requirement", uses, printed=row.amounts.get(column))
        else:
            scope.read("requirement", row.amounts.get(column))


def _movements(draft: Draft, extract: Extract) -> None:
    """How each line has moved since the month before; more cash used is negative."""
    last = suffix(before(draft.paper.month), draft.paper.month)
    for row in extract:
        scope = _scope(draft, slug(row["line"]), row["line"])
        now, then = scope.id("requirement"), scope.at(suffix=last).id("requirement")
        if draft.has(now, then):
            scope.derive("movement", f"{now} - {then}", printed=row.amounts.get("movement"))


def _used(draft: Draft, month: Month) -> str | None:
    """The share of the requirement used by the end of a month, as a formula; None if unknown."""
    scope = _scope(draft, ACDR, "", month)
    acdr, remaining = (scope.at(line=line).id("requirement") for line in (ACDR, REMAINING))
    if not draft.has(acdr, remaining) or not draft.agreed(acdr).value:
        return None
    return f"({acdr} - {remaining}) / {acdr} * 100"


def _shares(draft: Draft) -> None:
    """The share of cash used, the share expected for the months gone, and how far they part."""
    scope = _scope(draft, "available_cash", "Cash available for the year")
    number = draft.paper.month.number
    stated = draft.stated(CHAPTER, ICB, "available_cash", "budget_share")
    scope.derive("budget_share", f"{number} / {MONTHS_IN_YEAR} * 100", "PCT", printed=stated)
    used = _used(draft, draft.paper.month)
    if used is not None:
        stated = draft.stated(CHAPTER, ICB, "available_cash", "drawn_down_share")
        scope.derive("drawn_down_share", used, "PCT", printed=stated)
        scope.derive("share_behind_time", "budget_share - drawn_down_share", "PCT")
    limit = _scope(draft, "month_end_balance", "Month-end balance")
    stated = draft.stated(CHAPTER, ICB, "month_end_balance", "limit_share_of_main_drawdown")
    rule = plain(draft.paper.report.cash_limit_percent)
    limit.at(period=draft.year).derive("limit_share_of_main_drawdown", rule, "PCT", printed=stated)


def _month(draft: Draft, row: Row, month: Month) -> None:
    """One month of the profile: cumulative = before + main + supplementary; limit and shares."""
    scope = _scope(draft, "drawdown", f"Drawdown in {month.name}", month)
    is_to_come = month > draft.paper.month
    scope.read_cell("main_drawdown", row, may_be_blank=is_to_come)
    scope.read_cell("supplementary_drawdown", row, may_be_blank=True)  # most months have none
    scope.read_cell("month_end_balance", row, may_be_blank=is_to_come)
    if _is_due(draft, scope):
        _cumulative(draft, scope, row, month)
    if _is_due(draft, scope):
        limit = f"main_drawdown * {LIMIT_SHARE} / 100"
        scope.derive("kpi_limit", limit, printed=row.amounts.get("kpi_limit"))
    if draft.has(scope.id("main_drawdown"), scope.id("month_end_balance")):
        _balance(draft, scope, row)
    _proportion(draft, scope, row, month)


def _is_due(draft: Draft, scope: Scope) -> bool:
    """Whether a month has a main drawdown, or lacks the one that it should have.

    What has been drawn by then may say that a blank is nil: then it has none.
    """
    main = scope.id("main_drawdown")
    return draft.has(main) or draft.register.is_absent(main)


def _cumulative(draft: Draft, scope: Scope, row: Row, month: Month) -> None:
    earlier = scope.at(suffix=suffix(before(month), draft.paper.month))
    addends = [scope.id("main_drawdown"), scope.id("supplementary_drawdown")]
    if month.number > 1:
        addends.insert(0, earlier.id("cumulative_drawdown"))
    printed = row.amounts.get("cumulative_drawdown")
    scope.total("cumulative_drawdown", addends, printed=printed, is_sparse=True)


def _balance(draft: Draft, scope: Scope, row: Row) -> None:
    scope.derive("limit_headroom", "kpi_limit - month_end_balance")
    if draft.agreed(scope.id("main_drawdown")).value:
        share = "month_end_balance / main_drawdown * 100"
        printed = row.amounts.get("balance_proportion")
        scope.derive("balance_proportion", share, "PCT", printed=printed)


def _proportion(draft: Draft, scope: Scope, row: Row, month: Month) -> None:
    """The share of the requirement used: computed where the requirement is known, else read."""
    printed = row.amounts.get("proportion_of_acdr")
    used = _used(draft, month)
    if used is None:
        may_be_blank = month > draft.paper.month
        scope.read_cell("proportion_of_acdr", row, unit="PCT", may_be_blank=may_be_blank)
    else:
        scope.derive("proportion_of_acdr", used, "PCT", printed=printed)


def _totals(draft: Draft, extract: Extract) -> None:
    """Main and supplementary drawdowns of all months listed, this year's coming ones included."""
    printed = {k: v for row in extract.only(month=TOTAL) for k, v in row.amounts.items()}
    months = [month for _, month in months_of(extract, draft.paper.month)]
    scope = _scope(draft, "drawdown", "Drawdowns listed").at(period=draft.year, suffix="total")
    for measure in ("main_drawdown", "supplementary_drawdown"):
        ids = {month: _scope(draft, "drawdown", "", month).id(measure) for month in months}
        due = [
            identity
            for month, identity in ids.items()
            if month <= draft.paper.month or draft.has(identity)  # a month to come may be open yet
        ]
        if any(draft.has(identity) for identity in due):
            scope.total(measure, due, printed=printed.get(measure), is_sparse=True)
