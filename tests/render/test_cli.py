"""The command line: what is said, where, and with which exit code."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from boardpack import cli
from boardpack.render.layout import Layout

Command = Callable[..., tuple[int, str, str]]
HEAVY = {
    "rich",
    "pydantic",
    "yaml",
    "pandas",
    "pandera",
    "papermill",
    "plotly",
    "great_tables",
    "sphinx",
    "typst",
    "vl_convert",
}


@pytest.fixture
def command(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Command:
    """Run a command inside the small project: exit code, standard output, standard error."""
    monkeypatch.chdir(project / "data")

    def run(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["boardpack", *arguments])
        with pytest.raises(SystemExit) as left:
            cli.main()
        said = capsys.readouterr()
        code = left.value.code
        return (code if isinstance(code, int) else 0), said.out, said.err

    return run


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("check", "2023-24", "M13"), "'M13' is not a month of the financial year"),
        (("check", "2023-25", "M06"), "'2023-25' is not a financial year"),
        (("check", "2023-24", "M06", "--place", "bromly"), "Did you mean 'bromley'?"),
        (("check", "2023-24", "M06", "--place", "bexley", "--all"), "not both"),
        (("check", "2023-24", "M06", "--home", "nowhere"), "no folder nowhere"),
        (("check", "2023-24"), "Missing argument 'MONTH'"),
        (("chek",), "No such command"),
    ],
)
def test_a_command_that_asks_for_what_is_not_there_exits_2(
    command: Command, arguments: tuple[str, ...], said: str
) -> None:
    code, _, error = command(*arguments)
    assert code == 2
    assert said in error
    assert "Traceback" not in error


@pytest.mark.parametrize("verb", ["check", "render"])
def test_faults_of_extracts_exit_3_with_file_row_and_column(
    command: Command, layout: Layout, verb: str
) -> None:
    extract = layout.paper.raw / "position.csv"
    header, first, *rest = extract.read_text().splitlines()
    wrong = first.replace(first.split(",")[-1], "wrong")
    extract.write_text("\n".join([header, wrong, *rest]) + "\n")
    (layout.toc).write_text("parts: []\n")
    code, _, error = command(verb, "2023-24", "M06")
    assert code == 3
    assert "position.csv, row 2, column" in error


@pytest.mark.parametrize("verb", ["check", "render", "status"])
def test_files_are_named_below_the_home_that_was_given(
    command: Command, layout: Layout, verb: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (layout.paper.raw / "mhis.csv").write_text("")
    monkeypatch.chdir(layout.project.parent)
    code, out, error = command(verb, "2023-24", "M06", "--home", layout.project.name)
    assert code == (0 if verb == "status" else 3)
    assert f"{layout.project.name}/data/raw/2023-24/M06/mhis.csv" in (out + error)
    assert code == 0 or f"boardpack: {layout.project.name}/data/raw/" in error


def test_check_tells_notes_and_unused_files_though_there_are_faults(
    command: Command, layout: Layout
) -> None:
    (layout.paper.raw / "mhis.csv").write_text("")
    (layout.paper.raw / "risks_v2.csv").write_text("")
    risks = layout.paper.raw / "risks.csv"
    risks.write_text(risks.read_text(encoding="utf-8"), encoding="utf-16")
    code, out, error = command("check", "2023-24", "M06")
    assert code == 3
    assert "mhis.csv" in error
    assert "the encoding is UTF-16" in out
    assert "risks_v2.csv is not used: it may be meant for risks.csv." in out


def test_a_month_without_parameters_exits_3(command: Command) -> None:
    code, _, error = command("status", "2023-24", "7")
    assert code == 3
    assert "params/2023-24/M07.yml" in error


def test_a_book_without_its_chapters_exits_4(command: Command, layout: Layout) -> None:
    layout.toc.write_text("parts:\n- chapters:\n  - file: notebooks/02_position\n")
    code, _, error = command("render", "2023-24", "M06")
    assert code == 4
    assert "there is no notebooks/02_position.ipynb" in error


def test_status_says_what_has_arrived_and_what_is_missing(command: Command, layout: Layout) -> None:
    (layout.paper.raw / "chc_high_cost.csv").unlink()
    (layout.paper.raw / "mhis.csv").write_text("")
    code, out, _ = command("status", "2023-24", "M06")
    assert code == 0
    lines = {line.split()[0]: line for line in out.splitlines() if line.startswith("  ")}
    assert lines["chc_high_cost"].endswith("missing")
    assert lines["mhis"].endswith("arrived, with 1 fault")
    assert "arrived, " in lines["position"]
    assert "not run until the extracts are complete" in out


def test_help_names_every_verb_and_imports_nothing_heavy() -> None:
    program = (
        "import atexit, sys\n"
        f"atexit.register(lambda: print('HEAVY', sorted({HEAVY} & set(sys.modules))))\n"
        "sys.argv = ['boardpack', '--help']\n"
        "from boardpack.cli import main\n"
        "main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert all(verb in done.stdout for verb in ("render", "check", "status", "verify", "release"))
    assert "HEAVY []" in done.stdout
    assert "\x1b" not in done.stdout


def test_a_fault_of_the_program_is_told_without_a_traceback(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("odd")

    monkeypatch.setattr("boardpack.cli.month.layouts", broken)
    code, _, error = command("status", "2023-24", "M06")
    assert code == 4
    assert "unexpected RuntimeError: odd" in error
    assert "Traceback" not in error


def test_a_file_open_elsewhere_gets_a_plain_message(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_: object) -> None:
        raise PermissionError(13, "Permission denied", "build/board-paper.pdf")

    monkeypatch.setattr("boardpack.cli.month.layouts_of_months", locked)
    code, _, said = command("render", "2023-24", "M06")
    assert code == 4
    assert said.startswith("boardpack: build/board-paper.pdf: it is open in another program")


def test_a_command_ends_without_a_last_walk_unless_a_library_counts_on_it() -> None:
    program = (
        "import gc, sys\nfrom boardpack import cli\n{}cli._let_go()\nprint(gc.get_freeze_count())"
    )
    counts = [
        int(subprocess.check_output([sys.executable, "-c", program.format(before)]))
        for before in ("", "sys.modules['duckdb'] = sys\n")
    ]
    assert counts[0] > 0 == counts[1]
