"""A paper as a notebook has it: figures as frames, what is computed kept, and shown as blocks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
from great_tables import GT

from boardpack.errors import BuildFault
from boardpack.notebook.carried import block_of, show_workings
from boardpack.notebook.cells import Said
from boardpack.notebook.files_read import file_frame
from boardpack.notebook.keeping import kept_frame
from boardpack.notebook.lines import history_frame, lines_frame, register_frame
from boardpack.notebook.made import Made
from boardpack.notebook.said import say
from boardpack.notebook.styled import house_chart, house_table
from boardpack.paper.blocks import Block
from boardpack.paper.chapter import ChapterPaper
from boardpack.sources.any_file import Units


@dataclass(frozen=True)
class NotebookPaper(ChapterPaper):
    """The paper that `open_paper` opens: a chapter's paper, with frames.

    It does all that a `ChapterPaper` does, so that the builders of the house's chapters take it.
    """

    made: Made = field(kw_only=True)

    def frame(self, name: str, place: str | Sequence[str] | None = None) -> pd.DataFrame:
        """The figures of a chapter or a declared table: lines down, measures across.

        Of the paper's place unless others are named; of several, a row for each place and line.
        """
        return lines_frame(self, name, place)

    def read(self, file: str, units: Units = "", sheet: str | None = None) -> pd.DataFrame:
        """A CSV file or workbook of the month's folder, each cell of its numbers a figure.

        What a column is in stands in its heading (`Budget £000`, `Occupancy %`) or is said here:
        `units={"beds": "count"}`, or `units="£000"` for all. Known are £, £000, £m, %, count,
        ratio, and text for codes and years.
        """
        return file_frame(self, file, units, sheet)

    @property
    def figures(self) -> pd.DataFrame:
        """Every figure of the paper, a row each, with its label, place, line, measure and value."""
        return register_frame(self)

    def history(self, identity: str) -> pd.DataFrame:
        """What the released papers of the last twelve months said of a figure, and this month."""
        return history_frame(self, identity)

    def keep(self, frame: pd.DataFrame, chapter: str = "", name: str = "") -> pd.DataFrame:
        """Name what was computed in a frame and record it; the frame with its figures named.

        An id is `<chapter>.<place>.<row>.<column>`; `name` is the frame's own, which stands before
        the row where an id would stand twice.
        """
        kept = kept_frame(frame, self.made, chapter, name)
        show_workings(self.made)
        return kept

    def table(self, frame: pd.DataFrame, title: str = "", subtitle: str = "") -> GT:
        """A Great Tables object in the house style: go on with any of its methods, then show it."""
        return house_table(frame, self.made, title, subtitle)

    def chart(self, frame: pd.DataFrame, kind: str = "bar", title: str = "", **more: Any) -> Any:
        """A Plotly figure of a frame's columns over its rows: `bar`, `line`; go on with Plotly.

        `more` is handed to Plotly Express, such as `barmode="group"`.
        """
        return house_chart(frame, self.made, kind, title, more)

    def say(self, template: str, **names: Any) -> Said:
        """Words with numbers that stay marked with their figures; show them, or give them on.

        `{{ variance | overspend }}` is said by the house's wording, `{variance:,.0f}` as Python
        formats it. `place` is the place's name, `month` the month, unless you name others so.
        """
        known = {"place": self.place_name, "month": self.paper.month, **names}
        return say(template, self.wording, self.made, known)

    def carried(self, shown: Any) -> Block:
        """The block that showing something gives (BuildFault for what carries none by itself)."""
        block = block_of(shown, self)
        if block is None:
            raise BuildFault(f"A {type(shown).__name__} carries no block by itself.")
        return block

    def recorded(self) -> tuple[str, ...]:
        """The ids of the figures that this notebook has recorded so far, in order."""
        return tuple(self.made.recorded)
