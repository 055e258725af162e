"""The page of slips: what is noticed, by file and kind; what is not, by size; every slip made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from pathlib import Path

from boardpack.document.numbers import short_money
from outcomes import NOTED, NOTHING, SILENT, Outcome
from slip import CHECK, MONTH, PAGE, READ, REFUSED
from slip_home import PLACE

TEMPLATE = Path(__file__).with_name("slips_page.md")
WAYS = (*REFUSED, *CHECK, PAGE[1], NOTED, NOTHING)
LONGEST = 110
"""Characters of what a refusal says that the table of all slips repeats."""


def slips_page(
    catalogue: Sequence[Outcome],
    chance: Sequence[Outcome],
    possible: tuple[int, int],
    materiality: Decimal,
) -> str:
    """The page in Markdown. `possible` is how many slips of each list there are to make."""
    material = [one for one in chance if one.headline and one.size > materiality]
    held = [one for one in material if one.is_noticed]
    refused = sum(one.came in REFUSED for one in chance)
    silent = [one for one in (*catalogue, *chance) if not one.is_noticed and one.came != NOTHING]
    return TEMPLATE.read_text(encoding="utf-8").format(
        month=f"{MONTH.year} {MONTH.code}",
        place=PLACE.title(),
        materiality=f"£{materiality:,}",
        catalogue=len(catalogue),
        otherwise_listed=_otherwise(catalogue),
        catalogue_by_outcome=_counts(catalogue),
        chance=len(chance),
        declared=possible[0],
        possible=possible[1],
        chance_by_outcome=_counts(chance),
        material=len(material),
        held=len(held),
        share=_share(len(held), len(material)),
        with_refused=_share(len(held) + refused, len(material) + refused),
        refused=refused,
        by_file=_shares(chance, lambda one: one.file, materiality, "file"),
        by_kind=_shares(chance, lambda one: one.kind, materiality, "kind"),
        silent_count=len(silent),
        silent=_silent(silent),
        nothing=_nothing([one for one in (*catalogue, *chance) if one.came == NOTHING]),
        every=_every(catalogue),
    )


def _counts(outcomes: Sequence[Outcome]) -> str:
    """How many slips came to each outcome."""
    ways = dict.fromkeys((*WAYS, *(one.came for one in outcomes)), 0)
    for one in outcomes:
        ways[one.came] += 1
    return _table(("outcome", "slips"), ((way, count) for way, count in ways.items() if count), 1)


def _shares(
    outcomes: Sequence[Outcome],
    group: Callable[[Outcome], str],
    materiality: Decimal,
    heading: str,
) -> str:
    """Of each group: slips, those noticed, and of those that are material, those noticed."""
    rows = []
    for name in sorted({group(one) for one in outcomes}):
        here = [one for one in outcomes if group(one) == name and one.came != NOTHING]
        material = [one for one in here if one.size > materiality]
        noticed, held = (sum(one.is_noticed for one in some) for some in (here, material))
        shares = (_share(noticed, len(here)), len(material), _share(held, len(material)))
        rows.append((name, len(here), *shares))
    heads = (heading, "slips", "noticed", "material and read", "of these noticed")
    return _table(heads, rows, 1)


def _silent(outcomes: Iterable[Outcome]) -> str:
    """What was not noticed, by how much it moves a headline."""
    by_size = sorted(outcomes, key=lambda one: (-one.size, one.file, one.does))
    rows = (
        (
            one.file,
            one.does,
            f"`{one.headline}`" if one.headline else f"{one.figures} figures, no headline",
            short_money(Decimal(one.moved)) if one.headline else "",
            f"{short_money(Decimal(one.page_moved))} in `{one.page_one}`" if one.page_one else "",
            {NOTED: "a note", SILENT: "nothing"}.get(one.came, one.came),
        )
        for one in by_size
    )
    heads = ("file", "what is done", "headline it moves most", "by", "on page 1", "said")
    return _table(heads, rows)


def _otherwise(outcomes: Iterable[Outcome]) -> str:
    """The slips of the catalogue that did not come to what is expected of them."""
    rows = [
        (one.file, one.does, " or ".join(one.expected), one.came, _short(one.by))
        for one in sorted(outcomes, key=lambda one: (one.file, one.does))
        if not one.is_as_expected
    ]
    if not rows:
        return "Each came to what is expected of it."
    told = _table(("file", "how made", "expected", "came", "by"), rows)
    return f"{len(rows)} did not come to what is expected of them:\n\n{told}"


def _nothing(outcomes: Iterable[Outcome]) -> str:
    lines = [f"- {one.file}: {one.does}" for one in outcomes if READ[0] not in one.expected]
    return "\n".join(lines) or "None."


def _every(outcomes: Iterable[Outcome]) -> str:
    rows = (
        (one.kind, one.file, one.does, " or ".join(one.expected), one.came, _short(one.by))
        for one in sorted(outcomes, key=lambda one: (one.file, one.kind, one.does))
    )
    return _table(("kind", "file", "how made", "expected", "came", "by"), rows)


def _short(text: str) -> str:
    """The words after the path of a file, to a length; a table's own sign is left out."""
    told = " ".join(text.replace("|", "/").split())
    told = told.rsplit(f"{MONTH.code}/", 1)[-1]
    return told if len(told) <= LONGEST else f"{told[:LONGEST].rsplit(' ', 1)[0]} …"


def _share(part: int, whole: int) -> str:
    return f"{Decimal(100 * part) / whole:.0f}%" if whole else "-"


def _table(heads: Sequence[str], rows: Iterable[Sequence[object]], numbers_from: int = 99) -> str:
    """A table; columns from a place on hold numbers."""
    rule = ["---:" if place >= numbers_from else "---" for place in range(len(heads))]
    lines = [heads, rule, *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)
