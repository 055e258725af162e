"""The register in the book: the scripts that the panels and its page read."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from decimal import Decimal
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from boardpack.checks import Check
from boardpack.core.money import parse_amount
from boardpack.document.blocks import Workings
from boardpack.document.content import Chapter, Heading, Part
from boardpack.figures.figure import Figure, SourceCell
from boardpack.figures.register import Register
from boardpack.outputs.figure_text import MINUS, cell_words, exact_text
from boardpack.outputs.html.book import stage_book
from boardpack.outputs.html.register_page import owned_figures, write_register_scripts
from boardpack.outputs.html.register_script import INDEX, MOST, Group, register_scripts
from boardpack.reading.cells import Cell

BOOK = Path(__file__).resolve().parents[2] / "book"
VARIANCE = "position.bromley.prescribing.ytd_variance"
HOSTILE = '<b onclick="x()">&amp;</b>'
LARGEST_PART = 300_000


def figure(value: str, unit: str = "GBP", **changes: Any) -> Figure:
    kept: dict[str, Any] = dict.fromkeys(("label", "place", "line", "measure", "basis"), "x")
    kept |= {"id": "x.a.b", "value": Decimal(value), "unit": unit, "period": "2023/24 M06"}
    return Figure(**{**kept, "is_estimate": False, "source": cells("1"), **changes})


def cells(text: str, **changes: Any) -> tuple[SourceCell, ...]:
    return (SourceCell(Cell("data/raw/x.xlsx", "Sheet 1", 6, "ytd", text), "ab12", **changes),)


@pytest.fixture(scope="module")
def said(checks: tuple[Check, ...]) -> list[dict[str, Any]]:
    return [check.to_json() for check in checks]


Data = dict[str, Any]


def read(script: str) -> Data:
    """What a script gives."""
    found: Data = json.loads(script.partition("=")[2].removesuffix(";\n"))
    return found


def grouped(register: Register) -> list[Group]:
    """A group for each chapter's ids, as chapters own them; one that owns none."""
    ids = sorted(found.id for found in register)
    chapters = groupby(ids, key=lambda name: name.partition(".")[0])
    return [Group("Glossary", "notebooks/22_glossary", ())] + [
        Group(chapter.title(), f"notebooks/{chapter}", tuple(own)) for chapter, own in chapters
    ]


@pytest.fixture(scope="module")
def scripts(register: Register, said: list[dict[str, Any]]) -> dict[str, str]:
    return register_scripts(grouped(register), register, said)


@pytest.fixture(scope="module")
def parts(scripts: dict[str, str]) -> dict[str, Data]:
    return {name: read(text) for name, text in scripts.items() if name != INDEX}


def part_of(scripts: Mapping[str, str], identity: str) -> Data:
    """The part in which the index looks for a figure."""
    for name, _, first, last in read(scripts[INDEX])["parts"]:
        part = read(scripts[f"register/{name}.js"])
        if first <= identity <= last and identity in {found[0] for found in part["figures"]}:
            return part
    raise AssertionError(identity)


def named(part: Data, place: int) -> str:
    """The id of a figure that a part names by its place."""
    return str([*part["figures"], *part["others"]][place][0])


def of(part: Data, identity: str) -> list[Any]:
    return next(found for found in part["figures"] if found[0] == identity)


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


def test_every_figure_stands_in_the_part_where_the_index_looks_for_it(
    scripts: dict[str, str], register: Register
) -> None:
    index = read(scripts[INDEX])
    found = []
    for name, group, first, last in index["parts"]:
        ids = [figure[0] for figure in read(scripts[f"register/{name}.js"])["figures"]]
        assert (ids[0], ids[-1]) == (first, last)
        assert ids == sorted(ids)
        assert len(ids) <= MOST
        assert len({name.partition(".")[0] for name in ids}) == 1
        found += [(index["groups"][group][0].lower(), name) for name in ids]
    assert sorted(name for _, name in found) == sorted(figure.id for figure in register)
    assert all(name.startswith(f"{title}.") for title, name in found)
    ends = sorted((first, last) for _, _, first, last in index["parts"])
    assert all(one[1] < other[0] for one, other in pairwise(ends)), "one part for each figure"


