"""A planned surplus: the headline is the actual surplus less the planned one, in every place."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from small_bodies import MONTH, small_body, small_paper

from boardpack.audit.recomputed import told_month
from boardpack.audit.second.headlines import headlines
from boardpack.checks.agreement import check_agreements
from boardpack.checks.duties import check_duties
from boardpack.checks.patterns import Patterns
from boardpack.errors import InputFaults
from boardpack.figures.chapters import compute
from boardpack.paper import position, summary
from boardpack.paper.blocks import MARKER, Narrative
from boardpack.paper.chapter import ChapterPaper, open_chapter
from boardpack.params import Paper, load_paper

HEAD = "place,ytd_plan,forecast_plan\n"


def body(target: Path, *rows: str, **more: str) -> Paper:
    """A small body with planned surpluses, in £000s; its paper for a place."""
    text = HEAD + "".join(f"{row}\n" for row in rows)
    extracts = {"planned_surplus": text, **more} if rows else more
    return small_paper(small_body(target / "home", more=extracts), "northtown")


def opened(name: str, paper: Paper, place: str = "northtown") -> ChapterPaper:
    """A chapter of a place's paper."""
    month = MONTH
    reads = ("position", "savings", "efficiency")
    told = (month.year_folder, month.code, place, str(paper.home))
    return open_chapter(name, *told, owns=(), reads=reads)


def said(block: object) -> str:
    assert isinstance(block, Narrative)
    return " ".join(MARKER.sub(r"\2", block.markdown).split())


@pytest.mark.parametrize(
    ("plan", "apart", "is_kept"),
    [
        ("-2951", "1", True),
        ("-2950", "0", True),
        ("-2949", "-1", False),
        ("0", "-2950", False),
        ("2959", "-5909", False),
    ],
)
def test_the_position_is_judged_against_the_plan(
    plan: str, apart: str, is_kept: bool, tmp_path: Path
) -> None:
    paper = body(tmp_path, f"northtown,{plan},0")
    register = compute(paper, "position")
    made = register.agreed("position.northtown.total.ytd_variance").value
    assert made == -2950000
    name = "position.northtown.against_plan.ytd_variance"
    assert register[name].value == Decimal(apart) * 1000
    assert headlines(told_month(paper))[name] == Decimal(apart) * 1000
    found = {check.id: check for check in check_duties(Patterns(register, paper))}
    assert found[f"duty.{name}"].status == ("pass" if is_kept else "fail")


def test_a_plan_of_the_icb_leaves_the_places_against_their_budgets(tmp_path: Path) -> None:
    paper = body(tmp_path, "icb,100,200")
    register = compute(paper, "position")
    total = register.agreed("position.icb.total.ytd_variance").value
    assert register["position.icb.against_plan.ytd_variance"].value == total - 100000
    assert "position.northtown.against_plan.ytd_variance" not in register
    assert "position.icb.against_plan.forecast_variance" not in register, "it has no forecast"
    text = said(summary.icb_narrative(opened("summary", paper)))
    assert "short of plan to date" in text


def test_page_one_speaks_of_the_plan_and_not_of_breaking_even(tmp_path: Path) -> None:
    paper = opened("summary", body(tmp_path, "northtown,2959,-100"))
    text = said(summary.answer_narrative(paper))
    assert "**Northtown is £5.91m short of plan**" in text
    assert "To date it has made a deficit of £2.95m, against a surplus of £2.96m planned." in text
    assert "against a deficit of £100k planned" in text
    cards = summary.key_figures(paper)
    assert cards is not None
    first, second = cards.items[:2]
    assert (first.number.text, first.tone) == ("£5.91m short", "bad")
    assert (
        MARKER.sub(r"\2", first.context)
        == "a deficit of £2.95m, against a surplus of £2.96m planned"
    )
    assert second.number.text.endswith("short")
    told = said(position.position_narrative(opened("position", paper.paper)))
    assert "Northtown is £5.91m short of plan. It has made a deficit of £2.95m" in told


def test_without_a_plan_the_headline_is_against_the_budget(tmp_path: Path) -> None:
    paper = opened("summary", body(tmp_path))
    assert "**Northtown is £2.95m overspent**" in said(summary.answer_narrative(paper))
    assert "plan" not in said(summary.answer_narrative(paper))


@pytest.mark.parametrize("row", ["northtown,,100", "elsewhere,1,2", "northtown,1%,2"])
def test_a_plan_that_cannot_be_read_is_refused(row: str, tmp_path: Path) -> None:
    paper = body(tmp_path, row)
    with pytest.raises(InputFaults, match=r"planned_surplus\.csv, row 2"):
        compute(load_paper(paper.home, MONTH, "northtown"), "position")


@pytest.mark.parametrize(
    ("rows", "target", "status"),
    [
        (("icb,3000,6000",), 0, "fail"),
        (("icb,3000,6000",), -3000, "pass"),
        (("icb,3000,6000",), -2999, "rounding"),
        (("icb,3000,6000",), -2990, "fail"),
        (("icb,3000,6000",), 3000, "fail"),
        (("icb,-3000,-6000",), 3000, "pass"),
        (("northtown,3000,6000",), 0, "pass"),
        ((), 0, "pass"),
        ((), -3000, "fail"),
    ],
)
def test_the_limit_is_what_budgets_leave_to_be_spent(
    rows: tuple[str, ...], target: int, status: str, tmp_path: Path
) -> None:
    lines = len(body(tmp_path / "first").report.directorates)
    budget = 3 * sum(1000 * number for number in range(1, lines + 1))
    duty = f"Operating Under Resource Revenue Limit,{budget + target},{budget},,"
    head = "indicator,ytd_target,ytd_actual,forecast_target,forecast_actual"
    paper = body(tmp_path, *rows, key_indicators=f"{head}\n{duty}\n")
    register = compute(paper, "indicators")
    assert register.agreed("overview.icb.total.ytd_budget").value == budget * 1000
    found = {check.id: check for check in check_agreements(Patterns(register, paper))}
    limit = "agreement.indicators.icb.operating_under_resource_revenue_limit.ytd_target"
    assert found[limit].status == status
    plan = "position.icb.against_plan.ytd_limit"
    assert (plan in register) == (bool(rows) and rows[0].startswith("icb"))
    if plan in register:
        assert headlines(told_month(paper))[plan] == register[plan].value
