"""A Great Tables object that a notebook shows, as a table of the paper.

What it prints is taken as Great Tables formats it; the number behind a cell is the frame's element.
Carried are title, subtitle, spanners, column labels, alignment, stub, row groups, summary rows,
source notes and footnotes. Colours and fonts are the house's own. There is no way in to what Great
Tables has built but its own modules; `great-tables` is locked, and tests hold each of these ways.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pandas as pd
from great_tables import GT, _modify_rows
from great_tables._locations import LocBody, LocStub
from great_tables._text import BaseText

from boardpack.document.blocks import Cell, Column, Row, Table
from boardpack.document.chapter import SUPPRESSED
from boardpack.document.plain_outputs import CannotCarry
from boardpack.document.wording import plain_text
from boardpack.figures.labels import capital, chapter_label
from boardpack.notebook.cells import (
    Said,
    is_figure,
    is_missing,
    is_number,
    kind_of,
    label_of,
    shown_cell,
    words_of,
    words_of_html,
)
from boardpack.notebook.frames_shown import figures_of
from boardpack.notebook.named_figures import Made, Spot
from boardpack.notebook.withheld import NOTE, withheld_cells

NOTHING = ("", "<NA>", "&lt;NA&gt;", "nan", "NaN", "None", "NaT")
"""What Great Tables prints for nothing, unless `sub_missing` says otherwise."""


class SummaryText(str):
    """What a summary row prints, with the element behind it, which Great Tables forgets."""

    __slots__ = ("element",)
    element: Any


def keep_summary_elements() -> None:
    """Have Great Tables keep the element behind each number of its summary rows."""
    plain: Callable[..., tuple[dict[str, Any], Any]] = _modify_rows._format_summary_values
    if getattr(plain, "keeps_elements", False):
        return

    def keeping(result: Any, *told: Any) -> tuple[dict[str, Any], Any]:
        row, latex = plain(result, *told)
        return {name: _with_element(text, result, name) for name, text in row.items()}, latex

    keeping.keeps_elements = True  # type: ignore[attr-defined]
    _modify_rows._format_summary_values = keeping  # type: ignore[assignment]


def _with_element(text: Any, result: Any, name: str) -> Any:
    if name not in result:
        return text
    kept = SummaryText(text)
    kept.element = result[name]
    return kept


def great_table(table: GT, made: Made) -> Table:
    """A `GT` as a table; CannotCarry names what in it no table of the paper holds."""
    data = table._tbl_data
    if not isinstance(data, pd.DataFrame):
        raise CannotCarry("a table of another library than pandas", "give GT a pandas DataFrame")
    if table._col_merge:
        raise CannotCarry("a column that cols_merge made of several", "keep the columns apart")
    return _Shown(table, data, made).table()


class _Shown:
    """One `GT` being carried: what it has built, and the frame that it was made of."""

    def __init__(self, table: GT, data: pd.DataFrame, made: Made) -> None:
        self.gt, self.data, self.made = table, data, made
        self.built = table._build_data(context="html")
        self.identity = made.block_id("table")
        self.frame = self.identity.rpartition(f"{made.chapter}-")[2]
        box = self.built._boxhead
        self.stub = [info.var for info in box._get_stub_columns()]
        self.columns = list(box._get_default_columns())
        if not self.stub:
            self.stub, self.columns = [self.columns[0].var], self.columns[1:]
        self.withheld = withheld_cells(
            [(*(data[v].iloc[at] for v in self.stub), key) for at, key in enumerate(data.index)],
            [info.var for info in self.columns],
            [self._elements(at) for at in range(len(data))],
            made.known,
        )

    def table(self) -> Table:
        """The whole table."""
        heading = self.built._heading
        parts = [self._words(heading.title, "title"), self._words(heading.subtitle, "subtitle")]
        caption = ": ".join(filter(None, parts))
        caption = caption or capital(chapter_label(self.made.own_chapter()))
        columns = (self._head(), *map(self._column, self.columns))
        return Table(self.identity, caption, columns, tuple(self._rows()), "", tuple(self._notes()))

    def _words(self, text: Any, what: str) -> str:
        if text is None:
            return ""
        if isinstance(text, BaseText):
            return words_of_html(text.to_html(), f"the {what} of the table")
        return words_of(text)

    def _head(self) -> Column:
        label = self.built._stubhead
        if label is None and self.gt._boxhead._get_stub_columns():
            return Column("", "left")
        found = label if label is not None else self._label(self.stub[0])
        return Column(self._words(found, "stub head"), "left")

    def _label(self, var: str) -> Any:
        """A column's label: what was said of it, or its name in words."""
        info = next(one for one in self.built._boxhead if one.var == var)
        is_said = info.column_label not in (None, var)
        return info.column_label if is_said else label_of(var, self.made)

    def _column(self, info: Any) -> Column:
        above = sorted(self.built._spanners, key=lambda span: -span.spanner_level)
        spans = [self._words(s.built_label(), "spanner") for s in above if info.var in s.vars]
        numeric = any(is_figure(one) or is_number(one) for one in self.data[info.var])
        align = "right" if numeric or info.defaulted_align == "right" else "left"
        label = self._words(self._label(info.var), "heading")
        return Column(label, align, ": ".join(spans) or None)  # type: ignore[arg-type]

    def _rows(self) -> Iterator[Row]:
        yield from self._summary(self.built._summary_rows_grand, None, "top")
        last = None
        for at, group in self.built._stub.group_indices_map():
            if group is not None and group is not last:
                yield from self._after(last)
                yield Row((self._words(group.defaulted_label(), "row group"),), "heading")
                yield from self._summary(self.built._summary_rows, group.group_id, "top")
                last = group
            yield self._row(at)
        yield from self._after(last)
        yield from self._summary(self.built._summary_rows_grand, None, "bottom")

    def _after(self, group: Any) -> Iterator[Row]:
        if group is not None:
            yield from self._summary(self.built._summary_rows, group.group_id, "bottom")

    def _row(self, at: int) -> Row:
        elements = self._elements(at)
        label = self._row_label(at, elements)
        keys = [str(self.data[var].iloc[at]) for var in self.stub]
        spot = Spot(" ".join(keys), "", label, self.frame)
        cells = [
            SUPPRESSED
            if (at, place) in self.withheld
            else self._cell(element, self.built._body.body[info.var].iloc[at], spot, info.var)
            for place, (info, element) in enumerate(zip(self.columns, elements, strict=True))
        ]
        return Row((label, *cells), kind_of(label))

    def _elements(self, at: int) -> list[Any]:
        return [self.data[info.var].iloc[at] for info in self.columns]

    def _row_label(self, at: int, elements: list[Any]) -> str:
        names = []
        for var in self.stub:
            raw, text = self.data[var].iloc[at], str(self.built._body.body[var].iloc[at])
            formatted = words_of_html(text, f"column {var}")
            is_plain = formatted == str(raw)
            names.append(label_of(raw, self.made, figures_of(elements)) if is_plain else formatted)
        return ", ".join(filter(None, names))

    def _cell(self, element: Any, formatted: Any, spot: Spot, column: str) -> Cell:
        if is_missing(element) and str(formatted) in NOTHING:
            return ""
        spot = spot._replace(column=column)
        text = words_of_html(str(formatted), str(spot))
        if is_missing(element):
            return text
        if isinstance(element, Said):
            return str(element)
        return shown_cell(self.made, element, text, spot)

    def _summary(self, rows: Any, group: str | None, side: str) -> Iterator[Row]:
        if not rows:
            return
        for summary in rows.get_summary_rows(group, side):
            label = words_of(summary.label)
            row = f"{group}, {label}" if group else label
            spot = Spot(row, "", row, self.frame)
            hidden = {place for _, place in self.withheld}
            cells = [
                self._summary_cell(summary.values, spot, info.var)
                or (SUPPRESSED if place in hidden and info.var in summary.values else "")
                for place, info in enumerate(self.columns)
            ]
            kind = "subtotal" if group else "total"
            is_sum = kind_of(label) != "line"
            yield Row((label, *cells), kind, is_sum=is_sum)  # type: ignore[arg-type]

    def _summary_cell(self, values: dict[str, Any], spot: Spot, column: str) -> Cell:
        text = values.get(column, "")
        element = getattr(text, "element", None)
        return self._cell(element, text, spot, column) if element is not None else ""

    def _notes(self) -> Iterator[str]:
        yield from (NOTE,) if self.withheld else ()
        for note in self.built._source_notes:
            yield self._note(note)
        for mark in self.built._footnotes:
            for text in mark.footnotes or ():
                about = self._about(mark)
                yield f"{plain_text(about)}: {self._note(text)}" if about else self._note(text)

    def _note(self, text: Any) -> str:
        said = self._words(text, "note")
        return said if isinstance(text, Said) else plain_text(said)

    def _about(self, note: Any) -> str:
        """What a footnote stands at, in words: its row and its column."""
        if isinstance(note.locname, LocStub | LocBody) and note.rownum is not None:
            row = self._row_label(note.rownum, self._elements(note.rownum))
            column = note.colname if isinstance(note.locname, LocBody) else None
        else:
            row, column = note.grpname or "", note.colname
        head = self._words(self._label(column), "heading") if column else ""
        return ", ".join(filter(None, (row, head)))
