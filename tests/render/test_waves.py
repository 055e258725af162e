"""A wave of notebooks: what is kept repeats, and what fails is told in plain words."""

from __future__ import annotations

import json
from concurrent.futures import Executor
from pathlib import Path

import pytest
from small_notebooks import WriteNotebook

from boardpack.core.errors import BUILD, INPUT
from boardpack.core.workers import workers
from boardpack.render.failures import NotebookFaults
from boardpack.render.notebooks import run_notebooks

BLOCK = "from IPython.display import Markdown, display\ndisplay(Markdown(f'{place} *{month}*'))"
FAULT = (
    "from boardpack.core.errors import Fault, InputFaults\n"
    "raise InputFaults([Fault('data/{0}.csv', 'a number', 'Correct it.', row=4)])"
)


CHANGES = (
    "import decimal, os, sys, warnings\nimport pandas, plotly.io\n"
    "sys.path.insert(0, 'notebooks'); import ours; ours.said = 3\n"
    "os.environ['OURS'] = '1'; os.chdir('/'); warnings.simplefilter('ignore')\n"
    "decimal.getcontext().prec = 3; pandas.options.display.max_rows = 1\n"
    "plotly.io.templates.default = 'plotly_dark'; leaks = 1"
)
FINDS = (
    "import decimal, os, sys\nimport pandas, plotly.io\n"
    "'ours' in sys.modules, 'notebooks' in sys.path, os.environ.get('OURS'), os.getcwd() == '/',"
    " decimal.getcontext().prec, pandas.options.display.max_rows, plotly.io.templates.default,"
    " 'leaks' in globals()"
)


def run(
    project: Path,
    *names: str,
    stock: bool = False,
    out: str = "executed",
    pool: Executor | None = None,
) -> Path:
    told = {"year": "2023-24", "month": "M06", "place": "bexley", "home": str(project)}
    told["register"] = str(project / "build" / ".work-x" / "register")
    run_notebooks(names, told, project / "notebooks", project / out, stock, pool=pool)
    return project / out


def faults(project: Path, *names: str) -> NotebookFaults:
    with pytest.raises(NotebookFaults) as found:
        run(project, *names)
    return found.value


def test_both_engines_keep_the_same_bytes_and_no_path(
    project: Path, write_notebook: WriteNotebook
) -> None:
    cells = (
        "# A chapter",
        BLOCK,
        "import os\nprint(os.getcwd(), home, os.path.basename(register))",
        "print(object())",
    )
    write_notebook("02_a", *cells, boardpack={"wave": 1})
    fast = (run(project, "02_a") / "02_a.ipynb").read_text()
    again = (run(project, "02_a", out="again") / "02_a.ipynb").read_text()
    stock = (run(project, "02_a", stock=True, out="stock") / "02_a.ipynb").read_text()
    assert fast == again == stock
    assert str(project.parent) not in fast
    assert "bexley *M06*" in fast
    assert json.loads(fast)["metadata"]["boardpack"] == {"wave": 1}


def test_the_parameters_kept_are_those_of_the_paper_and_none_of_the_run(
    project: Path, write_notebook: WriteNotebook
) -> None:
    write_notebook("02_a", 'home = "kept"')
    kept = json.loads((run(project, "02_a") / "02_a.ipynb").read_text())
    injected = [c for c in kept["cells"] if "injected-parameters" in c["metadata"].get("tags", [])]
    told = [line for line in injected[0]["source"].splitlines() if "=" in line]
    assert told == ['year = "2023-24"', 'month = "M06"', 'place = "bexley"']
    assert kept["cells"][-1]["source"] == 'home = "kept"'


def test_a_failing_cell_is_told_with_notebook_cell_line_and_exception(
    project: Path, write_notebook: WriteNotebook
) -> None:
    write_notebook("02_a", "# Text", "total = 0", "def share():\n    return 1 / total\n\nshare()")
    error = faults(project, "02_a")
    assert str(error) == (
        "notebooks/02_a.ipynb, cell 4, at `share()`: ZeroDivisionError: division by zero"
    )
    assert error.exit_code == BUILD


def test_the_faults_of_all_notebooks_are_told_once_each_with_their_own_words(
    project: Path, write_notebook: WriteNotebook
) -> None:
    write_notebook("02_a", FAULT.format("position"))
    write_notebook("03_b", FAULT.format("position"))
    write_notebook("04_c", FAULT.format("chc"))
    write_notebook("05_d", "absent")
    error = faults(project, "02_a", "03_b", "04_c", "05_d")
    assert str(error).splitlines() == [
        "data/position.csv, row 4: expected a number. Correct it.",
        "data/chc.csv, row 4: expected a number. Correct it.",
        "notebooks/05_d.ipynb, cell 2, at `absent`: NameError: name 'absent' is not defined",
    ]
    assert error.exit_code == INPUT


@pytest.mark.filterwarnings("ignore:To exit")
def test_a_chapter_that_leaves_by_itself_has_failed(
    project: Path, write_notebook: WriteNotebook
) -> None:
    write_notebook("02_a", "import sys\nsys.exit(0)", "'never'")
    assert "cell 2: SystemExit: a chapter runs to its end" in str(faults(project, "02_a"))


def test_a_process_that_dies_is_told(project: Path, write_notebook: WriteNotebook) -> None:
    write_notebook("02_a", "import os\nos._exit(9)")
    with workers(1) as pool, pytest.raises(NotebookFaults) as found:
        run(project, "02_a", pool=pool)
    assert str(found.value) == "notebooks/02_a.ipynb: its process died."


def test_a_notebook_finds_nothing_of_the_one_before(
    project: Path, write_notebook: WriteNotebook
) -> None:
    (project / "notebooks" / "ours.py").write_text("said = 1\n")
    write_notebook("02_a", CHANGES)
    write_notebook("03_b", FINDS)
    run(project, "03_b", out="first")
    (project / "notebooks" / "ours.py").write_text("said = 2\n")
    run(project, "02_a", "03_b")
    before, after = ((project / out / "03_b.ipynb").read_text() for out in ("first", "executed"))
    assert after == before


def test_a_file_that_is_no_notebook_is_told(project: Path) -> None:
    (project / "notebooks" / "02_a.ipynb").write_text("{")
    assert "notebooks/02_a.ipynb could not be run: NotJSONError" in str(faults(project, "02_a"))


def test_a_failed_notebook_is_not_kept(project: Path, write_notebook: WriteNotebook) -> None:
    write_notebook("02_a", "1 / 0")
    faults(project, "02_a")
    assert list((project / "executed").iterdir()) == []
