"""What a report is told once: organisation, places, thresholds (`params/report.yml`).

Names and changes of structure are dated there; a report is what holds in one month.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, model_validator

from boardpack.core.dated import in_force
from boardpack.core.design import OwnDesign, design_faults
from boardpack.core.errors import Fault, nearest
from boardpack.core.home import REPORT, to_init
from boardpack.core.home_chapters import ChapterEntry
from boardpack.core.in_print import InPrint
from boardpack.core.logo import logo_faults
from boardpack.core.parameter_files import (
    Amount,
    Change,
    Day,
    Number,
    Percent,
    Slug,
    Strict,
    Told,
    Words,
    load_parameters,
    placed,
)
from boardpack.core.periods import Month
from boardpack.core.roles import line_of, role_faults, roles_in, with_lines
from boardpack.core.seen import unseen
from boardpack.core.structure import (
    CENTRAL,
    ICB,
    PARTS,
    Entries,
    Names,
    Part,
    Structure,
    StructureChange,
)

RESERVED: dict[Part, tuple[str, ...]] = {"place": (CENTRAL, ICB), "directorate": ("total",)}
"""Names in figure ids that mean a column or a line already."""


def _whole(quarters: tuple[Decimal, ...]) -> tuple[Decimal, ...]:
    if len(quarters) != 4 or sum(quarters) != 100:
        raise ValueError("four shares of the year that add up to 100")
    return quarters


Quarters = Annotated[tuple[Percent, ...], Field(strict=False), AfterValidator(_whole)]
"""Shares of a year's amount by quarter, in per cent."""

WeeklyRate = Annotated[Number, Field(ge=100, le=20_000)]
"""What a package of care costs in a week, in pounds."""


class Organisation(Strict):
    """Who publishes the paper, for which board, and whom a reader of each paper may ask.

    A paper without a contact names its author's role.
    """

    name: str
    short_name: str
    boards: dict[str, str]
    contacts: dict[str, Words]


class Materiality(Strict):
    """A variance is material from the greater of an amount in pounds and a share of budget."""

    amount: Amount
    percent: Percent


class Rag(Strict):
    """Adverse share of budget, in per cent, from which a line is amber or red."""

    amber: Percent
    red: Percent

    @model_validator(mode="after")
    def _in_order(self) -> Rag:
        if self.red < self.amber:
            raise ValueError(f"red at {self.amber} or more, where amber ends")
        return self


class SmallNumbers(Strict):
    """Counts of people from `lowest` to `highest` are not shown below ICB level.

    >>> shown_not = SmallNumbers(lowest=1, highest=4)
    >>> [number for number in range(7) if shown_not.lowest <= number <= shown_not.highest]
    [1, 2, 3, 4]
    """

    lowest: int = Field(ge=0, le=100)
    highest: int = Field(ge=0, le=100)

    @model_validator(mode="after")
    def _in_order(self) -> SmallNumbers:
        if self.highest < self.lowest:
            raise ValueError(f"highest of {self.lowest} or more, as lowest is")
        return self


class SavingsDelivery(Strict):
    """How much of the savings still forecast is counted on, in per cent, by a scheme's risk.

    It is a local judgement, and holds from the day on which it was `agreed`.
    """

    agreed: Day
    low: Percent
    medium: Percent
    high: Percent

    @model_validator(mode="after")
    def _in_order(self) -> SavingsDelivery:
        if not self.low >= self.medium >= self.high:
            raise ValueError("no more counted on at a higher risk: low, then medium, then high")
        return self


