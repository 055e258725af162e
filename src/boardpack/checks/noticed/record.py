"""What would be noticed, by extract, and the list of what would not: as data for every reader."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from decimal import ROUND_DOWN, Decimal
from pathlib import PurePosixPath
from typing import Any

from boardpack.checks.noticed.errors import ERRORS, MATERIAL
from boardpack.checks.noticed.outcomes import Noticed, Outcome, largest
from boardpack.checks.noticed.watching import CONTROLS
from boardpack.core.money import plain
from boardpack.core.params import Paper
from boardpack.figures.labels import capital, measure_label
from boardpack.figures.register import Register
from boardpack.reading.release_records import RELEASED

SCHEMA = "boardpack/noticed/1"
RAW = ("data", "raw")
TENTH = Decimal("0.1")
NAMES = {
    "epd": "Prescribing items",
    "mhis_return": "Mental health investment return",
    "section75": "Section 75",
    "stated": "Amounts stated in words",
    "spend_over_25k": "Spend over £25k",
}
"""What a reader calls an extract whose file says it badly, or in letters."""
CARE = "chc_", "continuing healthcare "


def noticed_record(found: Noticed, register: Register, paper: Paper) -> dict[str, Any]:
    """The record: by extract and in all, then every input in which an error would go unseen.

    Money is in pounds, shares in per cent of the money that an error was tried in; of an extract
    without money, of its inputs. Numbers are text.
    """
    groups: dict[tuple[bool, str], list[Outcome]] = defaultdict(list)
    for outcome in found.outcomes:
        groups[_where(outcome.given.file, paper)].append(outcome)
    current = [one for (is_now, _), group in groups.items() for one in group if is_now]
    earlier = [one for (is_now, _), group in groups.items() for one in group if not is_now]
    extracts = [
        {"extract": name, "is_current": is_now, **_sums(group)}
        for (is_now, name), group in groups.items()
    ]
    return {
        "schema": SCHEMA,
        "error": plain(found.material),
        "current": _sums(current),
        "earlier": _sums(earlier),
        "extracts": sorted(extracts, key=_by_what_is_unheld),
        "unheld": [_unheld(one, register, paper) for one in largest(found.outcomes) if _any(one)],
    }


def _any(outcome: Outcome) -> bool:
    return any(control == "" for control in outcome.noticed.values())


def _by_what_is_unheld(extract: dict[str, Any]) -> tuple[bool, Decimal, str]:
    gap = Decimal(extract["money"]) - Decimal(extract["money_noticed"])
    return not extract["is_current"], -gap, extract["extract"]


def _sums(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    money = sum((_money(one) for one in outcomes), Decimal(0))
    seen = [one for one in outcomes if one.noticed.get(MATERIAL)]
    by: Counter[str] = Counter()
    for one in outcomes:
        if control := next(filter(None, one.noticed.values()), ""):  # of the smallest error
            by[control] += _money(one) or Decimal(1)  # type: ignore[assignment]
    return {
        "cells": sum(one.given.cells for one in outcomes),
        "inputs": len(outcomes),
        "money": plain(money),
        "money_noticed": plain(sum((_money(one) for one in seen), Decimal(0))),
        "noticed": {
            error: plain(share)
            for error in ERRORS
            if (share := _share(outcomes, error, bool(money))) is not None
        },
        "by": sorted(by, key=lambda control: (-by[control], CONTROLS.index(control))),
    }


def _money(outcome: Outcome) -> Decimal:
    return abs(outcome.given.amount) if outcome.given.is_money else Decimal(0)


def _share(outcomes: Sequence[Outcome], error: str, in_money: bool) -> Decimal | None:
    """The share in which an error would be noticed, never rounded up; None where none was tried."""
    tried = [one for one in outcomes if error in one.noticed]
    whole = _weight(tried, in_money)
    if not whole:
        return None
    seen = _weight([one for one in tried if one.noticed[error]], in_money)
    return (100 * seen / whole).quantize(TENTH, ROUND_DOWN)


def _weight(outcomes: Iterable[Outcome], in_money: bool) -> Decimal:
    return sum((_money(one) if in_money else Decimal(1) for one in outcomes), Decimal(0))


def _where(file: str, paper: Paper) -> tuple[bool, str]:
    """Whether a file is of this month's folder, and what a reader calls it."""
    path = PurePosixPath(file)
    if path.is_relative_to(RELEASED.as_posix()):
        year, month = path.relative_to(RELEASED.as_posix()).parts[:2]
        return False, f"Papers published for {month} {year}"
    stem = path.stem.lower()
    name = NAMES.get(stem) or capital(measure_label(stem.replace(*CARE)))
    if path.parts[: len(RAW)] == RAW:
        year, month = path.parts[len(RAW) : len(RAW) + 2]
        is_now = (year, month) == (paper.month.year_folder, paper.month.code)
        return is_now, name if is_now else f"{name} of {month} {year}"
    return False, name


def _unheld(outcome: Outcome, register: Register, paper: Paper) -> dict[str, Any]:
    """An input and the errors in it that would go unseen.

    The rows are those of the file; an amount at client or item level is never of one row.
    """
    given, first = outcome.given, register[outcome.given.figures[0]]
    return {
        "extract": _where(given.file, paper)[1],
        "file": given.file,
        "column": given.column,
        "rows": list(given.rows),
        "figures": list(given.figures),
        "label": first.label,
        "unit": given.unit,
        "amount": plain(abs(given.amount)),
        "errors": [error for error, control in outcome.noticed.items() if control == ""],
    }