def test_the_parts_hold_every_figure_down_to_its_cells(
    parts: dict[str, Data], register: Register
) -> None:
    for part in parts.values():
        for listed in part["figures"]:
            identity, label, value, period, basis, estimate, source, *_ = listed
            found = register[identity]
            assert (label, value, estimate) == (found.label, exact_text(found), found.is_estimate)
            assert part["periods"][period] == found.period
            assert part["bases"][basis] == found.basis
            if found.formula is not None:
                told = re.sub(r"\{(\d+)\}", lambda at: named(part, int(at[1])), source)  # noqa: B023
                assert told == found.formula
                continue
            for item, (file, line, column, text, *corrected) in zip(
                found.cells, source, strict=True
            ):
                cell = item.cell
                assert part["files"][file] == [cell.file, cell.sheet, item.sha256]
                assert (line, column, text) == (cell.row, cell.column, cell.text)
                assert corrected == ([] if item.used is None else [item.used, item.why])


def test_a_part_says_what_its_figures_name_in_other_parts(
    parts: dict[str, Data], register: Register
) -> None:
    others = [other for part in parts.values() for other in part["others"]]
    assert others
    for identity, label, value in others:
        found = register[identity]
        assert (label, value.removesuffix(" (estimate)")) == (found.label, exact_text(found))
        assert value.endswith(" (estimate)") == found.is_estimate


def test_a_part_knows_what_earlier_papers_released(scripts: dict[str, str]) -> None:
    def released(identity: str) -> list[str]:
        part = part_of(scripts, identity)
        return [named(part, place) for place in of(part, identity)[7]]

    assert released(VARIANCE) == [f"{VARIANCE}.m04"]
    assert released(f"{VARIANCE}.printed") == [f"{VARIANCE}.m04"]
    total = "position.icb.total.ytd_variance"
    assert released(total) == [f"{total}.m05", f"{total}.m04"]
    assert released("resource_limit.bexley.total.budget.m03.printed") == []


def test_a_part_names_the_checks_that_touch_a_figure(
    parts: dict[str, Data], checks: tuple[Check, ...]
) -> None:
    touching: dict[str, list[list[str]]] = {}
    for check in checks:
        told = {"fail": check.sentence, "documented": f"{check.sentence} {check.cause}"}
        for identity in set(check.figures):
            listed = [check.title, check.status, told.get(check.status, "")]
            touching.setdefault(identity, []).append(listed)
    for part in parts.values():
        for found in part["figures"]:
            assert [part["checks"][place] for place in found[8]] == touching.get(found[0], [])


def test_each_script_stays_small(scripts: dict[str, str]) -> None:
    assert max(len(text.encode()) for text in scripts.values()) < LARGEST_PART
    assert len(scripts[INDEX].encode()) < 10_000


def test_a_group_of_more_figures_than_a_part_holds_has_several() -> None:
    names = [f"x.a{place:04}.b" for place in range(MOST + 1)]
    register = Register(figure("1", id=name) for name in reversed(names))
    index = read(register_scripts([Group("X", "index", tuple(names))], register, [])[INDEX])
    assert index["groups"] == [["X", "index", MOST + 1]]
    assert index["parts"] == [
        ["index-1", 0, names[0], names[MOST - 1]],
        ["index-2", 0, names[MOST], names[MOST]],
    ]


def test_text_from_extracts_is_data() -> None:
    source = cells(HOSTILE, used=HOSTILE, why=HOSTILE)
    register = Register([figure("1", label=HOSTILE, source=source)])
    check = {"title": HOSTILE, "status": "fail", "figures": ["x.a.b"], "sentence": ""}
    scripts = register_scripts([Group(HOSTILE, "index", ("x.a.b",))], register, [check])
    assert read(scripts[INDEX])["groups"] == [[HOSTILE, "index", 1]]
    part = read(scripts["register/index-1.js"])
    assert (part["figures"][0][1], part["checks"][0][0]) == (HOSTILE, HOSTILE)
    assert part["figures"][0][6][0][3:] == [HOSTILE, HOSTILE, HOSTILE]


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


def test_the_scripts_are_written_where_the_pages_look_for_them(tmp_path: Path) -> None:
    (tmp_path / "_static").mkdir()
    register = Register([figure("1")])
    write_register_scripts(tmp_path, [Group("X", "index", ("x.a.b",))], register, [])
    found = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.js")}
    assert found == {"_static/register.js", "_static/register/index-1.js"}
