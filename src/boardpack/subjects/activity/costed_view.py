"""One programme as a page looks at it: its settings, the months compared, and its figures."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from boardpack.core.periods import Month
from boardpack.core.structure import ICB
from boardpack.document.blocks import Cell, Number
from boardpack.document.chapter import SUPPRESSED, ChapterPaper
from boardpack.document.months import month_of
from boardpack.document.wording import count_words, listed
from boardpack.figures.figure import Figure
from boardpack.figures.labels import slug
from boardpack.reading.extract import Row
from boardpack.reading.folder import Folder
from boardpack.subjects.activity.costed_figures import COMMUNITY, HOSPITAL, MEDICINES, PARTS
from boardpack.subjects.activity.costed_parts import MONTHS as MONTHS_IN_DATA
from boardpack.subjects.activity.extract import SETTINGS, read_programme_activity
from boardpack.subjects.activity.figures import ALL, COUNTED, site_label
from boardpack.subjects.activity.programmes_extract import Programme, read_programmes

CHAPTER = "costed_programme"
COSTS = {HOSPITAL: "cost_same_months", MEDICINES: "cost_in_data", COMMUNITY: "cost_to_date"}
"""What each part came to over the months that its data covers."""


@dataclass(frozen=True)
class Setting:
    """One setting of a programme: what is counted, and of which specialties."""

    view: View
    name: str
    rows: tuple[Row, ...]

    @property
    def counted(self) -> str:
        """Spells or attendances."""
        return COUNTED[self.name]

    @property
    def specialties(self) -> tuple[str, ...]:
        """The specialties counted, in the extract's order."""
        return tuple(dict.fromkeys(row["specialty"] for row in self.rows))

    def name_of(
        self, measure: str, specialty: str = "", suffix: str = "", *, plain: bool = False
    ) -> str:
        """The short name of a figure; unless it is `plain`, the measure follows what is counted."""
        line = "_".join(part for part in (self.name, slug(specialty)) if part)
        said = measure if plain else f"{self.counted}_{measure}"
        return self.view.name(line, said, suffix)

    @property
    def change(self) -> Figure | None:
        """The change on the same months of the year before, in per cent."""
        name = self.name_of("change_share")
        return self.view.paper.figure(name) if self.view.paper.supplied(name) else None

    def count(self, year: str, specialty: str = "") -> Cell:
        """The same months of a year: `*` where a count in them may not be shown."""
        suffix = "" if year == self.view.paper.paper.month.year else slug(year)
        cell = self.view.paper.cell(self.name_of("same_months", specialty, suffix))
        return cell or (SUPPRESSED if self._is_hidden(year, specialty) else "")

    def _is_hidden(self, year: str, specialty: str) -> bool:
        lines = {
            (row["place"], "_".join((row["site"], self.name, slug(row["specialty"]))))
            for row in self.rows
            if specialty in ("", row["specialty"])
        }
        return any(
            figure.chapter == "programmes"
            and (figure.place, figure.line) in lines
            and figure.period.startswith(year)
            for figure in self.view.paper.register.suppressed
        )

    def month(self, year: str, number: int) -> Number | None:
        """One month of a year; None where it is not supplied or may not be shown."""
        name = self.name_of("in_month", suffix=f"{slug(year)}_m{number:02d}")
        return self.view.paper.number(name) if self.view.paper.supplied(name) else None


@dataclass(frozen=True)
class View:
    """A programme in one paper; `key` is the name of its file."""

    paper: ChapterPaper
    key: str
    programme: Programme

    def name(self, line: str, measure: str, suffix: str = "") -> str:
        """The short name of one of the programme's figures."""
        name = f"{CHAPTER}.{self.key}_{line}.{measure}"
        return f"{name}.{suffix}" if suffix else name

    def figure(self, line: str, measure: str) -> Figure | None:
        """A figure of one part; None where it is not supplied."""
        name = self.name(line, measure)
        return self.paper.figure(name) if self.paper.supplied(name) else None

    @property
    def has_anything(self) -> bool:
        """Whether any part of the programme is supplied for the paper's place."""
        return bool(self.settings) or self.is_costed

    @property
    def is_costed(self) -> bool:
        """Whether any part has a cost."""
        return any(self.figure(part, "cost_a_month") for part in PARTS)

    @cached_property
    def settings(self) -> tuple[Setting, ...]:
        """The settings that every place of the paper reports this year, in print order."""
        report = self.paper.paper.report
        places = set(report.places) if self.paper.place == ICB else {self.paper.place}
        rows = [
            row
            for row in read_programme_activity(Folder(self.paper.paper))
            if row["place"] in places and row["specialty"] != ALL
        ]
        found = []
        for name in SETTINGS:
            own = [r for r in rows if r["setting"] == name]
            counted = tuple(r for r in own if self.programme.counts(name, r["specialty"]))
            if {row["place"] for row in counted} == places and self._reported(counted):
                found.append(Setting(self, name, counted))
        return tuple(found)

    def _reported(self, rows: tuple[Row, ...]) -> bool:
        year = self.paper.paper.month.year
        return any(row["financial_year"] == year and row.amounts for row in rows)

    @cached_property
    def years(self) -> tuple[str, ...]:
        """The years reported, in order of time."""
        return tuple(sorted({r["financial_year"] for one in self.settings for r in one.rows}))

    @cached_property
    def latest(self) -> int:
        """The last month that is compared, 6 for September; 0 without activity."""
        found = [
            month_of(self.paper.figure(name).period).number
            for one in self.settings
            if self.paper.supplied(name := one.name_of("same_months"))
        ]
        return max(found, default=0)

    @property
    def covered(self) -> str:
        """The months that are compared, in words: `April to September`."""
        if not self.latest:
            return ""
        first, last = calendar(1), calendar(self.latest)
        return first if self.latest == 1 else f"{first} to {last}"

    @property
    def sites(self) -> str:
        """The hospital sites of the activity."""
        slugs = dict.fromkeys(row["site"] for one in self.settings for row in one.rows)
        return listed(site_label(site) for site in slugs)

    @property
    def months_of_items(self) -> str:
        """The months of the items in words: `July 2024`, `three months to July 2024`."""
        months = self.figure(MEDICINES, MONTHS_IN_DATA)
        if months is None:
            return ""
        last = month_of(months.period).name
        return last if months.value == 1 else f"{count_words(int(months.value))} months to {last}"


def views(paper: ChapterPaper) -> tuple[View, ...]:
    """Every programme of the parameters, in order of their files' names."""
    found = read_programmes(Folder(paper.paper)).found
    return tuple(View(paper, key, programme) for key, programme in found.items())


def calendar(number: int) -> str:
    """A month of the financial year without its year: 1 is `April`.

    >>> calendar(1), calendar(12)
    ('April', 'March')
    """
    return Month(2000, number).name.split()[0]
