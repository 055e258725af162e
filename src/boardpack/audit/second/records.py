"""A second, plain reading of the month's extracts: which rows are records, and what they say.

What stands in `params/` is told (`Month`); every number comes from the files.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from boardpack.audit.second.files import AS_AGREED, Layout, Table, best_table, delivered, heading
from boardpack.audit.second.numbers import Number, number, slug

TOTALS = ("total", "totals", "subtotal", "grandtotal")
NOTE = 2
NO_MONEY = frozenset({"clients", "number_paid", "number_within_target", "nhs_share", "value"})
"""Columns that a supplier's unit of money does not scale."""


class Shape(NamedTuple):
    """The columns of an extract: those that no record leaves blank, and those with its amounts.

    A unit-level extract has rows that are totals, which are no records; in a printed schedule they
    are lines. `by_place` adds a column for each place and for what is held centrally. A reference
    file stands in `data/reference/`.
    """

    key: tuple[str, ...]
    amounts: tuple[str, ...] = ()
    is_unit_level: bool = False
    is_reference: bool = False
    by_place: bool = False


POSITION = ("ytd_budget", "ytd_actual", "annual_budget", "forecast_outturn")
VARIANCES = ("ytd_variance", "forecast_variance")
PRESCRIBING = (
    "pmd_excl_cat_m_ncso",
    "cat_m_ncso",
    "central_drugs",
    "flu_income",
    "prior_year",
    "qipp_savings",
    "pmd_ipp_difference",
)
SAVED = ("ytd_plan", "ytd_actual", "ytd_variance")
IN_YEAR = ("full_year_plan", "full_year_forecast", "full_year_variance")
MONTHS = tuple(f"{kind}_m{n:02d}" for kind in ("plan", "actual", "forecast") for n in range(1, 13))
PACKAGE = ("end_date", "rate_start", "rate_end", "weekly_rate", "nhs_share", "one_off")

EXTRACTS = {
    "position": Shape(("place", "directorate"), (*POSITION, *VARIANCES)),
    "budget_overview": Shape(("measure", "directorate"), ("icb",), by_place=True),
    "place_savings": Shape(("place", "directorate"), (*SAVED, *IN_YEAR)),
    "efficiency_schemes": Shape(("place",), ("annual_requirement", "identified", *SAVED)),
    "prescribing_summary": Shape(
        ("place",), (*PRESCRIBING, "ytd_spend", "ytd_budget", *POSITION[2:], *VARIANCES)
    ),
    "chc_activity_price": Shape(("period", "place"), ("clients", "average_price")),
    "chc_high_cost": Shape(("financial_year", "period", "place"), ("clients",)),
    "mhis": Shape(("line", "measure", "period"), ("value",)),
    "planned_surplus": Shape(("place",), ("ytd_plan", "forecast_plan")),
    "resource_limit": Shape(("month", "movement", "item"), ("icb",), by_place=True),
    "stated": Shape(("chapter", "place", "line", "measure", "period"), ("value",)),
    "corrections": Shape(("file", "row", "column"), ("used",)),
    "ledger": Shape(("cost_centre", "subjective"), POSITION, is_unit_level=True),
    "savings_tracker": Shape(
        ("scheme", "place", "directorate", "status"), MONTHS, is_unit_level=True
    ),
    "mhis_return": Shape(
        ("programme", "eligible"), ("prior_year_outturn", "forecast_outturn"), is_unit_level=True
    ),
    "allocations": Shape(("month", "movement", "item", "place"), ("amount",), is_unit_level=True),
    "chc_packages": Shape(
        ("client_id", "package_id", "place", "care_type", "start_date"),
        PACKAGE,
        is_unit_level=True,
    ),
    "cost_centres": Shape(
        ("cost_centre", "place", "directorate", "from"), ("to",), is_reference=True
    ),
    "savings_requirements": Shape(
        ("financial_year", "place"), ("annual_requirement",), is_reference=True
    ),
    "chc_budgets": Shape(
        ("financial_year", "place"), ("clients", "average_price"), is_reference=True
    ),
    "rates": Shape(("rate", "from"), ("to", "value"), is_reference=True),
}
"""The extracts that headlines are recomputed from, by name."""


