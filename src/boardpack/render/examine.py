"""A month examined without being rendered: its extracts read, figures computed, checks run."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from boardpack.checks import Check
from boardpack.checks.engine import run_checks
from boardpack.checks.extracts import ARRIVED, RENEWED, check_extracts, extract_check
from boardpack.checks.noticed.figures import noticed_figures, noticed_sentence
from boardpack.checks.noticed.outcomes import noticed
from boardpack.checks.noticed.record import noticed_record
from boardpack.core.home import month_folder
from boardpack.core.home_chapters import own_notebooks
from boardpack.core.params import Paper
from boardpack.figures.chapters import chapters_of, compute
from boardpack.figures.register import Register
from boardpack.reading.file_names import delivered, named_stem
from boardpack.reading.readers import MADE_FROM
from boardpack.render.inputs import check_inputs
from boardpack.render.one_arrival import Arrival


def examine(paper: Paper, arrived: Sequence[Arrival] = ()) -> tuple[Register, tuple[Check, ...]]:
    """The register of every chapter and the checks on it; InputFaults tells all that is wrong.

    What the notebooks of a home keep is made at render: a waiver may be of a check on that. The
    extracts need not be read for faults again where they have `arrived` without any.
    """
    if not arrived:
        check_inputs(paper)
    register = compute(paper, *chapters_of(paper))
    return register, run_checks(register, paper, complete=not own_notebooks(paper.home))


def would_notice(register: Register, checks: Sequence[Check], paper: Paper) -> str:
    """What these checks would notice, in a sentence."""
    record = noticed_record(noticed(register, checks, paper), register, paper)
    return noticed_sentence(Register(noticed_figures(record, paper)))


def unexamined(paper: Paper, arrived: Sequence[Arrival]) -> tuple[Check, ...]:
    """The checks on the extracts as files, where faults in them keep the rest from being made.

    An extract whose absence is one of the faults is left to be told as that, also where a schedule
    lacks the extract that it is made from; so is each where the month has no file at all, and a
    file of last month in which something is wrong for that.
    """
    if not delivered(paper.home, month_folder(paper.month)):
        return ()
    missing = {item.name for item in arrived if item.is_missing}
    named = missing | {MADE_FROM[name] for name in missing if name in MADE_FROM}
    wrong = {named_stem(Path(fault.file)) for item in arrived for fault in item.faults}
    told = {extract_check(name, ARRIVED) for name in named}
    told |= {extract_check(name, RENEWED) for name in wrong}
    return tuple(check for check in check_extracts(paper) if check.id not in told)
