"""The assurance chapter: points with what follows, the unadjusted schedule, the override trail."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from month_six import PROJECT, paper_for, whole_register
from opened_chapter import long_sentences, said

from boardpack.checks.engine import run_checks
from boardpack.checks.noticed.outcomes import noticed
from boardpack.checks.noticed.record import noticed_record
from boardpack.core.params import Paper
from boardpack.core.run import Waiver
from boardpack.document.blocks import Block, Number, Table
from boardpack.document.chapter import ChapterPaper, open_chapter
from boardpack.document.commentary_claims import commentary_table, untraced_table
from boardpack.prose.claim import Claim
from boardpack.prose.notebook_claims import claim_record
from boardpack.render.records import write_register
from boardpack.subjects.assurance import tables as assurance
from boardpack.subjects.assurance.exceptions import exceptions_table
from boardpack.subjects.assurance.noticed import (
    OF_ONE,
    noticed_narrative,
    noticed_table,
    unnoticed_table,
)
from boardpack.subjects.summary import page


def opened(
    place: str, paper: Paper | None = None, *, drop: str = "", with_noticed: bool = True
) -> ChapterPaper:
    """The assurance chapter of a place, told the register and checks of the first wave."""
    told, register = paper or paper_for(place), whole_register(place)
    made = run_checks(register, told)
    checks = [check.to_json() for check in made]
    would = noticed_record(noticed(register, made, told), register, told)
    kept = [check for check in checks if not drop or check["status"] != drop]
    with TemporaryDirectory() as folder:
        write_register(Path(folder), told, register, kept, would if with_noticed else None)
        return open_chapter(
            "assurance", "2023-24", "M06", place, str(PROJECT), folder, ["assurance"]
        )


@lru_cache
def bromley() -> ChapterPaper:
    """The assurance chapter of the Bromley paper."""
    return opened("bromley")


def table(block: Block | None) -> Table:
    """A block that must be a table."""
    assert isinstance(block, Table)
    return block


def test_what_follows_stands_beneath_its_point() -> None:
    rows = table(exceptions_table(bromley())).rows
    first = [str(row.cells[0]) for row in rows]
    at = next(
        i for i, said in enumerate(first) if "Continuing Care Services, year to date actual" in said
    )
    assert [said.startswith("follows: ") for said in first[at : at + 4]] == [
        False,
        True,
        True,
        True,
    ]
    failed = [check for check in bromley().checks if check["status"] == "fail"]
    assert len(rows) == len(failed)
    points = [said for said in first if not said.startswith("follows: ")]
    assert len(points) == bromley().register["assurance.bromley.checks.points"].value


def test_every_point_names_its_cells_and_its_cause_or_meaning() -> None:
    for row in table(exceptions_table(bromley())).rows:
        if not str(row.cells[0]).startswith("follows: "):
            assert any(character.isdigit() for character in str(row.cells[0]))
            assert str(row.cells[3]).endswith((".", ")"))


def test_expected_and_found_are_figures_of_the_check() -> None:
    (row,) = [
        row
        for row in table(exceptions_table(bromley())).rows
        if str(row.cells[0]).startswith("Run-rate drugs")
    ]
    expected, found = row.cells[1:3]
    assert isinstance(expected, Number)
    assert isinstance(found, Number)
    assert (expected.text, found.text) == ("(463)", "463")
    assert found.figure == f"{expected.figure}.printed"


def test_the_kinds_add_up_to_all_checks() -> None:
    rows = table(assurance.checks_table(bromley())).rows
    for column in range(1, 6):
        numbers = [int(cell.value) for row in rows if isinstance(cell := row.cells[column], Number)]
        assert sum(numbers[:-1]) == numbers[-1]


def test_the_narrative_counts_points_apart_from_checks() -> None:
    text = assurance.assurance_narrative(bromley()).markdown
    assert "that do not agree. They come from" in text
    assert "assurance.bromley.checks.points" in text


def test_the_unadjusted_schedule_has_both_scopes_and_their_materiality() -> None:
    rows = table(assurance.unadjusted_table(bromley())).rows
    first = [str(row.cells[0]) for row in rows]
    for scope in ("Bromley", "South East London ICB"):
        assert f"{scope}, together" in first
        assert f"Materiality for {scope}" in first
    text = assurance.unadjusted_narrative(bromley()).markdown
    assert "£20.0m" in text
    assert "variances would be £20.0m worse in all. Single differences would make them" in said(
        assurance.unadjusted_narrative(bromley())
    )
    assert "nil" not in text


def test_a_paper_without_failures_says_so() -> None:
    clean = opened("bromley", drop="fail")
    assert said(exceptions_table(clean)).startswith(
        "No check stands open. What the checks would not"
    )
    assert assurance.unadjusted_table(clean) is None
    assert "no difference in money is left unadjusted" in said(
        assurance.unadjusted_narrative(clean)
    )
    assert "Nothing stands open." in assurance.assurance_narrative(clean).markdown


def test_nothing_is_said_to_agree_without_what_would_be_noticed() -> None:
    for paper in (opened("bromley", drop="fail"), bromley()):
        text = said(assurance.assurance_narrative(paper))
        assert "An error of £100k would be noticed in" in text
        assert "provider contracts" in text
        page_1 = said(page.assurance_narrative(replace(paper, name="summary")))
        assert "checks on this paper's numbers" in page_1
        assert "An error of £100k would be noticed in" in page_1
    blind = opened("bromley", with_noticed=False)
    assert "What the checks would notice is not known." in said(
        assurance.assurance_narrative(blind)
    )
    assert "What the checks would notice is not known." in said(
        page.assurance_narrative(replace(blind, name="summary"))
    )
    assert noticed_table(blind) is None
    assert unnoticed_table(blind) is None


def test_what_would_be_noticed_stands_by_extract_with_the_least_held_first() -> None:
    rows = table(noticed_table(bromley())).rows
    names = [str(row.cells[0]) for row in rows]
    assert names[:2] == ["Provider contracts", "Key indicators"]
    sums = [row for row in rows if row.kind == "subtotal"]
    assert [str(row.cells[0]) for row in sums] == [
        "This month's source reports",
        "Earlier months and reference files",
    ]
    cells = [row.cells[1] for row in rows[: rows.index(sums[0])]]
    assert sum(int(one.value) for one in cells if isinstance(one, Number)) == int(
        sums[0].cells[1].value if isinstance(sums[0].cells[1], Number) else -1
    )
    assert not long_sentences(noticed_narrative(bromley()))


def test_the_largest_amounts_that_nothing_holds_are_listed_with_their_figures() -> None:
    shown = table(unnoticed_table(bromley()))
    amounts = [abs(float(c.value)) for r in shown.rows if isinstance(c := r.cells[2], Number)]
    assert amounts == sorted(amounts, reverse=True)
    extracts = Counter(str(row.cells[1]) for row in shown.rows)
    assert extracts["Provider contracts"] == max(extracts.values()) == OF_ONE
    assert shown.notes[0].startswith("Another ")


def test_rules_without_figures_are_listed_with_the_reason() -> None:
    rows = table(assurance.not_applicable_table(opened("lambeth"))).rows
    reasons = {str(row.cells[1]) for row in rows}
    assert "Lambeth has no figure this month for savings: total, year to date plan." in reasons


def test_the_override_trail_names_role_date_and_use() -> None:
    paper = paper_for("bromley")
    waiver = Waiver(
        check="labels.cash_drawdown",
        reason="agreed with audit",
        owner_role="Finance lead",
        expires=dt.date(2023, 12, 31),
    )
    told = paper.model_copy(update={"run": paper.run.model_copy(update={"waivers": [waiver]})})
    chapter = opened("bromley", told)
    waived = [check for check in chapter.checks if check["status"] == "waived"]
    assert json.dumps(waived).count("agreed with audit") == 1
    shown = ChapterPaper("assurance", told, chapter.register, (), chapter.checks)
    (row,) = table(assurance.waivers_table(shown)).rows
    assert row.cells[1:] == ("agreed with audit", "Finance lead", "2023-12-31", "In use")


def test_what_is_waived_with_its_point_stands_beneath_it() -> None:
    paper = paper_for("bromley")
    care = "agreement.position.bromley.continuing_care_services.ytd_actual"
    waiver = Waiver(
        check=care, reason="known", owner_role="Finance lead", expires=dt.date(2023, 12, 31)
    )
    told = paper.model_copy(update={"run": paper.run.model_copy(update={"waivers": [waiver]})})
    chapter = opened("bromley", told)
    shown = ChapterPaper("assurance", told, chapter.register, (), chapter.checks)
    first, *rest = table(assurance.waivers_table(shown)).rows
    assert "£12,925k" in str(first.cells[0])
    assert len(rest) == 3
    assert all(str(row.cells[0]).startswith("follows: ") for row in rest)
    assert not any("12,925" in str(r.cells[0]) for r in table(exceptions_table(shown)).rows)


def test_without_a_waiver_the_trail_says_so() -> None:
    assert said(assurance.waivers_table(bromley())) == "No check has been waived."


def test_a_claim_is_found_by_the_title_of_its_chapter_and_reads_as_a_sentence() -> None:
    (row,) = table(commentary_table(bromley())).rows
    assert row.cells[0] == "Continuing healthcare across the ICB, line 1"
    assert str(row.cells[1]).endswith("forecasts an overspend for the year.")


HELD = {
    "notebooks/31_own.ipynb": {
        "title": "Own chapter",
        "claims": [
            claim_record(Claim(2, "4,612", Decimal(4612), "COUNT", "unsupported", sentence="We.")),
            claim_record(Claim(2, "17", Decimal(17), "COUNT", "unsupported", sentence="We.")),
            claim_record(
                Claim(3, "Table", Decimal(1200), "untraced", "unsupported", sentence="Table (seal)")
            ),
            claim_record(
                Claim(4, "Text", Decimal(2), "untraced", "unsupported", sentence="Text (seal)")
            ),
        ],
    }
}


def test_what_no_figure_stands_behind_is_counted_by_chapter() -> None:
    found = table(untraced_table(replace(bromley(), held=HELD)))
    assert [row.cells for row in found.rows] == [("Own chapter", "1,202", "1", "-")]
    listed = table(commentary_table(replace(bromley(), held=HELD))).rows
    assert [row.cells[0] for row in listed].count("Own chapter, cell 3") == 1


def test_where_every_number_is_a_figure_there_is_no_such_table() -> None:
    assert untraced_table(bromley()) is None