class Month(NamedTuple):
    """The month that is re-performed: where its extracts stand, and which month of the year.

    `year` is as folders name it, 2023-24; `places` are the slugs of the ICB's places. The rest is
    as the parameters declare it: directorates as printed by their line, how suppliers' files
    differ, extracts that are not supplied, the weekly rate above which care is of high cost, by
    column what each other label of a place or directorate means in the month (blank where it is no
    more), when in the year so far the structure changed, and the line of the directorate that bears
    each role.
    """

    home: Path
    year: str
    number: int
    place: str
    places: tuple[str, ...]
    directorates: Mapping[str, str] = {}
    layouts: Mapping[str, Layout] = {}
    not_supplied: frozenset[str] = frozenset()
    high_cost_weekly_rate: Decimal = Decimal(0)
    stands: Mapping[str, Mapping[str, str]] = {}
    changes: tuple[str, ...] = ()
    roles: Mapping[str, str] = {"prescribing": "prescribing"}

    @property
    def raw(self) -> Path:
        """The folder of the month's extracts."""
        return self.home / "data" / "raw" / self.year / self.code

    @property
    def code(self) -> str:
        """The month as extracts name it: M06."""
        return f"M{self.number:02d}"

    @property
    def financial_year(self) -> str:
        """The year as extracts name it: 2023/24."""
        return self.year.replace("-", "/")

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of a table of the whole ICB: its places, then what is held centrally."""
        return (*self.places, "central")

    def line(self, directorate: str) -> str:
        """The line of a directorate, by its printed name or by itself."""
        named = {label: line for line, label in self.directorates.items()}
        return named.get(directorate, slug(directorate))

    def suffix(self, period: str) -> str:
        """The last part of an id for a period: none for this month and year, else `.m05`."""
        if period in (self.financial_year, f"{self.financial_year} {self.code}", self.code):
            return ""
        return f".{slug(period.replace(f'{self.financial_year} ', ''))}"


class Row(NamedTuple):
    """A row by its columns: what its cells say, and what was made of unit-level records."""

    words: Mapping[str, str]
    made: Mapping[str, Number] = {}
    layout: Layout = AS_AGREED

    def text(self, column: str) -> str:
        """What a cell says; blank where there is none."""
        return self.words.get(column, "")

    def number(self, column: str, unit: Decimal = Decimal(1)) -> Number | None:
        """What a cell comes to, in pounds where `unit` is a thousand; None for no number."""
        if column in self.made:
            return self.made[column]
        text, layout = self.text(column), self.layout
        has_own_unit = column in NO_MONEY or re.search(r"[km%]\s*\)?$", text, re.IGNORECASE)
        used = unit if layout.unit is None or has_own_unit else layout.unit
        found = number(text, used, layout.debit_is_positive)
        if found is None or column not in layout.reversed:
            return found
        return Number(-found.value, found.doubt)


def rows(month: Month, name: str) -> list[Row]:
    """The records of an extract, with the team's corrections in; none where it is not there."""
    shape = EXTRACTS[name]
    folder = month.home / "data" / "reference" if shape.is_reference else month.raw
    path = delivered(folder, name)
    if path is None or f"{name}.csv" in month.not_supplied:
        return []
    if shape.by_place:
        shape = shape._replace(amounts=(*month.columns, *shape.amounts))
    found = read_rows(path, shape, month.layouts.get(name, AS_AGREED))
    used = {} if shape.is_reference else _corrections(month, name)
    corrected = (row._replace(words={**row.words, **used.get(line, {})}) for line, row in found)
    meant = [row._replace(words=_meant(month, row.words)) for row in corrected]
    return [row for row in meant if all(row.words.get(column) != "" for column in month.stands)]


def is_there(month: Month, name: str) -> bool:
    """Whether the month's folder holds an extract."""
    return f"{name}.csv" not in month.not_supplied and delivered(month.raw, name) is not None


def stands_for(month: Month, units: str, schedule: str) -> bool:
    """Whether a unit-level extract gives what no schedule of the month prints."""
    return is_there(month, units) and not is_there(month, schedule)


def _meant(month: Month, words: Mapping[str, str]) -> dict[str, str]:
    """What a row says, with each place and directorate under its name of the month."""
    told = {column: words[column] for column in month.stands if column in words}
    return {**words, **{column: _label(month.stands[column], t) for column, t in told.items()}}


def _label(stands: Mapping[str, str], text: str) -> str:
    """What a label is called now, in capitals or not."""
    folded = {label.lower(): now for label, now in stands.items()}
    return stands.get(text, folded.get(text.lower(), text))


def read_rows(path: Path, shape: Shape, layout: Layout) -> list[tuple[int, Row]]:
    """The records of a file, each with its line.

    ValueError where the file has no header that names all the columns that are needed.
    """
    sheet = layout.sheet if path.suffix.lower() != ".csv" else None
    needed = (*shape.key, *shape.amounts)
    table = best_table(path, needed, layout, sheet)
    missing = [column for column in needed if column not in table.names]
    if missing:
        raise ValueError(f"{path.name} has no header with {', '.join(missing)}")
    own = layout._replace(is_from_1904=table.is_from_1904)
    return [(line, Row(words, layout=own)) for line, words in _records(table, shape, layout)]


def _records(table: Table, shape: Shape, layout: Layout) -> Iterator[tuple[int, dict[str, str]]]:
    """The lines that are records: not the header again, a total of a system's, or a note."""
    words = {heading(text) for text in (*TOTALS, *layout.totals)}
    repeated = [cells for cells in table.header if sum(map(bool, cells)) > 1]
    cells_of, seen = dict(table.lines), set[str]()
    for line, said in table.named():
        labels = [heading(said[column]) for column in shape.key]
        if cells_of[line] in repeated or not all(said[column] for column in shape.key):
            continue
        is_short = sum(map(bool, cells_of[line])) <= NOTE
        if is_short and not any(said[column] for column in shape.amounts):
            continue
        if shape.is_unit_level and any(is_total(label, words, seen) for label in labels[:2]):
            continue
        seen.update(labels[:2])
        yield line, said


def is_total(label: str, words: Iterable[str], seen: set[str]) -> bool:
    """`Total`, or the total of something that stands above it."""
    rests = [label.removesuffix(word) for word in words] + [label.removeprefix(w) for w in words]
    return "" in rests or any(rest != label and rest in seen for rest in rests)


def _corrections(month: Month, name: str) -> dict[int, dict[str, str]]:
    """The cells of an extract that the team has corrected: by line and column, what was used."""
    used: dict[int, dict[str, str]] = {}
    if delivered(month.raw, "corrections") is not None and name != "corrections":
        for row in rows(month, "corrections"):
            if Path(row.text("file")).stem.lower() == name:
                used.setdefault(int(row.text("row")), {})[row.text("column")] = row.text("used")
    return used
