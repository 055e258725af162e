"""What changed between two editions of a paper: figures, checks and wording, as readable text.

What weighs most comes first: money by size. Where the two are of different months, a figure keeps
its id and has another period and other cells by nature, so that only its value is compared.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from boardpack.audit.comparison.changed_figures import changed_figures
from boardpack.audit.comparison.sides import Edition, Record, read_edition
from boardpack.core.money import plain
from boardpack.figures.figure import rule_from_json
from boardpack.reading.chosen_rows import chosen_by
from boardpack.reading.release_records import ALTERED

TOLD = (
    "label",
    "unit",
    "place",
    "line",
    "measure",
    "period",
    "basis",
    "is_estimate",
    "suppressed",
    "missing",
)
NO_CHECKS = "Checks are not compared: one of the two keeps none."
NO_WORDING = "Wording is not compared: one of the two keeps none."
OTHER_MONTH = "The two are of different months: periods and sources of figures are not compared."


@dataclass(frozen=True)
class Difference:
    """All that differs, as lines under a heading each; `notes` say what could not be compared."""

    sections: tuple[tuple[str, tuple[str, ...]], ...]
    notes: tuple[str, ...]

    @property
    def is_equal(self) -> bool:
        """Whether nothing differs."""
        return not any(lines for _, lines in self.sections)

    def text(self) -> str:
        """The differences, a heading and its lines at a time."""
        return "\n".join(self.lines())

    def lines(self, most: int | None = None) -> list[str]:
        """The same as lines; of each heading no more than `most`, where that is given."""
        lines: list[str] = []
        for title, found in self.sections:
            if found:
                lines += [f"{title} ({len(found):,})", *(f"  {line}" for line in found[:most])]
        return [*(lines or ["Nothing differs."]), *self.notes]


def diff(before: Path, after: Path) -> Difference:
    """What changed from one edition, a build or a released register, to another."""
    return differences(read_edition(before), read_edition(after))


def differences(before: Edition, after: Edition) -> Difference:
    """The differences of two editions that have been read."""
    altered = (*(f"A: {n}" for n in before.altered), *(f"B: {n}" for n in after.altered))
    notes = [f"{name} {ALTERED}" for name in altered]
    is_other_month = _month_of(before.figures) != _month_of(after.figures)
    sections = [*_figures(before.figures, after.figures, is_other_month)]
    if is_other_month:
        notes.append(OTHER_MONTH)
    if before.checks is None or after.checks is None:
        notes.append(NO_CHECKS)
    else:
        sections.append(("Checks", tuple(_checks(before.checks, after.checks))))
    if before.wording is None or after.wording is None:
        notes.append(NO_WORDING)
    else:
        sections.append(("Wording", tuple(_wording(before.wording, after.wording))))
    return Difference(tuple(sections), tuple(notes))


def _month_of(figures: Mapping[str, Record]) -> str:
    """The month to which most figures are: `2023/24 M06`."""
    periods = (str(item.get("period", "")) for item in figures.values())
    months = Counter(period for period in periods if " M" in period)
    return max(months, key=lambda month: months[month], default="")


def _figures(
    before: Mapping[str, Record], after: Mapping[str, Record], is_other_month: bool
) -> Iterator[tuple[str, tuple[str, ...]]]:
    common = [identity for identity in after if identity in before]
    added = [identity for identity in after if identity not in before]
    removed = [identity for identity in before if identity not in after]
    pairs = [(before[identity], after[identity]) for identity in common]
    moved = [item.figure for item in changed_figures(before, after)]
    yield "Figures changed", tuple(_value(before[name], after[name]) for name in moved)
    yield "Figures added", tuple(_figure(after[identity]) for identity in added)
    yield "Figures removed", tuple(_figure(before[identity]) for identity in removed)
    if not is_other_month:
        yield "Figures told otherwise", tuple(line for pair in pairs for line in _told(*pair))


def _number(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def _value(old: Record, new: Record) -> str:
    was, now = _number(old["value"]), _number(new["value"])
    moved = "" if was is None or now is None else f", difference {_signed(now - was)}"
    return f"{new['id']} ({new['label']}): {_shown(old)} -> {_shown(new)} {new['unit']}{moved}"


def _shown(item: Record) -> str:
    value = _number(item["value"])
    if value is None:
        return "not supplied" if item.get("missing") else "suppressed"
    return f"{Decimal(plain(value)):,f}"


def _signed(value: Decimal) -> str:
    return f"{Decimal(plain(value)):+,f}"


def _figure(item: Record) -> str:
    return f"{item['id']} ({item['label']}): {_shown(item)} {item['unit']}"


def _told(old: Record, new: Record) -> Iterator[str]:
    """Other attributes, and the lineage; a file's hash changes with any cell and is left out."""
    for name in TOLD:
        if old.get(name) != new.get(name):
            yield f"{new['id']}: {name} {old.get(name)!r} -> {new.get(name)!r}"
    was, now = lineage(old), lineage(new)
    if was != now:
        yield f"{new['id']}: source {was} -> {now}"


def lineage(item: Record) -> str:
    """Where a figure comes from, in a line: its formula, or its cells and what was used instead.

    >>> lineage({"source": {"formula": "a.b.c.budget - a.b.c.actual"}})
    '= a.b.c.budget - a.b.c.actual'
    >>> cell = {"file": "ledger.csv", "row": 5, "column": "actual", "used": "900"}
    >>> lineage({"source": {"cells": [cell]}})
    "ledger.csv row 5 actual used as '900'"
    """
    source: Mapping[str, Any] = item["source"]
    if "formula" in source:
        return f"= {source['formula']}"
    return "; ".join(
        f"{cell['file']} row {cell['row']} {cell['column']}"
        + _rows(cell)
        + (f" used as {cell['used']!r}" if cell.get("used") else "")
        for cell in source["cells"]
    )


def _rows(cell: Record) -> str:
    """How many rows a cell stands for, and by which rule; blank for a cell that stands alone."""
    rule = rule_from_json(cell)
    return "" if rule is None else f", {rule.count:,} rows{chosen_by(rule)}"


def _checks(before: Mapping[str, Record], after: Mapping[str, Record]) -> Iterator[str]:
    for identity, check in after.items():
        old = before.get(identity)
        if old is None:
            yield f"{identity} ({check['title']}): new, {check['status']}"
        elif old["status"] != check["status"]:
            yield f"{identity} ({check['title']}): {old['status']} -> {check['status']}"
        elif old["severity"] != check["severity"]:
            yield f"{identity} ({check['title']}): {old['severity']} -> {check['severity']}"
    for identity in before:
        if identity not in after:
            yield f"{identity} ({before[identity]['title']}): no longer made"


def _wording(
    before: Mapping[str, Sequence[str]], after: Mapping[str, Sequence[str]]
) -> Iterator[str]:
    for chapter in sorted({*before, *after}):
        old, new = before.get(chapter, ()), after.get(chapter, ())
        for kind, start, end, first, last in _opcodes(old, new):
            if kind != "equal":
                yield from (f"{chapter} - {text}" for text in old[start:end])
                yield from (f"{chapter} + {text}" for text in new[first:last])


def _opcodes(old: Sequence[str], new: Sequence[str]) -> Sequence[tuple[str, int, int, int, int]]:
    return SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
