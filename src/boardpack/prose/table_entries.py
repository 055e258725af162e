"""The numbers of a table in the text: row, column and caption give the subject."""

from __future__ import annotations

import re
from decimal import Decimal

from boardpack.core.params import Paper
from boardpack.prose.claim import Claim
from boardpack.prose.context import Context, measures_of
from boardpack.prose.figure_words import stems
from boardpack.prose.matching import Matcher
from boardpack.prose.nearest_words import Reach
from boardpack.prose.passages import Entry
from boardpack.prose.quantities import Quantity
from boardpack.prose.vocabulary import OVER, frames_of, periods_of, places_of, topics_of

_NUMERIC = re.compile(
    r"(?P<open>\()?(?P<minus>[-−])?\s?(?P<pound>£)?\s?(?P<number>\d[\d,]*(?:\.\d+)?)"
    r"\s?(?P<scale>bn|[km])?(?P<percent>%)?\)?",
    re.IGNORECASE,
)
_UNITS = (
    (re.compile(r"£?\s?['’]?000s?\b|£k\b", re.IGNORECASE), "GBP", 3),
    (re.compile(r"£\s?m(?:illion)?\b", re.IGNORECASE), "GBP", 6),
    (re.compile(r"£"), "GBP", 0),
    (re.compile(r"%|\bper ?cent", re.IGNORECASE), "PCT", 0),
)
_SCALES = {"k": 3, "m": 6, "bn": 9}
_MONEY = frozenset({"variance", "budget", "actual", "forecast"})
_NAMES_ROWS = re.compile(r"(?:no|ref|line|year|month|date|period|page)\.?", re.IGNORECASE)
_TOTAL = re.compile(r"\b(?:total|overall|whole)\b", re.IGNORECASE)
_BROAD = frozenset({"savings", "section75", "programmes"})
"""Subjects whose tables have a row for each of the others."""


def entry_claim(entry: Entry, matcher: Matcher, paper: Paper) -> Claim | None:
    """The claim that a table's number makes; None for a cell that says no quantity."""
    match = _NUMERIC.fullmatch(entry.cell.text)
    if match is None or _NAMES_ROWS.fullmatch(entry.cell.column):
        return None
    quantity = _quantity(match, entry, paper)
    verdict = matcher.judge(quantity, _context(entry, match, paper))
    if not quantity.value and verdict.status == "unsupported":
        return None
    cell = entry.cell
    text = f"{cell.row}, {cell.column}: {cell.text}"
    return Claim(
        cell.line,
        text,
        quantity.value,
        quantity.unit,
        verdict.status,
        verdict.figures,
        verdict.reason,
        cell.text,
        text,
    )


def _quantity(match: re.Match[str], entry: Entry, paper: Paper) -> Quantity:
    unit, power = _unit(match, entry, paper)
    number = Decimal(match["number"].replace(",", ""))
    scale = Decimal(10) ** power
    step = Decimal(1).scaleb(int(number.as_tuple().exponent)) * scale
    return Quantity(0, len(match[0]), match[0], number * scale, step, unit)


def _unit(match: re.Match[str], entry: Entry, paper: Paper) -> tuple[str, int]:
    """The unit and the power of ten: the cell's own, else as its heads say.

    A measure of money without a unit is in £000s, as finance tables are.
    """
    if match["percent"]:
        return "PCT", 0
    if match["scale"]:
        return "GBP", _SCALES[match["scale"].lower()]
    if match["pound"]:
        return "GBP", 0
    cell = entry.cell
    for words in (cell.column, cell.row, entry.caption, entry.heads):
        for pattern, unit, power in _UNITS:
            if pattern.search(words):
                return unit, power
    is_money = _MONEY & measures_of(f"{cell.column} ; {cell.row} ; {entry.caption}", paper)
    return ("GBP", 3) if is_money else ("COUNT", 0)


def _context(entry: Entry, match: re.Match[str], paper: Paper) -> Context:
    cell = entry.cell
    near = f"{cell.row} ; {cell.column}"
    outward = (cell.column, cell.row, entry.caption, *entry.headings)
    topics, reach, wide = _topics(entry)
    place, place_reach = _place(entry, paper)
    kinds = next((found for words in outward[:3] if (found := measures_of(words, paper))), None)
    return Context(
        place=place,
        place_reach=place_reach,
        topics=topics,
        topic_reach=reach,
        wide_topics=wide,
        kinds=kinds or frozenset(),
        frames=next((found for words in outward[:3] if (found := frames_of(words))), frozenset()),
        periods=next(
            (found for words in outward if (found := periods_of(words, paper.month))), frozenset()
        ),
        direction=_direction(match, near) if kinds and "variance" in kinds else 0,
        trend=0,
        bound=0,
        words=stems(" ".join((near, *outward[2:4]))),
        near=stems(near),
        window=near,
        sentence=near,
        is_range=False,
    )


def _topics(entry: Entry) -> tuple[frozenset[str], Reach, frozenset[str]]:
    """The line: the row's and the column's, with the subject of a table that goes by line."""
    own = topics_of(entry.cell.row) | topics_of(entry.cell.column)
    named = (topics_of(words) for words in entry.headings)
    above = next((found for found in named if found), frozenset())
    if own:
        return own | (above & _BROAD), "words", own | above
    if _TOTAL.search(entry.cell.row) or _TOTAL.search(entry.cell.column):
        return above, "words", above
    return above, "heading" if above else "paper", above


def _place(entry: Entry, paper: Paper) -> tuple[str, Reach]:
    """The place: the row's, or that of a column which names no measure, else from above."""
    cell = entry.cell
    column = "" if measures_of(cell.column, paper) else cell.column
    for words in (cell.row, column):
        found = places_of(words, paper.report, paper.place)
        if found:
            return found[0], "words"
    for words in (entry.caption, *entry.earlier_headings):
        found = places_of(words, paper.report, paper.place)
        if found:
            return found[0], "words"
    return paper.place, "paper"


def _direction(match: re.Match[str], heads: str) -> int:
    """-1 where the sign says an overspend: a bracket, or a plain number headed `overspend`."""
    if not Decimal(match["number"].replace(",", "")):
        return 0
    is_negative = bool(match["open"] or match["minus"])
    return 1 if is_negative == bool(OVER.search(heads)) else -1
