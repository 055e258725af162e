"""The words for where a year ends: a forecast, an outturn, and an outturn that was audited."""

from __future__ import annotations

import pytest
from month_six import PROJECT

from boardpack.core.params import Paper, load_paper
from boardpack.core.periods import Month
from boardpack.document.year_words import year_words


def paper_of(number: int, audited: bool) -> Paper:
    paper = load_paper(PROJECT, Month(2023, 6), "bromley")
    run = paper.run.model_copy(update={"audited": audited})
    return paper.model_copy(update={"month": Month(2023, number), "run": run})


@pytest.mark.parametrize(
    ("number", "audited", "is_over", "ends", "audit"),
    [
        (1, False, False, "forecasts to end", ""),
        (11, False, False, "forecasts to end", ""),
        (12, False, True, "ended", "subject to audit"),
        (12, True, True, "ended", "after audit"),
    ],
)
def test_a_year_is_over_in_month_twelve_and_final_once_audited(
    number: int, audited: bool, is_over: bool, ends: str, audit: str
) -> None:
    words = year_words(paper_of(number, audited))
    assert (words.is_over, words.forecasts_to_end) == (is_over, ends)
    assert not is_over or words.audit == audit
