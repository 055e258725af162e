"""No figure id is misspelt: whatever is written or looked up is an id that something declares.

The papers are those of the real Month 6 and of the made-up ICB, for a place and for the whole, and
of a made-up month of which most files are absent. A register refuses what nothing declares, so that
making all chapters of them looks every id up.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from figure_ids import Known, Written, in_project, in_python, in_template
from made_figures import made_figure

import boardpack.document.chapter as chapter
import boardpack.notebook.opened as notebook
import boardpack.outputs.notebook as shown
from boardpack.checks.engine import run_checks
from boardpack.checks.noticed.outcomes import noticed
from boardpack.checks.noticed.record import noticed_record
from boardpack.core.errors import UsageFault
from boardpack.core.home import CHECKOUT, month_folder
from boardpack.core.params import Paper, load_paper
from boardpack.core.periods import Month
from boardpack.document.wording import Unsupplied, Wording
from boardpack.figures.chapters import chapters_of, compute
from boardpack.figures.ids import FIGURE, Ids, _methods, ids_of
from boardpack.figures.register import Register, UndeclaredFigure
from boardpack.notebook.lines import _refuse_undeclared
from boardpack.reading.readers import extract_names
from boardpack.render.records import write_register
from boardpack_demo.icb import START
from boardpack_demo.make import make_demo

NAMED = str.maketrans({"*": "x", "{": "", "}": ""})
"""Some name in the place of any."""
NO_FIGURES = (
    "{x}.printed",
    ".annual_budgets",
    ".earlier_months",
    ".provenance",
    "movements.position_total_ytd_variance",
    "prescribing.icb.places",
)
"""What stands behind any id, ends of the ids of checks, and the beginning of several ids."""
STAYS = ("ledger", "trial_balance")
"""The files that come in the month of which most are absent."""


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("ids") / "demo"
    make_demo(home)
    return home


def _paper(home: Path, month: Month, place: str) -> Paper:
    return load_paper(home, month, place)


@pytest.mark.parametrize(
    ("month", "place"),
    [(None, "bromley"), (None, "icb"), (7, "alderwick"), (12, "icb")],
)
def test_every_id_that_a_paper_looks_up_or_holds_is_declared(
    demo: Path, tmp_path: Path, month: int | None, place: str
) -> None:
    """Its figures computed, its checks run, its notebooks run as they stand."""
    home, of = (CHECKOUT, Month(2023, 6)) if month is None else (demo, Month(START, month))
    register = _run(_paper(home, of, place), tmp_path)
    assert register.ids is not None
    lines = {(one.chapter, one.id.split(".")[2]) for one in register}
    told = lines | {(chapter, "") for chapter, _ in lines}
    assert [
        one.id
        for one in register
        if not register.ids.declares(one.id, lambda *line: line in told, strictly=True)
    ] == []


def test_what_an_absent_file_would_give_is_not_supplied_and_never_misspelt(
    demo: Path, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    shutil.copytree(demo, home)
    paper = _paper(home, Month(START, 7), "alderwick")
    folder = home / month_folder(paper.month)
    for file in sorted(one for one in folder.rglob("*") if one.is_file()):
        if file.stem not in STAYS:
            file.unlink()
    for file in (home / "params" / paper.month.year_folder).rglob("commentary/*.md"):
        file.unlink()
    absent = sorted(extract_names(home) - {file.stem for file in folder.rglob("*")})
    changes = {"not_supplied": {f"{name}.csv": "absent" for name in absent}, "compare_with": []}
    register = _run(
        paper.model_copy(update={"run": paper.run.model_copy(update=changes)}), tmp_path / "told"
    )
    assert "savings.alderwick.total.ytd_plan" not in register
    with pytest.raises(UndeclaredFigure, match=r"Did you mean 'savings.alderwick.total.ytd_plan'"):
        _ = "savings.alderwick.total.ytd_plam" in register


def _run(paper: Paper, folder: Path) -> Register:
    """The register of a paper after every chapter was made from it, in this process."""
    register = compute(paper, *chapters_of(paper))
    checks = run_checks(register, paper)
    would = noticed_record(noticed(register, checks, paper), register, paper)
    write_register(folder, paper, register, [check.to_json() for check in checks], would)
    told = (paper.month.year_folder, paper.month.code, paper.place, str(paper.home), str(folder))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(chapter, "load_paper", lambda *_: paper)
        whole = chapter.open_chapter("summary", *told)

        def opened(name: str, *_: Any, owns: Any = None, **__: Any) -> chapter.ChapterPaper:
            owned = (name,) if owns is None else tuple(owns)
            return chapter.ChapterPaper(name, whole.paper, whole.register, owned, whole.checks)

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


@pytest.fixture(scope="module")
def ids() -> Ids:
    return ids_of(_paper(CHECKOUT, Month(2023, 6), "bromley"))


@pytest.fixture(scope="module")
def known(ids: Ids) -> Known:
    """The declared ids, each of the ICB, of this period and of others."""
    return Known(
        f"{name}.icb.{line}.{measure}{end}".replace(FIGURE, "x_x_x").translate(NAMED)
        for name, groups in ids.chapters.items()
        for one in groups
        for line in one.lines
        for measure in one.measures
        for end in ("", ".m00", ".q1", ".2022_23")
    )


def test_every_id_that_is_written_is_declared(ids: Ids, known: Known) -> None:
    """A whole id names its line, so that it is declared whatever an extract brings."""
    written = [one for one in in_project(CHECKOUT) if known.names(one.pattern)]
    assert len(written) > 1000, "the patterns are not collected"
    patterns = {one.pattern for one in written}
    lacking = {one for one in patterns if not _is_written_well(one, ids, known)}
    lacking = {one for one in lacking if not one.endswith(NO_FIGURES)}
    assert [one for one in written if one.pattern in lacking] == []


def _is_written_well(pattern: str, ids: Ids, known: Known) -> bool:
    parts = pattern.split(".")
    if not set("{}*@") & set(pattern) and parts[0] in ids.chapters:
        named = pattern if parts[1] in ids.places else ".".join((parts[0], "icb", *parts[1:]))
        if named.count(".") > 2:
            return ids.declares(named, lambda chapter, line: not line, strictly=True)
    return known.has(pattern)


def _ids(is_open: bool = False) -> Ids:
    lines = {"total {directorate}": "ytd_plan ytd_actual", "scheme_*": "ytd_plan"}
    rows = _methods({"balance": "rate", "*": "spend"}, ())
    moved, what_if = (
        _methods({"{figure}": "movement"}, ()),
        _methods({"{parameter}": "*.change"}, ()),
    )
    chapters = {
        "savings": _methods(lines, ["acute"]),
        "cash": rows,
        "movements": moved,
        "scenario": what_if,
    }
    return Ids(chapters, ["bromley", "icb"], is_open)


@pytest.mark.parametrize(
    ("identity", "is_declared"),
    [
        ("savings.bromley.total.ytd_plan", True),
        ("savings.icb.acute.ytd_actual", True),
        ("savings.bromley.total.ytd_plan.printed", True),
        ("savings.bromley.total.ytd_plan.m05", True),
        ("savings.bromley.total.ytd_plan.2022_23_m12.printed", True),
        ("savings.bromley.total.ytd_plan.2022_23", True),
        ("savings.bromley.total.ytd_plan_prior_month", True),
        ("savings.bromley.scheme_beds.ytd_plan", True),
        ("cash.bromley.came.spend", True),
        ("cash.bromley.came.rate", True),
        ("savings.bromley.scheme_beds.ytd_actual", True),
        ("savings.bromley.brought.ytd_actual", True),
        ("movements.icb.savings_total_ytd_plan.movement", True),
        ("scenario.icb.any_what_if.price.change", True),
        ("savings.bromley.totl.ytd_plan", False),
        ("savings.bromley.total.ytd_plam", False),
        ("savings.bromly.total.ytd_plan", False),
        ("saving.bromley.total.ytd_plan", False),
        ("savings.bromley.total", False),
        ("savings.bromley.total.ytd_plan.m5", False),
        ("savings.bromley.total.ytd_plan.printd", False),
        ("cash.bromley.never_came.spend", True),
        ("cash.bromley.never_came.spent", False),
        ("movements.icb.savings_totl_ytd_plan.movement", False),
    ],
)
def test_a_misspelt_id_cannot_be_asked_for(identity: str, is_declared: bool) -> None:
    came = ("cash.bromley.came.spend", "savings.icb.brought.ytd_plan")
    register = Register(map(made_figure, came), _ids())
    if is_declared:
        assert (identity in register) is (identity == "cash.bromley.came.spend")
        return
    for ask in (register.__contains__, register.__getitem__, register.is_absent, register.knows):
        with pytest.raises(UndeclaredFigure, match=r"test_figure_ids.py asks for in line"):
            ask(identity)
    assert register.find(identity) is None


def test_what_is_written_out_whole_has_a_measure_of_its_own_line() -> None:
    told = ("savings.icb.scheme_beds.ytd_plan", "savings.icb.scheme_beds.ytd_actual")
    told += ("cash.icb.balance.rate", "cash.icb.came.rate", "cash.icb.came.spend")
    found = [_ids().declares(one, lambda *_: True, strictly=True) for one in told]
    assert found == [True, False, True, False, True]
    assert not _ids().declares(told[-1], lambda _, line: not line, strictly=True)


def test_a_home_with_notebooks_of_its_own_keeps_figures_under_its_own_names() -> None:
    assert "wards.icb.total.beds" not in Register(ids=_ids(is_open=True))
    with pytest.raises(UndeclaredFigure):
        _ = "wards.icb.total.beds" in Register(ids=_ids())


def test_the_nearest_declared_id_is_named() -> None:
    register = Register(ids=_ids())
    with pytest.raises(UndeclaredFigure, match=r"Did you mean 'savings.bromley.total.ytd_plan'\?"):
        _ = register["savings.bromley.totl.ytd_plan"]
    with pytest.raises(UndeclaredFigure, match="Did you mean 'bromley'"):
        _ = register["savings.bromly.total.ytd_plan"]


def test_words_tell_a_misspelt_name_from_a_figure_that_is_not_supplied() -> None:
    wording = Wording(Register(ids=_ids()), "bromley", frozenset({"bromley", "icb"}), {})
    with pytest.raises(Unsupplied, match="Total, year to date plan"):
        wording.figure("savings.total.ytd_plan")
    with pytest.raises(UndeclaredFigure):
        wording.figure("savings.totl.ytd_plan")


def test_a_frame_is_not_asked_for_a_measure_that_nothing_declares() -> None:
    class Told:
        register = Register(ids=_ids())

    told: Any = Told()
    _refuse_undeclared(told, "savings", ["ytd_plan", "ytd_plan_m05", "ytd_plan_prior_month"])
    _refuse_undeclared(told, "wards", ["beds"])
    with pytest.raises(UsageFault, match="Did you mean 'ytd_plan'"):
        _refuse_undeclared(told, "savings", ["ytd_plam"])


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
