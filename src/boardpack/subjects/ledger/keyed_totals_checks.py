"""Keyed totals: what a person read from the system's screen, against the file that came."""

from __future__ import annotations

from collections.abc import Iterator

from boardpack.checks.check import Check, in_words
from boardpack.checks.made_again import made_again_as_agreed
from boardpack.checks.patterns import Patterns
from boardpack.core.structure import ICB
from boardpack.figures.chapters import CONTROL as CHAPTER
from boardpack.figures.figure import Figure
from boardpack.reading.folder import Folder
from boardpack.reading.provenance_extract import FILE as PROVENANCE
from boardpack.reading.provenance_extract import without_provenance
from boardpack.subjects.ledger.control import KIND, Control, compare, said_exactly
from boardpack.subjects.ledger.control_figures import KEYED


def check_keyed_totals(patterns: Patterns) -> Iterator[Check]:
    """One check for each keyed total, and whether every extract says where it comes from.

    None for a month without provenance.
    """
    control = Control(patterns, Folder(patterns.paper, corrections=()))
    yield from _keyed(control)
    if control.folder.has(PROVENANCE):
        yield _provenance(control)


def _keyed(control: Control) -> Iterator[Check]:
    """The sum of a column is the total that a person read from the system's screen."""
    for keyed, words in control.patterns.find(f"{CHAPTER}.{ICB}.{{line}}.{{measure}}"):
        column = words["measure"].removesuffix(KEYED)
        total = control.figure(f"{CHAPTER}.{ICB}.{words['line']}.{column}")
        if column == words["measure"] or total is None:
            continue
        yield _held(control, words["line"], column, total, keyed)


@made_again_as_agreed
def _held(control: Control, line: str, column: str, total: Figure, keyed: Figure) -> Check:
    return compare(
        f"keyed.{line}.{column}",
        f"{total.label}, against the total keyed from the system",
        total,
        keyed.value,
        (keyed,),
        meaning=f"the file adds up to {said_exactly(total.value, total.unit)}, and the system's"
        f" screen says {said_exactly(keyed.value, total.unit)}",
        look=control.look(line, column),
    )


def _provenance(control: Control) -> Check:
    missing = without_provenance(control.folder)
    sentence = (
        f"{PROVENANCE} does not say where {', '.join(missing)} came from: add the system, the"
        " report, the run time and the role of who ran it."
    )
    return in_words(
        id=f"{CHAPTER}.provenance",
        title="Every extract says where it comes from",
        kind=KIND,
        severity="warning",
        sentence=sentence if missing else "",
    )
