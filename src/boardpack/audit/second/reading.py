"""A second, plain reading of the month's extracts, for verification alone.

It shares no code with the rest of the product, on purpose: what both readings get wrong in the same
way would have to be wrong twice. Only the standard library is used, and PyYAML for the forms of
declared tables (second_forms). What else stands in `params/` is told (`Month`); every number comes
from the files.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from boardpack.audit.second.days import month_code
from boardpack.audit.second.extracts import EXTRACTS, Shape
from boardpack.audit.second.files import AS_AGREED, Layout, Table, best_table, delivered, heading
from boardpack.audit.second.numbers import Number, number, slug

TOTALS = ("total", "totals", "subtotal", "grandtotal")
NOTE = 2
NO_MONEY = frozenset({"clients", "number_paid", "number_within_target", "nhs_share", "value"})
"""Columns that a supplier's unit of money does not scale."""


USUAL = {"prescribing": "prescribing", "continuing_care": "continuing_care_services"}
"""The directorates that headlines ask for, as a body calls them that says nothing else."""


class Month(NamedTuple):
    """The month that is re-performed: where its extracts stand, and which month of the year.

    `year` is as folders name it, 2023-24; `places` are the slugs of the ICB's places. The rest is
    as the parameters declare it: directorates as printed by their line, how suppliers' files
    differ, extracts that are not supplied, the limit that headlines are counted against,
    the lowest and the highest count of people that is too small to show, how much of the savings to
    come is counted on at each risk, in per cent (empty where none is agreed), and by column what
    each other label of a place or directorate means in the month (blank where it is no more), the
    changes of the structure in turn (since when, of what, from which slug to which), how the
    ledgers of the year's earlier months came, the line of the directorate that bears each role, the
    place of tables that name none, and the numbers that the report's parameters give, by name.
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
    few: tuple[int, int] = (0, 0)
    delivery: Mapping[str, Decimal] = {}
    stands: Mapping[str, Mapping[str, str]] = {}
    changes: tuple[tuple[str, str, str, str], ...] = ()
    ledgers: Mapping[int, Layout] = {}
    roles: Mapping[str, str] = USUAL
    default_place: str = ""
    parameters: Mapping[str, Decimal] = {}

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

    @property
    def left(self) -> int:
        """How many months of the year are still to come."""
        return 12 - self.number

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
    return rows_of(month, name, EXTRACTS[name])


def rows_of(month: Month, name: str, shape: Shape) -> list[Row]:
    """The records of a file of a certain shape, in the same way."""
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
    if name == "trial_balance":
        start = int(month.year[:4])
        meant = [
            _of_month(row, month_code(row.text("period"), start, month.number)) for row in meant
        ]
    return [row for row in meant if all(row.words.get(column) != "" for column in month.stands)]


def _meant(month: Month, words: Mapping[str, str]) -> dict[str, str]:
    """What a row says, with each place and directorate under its name of the month."""
    told = {column: words[column] for column in month.stands if column in words}
    return {**words, **{column: _label(month.stands[column], t) for column, t in told.items()}}


def _of_month(row: Row, code: str) -> Row:
    return row._replace(words={**row.words, "period": code})


def _label(stands: Mapping[str, str], text: str) -> str:
    """What a label is called now, in capitals or not."""
    folded = {label.lower(): now for label, now in stands.items()}
    return stands.get(text, folded.get(text.lower(), text))


def read_rows(path: Path, shape: Shape, layout: Layout) -> list[tuple[int, Row]]:
    """The records of a file, each with its line.

    ValueError where the file has no header that names all the columns that are needed.
    """
    sheet = layout.sheet if path.suffix.lower() != ".csv" else None
    table = best_table(path, (*shape.columns, *shape.optional), layout, sheet)
    missing = [column for column in shape.columns if column not in table.names]
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
        if _is_note(cells_of[line], [said[column] for column in shape.amounts]):
            continue
        if shape.is_unit_level and any(_is_total(label, words, seen) for label in labels[:2]):
            continue
        seen.update(labels[:2])
        yield line, said


def _is_note(cells: list[str], amounts: list[str]) -> bool:
    """A word or two with no amount beside them."""
    return sum(map(bool, cells)) <= NOTE and not any(amounts)


def _is_total(label: str, words: Iterable[str], seen: set[str]) -> bool:
    """`Total`, or the total of something that stands above it."""
    rests = [label.removesuffix(word) for word in words] + [label.removeprefix(w) for w in words]
    return "" in rests or any(rest != label and rest in seen for rest in rests)


def _corrections(month: Month, name: str) -> dict[int, dict[str, str]]:
    used: dict[int, dict[str, str]] = {}
    if delivered(month.raw, "corrections") is not None and name != "corrections":
        for row in rows(month, "corrections"):
            if Path(row.text("file")).stem.lower() == name:
                used.setdefault(int(row.text("row")), {})[row.text("column")] = row.text("used")
    return used


def is_there(month: Month, name: str) -> bool:
    """Whether the month's folder holds an extract."""
    return f"{name}.csv" not in month.not_supplied and delivered(month.raw, name) is not None


