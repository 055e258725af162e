"""Sentences whose figures moved after they were written are named, and no others."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from homes import PROJECT, changed, copied_home
from month_six import whole_register

from boardpack.core.errors import InputFaults
from boardpack.core.params import Paper, load_paper
from boardpack.core.periods import Month
from boardpack.figures.chapters import compute
from boardpack.prose.stale_words import (
    read_written,
    record_written,
    stale_sentences,
    unrecorded_sentences,
)

PRESCRIBING = "position.bromley.prescribing.ytd_variance"
WORDS = """Prescribing is overspent by £2,213k to date. Mental health is overspent by £348k to date.

The forecast follows [[position.bromley.total.forecast_variance]].
"""


@pytest.fixture
def paper(tmp_path: Path) -> Paper:
    home = copied_home(PROJECT, tmp_path)
    folder = home / "params/2023-24/M06/bromley/commentary"
    for path in folder.iterdir():
        path.unlink()
    (folder / "position.md").write_text(WORDS, encoding="utf-8")
    return load_paper(home, Month(2023, 6), "bromley")


def late_journal(paper: Paper) -> None:
    where = {"place": "bromley", "directorate": "Prescribing"}
    changed(paper.home, "position.csv", where, {"ytd_actual": "25,400"})


def test_each_sentence_is_recorded_with_the_figures_it_rests_on(paper: Paper) -> None:
    record_written(paper, whole_register("bromley"))
    rests = {(item.sentence[:12], item.figure) for item in read_written(paper)}
    assert ("Prescribing ", PRESCRIBING) in rests
    assert ("Mental healt", "position.bromley.mental_health_services.ytd_variance") in rests
    assert ("The forecast", "position.bromley.total.forecast_variance") in rests


def test_nothing_is_stale_while_the_figures_stand(paper: Paper) -> None:
    register = whole_register("bromley")
    record_written(paper, register)
    assert stale_sentences(paper, register) == ()


def test_a_late_journal_names_the_sentence_it_touches_and_no_other(paper: Paper) -> None:
    record_written(paper, whole_register("bromley"))
    late_journal(paper)
    found = stale_sentences(paper, compute(paper, "position"))
    assert [item.written.sentence[:11] for item in found] == ["Prescribing"]
    assert "was -2213000, is -2228000" in str(found[0])


def test_a_sentence_that_was_written_anew_is_not_in_question(paper: Paper) -> None:
    record_written(paper, whole_register("bromley"))
    late_journal(paper)
    file = paper.home / "params/2023-24/M06/bromley/commentary/position.md"
    file.write_text(WORDS.replace("£2,213k", "£2,228k"), encoding="utf-8")
    assert stale_sentences(paper, compute(paper, "position")) == ()


def test_what_the_author_saw_counts_not_what_stands_now(paper: Paper) -> None:
    register = whole_register("bromley")
    record_written(paper, register, {PRESCRIBING: Decimal(-2000000)})
    (found,) = stale_sentences(paper, register)
    assert found.written.figure == PRESCRIBING


def test_a_record_that_was_altered_is_told(paper: Paper) -> None:
    path = record_written(paper, whole_register("bromley"))
    path.write_text(path.read_text(encoding="utf-8") + "chc,Words.,a.b,many\n", encoding="utf-8")
    with pytest.raises(InputFaults, match=r"written.csv, row"):
        read_written(paper)


def test_words_on_one_chapter_leave_the_record_of_the_others(paper: Paper) -> None:
    register = whole_register("bromley")
    record_written(paper, register, {PRESCRIBING: Decimal(-2000000)})
    record_written(paper, register, {}, {"chc"})
    (found,) = stale_sentences(paper, register)
    assert found.written.figure == PRESCRIBING
    record_written(paper, register, {}, {"position"})
    assert stale_sentences(paper, register) == ()


def test_sentences_on_figures_of_which_nothing_is_recorded_are_named(paper: Paper) -> None:
    register = whole_register("bromley")
    assert len(unrecorded_sentences(paper, register)) == 3
    record_written(paper, register)
    assert unrecorded_sentences(paper, register) == ()
    file = paper.home / "params/2023-24/M06/bromley/commentary/position.md"
    file.write_text(WORDS.replace("to date. Mental", "so far. Mental"), encoding="utf-8")
    assert unrecorded_sentences(paper, register) == (
        "position: “Prescribing is overspent by £2,213k so far.”",
    )
