"""Chapters with nothing to print are named in one place, with the reason, and have no page."""

from __future__ import annotations

import pytest

from boardpack.audit.reader.expected import _Found
from boardpack.document.blocks import Narrative, NotSupplied, Working, Workings, block_json
from boardpack.document.content import Chapter, Heading, Part
from boardpack.document.folding import TITLE, folded
from boardpack.document.wording import plain_text

NONE = "No extract was supplied."


def empty(name: str, title: str, why: str = NONE) -> Chapter:
    return Chapter(name, title, (Heading(1, title), NotSupplied(f"{name}-x", title, why)))


def full(name: str, title: str, left_out: str = "") -> Chapter:
    said = Narrative(f"{name}-said", f"All of {title}.")
    workings = Workings(f"{name}-workings", (Working("cash.icb.a.b", "A", "1", "= 1"),), ())
    return Chapter(name, title, (Heading(1, title), said, workings), left_out)


SUMMARY, ASSURANCE = full("01_summary", "Summary"), full("21_assurance", "Assurance")


def paper(*chapters: Chapter) -> tuple[Part, ...]:
    return (Part("Paper", (SUMMARY, *chapters)), Part("Reference", (ASSURANCE,)))


def lines(parts: tuple[Part, ...]) -> list[str]:
    items = parts[-1].chapters[-1].items
    assert items[2] == Heading(2, TITLE)
    assert isinstance(items[3], Narrative)
    return items[3].markdown.splitlines()


def test_a_paper_in_which_all_is_shown_is_as_it_was() -> None:
    parts = paper(full("02_position", "Position"))
    assert folded(parts) == parts


def test_one_line_for_one_reason_names_all_that_it_keeps_from_being_shown() -> None:
    parts = folded(
        paper(
            empty("19_section75", "Section 75"),
            empty("18_cash", "Cash"),
            empty("09_risks", "Risks", "None came."),
        )
    )
    assert [c.name for part in parts for c in part.chapters] == ["01_summary", "21_assurance"]
    assert lines(parts) == ["- Cash; Section 75. No extract was supplied.", "- Risks. None came."]


def test_what_is_left_out_is_told_with_its_reason_and_keeps_its_workings() -> None:
    cash = full("18_cash", "Cash", "Reported *elsewhere*")
    parts = folded(paper(cash))
    assert lines(parts) == [f"- Cash. {plain_text('Reported *elsewhere*')}."]
    workings = [b.id for b in parts[-1].chapters[-1].blocks if isinstance(b, Workings)]
    assert workings == ["21_assurance-workings", "18_cash-workings"]


@pytest.mark.parametrize(
    ("own", "titles"),
    [("09_risks", ["Paper", "Appendix", "Reference"]), ("", ["Paper", "Reference"])],
)
def test_a_part_after_nothing_but_the_summary_is_no_appendix(own: str, titles: list[str]) -> None:
    first = (SUMMARY, full(own, "Own")) if own else (SUMMARY,)
    appendix = Part("Appendix", (full("27_schedules", "Tables"), empty("18_cash", "Cash")))
    parts = folded((Part("Paper", first), appendix, Part("Reference", (ASSURANCE,))))
    assert [part.title for part in parts] == titles
    assert [c.name for p in parts for c in p.chapters][-2:] == ["27_schedules", "21_assurance"]


def test_a_part_with_no_chapter_left_is_none() -> None:
    parts = folded((Part("Appendix", (empty("18_cash", "Cash"),)), *paper()))
    assert [part.title for part in parts] == ["Paper", "Reference"]


def test_the_summary_and_the_assurance_are_always_there() -> None:
    parts = (Part("Paper", (empty("01_summary", "Summary"), empty("21_assurance", "Assurance"))),)
    assert folded(parts) == parts


def test_where_nothing_can_tell_of_them_empty_chapters_stay() -> None:
    parts = (Part("Paper", (SUMMARY, empty("18_cash", "Cash"))),)
    assert folded(parts) == parts


@pytest.mark.parametrize("own", ["wards", "my_assurance"])
def test_the_second_reader_expects_the_same_lines(own: str) -> None:
    chapters = (SUMMARY, ASSURANCE, empty("18_cash", "Cash"), full(own, "Wards", "Said elsewhere."))
    found = _Found()
    for chapter in chapters:
        title = {"cell_type": "markdown", "source": [f"# {chapter.title}"]}
        outputs = [
            {"data": {"application/vnd.boardpack+json": block_json(b)}} for b in chapter.blocks
        ]
        code = {"cell_type": "code", "source": [], "outputs": outputs}
        found.take(chapter.name, [title, code], chapter.left_out)
    found.tell_folded()
    needed = [text.words for text in found.texts if text.needed and text.chapter == "21_assurance"]
    assert needed[-4:] == ["Cash.", NONE, "Wards.", "Said elsewhere."]
    assert found.chapters == ["01_summary", "21_assurance"]
    assert {table.chapter for table in found.tables} <= {"01_summary", "21_assurance"}
