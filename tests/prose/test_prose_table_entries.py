"""The numbers of a Markdown table in the text: row, column and caption are their subject."""

from __future__ import annotations

from checked_prose import claims_of

TABLE = """## Month 6 position

Bromley, £000s

| | Year to date budget | Year to date variance | Forecast variance |
|---|---:|---:|---:|
| Prescribing | 23,172 | {prescribing} | (4,450) |
| Corporate Budgets | 2,200 | {corporate} | 403 |
"""


def _statuses(prescribing: str = "(2,213)", corporate: str = "212") -> dict[str, str]:
    text = TABLE.format(prescribing=prescribing, corporate=corporate)
    return {claim.mark: claim.status for claim in claims_of(text)}


def test_true_cells_are_supported() -> None:
    assert set(_statuses().values()) == {"supported"}
    assert len(_statuses()) == 6


def test_a_wrong_size_and_a_wrong_sign_are_contradicted() -> None:
    wrong = _statuses(prescribing="(2,313)", corporate="(212)")
    assert wrong["(2,313)"] == wrong["(212)"] == "contradicted"
    assert sorted(wrong.values()).count("contradicted") == 2


def test_a_cell_is_told_with_its_line_row_and_column() -> None:
    claim = next(claim for claim in claims_of(TABLE) if claim.mark == "23,172")
    assert (claim.line, claim.text) == (7, "Prescribing, Year to date budget: 23,172")


def test_the_caption_of_the_table_above_is_the_subject_of_what_follows() -> None:
    table = "Lambeth prescribing\n\n| Budget £000s |\n|---|\n\nThe overspend is £{}k.\n"
    assert [c.status for c in claims_of("# Report\n\n" + table.format("1,904"))] == ["supported"]


def test_an_item_takes_the_month_from_an_earlier_item_of_its_list() -> None:
    text = "- As at Month 4 the position was overspent.\n- Prescribing was £{}k overspent.\n"
    assert claims_of(text.format("1,326"))[-1].status == "supported"
    assert claims_of(text.format("2,213"))[-1].status == "contradicted"
