"""What a version of a paper changes of the one that it replaces: the headline amounts, by size."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from boardpack.core.params import Paper
from boardpack.figures.figure import Figure
from boardpack.figures.prior import agreed_values, prior_figure
from boardpack.figures.register import Register
from boardpack.reading.released import ReleasedFigure, read_version

CHAPTER = "assurance"
REPLACED, CHANGE = "replaced", "changed_by"
HEADLINES = {
    "position": ("ytd_variance", "forecast_variance"),
    "savings": ("ytd_variance", "full_year_variance"),
    "efficiency": ("ytd_variance", "full_year_variance"),
    "adjustments": ("adjusted_ytd_variance", "adjusted_forecast_variance"),
}
"""What counts as a headline: of the ledger, of savings, and of the ledger with the entries."""
WHOLE = ("savings", "efficiency", "adjustments")
"""The chapters of which the total alone is a headline."""


def version_figures(register: Register, paper: Paper) -> Iterator[Figure]:
    """Each headline amount that the replaced version had otherwise, and by how much it changed.

    Nothing in a first version. The amounts that changed the most come first.
    """
    if paper.version is None:
        return
    book = Register(register)
    replaced = read_version(paper, paper.month, paper.version.replaces)
    agreed = agreed_values(paper, replaced, paper.month)
    pairs = [_entered(book, then, paper) for then in agreed if _is_headline(then, book, paper)]
    for pair in sorted(pairs, key=lambda pair: -abs(pair[1].value)):
        yield from pair if pair[1].value else ()


def _is_headline(then: ReleasedFigure, register: Register, paper: Paper) -> bool:
    chapter, place, *rest = then.id.split(".")
    if place != paper.place or len(rest) != 2 or then.measure not in HEADLINES.get(chapter, ()):
        return False
    if chapter == "efficiency" and then.id.replace(chapter, "savings", 1) in register:
        return False  # the place's own tracker tells the same savings
    return (chapter not in WHOLE or then.line == "total") and then.id in register


def _entered(book: Register, then: ReleasedFigure, paper: Paper) -> tuple[Figure, Figure]:
    now = book.agreed(then.id)
    scope = f"{CHAPTER}.{then.place}.{then.id.split('.', 1)[0]}_{then.line}_{then.measure}"
    version = paper.version.replaces if paper.version else 0
    label = f"{now.label}, in version {version}"
    published = prior_figure(paper, then, paper.month)
    before = replace(published, id=f"{scope}.{REPLACED}", label=label, measure=REPLACED)
    change = replace(
        now,
        id=f"{scope}.{CHANGE}",
        label=f"{now.label}, change from version {version}",
        measure=CHANGE,
        source=f"{now.id} - {before.id}",
    )
    return book.add(before), book.derive(change)
