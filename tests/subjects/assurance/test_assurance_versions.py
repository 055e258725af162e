"""What a later version says of the one that it replaces: why, from when, and what changed."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from pathlib import Path

import pytest
from homes import PROJECT, copied_home
from month_six import whole_register
from opened_chapter import long_sentences
from opened_chapter import said as printed

from boardpack.core.params import Paper, Version, load_paper
from boardpack.core.periods import Month
from boardpack.document.chapter import ChapterPaper
from boardpack.figures.figure import PRINTED
from boardpack.figures.register import Register
from boardpack.figures.versions import version_figures
from boardpack.render.products import pdf_meta
from boardpack.render.records import figures_record
from boardpack.subjects.assurance.notices import notices_narrative
from boardpack.subjects.assurance.versions import version_table

TOTAL = "position.bromley.total.ytd_variance"
ACUTE = "position.bromley.acute_services.forecast_variance"
SECOND = Version(
    number=2, replaces=1, released=dt.date(2023, 11, 21), reason="A late invoice was added"
)


def replacing(tmp_path: Path, version: Version | None, **before: str) -> ChapterPaper:
    """The Month 6 summary, replacing a version that had these values in the place of today's."""
    home = copied_home(PROJECT, tmp_path)
    paper = load_paper(home, Month(2023, 6), "bromley")
    released = home / "data/released/2023-24/M06/bromley/figures.json"
    released.parent.mkdir(parents=True)
    released.write_text(_with(figures_record(paper, whole_register()), before), encoding="utf-8")
    paper = paper.model_copy(update={"version": version})
    return ChapterPaper("summary", paper, _with_changes(paper), (), ())


def _with(record: str, values: dict[str, str]) -> str:
    lines = record.splitlines(keepends=True)
    for number, line in enumerate(lines):
        if line.startswith('  {"id"'):
            item = json.loads(line.rstrip().rstrip(","))
            name = item["id"].removesuffix(f".{PRINTED}")
            if name in values:
                item["value"] = values[name]
                ending = ",\n" if line.rstrip().endswith(",") else "\n"
                lines[number] = f"  {json.dumps(item)}{ending}"
    return "".join(lines)


def _with_changes(paper: Paper) -> Register:
    register = whole_register().copy()
    for figure in version_figures(register, paper):
        register.add(figure)
    return register


def notice(paper: ChapterPaper) -> str:
    told = notices_narrative(paper)
    return printed(told) if told else ""


def test_a_first_version_says_nothing_of_versions(tmp_path: Path) -> None:
    paper = replacing(tmp_path, None, **{TOTAL: "-1000000"})
    assert "version" not in notice(paper)
    assert version_table(paper) is None
    assert "VERSION" not in pdf_meta(paper.paper).mark
    assert pdf_meta(paper.paper).replaces == ""


def test_page_1_says_what_it_replaces_from_when_why_and_what_changed(tmp_path: Path) -> None:
    paper = replacing(tmp_path, SECOND, **{TOTAL: "-1000000", ACUTE: "-5000"})
    said = notice(paper)
    assert "This is version 2 of this paper." in said
    assert "It replaces version 1, released on 21 November 2023." in said
    assert "The reason given: A late invoice was added." in said
    assert "overspent to date, and was £1m overspent. Acute Services is forecast" in said
    assert not long_sentences(notices_narrative(paper))
    assert said.index("Bromley in all") < said.index("Acute Services is forecast to be")


def test_savings_are_told_too_and_once(tmp_path: Path) -> None:
    before = {
        "savings.bromley.total.ytd_variance": "-50000",
        "efficiency.bromley.total.ytd_variance": "-50000",
    }
    said = notice(replacing(tmp_path, SECOND, **before))
    assert "Saving is £108k short of plan to date, and was £50k short of plan." in said
    assert said.count("Saving is") == 1


def test_the_savings_of_a_line_are_no_headline(tmp_path: Path) -> None:
    said = notice(replacing(tmp_path, SECOND, **{"savings.bromley.prescribing.ytd_variance": "0"}))
    assert "No headline amount has changed" in said


def test_the_changes_are_figures_with_their_lineage(tmp_path: Path) -> None:
    paper = replacing(tmp_path, SECOND, **{TOTAL: "-1000000"})
    change = paper.register["assurance.bromley.position_total_ytd_variance.changed_by"]
    then = paper.register["assurance.bromley.position_total_ytd_variance.replaced"]
    assert change.value == paper.register.agreed(TOTAL).value + Decimal(1000000)
    assert then.cells[0].cell.file == "data/released/2023-24/M06/bromley/figures.json"


def test_the_table_has_every_change_the_largest_first(tmp_path: Path) -> None:
    table = version_table(replacing(tmp_path, SECOND, **{TOTAL: "-1000000", ACUTE: "-5000"}))
    assert table is not None
    assert [row.cells[0] for row in table.rows] == ["Bromley in all", "Acute Services"]
    assert [column.label for column in table.columns[2:]] == ["Version 1", "Version 2", "Change"]


def test_where_only_words_changed_it_says_so(tmp_path: Path) -> None:
    paper = replacing(tmp_path, SECOND)
    assert "No headline amount has changed." in notice(paper)
    assert version_table(paper) is None


@pytest.mark.parametrize(
    ("version", "since", "why"),
    [
        (Version(number=2, replaces=1), "It replaces version 1.", "not yet given"),
        (
            Version(number=3, replaces=2, data_cut=dt.date(2023, 10, 31), reason="Again."),
            "It replaces version 2, of the data of 31 October 2023.",
            "The reason given: Again.",
        ),
    ],
)
def test_what_is_not_known_is_not_said(
    tmp_path: Path, version: Version, since: str, why: str
) -> None:
    home = copied_home(PROJECT, tmp_path)
    own = home / "data/released/2023-24/M06/bromley"
    paper = load_paper(home, Month(2023, 6), "bromley").model_copy(update={"version": version})
    for folder in (own, own / "v2"):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "figures.json").write_text(figures_record(paper, whole_register()))
    said = notice(ChapterPaper("summary", paper, _with_changes(paper), (), ()))
    assert since in said
    assert why in said
    assert said.count("..") == 0


def test_covers_and_every_page_say_it_too(tmp_path: Path) -> None:
    meta = pdf_meta(replacing(tmp_path, SECOND).paper)
    assert meta.mark == "DRAFT · VERSION 2"
    assert meta.replaces == (
        "Version 2. It replaces version 1, released on 21 November 2023."
        " Why: A late invoice was added."
    )
