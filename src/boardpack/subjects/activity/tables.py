"""One programme's activity: the same months of each year, and every month in the appendix."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from boardpack.core.periods import Month
from boardpack.document.blocks import (
    Cell,
    Chart,
    Column,
    NotSupplied,
    Number,
    Row,
    Series,
    Table,
    mark,
)
from boardpack.document.chapter import SUPPRESSED, ChapterPaper
from boardpack.document.tables import open_differences
from boardpack.figures.labels import slug
from boardpack.reading.extract import Row as Record
from boardpack.reading.folder import Folder
from boardpack.subjects.activity.extract import MONTHS, read_programme_activity
from boardpack.subjects.activity.figures import ALL, COUNTED, site_label

SETTINGS = {
    "elective": "Planned inpatient spells, day cases included",
    "non_elective": "Unplanned inpatient spells",
    "outpatient": "Outpatient attendances",
}
SHORT = {
    "elective": "Planned spells",
    "non_elective": "Unplanned spells",
    "outpatient": "Outpatient attendances",
}
_CODE = re.compile(r"^\d+\s*(-\s*)?")


@dataclass(frozen=True)
class Setting:
    """One setting of the programme: its label, its years, and its specialties where several."""

    name: str
    site: str
    years: tuple[str, ...]
    specialties: tuple[str, ...]

    @property
    def label(self) -> str:
        """The setting in words."""
        return SETTINGS[self.name]

    def figure(self, specialty: str, measure: str, suffix: str) -> str:
        """The short name of a figure of this setting; `measure` follows what is counted."""
        line = "_".join((self.site, self.name, slug(specialty)))
        return f"programmes.{line}.{COUNTED[self.name]}{measure}.{suffix}"


def settings(paper: ChapterPaper) -> tuple[Setting, ...]:
    """The settings that the extract reports for this place, in print order."""
    rows = read_programme_activity(Folder(paper.paper)).only(place=paper.place)
    keys = dict.fromkeys((row["site"], row["setting"]) for row in rows)
    return tuple(
        _setting(site, name, [r for r in rows if (r["site"], r["setting"]) == (site, name)])
        for site, name in keys
    )


def _setting(site: str, name: str, rows: Sequence[Record]) -> Setting:
    years = sorted({row["financial_year"] for row in rows} - {ALL})
    named = dict.fromkeys(row["specialty"] for row in rows if row["specialty"] != ALL)
    return Setting(name, site, tuple(years), tuple(named) if len(named) > 1 else ())


def programme_name(paper: ChapterPaper) -> str:
    """The programme that the activity is of, as the inpatient extract names it."""
    rows = read_programme_activity(Folder(paper.paper)).only(place=paper.place)
    names = dict.fromkeys(
        specialty_name(row["specialty"])
        for row in rows
        if row["setting"] != "outpatient" and row["specialty"] != ALL
    )
    return " and ".join(names)


def specialty_name(specialty: str) -> str:
    """A specialty without its code: `307 Diabetes Service` is `Diabetes Service`.

    >>> specialty_name("307 Diabetes Service")
    'Diabetes Service'
    """
    return _CODE.sub("", specialty)


def site_name(found: Sequence[Setting]) -> str:
    """The hospital site, or sites, of the activity."""
    return " and ".join(dict.fromkeys(site_label(s.site) for s in found))


def months_covered(paper: ChapterPaper, found: Sequence[Setting]) -> str:
    """The months that are compared, in words: `April to September`."""
    for setting in found:
        name = setting.figure(ALL, "_same_months", slug(setting.years[-1]))
        if paper.supplied(name):
            last = int(paper.figure(name).period[-2:])
            first, end = (_calendar(number) for number in (1, last))
            return first if last == 1 else f"{first} to {end}"
    return ""


def _calendar(number: int) -> str:
    """A month of the financial year without its year: 1 is `April`."""
    return Month(2000, number).name.split()[0]


def same_months_table(paper: ChapterPaper) -> Table | NotSupplied:
    """April to the latest month of each year, by setting, with the change on the year before."""
    found = settings(paper)
    covered = months_covered(paper, found)
    if not covered:
        return paper.not_supplied("Activity of a programme over the same months of each year")
    years = sorted({year for setting in found for year in setting.years})
    rows: list[Row] = []
    for setting in found:
        rows.append(_same_row(paper, setting, ALL, setting.label, years))
        rows += (
            _same_row(paper, setting, name, f"of which {specialty_name(name)}", years)
            for name in setting.specialties
        )
    caption = f"{programme_name(paper)} at the {site_name(found)}, {covered} of each year"
    heads = (*years, "Change", "Change, %")
    columns = (Column("Setting", "left"), *(Column(head) for head in heads))
    return Table("programmes-activity-table", caption, columns, tuple(rows), "count")


def _same_row(
    paper: ChapterPaper, setting: Setting, specialty: str, label: str, years: Sequence[str]
) -> Row:
    last = slug(years[-1])
    names = [setting.figure(specialty, "_same_months", slug(year)) for year in years]
    cells = [paper.cell(name) for name in names]
    change = paper.cell(setting.figure(specialty, "_change", last))
    share = paper.cell(setting.figure(specialty, "_change_share", last), "percent")
    return Row((label, *cells, change, share))


def same_months_chart(paper: ChapterPaper) -> Chart | NotSupplied:
    """The same months of each year, side by side for each setting."""
    found = settings(paper)
    covered = months_covered(paper, found)
    if not covered:
        return paper.not_supplied("Activity of a programme, year by year")
    years = sorted({year for setting in found for year in setting.years})
    series = tuple(Series(year, _counts(paper, found, year)) for year in years)
    labels = tuple(SHORT[setting.name] for setting in found)
    said = "; ".join(
        f"{label} {', '.join(_said(one.name, one.values[i]) for one in series)}"
        for i, label in enumerate(labels)
    )
    return Chart(
        id="programmes-activity-chart",
        shape="bar",
        title=_message(paper, found, slug(years[-1])),
        alt=f"{programme_name(paper)}, {covered} of each year. {said}.",
        categories=labels,
        series=series,
        unit=f"spells or attendances, {covered}",
    )


def _counts(paper: ChapterPaper, found: Sequence[Setting], year: str) -> tuple[Number | None, ...]:
    names = [setting.figure(ALL, "_same_months", slug(year)) for setting in found]
    return tuple(paper.number(name) if paper.supplied(name) else None for name in names)


def _said(year: str, number: Number | None) -> str:
    return f"{number.text} in {year}" if number else f"nothing for {year}"


def _message(paper: ChapterPaper, found: Sequence[Setting], year: str) -> str:
    """Which settings have fallen and which have risen on the year before."""
    changed = [
        (SHORT[setting.name], paper.figure(name).value)
        for setting in found
        if paper.supplied(name := setting.figure(ALL, "_change", year))
    ]
    down = " and ".join(label for label, value in changed if value < 0)
    up = " and ".join(label for label, value in changed if value > 0)
    parts = [f"{down} are down on last year" if down else "", f"{up} are up" if up else ""]
    said = "; ".join(part for part in parts if part) or "Activity is as it was last year"
    return said[0] + said[1:].lower()


def monthly_table(paper: ChapterPaper, setting: str) -> Table | NotSupplied:
    """Every month of every year in one setting, with the totals."""
    found = [one for one in settings(paper) if one.name == setting]
    if not found:
        return paper.not_supplied(f"{SETTINGS[setting]} by month")
    rows: list[Row] = []
    for one in found:
        if len(found) > 1:
            rows.append(Row((site_name([one]),), "heading"))
        rows += _monthly_rows(paper, one)
    months = (_calendar(number)[:3] for number in range(1, len(MONTHS) + 1))
    columns = (Column("Year", "left"), *(Column(name) for name in months), Column("Total"))
    caption = f"{programme_name(paper)} at the {site_name(found)}: {SETTINGS[setting].lower()}"
    notes = tuple(note for one in found for note in _differences(paper, one))
    if any("" in row.cells for row in rows):
        notes += ("A month that is to come is blank.",)
    if any(SUPPRESSED in row.cells for row in rows):
        notes += (f"{SUPPRESSED} is a count too small to show, or a total that needs one.",)
    return Table(f"activity-{setting}", caption, columns, tuple(rows), "count", notes)


def _monthly_rows(paper: ChapterPaper, setting: Setting) -> list[Row]:
    rows: list[Row] = []
    for year in setting.years:
        rows += (_month_row(paper, setting, name, year) for name in setting.specialties)
        rows.append(_month_row(paper, setting, ALL, year))
    cells = (paper.cell(setting.figure(ALL, "_in_month", f"all_years_{m}")) for m in MONTHS)
    total = paper.cell(setting.figure(ALL, "", "all_years"))
    rows.append(Row(("All years", *cells, total), "total"))
    return [row for row in rows if any(row.cells[1:])]


def _month_row(paper: ChapterPaper, setting: Setting, specialty: str, year: str) -> Row:
    suffix = slug(year)
    months = (setting.figure(specialty, "_in_month", f"{suffix}_{month}") for month in MONTHS)
    total = [paper.cell(setting.figure(specialty, part, suffix)) for part in ("", "_to_date")]
    cells = (*(paper.cell(name) for name in months), total[0] or total[1])
    if specialty == ALL:
        return Row((year, *cells), "subtotal" if setting.specialties else "line")
    return Row((f"{year}, {specialty_name(specialty)}", *cells))


def _differences(paper: ChapterPaper, setting: Setting) -> tuple[str, ...]:
    """A note for each month's total that the extract prints otherwise than its parts add up to."""
    notes: list[str] = []
    for label in (*setting.years, "All years"):
        for number, month in enumerate(MONTHS, start=1):
            name = setting.figure(ALL, "_in_month", f"{slug(label)}_{month}")
            where = f"{_calendar(number)}, {label.lower()}"
            notes += open_differences(paper, partial(_differs, where=where), name)
    return tuple(notes)


def _differs(printed: Cell, where: str) -> str:
    shown = printed if isinstance(printed, str) else mark(printed.figure, printed.text)
    return (
        f"The source report prints {shown} for {where}. Its parts add up to the number shown here."
    )
