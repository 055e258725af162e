"""A month is examined once; what it came to is told until anything that it rests on changes."""

from __future__ import annotations

import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from homes import copied_home

from boardpack.checks import Check
from boardpack.core.errors import Fault, InputFaults
from boardpack.core.params import load_paper
from boardpack.core.periods import Month
from boardpack.figures.figure import Figure
from boardpack.figures.register import Register
from boardpack.render.current import is_current
from boardpack.render.examined import Examined, Words, examined, keep_examined, words_held
from boardpack.render.findings import Findings
from boardpack.render.layout import CHECKOUT, Layout
from boardpack.render.manifest import manifest_record, sources_of
from boardpack.render.one_arrival import Arrival, Told
from boardpack.render.swap import swap_in

NOTE = Fault("data/raw/2023-24/M06/epd.csv", "no line twice", "Look at it.", 3, "cost", "1")
ARRIVED = (
    Arrival("epd", Told("data/raw/2023-24/M06/epd.csv", "00", 12, (NOTE,))),
    Arrival("stated", Told("stated.csv", "", 0, ()), is_declared=True),
)
ONE = Decimal(1)
CHECK = Check(
    *("a", "A", "cast", "error", "fail", ONE, None, ONE, ("x.y",)),
    "It differs.",
    cause="A slip.",
    root="b",
)
UNPRINTED = ("summary.md is not printed.",)
FOUND = Examined(ARRIVED, 1, (CHECK,), "An error would be noticed.", UNPRINTED)
FIGURE = Figure(
    *("position.bromley.total.ytd_variance", "Variance", ONE, "GBP", "bromley", "total"),
    *("ytd_variance", "2023/24 M06", "ledger", False, "1"),
)
HEAVY = "{'pandas', 'numpy', 'pandera', 'plotly', 'great_tables', 'duckdb', 'jinja2', 'typst'}"


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    home = copied_home(CHECKOUT, tmp_path)
    return Layout(CHECKOUT, load_paper(home, Month(2023, 6), "bromley"))


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was computed, each time; a month is read, examined and held in no time."""
    found: list[str] = []

    def told(name: str, answer: object) -> object:
        return lambda *_: found.append(name) or answer

    register = Register([FIGURE])
    for name, answer in {
        "inputs.check_inputs": ARRIVED,
        "examine.examine": (register, (CHECK,)),
        "examine.would_notice": FOUND.noticed,
    }.items():
        monkeypatch.setattr(f"boardpack.render.{name}", told(name, answer))
    monkeypatch.setattr("boardpack.render.unprinted.unprinted_commentary", lambda _: UNPRINTED)
    monkeypatch.setattr("boardpack.document.commentary_marks.claims_of", told("claims", {}))
    monkeypatch.setattr(
        "boardpack.prose.stale_words.stale_sentences", told("stale", ("It moved.",))
    )
    monkeypatch.setattr("boardpack.document.commentary_marks.compute", lambda *_: register)
    return found


def test_what_was_found_is_told_again_without_finding_it(layout: Layout, asked: list[str]) -> None:
    assert [examined(layout), examined(layout)] == [FOUND, FOUND]
    assert asked == ["inputs.check_inputs", "examine.examine", "examine.would_notice"]
    asked.clear()
    assert [words_held(layout), words_held(layout)] == [Words((), ("It moved.",))] * 2
    assert asked == ["claims", "stale"]


@pytest.mark.parametrize(
    "file",
    [
        "data/raw/2023-24/M06/position.csv",
        "data/raw/2023-24/M06/another.csv",
        "data/reference/rates.csv",
        "data/released/2023-24/M05/bromley/figures.json",
        "params/report.yml",
        "params/2023-24/M06.yml",
        "params/2023-24/M06/bromley/commentary/position.md",
    ],
)
def test_a_change_of_what_it_rests_on_is_found(layout: Layout, asked: list[str], file: str) -> None:
    examined(layout), words_held(layout)
    asked.clear()
    path = layout.paper.home / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes((path.read_bytes() if path.exists() else b"") + b"\n")
    examined(layout), words_held(layout)
    assert {"examine.examine", "claims"} <= {*asked}


def test_another_program_finds_it_anew(
    layout: Layout, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    examined(layout)
    monkeypatch.setattr("boardpack.render.manifest.__version__", "another")
    examined(layout)
    assert asked.count("examine.examine") == 2


def test_a_month_with_faults_is_read_each_time(
    layout: Layout, monkeypatch: pytest.MonkeyPatch
) -> None:
    def faulty(*_: object) -> None:
        raise InputFaults([NOTE])

    monkeypatch.setattr("boardpack.render.inputs.check_inputs", faulty)
    for _ in range(2):
        with pytest.raises(InputFaults, match="no line twice"):
            examined(layout)
    assert not [*layout.stored.iterdir()]


def test_a_render_keeps_what_it_found_on_its_way(layout: Layout, asked: list[str]) -> None:
    findings = Findings((), Register([FIGURE]), (CHECK.to_json(),))
    keep_examined(layout, sources_of(layout), ARRIVED, findings)
    found = examined(layout)
    assert (found.arrivals, found.figures, found.checks) == (ARRIVED, 1, (CHECK,))
    assert words_held(layout).stale == ("It moved.",)
    assert asked == ["claims", "stale"]


def test_a_paper_of_other_chapters_keeps_nothing(layout: Layout, asked: list[str]) -> None:
    """`check` computes the chapters of the program, and a render those of the paper."""
    other = Layout(layout.paper.home, layout.paper)
    keep_examined(other, sources_of(other), ARRIVED, Findings())
    assert examined(other) == FOUND
    assert "examine.examine" in asked


def test_everyday_commands_bring_none_of_the_libraries_that_make_a_paper(
    layout: Layout, asked: list[str]
) -> None:
    examined(layout), words_held(layout)
    layout.executed.mkdir(parents=True)
    (layout.new / "figures.json").write_text(json.dumps({"figures": [FIGURE.to_json()]}))
    (layout.new / "checks.json").write_text('{"checks": []}')
    (layout.new / "manifest.json").write_text(manifest_record(layout, sources_of(layout)))
    swap_in(layout.new, layout.target)
    assert is_current(layout)
    home = ("--place", "bromley", "--home", str(layout.paper.home))
    month = ("--year", "2023-24", "--month", "M06")
    readers = "['numpy']"  # `status` asks which files some extract reads
    for told, code, words, heavy in (
        (("explain", FIGURE.id, *month), 0, "Variance: £1", "[]"),
        (("check", "2023-24", "M06"), 1, "1 fail", "[]"),
        (("status", "2023-24", "M06"), 0, "Failing checks to mend or to waive: 1", readers),
    ):
        program = (
            "import atexit, sys\n"
            f"atexit.register(lambda: print('HEAVY', sorted({HEAVY} & set(sys.modules))))\n"
            "from boardpack.cli import main\n"
            "main()\n"
        )
        command = [sys.executable, "-c", program, *told, *home]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == code, done.stderr
        assert words in done.stdout
        assert f"HEAVY {heavy}" in done.stdout, told
