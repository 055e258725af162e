"""The distinct points behind the open failures: each failure of its own, and what it explains."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

CheckRecord = Mapping[str, Any]
"""A check as `Check.to_json` gives it."""


@dataclass(frozen=True)
class Point:
    """A failure of its own, and the failures that would be settled with it."""

    check: CheckRecord
    follows: tuple[CheckRecord, ...]

    @property
    def stops_release(self) -> bool:
        """Whether the paper cannot be released while this point is open."""
        return any(check["severity"] == "error" for check in (self.check, *self.follows))

    @property
    def size(self) -> Decimal:
        """The largest difference of the point, in its figure's unit; nil where none is known."""
        found = (check["difference"] for check in (self.check, *self.follows))
        return max((abs(Decimal(text)) for text in found if text is not None), default=Decimal(0))

    @property
    def explanation(self) -> str:
        """The likely cause, or what the failure means where arithmetic shows no slip."""
        return str(self.check.get("cause") or _meaning(self.check))


def distinct_points(checks: Sequence[CheckRecord]) -> tuple[Point, ...]:
    """The points of the open failures, the weightiest first: what stops a release, then by size.

    A failure whose root is not open, because somebody has answered for it, is a point of its own.

    >>> def failed(identity: str, root: str | None = None) -> CheckRecord:
    ...     found = {"id": identity, "status": "fail", "severity": "error", "root": root}
    ...     return {**found, "difference": "50", "figures": []}
    >>> points = distinct_points([failed("total"), failed("share", root="total")])
    >>> [(point.check["id"], len(point.follows)) for point in points]
    [('total', 1)]
    """
    failed = [check for check in checks if check["status"] == "fail"]
    ids = {check["id"] for check in failed}
    found = [
        Point(check, tuple(other for other in failed if other.get("root") == check["id"]))
        for check in failed
        if check.get("root") not in ids
    ]
    return tuple(sorted(found, key=lambda point: (not point.stops_release, -point.size)))


def _meaning(check: CheckRecord) -> str:
    if check["kind"] == "plausibility":
        return "For the finance team to answer."
    if check["kind"] == "duty":
        return "A duty that is not met at this date."
    return "No slip explains it: ask which is right."
