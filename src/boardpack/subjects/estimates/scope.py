"""Where estimates stand in the register, and what share of their line they are."""

from __future__ import annotations

from boardpack.core.structure import ICB
from boardpack.figures.draft import Draft
from boardpack.figures.labels import slug
from boardpack.figures.scope import Scope
from boardpack.reading.extract import Row
from boardpack.subjects.estimates.extract import ENDS, read_estimates

__all__ = ["CARE", "CHAPTER", "ENDS", "MONTHS", "ROLE_OF", "TOTAL"]

CHAPTER = "estimates"
MONTHS, CARE, TOTAL = "prescribing_months", "chc_month", "total"
ROLE_OF = {MONTHS: "prescribing", CARE: "continuing_care"}
"""The role of the directorate that an estimate is a part of."""
LABELS = {MONTHS: "prescribing months without data", CARE: "care of the latest month"}


def estimate_scope(draft: Draft, place: str, line: str, label: str = "") -> Scope:
    """The scope of an estimate of the year to date."""
    name = draft.paper.report.place_name(place)
    said = f"{name}, {label or LABELS[line]}"
    return draft.scope(CHAPTER, place, line, said, basis="estimate").at(is_estimate=True)


def keyed_line(row: Row) -> str:
    """The line of an estimate that the team keys: its reference."""
    return f"ref_{slug(row['ref'])}"


def keyed_scope(draft: Draft, row: Row) -> Scope:
    """The scope of an estimate that the team keys."""
    label = f"{row['directorate']}, estimate {row['ref']}"
    return estimate_scope(draft, row["place"], keyed_line(row), label)


def share_of_line(draft: Draft, scope: Scope, directorate: str) -> None:
    """What share of its directorate's actual to date in the ledger an estimate is, in per cent."""
    ledger = f"position.{scope.place}.{directorate}.ytd_actual"
    if draft.has(ledger) and draft.agreed(ledger).value > 0:
        scope.derive("share_of_line", f"amount / {ledger} * 100", "PCT")


def lines_of(draft: Draft, place: str, measure: str) -> list[str]:
    """The lines of a place that have a measure, as beginnings of ids; for the ICB, all keyed.

    One whose measure is absent is among them: without it the others are not all.
    """
    computed = [f"{CHAPTER}.{place}.{line}" for line in (MONTHS, CARE)]
    keyed = [
        f"{CHAPTER}.{row['place']}.{keyed_line(row)}"
        for row in read_estimates(draft.folder)
        if place in (ICB, row["place"])
    ]
    return [line for line in (*computed, *keyed) if draft.knows(f"{line}.{measure}")]
