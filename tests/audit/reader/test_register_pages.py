"""The scripts that the panels and the register's page read, held to the figures of the register."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from boardpack.audit.reader.downloads import PANELS, PARTS, read_panels
from boardpack.audit.reader.expected import read_expected
from boardpack.audit.reader.hold_html import hold_all_html
from boardpack.audit.reader.hold_register import hold_register
from boardpack.audit.reader.passage import Passage

Items = dict[str, dict[str, Any]]


def figure(**parts: Any) -> Items:
    """A register of one figure."""
    made = {
        "id": "position.total",
        "label": "Total",
        "value": "-2213000",
        "unit": "GBP",
        "period": "2023/24 M06",
        "is_estimate": False,
        "source": {"formula": "position.budget - position.actual"},
        **parts,
    }
    return {made["id"]: made}


def row(*cells: str) -> Passage:
    return Passage("‘Figure register’, table 1, row 2", "row", cells)


HONEST = (
    "Totalposition.total",
    "−£2,213,000",
    "2023/24 M06",
    "position.budget - position.actual",
    "",
)


def held(register: Items, *cells: str) -> list[str]:
    return [what for _, what in hold_register([row(*cells)], register)]


@pytest.mark.parametrize(
    ("parts", "value"),
    [
        ({}, "−£2,213,000"),
        ({"value": "2213000"}, "£2,213,000"),
        ({"value": "0"}, "£0"),
        ({"value": "-161.985", "unit": "PCT"}, "−161.99%"),
        ({"value": "161.984", "unit": "PCT"}, "161.98%"),
        ({"value": "12", "unit": "COUNT"}, "12"),
        ({"value": "4224.5", "unit": "GBP_PER_CLIENT_MONTH"}, "£4,224.5 per client per month"),
        ({"is_estimate": True}, "−£2,213,000 (estimate)"),
    ],
)
def test_an_exact_value_is_shown(parts: dict[str, Any], value: str) -> None:
    cells = (HONEST[0], value, *HONEST[2:])
    assert held(figure(**parts), *cells) == []


@pytest.mark.parametrize(
    ("place", "cell", "said"),
    [
        (0, "Alltotal", "'Alltotal' is no figure of figures.json under this label."),
        (1, "£2,213,000", "the value reads '£2,213,000'; figures.json says '-2213000'."),
        (1, "−£1,213,000", "the value reads '−£1,213,000'; figures.json says '-2213000'."),
        (1, "−2,213,000", "the value reads '−2,213,000'; figures.json says '-2213000'."),
        (1, "−£2,213,000 (estimate)",
         "the value reads '−£2,213,000 (estimate)'; figures.json says '-2213000'."),
        (1, "about £2m", "the value reads 'about £2m'; figures.json says '-2213000'."),
        (2, "2023/24 M05",
         "the period reads '2023/24 M05'; figures.json says '2023/24 M06'."),
        (3, "position.actual - position.budget",
         "the formula reads 'position.actual - position.budget'; figures.json says "
         "'position.budget - position.actual'."),
    ],
)  # fmt: skip
def test_what_the_register_does_not_say(place: int, cell: str, said: str) -> None:
    cells = [*HONEST]
    cells[place] = cell
    found = [what.removeprefix("position.total: ") for what in held(figure(), *cells)]
    assert found == [said] if place else [said, "does not have position.total."]


def test_a_figure_shown_twice_and_figures_that_are_not_shown() -> None:
    assert [what for _, what in hold_register([row(*HONEST), row(*HONEST)], figure())] == [
        "position.total is shown a second time."
    ]
    nothing = figure(id="position.withheld", label="Withheld", value=None)
    assert [what for _, what in hold_register([], figure() | nothing)] == [
        "does not have position.total."
    ]


def test_a_figure_read_from_a_cell() -> None:
    register = figure(
        source={"cells": [{"file": "data/a.csv", "column": "actual", "row": 3, "text": "2,213"}]}
    )
    right = 'data/a.csv, row 3, column actual: "2,213"'
    assert held(register, *HONEST[:3], right, "") == []
    assert held(register, *HONEST[:3], right.replace("actual", "budget"), "") != []
    assert held(register, *HONEST[:3], right.replace("a.csv", "b.csv"), "") != []
    assert held(register, *HONEST[:3], right.replace("row 3", "row 31"), "") != []
    assert held(register, *HONEST[:3], right.replace("2,213", "1,213"), "") != []


INDEX = {
    "groups": [["Where the year stands", "index", 2]],
    "parts": [["index-1", 0, "position.actual", "position.total"]],
}


def panels(build: Path, index: Mapping[str, Any] = INDEX, **parts: Any) -> Path:
    """The scripts of a register of two figures, in the place where a build has them."""
    actual = ["position.actual", "Actual", "£5", 0, 0, 1, [[0, 3, "actual", "5"]], [], []]
    total = ["position.total", "Total", "−£2,213,000", 0, 0, 0, "{0} * {2}", [], []]
    record = {
        "figures": [actual, total],
        "others": [["cash.rate", "Rate", "2"]],
        "files": [["data/a.csv", None, "00"]],
        "periods": ["M06"],
    }
    (build / PARTS).mkdir(parents=True)
    told = f"window.boardpackRegister={json.dumps(index)};\n"
    (build / PANELS).write_text(told, encoding="utf-8")
    told = f'window.boardpackParts["index-1"]={json.dumps(record | parts)};\n'
    (build / PARTS / "index-1.js").write_text(told, encoding="utf-8")
    return build


def test_panels_are_rows_like_those_of_a_register(tmp_path: Path) -> None:
    found = read_panels(panels(tmp_path))
    assert found.groups == (("Where the year stands", "index"),)
    [rows] = found.parts.values()
    assert [one.cells for one in rows] == [
        (
            "Actualposition.actual",
            "£5 (estimate)",
            "M06",
            'data/a.csv, row 3, column actual: "5"',
            "",
        ),
        ("Totalposition.total", "−£2,213,000", "M06", "position.actual * cash.rate", ""),
    ]


@pytest.mark.parametrize("more", ["document.title = '';\n", " "])
@pytest.mark.parametrize("file", [PANELS, f"{PARTS}/index-1.js"])
def test_a_script_that_does_more_is_refused(file: str, more: str, tmp_path: Path) -> None:
    script = panels(tmp_path) / file
    script.write_text(script.read_text("utf-8") + more, encoding="utf-8")
    with pytest.raises(ValueError, match=f"{re.escape(file)} is damaged"):
        read_panels(tmp_path)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"groups": [["Where the year stands", "index", 3]]}, "counts the figures of"),
        ({"groups": [["Where the year stands", "index"]]}, "register.js is damaged"),
        ({"parts": []}, "counts the figures of"),
        ({"groups": [], "parts": []}, "register/index-1.js is no part of the register"),
        (
            {"parts": [["index-1", 0, "position.b", "position.total"]]},
            "does not have the figures that are looked for",
        ),
        (
            {"parts": [["index-1", 0, "position.actual", "position.z"]]},
            "does not have the figures that are looked for",
        ),
        ({"parts": [["index-2", 0, "position.actual", "position.total"]]}, "is missing"),
    ],
)
def test_an_index_that_leads_astray_is_refused(
    changes: Mapping[str, Any], said: str, tmp_path: Path
) -> None:
    with pytest.raises(ValueError, match=re.escape(said)):
        read_panels(panels(tmp_path, {**INDEX, **changes}))


def test_a_part_with_figures_in_another_form_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"index-1\.js is damaged"):
        read_panels(panels(tmp_path, figures=[["position.total"]]))


def test_a_title_of_no_chapter_and_a_way_to_no_page_are_told(tmp_path: Path) -> None:
    register = {
        **figure(id="position.actual", label="Actual", value="5", period="M06", is_estimate=True),
        **figure(period="M06", source={"formula": "position.actual * cash.rate"}),
    }
    cell = {"file": "data/a.csv", "column": "actual", "row": 3, "text": "5"}
    register["position.actual"]["source"] = {"cells": [cell]}
    (tmp_path / "notebooks").mkdir()
    expected = read_expected(panels(tmp_path))._replace(register=register)
    found = [what for file, _, what in hold_all_html(tmp_path, expected)[0] if file == PANELS]
    assert found == [
        "is the title of no chapter.",
        "leads to index.html, which is no page of the book.",
    ]
