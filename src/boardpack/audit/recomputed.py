"""The second implementation as steps of a verification: source cells, and headlines recomputed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from boardpack.audit.finding import Finding, Step
from boardpack.audit.performed import Items
from boardpack.audit.sealed import Sealed
from boardpack.audit.seals import withheld_note
from boardpack.audit.second_cells import wrong_cells
from boardpack.audit.second_headlines import differing, headlines
from boardpack.audit.second_reading import Month
from boardpack.errors import BoardpackError
from boardpack.params import load_paper

AGAIN = ("Second implementation", "headline figures recomputed")


def recomputed(sealed: Sealed, figures: Items) -> list[Step]:
    """Source cells looked up and headlines recomputed, as far as inputs are not withheld.

    Headlines draw on every extract; without one they would come out otherwise, and prove nothing.
    """
    look = partial(_cells, sealed)
    cells = _step("Source cells", "source cells looked up", look, sealed, figures)
    note, complete = withheld_note(sealed)
    again = _step(*AGAIN, _again, sealed, figures) if complete else undone(*AGAIN, note)
    return [replace(cells, note=note, complete=complete), again]


def undone(name: str, counted: str, why: str) -> Step:
    """A step that was not done; no finding, but the verification is partial."""
    return Step(name, 0, counted, (), f"Not done: {why[0].lower()}{why[1:]}", complete=False)


Looked = Callable[[Month, Items], tuple[int, list[Finding]]]


def _step(name: str, counted: str, look: Looked, sealed: Sealed, figures: Items) -> Step:
    """A step of the second implementation; extracts it cannot read are a finding."""
    try:
        count, findings = look(_month(sealed), figures)
    except BoardpackError as error:
        count, findings = 0, [Finding(name, str(error).splitlines()[0])]
    except (ArithmeticError, AttributeError, LookupError, OSError, TypeError, ValueError) as error:
        said = f"could not be done a second time: {type(error).__name__}: {error}."
        count, findings = 0, [Finding(name, said)]
    return Step(name, count, counted, tuple(findings))


def _month(sealed: Sealed) -> Month:
    """What the second implementation is told: where the month is, and the places' slugs."""
    if sealed.month is None or not sealed.place:
        raise BoardpackError("The manifest does not say which month of which place it is.")
    paper = load_paper(sealed.home, sealed.month, sealed.place)
    month = sealed.month
    places = tuple(paper.report.places)
    return Month(sealed.home, month.year_folder, month.number, sealed.place, places)


def _cells(sealed: Sealed, month: Month, figures: Items) -> tuple[int, list[Finding]]:
    count, wrong = wrong_cells(month.home, figures, sealed.withheld)
    return count, [Finding(figure, said) for figure, said in wrong]


def _again(month: Month, figures: Items) -> tuple[int, list[Finding]]:
    found = headlines(month)
    values = {name: item.get("value") for name, item in figures.items()}
    told = differing(found, values)
    findings = [
        Finding(name, f"the register says {said}; recomputed a second time it is {value}.")
        for name, (said, value) in told.items()
    ]
    return len(found.keys() & values.keys()), findings
