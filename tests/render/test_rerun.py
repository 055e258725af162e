"""Notebooks run by themselves in stock kernels, from any folder, and show what the paper shows.

Three of them here, one of which reads what all others found; with `--all-months` every source
notebook and every executed one.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from stock_runs import Run, kept_blocks, shown_by
from whole_build import built

from boardpack.core.home import CHECKOUT
from boardpack.render.chapter_plan import plan_of

FEW = ("03_prescribing", "09_risks", "22_glossary")
SOURCES = CHECKOUT / "notebooks"


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Every notebook from every folder where it is asked for."""
    if "names" in metafunc.fixturenames:
        parts = plan_of(CHECKOUT, CHECKOUT, {})
        every = tuple(sorted(one.name for part in parts for one in part.chapters))
        is_whole = metafunc.config.getoption("--all-months")
        metafunc.parametrize(
            "names", [every if is_whole else FEW], ids=["every" if is_whole else "few"]
        )


def runs_of(notebook: Path, home: Path, elsewhere: Path) -> list[Run]:
    """From its own folder where that is in the home, from the home, and from elsewhere."""
    own = [Run(notebook, notebook.parent)] if notebook.is_relative_to(home) else []
    return [*own, Run(notebook, home), Run(notebook, elsewhere, {"home": str(home)})]


def test_they_show_what_the_paper_shows(
    names: tuple[str, ...], whole_home: Path, tmp_path: Path
) -> None:
    folders = (built(whole_home) / "notebooks", SOURCES)
    found = {
        (name, folder): runs_of(folder / f"{name}.ipynb", whole_home, tmp_path)
        for name in names
        for folder in folders
    }
    planned = [run for runs in found.values() for run in runs]
    shown = dict(zip(((r.notebook, r.folder) for r in planned), shown_by(planned), strict=True))
    wrong = [
        f"{run.notebook} in {run.folder}: {_wrong(shown[run.notebook, run.folder], name, folders)}"
        for (name, _), runs in found.items()
        for run in runs
        if shown[run.notebook, run.folder] != kept_blocks(folders[0] / f"{name}.ipynb")
    ]
    assert wrong == []


def _wrong(shown: list[dict[str, str]] | str, name: str, folders: tuple[Path, Path]) -> str:
    if isinstance(shown, str):
        return shown
    kept = kept_blocks(folders[0] / f"{name}.ipynb")
    return (
        f"{len(shown)} blocks of {len(kept)}; other are {[b['id'] for b in shown if b not in kept]}"
    )


def test_a_fault_is_told_in_a_line_below_the_cell(whole_home: Path, tmp_path: Path) -> None:
    notebook, lambeth = SOURCES / "01_summary.ipynb", {"place": "lambeth"}
    folder = tmp_path / "none"
    folder.mkdir()
    unmade, no_home = shown_by(
        [
            Run(notebook, tmp_path, {"home": str(whole_home), **lambeth}),
            Run(notebook, tmp_path, {"home": str(folder)}),
        ]
    )
    assert isinstance(unmade, str)
    assert unmade.startswith("This chapter reads what all others found, and the paper of Lambeth")
    assert isinstance(no_home, str)
    assert no_home.endswith("Give the one that holds params/ and data/.")
    assert "\n" not in unmade + no_home
