"""A check: what was expected, what was found, and what the difference means."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, Literal

from boardpack.core.money import plain
from boardpack.figures.register import Register

Status = Literal["pass", "rounding", "fail", "waived", "documented", "not_applicable"]
Severity = Literal["error", "warning"]


def outcome(apart: Decimal, allowed: Decimal) -> Status:
    """What a difference means, where rounding alone may part the two by `allowed`.

    >>> outcome(Decimal(0), Decimal(1500)), outcome(Decimal(1500), Decimal(1500))
    ('pass', 'rounding')
    >>> outcome(Decimal(1501), Decimal(1500))
    'fail'
    """
    if not apart:
        return "pass"
    return "rounding" if apart <= allowed else "fail"


@dataclass(frozen=True)
class Check:
    """One comparison. Amounts are in the figures' unit; `sentence` tells a reader the outcome.

    An open failure of severity `error` stops a release; a `warning` must be read, not mended.
    `cause` is what would explain a failure, where arithmetic shows it. `root` is the id of another
    failing check that this one follows from; None for a failure of its own. `again` makes the same
    comparison on other values of the same figures (see `checks.made_again`); None where nothing
    does.

    >>> found = in_words("a.b", "Names are known", "file", "warning", "Row 3 names no place.")
    >>> found.is_open, found.to_json()["status"]
    (True, 'fail')
    """

    id: str
    title: str
    kind: str
    severity: Severity
    status: Status
    expected: Decimal | None
    actual: Decimal | None
    tolerance: Decimal
    figures: tuple[str, ...]
    sentence: str = ""
    waiver: str | None = None
    cause: str = ""
    root: str | None = None
    again: Callable[[Register], Check | None] | None = field(
        default=None, compare=False, repr=False
    )

    @property
    def difference(self) -> Decimal | None:
        """Actual less expected; None where nothing could be compared."""
        if self.expected is None or self.actual is None:
            return None
        return self.actual - self.expected

    @property
    def is_open(self) -> bool:
        """Whether the check failed and nobody has answered for it."""
        return self.status == "fail"

    def waived(self, reason: str) -> Check:
        """The same check, answered for."""
        return replace(self, status="waived", waiver=reason)

    def documented(self, why: str) -> Check:
        """The same check where a correction alone makes it differ: listed, and not open."""
        return replace(self, status="documented", cause=why)

    def to_json(self) -> dict[str, Any]:
        """The check as it stands in `checks.json`; numbers are strings."""
        return {
            "id": self.id,
            "title": self.title,
            "kind": self.kind,
            "severity": self.severity,
            "status": self.status,
            "expected": _text(self.expected),
            "actual": _text(self.actual),
            "difference": _text(self.difference),
            "tolerance": plain(self.tolerance),
            "figures": list(self.figures),
            "sentence": self.sentence,
            "cause": self.cause,
            "root": self.root,
            "waiver": self.waiver,
        }


def check_from_json(item: Mapping[str, Any]) -> Check:
    """The check that `to_json` wrote.

    >>> check = in_words("a.b", "Names are known", "file", "error", "Row 3 names no place.")
    >>> check_from_json(check.to_json()) == check
    True
    """
    return Check(
        id=item["id"],
        title=item["title"],
        kind=item["kind"],
        severity=item["severity"],
        status=item["status"],
        expected=_amount(item["expected"]),
        actual=_amount(item["actual"]),
        tolerance=Decimal(item["tolerance"]),
        figures=tuple(item["figures"]),
        sentence=item.get("sentence", ""),
        waiver=item.get("waiver"),
        cause=item.get("cause", ""),
        root=item.get("root"),
    )


def not_applicable(id: str, title: str, kind: str, why: str) -> Check:
    """A rule that this month or place gives no figures for: listed, with the reason.

    >>> not_applicable("a.b", "Phasing adds up", "identity", "no phasing is supplied.").sentence
    'Not checked: no phasing is supplied.'
    """
    nil = Decimal(0)
    return Check(
        id, title, kind, "warning", "not_applicable", None, None, nil, (), f"Not checked: {why}"
    )


def in_words(
    id: str, title: str, kind: str, severity: Severity, sentence: str, cause: str = ""
) -> Check:
    """A rule that compares no two amounts: it fails where a sentence says what is wrong.

    >>> in_words("a.b", "Names are known", "file", "error", "").status
    'pass'
    >>> in_words("a.b", "Names are known", "file", "error", "Row 3 names no place.").status
    'fail'
    """
    status: Status = "fail" if sentence else "pass"
    nil, why = Decimal(0), cause if sentence else ""
    return Check(id, title, kind, severity, status, None, None, nil, (), sentence, cause=why)


def _amount(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _text(value: Decimal | None) -> str | None:
    return None if value is None else plain(value)
