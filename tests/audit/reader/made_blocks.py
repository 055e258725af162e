"""A build of a few made blocks, as plain JSON, and the passages that an honest output shows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from boardpack.audit.reader.expected import Expected, read_expected
from boardpack.audit.reader.passage import Kind, Passage

MIME = "application/vnd.boardpack+json"
Json = dict[str, Any]


def number(text: str, value: str, words: str | None = None, adverse: bool = False) -> Json:
    """A number of a block."""
    named = {"figure": "made.figure", "text": text, "value": value}
    return {**named, "words": words, "adverse": adverse}


def short(thousands: int) -> Json:
    """An overspend in thousands, in brackets."""
    return number(f"({thousands:,})", f"-{thousands}000", f"minus {thousands:,}", True)


TABLE: Json = {
    "kind": "table",
    "id": "made-position",
    "caption": "Position, Bromley",
    "unit": "£000s",
    "columns": [
        {"label": "", "align": "left", "group": None},
        {"label": "Budget", "align": "right", "group": "To date"},
        {"label": "Variance", "align": "right", "group": "To date"},
        {"label": "Forecast", "align": "right", "group": None},
    ],
    "rows": [
        {"kind": "heading", "cells": ["Care"]},
        {"kind": "line", "cells": ["Prescribing", number("23,100", "23100000"), short(2213), ""]},
        {"kind": "line", "cells": ["Acute", number("900", "900000"), number("18", "18000"), "-"]},
        {"kind": "total", "cells": ["Total", number("24,000", "24000000"), short(2195), ""]},
    ],
    "notes": ["Growth is 9.6% of it."],
}
OTHER: Json = {
    **TABLE,
    "id": "made-other",
    "caption": "Position, Bexley",
    "rows": [{"kind": "line", "cells": ["Prescribing", number("1", "1000"), short(7), ""]}],
    "notes": [],
}
WORDS: Json = {
    "kind": "narrative",
    "id": "made-words",
    "markdown": "**Bromley is ⟦made.figure|£2.2m overspent⟧.** It was ⟦made.figure|(1,326)⟧.\n\n"
    "- One thing\n- Another of ⟦made.figure|18⟧\n",
    "voice": "generated",
}
CARDS: Json = {
    "kind": "key_figures",
    "id": "made-cards",
    "items": [
        {
            "label": "Year to date",
            "number": number("£2.2m over", "-2195000", None, True),
            "context": "⟦made.figure|9.6% over budget⟧",
            "movement": "",
            "tone": "bad",
            "chapter": "",
        }
    ],
}
BARS: Json = {
    "kind": "chart",
    "id": "made-bars",
    "shape": "bar",
    "title": "Prescribing is over",
    "alt": "Prescribing minus 2,213; Acute 18 (£000s).",
    "categories": ["Prescribing", "Acute"],
    "series": [{"name": "Variance", "values": [short(2213), number("18", "18000")]}],
    "unit": "£000s",
    "scale": "1000",
    "target": None,
    "target_label": "",
    "steps": "added",
    "panel": "bar",
}
BLOCKS = (WORDS, CARDS, TABLE, OTHER, BARS)


def made_build(folder: Path, *blocks: Json) -> Path:
    """A build with one notebook that shows these blocks below a heading."""
    cells: list[Json] = [{"cell_type": "markdown", "source": "# Where it stands"}]
    cells += [
        {"cell_type": "code", "source": "", "outputs": [{"data": {MIME: block}}]}
        for block in blocks
    ]
    (folder / "notebooks").mkdir(parents=True)
    text = json.dumps({"cells": cells}, ensure_ascii=False)
    (folder / "notebooks" / "02_made.ipynb").write_text(text, encoding="utf-8")
    return folder


def made(folder: Path, *blocks: Json) -> Expected:
    """What outputs of these blocks must show; of all made blocks where none are given."""
    return read_expected(made_build(folder, *(blocks or BLOCKS)))


def honest() -> list[Passage]:
    """What a reader of an honest output of all blocks meets."""
    return [
        text("Where it stands"),
        text("Bromley is £2.2m overspent. It was (1,326)."),
        text("One thing"),
        text("Another of 18"),
        row("Year to date", "! £2.2m over", "! Adverse", "9.6% over budget"),
        text("Position, Bromley, £000s"),
        row("", "To date", "To date", "Forecast"),
        row("", "Budget", "Variance", "Forecast"),
        row("Care", "Care", "Care", "Care"),
        row("Prescribing", "23,100", "(2,213)", ""),
        Passage("page", "aid", ("(2,213)", "minus 2,213, adverse")),
        row("Acute", "900", "18", "-"),
        row("Total", "24,000", "(2,195)", ""),
        text("Growth is 9.6% of it."),
        row("", "To date", "To date", "Forecast"),
        row("", "Budget", "Variance", "Forecast"),
        row("Prescribing", "1", "(7)", ""),
        text("Prescribing is over"),
        Passage("page", "aid", ("Prescribing minus 2,213; Acute 18 (£000s).",)),
        mark("", "Prescribing", "(2,213)", "0.900 to 0.100"),
        mark("", "Acute", "18", "0.900 to 0.907"),
        text("Page 1 of 2"),
    ]


def text(words: str) -> Passage:
    """A paragraph."""
    return _passage("text", words)


def row(*cells: str) -> Passage:
    """A row of a table."""
    return _passage("row", *cells)


def mark(series: str, category: str, label: str, extent: str) -> Passage:
    """A mark of a chart."""
    return _passage("chart", series, category, label, extent)


def _passage(kind: Kind, *cells: str) -> Passage:
    return Passage("page", kind, cells)
