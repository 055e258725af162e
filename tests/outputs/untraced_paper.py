"""A small paper whose numbers no figure stands behind, as a draft and once they are accepted."""

from __future__ import annotations

from boardpack.document.blocks import (
    Chart,
    Column,
    KeyFigure,
    KeyFigures,
    Row,
    Series,
    Table,
    untraced,
)
from boardpack.document.content import Chapter, Heading, Part
from boardpack.document.untraced import marked_untraced

TYPED = untraced("(7.5)", "-7.5", "minus 7.5")
TABLE = Table(
    "beds", "Beds", (Column("Ward", "left"), Column("Change")), (Row(("Oak", TYPED)),), "beds"
)
CHART = Chart(
    "beds-chart", "bar", "Beds fall", "One bar.", ("Oak",), (Series("x", (TYPED,)),), "beds"
)
CARDS = KeyFigures("heads", tuple(KeyFigure(n, TYPED, "since spring") for n in ("Beds", "Nurses")))
SAID = "† No figure stands behind this number."
CHARTED = "† 1 of 1 numbers untraced"


def parts(is_draft: bool) -> tuple[Part, ...]:
    """The position chapter, which has a slide, with untraced numbers in each kind of block."""
    blocks = (CARDS, TABLE, CHART)
    shown = [one for block in blocks for one in (marked_untraced(block) if is_draft else (block,))]
    summary = Chapter("01_summary", "Summary", (Heading(1, "Summary"), shown[0]))
    position = Chapter("02_position", "Position", (Heading(1, "Position"), *shown[1:]))
    return (Part("Board paper", (summary, position)),)


DRAFT, ACCEPTED = parts(True), parts(False)
