"""The register's page and the panels' script, held to the figures of the register."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from boardpack.audit.reader.downloads import read_panels
from boardpack.audit.reader.hold_register import HEADS, hold_register, is_register
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
    return [what for _, what in hold_register([row(*HEADS), row(*cells)], register)]


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
    assert [what.removeprefix("position.total: ") for what in held(figure(), *cells)] == [said]


def test_a_figure_shown_twice_and_a_row_of_another_table() -> None:
    assert [what for _, what in hold_register([row(*HONEST), row(*HONEST)], figure())] == [
        "position.total is shown a second time."
    ]
    assert is_register(row(*HONEST))
    assert not is_register(row(*HONEST[1:]))
    assert not is_register(Passage("‘Position’, table 1, row 2", "row", HONEST))


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


def script(folder: Path, **parts: Any) -> Path:
    """The script of a register of two figures."""
    total = ["position.total", "Total", "−£2,213,000", 0, 0, 0, "{1} * 2", [], []]
    actual = ["position.actual", "Actual", "£5", 0, 0, 1, [[0, 3, "actual", "5"]], [], []]
    record = {
        "figures": [total, actual],
        "files": [["data/a.csv", None, "00"]],
        "periods": ["M06"],
        **parts,
    }
    file = folder / "register.js"
    file.write_text(f"window.boardpackRegister={json.dumps(record | parts)};\n", encoding="utf-8")
    return file


def test_panels_are_rows_like_those_of_the_page(tmp_path: Path) -> None:
    rows = read_panels(script(tmp_path))
    assert all(is_register(one) for one in rows)
    assert [one.cells for one in rows] == [
        ("Totalposition.total", "−£2,213,000", "M06", "position.actual * 2", ""),
        (
            "Actualposition.actual",
            "£5 (estimate)",
            "M06",
            'data/a.csv, row 3, column actual: "5"',
            "",
        ),
    ]


@pytest.mark.parametrize("more", ["document.title = '';\n", " "])
def test_a_script_that_does_more_is_refused(more: str, tmp_path: Path) -> None:
    file = script(tmp_path)
    file.write_text(file.read_text("utf-8") + more, encoding="utf-8")
    with pytest.raises(ValueError, match=r"register\.js is damaged"):
        read_panels(file)


def test_a_script_with_figures_in_another_form_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"register\.js is damaged"):
        read_panels(script(tmp_path, figures=[["position.total"]]))
