"""A draft: the parameters, the month's folder, and the register that chapters fill in turn."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from boardpack.core.params import Paper
from boardpack.figures.figure import Figure
from boardpack.figures.labels import capital, measure_label, slug
from boardpack.figures.register import Register
from boardpack.figures.scope import Scope
from boardpack.reading.extract import Row, Value
from boardpack.reading.folder import Folder
from boardpack.reading.stated_extract import read_stated


@dataclass
class Draft:
    """What a `*_figures` function reads from and enters into."""

    paper: Paper
    folder: Folder
    register: Register = field(default_factory=Register)

    def copy(self, paper: Paper) -> Draft:
        """The draft as it stands, for the same paper; what is entered into one stays out of it."""
        return Draft(paper, self.folder.copy(paper), self.register.copy())

    def scope(
        self,
        chapter: str,
        place: str,
        line: str,
        label: str = "",
        *,
        basis: str = "ledger",
        period: str | None = None,
        suffix: str = "",
    ) -> Scope:
        """A scope for one line of one place; the period is the year to date unless given."""
        return Scope(
            register=self.register,
            chapter=chapter,
            place=place,
            line=line,
            line_label=label or capital(measure_label(line)),
            period=period or self.paper.month.period,
            basis=basis,
            hashes=self.folder.hashes,
            suffix=suffix,
        )

    @property
    def year(self) -> str:
        """The period of a whole-year figure: `2023/24`."""
        return self.paper.month.year

    @property
    def month(self) -> str:
        """The period of a year-to-date figure: `2023/24 M06`."""
        return self.paper.month.period

    def directorates(self) -> dict[str, str]:
        """Directorate labels as printed, by the line of their figures, in print order."""
        return dict(self.paper.report.directorates)

    def line(self, role: str) -> str:
        """The line of the directorate that bears a role, such as `prescribing`."""
        return self.paper.report.line(role)

    def directorate_line(self, label: str) -> str:
        """The line of a directorate as printed; `Total` is `total`."""
        lines = {name: line for line, name in self.paper.report.directorates.items()}
        return lines.get(label, slug(label))

    def place_names(self) -> dict[str, str]:
        """Names of the places, the central column and the ICB, by slug, in print order."""
        report = self.paper.report
        return {slug_: report.place_name(slug_) for slug_ in (*report.places, "central", "icb")}

    def stated(self, chapter: str, place: str, line: str, measure: str) -> Value | None:
        """A quantity that the month's reports say in words; None when they do not."""
        rows = read_stated(self.folder).only(
            chapter=chapter, place=place, line=line, measure=measure
        )
        return rows[0].amounts.get("value") if rows else None

    def enter_stated(self, chapter: str) -> None:
        """Enter every stated quantity of a chapter that no computed figure has claimed.

        A computed figure claims one by taking it as its `printed` counterpart. Ids are
        `chapter.place.line.measure`, with the period as a last part where it is not this month's.
        """
        for row in read_stated(self.folder).only(chapter=chapter):
            scope = self._stated_scope(chapter, row)
            if scope.id(row["measure"]) not in self.register:
                scope.read(row["measure"], row.amounts.get("value"))

    def _stated_scope(self, chapter: str, row: Row) -> Scope:
        period = row["period"]
        return self.scope(
            chapter,
            row["place"],
            row["line"],
            basis="stated",
            period=period,
            suffix=self.period_suffix(period),
        )

    def period_suffix(self, period: str) -> str:
        """The id part of a period: none for this year and this month, else `m05`, `2022_23_q1`."""
        if period in (self.year, self.month):
            return ""
        return re.sub(r"[^a-z0-9]+", "_", period.lower().replace(f"{self.year.lower()} ", ""))

    def has(self, *identities: str) -> bool:
        """Whether all these figures are in the register."""
        return all(identity in self.register for identity in identities)

    def knows(self, *identities: str) -> bool:
        """Whether any of these figures is in the register, or is known not to be supplied."""
        return any(self.register.knows(identity) for identity in identities)

    def agreed(self, identity: str) -> Figure:
        """The agreed figure of an id (see `Register.agreed`)."""
        return self.register.agreed(identity)
