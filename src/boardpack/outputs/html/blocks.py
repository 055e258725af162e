"""Each block of the content model as HTML, for the notebooks and for the book.

Nothing here decides what is said. Every number is a `data` element with its figure's id; text that
came from data is escaped. Tables and charts have an id in the page, the others name their block.
"""

from __future__ import annotations

from html import escape
from typing import assert_never

from boardpack.document.blocks import (
    Block,
    Chart,
    KeyFigure,
    KeyFigures,
    Narrative,
    NotSupplied,
    Picture,
    Table,
    Working,
    Workings,
)
from boardpack.outputs.html.chart import chart_html
from boardpack.outputs.html.number import TONES, number_html
from boardpack.outputs.html.surroundings import NOWHERE, Surroundings
from boardpack.outputs.html.table import table_html
from boardpack.outputs.prose import Values, inline_html, prose_html, text_html


def block_html(block: Block, values: Values | None = None, around: Surroundings = NOWHERE) -> str:
    """The block as HTML; `values` are the exact values, by figure id, of the numbers in prose."""
    exact = values or {}
    match block:
        case Table():
            return table_html(block, exact, around)
        case Chart():
            return chart_html(block, exact, around)
        case Narrative():
            return _narrative(block, exact, around)
        case Picture():
            return _picture(block, exact, around)
        case KeyFigures():
            return _key_figures(block, exact, around)
        case Workings():
            return _workings(block, exact, around)
        case NotSupplied():
            return _not_supplied(block, exact, around)
        case _:
            assert_never(block)


def _narrative(block: Narrative, values: Values, around: Surroundings) -> str:
    prose = prose_html(block.markdown, values)
    if block.voice == "generated":
        return f'<div class="narrative" data-block="{escape(block.id)}">\n{prose}</div>\n'
    return (
        f'<div class="commentary" data-block="{escape(block.id)}">\n'
        f'<p class="voice">Finance team commentary</p>\n{prose}</div>\n'
    )


def _picture(block: Picture, values: Values, around: Surroundings) -> str:
    """A picture of a notebook stands in the page itself, where its scripts, if any, cannot run."""
    over = f"<figcaption>{text_html(block.title, values)}</figcaption>\n" if block.title else ""
    source = f"data:{block.media};base64,{block.data}"
    return (
        f'<figure class="picture" data-block="{escape(block.id)}">\n{over}'
        f'<img src="{source}" alt="{escape(block.alt)}">\n</figure>\n'
    )


def _key_figures(block: KeyFigures, values: Values, around: Surroundings) -> str:
    cards = "".join(_card(item, values, around) for item in block.items)
    return f'<dl class="key-figures" data-block="{escape(block.id)}">\n{cards}</dl>\n'


def _card(item: KeyFigure, values: Values, around: Surroundings) -> str:
    label = around.led(item.chapter, text_html(item.label, values))
    tone = TONES[item.tone]
    said = f'<dd class="tone">{tone}</dd>\n' if tone else ""
    lines = {"moved": item.movement, "context": item.context}
    more = "".join(
        f'<dd class="{name}">{inline_html(line, values)}</dd>\n'
        for name, line in lines.items()
        if line
    )
    return (
        f'<div class="card {item.tone}">\n<dt>{label}</dt>\n'
        f'<dd class="number">{number_html(item.number)}</dd>\n{said}{more}</div>\n'
    )


def _workings(block: Workings, values: Values, around: Surroundings) -> str:
    if not block.rows:
        return ""
    rows = "".join(_working(row) for row in block.rows)
    count = f"{len(block.rows)} figure{'' if len(block.rows) == 1 else 's'}"
    heads = "".join(f'<th scope="col">{h}</th>' for h in ("Figure", "Label", "Value", "Source"))
    return (
        f'<details class="workings" data-block="{escape(block.id)}">\n'
        f"<summary>Workings for auditors ({count})</summary>\n"
        '<section class="table-wrap" aria-label="Workings" tabindex="0">\n'
        f"<table>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n"
        "</section>\n</details>\n"
    )


def _working(row: Working) -> str:
    return (
        f'<tr><th scope="row"><code>{escape(row.figure)}</code></th><td>{escape(row.label)}</td>'
        f'<td class="value">{escape(row.value)}</td><td>{escape(row.source)}</td></tr>\n'
    )


def _not_supplied(block: NotSupplied, values: Values, around: Surroundings) -> str:
    what, why = text_html(block.what, values), inline_html(block.why, values)
    return (
        f'<p class="not-supplied" data-block="{escape(block.id)}"><strong>Not supplied:</strong> '
        f"{what}. {why}</p>\n"
    )