class _Parameters(Told):
    """What `params/report.yml` says and dates do not touch.

    `sensitive` names inputs whose content stays out of bundles: `chc_packages.csv`, `chc_*.csv`.
    `budget_holders` names, by role, the chapters whose commentary each is asked for.
    `illustrative` says that the data is made up: every output then says so on every page.
    `item_engine` adds items up; it changes no figure.
    `savings_quarter_percent` is the profile that savings plans were told to follow.
    `chapters` says what of the chapters is printed, where, and which are the home's own.
    `in_print` is the unit of money, and what the board and the places are called; `design` the
    body's own colours and its logo.
    """

    default_place: str
    central_name: Words
    sign: Literal["budget_minus_actual"]
    materiality: Materiality
    rag: Rag
    small_numbers: SmallNumbers
    high_cost_weekly_rate: WeeklyRate
    cash_limit_percent: Percent
    bppc_percent: Percent
    central_drugs_percent: Percent
    chc_ledger_tolerance_percent: Percent = Decimal(2)
    chc_funded_inflation_percent: Change | None = None
    savings_delivery_percent: SavingsDelivery | None = None
    savings_quarter_percent: Quarters | None = None
    sensitive: list[str] = Field([])
    budget_holders: dict[str, list[str]] = Field({})
    illustrative: bool = False
    item_engine: Literal["duckdb", "spark"] = "duckdb"
    chapters: dict[Slug, ChapterEntry] = Field({})
    in_print: InPrint | None = None
    design: OwnDesign | None = None


class DatedOrganisation(Strict):
    """The organisation as the file states it: each name is one for all months, or dated."""

    name: Entries
    short_name: Entries
    boards: Names
    contacts: dict[str, Words] = Field({})


class ReportFile(_Parameters):
    """`params/report.yml` as it stands: every month, each name with its dates, and the changes."""

    organisation: DatedOrganisation
    places: Names
    icb_name: Entries
    directorates: Names
    roles: dict[str, str] = Field({})
    changes: tuple[StructureChange, ...] = Field((), strict=False)


class Report(_Parameters):
    """What stays the same from month to month (`params/report.yml`), as it stands in one month.

    `places` and `directorates` are those of the month with their names then. `structure` has those
    of earlier months too, and what became of them; of later months nothing is known. `roles` says
    which directorate of the month bears each role (see `boardpack.core.roles`).
    """

    organisation: Organisation
    places: dict[str, str]
    icb_name: str
    directorates: dict[str, str]
    roles: dict[str, str] = Field({})
    structure: Structure

    def names(self, part: Part) -> dict[str, str]:
        """The places, or the directorates, of the month."""
        return self.places if part == "place" else self.directorates

    def line(self, role: str) -> str:
        """The line of the directorate that bears a role; one that no figure has where none does."""
        return line_of(role, self.roles)

    def with_lines(self, pattern: str) -> str:
        """A pattern or an id with each `@role` as the line that bears it."""
        return with_lines(pattern, self.roles)

    def other_labels(self, part: Part, month: Month) -> tuple[tuple[str, str], ...]:
        """Other labels under which files of a month may say a place or directorate: label, slug."""
        found = self.structure.in_force(part, month)
        return tuple((label, slug) for slug, entry in found.items() for label in entry.also)

    @property
    def papers(self) -> tuple[str, ...]:
        """The slugs for which a paper can be made: each place, then the ICB."""
        return (*self.places, ICB)

    @property
    def area_name(self) -> str:
        """The area that the ICB serves, in print: its name without the word ICB."""
        return self.icb_name.removesuffix(" ICB")

    def place_name(self, slug: str) -> str:
        """A place's name in print; the central column and the ICB have names of their own.

        A place that is no more keeps the last name that it had.
        """
        known = {CENTRAL: self.central_name, ICB: self.icb_name, **self.places}
        return known[slug] if slug in known else self.structure.name("place", slug)

    def is_sensitive(self, name: str) -> bool:
        """Whether an input, by its path in the home, is one whose content must not travel.

        An extract that is named as `chc_packages.csv` is meant in whatever form it comes.
        """
        named, extract = PurePosixPath(name), PurePosixPath(name).with_suffix(".csv")
        said = (name, named.name, str(extract), extract.name, extract.name.casefold())
        return any(fnmatchcase(text, pattern) for pattern in self.sensitive for text in said)


def load_report(home: Path, month: Month, faults: list[Fault]) -> Report | None:
    """The report as it stands in a month; None where the file is wrong, which `faults` tells."""
    absent = f"Begin a home: {to_init(home, month)}"
    file = load_parameters(home, REPORT, ReportFile, faults, absent)
    if file is None:
        return None
    with unseen():  # whoever asks, asks the report of the month
        wrong = [*_report_faults(file, month), *_logo_faults(home, file)]
        found = placed(home, REPORT, wrong)
        faults += found
        return None if found else _in_month(file, month)


