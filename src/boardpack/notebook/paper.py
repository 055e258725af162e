"""A paper as a notebook has it: figures as frames, what is computed kept, and shown as blocks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
from great_tables import GT

from boardpack.core.errors import BuildFault
from boardpack.core.structure import ICB
from boardpack.document.blocks import Block
from boardpack.document.chapter import ChapterPaper
from boardpack.figures.frames import column_of, traced
from boardpack.notebook.agreement import agreement
from boardpack.notebook.cells import Said
from boardpack.notebook.displayed import block_of, show_workings
from boardpack.notebook.files_read import file_frame
from boardpack.notebook.kept_frames import kept_frame
from boardpack.notebook.lines import history_frame, lines_frame, register_frame
from boardpack.notebook.named_figures import Made
from boardpack.notebook.sentences import say
from boardpack.notebook.styled import house_chart, house_table
from boardpack.reading.any_file import Units


@dataclass(frozen=True)
class NotebookPaper(ChapterPaper):
    """The paper that `open_paper` opens: a chapter's paper, with frames.

    It does all that a `ChapterPaper` does, so that the builders of the house's chapters take it.
    """

    made: Made = field(kw_only=True)

    def frame(
        self,
        name: str,
        place: str | Sequence[str] | None = None,
        lines: str | Sequence[str] | None = None,
        measures: Sequence[str] | None = None,
    ) -> pd.DataFrame:
        """The figures of a chapter or a declared table: lines down, measures across.

        Of the paper's place unless others are named; of several, a row for each place and line.
        `lines` and `measures` are those that are wanted, in their order: what the paper does not
        have of them is missing. `lines` may be a pattern, such as `scheme_*`.
        """
        return lines_frame(self, name, place, lines, measures)

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

    def value(self, name: str, lacking: Any = pd.NA) -> Any:
        """A figure by its name, to reckon with; `lacking` where the paper does not have it."""
        return traced(self.figure(name)) if self.supplied(name) else lacking

    def by_month(self, name: str) -> pd.Series[Any]:
        """A figure in each month of the year to date; a month that the paper lacks is missing."""
        codes = [f"M{number:02d}" for number in range(1, self.months_to_date + 1)]
        names = [f"{name}.{code.lower()}" for code in codes[:-1]] + [name]
        values = column_of(map(self.value, names))
        return pd.Series(values, index=pd.Index(codes, name="month"), name=name)

    def methods(self, *names: str) -> pd.DataFrame:
        """By which method figures were made that stand for many rows of a file, such as of items.

        Those that the paper does not have are left out.
        """
        there = [self.figure(name) for name in names if self.supplied(name)]
        said = ["; ".join(filter(None, (one.method for one in f.cells))) for f in there]
        index = pd.Index([figure.id for figure in there], name="figure")
        return pd.DataFrame({"value": column_of(there), "method": said}, index=index)

    def agrees(self, computed: Any, figures: Any = None, **measures: Any) -> pd.DataFrame:
        """What is computed held to the paper's figures: both, and how far they are apart.

        Either a frame or column of amounts beside the paper's own of the same rows, or the name of
        a line and its `measures` as computed, or each amount by the whole name of its figure. Where
        they are further apart than their sources explain, the notebook stops and says which. What
        either side lacks is said.
        """
        if isinstance(computed, str):
            computed = {f"{computed}.{measure}": one for measure, one in measures.items()}
        return agreement(self, computed, figures)

    @property
    def months_to_date(self) -> int:
        """How many months of the year the paper covers: 6 for Month 6."""
        return self.paper.month.number

    @property
    def months_left(self) -> int:
        """How many months of the year are still to come."""
        return self.paper.month.months_left

    @property
    def places_within(self) -> tuple[str, ...]:
        """The places that the paper adds up: all of them for the ICB, else its own alone."""
        return tuple(self.paper.report.places) if self.place == ICB else (self.place,)

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
