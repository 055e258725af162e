"""Whole papers whose chapters are executed and of which no output is made: what they say."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from homes import copied_home

from boardpack.checks.engine import run_checks
from boardpack.core.params import Paper, load_paper
from boardpack.core.periods import Month
from boardpack.document.content import Part
from boardpack.figures.register import Register
from boardpack.prose.claim import Claim
from boardpack.prose.notebook_claims import held_claims
from boardpack.render.chapters import read_chapters, read_parts, waves
from boardpack.render.held_words import hold_words
from boardpack.render.layout import CHECKOUT, Layout
from boardpack.render.notebooks import run_notebooks
from boardpack.render.records import collect_register, write_register
from boardpack_demo.icb import START
from boardpack_demo.make import make_demo

REAL, DEMO = Month(2023, 6), Month(START, 7)
MONTHS = {
    "real": REAL,
    "first": Month(START, 1),
    "sixth": Month(START, 6),
    "demo": DEMO,
    "finished": Month(START, 12),
}


@dataclass(frozen=True)
class Executed:
    """A paper, what its chapters show, the figures they found, and words that no figure bears."""

    paper: Paper
    parts: tuple[Part, ...]
    register: Register
    claims: dict[str, list[Claim]]


class Runner:
    """Runs papers by name, `real bromley`, `demo alderwick` or `finished icb`, each once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.done: dict[str, Executed] = {}

    def __call__(self, name: str) -> Executed:
        """The paper of that name."""
        if name not in self.done:
            kind, place = name.split()
            month = MONTHS[kind]
            home = self._real() if kind == "real" else self._demo(month)
            self.done[name] = executed(load_paper(home, month, place))
        return self.done[name]

    def _real(self) -> Path:
        return copied_home(CHECKOUT, self.folder / "real")

    def _demo(self, month: Month) -> Path:
        home = self.folder / f"demo {month.number}"
        if not home.exists():
            make_demo(home, months=month.number)
        return home


def executed(paper: Paper) -> Executed:
    """The chapters of a paper, each run as a render runs it, and its register."""
    layout = Layout(CHECKOUT, paper)
    told = {"year": paper.month.year_folder, "month": paper.month.code, "place": paper.place}
    told["home"] = str(paper.home)
    planned = waves(layout)
    run: set[str] = set()
    for names in planned:
        run_notebooks(names, told, layout.notebooks, layout.executed)
        run |= set(names)
        hold_words(layout, names, run)
        register = collect_register(read_chapters(layout, run))
        checks = run_checks(register, paper, complete=names == planned[-1])
        records = [check.to_json() for check in checks]
        write_register(layout.register, paper, register, records)
        told["register"] = str(layout.register)
    return Executed(paper, read_parts(layout), register, held_claims(layout.executed))
