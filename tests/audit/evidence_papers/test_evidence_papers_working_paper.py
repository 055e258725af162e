"""An auditor's working paper: what stands in it for each figure, and how a sample is drawn."""

from __future__ import annotations

import io
import json
import re
import shutil
import sys
import zipfile
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from boardpack import cli
from boardpack.audit.evidence_papers.files import PAGE, WORKBOOK, evidence_page, evidence_workbook
from boardpack.audit.evidence_papers.monetary_units import Plan
from boardpack.audit.evidence_papers.rows import CHANGED
from boardpack.audit.evidence_papers.selection import by_materiality, named, seeded
from boardpack.audit.evidence_papers.working_paper import Auditor, Evidence, drawn
from boardpack.core.errors import UsageFault
from boardpack.figures.figure import Figure
from small_paper import TOTAL, build_of, layout_of, rendered_project

PRESCRIBING = "position.bromley.prescribing.ytd_variance"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return rendered_project(tmp_path_factory.mktemp("whole") / "project")


@pytest.fixture(scope="module")
def auditor(whole: Path) -> Auditor:
    return Auditor(layout_of(whole))


def workbook(auditor: Auditor, found: list[Evidence]) -> openpyxl.Workbook:
    ids = [item.figure.id for item in found]
    content = evidence_workbook(auditor.layout.paper, found, named(auditor, ids))
    return openpyxl.load_workbook(io.BytesIO(content))


def figures(auditor: Auditor) -> list[Figure]:
    known = (identity for identity in auditor.shown if identity in auditor.register)
    return [auditor.register[identity] for identity in known]


def test_a_computed_figure_has_its_inputs_and_is_worked_out_again(auditor: Auditor) -> None:
    found = auditor.evidence(PRESCRIBING)
    assert [one.measure for one in found.inputs] == ["ytd_budget", "ytd_actual"]
    assert found.recomputed == "agrees"
    assert found.figure.value == -2_213_000


def test_its_cells_stand_in_their_raw_rows_with_the_header(auditor: Auditor) -> None:
    (table,) = auditor.evidence(PRESCRIBING).sources
    assert table.file == "data/raw/2023-24/M06/position.csv"
    assert table.header[:2] == ("place", "directorate")
    (row,) = table.rows
    assert "Prescribing" in row.cells
    assert set(row.read) == {"ytd_budget", "ytd_actual"}
    assert table.note == ""


def test_it_says_where_the_paper_shows_it_and_how(auditor: Auditor) -> None:
    shown = auditor.evidence(PRESCRIBING).shown
    assert any(item.text == "(2,213)" and "financial position" in item.where for item in shown)
    assert all("Workings" not in item.where for item in shown)


def test_it_has_the_checks_that_touch_it_and_the_earlier_months(auditor: Auditor) -> None:
    found = auditor.evidence(TOTAL)
    assert [check["id"] for check in found.checks] == ["cast.total"]
    assert [(prior.month, prior.released.value) for prior in found.priors] == [
        ("July 2023", -1_482_000)
    ]


def test_a_file_that_changed_since_is_told(whole: Path, tmp_path: Path) -> None:
    other = Path(shutil.copytree(whole, tmp_path / "project"))
    with (other / "data/raw/2023-24/M06/position.csv").open("a") as file:
        file.write("\n")
    (table,) = Auditor(layout_of(other)).evidence(PRESCRIBING).sources
    assert table.note == CHANGED


def test_a_released_register_is_shown_by_its_line(auditor: Auditor) -> None:
    (table,) = auditor.evidence(f"{TOTAL}.m04").sources
    assert table.header == ("line",)
    assert f'"id": "{TOTAL}"' in table.rows[0].cells[0]


def test_an_unknown_figure_is_told_with_the_nearest(auditor: Auditor) -> None:
    with pytest.raises(UsageFault, match=r"position\.bromley\.prescribing\.ytd_variance"):
        auditor.evidence("position.bromley.prescribing.ytd_varianse")


def test_a_paper_without_a_build_is_told(whole: Path, tmp_path: Path) -> None:
    other = Path(shutil.copytree(whole, tmp_path / "project"))
    shutil.rmtree(build_of(other))
    with pytest.raises(UsageFault, match="Render the paper first"):
        Auditor(layout_of(other))


def test_a_sample_repeats_for_its_seed_and_not_for_another(auditor: Auditor) -> None:
    first = auditor.sample(10, 1)
    assert first == auditor.sample(10, 1)
    assert len(set(first)) == 10
    assert first != auditor.sample(10, 2)
    assert set(first) <= set(auditor.shown)


def test_money_is_drawn_before_all_else(auditor: Auditor) -> None:
    population = figures(auditor)
    money = sum(figure.unit == "GBP" and figure.value != 0 for figure in population)
    units = [figure.unit for figure in drawn(population, len(population), 3)]
    assert set(units[:money]) == {"GBP"}
    assert len(units) == len(population)


def test_large_amounts_are_drawn_in_proportion_to_their_size(auditor: Auditor) -> None:
    one = auditor.register[TOTAL]
    sizes = {"a.b.c.small": 1, "a.b.c.medium": 3, "a.b.c.large": 6}
    population = [replace(one, id=name, value=one.value * size) for name, size in sizes.items()]
    first = Counter(drawn(population, 1, seed)[0].id for seed in range(3000))
    for name, size in sizes.items():
        assert abs(first[name] / 3000 - size / 10) < 0.04


def test_the_order_of_the_register_does_not_change_a_sample(auditor: Auditor) -> None:
    population = figures(auditor)
    assert drawn(population, 8, 5) == drawn(population[::-1], 8, 5)


