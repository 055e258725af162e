"""What stands around a block on a page: where its numbers lead, and what can be taken away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape


@dataclass(frozen=True)
class Surroundings:
    """A page's own: a block that is shown alone, in a notebook, has none of it.

    `pictures` are the charts drawn as SVG by id, for a page without scripts. `pages` says where
    a chapter stands. `tables` is the folder, as seen from the page, of the tables' CSV files.
    """

    pictures: Mapping[str, str] | None = None
    pages: Mapping[str, str] = field(default_factory=dict)
    tables: str | None = None

    def to_take_away(self, table: str, caption: str) -> str:
        """The link to a table's CSV file, where the page has such files."""
        if self.tables is None:
            return ""
        file = escape(f"{self.tables}/{table}.csv")
        named = f'<span class="visually-hidden">: {caption}</span>'
        return f'<p class="download"><a href="{file}" download>This table as CSV{named}</a></p>\n'

    def led(self, chapter: str, label: str) -> str:
        """A headline's label, as a link to the chapter that tells of it."""
        page = self.pages.get(chapter)
        return label if page is None else f'<a href="{escape(page)}">{label}</a>'


NOWHERE = Surroundings()