def _logo_faults(home: Path, file: ReportFile) -> Iterator[Fault]:
    """A home's logo that could not be shown."""
    return logo_faults(home, file.design.logo if file.design else None, REPORT.as_posix())


def _in_month(file: ReportFile, month: Month) -> Report:
    structure = _structure(file).as_known(month)
    places = structure.in_force("place", month)
    default = structure.stands("place", file.default_place) or file.default_place
    before = (one for one in places if _structure(file).stands("place", one) == default)
    boards = {slug: in_force(dated, month) for slug, dated in file.organisation.boards.items()}
    told: dict[str, Any] = {name: getattr(file, name) for name in _Parameters.model_fields}
    told |= {
        "default_place": default if default in places else next(before, file.default_place),
        "organisation": Organisation(
            name=_name(file.organisation.name, month),
            short_name=_name(file.organisation.short_name, month),
            boards={s: b.name for s, b in boards.items() if b and s in (*places, ICB)},
            contacts=file.organisation.contacts,
        ),
        "places": {slug: entry.name for slug, entry in places.items()},
        "icb_name": _name(file.icb_name, month),
        "directorates": {
            slug: entry.name for slug, entry in structure.in_force("directorate", month).items()
        },
        "roles": roles_in(file.roles, _structure(file), month),
        "structure": structure,
    }
    return Report(**told)


def _structure(file: ReportFile) -> Structure:
    changes = tuple(sorted(file.changes, key=lambda change: change.since))
    return Structure(places=file.places, directorates=file.directorates, changes=changes)


def _name(entries: Entries, month: Month) -> str:
    found = in_force(entries, month)
    return found.name if found else ""


def _report_faults(file: ReportFile, month: Month) -> Iterator[Fault]:
    """What is wrong with the structure, and what has no name in the month."""
    said = REPORT.as_posix()
    structure = Structure(places=file.places, directorates=file.directorates, changes=file.changes)
    yield from structure.faults(said)
    yield from role_faults(file.roles, structure, said)
    yield from design_faults(file.design, said)
    named = {
        "organisation.name": file.organisation.name,
        "organisation.short_name": file.organisation.short_name,
        "icb_name": file.icb_name,
    }
    for key, entries in named.items():
        if in_force(entries, month) is None:
            expected = f"a name that holds in {month.written}"
            yield Fault(said, expected, "Add an entry, or its months.", None, key)
    if file.default_place not in (*file.places, ICB):
        hint = nearest(file.default_place, (*file.places, ICB))
        yield Fault(said, "a known place, or icb", hint, None, "default_place", file.default_place)
    for part in PARTS:
        for slug in RESERVED[part]:
            if slug in structure.of(part):
                expected = f"another name; {slug} means a column or a line in every table already"
                yield Fault(said, expected, "Choose another.", None, f"{part}s.{slug}", slug)
    known = (*file.places, ICB)
    told = {"boards": [*file.organisation.boards], "contacts": [*file.organisation.contacts]}
    for name, slugs in told.items():
        for slug in slugs:
            if slug not in known:
                key, hint = f"organisation.{name}.{slug}", nearest(slug, known)
                yield Fault(said, "a known place, or icb", hint, None, key, slug)
    for part in PARTS:
        yield from _labels_once(structure, part, month)


def _labels_once(structure: Structure, part: Part, month: Month) -> Iterator[Fault]:
    """Each label of a month must mean one thing."""
    meant: dict[str, str] = {}
    for slug, entry in structure.in_force(part, month).items():
        for label in (slug, entry.name, *entry.also):
            other = meant.setdefault(label, slug)
            if other != slug:
                expected = f"a label of its own in {month.written}; {other} has it too"
                remedy = "Give each its own name, or the months in which it has it."
                yield Fault(REPORT.as_posix(), expected, remedy, None, f"{part}s.{slug}", label)
