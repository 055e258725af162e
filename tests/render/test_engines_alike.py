"""Both engines keep the same chapters: of the ICB's paper a few, and whole papers when asked.

The whole paper of the default month is held to this, with all its outputs, in `test_whole_paper`.
Kernels are slow, so `--all-months` asks for all chapters of the ICB and of a made-up place.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from executed_papers import DEMO, REAL

from boardpack.checks.engine import run_checks
from boardpack.core.params import load_paper
from boardpack.document.content import read_chapter
from boardpack.render.chapters import waves
from boardpack.render.layout import CHECKOUT, Layout
from boardpack.render.notebooks import run_notebooks
from boardpack.render.records import collect_register, write_register
from boardpack_demo.make import make_demo

ONLY_OF_THE_ICB = ("13_prescribing_icb", "15_providers")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Whole papers where they are asked for."""
    is_whole = metafunc.config.getoption("--all-months")
    metafunc.parametrize("name", ["real icb", "demo alderwick"] if is_whole else ["a few"])


def test_both_engines_keep_the_same_chapters(name: str, tmp_path: Path) -> None:
    layout = a_layout(name, tmp_path / "demo")
    told = {"year": layout.paper.month.year_folder, "month": layout.paper.month.code}
    told |= {"place": layout.paper.place, "home": str(layout.paper.home)}
    planned = (ONLY_OF_THE_ICB,) if name == "a few" else waves(layout)
    for names in planned:
        for folder, stock in (tmp_path / "fast", False), (tmp_path / "stock", True):
            run_notebooks(names, told, layout.notebooks, folder, stock)
        fast, slow = texts(tmp_path / "fast"), texts(tmp_path / "stock")
        assert set(fast) >= set(names)
        assert [one for one in fast if fast[one] != slow[one]] == []
        if names != planned[-1]:
            told["register"] = str(found(layout, list(fast), tmp_path))


def a_layout(name: str, demo: Path) -> Layout:
    """The folders of a paper; the made-up one is written first."""
    if name != "demo alderwick":
        return Layout(CHECKOUT, load_paper(CHECKOUT, REAL, "icb"))
    make_demo(demo, months=DEMO.number)
    return Layout(CHECKOUT, load_paper(demo, DEMO, "alderwick"))


def texts(folder: Path) -> dict[str, str]:
    """Every notebook of a folder."""
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted(folder.iterdir())}


def found(layout: Layout, names: Sequence[str], folder: Path) -> Path:
    """What the chapters found, where the next wave of either engine reads it."""
    kept = (folder / "fast" / f"{name}.ipynb" for name in names)
    chapters = (read_chapter(path.stem, json.loads(path.read_text("utf-8"))) for path in kept)
    register = collect_register(chapters)
    checks = [check.to_json() for check in run_checks(register, layout.paper, complete=False)]
    write_register(folder / "register", layout.paper, register, checks)
    return folder / "register"
