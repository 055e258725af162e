"""What a report is told rather than reads: organisation, places, thresholds, this month's run.

`params/report.yml` holds what stays, `params/<year>/<month>.yml` what belongs to one month.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from fnmatch import fnmatchcase
from itertools import pairwise
from pathlib import Path, PurePosixPath
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    model_validator,
)

from boardpack.dated import in_force
from boardpack.errors import Fault, InputFaults, UsageFault, nearest
from boardpack.parameter_files import (
    Amount,
    Day,
    Moment,
    Number,
    Percent,
    Strict,
    Told,
    Words,
    load_parameters,
    part_of_an_id,
    row_of,
)
from boardpack.periods import MONTHS_IN_YEAR, Month, parse_month
from boardpack.roles import line_of, role_faults, roles_in, with_lines
from boardpack.seen import unseen
from boardpack.structure import PARTS, Entries, Names, Part, Structure, StructureChange

CHECKOUT = Path(__file__).resolve().parents[2]
"""The project that holds this package: its wording, layout, glossary and book."""

WORD_REFERENCE = "word-reference.docx"
"""An organisation's own reference document for Word, in its folder `params`."""

REPORT = Path("params/report.yml")
CONFIRM = "# to be confirmed"
"""The remark behind a parameter that nobody has confirmed; a release is refused while it stands."""

CENTRAL = "central"
ICB = "icb"
RESERVED: dict[Part, tuple[str, ...]] = {"place": (CENTRAL, ICB), "directorate": ("total",)}
"""Names in figure ids that mean a column or a line already."""


Change = Annotated[Number, Field(ge=-100, le=100)]
"""A change in per cent: 2 is two per cent more."""


def _whole(quarters: tuple[Decimal, ...]) -> tuple[Decimal, ...]:
    if len(quarters) != 4 or sum(quarters) != 100:
        raise ValueError("four shares of the year that add up to 100")
    return quarters


Quarters = Annotated[tuple[Percent, ...], Field(strict=False), AfterValidator(_whole)]
"""Shares of a year's amount by quarter, in per cent."""


WeeklyRate = Annotated[Number, Field(ge=100, le=20_000)]
"""What a package of care costs in a week, in pounds."""


class Organisation(Strict):
    """Who publishes the paper, and for which board."""

    name: str
    short_name: str
    boards: dict[str, str]


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
    """Counts of people from `lowest` to `highest` are not shown below ICB level."""

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


class DatedOrganisation(Strict):
    """The organisation as the file states it: each name is one for all months, or dated."""

    name: Entries
    short_name: Entries
    boards: Names


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
    which directorate of the month bears each role (see `boardpack.roles`).
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
        """Whether an input, by its path in the home, is one whose content must not travel."""
        said = (name, PurePosixPath(name).name)
        return any(fnmatchcase(text, pattern) for pattern in self.sensitive for text in said)


class Cover(Strict):
    """The cover sheet that boards use; `author_roles` names the author of each place's paper."""

    purpose: Literal["information", "decision", "discussion"]
    recommendation: Words
    conflicts_of_interest: Words
    risks: Words
    equality: Words
    financial: Words
    public_engagement: Words
    other_engagement: Words
    author_roles: dict[str, Words] = Field({})
    clinical_lead_role: Words
    executive_sponsor_role: Words


class Waiver(Strict):
    """A failing check that somebody has answered for, until a date."""

    check: Words
    reason: Words
    owner_role: Words
    expires: Day


class Scenario(Strict):
    """A what-if on the months to come; each percentage changes what the forecast expects of them.

    `name` is part of figure ids, `title` how the paper names it. Prices and activity go up by their
    percentages; of the savings still to come, `savings_slip_percent` is not made this year.
    """

    name: Annotated[str, Field(max_length=40), AfterValidator(part_of_an_id)]
    title: str = ""
    prescribing_price_percent: Change = Decimal(0)
    prescribing_activity_percent: Change = Decimal(0)
    chc_price_percent: Change = Decimal(0)
    chc_activity_percent: Change = Decimal(0)
    savings_slip_percent: Change = Decimal(0)

    @property
    def label(self) -> str:
        """How the paper names it."""
        return self.title or self.name.replace("_", " ")

    def percents(self) -> dict[str, Decimal]:
        """The percentage of each driver by its name, `chc_price`."""
        ending = "_percent"
        named = (name for name in type(self).model_fields if name.endswith(ending))
        return {name.removesuffix(ending): getattr(self, name) for name in named}


def _named_once(scenarios: list[Scenario]) -> list[Scenario]:
    names = [scenario.name for scenario in scenarios]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ValueError(f"a name of its own for each scenario; {', '.join(twice)} stands twice")
    return scenarios


def _reasons(said: object) -> object:
    if isinstance(said, list):
        raise ValueError("a line for each file, 'stated.csv: why it does not come', not a list")
    if isinstance(said, dict):
        blank = [f"{file}" for file, why in said.items() if not f"{why or ''}".strip()]
        if blank:
            raise ValueError(f"a reason for each file; {', '.join(blank)} has none")
    return said


