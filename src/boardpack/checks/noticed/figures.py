"""What would be noticed, as figures of the assurance chapter, and in one sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from boardpack.checks.noticed.errors import ERRORS, MATERIAL
from boardpack.checks.phrases import and_list
from boardpack.core.money import THOUSAND, digits
from boardpack.core.params import Paper
from boardpack.figures.figure import Figure, SourceCell
from boardpack.figures.labels import slug
from boardpack.figures.register import Register
from boardpack.reading.cells import Cell

FILE = "noticed.json"
CURRENT, EARLIER = "noticed", "noticed_earlier"
_ERROR = f".{CURRENT}.error"
NAMES = {
    CURRENT: "This month's source reports",
    EARLIER: "Earlier months and reference files",
}
LABELS = {
    "error": "the error that is tried",
    "cells": "cells read",
    "money": "money read",
    "money_noticed": "money in which the error would be noticed",
    MATERIAL: "share in which the error would be noticed",
    "ten": "share in which ten times the amount would be noticed",
    "hundred": "share in which a hundred times the amount would be noticed",
    "thousand": "share in which a thousand times the amount would be noticed",
    "sign": "share in which the other sign would be noticed",
    "last_month": "share in which last month's amount would be noticed",
}
MOST_NAMED = 3


def line_of(extract: Mapping[str, Any]) -> str:
    """The line of an extract's figures."""
    whole = CURRENT if extract["is_current"] else EARLIER
    return f"{whole}_{slug(extract['extract'])}"


def noticed_figures(record: Mapping[str, Any], paper: Paper) -> Iterator[Figure]:
    """The figures of a record: the error, then sums and shares in all and for each extract."""
    yield _figure(paper, CURRENT, NAMES[CURRENT], "error", "GBP", record["error"])
    for line, part in ((CURRENT, "current"), (EARLIER, "earlier")):
        yield from _line(paper, line, NAMES[line], record[part])
    for extract in record["extracts"]:
        yield from _line(paper, line_of(extract), extract["extract"], extract)


def _line(paper: Paper, line: str, name: str, sums: Mapping[str, Any]) -> Iterator[Figure]:
    yield _figure(paper, line, name, "cells", "COUNT", sums["cells"])
    if Decimal(sums["money"]):
        for measure in ("money", "money_noticed"):
            yield _figure(paper, line, name, measure, "GBP", sums[measure])
    for error in ERRORS:
        if error in sums["noticed"]:
            yield _figure(paper, line, name, error, "PCT", sums["noticed"][error])


def _figure(paper: Paper, line: str, name: str, measure: str, unit: str, value: Any) -> Figure:
    cell = Cell(FILE, None, 1, measure, str(value))
    return Figure(
        id=f"assurance.{paper.place}.{line}.{measure}",
        label=f"{name}, {LABELS[measure]}",
        value=Decimal(value),
        unit=unit,
        place=paper.place,
        line=line,
        measure=measure,
        period=paper.month.period,
        basis="checks",
        is_estimate=False,
        source=(SourceCell(cell),),
    )


def least_held(register: Register, place: str) -> tuple[str, ...]:
    """The extracts of this month with most money in which an error would go unseen, few of them.

    Those that hold less than a tenth of all that is unseen are not named.
    """
    prefix = f"assurance.{place}.{CURRENT}"
    whole, gaps = Decimal(0), dict[str, Decimal]()
    for figure in register:
        is_sum = figure.id.startswith(prefix) and figure.measure == "money"
        if not is_sum or figure.line.startswith(EARLIER):
            continue
        gap = figure.value - register[f"{figure.id}_noticed"].value
        if figure.line == CURRENT:
            whole = gap
        else:
            gaps[figure.label.removesuffix(f", {LABELS['money']}")] = gap
    named = sorted((name for name in gaps if gaps[name] * 10 >= whole > 0), key=lambda n: -gaps[n])
    return tuple(_lower(name) for name in named[:MOST_NAMED])


def _lower(name: str) -> str:
    """A name inside a sentence; letters that stand for words keep their capitals."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def _in_thousands(value: Decimal) -> str:
    return f"£{digits(value, THOUSAND)}k"


def noticed_sentence(register: Register, said: Callable[[Decimal], str] = _in_thousands) -> str:
    """What stands beside the outcome of the checks wherever it is told in plain text.

    `said` says an amount as the paper does.
    """
    error = next((figure for figure in register if figure.id.endswith(_ERROR)), None)
    prefix = f"assurance.{error.place}.{CURRENT}" if error else ""
    if error is None or f"{prefix}.{MATERIAL}" not in register:
        return "What the checks would notice is not known: no money was read this month."
    share = digits(register[f"{prefix}.{MATERIAL}"].value, places=1)
    names = least_held(register, error.place)
    rest = f" Most of the rest is in {and_list(names)}." if names else ""
    told = (
        f"An error of {said(error.value)} would be noticed in {share}% of the money"
        f" in this month's source reports.{rest}"
    )
    carried = f"assurance.{error.place}.{EARLIER}.{MATERIAL}"
    if carried not in register:
        return told
    earlier = digits(register[carried].value, places=1)
    return (
        f"{told} In what comes from earlier months and reference files it would be noticed in"
        f" {earlier}%."
    )
