"""What a report is told rather than reads: organisation, places, thresholds, this month's run.

`params/report.yml` holds what stays, `params/<year>/<month>.yml` what belongs to one month.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from boardpack.errors import Fault, InputFaults, UsageFault, nearest
from boardpack.parameter_files import Strict, Told, load_parameters
from boardpack.periods import Month

CHECKOUT = Path(__file__).resolve().parents[2]
"""The project that holds this package: its wording, layout, glossary and book."""

REPORT = Path("params/report.yml")

WORD_REFERENCE = "word-reference.docx"
"""An organisation's own reference document for Word, in its folder `params`."""

CENTRAL = "central"
ICB = "icb"


Percent = Annotated[Decimal, Field(ge=0, le=100)]
Change = Annotated[Decimal, Field(ge=-100, le=100)]
"""A change in per cent: 2 is two per cent more."""


def _whole(quarters: tuple[Decimal, ...]) -> tuple[Decimal, ...]:
    if sum(quarters) != 100:
        raise ValueError("four shares of the year that add up to 100")
    return quarters


Quarters = Annotated[tuple[Percent, Percent, Percent, Percent], AfterValidator(_whole)]
"""Shares of a year's amount by quarter, in per cent."""


class Organisation(Strict):
    """Who publishes the paper, and for which board."""

    name: str
    short_name: str
    boards: dict[str, str]


class Materiality(Strict):
    """A variance is material from the greater of an amount in pounds and a share of budget."""

    amount: Decimal
    percent: Decimal


class Rag(Strict):
    """Adverse share of budget, in per cent, from which a line is amber or red."""

    amber: Decimal
    red: Decimal


class SmallNumbers(Strict):
    """Counts of people from `lowest` to `highest` are not shown below ICB level."""

    lowest: int
    highest: int


class SavingsDelivery(Strict):
    """How much of the savings still forecast is counted on, in per cent, by a scheme's risk.

    It is a local judgement, and holds from the day on which it was `agreed`.
    """

    agreed: dt.date
    low: Percent
    medium: Percent
    high: Percent


class Report(Told):
    """What stays the same from month to month (`params/report.yml`).

    `sensitive` names inputs whose content stays out of bundles: `chc_packages.csv`, `chc_*.csv`.
    `budget_holders` names, by role, the chapters whose commentary each is asked for.
    `illustrative` says that the data is made up: every output then says so on every page.
    `item_engine` adds items up; it changes no figure.
    `savings_quarter_percent` is the profile that savings plans were told to follow.
    """

    organisation: Organisation
    default_place: str
    places: dict[str, str]
    central_name: str
    icb_name: str
    directorates: dict[str, str]
    sign: Literal["budget_minus_actual"]
    materiality: Materiality
    rag: Rag
    small_numbers: SmallNumbers
    high_cost_weekly_rate: Decimal
    cash_limit_percent: Decimal
    bppc_percent: Decimal
    central_drugs_percent: Decimal
    chc_ledger_tolerance_percent: Decimal = Decimal(2)
    chc_funded_inflation_percent: Decimal | None = None
    savings_delivery_percent: SavingsDelivery | None = None
    savings_quarter_percent: Quarters | None = None
    sensitive: list[str] = Field([])
    budget_holders: dict[str, list[str]] = Field({})
    illustrative: bool = False
    item_engine: Literal["duckdb", "spark"] = "duckdb"

    @property
    def papers(self) -> tuple[str, ...]:
        """The slugs for which a paper can be made: each place, then the ICB."""
        return (*self.places, ICB)

    @property
    def area_name(self) -> str:
        """The area that the ICB serves, in print: its name without the word ICB."""
        return self.icb_name.removesuffix(" ICB")

    def place_name(self, slug: str) -> str:
        """A place's name in print; the central column and the ICB have names of their own."""
        return {CENTRAL: self.central_name, ICB: self.icb_name, **self.places}[slug]

    def is_sensitive(self, name: str) -> bool:
        """Whether an input, by its path in the home, is one whose content must not travel."""
        said = (name, PurePosixPath(name).name)
        return any(fnmatchcase(text, pattern) for pattern in self.sensitive for text in said)


class Cover(Strict):
    """The cover sheet that boards use; `author_roles` names the author of each place's paper."""

    purpose: Literal["information", "decision", "discussion"]
    recommendation: str
    conflicts_of_interest: str
    risks: str
    equality: str
    financial: str
    public_engagement: str
    other_engagement: str
    author_roles: dict[str, str] = Field({})
    clinical_lead_role: str
    executive_sponsor_role: str


class Waiver(Strict):
    """A failing check that somebody has answered for, until a date."""

    check: str
    reason: str
    owner_role: str
    expires: dt.date


class Scenario(Strict):
    """A what-if on the months to come; each percentage changes what the forecast expects of them.

    `name` is part of figure ids, `title` how the paper names it. Prices and activity go up by their
    percentages; of the savings still to come, `savings_slip_percent` is not made this year.
    """

    name: str = Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)
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


class Run(Told):
    """One month's run (`params/<year>/<month>.yml`).

    `not_supplied` names the extracts that will not come this month, `unchanged` those whose content
    is rightly last month's, each with the reason.
    """

    board_date: dt.date
    status: Literal["draft", "released"]
    data_cut: dt.datetime
    compare_with: list[str]
    prescribing_months_of_data: int
    cover: Cover
    not_supplied: Reasons = Field({})
    unchanged: Reasons = Field({})
    waivers: list[Waiver] = Field([])
    scenarios: Annotated[list[Scenario], AfterValidator(_named_once)] = Field([])


class Paper(Strict):
    """Everything a paper is told: the report, the month's run, the month, the place, and home."""

    report: Report
    run: Run
    month: Month
    place: str
    home: Path

    @property
    def place_name(self) -> str:
        """The name of the place this paper is for."""
        return self.report.place_name(self.place)

    @property
    def marks(self) -> tuple[str, ...]:
        """What every page of every output must say of the paper."""
        draft = ("draft",) if self.run.status == "draft" else ()
        return (*(("illustrative data",) if self.report.illustrative else ()), *draft)

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
    report = load_parameters(home, REPORT, Report, faults, f"Begin a home: {to_init(home, month)}")
    if not (home / REPORT).exists():
        raise InputFaults(faults)
    begin = f"The month has not begun. Begin it: {to_begin(home, month)}"
    run = load_parameters(home, run_file(month), Run, faults, begin)
    if faults or report is None or run is None:
        raise InputFaults(faults)
    chosen = report.default_place if place is None else place
    if chosen not in report.papers:
        raise UsageFault(f"There is no place {chosen!r}. {nearest(chosen, report.papers)}")
    return Paper(report=report, run=run, month=month, place=chosen, home=home)


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
