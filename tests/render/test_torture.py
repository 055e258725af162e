"""What a cell may do to the engines: both keep the same bytes, or refuse it in the same words."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from small_notebooks import WriteNotebook

from boardpack.render.failures import NotebookFaults
from boardpack.render.notebooks import run_notebooks
from boardpack.render.repeatable import notebook_text, repeatable
from boardpack.render.stock import stock_options
from torture_cells import AWAITING, FAILING, KEPT, REFUSED
from two_engines import executed, fast, shown


def run(project: Path, *names: str, stock: bool) -> Path:
    """The folder of what one engine keeps of these notebooks."""
    out = project / ("stock" if stock else "fast")
    told = {"year": "2023-24", "month": "M06", "place": "bexley", "home": str(project)}
    run_notebooks(names, told, project / "notebooks", out, stock)
    return out


def kept(notebook: nbformat.NotebookNode) -> list[str]:
    """The lines of a notebook as it is kept, before what it shows is carried into the paper."""
    return notebook_text(repeatable(notebook, {})).splitlines()


def refused(project: Path, *names: str, stock: bool = False) -> list[str]:
    """What is said of notebooks that one engine refuses."""
    with pytest.raises(NotebookFaults) as found:
        run(project, *names, stock=stock)
    return str(found.value).splitlines()


@pytest.fixture
def failing(tmp_path: Path) -> Path:
    """A notebook whose cells fail and may, so that all of them run."""
    cells = [
        nbformat.v4.new_code_cell(source, metadata={"tags": ["raises-exception"]})
        for source in (*FAILING, *REFUSED)
    ]
    path = tmp_path / "failing.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    return path


def test_both_engines_keep_the_same_bytes(
    project: Path, write_notebook: WriteNotebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PYTEST_CURRENT_TEST")  # with it a kernel does not read what programs write
    source = write_notebook("02_a", *KEPT)
    ours = kept(fast(source, "spawn"))  # which pytest has not told what to do with warnings
    stock = kept(executed(source, project / "stock.ipynb", "fork", **stock_options()))
    assert len(ours) == len(stock) > len(KEPT)
    for cell, expected in zip(ours, stock, strict=True):
        assert cell[:2000] == expected[:2000]
    assert ours == stock


def test_both_engines_tell_the_same_of_cells_that_fail(failing: Path, tmp_path: Path) -> None:
    found = shown(fast(failing, "spawn"))
    stock = shown(executed(failing, tmp_path / "stock.ipynb", "fork", **stock_options()))
    for cell, expected in zip(found, stock, strict=True):
        if cell["source"] in REFUSED:  # the frames of each engine stand in these tracebacks
            _without_frames(cell, expected)
        assert cell == expected, cell["source"]
    said = {cell["source"]: cell["outputs"][-1]["evalue"] for cell in found if _errs(cell)}
    assert {source: said[source] for source in REFUSED} == REFUSED


def _errs(cell: dict[str, object]) -> bool:
    outputs = cell.get("outputs")
    return isinstance(outputs, list) and bool(outputs) and "evalue" in outputs[-1]


def _without_frames(*cells: dict[str, list[dict[str, object]]]) -> None:
    for cell in cells:
        for output in cell["outputs"]:
            output.pop("traceback", None)


@pytest.mark.filterwarnings("ignore:To exit")
def test_both_engines_refuse_in_the_same_words(
    project: Path, write_notebook: WriteNotebook
) -> None:
    write_notebook("02_a", "input('name? ')")
    write_notebook("03_b", "import sys\nsys.exit()", "'never'")
    path = write_notebook("04_c", "1 / 0", "'reached'")
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[1].metadata["tags"] = ["raises-exception"]
    nbformat.write(notebook, path)
    names = ("02_a", "03_b", "04_c")
    ours = refused(project, *names)
    assert ours == refused(project, *names, stock=True)
    assert "cell 2, at `input('name? ')`: StdinNotImplementedError" in ours[0]
    assert "a chapter runs to its end" in ours[1]
    assert "ZeroDivisionError" in ours[2]


@pytest.mark.filterwarnings("ignore:To exit")
@pytest.mark.parametrize("leaving", ["exit", "quit()"])
def test_a_chapter_that_exits_has_failed(
    project: Path, write_notebook: WriteNotebook, leaving: str
) -> None:
    write_notebook("02_a", leaving, "'never'")
    assert "cell 2: SystemExit: a chapter runs to its end" in refused(project, "02_a")[0]


@pytest.mark.parametrize("stock", [False, True])
@pytest.mark.parametrize("cell", [cell for cell in AWAITING if "def later" not in cell])
def test_a_chapter_that_awaits_at_its_top_level_is_refused_before_it_runs(
    project: Path, write_notebook: WriteNotebook, cell: str, stock: bool
) -> None:
    write_notebook("02_a", "open('begun', 'w').close()", cell)
    (told,) = refused(project, "02_a", stock=stock)
    assert "notebooks/02_a.ipynb, cell 3" in told
    assert "may not await at the top level" in told
    assert not (project / "begun").exists()


def test_a_chapter_may_await_inside_a_function(
    project: Path, write_notebook: WriteNotebook
) -> None:
    write_notebook("02_a", "async def later():\n    await None\n%time 1\nfor n in 1, 2: pass")
    assert (run(project, "02_a", stock=False) / "02_a.ipynb").exists()


def test_half_a_character_is_refused_where_it_is_printed(
    project: Path, write_notebook: WriteNotebook
) -> None:
    write_notebook("02_a", "print('whole')\nprint('\\ud800')")
    assert "cell 2, at `print('\\ud800')`: UnicodeEncodeError" in refused(project, "02_a")[0]


def test_a_forked_process_writes_once_and_in_order(
    project: Path, write_notebook: WriteNotebook
) -> None:
    cell = "import os\nprint('before')\nchild = os.fork()\nif child == 0:\n    print('child')\n"
    write_notebook("02_a", cell + "    os._exit(0)\n_ = os.waitpid(child, 0)\nprint('after')")
    kept = (run(project, "02_a", stock=False) / "02_a.ipynb").read_text("utf-8")
    assert '"text/plain": "before\\nchild\\nafter\\n"' in kept
