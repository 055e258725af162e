"""What the key financial indicators chapter shows and says."""

from __future__ import annotations

from pathlib import Path

from homes import changed, copied_home, leave_out
from opened_chapter import PROJECT, cells, opened, said

from boardpack.document.blocks import NotSupplied
from boardpack.subjects.duties import tables as chapter

NAME, FILE = "indicators", "key_indicators.csv"
LIMIT = {"indicator": "Operating Under Resource Revenue Limit"}
INCOME = {"indicator": "Expenditure not to exceed income"}


def test_each_duty_says_in_words_whether_it_is_met() -> None:
    table = cells(chapter.duties_table(opened(NAME)))
    assert table["Spend within the resource limit"][0] == "A limit"
    assert table["Spend within the resource limit"][3:5] == ["(2,218)", "Not met"]
    assert table["Spend within the resource limit"][-2:] == ["-", "Met"]
    assert table["Spend within income"][-1] == "No forecast"
    assert table["Operating under Capital Resource Limit"][4] == "Does not apply"
    assert table["Month-end cash within its limit"][-1] == ""
    assert table["Mental Health Investment Standard reached"][0] == "To reach"
    assert table["Mental Health Investment Standard reached"][-2:] == ["614", "Met"]
    assert table["Non-NHS invoices paid on time"][:5] == [
        "To reach",
        "95.0%",
        "97.8%",
        "2.8%",
        "Met",
    ]


def test_the_narrative_names_what_is_missed_and_what_must_be_recovered() -> None:
    text = said(chapter.duties_narrative(opened(NAME)))
    assert "does not meet these duties" in text
    assert "**Spend within the resource limit**: over its limit by £2.22m" in text
    assert "Every duty with a forecast for the year is forecast to be met." in text
    assert "underspend by £2.22m" in text


def test_all_duties_met_and_a_forecast_missed_read_the_other_way(tmp_path: Path) -> None:
    values = {"ytd_actual": "2,300,000", "forecast_actual": "4,777,174"}
    changed(tmp_path, FILE, LIMIT, values)
    home = changed(tmp_path, FILE, INCOME, {"ytd_actual": "2,311,190"})
    text = said(chapter.duties_narrative(opened(NAME, home=home)))
    assert "meets every duty that has a target to date" in text
    assert "ends with spend within the resource limit not met (over its limit by £1.24m)" in text
    assert "lets the months that are left overspend by £3.99m" in text


def test_the_payment_code_is_judged_by_each_kind_of_creditor(tmp_path: Path) -> None:
    text = said(chapter.payments_narrative(opened(NAME)))
    assert "100.0% of NHS invoices and 97.8% of non-NHS invoices" in text
    assert "within 30 days" in text
    assert text.endswith("The code is met.")
    home = changed(tmp_path, "bppc.csv", {"creditor": "Non-NHS"}, {"ytd_actual": "94.9%"})
    short = said(chapter.payments_narrative(opened(NAME, home=home)))
    assert short.endswith("The code is not met for non-NHS invoices.")


def test_the_open_difference_of_the_limit_is_shown_plainly(tmp_path: Path) -> None:
    text = said(chapter.surplus_narrative(opened(NAME)))
    assert "leaves a limit of £4,755.9m" in text
    assert "£4,775.9m, which is £20m more" in text
    assert "£20m above the allocation" in text
    changed(tmp_path, FILE, LIMIT, {"forecast_target": "4,755,934"})
    home = changed(tmp_path, FILE, INCOME, {"forecast_target": "4,772,807"})
    tied = said(chapter.surplus_narrative(opened(NAME, home=home)))
    assert "as it should be" in tied
    assert "open" not in tied


def test_without_the_extracts_it_says_so(tmp_path: Path) -> None:
    home = copied_home(PROJECT, tmp_path)
    leave_out(home, FILE, "bppc.csv")
    paper = opened(NAME, home=home)
    for block in (chapter.duties_narrative, chapter.duties_table, chapter.payments_narrative):
        assert isinstance(block(paper), NotSupplied)
    assert chapter.surplus_narrative(paper) is None
