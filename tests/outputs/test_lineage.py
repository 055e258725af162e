"""The register in the book: its page, and the script that the panels read."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from decimal import Decimal
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from boardpack.checks import Check
from boardpack.core.errors import BuildFault
from boardpack.core.money import parse_amount
from boardpack.document.blocks import Workings
from boardpack.document.content import Chapter, Heading, Part
from boardpack.figures.figure import Figure, SourceCell
from boardpack.figures.register import Register
from boardpack.outputs.figure_text import MINUS, cell_words, exact_text
from boardpack.outputs.html.book import stage_book
from boardpack.outputs.html.register_page import Group, entries_html, fill_register, owned_figures
from boardpack.outputs.html.register_script import register_script
from boardpack.reading.cells import Cell

BOOK = Path(__file__).resolve().parents[2] / "book"
VARIANCE = "position.bromley.prescribing.ytd_variance"
BUDGET = "position.bromley.prescribing.ytd_budget"
HOSTILE = '<b onclick="x()">&amp;</b>'
LARGEST_SCRIPT, LARGEST_PAGE = 1_500_000, 3_000_000


def figure(value: str, unit: str = "GBP", **changes: Any) -> Figure:
    kept: dict[str, Any] = dict.fromkeys(("label", "place", "line", "measure", "basis"), "x")
    kept |= {"id": "x.a.b", "value": Decimal(value), "unit": unit, "period": "2023/24 M06"}
    return Figure(**{**kept, "is_estimate": False, "source": cells("1"), **changes})


def cells(text: str, **changes: Any) -> tuple[SourceCell, ...]:
    return (SourceCell(Cell("data/raw/x.xlsx", "Sheet 1", 6, "ytd", text), "ab12", **changes),)


@pytest.fixture(scope="module")
def said(checks: tuple[Check, ...]) -> list[dict[str, Any]]:
    return [check.to_json() for check in checks]


@pytest.fixture(scope="module")
def script(register: Register, said: list[dict[str, Any]]) -> str:
    return register_script(register, said)


@pytest.fixture(scope="module")
def data(script: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(
        script.removeprefix("window.boardpackRegister=").removesuffix(";\n")
    )
    return found


@pytest.fixture(scope="module")
def page(register: Register, said: list[dict[str, Any]]) -> str:
    groups = [Group("All of it", "index", tuple(found.id for found in register))]
    return entries_html(groups, register, said)


def of(data: Mapping[str, Any], identity: str) -> list[Any]:
    return next(found for found in data["figures"] if found[0] == identity)


def row(page: str, identity: str) -> str:
    """What a reader of the page sees of a figure."""
    found = re.search(f'<tr id="{re.escape(identity)}">(.*?)</tr>', page)
    assert found
    return unescape(
        re.sub('<wbr>|</?code>|<td>|<th scope="row">', "", re.sub("</t[hd]>|<br>", " | ", found[1]))
    )


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        ("-2213000", "GBP", "−£2,213,000"),
        ("0", "GBP", "£0"),
        ("1234.5", "GBP", "£1,234.5"),
        ("-9.550319350940790609", "PCT", "−9.55%"),
        ("95.00", "PCT", "95%"),
        ("1041", "COUNT", "1,041"),
        ("4224.005", "GBP_PER_CLIENT_MONTH", "£4,224.01 per client per month"),
        ("0.98765", "RATE", "0.9877"),
    ],
)
def test_a_value_is_told_in_whole_units_with_its_sign(value: str, unit: str, text: str) -> None:
    assert exact_text(figure(value, unit)) == text


@given(st.decimals(-(10**12), 10**12, places=2))
def test_a_value_told_is_the_value(value: Decimal) -> None:
    told = exact_text(figure(str(value)))
    assert parse_amount(told.replace(MINUS, "-"))[0] == value


def test_a_cell_is_told_with_its_sheet() -> None:
    expected = "data/raw/x.xlsx, sheet Sheet 1, row 6, column ytd: “(1)”"
    assert cell_words(*cells("(1)")) == expected


def test_the_script_holds_every_figure_down_to_its_cells(
    data: dict[str, Any], register: Register
) -> None:
    assert [found[0] for found in data["figures"]] == [found.id for found in register]
    for found, listed in zip(register, data["figures"], strict=True):
        _, label, value, period, basis, estimate, source, *_ = listed
        assert (label, value, estimate) == (found.label, exact_text(found), found.is_estimate)
        assert data["periods"][period] == found.period
        assert data["bases"][basis] == found.basis
        if found.formula is not None:
            told = re.sub(r"\{(\d+)\}", lambda at: data["figures"][int(at[1])][0], source)
            assert told == found.formula
            continue
        for item, (file, line, column, text, *corrected) in zip(found.cells, source, strict=True):
            cell = item.cell
            assert data["files"][file] == [cell.file, cell.sheet, item.sha256]
            assert (line, column, text) == (cell.row, cell.column, cell.text)
            assert corrected == ([] if item.used is None else [item.used, item.why])


def test_the_script_knows_what_earlier_papers_released(data: dict[str, Any]) -> None:
    def released(identity: str) -> list[str]:
        return [data["figures"][place][0] for place in of(data, identity)[7]]

    assert released(VARIANCE) == [f"{VARIANCE}.m04"]
    assert released(f"{VARIANCE}.printed") == [f"{VARIANCE}.m04"]
    total = "position.icb.total.ytd_variance"
    assert released(total) == [f"{total}.m05", f"{total}.m04"]
    assert released("resource_limit.bexley.total.budget.m03.printed") == []


def test_the_script_names_the_checks_that_touch_a_figure(
    data: dict[str, Any], checks: tuple[Check, ...]
) -> None:
    touching: dict[str, list[int]] = {found[0]: [] for found in data["figures"]}
    for place, check in enumerate(checks):
        for identity in set(check.figures):
            touching[identity].append(place)
    assert {found[0]: found[8] for found in data["figures"]} == touching
    for listed, check in zip(data["checks"], checks, strict=True):
        assert listed[:2] == [check.title, check.status]
        told = {"fail": check.sentence, "documented": f"{check.sentence} {check.cause}"}
        assert listed[2] == told.get(check.status, "")


def test_script_and_page_stay_small(script: str, page: str) -> None:
    assert len(script.encode()) < LARGEST_SCRIPT
    assert len(page.encode()) < LARGEST_PAGE


def test_the_page_has_an_entry_for_every_figure_and_its_links_lead_to_one(
    page: str, register: Register
) -> None:
    ids = re.findall(r'<tr id="([^"]*)"', page)
    assert ids == [found.id for found in register]
    assert set(re.findall(r'href="#([^"]*)"', page)) <= set(ids)


def test_an_entry_says_value_period_origin_and_checks(page: str) -> None:
    label, value, period, origin, outcome, _ = row(page, VARIANCE).split(" | ")
    assert label == f"Prescribing, year to date variance{VARIANCE}"
    assert (value, period) == ("−£2,213,000", "2023/24 M06")
    actual = BUDGET.replace("budget", "actual")
    assert origin == f'<a href="#{BUDGET}">{BUDGET}</a> - <a href="#{actual}">{actual}</a>'
    assert outcome.endswith("in agreement")
    printed = "data/raw/2023-24/M06/position.csv, row 6, column ytd_budget: “23,172”"
    assert f" | {printed} | " in row(page, BUDGET)


def test_an_entry_says_what_was_corrected_and_what_failed(
    page: str, checks: tuple[Check, ...]
) -> None:
    assert "“£439,689”; used as £439,689k: Unit slip" in row(
        page, "mental_health.icb.mhis.forecast_outturn"
    )
    failed = [check for check in checks if check.status == "fail"]
    for identity in {name for check in failed for name in check.figures}:
        named = list(dict.fromkeys(c.title for c in failed if identity in c.figures))
        told = row(page, identity).partition(" not in agreement: ")[2].partition(" | ")[0]
        more = f"; and {len(named) - 3} more" if len(named) > 3 else ""
        assert told == "; ".join(named[:3]) + more


def test_text_from_extracts_is_shown_and_not_read_as_markup() -> None:
    source = cells(HOSTILE, used=HOSTILE, why=HOSTILE)
    register = Register([figure("1", label=HOSTILE, source=source)])
    check = {"title": HOSTILE, "status": "fail", "figures": ["x.a.b"], "sentence": ""}
    shown = entries_html([Group(HOSTILE, "index", ("x.a.b",))], register, [check])
    assert "<b " not in shown
    assert shown.count("&lt;b onclick") == 7
    listed = json.loads(register_script(register, [check]).split("=", 1)[1].rstrip(";\n"))
    assert listed["figures"][0][1] == HOSTILE


def test_a_chapter_without_figures_has_no_table() -> None:
    register = Register([figure("1")])
    empty, full = Group("Glossary", "notebooks/22", ()), Group("Cash", "notebooks/18", ("x.a.b",))
    shown = entries_html([empty, full], register, [])
    assert re.findall("<summary>(.*?)</summary>", shown) == ["Cash (<span>1</span>)"]
    assert '<a href="notebooks/18.html">' in shown


def test_a_chapter_owns_what_its_workings_carry() -> None:
    item = figure("1").to_json()
    chapter = Chapter("18_cash", "Cash", (Heading(1, "Cash"), Workings("w", (), (item,))))
    assert owned_figures(chapter, "notebooks/18_cash") == Group(
        "Cash", "notebooks/18_cash", ("x.a.b",)
    )


def test_the_register_is_the_last_page_of_the_last_part(tmp_path: Path) -> None:
    names = ("01_summary", "21_assurance", "22_glossary")
    first, *others = (Chapter(name, name, (Heading(1, name),)) for name in names)
    parts = (Part("Board paper", (first,)), Part("Assurance", tuple(others)))
    stage_book(parts, BOOK, tmp_path / "staged", "Paper", "Draft", True)
    contents = yaml.safe_load((tmp_path / "staged" / "_toc.yml").read_text("utf-8"))
    pages = [item["file"] for item in contents["parts"][-1]["chapters"]]
    assert pages == ["notebooks/21_assurance", "notebooks/22_glossary", "register"]
    assert (tmp_path / "staged" / "register.md").read_text("utf-8").startswith("# Figure register")


def test_a_page_without_a_place_for_the_figures_is_refused(tmp_path: Path) -> None:
    (tmp_path / "register.html").write_text("<p>Nothing here</p>", encoding="utf-8")
    with pytest.raises(BuildFault, match="has no place for the figures"):
        fill_register(tmp_path, [], Register(), [])
