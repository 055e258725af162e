"""What a piece of work looks at: files that it reads, parameters that it asks for."""

from __future__ import annotations

from pathlib import Path

from boardpack.core.params import load_paper
from boardpack.core.periods import Month
from boardpack.core.seen import answer_seal, asked, count, seeing


def test_files_that_are_read_are_seen_and_those_written_are_not(tmp_path: Path) -> None:
    read, written = tmp_path / "read.txt", tmp_path / "written.txt"
    read.write_text("text")
    with seeing() as around:
        with seeing() as seen:
            read.read_text()
            written.write_text("text")
        read.with_name("nothing.txt").exists()
    assert seen.files == {str(read)}
    assert around.files == seen.files
    read.read_text()
    assert seen.files == {str(read)}


def test_a_parameter_is_seen_with_its_answer_and_no_other_is(project: Path) -> None:
    with seeing() as seen:
        paper = load_paper(project, Month(2023, 6), "bromley")
        assert paper.report.materiality.amount
        assert paper.run.board_date
    loading = {("Report", "places")}  # whether there is such a place
    assert set(seen.asked) - loading == {("Report", "materiality"), ("Run", "board_date")}
    assert not [file for file in seen.files if file.endswith(".yml")]
    assert seen.asked["Run", "board_date"] == answer_seal(paper.run.board_date)


def test_the_first_answer_counts_and_what_was_kept_counts_as_seen() -> None:
    with seeing() as kept:
        asked("claims", "position", ["one"])
        asked("claims", "position", ["two"])
    assert kept.asked == {("claims", "position"): answer_seal(["one"])}
    with seeing() as seen:
        count(kept)
    assert seen.asked == kept.asked
    asked("claims", "nobody looks", [])
    assert ("claims", "nobody looks") not in seen.asked
