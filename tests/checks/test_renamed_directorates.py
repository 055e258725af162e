"""A body whose directorates bear other keys has the same figures and checks, under those keys."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from homes import PROJECT, RUN, copied_home

from boardpack.audit.second.headlines import differing, headlines
from boardpack.audit.verification.recomputed import told_month
from boardpack.checks.engine import run_checks
from boardpack.core.home import REPORT
from boardpack.core.money import plain
from boardpack.core.params import Paper, load_paper
from boardpack.core.periods import parse_month
from boardpack.core.roles import ROLES
from boardpack.figures.chapters import NEEDS, compute
from boardpack.figures.register import Register

KEYS = {line: f"division_{role}" for role, line in ROLES.items()}
BY_KEY = ("position", "overview", "savings", "forecast")


def _paper(target: Path, *, renamed: bool) -> Paper:
    """The real month on its own, with no earlier paper; its directorates under other keys."""
    home = copied_home(PROJECT, target)
    shutil.rmtree(home / "data/released")
    run, report = home / RUN, home / REPORT
    run.write_text(re.sub(r"compare_with: .*", "compare_with: []", run.read_text()))
    if renamed:
        text = report.read_text()
        for line, key in KEYS.items():
            text = text.replace(f"\n  {line}: ", f"\n  {key}: ")
        roles = "".join(f"  {role}: {KEYS[line]}\n" for role, line in ROLES.items())
        report.write_text(f"{text}roles:\n{roles}")
    return load_paper(home, parse_month("2023-24", "M06"))


def _as_before(identity: str) -> str:
    """An id with the key that the project has for the directorate."""
    for line, key in KEYS.items():
        identity = identity.replace(key, line)
    return identity


@pytest.fixture(scope="module")
def registers(tmp_path_factory: pytest.TempPathFactory) -> dict[bool, tuple[Paper, Register]]:
    """The month with the project's keys, and with other keys."""
    found = {}
    for renamed in (False, True):
        paper = _paper(tmp_path_factory.mktemp("renamed") / "home", renamed=renamed)
        found[renamed] = (paper, compute(paper, *NEEDS))
    return found


def test_every_figure_is_there_under_its_key(
    registers: dict[bool, tuple[Paper, Register]],
) -> None:
    usual, other = ({_as_before(f.id): f.value for f in registers[r][1]} for r in (False, True))
    assert usual == other
    assert f"position.bromley.{KEYS['prescribing']}.ytd_variance" in registers[True][1]
    assert registers[True][1].find("position.bromley.prescribing.ytd_variance") is None


def test_every_check_is_made_and_has_its_outcome(
    registers: dict[bool, tuple[Paper, Register]],
) -> None:
    usual, other = (
        {
            _as_before(check.id): check.status
            for check in run_checks(register, paper, complete=False)
        }
        for paper, register in (registers[False], registers[True])
    )
    assert usual == other


def test_the_second_implementation_follows(
    registers: dict[bool, tuple[Paper, Register]],
) -> None:
    paper, register = registers[True]
    found = headlines(told_month(paper))
    values = {figure.id: plain(figure.value) for figure in register}
    assert differing(found, values) == {}
    usual = headlines(told_month(registers[False][0]))
    assert {_as_before(name) for name in found} == set(usual)
