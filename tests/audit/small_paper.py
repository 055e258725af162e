"""A small paper of its own for the tests of release, bundle, diff and evidence.

One real chapter on real extracts, checks that the test chooses, and outputs that take no time.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from homes import copied

from boardpack.audit.releases.release import Released, prepare, release
from boardpack.checks import Check
from boardpack.core.params import load_paper
from boardpack.core.periods import Month
from boardpack.render import findings, making
from boardpack.render import render as story
from boardpack.render.layout import CHECKOUT, Layout
from boardpack.render.progress import Timed
from boardpack.render.proposal import Person, Proposal
from boardpack.render.status import standing_layout

MONTH = Month(2023, 6)
CHAPTER = "02_position"
TOTAL = "position.bromley.total.ytd_variance"
TOC = f"parts:\n- caption: Board paper\n  chapters:\n  - file: notebooks/{CHAPTER}\n"
COMMENTARY = Path("params/2023-24/M06/bromley/commentary/position.md")
RELEASED = Path("data/released/2023-24/M06/bromley")
PREPARER = Person("Ann Lee", "Finance Manager")
APPROVER = Person("Sam Roy", "Director of Finance")
TAKEN = ("README.md", "LICENSE", "GLOSSARY.md", "requirements.txt", "pyproject.toml")


def small_project(root: Path) -> Path:
    """A project with the real parameters and extracts, one chapter, and no commentary."""
    copied(CHECKOUT, root, "params", "data", "scripts")
    shutil.rmtree(root / COMMENTARY.parent)
    shutil.rmtree(root / COMMENTARY.parents[2] / "icb" / "commentary")
    for name in (*TAKEN, f"notebooks/{CHAPTER}.ipynb"):
        (root / name).parent.mkdir(exist_ok=True)
        shutil.copyfile(CHECKOUT / name, root / name)
    (root / "book").mkdir()
    (root / "book" / "_toc.yml").write_text(TOC)
    return root


def layout_of(root: Path, place: str = "bromley") -> Layout:
    """The paper's folders, with the status that the paper has now."""
    return standing_layout(Layout(root, load_paper(root, MONTH, place)))


def check(status: str = "pass", severity: str = "error") -> Check:
    """A check on the total, with the outcome that a test wants."""
    amounts = (Decimal(2), Decimal(3), Decimal(1))
    return Check("cast.total", "The total casts", "cast", severity, status, *amounts, (TOTAL,))  # type: ignore[arg-type]


def stub_outputs(monkeypatch: pytest.MonkeyPatch, *checks: Check) -> None:
    """Make a render quick: these checks, a page and a PDF that say the paper's status."""

    def page(layout: Layout, *parts: Any, **more: Any) -> tuple[str, ...]:
        (layout.new / "html").mkdir()
        (layout.new / "html" / "index.html").write_text(layout.paper.run.status)
        return ()

    def pdf(layout: Layout, *parts: Any, **more: Any) -> tuple[str, ...]:
        (layout.new / "board-paper.pdf").write_text(layout.paper.run.status)
        return ()

    monkeypatch.setattr(findings, "run_checks", lambda *told, **more: checks)
    monkeypatch.setattr(making, "make_html", page)
    monkeypatch.setattr(making, "make_workbook", lambda *given, **told: ())
    monkeypatch.setattr(making, "make_print", pdf)


def rendered(root: Path, place: str = "bromley") -> Path:
    """The folder of the paper's build, made now."""
    return story.render(layout_of(root, place), False, Timed()).target


def prepared(root: Path, by: Person = PREPARER, reason: str = "") -> Proposal:
    """The paper prepared for release, with a reason where it replaces a version."""
    layout = layout_of(root)
    why = reason or ("A late invoice was added." if layout.paper.version else "")
    return prepare(layout, by, why, Timed())


def released(root: Path) -> Released:
    """The paper prepared by one person and released by another."""
    prepared(root)
    return release(layout_of(root), APPROVER, Timed())


def comment(root: Path, text: str) -> None:
    """Write the team's commentary of the chapter."""
    (root / COMMENTARY).parent.mkdir(exist_ok=True)
    (root / COMMENTARY).write_text(text, encoding="utf-8")


def change_figures(build: Path, change: Callable[[dict[str, Any]], None]) -> None:
    """Rewrite the figures of a build's register in place, one a line as they were."""
    path = build / "figures.json"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    for number, line in enumerate(lines):
        if line.startswith('  {"id"'):
            item = json.loads(line.rstrip().rstrip(","))
            change(item)
            end = ",\n" if line.rstrip().endswith(",") else "\n"
            lines[number] = f"  {json.dumps(item, ensure_ascii=False)}{end}"
    path.write_text("".join(lines), encoding="utf-8", newline="\n")


def rendered_project(root: Path) -> Path:
    """A small project whose paper has been rendered, with one check that agrees."""
    with pytest.MonkeyPatch.context() as patch:
        stub_outputs(patch, check("pass"))
        rendered(small_project(root))
    return root


def build_of(root: Path) -> Path:
    """The folder of the paper's build."""
    return layout_of(root).target
