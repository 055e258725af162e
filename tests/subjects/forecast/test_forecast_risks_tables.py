"""The risks chapter: each risk by its own amount, ranked; what no risk has folds."""

from __future__ import annotations

from pathlib import Path

import pytest
from homes import RAW, copied_home
from opened_chapter import PROJECT, cells, opened, said, table

from boardpack.core.errors import InputFaults
from boardpack.document.chapter import ChapterPaper
from boardpack.subjects.forecast import risks_tables as risks

WORDS = "ref,place,risk,line,owner_role,mitigation,status"
ALL = f"{WORDS},gross,probability,mitigation_amount,best,worst,direction,review_date"
SMALL = "R1,bromley,Small one,prescribing,Lead,Do this,open"
LARGE = "R2,bromley,Large one,prescribing,,,open"


def chapter(target: Path, *lines: str) -> ChapterPaper:
    home = copied_home(PROJECT, target)
    (home / RAW / "risks.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return opened("risks", home=home, owns=(), reads=("position", "forecast"))


def full(target: Path) -> ChapterPaper:
    return chapter(
        target,
        ALL,
        f"{SMALL},200000,50%,,150000,300000,steady,2024-01-09",
        f"{LARGE},900000,40%,150000,500000,1600000,rising,2023-12-01",
    )


def test_risks_are_ranked_by_what_is_expected_and_show_all_that_is_known(tmp_path: Path) -> None:
    block = risks.risks_table(full(tmp_path))
    found = cells(block)
    assert list(found) == ["Large one", "Small one", "Total"]
    known = ["40.0%", "500", "900", "1,600", "210", "Rising", "Nothing stated", "No owner named"]
    assert found["Large one"] == [*known, "1 December 2023"]
    assert found["Total"][:5] == ["", "650", "1,100", "1,900", "310"]
    assert table(block).unit == "£000s"


def test_the_variance_of_a_line_is_no_amount_of_a_risk(tmp_path: Path) -> None:
    heads = [column.label for column in table(risks.risks_table(full(tmp_path))).columns]
    assert "Variance to date" not in heads


def test_the_totals_adjust_the_outturn(tmp_path: Path) -> None:
    words = said(risks.risks_narrative(full(tmp_path)))
    assert "the one that is expected to cost the most first" in words
    assert "Together they are expected to cost £310k, after what is being done." in words
    assert "£2.99m overspent, against the forecast of £2.68m overspent" in words  # 2,675 + 310
    assert "between £3.33m overspent and £4.58m overspent" in words  # 2,675 + 650 and + 1,900
    assert "does not give" not in words


def test_an_end_that_one_risk_lacks_is_the_end_of_no_total(tmp_path: Path) -> None:
    known = f"{SMALL},200000,50%,,150000,300000,,"
    paper = chapter(tmp_path, ALL, known, f"{LARGE},900000,40%,150000,,,,")
    words = said(risks.risks_narrative(paper))
    assert "If every risk came" not in words
    assert cells(risks.risks_table(paper))["Total"][:5] == ["", "", "1,100", "", "310"]
    assert "does not give any of them a direction or a date of review." in words
    assert "cannot be adjusted" not in words


def test_what_no_risk_has_folds_and_is_said_once(tmp_path: Path) -> None:
    paper = chapter(tmp_path, WORDS, SMALL, LARGE)
    block = table(risks.risks_table(paper))
    assert [column.label for column in block.columns] == ["Risk", "What is being done", "Owner"]
    assert [row.cells[0] for row in block.rows] == ["Small one", "Large one"]
    assert (block.unit, block.notes) == ("", ())
    words = said(risks.risks_narrative(paper))
    told = "a likelihood, an amount in pounds, a direction or a date of review."
    assert f"The source report does not give any of them {told}" in words
    assert "the forecast cannot be adjusted for them" in words


@pytest.mark.parametrize(
    ("amounts", "expected"),
    [
        ("200000,50%,,,300000,,", "best beside worst"),
        ("200000,50%,,100000,,,", "worst beside best"),
        (",,,100000,300000,,", "gross beside best"),
        ("200000,50%,,200001,300000,,", "no more than gross"),
        ("200000,50%,,100000,199999,,", "no more than worst"),
        ("200000,50%,,100000,300000,sideways,", "a known direction"),
        ("200000,50%,,100000,300000,,soon", "a date"),
    ],
)
def test_amounts_that_cannot_be_judged_are_refused(
    amounts: str, expected: str, tmp_path: Path
) -> None:
    with pytest.raises(InputFaults, match=expected):
        chapter(tmp_path, ALL, f"{SMALL},{amounts}")


def test_the_ends_may_be_the_likely_amount_itself(tmp_path: Path) -> None:
    paper = chapter(tmp_path, ALL, f"{SMALL},200000,50%,,200000,200000,,")
    assert cells(risks.risks_table(paper))["Small one"][:5] == ["50.0%", "200", "200", "200", "100"]