Reasons = Annotated[dict[str, str], BeforeValidator(_reasons)]
"""Files of a month's folder, each with the reason that is given for it."""
_COMPARED = re.compile(r"(\d{4}-\d{2} )?M(0[1-9]|1[0-2])")
WRITTEN = "months of this year as M05, of another as 2024-25 M12"


class Run(Told):
    """One month's run (`params/<year>/<month>.yml`).

    `compare_with` names the earlier months whose released papers this one looks back on, the latest
    first: `M05` of this year, `2024-25 M12` of another. `not_supplied` names the extracts that will
    not come this month, `unchanged` those whose content is rightly last month's, each with the
    reason. `audited` says of a Month 12 that the accounts of its year have been audited.
    `to_confirm` are the parameters whose line ends in `# to be confirmed`.
    """

    board_date: Day
    status: Literal["draft", "released"]
    data_cut: Moment
    compare_with: list[str]
    prescribing_months_of_data: int = Field(ge=0, le=MONTHS_IN_YEAR)
    audited: bool = False
    to_confirm: tuple[str, ...] = Field((), strict=False)
    cover: Cover
    not_supplied: Reasons = Field({})
    unchanged: Reasons = Field({})
    waivers: list[Waiver] = Field([])
    scenarios: Annotated[list[Scenario], AfterValidator(_named_once)] = Field([])


class Version(Strict):
    """A later version of a released paper: its number, which one it replaces, from when, and why.

    `released` is the day on which the one before was released, `data_cut` that of its data; both
    are None for a paper published before boardpack. `reason` is empty while nobody has given it.
    """

    number: int
    replaces: int
    released: Day | None = None
    data_cut: Day | None = None
    reason: str = ""

    @property
    def since(self) -> str:
        """From when the version is that this one replaces, in print; empty where none knows."""
        if self.released is not None:
            return f"released on {in_print(self.released)}"
        return f"of the data of {in_print(self.data_cut)}" if self.data_cut is not None else ""

    @property
    def why(self) -> str:
        """The reason as a sentence; empty while nobody has given it."""
        return f"{self.reason.rstrip('.')}." if self.reason else ""

    @property
    def sentence(self) -> str:
        """What it replaces, from when and why, as covers say it."""
        since = f", {self.since}" if self.since else ""
        why = self.why or "not yet given."
        return f"Version {self.number}. It replaces version {self.replaces}{since}. Why: {why}"


def in_print(day: dt.date) -> str:
    """A day as the paper prints it: 21 November 2024."""
    return f"{day.day} {day:%B %Y}"


class Paper(Strict):
    """Everything a paper is told: the report, the month's run, the month, the place, and home.

    `version` says what this paper replaces; None for the first version of a month's paper.
    """

    report: Report
    run: Run
    month: Month
    place: str
    home: Path
    version: Version | None = None

    @property
    def place_name(self) -> str:
        """The name of the place this paper is for."""
        return self.report.place_name(self.place)

    @property
    def compared(self) -> tuple[Month, ...]:
        """The earlier months that the paper compares with, latest first."""
        return _compared(self.run.compare_with, self.month)

    @property
    def board_day(self) -> str:
        """When the board meets, in print: `23 November 2023`."""
        day = in_print(self.run.board_date)
        return f"{day}, to be confirmed" if "board_date" in self.run.to_confirm else day

    @property
    def marks(self) -> tuple[str, ...]:
        """What every page of every output must say of the paper."""
        draft = ("draft",) if self.run.status == "draft" else ()
        version = (f"version {self.version.number}",) if self.version else ()
        return (*(("illustrative data",) if self.report.illustrative else ()), *draft, *version)

    @property
    def raw(self) -> Path:
        """The folder of the month's extracts, as received."""
        return self.home / "data" / "raw" / self.month.year_folder / self.month.code

    @property
    def is_place(self) -> bool:
        """Whether the paper is for one place rather than the whole ICB."""
        return self.place != ICB


def run_file(month: Month) -> Path:
    """The parameters of a month, below home."""
    return Path("params") / month.year_folder / f"{month.code}.yml"


def load_paper(home: Path, month: Month, place: str | None = None) -> Paper:
    """Parameters of one paper, all faults of both files at once (InputFaults)."""
    faults: list[Fault] = []
    report = load_report(home, month, faults)
    if not (home / REPORT).exists():
        raise InputFaults(faults)
    begin = f"The month has not begun. Begin it: {to_begin(home, month)}"
    run = load_parameters(home, run_file(month), Run, faults, begin)
    with unseen():  # a chapter asks for itself
        if run is not None:
            faults += _placed(home, run_file(month), _run_faults(run, month, report))
    if faults or report is None or run is None:
        raise InputFaults(faults)
    waiting = tuple(name for _, name in to_confirm(home, month))
    run = run.model_copy(update={"to_confirm": waiting})
    return Paper(report=report, run=run, month=month, place=_chosen(report, place), home=home)


def to_confirm(home: Path, month: Month) -> Iterator[tuple[int, str]]:
    """The parameters of a month that wait for confirmation, each with its line in the file."""
    with unseen():  # whoever asks, asks the run
        lines = (home / run_file(month)).read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines, 1):
        if line.rstrip().endswith(CONFIRM):
            yield number, line.split(":", 1)[0].strip()


