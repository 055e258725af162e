"""Where a figure comes from: its tree down to the cells, on the screen and in the book."""

from __future__ import annotations

import json
import re
import webbrowser
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from homes import copied_home
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from boardpack.audit.lineage.explain import Node, entry_address, explain, lineage
from boardpack.cli import app
from boardpack.core.errors import UsageFault
from boardpack.core.params import Paper
from boardpack.figures.figure import Figure, SourceCell
from boardpack.figures.formula import evaluate, operands
from boardpack.figures.register import Register
from boardpack.reading.cells import Cell
from boardpack.render.layout import Layout

SHARE = "position.bromley.prescribing.ytd_variance_share"
BUDGET = "position.bromley.prescribing.ytd_budget"
MONTH = ("--year", "2023-24", "--month", "M06", "--place", "bromley")


def nodes(node: Node) -> Iterator[Node]:
    yield node
    for found in node.inputs:
        yield from nodes(found)


def told(*words: str) -> str:
    done = CliRunner().invoke(app, ["explain", *words], catch_exceptions=False)
    assert done.exit_code == 0
    return done.stdout


def figure(identity: str, source: str | tuple[SourceCell, ...], value: int = 1) -> Figure:
    kept = ("position", "x", "2023/24", "ledger")
    place, measure, period, basis = kept
    return Figure(
        identity, identity, Decimal(value), "GBP", place, "l", measure, period, basis, False, source
    )


def cell(text: str) -> tuple[SourceCell, ...]:
    return (SourceCell(Cell("data/raw/2023-24/M06/x.csv", None, 2, "a", text), "00"),)


def test_every_figure_leads_to_cells_and_recomputes_on_the_way(register: Register) -> None:
    for found in register:
        shown = {node.figure.id: node for node in nodes(lineage(register, found.id))}
        for node in shown.values():
            if node.figure.formula is None:
                assert node.figure.cells, node.figure.id
                continue
            values = {name: shown[name].figure.value for name in operands(node.figure.formula)}
            assert evaluate(node.figure.formula, values) == node.figure.value


def test_a_shared_input_is_spelled_out_once(register: Register) -> None:
    tree = lineage(register, SHARE)
    met = [node for node in nodes(tree) if node.figure.id == BUDGET]
    assert [node.is_repeat for node in met] == [False, True]
    for found in nodes(lineage(register, "position.bromley.total.required_run_rate")):
        assert not (found.is_repeat and found.inputs)


@given(st.integers(1, 24))
def test_a_tree_grows_with_its_figures_and_not_with_its_paths(depth: int) -> None:
    register = Register([figure("x.a.n0", cell("1"))])
    for n in range(depth):
        register.add(figure(f"x.a.n{n + 1}", f"x.a.n{n} + 2 * x.a.n{n} - max(x.a.n{n}, x.a.n0)"))
    found = list(nodes(lineage(register, f"x.a.n{depth}")))
    spelled = [node.figure.id for node in found if not node.is_repeat]
    assert sorted(spelled) == sorted(figure.id for figure in register)
    assert len(found) <= 2 * len(register)


def test_the_tree_is_printed_with_formulas_values_and_cells(project: Path) -> None:
    said = told(SHARE, *MONTH, "--home", str(project))
    lines = [line.lstrip("│ ├└─") for line in said.splitlines()]
    assert lines[:3] == [
        SHARE,
        "Prescribing, year to date variance share: -9.55%",
        "2023/24 M06, basis ledger",
    ]
    assert f"= position.bromley.prescribing.ytd_variance / {BUDGET} * 100" in lines
    assert "Prescribing, year to date variance: -£2,213,000" in lines
    printed = "data/raw/2023-24/M06/position.csv, row 6, column ytd_budget: “23,172”"
    assert lines.count(printed) == 1
    assert lines.count("(shown above)") == 1
    assert re.fullmatch("sha256 [0-9a-f]{64}", lines[lines.index(printed) + 1])
    assert "\x1b" not in said


def test_a_corrected_cell_says_what_is_used_and_why(project: Path) -> None:
    said = told("mental_health.icb.mhis.forecast_outturn", *MONTH, "--home", str(project))
    assert "“£439,689”" in said
    assert re.search("used instead: “£439,689k”, because: .*over-delivery", said)


def test_an_unknown_id_is_refused_with_the_nearest(project: Path, paper: Paper) -> None:
    for wrong, near in ((f"{BUDGET}s", BUDGET), ("prescribing", "prescribing."), ("x", ".")):
        with pytest.raises(UsageFault, match="The nearest: ") as fault:
            explain(Layout(project, paper), wrong)
        assert near in str(fault.value).split("The nearest: ")[1]


@pytest.fixture
def built(project: Path, paper: Paper, register: Register, tmp_path: Path) -> Layout:
    """A paper that has been built: its figures, among them a count that no extract gives."""
    home = copied_home(project, tmp_path)
    layout = Layout(project, paper.model_copy(update={"home": home}))
    layout.target.mkdir(parents=True)
    counted = figure("assurance.bromley.checks.all", cell("874"), 874)
    stale = figure("position.bromley.gone.ytd_budget", cell("1"))
    kept = [found.to_json() for found in (*register, counted, stale)]
    (layout.target / "figures.json").write_text(json.dumps({"figures": kept}), encoding="utf-8")
    return layout


def test_what_only_a_build_knows_is_read_from_it(built: Layout) -> None:
    assert explain(built, "assurance.bromley.checks.all").figure.value == 874
    with pytest.raises(UsageFault, match="There is no figure assurance"):
        explain(
            Layout(built.project, built.paper.model_copy(update={"place": "lambeth"})),
            "assurance.bromley.checks.all",
        )


def test_a_build_does_not_answer_for_the_extracts(built: Layout) -> None:
    with pytest.raises(UsageFault, match="There is no figure position"):
        explain(built, "position.bromley.gone.ytd_budget")


def test_it_opens_the_entry_in_the_built_book(
    built: Layout, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = str(built.paper.home)
    with pytest.raises(UsageFault, match="boardpack render 2023-24 M06 --place bromley"):
        entry_address(built, BUDGET)
    page = built.target / "html" / "register.html"
    page.parent.mkdir()
    page.write_text("", encoding="utf-8")
    asked: list[str] = []
    monkeypatch.setattr(webbrowser, "open", lambda address: not asked.append(address))
    said = told(BUDGET, *MONTH, "--home", home, "--open")
    assert asked == [f"{page.as_uri()}#{BUDGET}"]
    assert said.splitlines()[-1] == f"Opened {asked[0]}"
