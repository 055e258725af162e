"""The pace of prescribing spend: which months are compared, and the picture of it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from boardpack.core.periods import Month
from boardpack.core.structure import ICB
from boardpack.document.blocks import Cell, Chart, NotSupplied, Number, Series
from boardpack.document.chapter import ChapterPaper

VARIANCE = "position.{}.@prescribing.ytd_variance"
EARLIER = "position.{}.@prescribing.earlier_run_rate"
LATEST = "position.{}.@prescribing.latest_run_rate"

WALK = {
    "Budget to date": "ppa.ytd_budget",
    "Category M and NCSO": "cat_m_ncso.ytd_spend",
    "Growth": "local_growth.ytd_overspend",
    "Spend to date": "ppa.ytd_spend",
}
# The ICB's growth is that of its places; what is held centrally is a step of its own.
ICB_WALK = {
    "Budget to date": "ppa.ytd_budget",
    "Category M and NCSO": "cat_m_ncso.ytd_spend",
    "Growth": "places_local_growth.ytd_overspend",
    "Held centrally": "held_centrally.ytd_overspend",
    "Spend to date": "ppa.ytd_spend",
}


def released_month(paper: ChapterPaper, place: str = "") -> Month | None:
    """The latest earlier month whose released paper has the place's prescribing variance."""
    name = paper.paper.report.with_lines(VARIANCE.format(place or paper.place))
    now = paper.paper.month
    found = (month for month in paper.paper.compared if month.start == now.start)
    return next((one for one in found if f"{name}.{one.suffix_in(now)}" in paper.register), None)


def known_to(paper: ChapterPaper) -> Month:
    """The last month of the year for which there is prescribing data."""
    month = paper.paper.month
    return month.earlier(month.number - paper.paper.run.prescribing_months_of_data)


def unknown_months(paper: ChapterPaper) -> tuple[str, ...]:
    """The months of the year to date whose spend is estimated, in order."""
    month = paper.paper.month
    missing = month.number - paper.paper.run.prescribing_months_of_data
    return tuple(month.earlier(back).name for back in reversed(range(missing)))


def pace_chart(paper: ChapterPaper) -> Chart | NotSupplied:
    """Average monthly variance before and since the last released paper, place beside ICB.

    Where no earlier paper was supplied, the walk from budget to spend is shown instead.
    """
    released = released_month(paper)
    if released is None:
        return walk_chart(paper)
    places = [p for p in dict.fromkeys((paper.place, ICB)) if released_month(paper, p) == released]
    names = tuple(paper.paper.report.place_name(place) for place in places)
    words = [_pace(paper, place) for place in places]
    series = (
        _series(paper, f"Average month to {released.name}", EARLIER, places),
        _series(paper, f"Average month since, to {paper.paper.month.name}", LATEST, places),
    )
    return Chart(
        id="prescribing-pace",
        shape="bar",
        title="; ".join(f"{name}: {word}" for name, word in zip(names, words, strict=True)),
        alt="Average monthly prescribing variance by the ledger, £000s; a minus is an overspend. "
        + _said(names, series),
        categories=names,
        series=series,
        unit="£000s a month, (over) / under budget",
        scale="1000",
        better="higher",
    )


def walk_chart(paper: ChapterPaper) -> Chart | NotSupplied:
    """From the PPA budget to date to the PPA spend: Category M and NCSO, then growth."""
    walk = WALK if paper.paper.is_place else ICB_WALK
    ids = [f"prescribing.{paper.place}.{name}" for name in walk.values()]
    if not paper.supplied(*ids):
        return paper.not_supplied("The make-up of the prescribing spend")
    budget, *steps, spend = (paper.number(identity, "thousands") for identity in ids)
    numbers = (budget, *(_cost(step) for step in steps), spend)
    said = "; ".join(f"{x} {_words(n)}" for x, n in zip(walk, numbers, strict=True))
    return Chart(
        id="prescribing-walk",
        shape="waterfall",
        title=_walk_title(paper, dict(zip(walk, numbers, strict=True))),
        alt=f"From the PPA budget to date to the PPA spend to date, £000s. {said}.",
        categories=tuple(walk),
        series=(Series("PPA prescribing", numbers),),
        unit="£000s to date",
        scale="1000",
        better="lower",
    )


def _walk_title(paper: ChapterPaper, walk: dict[str, Number]) -> str:
    values = {label: Decimal(number.value) for label, number in walk.items()}
    if values["Spend to date"] <= values["Budget to date"]:
        return f"{paper.place_name} spends within its prescribing budget"
    larger = max(("Category M and NCSO", "Growth"), key=lambda label: values[label])
    return f"{larger} is the larger part of what {paper.place_name} spends above budget"


def _cost(number: Number) -> Number:
    """A step that adds to spend is bad news."""
    return replace(number, adverse=not number.value.startswith("-"))


def _pace(paper: ChapterPaper, place: str) -> str:
    """What the pace did, in words that hold for any signs."""
    before = paper.figure(EARLIER.format(place)).value
    now = paper.figure(LATEST.format(place)).value
    if now == before:
        return "the pace has not changed"
    if before < 0 and now < 0:
        return "the overspend has quickened" if now < before else "the overspend has slowed"
    return "the position is getting worse" if now < before else "the position is getting better"


def _series(paper: ChapterPaper, name: str, pattern: str, places: list[str]) -> Series:
    return Series(name, tuple(paper.number(pattern.format(p), "thousands") for p in places))


def _said(names: tuple[str, ...], series: tuple[Series, ...]) -> str:
    return (
        "; ".join(
            f"{name}, {run.name}: {_words(run.values[i] or '')}"
            for i, name in enumerate(names)
            for run in series
        )
        + "."
    )


def _words(cell: Cell) -> str:
    return cell if isinstance(cell, str) else cell.words or cell.text
