"""What the risks chapter shows: each risk by its own amount, ranked, with who answers for it.

A column that the extract fills for no risk is left out; the narrative says once which are lacking.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from boardpack.core.params import in_print
from boardpack.core.structure import ICB
from boardpack.document.blocks import Cell, Column, Narrative, NotSupplied, Row, Table
from boardpack.document.chapter import ChapterPaper
from boardpack.document.wording import cell_text
from boardpack.reading.extract import Row as Record
from boardpack.reading.folder import Folder
from boardpack.subjects.forecast.risks_extract import (
    BEST,
    DIRECTION,
    GROSS,
    PROBABILITY,
    REVIEW,
    WORST,
    read_risks,
)
from boardpack.subjects.forecast.risks_figures import NET, RISKS, risk_line

AMOUNTS = {
    PROBABILITY: Column("Likelihood"),
    BEST: Column("Best", group="Impact"),
    GROSS: Column("Likely", group="Impact"),
    WORST: Column("Worst", group="Impact"),
    NET: Column("Expected"),
}
WORDS = {
    DIRECTION: Column("Direction", "left"),
    "mitigation": Column("What is being done", "left"),
    "owner_role": Column("Owner", "left"),
    REVIEW: Column("Review", "left"),
}
NONE = {"mitigation": "Nothing stated", "owner_role": "No owner named"}
AN_AMOUNT, BOTH_ENDS = "an amount in pounds", "a best and a worst amount"
WANTED = {
    "a likelihood": PROBABILITY,
    AN_AMOUNT: GROSS,
    BOTH_ENDS: BEST,
    "a direction": DIRECTION,
    "a date of review": REVIEW,
}
"""What a board asks of each risk beside its words, its owner and what is done about it."""
SUMMED = (BEST, GROSS, WORST, NET)
EXPECTED = (
    "Expected is the likely amount weighted by its likelihood, less what the mitigation takes off."
    " Risks stand in its order."
)


def risks_narrative(paper: ChapterPaper) -> Narrative | None:
    """How many risks there are, what they come to, and what the extract does not say of them.

    None where the month brought no risk at all.
    """
    if not read_risks(Folder(paper.paper)).rows:
        return None
    found = ranked_risks(paper, paper.place)
    lacking = [words for words, name in WANTED.items() if not any(_has(r, name) for r in found)]
    if AN_AMOUNT in lacking:
        lacking.remove(BOTH_ENDS)
    return paper.narrate("risks", risks=found, lacking=lacking)


def risks_table(paper: ChapterPaper) -> Table | NotSupplied:
    """The risks of this paper's place."""
    return _table(paper, "risks-place", f"Risks to the {paper.place_name} position", paper.place)


def icb_risks_table(paper: ChapterPaper) -> Table | NotSupplied | None:
    """The risks that the ICB carries for all its places; None in the ICB's own paper."""
    if paper.place == ICB:
        return None
    return _table(paper, "risks-icb", "Risks to the position of all places together", ICB)


def risks_of(paper: ChapterPaper, place: str = "") -> Sequence[Record]:
    """The risks of a place, as the extract lists them: of the paper's own unless named."""
    return read_risks(Folder(paper.paper)).only(place=place or paper.place)


def ranked_risks(paper: ChapterPaper, place: str) -> list[Record]:
    """The risks of a place, what is expected to cost the most first; those without amounts last."""
    return sorted(risks_of(paper, place), key=lambda record: _rank(paper, place, record))


def risk_figure(place: str, record: Record, measure: str) -> str:
    """The name of a figure of a risk."""
    return f"forecast.{place}.{risk_line(record)}.{measure}"


def _rank(paper: ChapterPaper, place: str, record: Record) -> tuple[bool, Decimal]:
    name = risk_figure(place, record, NET)
    if not paper.supplied(name):
        return True, Decimal(0)
    return False, -paper.figure(name).value


def _has(record: Record, name: str) -> bool:
    return name in record.amounts or bool(record.words.get(name))


def _table(paper: ChapterPaper, id: str, caption: str, place: str) -> Table | NotSupplied:
    records = ranked_risks(paper, place)
    if not records:
        return paper.not_supplied(caption)
    amounts = [n for n in AMOUNTS if any(_amount(paper, place, r, n) for r in records)]
    words = [n for n in WORDS if n in NONE or any(_has(r, n) for r in records)]
    columns = (Column("Risk", "left"), *(AMOUNTS[n] for n in amounts), *(WORDS[n] for n in words))
    rows = [
        Row(
            (
                cell_text(record["risk"]),
                *(_amount(paper, place, record, name) for name in amounts),
                *(_words(record, name) for name in words),
            )
        )
        for record in records
    ]
    if len(rows) > 1 and amounts:
        total = (_total(paper, place, name) for name in amounts)
        rows.append(Row(("Total", *total, *("" for _ in words)), "total"))
    notes = (EXPECTED,) if amounts else ()
    return Table(id, caption, columns, tuple(rows), "£000s" if amounts else "", notes)


def _amount(paper: ChapterPaper, place: str, record: Record, measure: str) -> Cell:
    name = risk_figure(place, record, measure)
    style = "percent" if measure == PROBABILITY else "thousands"
    return paper.number(name, style) if paper.supplied(name) else ""


def _total(paper: ChapterPaper, place: str, measure: str) -> Cell:
    name = f"forecast.{place}.{RISKS}.{measure}"
    is_known = measure in SUMMED and paper.supplied(name)
    return paper.number(name, "thousands") if is_known else ""


def _words(record: Record, name: str) -> str:
    said = cell_text(record.words.get(name, ""))
    if name == REVIEW and said:
        return in_print(dt.date.fromisoformat(said))
    return (said.capitalize() if name == DIRECTION else said) or NONE.get(name, "")
