"""What is told of one month: its run (`params/<year>/<month>.yml`)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from boardpack.core.errors import Fault, UsageFault, nearest
from boardpack.core.home import run_file
from boardpack.core.parameter_files import Change, Day, Moment, Strict, Told, Words, part_of_an_id
from boardpack.core.periods import MONTHS_IN_YEAR, Month, parse_month
from boardpack.core.report import Report
from boardpack.core.structure import ICB


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


def months_named(entries: Iterable[str], month: Month) -> tuple[Month, ...]:
    """The months that are named from a paper's month: `M05` of its year, `2024-25 M12`.

    >>> [month.code for month in months_named(["M01", "M03"], Month(2023, 6))]
    ['M01', 'M03']
    """
    said = (entry.rpartition(" ") for entry in entries)
    return tuple(parse_month(named or month.year_folder, code) for named, _, code in said)


def run_faults(run: Run, month: Month, report: Report | None) -> Iterator[Fault]:
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


def _comparison_faults(said: list[str], month: Month, file: str) -> Iterator[Fault]:
    """Only what was published before can be looked back on, and the latest of it comes first."""
    expected, remedy = "", "Write the latest month first, each once."
    try:
        months = months_named(said, month)
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
