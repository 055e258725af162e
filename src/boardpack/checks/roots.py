"""Which failures follow from another: one wrong number makes every total above it differ too.

A failure offers repairs: the other of its two numbers in place of the one. A failure that a repair
of an earlier one settles is its consequence; what is left are the distinct points.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from boardpack.checks.check import Check
from boardpack.checks.phrases import base, name, said, with_cell
from boardpack.checks.repairs import Tree
from boardpack.core.structure import ICB
from boardpack.figures.register import Register

ORDER = ("printed", "cast", "cross", "agreement", "released", "registers", "roll", "whole", "blank")
ALIKE = ("plausible.average",)
"""Rules about how something is counted: what they find at several places is one point."""


def with_roots(register: Register, checks: Sequence[Check]) -> tuple[Check, ...]:
    """The checks, each consequence pointing to the failure that it follows from.

    One that has its root already keeps it.
    """
    tree = Tree(register)
    failed = [c for c in checks if c.is_open and c.actual is not None and c.figures and not c.root]
    failed.sort(key=lambda check: (_is_local(check), tree.depth(check), _rank(check)))
    points = Points(tree)
    for check in failed:
        points.place(check)
    return tuple(points.told(check) for check in checks)


@dataclass
class Points:
    """The failures sorted so far: those of their own, and those that follow from one of them."""

    tree: Tree
    own: list[Check] = field(default_factory=list)
    roots: dict[str, str] = field(default_factory=dict)
    suspects: dict[str, Counter[tuple[str, Decimal]]] = field(default_factory=dict)

    def place(self, check: Check) -> None:
        """Put a failure beneath the one that it follows from, or among those of their own."""
        for earlier in self.own:
            settling = [r for r in self.tree.repairs(earlier) if self.tree.settles(r, check)]
            if settling or _is_alike(earlier, check) or self.tree.is_same_gain(earlier, check):
                self.roots[check.id] = earlier.id
                found = self.suspects.setdefault(earlier.id, Counter())
                found.update(item for repair in settling for item in repair.items())
                return
        self.own.append(check)

    def told(self, check: Check) -> Check:
        """A check with its root; a root with the one number that would explain what follows."""
        if check.id in self.roots:
            return replace(check, root=self.roots[check.id], cause="")
        if check.cause or check.id not in self.suspects:
            return check
        return replace(check, cause=self._suspect(check))

    def _suspect(self, check: Check) -> str:
        found = self.suspects[check.id].most_common(1)
        compared = {base(identity) for identity in check.figures}
        if not found or base(found[0][0][0]) in compared:
            return ""
        (identity, value), count = found[0]
        figure = self.tree.register[identity]
        others = "another check" if count == 1 else f"{count} other checks"
        return (
            f"This would be explained by {name(figure)} being {said(value, figure.unit)} instead of"
            f" {with_cell(figure)}: {others} would then agree too."
        )


def _is_alike(one: Check, other: Check) -> bool:
    """Whether two are one point: one rule at several places, or two duties missed by one amount."""
    if one.kind == other.kind == "duty":
        return one.difference == other.difference
    return any(one.id.startswith(f"{rule}.") and other.id.startswith(f"{rule}.") for rule in ALIKE)


def _is_local(check: Check) -> bool:
    """Whether a check is one place's share of a point that the ICB has too."""
    is_alike = any(check.id.startswith(f"{rule}.") for rule in ALIKE)
    return is_alike and f".{ICB}." not in check.id


def _rank(check: Check) -> int:
    prefix = check.id.split(".", 1)[0]
    return ORDER.index(prefix) if prefix in ORDER else len(ORDER)
