"""Whether any check would notice that some figures are others.

A check notices where its outcome changes between agreeing and not, or where it fails either way and
what it reports moves by the material amount. Only checks that rest on a moved figure are made
again, the surest control first, and the first that notices settles it. A check whose two sides move
together never changes: that is how one that proves nothing shows itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from boardpack.checks.check import Check
from boardpack.checks.likely_causes import without_causes
from boardpack.checks.noticed.inputs import Input
from boardpack.checks.repairs import is_question
from boardpack.figures.figure import Figure
from boardpack.figures.formula import FormulaError, operands
from boardpack.figures.moved_register import MovedRegister, Users
from boardpack.figures.register import Register

AGREES = ("pass", "rounding")
CONTROLS = (
    "control total",
    "agreement",
    "printed total",
    "released register",
    "bound",
    "plausibility",
    "duty",
)
"""What kinds of control there are, the surest first."""
_BY_KIND = {
    "control total": "control total",
    "same quantity in two tables": "agreement",
    "earlier paper": "released register",
    "plausibility": "plausibility",
    "duty": "duty",
}
_BY_PREFIX = {"roll": "released register", "plausible.within": "bound"}


def control_of(check: Check) -> str:
    """What kind of control a check is; one that compares with what a source prints by default."""
    for prefix, control in _BY_PREFIX.items():
        if check.id.startswith(f"{prefix}."):
            return control
    return _BY_KIND.get(check.kind, "printed total")


@dataclass(frozen=True)
class Known:
    """A check as it stands: its outcome on the figures as they are, and what it looks up."""

    check: Check
    before: Check
    control: str
    looks_at: frozenset[str]


class _Looking(MovedRegister):
    """Notes which figures a check looks up."""

    def __init__(self, register: Register) -> None:
        super().__init__(register, {}, frozenset())
        self.seen: set[str] = set()

    def __getitem__(self, identity: str) -> Figure:
        self.seen.add(identity)
        return super().__getitem__(identity)


class Watching:
    """The checks of a register, ready to be asked what they would notice."""

    def __init__(self, register: Register, checks: Sequence[Check], material: Decimal) -> None:
        self._register, self._material = register, material
        self._users = Users(register)
        self._last: tuple[Input, frozenset[str], list[int]] | None = None
        self._on: dict[str, list[int]] = defaultdict(list)
        found = filter(None, (_known(register, check) for check in checks))
        self._known = sorted(found, key=lambda one: CONTROLS.index(one.control))
        for place, one in enumerate(self._known):
            for identity in one.looks_at:
                self._on[identity].append(place)

    def noticed_by(self, given: Input, ways: Sequence[Mapping[str, Decimal]]) -> str:
        """The kind of control that would notice every one of these; blank where one goes unseen."""
        touched, resting = self._reach(given)
        worst = -1
        for values in ways:
            register = MovedRegister(self._register, values, touched)
            # what noticed the one way is likely to notice the other
            first = [worst] if worst >= 0 else []
            worst = next((p for p in (*first, *resting) if self._notices(p, register, given)), -1)
            if worst < 0:
                return ""
        return self._known[worst].control if ways else ""

    def _reach(self, given: Input) -> tuple[frozenset[str], list[int]]:
        """The figures that an input reaches, and the places of the checks that rest on them.

        Every error is tried in one input after another, so that the last answer is kept.
        """
        if self._last is None or self._last[0] is not given:
            touched = self._users.touched(given.figures)
            resting = sorted({place for one in touched for place in self._on.get(one, ())})
            if not given.is_named:
                known = self._known
                resting = [place for place in resting if self._is_apart(known[place], given.file)]
            self._last = given, touched, resting
        return self._last[1:]

    def _notices(self, place: int, register: Register, given: Input) -> bool:
        known = self._known[place]
        try:
            with without_causes():
                after = known.check.again(register) if known.check.again else None
        except (ArithmeticError, FormulaError):
            return False  # it cannot be computed so, and says nothing
        if after is None:
            return False
        if _agrees(known.before) != _agrees(after):
            return True
        return not _agrees(after) and self._moves(known.before, after)

    def _moves(self, before: Check, after: Check) -> bool:
        """Whether a failure reports another amount of money, by what is material or more."""
        if is_question(before) or before.difference is None or after.difference is None:
            return False
        is_money = self._register[before.figures[0]].unit == "GBP"
        return is_money and abs(after.difference - before.difference) >= self._material

    def _is_apart(self, known: Known, file: str) -> bool:
        """Whether a side of a check rests on something else than unnamed rows of the file.

        Nobody can tell which of the sums over such rows an error would move, so that a comparison
        of two of them proves nothing.
        """
        return not all(file in self._unnamed(one) for one in known.check.figures)

    def _unnamed(self, identity: str) -> frozenset[str]:
        return self._files.get(identity, frozenset())

    @cached_property
    def _files(self) -> dict[str, frozenset[str]]:
        """The files of whose unnamed rows each figure is made, at any remove."""
        found: dict[str, frozenset[str]] = {}
        for figure in self._register:  # each after what it is computed from
            if figure.formula is not None:
                parts = (found.get(one, frozenset()) for one in operands(figure.formula))
                found[figure.id] = frozenset().union(*parts)
            else:
                unnamed = (i for i in figure.cells if i.method is not None and not i.lines)
                found[figure.id] = frozenset(item.cell.file for item in unnamed)
        return found


def _agrees(check: Check) -> bool:
    return check.status in AGREES


def _known(register: Register, check: Check) -> Known | None:
    """A check made once more on the figures as they are; None where it cannot be, or rests on none.

    A waiver or a documented correction answers for a failure, which it still is.
    """
    if check.again is None:
        return None
    looking = _Looking(register)
    with suppress(ArithmeticError, FormulaError):
        before = check.again(looking)
        if before is not None:
            return Known(check, before, control_of(check), frozenset(looking.seen))
    return None