def test_nothing_to_draw_is_told(auditor: Auditor) -> None:
    with pytest.raises(UsageFault, match="nothing to draw"):
        auditor.sample(0, 1)


def test_a_sample_by_materiality_says_all_that_an_audit_file_needs(auditor: Auditor) -> None:
    how = by_materiality(auditor, Plan(95, Decimal(6_000_000), 7))
    seal = json.loads((auditor.layout.target / "manifest.json").read_text())["seal"]
    assert how.facts["Tests the build"] == f"seal {seal}"
    assert how.facts["Interval"].startswith("£2,000,000.00")
    assert "95 per cent, reliability factor 3.00" in how.facts["Confidence"]
    shown = [figure for figure in figures(auditor) if figure.unit == "GBP"]
    raw = "data/raw/2023-24/M06/"
    read = [one for one in shown if any(item.cell.file.startswith(raw) for item in one.cells)]
    money = [figure for figure in read if figure.place == "bromley"]
    assert 0 < len(money) <= len(read) < len(shown)
    gross = sum(abs(figure.value) for figure in money)
    told = f"{len(money)} figures in pounds of Bromley that the paper shows, read from {raw}"
    assert how.facts["Population"].startswith(f"{told}: £{gross:,.2f}")
    large = {figure.id for figure in money if abs(figure.value) >= 2_000_000}
    assert large <= set(how.ids) < set(auditor.shown)
    assert {how.drawn_by[name] for name in large} == {"it is as large as the interval"}
    found = [auditor.evidence(name) for name in how.ids]
    page = evidence_page(auditor.layout.paper, found, how)
    assert page.count("Tested by") == len(how.ids)
    for text in (seal, "Monetary-unit sampling", "Interval", "Coverage", "Result", "Date"):
        assert text in page


def test_a_build_that_is_not_as_it_was_sealed_has_no_seal_to_test(
    whole: Path, tmp_path: Path
) -> None:
    other = Path(shutil.copytree(whole, tmp_path / "project"))
    with (build_of(other) / "figures.json").open("a") as file:
        file.write(" ")
    assert Auditor(layout_of(other)).seal.startswith("none: the figures or checks")


def test_the_page_needs_nothing_else_and_escapes_what_it_shows(auditor: Auditor) -> None:
    found = auditor.evidence(PRESCRIBING)
    odd = replace(found, figure=replace(found.figure, label="<script>alert(1)</script>"))
    page = evidence_page(auditor.layout.paper, [odd], named(auditor, [PRESCRIBING]))
    assert "<script>" not in page
    assert not re.search(r"(src|href)=", page)
    assert '<html lang="en-GB">' in page
    assert page.count("<caption>") == page.count("<table>")
    for text in ("(2,213)", "25,385", "position.csv", "agrees"):
        assert text in page


def test_the_workbook_has_a_row_for_each_figure_cell_and_check(auditor: Auditor) -> None:
    chosen = [auditor.evidence(identity) for identity in (PRESCRIBING, TOTAL)]
    book = workbook(auditor, chosen)
    assert book.sheetnames == ["Figures", "Source cells", "Sums", "Checks", "Sample"]
    row = [cell.value for cell in book["Figures"][2]]
    assert row[0] == PRESCRIBING
    assert row[5] == -2_213_000
    assert book["Source cells"].max_row == 1 + sum(len(item.cells) for item in chosen)
    assert book["Checks"]["B2"].value == "cast.total"


def test_a_formula_of_the_register_is_text_in_the_workbook(auditor: Auditor) -> None:
    found = auditor.evidence(PRESCRIBING)
    odd = replace(found, figure=replace(found.figure, label='=HYPERLINK("x")'))
    book = workbook(auditor, [odd])
    cell = book["Figures"]["B2"]
    assert (cell.data_type, cell.value) == ("s", '=HYPERLINK("x")')


def test_page_and_workbook_repeat_and_hold_no_clock(auditor: Auditor) -> None:
    how = seeded(auditor, 5, 1)
    chosen = [auditor.evidence(identity) for identity in how.ids]
    paper = auditor.layout.paper
    assert evidence_page(paper, chosen, how) == evidence_page(paper, chosen, how)
    first = evidence_workbook(paper, chosen, how)
    assert first == evidence_workbook(paper, chosen, how)
    core = zipfile.ZipFile(io.BytesIO(first)).read("docProps/core.xml").decode()
    assert set(re.findall(r"\d{4}-\d\d-\d\dT[\d:]+Z", core)) == {"2023-10-31T12:00:00Z"}


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--sample", "3"], 0),
        (["--materiality", "2,000,000", "--confidence", "80"], 0),
        ([TOTAL], 0),
        ([], 2),
        ([TOTAL, "--sample", "3"], 2),
        (["--sample", "3", "--materiality", "250000"], 2),
        (["--materiality", "a lot"], 2),
    ],
)
def test_the_command_takes_figures_or_a_sample(
    whole: Path,
    tmp_path: Path,
    arguments: list[str],
    code: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    month = ["--year", "2023-24", "--month", "M06", "--home", str(whole)]
    command = ["boardpack", "evidence", *arguments, *month, "--out", str(tmp_path / "out")]
    monkeypatch.setattr(sys, "argv", command)
    with pytest.raises(SystemExit) as left:
        cli.main()
    assert (left.value.code or 0) == code
    written = {path.name for path in (tmp_path / "out").glob("*")}
    assert written == ({PAGE, WORKBOOK} if code == 0 else set())
