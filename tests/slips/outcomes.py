"""What came of a slip: how it was noticed, or that it was not; and which headline it moves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from printed import Printed
from slip import CHECK, PAGE, READ, REFUSED, Slip
from slip_home import Found

NOTED, SILENT, BROKEN, NOTHING = "noted", "silent", "internal fault", READ[0]
"""Told by `check` as a note that stops nothing; not told; a traceback; and nothing to tell."""
NIL = Decimal(0)


@dataclass(frozen=True)
class Outcome:
    """A slip and what came of it. `by` is what noticed it: a refusal's words, or ids of checks.

    `headline` is the figure in pounds that moves most of those that a sentence or a key figure
    prints, and `moved` by how much; `page_one` and `page_moved` are that of page 1 alone.
    """

    kind: str
    file: str
    does: str
    expected: tuple[str, ...]
    came: str
    by: str = ""
    headline: str = ""
    moved: str = "0"
    page_one: str = ""
    page_moved: str = "0"
    figures: int = 0

    @property
    def size(self) -> Decimal:
        """By how many pounds the headline moves; nil where the file is refused."""
        return abs(Decimal(self.moved))

    @property
    def is_noticed(self) -> bool:
        """Whether a reader or whoever runs `check` cannot miss it."""
        return self.came in (*REFUSED, *CHECK, *PAGE)

    @property
    def is_as_expected(self) -> bool:
        """Whether it came as was expected; a file that is refused need not be held by a check."""
        return self.came in self.expected or (
            self.is_noticed and not set(READ) & set(self.expected)
        )

    def to_json(self) -> dict[str, Any]:
        """The outcome for a file of outcomes."""
        return asdict(self)


def outcome_of(slip: Slip, found: Found, clean: Found, headlines: Printed) -> Outcome:
    """What a slip made of the paper of the true month."""
    came, by = _noticed(found, clean)
    now, then = found.figures or {}, clean.figures or {}
    count = sum(now.get(name) != value for name, value in then.items()) if now else 0
    if came in (SILENT, NOTED) and not count:
        came = NOTHING
    headline, moved = _most(headlines.headlines, now, then) if now else ("", NIL)
    page_one, page_moved = _most(headlines.page_one, now, then) if now else ("", NIL)
    told = (slip.kind, slip.file, slip.does, slip.expected, came, by)
    return Outcome(*told, headline, f"{moved:f}", page_one, f"{page_moved:f}", count)


def _noticed(found: Found, clean: Found) -> tuple[str, str]:
    if found.broken:
        return BROKEN, found.broken
    if found.faults:
        return REFUSED[0], found.faults[0]
    failing = sorted({name for name, _ in found.failing - clean.failing})
    if failing:
        return CHECK[0], _listed(failing)
    page = sorted(found.page - clean.page)
    if page:
        return PAGE[1], page[0]
    notes = sorted(found.notes - clean.notes)
    return (NOTED, notes[0]) if notes else (SILENT, "")


def _listed(names: list[str]) -> str:
    more = f" and {len(names) - 2} more" if len(names) > 2 else ""
    return ", ".join(names[:2]) + more


def _most(
    names: Iterable[str], now: dict[str, Decimal], then: dict[str, Decimal]
) -> tuple[str, Decimal]:
    """The figure that moves most, and by how much; one that is gone moves by all that it was."""
    moves = {name: now.get(name, NIL) - then[name] for name in names if name in then}
    most = max(sorted(moves), key=lambda name: abs(moves[name]), default="")
    return (most, moves[most]) if most and moves[most] else ("", NIL)