def _chosen(report: Report, place: str | None) -> str:
    chosen = report.default_place if place is None else place
    if chosen not in report.papers:
        raise UsageFault(f"There is no place {chosen!r}. {nearest(chosen, report.papers)}")
    return chosen


def _placed(home: Path, file: Path, faults: Iterable[Fault]) -> list[Fault]:
    """Faults with the lines in which their parameters stand."""
    return [replace(one, row=row_of(home, file, *(one.column or "").split("."))) for one in faults]


def _run_faults(run: Run, month: Month, report: Report | None) -> Iterator[Fault]:
    """What is wrong among a month's parameters, each of which is right by itself."""
    file = run_file(month).as_posix()
    yield from _comparison_faults(run.compare_with, month, file)
    yield from _date_faults(run, month, file)
    known, data = month.number, run.prescribing_months_of_data
    if data > known:
        expected = f"at most {known}, the months of the year to date"
        remedy = "Count the months from April of which there is data."
        yield Fault(file, expected, remedy, None, "prescribing_months_of_data", str(data))
    places = (*report.structure.places, ICB) if report else run.cover.author_roles
    for slug in run.cover.author_roles:
        if slug not in places:
            expected, hint = "a known place, or icb", nearest(slug, places)
            yield Fault(file, expected, hint, None, f"cover.author_roles.{slug}", slug)


def _date_faults(run: Run, month: Month, file: str) -> Iterator[Fault]:
    """The month ends, its data is cut, the board meets: in that order, and within two years."""
    ended, cut, board = month.last_day, run.data_cut.date(), run.board_date
    if cut < ended:
        expected = f"a day from {ended} on, when {month.written} has ended"
        yield Fault(file, expected, "Correct the day.", None, "data_cut", str(cut))
    if board < cut:
        expected = f"a day from {cut} on, since the board reads what data_cut has closed"
        yield Fault(
            file, expected, "Correct the earlier of the two.", None, "board_date", str(board)
        )
    last = ended + dt.timedelta(days=2 * 365)
    for name, day in (("data_cut", cut), ("board_date", board)):
        if day > last:
            expected = f"a day within two years of the end of {month.written}"
            yield Fault(file, expected, "Correct the year.", None, name, str(day))


def _compared(entries: Iterable[str], month: Month) -> tuple[Month, ...]:
    """The months that are named from a paper's month: `M05` of its year, `2024-25 M12`."""
    said = (entry.rpartition(" ") for entry in entries)
    return tuple(parse_month(named or month.year_folder, code) for named, _, code in said)


def _comparison_faults(said: list[str], month: Month, file: str) -> Iterator[Fault]:
    """Only what was published before can be looked back on, and the latest of it comes first."""
    expected, remedy = "", "Write the latest month first, each once."
    try:
        months = _compared(said, month)
    except UsageFault as error:
        expected, remedy = WRITTEN, str(error)
    else:
        if not all(_COMPARED.fullmatch(entry) for entry in said):
            expected, remedy = WRITTEN, "Write each month so."
        elif any(one >= month for one in months):
            expected = f"months before {month.period}"
            remedy = "Take the later ones out; a month of another year is written as 2024-25 M12."
        elif any(later <= earlier for later, earlier in pairwise(months)):
            expected = "the latest month first"
    if expected:
        yield Fault(file, expected, remedy, None, "compare_with", f"[{', '.join(said)}]")


def load_report(home: Path, month: Month, faults: list[Fault]) -> Report | None:
    """The report as it stands in a month; None where the file is wrong, which `faults` tells."""
    absent = f"Begin a home: {to_init(home, month)}"
    file = load_parameters(home, REPORT, ReportFile, faults, absent)
    if file is None:
        return None
    with unseen():  # whoever asks, asks the report of the month
        found = _placed(home, REPORT, _report_faults(file, month))
        faults += found
        return None if found else _in_month(file, month)


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
    for slug in file.organisation.boards:
        if slug not in (*file.places, ICB):
            key, hint = f"organisation.boards.{slug}", nearest(slug, (*file.places, ICB))
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


def to_begin(home: Path, month: Month) -> str:
    """The command that begins a month of a home."""
    elsewhere = "" if home.resolve() == CHECKOUT else f" --home {_as_typed(home)}"
    return f"boardpack new-month {month.year_folder} {month.code}{elsewhere}"


def to_init(home: Path, month: Month) -> str:
    """The command that writes a home to start from, where there is none yet."""
    return f"boardpack init {_as_typed(home)} {month.year_folder} {month.code}"


def _as_typed(home: Path) -> str:
    """A folder as a command takes it, in quotation marks where it holds a space."""
    return f'"{home}"' if " " in str(home) else str(home)


def has_begun(home: Path, month: Month) -> bool:
    """Whether a month has its parameters and its folder of extracts."""
    raw = home / "data" / "raw" / month.year_folder / month.code
    return (home / run_file(month)).is_file() and raw.is_dir()
