"""A number in HTML: tagged with its figure, and its bad news said without colour alone."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from boardpack.document.blocks import Cell, Number, Tone
from boardpack.outputs.prose import Values, data_html, text_html

TONES: Mapping[Tone, str] = {
    "good": "✓ Favourable",
    "bad": "! Adverse",
    "amber": "! Adverse",
    "slight": "Adverse, not material",
    "neutral": "",
}
FLAG = '<span class="flag" aria-hidden="true">!</span>'


def number_html(number: Number) -> str:
    """A number as a `data` element, with words for readers who do not see it.

    An adverse number is bold and red, or as its grade says; where no brackets mark it, a flag does.
    The words are no text of the page: a program that reads the cell, or a copy of it, has what is
    printed and no more.

    >>> number_html(Number("(2,213)", "a.b.c.d", "-2212865", "minus 2,213", adverse=True))
    '<span aria-hidden="true"><data value="-2212865" data-figure="a.b.c.d" class="adverse
    bracketed">(2,213)</data></span><span class="spoken" data-words="minus 2,213, adverse"></span>'
    """
    data = data_html(number.figure, number.text, number.value, _classes(number))
    if number.words is not None:
        seen = f'<span aria-hidden="true">{data}</span>'
        return _flagged(number) + seen + spoken(_with_adverse(number, number.words))
    return _flagged(number) + data + (spoken(" (adverse)") if number.adverse else "")


def cell_html(cell: Cell, values: Values) -> str:
    """A table cell: a number, or plain text with markers.

    >>> cell_html("Acute < community", {})
    'Acute &lt; community'
    """
    return number_html(cell) if isinstance(cell, Number) else text_html(cell, values)


def spoken(words: str) -> str:
    """Words that a screen reader says in this place, which the style sheet brings onto the page.

    >>> spoken("minus 2,213")
    '<span class="spoken" data-words="minus 2,213"></span>'
    """
    return f'<span class="spoken" data-words="{escape(words)}"></span>'


def hidden(words: str) -> str:
    """Words for screen readers only.

    >>> hidden("adverse")
    '<span class="visually-hidden">adverse</span>'
    """
    return f'<span class="visually-hidden">{escape(words)}</span>'


def _classes(number: Number) -> str:
    is_amber = number.adverse and number.grade == "amber"
    found = {"adverse": number.is_red, "amber": is_amber, "bracketed": number.text.endswith(")")}
    return " ".join(name for name, applies in found.items() if applies)


def _flagged(number: Number) -> str:
    return FLAG if number.adverse and not number.text.startswith("(") else ""


def _with_adverse(number: Number, words: str) -> str:
    return f"{words}, adverse" if number.adverse else words
