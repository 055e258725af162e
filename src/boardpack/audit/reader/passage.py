"""What is seen of an output, in the order in which it is read."""

from __future__ import annotations

from typing import Literal, NamedTuple

Kind = Literal["text", "row", "chart", "aid", "formula", "file", "look"]
"""What a passage is.

- `text`: visible words: a heading, a paragraph, an item of a list, a label.
- `row`: one row of a table, or of a sheet, one cell each, as printed.
- `chart`: one mark of a chart: its series, its category, the label beside it as printed, and how
  long or how far it is drawn, as a share of the axis.
- `aid`: words that are not on the page: alternative texts, words for screen readers, titles.
- `formula`: what a cell computes, with the result that was stored beside it.
- `file`: an attachment or an embedded file: its name and its SHA-256.
- `look`: what can hide, move or rewrite the rest: a style sheet, a script, a hidden row, an inline
  style: its name and its SHA-256, or what it says.
"""


class Passage(NamedTuple):
    """One thing that a reader meets, and where: `page 3`, `sheet Position, row 7`, `slide 2`.

    Two outputs show the same where their passages are the same, in the same order.
    """

    where: str
    kind: Kind
    cells: tuple[str, ...]
