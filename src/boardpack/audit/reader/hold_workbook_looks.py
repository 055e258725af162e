"""What may not be in a workbook or on slides: all that hides, covers, moves, or leads away."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from boardpack.audit.reader.hold_about import hold_properties
from boardpack.audit.reader.passage import Passage
from boardpack.audit.reader.words import plain, says_something

Finding = tuple[str, str]
LEAST_CONTRAST, LEAST_SIZE = 3.0, 6.0
"""Below this contrast, or this size in points, words are hardly seen."""
_ODD = ("struck out", "superscript", "subscript", "shrunk", "turned", "filling", "formula hidden")
_MAIN = (
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml",
)


def contrast(one: str, other: str) -> float | None:
    """How far two colours (RRGGBB) are apart, from 1 to 21; None where one is no plain colour."""
    first, second = _light(one), _light(other)
    if first is None or second is None:
        return None
    return (max(first, second) + 0.05) / (min(first, second) + 0.05)


def hold_workbook_looks(passages: Sequence[Passage], sheets: Iterable[str]) -> Iterator[Finding]:
    """What hides or leads away in a workbook of these sheets."""
    names = set(sheets)
    for one in passages:
        if one.kind == "file":
            yield one.where, f"holds the file {one.cells[0]}, which no paper's workbook does."
        elif one.kind == "look" and (said := _workbook_look(one.cells, names)):
            yield one.where, said
        elif one.kind == "aid" and one.cells[0] == "drawing":
            yield one.where, f"has something drawn upon it: {' '.join(one.cells[1:]).strip()}."
        elif one.kind == "text" and not _is_footer(*one.cells):
            yield one.where, f"says {one.cells[-1]!r}, which the paper does not."
    yield from hold_properties(passages)


def _is_footer(kind: str, text: str = "") -> bool:
    """The paper's title and status, and the page's number."""
    words = plain(re.sub(r"&[LCRPN]", " ", text).replace("&&", "&"))
    return kind == "oddFooter" and not says_something(words)


def _workbook_look(cells: tuple[str, ...], names: set[str]) -> str:
    kind, *told = cells
    known: dict[str, Callable[[list[str]], str]] = {
        "kind": lambda told: "" if told[0] in _MAIN else f"is said to be {told[0]}.",
        "style": _style,
        "rule": _rule,
        "leads to": lambda told: _link(told[0], names),
        "filter": lambda told: "" if len(told) < 2 else "is filtered, so that rows are hidden.",
        "opens at": lambda told: "" if "activeTab 0" in told or told[0][:1] != "a" else _OPENS,
    }
    if kind in ("sheet", "name", "theme", "merged"):
        return ""
    if kind in known:
        return known[kind](told)
    return f"has what no paper's workbook has: {' '.join((kind, *told)).strip()}."


_OPENS = "opens at another sheet than the first."


def _style(told: list[str]) -> str:
    _, ink, ground, size, manner = told
    apart = contrast(ink, ground)
    if apart is None:
        return f"is set in {ink} on {ground}, of which it cannot be said that it is seen."
    if apart < LEAST_CONTRAST:
        return f"is set in #{ink} on #{ground}, which is hardly seen."
    if float(size) < LEAST_SIZE:
        return f"is set in {size} points, which is hardly seen."
    odd = [word for word in _ODD if word in manner]
    return f"is {odd[0]}." if odd else ""


def _rule(told: list[str]) -> str:
    """A conditional format may colour what is adverse, and do no more."""
    kind, _, *look = told
    if len(look) < 5 or len(look) > 5 or not kind.startswith("cellIs"):
        return f"has a conditional format of another sort than the paper's: {kind}."
    code, ink, ground, size, manner = look
    apart = contrast(ink, "FFFFFF") if ink else LEAST_CONTRAST
    is_plain = not (code or ground or size or manner.replace("bold", ""))
    if is_plain and apart is not None and apart >= LEAST_CONTRAST:
        return ""
    return "has a conditional format that changes more than a colour, or hides what it colours."


def _link(target: str, names: set[str]) -> str:
    sheet = target.rpartition("!")[0].strip("'").replace("''", "'")
    return "" if sheet in names else f"leads to {target}, which is no sheet of this workbook."


def _light(colour: str) -> float | None:
    """The relative luminance of a colour, as WCAG reckons it."""
    try:
        channels = [int(colour[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    except ValueError:
        return None
    if len(colour) != 6:
        return None
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
