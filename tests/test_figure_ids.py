"""No figure id is misspelt: what is written or looked up is an id that some register has.

A misspelt id is no error where a figure may be absent: a heading then stands over empty cells. The
registers are those of the real Month 6 and of the made-up ICB, for a place and for the whole.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from figure_ids import Known, Written, in_project, in_python, in_template, looked_up

import boardpack.document.chapter as chapter
import boardpack.notebook.opened as notebook
import boardpack.notebook.paper as in_notebook
import boardpack.outputs.notebook as shown
from boardpack.checks.engine import run_checks
from boardpack.checks.noticed.outcomes import noticed
from boardpack.checks.noticed.record import noticed_record
from boardpack.core.home import CHECKOUT
from boardpack.core.params import Paper, load_paper
from boardpack.core.periods import Month
from boardpack.figures.chapters import NEEDS, compute
from boardpack.figures.register import Register
from boardpack.render.records import write_register
from boardpack_demo.icb import START
from boardpack_demo.make import make_demo

MAY_COME = {
    "against_plan": "a surplus that is planned for",
    "{x}.earlier_months": "the id of a check, not of a figure",
    "{x}.provenance": "the id of a check, not of a figure",
    "prescribing.icb.places": "what places_ppa and places_ledger begin with",
    "operating_under_capital_resource_limit": "an indicator that other bodies print",
    "unmapped_cost_centres": "a trial balance with cost centres that are mapped to no place",
    "no_place": "items of a practice that the list of practices lacks",
    "reserves.annual_budget": "reserves that the resource limit states",
    "savings_taken_apart": "prescribing savings that the ledger takes off the bill apart",
    "savings_difference": "the same",
    "reserve_release": "a reserve released in the month, stated for a place",
    "run_rate_error": "a method that is tried on no past year",
    "reconciling_other": "another reason between packages and the ledger",
}
"""What neither body has and another may have, by a part of its id, with what would bring it."""


NO_MONTH = re.compile("_m00$")
"""What a notebook asks for where there is no earlier month to compare with."""
MEASURES_MAY_COME = {
    ("adjustments", "ytd_variance"): "top-side entries",
    ("adjustments", "adjusted_ytd_variance"): "the same",
    ("position", "ytd_plan"): "a surplus that is planned for",
    ("position", "forecast_plan"): "the same",
}
"""Measures of frames that notebooks ask for and neither body has, with what would bring them."""


def _may_come(identity: str) -> bool:
    return any(part in identity for part in MAY_COME)


@dataclass(frozen=True)
class Seen:
    """The ids of all registers, and those that were looked up.

    `framed` are the measures of which a notebook asked for a frame, each with its chapter, and
    `measures` those that there are.
    """

    known: Known
    asked: frozenset[str]
    framed: frozenset[tuple[str, str]]
    measures: frozenset[tuple[str, str]]


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Seen:
    """Four papers: their figures computed, their checks run, their notebooks run as they stand."""
    demo = tmp_path_factory.mktemp("ids") / "demo"
    make_demo(demo)
    papers = (
        load_paper(CHECKOUT, Month(2023, 6), "bromley"),
        load_paper(CHECKOUT, Month(2023, 6), "icb"),
        load_paper(demo, Month(START, 7), "alderwick"),
        load_paper(demo, Month(START, 12), "icb"),
    )
    ids: set[str] = set()
    framed: set[tuple[str, str]] = set()
    plain = in_notebook.lines_frame

    def noting(paper: Any, name: str, place: Any, lines: Any = None, measures: Any = None) -> Any:
        framed.update((name, measure) for measure in measures or ())
        return plain(paper, name, place, lines, measures)

    with pytest.MonkeyPatch.context() as patch, looked_up(patch) as asked:
        patch.setattr(in_notebook, "lines_frame", noting)
        for paper in papers:
            ids |= _ids(_run(paper, demo.parent / f"{paper.month.code}-{paper.place}"))
    parts = (one.split(".") for one in ids)
    measures = {(chapter, "_".join(measure)) for chapter, _, _, *measure in parts}
    return Seen(Known(ids), frozenset(asked), frozenset(framed), frozenset(measures))


def _ids(register: Register) -> set[str]:
    return {figure.id for figure in (*register, *register.suppressed)}


def _run(paper: Paper, folder: Path) -> Register:
    """The register of a paper after every chapter was made from it, in this process."""
    register = compute(paper, *NEEDS)
    checks = run_checks(register, paper)
    would = noticed_record(noticed(register, checks, paper), register, paper)
    write_register(folder, paper, register, [check.to_json() for check in checks], would)
    told = (paper.month.year_folder, paper.month.code, paper.place, str(paper.home), str(folder))
    whole = chapter.open_chapter("summary", *told)

    def opened(name: str, *_: Any, owns: Any = None, **__: Any) -> chapter.ChapterPaper:
        owned = (name,) if owns is None else tuple(owns)
        return chapter.ChapterPaper(name, whole.paper, whole.register, owned, whole.checks)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(chapter, "open_chapter", opened)
        patch.setattr(notebook, "open_chapter", opened)
        patch.setattr(shown, "show", lambda block: None)
        patch.setattr(shown, "show_each", list)
        names = dict(zip(("year", "month", "place", "home", "register"), told, strict=True))
        for path in sorted((CHECKOUT / "notebooks").glob("*.ipynb")):
            cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
            within: dict[str, Any] = dict(names)
            for cell in cells:
                tags = cell["metadata"].get("tags", [])
                if cell["cell_type"] == "code" and "parameters" not in tags:
                    exec("".join(cell["source"]), within)  # the project's own notebooks
    return whole.register


def test_every_id_that_is_written_is_one_that_a_register_has(seen: Seen) -> None:
    written = [one for one in in_project(CHECKOUT) if seen.known.names(one.pattern)]
    assert len(written) > 1000, "the patterns are not collected"
    assert [w for w in written if not seen.known.has(w.pattern) and not _may_come(w.pattern)] == []


def test_every_id_that_is_looked_up_is_made_of_known_words(seen: Seen) -> None:
    found = {one: seen.known.unknown_words(one) for one in sorted(seen.asked) if not _may_come(one)}
    assert {identity: words for identity, words in found.items() if words} == {}


def test_every_measure_of_which_a_frame_is_asked_is_one_that_a_register_has(seen: Seen) -> None:
    assert len(seen.framed) > 50
    lacking = (name for name in sorted(seen.framed) if name not in seen.measures)
    assert {name for name in lacking if not NO_MONTH.search(name[1])} == MEASURES_MAY_COME.keys()


def test_no_exception_is_kept_that_nobody_needs(seen: Seen) -> None:
    lacking = [w.pattern for w in in_project(CHECKOUT) if not seen.known.has(w.pattern)]
    lacking += [one for one in seen.asked if seen.known.unknown_words(one)]
    assert [part for part in MAY_COME if not any(part in one for one in lacking)] == []


KNOWN = Known(
    [
        "savings.bromley.total.ytd_plan",
        "savings.bromley.prescribing.ytd_plan.m05",
        "chc.icb.high_cost.clients.2022_23_m12",
    ]
)


@pytest.mark.parametrize(
    ("source", "is_known"),
    [
        ('"savings.bromley.total.ytd_plan"', True),
        ('"savings.total.ytd_plan"', True),
        ('"savings.{line}.ytd_plan"', True),
        ('f"savings.{place}.total"', True),
        ('f"{total}.ytd_plan"', True),
        ('PREFIX + "total.ytd_plan"', True),
        ('"savings.tot" + rest', True),
        ('"savings.{place}.{line}.ytd_plan.{month}"', True),
        ('"savings.prescribing.ytd_plan.m04"', True),
        ('"0 - savings.bromley.total.ytd_plan"', True),
        ('"savings.bromley.total.ytd_plna"', False),
        ('"savings.totl.ytd_plan"', False),
        ('"savings.{line}.ytd_delivered"', False),
        ('f"{total}.ytd_delivered"', False),
        ('f"savings.{place}.totl"', False),
        ('"savings.totl" + rest', False),
        ('PREFIX + "total.delivered"', False),
        ('"0 - savings.bromley.total.ytd_delivered"', False),
    ],
)
def test_a_misspelt_id_in_code_is_found(source: str, is_known: bool) -> None:
    (written,) = in_python(f"x = {source}", "x.py")
    assert KNOWN.names(written.pattern)
    assert KNOWN.has(written.pattern) is is_known


def test_what_is_no_id_is_none() -> None:
    source = (
        '"""savings.wrong"""\nx = ("savings.csv", "boardpack.document", "A sentence. And one.")'
    )
    assert not [one for one in in_python(source, "x.py") if KNOWN.names(one.pattern)]


@pytest.mark.parametrize(
    ("source", "pattern"),
    [
        ("{{ f.savings.total.ytd_plan | money }}", "savings.total.ytd_plan"),
        ("{% if f[total].ytd_plan is supplied %}{% endif %}", "{x}.ytd_plan"),
        ("{% set t = f.savings %}{{ t.totl.ytd_plan | size }}", "savings.totl.ytd_plan"),
        ("{{ f['savings.total'].ytd_plan | money }}", "savings.total.ytd_plan"),
    ],
)
def test_a_template_is_read_by_its_names(source: str, pattern: str) -> None:
    assert Written(pattern, "x.j2", 1) in list(in_template(source, "x.j2"))
