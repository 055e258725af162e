"""What a paper says of itself, as a certificate gives it: its population, totals and exceptions.

Taken from the build as it lies there. Nothing of it is believed; the steps of the verification say
what of it holds. What cannot be read is left out, for a step names it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from boardpack.audit.verification.performed_again import Items, records

TOTALS = (
    "annual_budget",
    "ytd_budget",
    "ytd_actual",
    "ytd_variance",
    "forecast_outturn",
    "forecast_variance",
)
"""The totals of the paper's place that say how large a paper is and how it stands."""
MONEY = "GBP"


@dataclass(frozen=True)
class Total:
    """A total of the paper: its id, what it is, and its value in pounds; overspends negative."""

    id: str
    label: str
    pounds: Decimal


@dataclass(frozen=True)
class Exceptional:
    """A check that does not tie out: its id, what it says, and the waiver where one answers."""

    id: str
    said: str
    waiver: str = ""


@dataclass(frozen=True)
class Account:
    """The population of a paper by what is counted, its pounds, its totals and its exceptions.

    `gross` is the sum of the absolute amounts of all figures in pounds, totals beside their parts:
    it measures what was covered, and is no sum of money. `read` is that of figures read from cells.
    """

    population: Mapping[str, int]
    gross: Decimal
    read: Decimal
    totals: tuple[Total, ...]
    stopping: tuple[Exceptional, ...]
    warnings: int
    waived: tuple[Exceptional, ...]

    @property
    def open(self) -> int:
        """How many checks fail and no waiver answers for."""
        return len(self.stopping) + self.warnings


def paper_account(build: Path, place: str) -> Account:
    """The account of a build, of which `place` is the place."""
    figures = records(build, "figures.json", "figures")
    checks = records(build, "checks.json", "checks")
    files = sum(1 for path in build.rglob("*") if path.is_file())
    return _account(figures, checks.values(), files, place)


def _account(
    figures: Items, checks: Collection[Mapping[str, Any]], files: int, place: str
) -> Account:
    cells = [_cells(figure) for figure in figures.values()]
    in_pounds = [figure for figure in figures.values() if figure.get("unit") == MONEY]
    failing = [check for check in checks if check.get("status") == "fail"]
    stopping = [check for check in failing if check.get("severity") == "error"]
    population = {
        "figures": len(figures),
        "figures in pounds": len(in_pounds),
        "figures read from cells": sum(1 for found in cells if found),
        "figures computed": sum(1 for one in figures.values() if "formula" in _source(one)),
        "source cells": sum(map(len, cells)),
        "checks": len(checks),
        "files": files,
    }
    return Account(
        population,
        _gross(in_pounds),
        _gross(figure for figure in in_pounds if _cells(figure)),
        tuple(_totals(figures, place)),
        tuple(map(_exceptional, stopping)),
        len(failing) - len(stopping),
        tuple(_exceptional(check) for check in checks if check.get("status") == "waived"),
    )


def _totals(figures: Mapping[str, Mapping[str, Any]], place: str) -> Iterator[Total]:
    for measure in TOTALS:
        identity = f"position.{place}.total.{measure}"
        value = _pounds(figures.get(identity, {}).get("value"))
        if value is not None:
            yield Total(identity, str(figures[identity].get("label", identity)), value)


def _exceptional(check: Mapping[str, Any]) -> Exceptional:
    said = str(check.get("sentence") or check.get("title") or "")
    return Exceptional(str(check["id"]), said, str(check.get("waiver") or ""))


def _source(figure: Mapping[str, Any]) -> Mapping[str, Any]:
    found = figure.get("source")
    return found if isinstance(found, dict) else {}


def _cells(figure: Mapping[str, Any]) -> list[Any]:
    found = _source(figure).get("cells")
    return found if isinstance(found, list) else []


def _gross(figures: Iterable[Mapping[str, Any]]) -> Decimal:
    values = (_pounds(figure.get("value")) for figure in figures)
    return sum((abs(value) for value in values if value is not None), Decimal(0))


def _pounds(value: object) -> Decimal | None:
    try:
        found = Decimal(value) if isinstance(value, str) else None
    except InvalidOperation:
        return None
    return found if found is None or found.is_finite() else None


UNREAD = _account({}, (), 0, "")
"""The account of a build of which nothing was opened."""
