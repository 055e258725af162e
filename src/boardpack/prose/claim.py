"""A claim: one quantity or comparison that a sentence makes, and what the figures say of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from boardpack.core.money import plain

Status = Literal["supported", "rounding", "contradicted", "unsupported", "stated"]
STATUSES: tuple[Status, ...] = ("supported", "rounding", "contradicted", "unsupported", "stated")
SCHEMA = "boardpack/claims/1"


@dataclass(frozen=True)
class Claim:
    """One claim. `line` is the text's own line, from 1; `text` the words it was read from.

    `value` is in the unit (pounds, per cent, a count), without the sign that a direction word
    gives; None for a comparison, a direction or a size without a number. `figures` are the ids that
    support it or that say otherwise, the nearest first. `mark` are the words that a reader of the
    text itself is shown, within `line`; empty where they are all of `text`. `sentence` is the whole
    sentence, on one line; of a table's cell, its row and column with what it says.
    """

    line: int
    text: str
    value: Decimal | None
    unit: str
    status: Status
    figures: tuple[str, ...] = ()
    reason: str = ""
    mark: str = ""
    sentence: str = ""

    def to_json(self) -> dict[str, Any]:
        """The claim as `--json` writes it; numbers are strings."""
        return {
            "line": self.line,
            "text": self.text,
            "value": None if self.value is None else plain(self.value),
            "unit": self.unit,
            "status": self.status,
            "figures": list(self.figures),
            "reason": self.reason,
        }


def claims_json(claims: Iterable[Claim]) -> dict[str, Any]:
    """All claims of a text, as the interface file has them.

    >>> claim = Claim(1, "£2m over", Decimal(2_000_000), "GBP", "supported", "", ("a.b.c.d",))
    >>> claims_json([claim])["claims"][0]["value"]
    '2000000'
    """
    return {"schema": SCHEMA, "claims": [claim.to_json() for claim in claims]}


def count_by_status(claims: Iterable[Claim]) -> dict[Status, int]:
    """How many claims have each status; every status is there.

    >>> claim = Claim(1, "£2m over", Decimal(2_000_000), "GBP", "supported", "", ())
    >>> count_by_status([claim])["supported"], count_by_status([claim])["contradicted"]
    (1, 0)
    """
    found = Counter(claim.status for claim in claims)
    return {status: found[status] for status in STATUSES}
