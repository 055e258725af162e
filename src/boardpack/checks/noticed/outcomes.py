"""Every error in every input, and the control that would notice it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from boardpack.checks.check import Check
from boardpack.checks.engine import run_checks
from boardpack.checks.last_month import last_month
from boardpack.checks.noticed.errors import ERRORS, MATERIAL
from boardpack.checks.noticed.inputs import Input, inputs_of
from boardpack.checks.noticed.moves import moves
from boardpack.checks.noticed.watching import Watching
from boardpack.core.params import Paper
from boardpack.figures.chapters import chapters_of, compute
from boardpack.figures.register import Register


@dataclass(frozen=True)
class Outcome:
    """One input, and for each error that can be made in it the control that would notice it.

    Blank where none would; an error that cannot be made, or cannot matter, is left out.
    """

    given: Input
    noticed: Mapping[str, str]

    def is_unheld(self, error: str = MATERIAL) -> bool:
        """Whether this error could be made and would go unseen."""
        return self.noticed.get(error) == ""


@dataclass(frozen=True)
class Noticed:
    """What the checks of a paper would notice; `material` is the error in pounds."""

    material: Decimal
    outcomes: tuple[Outcome, ...]


def noticed(register: Register, checks: Sequence[Check], paper: Paper) -> Noticed:
    """What would be noticed of an error in each input; the material amount is the report's own.

    That is the least from which the paper owes an explanation, whatever a line's budget.
    """
    material = paper.report.materiality.amount
    last = {identity: then.value for identity, then in last_month(paper).items()}
    watching = Watching(register, checks, material)
    return Noticed(
        material,
        tuple(
            Outcome(given, _noticed(given, watching, register, material, last))
            for given in inputs_of(register)
        ),
    )


def _noticed(
    given: Input,
    watching: Watching,
    register: Register,
    material: Decimal,
    last: Mapping[str, Decimal],
) -> dict[str, str]:
    tried = {error: moves(given, error, register, material, last) for error in ERRORS}
    return {error: watching.noticed_by(given, ways) for error, ways in tried.items() if ways}


def unheld(
    paper: Paper,
    register: Register | None = None,
    checks: Sequence[Check] | None = None,
    error: str = MATERIAL,
) -> tuple[Input, ...]:
    """The inputs in which an error would go unseen, the largest first.

    Each has its file, column and rows, and the figures read from it. The register and the checks
    are computed where they are not given.
    """
    register = compute(paper, *chapters_of(paper)) if register is None else register
    checks = run_checks(register, paper) if checks is None else checks
    found = noticed(register, checks, paper).outcomes
    return tuple(outcome.given for outcome in largest(found) if outcome.is_unheld(error))


def largest(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """Outcomes by the size of their input, money before counts and shares."""
    return sorted(outcomes, key=lambda one: (not one.given.is_money, -abs(one.given.amount)))
