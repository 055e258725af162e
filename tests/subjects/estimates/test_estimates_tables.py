"""The estimates chapter: what it says and shows, and that a what-if is called one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from homes import PROJECT, RAW, RUN, copied_home
from ledger_home import write_extract

from boardpack.document.blocks import MARKER, Narrative, NotSupplied, Table
from boardpack.document.chapter import ChapterPaper, open_chapter
from boardpack.subjects.estimates import tables as estimates
from boardpack.subjects.forecast import scenario_tables as scenario

HEADER = "ref,place,directorate,what,method,amount,low,high,months,expected,actual"
OPEN = "E1,bromley,Mental Health Services,Uplift,Two per cent,{},April to August,2023-10-31,{}"
RANGED, BARE = "50000.00,45000.00,60000.00", "50000.00,,"


def _paper(home: Path = PROJECT, place: str = "bromley") -> ChapterPaper:
    owns = ("estimates", "scenario")
    return open_chapter("estimates", "2023-24", "M06", place, str(home), owns=owns)


@pytest.fixture(scope="module")
def real() -> ChapterPaper:
    return _paper()


def _home(target: Path, now: Sequence[str], before: Sequence[str] = ()) -> Path:
    home = copied_home(PROJECT, target)
    write_extract(home / RAW, "estimates.csv", HEADER, now)
    if before:
        write_extract(home / RAW.with_name("M05"), "estimates.csv", HEADER, before)
    return home


def _said(block: object) -> str:
    assert isinstance(block, Narrative)
    return " ".join(MARKER.sub(lambda found: found[2], block.markdown).split())


def _rows(block: object) -> list[list[str]]:
    assert isinstance(block, Table)
    return [[c if isinstance(c, str) else c.text for c in row.cells] for row in block.rows]


def test_the_real_paper_says_what_it_knows_and_what_not(real: ChapterPaper) -> None:
    said = _said(estimates.estimates_narrative(real))
    assert "estimated, because its data or bills have not come yet: £8.48m" in said
    assert "between £8.43m and £8.61m" in said
    assert "reaches to July 2023, so August 2023 and September 2023 are estimated: 33.4%" in said
    assert "continuing care is estimated is not known: no list of care packages" in said
    assert "The team listed no other estimate." in said
    (row,) = _rows(estimates.estimates_table(real))
    assert row[1:5] == ["8,478", "8,431", "8,612", "33.4%"]
    assert row[6] == "November 2023 paper"


def test_the_real_paper_has_nothing_to_look_back_on(real: ChapterPaper) -> None:
    said = _said(estimates.look_back_narrative(real))
    assert said == "No earlier estimate can be compared yet with what it came to."
    assert estimates.look_back_table(real) is None


def test_a_what_if_is_called_one_everywhere(real: ChapterPaper) -> None:
    said = _said(scenario.scenario_narrative(real))
    assert said.startswith("These are what-ifs, not forecasts.")
    assert "£3.06m overspent, £380k worse than the team forecasts" in said
    base, row = _rows(scenario.scenario_table(real))
    assert base == ["The team's forecast", "", "", "", "(2,675)"]
    assert row[0] == "What if: Prices one per cent higher, a sensitivity"
    assert row[1:] == ["(254)", "(126)", "(380)", "(3,055)"]
    chart = scenario.scenario_chart(real)
    assert chart is not None
    assert chart.title == "What if: the year would end worse than the team forecasts"
    assert "minus 3,055" in chart.alt


def test_a_paper_without_forecasts_by_line_says_so() -> None:
    block = scenario.scenario_narrative(_paper(place="icb"))
    assert isinstance(block, NotSupplied)
    assert "No forecast by directorate" in block.why
    assert scenario.scenario_chart(_paper(place="icb")) is None


def test_no_scenario_no_section(tmp_path: Path) -> None:
    home = copied_home(PROJECT, tmp_path / "home")
    text = (home / RUN).read_text(encoding="utf-8").split("scenarios:")[0]
    (home / RUN).write_text(text, encoding="utf-8")
    assert scenario.scenario_narrative(_paper(home)) is None
    assert scenario.scenario_table(_paper(home)) is None


def test_better_and_slipping_scenarios_follow_their_signs(tmp_path: Path) -> None:
    home = copied_home(PROJECT, tmp_path / "home")
    text = (home / RUN).read_text(encoding="utf-8").split("scenarios:")[0]
    asked = "scenarios:\n- {name: fewer, chc_activity_percent: -2}\n"
    asked += "- {name: late, savings_slip_percent: 10}\n- {name: same}\n"
    (home / RUN).write_text(text + asked, encoding="utf-8")
    said = _said(scenario.scenario_narrative(_paper(home)))
    assert "continuing care activity 2% lower" in said
    assert "£252k better than the team forecasts" in said
    assert "10% of the savings still to come not made" in said
    assert "£438k worse" in said
    assert "overspent, as the team forecasts." in said


def test_keyed_estimates_stand_with_the_team_s_words(tmp_path: Path) -> None:
    paper = _paper(_home(tmp_path / "home", [OPEN.format(BARE, "")]))
    _, row, total = _rows(estimates.estimates_table(paper))
    assert row[0] == "Mental Health Services: Uplift (April to August)"
    assert row[1:4] == ["50", "", ""]
    assert row[5:] == ["Two per cent", "31 October 2023"]
    assert total[:4] == ["All of these", "8,528", "", ""]
    assert "would cost between" not in _said(estimates.estimates_narrative(paper))


def test_the_icb_names_the_place_of_each_keyed_estimate(tmp_path: Path) -> None:
    paper = _paper(_home(tmp_path / "home", [OPEN.format(RANGED, "")]), "icb")
    assert any(r[0].startswith("Bromley, Mental") for r in _rows(estimates.estimates_table(paper)))


@pytest.mark.parametrize(
    ("amounts", "actual", "beyond", "words"),
    [
        (RANGED, "55000.00", "Within", "£5k more (10%). It lies within its range."),
        (RANGED, "40000.00", "Below it", "£10k less (20%). It lies beyond its range."),
        (BARE, "50000.00", "No range given", "came to £50k, as estimated."),
    ],
)
def test_a_look_back_says_how_it_came_out(
    tmp_path: Path, amounts: str, actual: str, beyond: str, words: str
) -> None:
    home = _home(tmp_path / "home", [OPEN.format(amounts, actual)], [OPEN.format(amounts, "")])
    paper = _paper(home)
    (row,) = _rows(estimates.look_back_table(paper))
    assert row[-1] == beyond
    assert words in _said(estimates.look_back_narrative(paper))
    assert "The team listed no other estimate." in _said(estimates.estimates_narrative(paper))