def released(month: Month, figure: str) -> tuple[int, Decimal] | None:
    """The figure in the latest papers before this one that have it: which month, and its value.

    The paper of the same place is asked first, then those of the other places and of the ICB. What
    was several places or directorates then is added.
    """
    chapter, place, line, *rest = figure.split(".")
    for earlier in range(month.number - 1, 0, -1):
        parts = [
            ".".join((chapter, one, other, *rest))
            for one in _parts(month, earlier, "place", place)
            for other in _parts(month, earlier, "directorate", line)
        ]
        known = [_published(month, earlier, part) for part in parts]
        values = [value for value in known if value is not None]
        if values:
            return earlier, sum(values, Decimal(0))
    return None


def _parts(month: Month, earlier: int, what: str, slug: str) -> list[str]:
    """What a place or directorate was made up of in an earlier month of the year."""
    then, found = f"{month.year} M{earlier:02d}", [slug]
    for since, kind, old, new in reversed(month.changes):
        if kind == what and since > then and new in found:
            found.append(old)
    return found


def _published(month: Month, earlier: int, figure: str) -> Decimal | None:
    places = [
        part
        for place in dict.fromkeys((month.place, *month.places, "icb"))
        for part in _parts(month, earlier, "place", place)
    ]
    for place in places:
        folder = month.home / "data" / "released" / month.year / f"M{earlier:02d}" / place
        for item in _latest_register(folder):
            if item["id"] == figure and item["value"] is not None:
                return Decimal(item["value"])
    return None


def _latest_register(folder: Path) -> list[dict[str, str | None]]:
    """The figures of a released paper, of its last version (`v2`) where it was corrected."""
    numbers = [re.fullmatch(r"v(\d+)", path.name) for path in folder.glob("v*")]
    versions = sorted((int(found[1]) for found in numbers if found), reverse=True)
    for place in (*(folder / f"v{version}" for version in versions), folder):
        path = place / "figures.json"
        if path.is_file():
            content = path.read_bytes()
            _refuse_altered(path, content)
            return _figures(content)
    return []


def _refuse_altered(path: Path, content: bytes) -> None:
    """ValueError for a register that is not the one which its release record names."""
    record = path.with_name("release.json")
    if not record.is_file():
        return
    named = json.loads(record.read_bytes())["files"]["figures.json"]
    if hashlib.sha256(content).hexdigest() != named:
        folder = "/".join(path.parts[-5:-1])
        raise ValueError(f"{folder}: the register is not what was released")


@lru_cache(maxsize=32)
def _figures(content: bytes) -> list[dict[str, str | None]]:
    found: list[dict[str, str | None]] = json.loads(content)["figures"]
    return found
