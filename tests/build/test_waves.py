"""A wave of notebooks: what is kept repeats, and what fails is told in plain words."""

from __future__ import annotations

import gc
import json
import multiprocessing
import subprocess
import sys
from pathlib import Path

import pytest

from boardpack.build.failures import NotebookFaults
from boardpack.build.notebooks import can_fork, run_notebooks
from boardpack.errors import BUILD, INPUT
from small_notebooks import WriteNotebook

BLOCK = "from IPython.display import Markdown, display\ndisplay(Markdown(f'{place} *{month}*'))"
FAULT = (
    "from boardpack.errors import Fault, InputFaults\n"
    "raise InputFaults([Fault('data/{0}.csv', 'a number', 'Correct it.', row=4)])"
)


def run(project: Path, *names: str, stock: bool = False, out: str = "executed") -> Path:
    told = {"year": "2023-24", "month": "M06", "place": "bexley", "home": str(project)}
    told["register"] = str(project / "build" / ".work-x" / "register")
    run_notebooks(names, told, project / "notebooks", project / out, stock)
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


@pytest.mark.skipif(not can_fork(), reason="the fast engine needs fork")
def test_a_process_that_dies_is_told(project: Path, write_notebook: WriteNotebook) -> None:
    write_notebook("02_a", "import os\nos._exit(9)")
    assert str(faults(project, "02_a")) == "notebooks/02_a.ipynb: its process died."


def test_a_file_that_is_no_notebook_is_told(project: Path) -> None:
    (project / "notebooks" / "02_a.ipynb").write_text("{")
    assert "notebooks/02_a.ipynb could not be run: NotJSONError" in str(faults(project, "02_a"))


def test_a_failed_notebook_is_not_kept(project: Path, write_notebook: WriteNotebook) -> None:
    write_notebook("02_a", "1 / 0")
    faults(project, "02_a")
    assert list((project / "executed").iterdir()) == []


@pytest.mark.skipif(not can_fork(), reason="chapters are forked on Linux only")
def test_what_was_imported_is_walked_again_but_by_a_process_that_shares_it(
    project: Path, write_notebook: WriteNotebook
) -> None:
    write_notebook("02_a", "1")

    def frozen() -> int:
        run(project, "02_a")
        return gc.get_freeze_count()

    receiver, sender = multiprocessing.Pipe(duplex=False)
    context = multiprocessing.get_context("fork")
    child = context.Process(target=lambda: sender.send(frozen()))
    child.start()
    assert receiver.recv() > frozen() == 0
    child.join()


def test_the_forking_process_never_loads_what_a_forked_child_would_hang_on() -> None:
    loaded = (
        "import sys; from boardpack.build.notebooks import import_everything; import_everything();"
        "sys.exit(bool({'typst', 'vl_convert'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", loaded], check=False).returncode == 0
