"""A new month begun: its folders, its parameters rolled forward, last month's words for reference.

Nothing that stands is ever overwritten. What was changed on the way from the month before is given
back, so that a person reviews it before the first render.
"""

from __future__ import annotations

import calendar
import datetime as dt
import difflib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from boardpack.core.errors import UsageFault
from boardpack.core.home import month_folder, to_init
from boardpack.core.params import CONFIRM, Paper, load_paper
from boardpack.core.periods import MONTHS_IN_YEAR, Month
from boardpack.render.expected import Expected, expected_files
from boardpack.render.last_year import keep_last_year
from boardpack.render.new_year import needs_of_year

ARREARS = 2
"""Prescribing data comes so many months after the month that it tells of (NHSBSA)."""
TARIFF_MONTHS = ("April", "July", "October", "January")
"""The calendar months in which Category M prices are set anew (Drug Tariff)."""
COMPARED = 2
"""How many released months a paper looks back on."""


@dataclass(frozen=True)
class Begun:
    """A month that was begun: what was written, what to expect, and what to look at.

    `changes` is the difference of the parameters from last month's, line by line; `anew` what a new
    year begins anew.
    """

    month: Month
    before: Month
    written: tuple[str, ...]
    expected: tuple[Expected, ...]
    changes: tuple[str, ...]
    notes: tuple[str, ...]
    anew: tuple[str, ...] = ()

    def text(self) -> str:
        """What was done and what is to be done, for the person who begins the month."""
        parts = [
            (f"{self.month.period} is begun, from {self.before.period}.", self.written),
            ("Parameters that changed:", self.changes),
            ("Extracts that last month brought:", tuple(e.told for e in self.expected)),
            ("A new year begins:", self.anew),
            ("Look at this:", self.notes),
        ]
        told = ["\n".join((t, *(f"  {line}" for line in lines))) for t, lines in parts if lines]
        return "\n\n".join(told)


def begin_month(home: Path, month: Month) -> Begun:
    """Make the folders and parameters of a month from those of the latest month before it.

    Raises UsageFault where the month was begun already, or there is no earlier month to go from.
    """
    before = _latest_before(home, month)
    target = home / _parameters(month)
    if target.exists():
        raise UsageFault(
            f"{month.period} was begun already: {_parameters(month)} is there. Nothing was changed."
        )
    paper = load_paper(home, before)
    old = (home / _parameters(before)).read_text(encoding="utf-8")
    new = _rolled_forward(old, paper, month)
    target.parent.mkdir(parents=True, exist_ok=True)
    raw = home / month_folder(month)
    raw.mkdir(parents=True, exist_ok=True)
    target.write_text(new, encoding="utf-8", newline="\n")
    words = _reference_words(home, before, month)
    expected = expected_files(home, month)
    anew: tuple[str, ...] = ()
    if before.start != month.start:
        brought = {item.file for item in expected}
        kept = keep_last_year(paper, month)
        anew = (kept, *needs_of_year(paper, month, brought))
    return Begun(
        month,
        before,
        (_parameters(month).as_posix(), raw.relative_to(home).as_posix() + "/", *words),
        expected,
        tuple(_changes(old, new, before, month)),
        tuple(_notes(month, paper)),
        anew,
    )


def _parameters(month: Month) -> Path:
    return Path("params") / month.year_folder / f"{month.code}.yml"


def _latest_before(home: Path, month: Month) -> Month:
    for back in range(1, 2 * MONTHS_IN_YEAR):
        earlier = month.earlier(back)
        if (home / _parameters(earlier)).exists():
            return earlier
    raise UsageFault(
        f"There is no month before {month.period} in params/ to go from."
        f" Write the first one: {to_init(home, month)}"
    )


def _rolled_forward(text: str, paper: Paper, month: Month) -> str:
    """Last month's parameters as they stand, with what belongs to the month put anew."""
    board = _a_month_on(paper.run.board_date, paper, month)
    lines = {
        "board_date": f"{board}  {CONFIRM}",
        "status": "draft",
        "data_cut": f"{min(_data_cut(month), f'{board}T12:00:00Z')}  {CONFIRM}",
        "compare_with": f"[{', '.join(_compared(paper, month))}]",
        "prescribing_months_of_data": str(max(0, month.number - ARREARS)),
    }
    for key, value in lines.items():
        text = re.sub(rf"(?m)^{key}:.*(\n[ -].*)*$", f"{key}: {value}", text)
    text = re.sub(r"\A#.*\n", f"# The run for Month {month.number} ({month.name}).\n", text)
    text = re.sub(r"(?ms)^(unchanged|audited):.*?(?=^[^\s-]|\Z)", "", text)
    return _waivers_carried(text, paper, month)


def _a_month_on(day: dt.date, paper: Paper, month: Month) -> dt.date:
    """The same weekday of the same week, so many months later as the months lie apart."""
    apart = (month.start - paper.month.start) * MONTHS_IN_YEAR + month.number - paper.month.number
    position = day.year * MONTHS_IN_YEAR + day.month - 1 + apart
    first = dt.date(position // MONTHS_IN_YEAR, position % MONTHS_IN_YEAR + 1, 1)
    to_weekday = (day.weekday() - first.weekday()) % 7
    found = first + dt.timedelta(days=to_weekday + 7 * ((day.day - 1) // 7))
    return found if found.month == first.month else found - dt.timedelta(days=7)


def _data_cut(month: Month) -> str:
    """Noon of the last day of the month after, when its figures are settled."""
    after = month.earlier(-1)
    year = after.start if after.number <= 9 else after.start + 1
    number = (after.number + 2) % MONTHS_IN_YEAR + 1
    day = calendar.monthrange(year, number)[1]
    return f"{year}-{number:02d}-{day:02d}T12:00:00Z"


def _compared(paper: Paper, paper_month: Month) -> list[str]:
    """The released months that the paper looks back on; of last year only how it ended."""
    found = [
        month.code if month.start == paper_month.start else f"{month.year_folder} {month.code}"
        for month in (paper.month, *paper.compared)
        if month.start == paper_month.start or month.is_year_end
    ]
    return found[:COMPARED]


def _waivers_carried(text: str, paper: Paper, month: Month) -> str:
    """Waivers that have not run out by the new data cut; those that have are left behind."""
    cut = dt.date.fromisoformat(_data_cut(month)[:10])
    kept = [w.model_dump() for w in paper.run.waivers if w.expires >= cut]
    told = yaml.safe_dump({"waivers": kept}, sort_keys=False, allow_unicode=True, width=96)
    return re.sub(r"(?ms)^waivers:.*?(?=^[^\s-]|\Z)", lambda _: told, text)


def _reference_words(home: Path, before: Month, month: Month) -> tuple[str, ...]:
    """Last month's commentary beside this month's, each file with its date; it is never printed."""
    found: Counter[str] = Counter()
    for old in sorted((home / "params" / before.year_folder / before.code).glob("*/commentary/*")):
        if old.suffix == ".md":
            folder = Path("params") / month.year_folder / month.code / old.parts[-3]
            name = folder / "last_month" / old.name
            (home / name).parent.mkdir(parents=True, exist_ok=True)
            (home / folder / "commentary").mkdir(exist_ok=True)
            said = f"<!-- As said for {before.name} (Month {before.number}). Not printed. -->\n\n"
            words = old.read_text(encoding="utf-8")
            (home / name).write_text(said + words, encoding="utf-8", newline="\n")
            found[name.parent.as_posix()] += 1
    return tuple(f"{folder}/  ({number} files, for reference)" for folder, number in found.items())


def _changes(old: str, new: str, before: Month, month: Month) -> Iterator[str]:
    one, other = (_parameters(m).as_posix() for m in (before, month))
    found = difflib.unified_diff(old.splitlines(), new.splitlines(), one, other, lineterm="", n=0)
    return (line for line in found if not line.startswith("@@"))


def _notes(month: Month, paper: Paper) -> Iterator[str]:
    """What is particular about this month."""
    yield f"Confirm the lines of {_parameters(month).as_posix()} that say so."
    if month.earlier(1) != paper.month:
        yield f"The last month here is {paper.month.period}: the months between have no paper."
    if month.number == 1:
        yield "Month 1 opens a year: what is counted from April is compared with no earlier month."
    if month.number <= ARREARS:
        yield "No prescribing data of this year has come yet: the whole year to date is estimated."
    if month.number == MONTHS_IN_YEAR:
        yield "Month 12 closes the year: its forecast is the outturn, and the paper says so."
        if "forecast" in paper.run.cover.recommendation.lower():
            yield "The board is still asked about a forecast: put the recommendation right."
    name = month.name.split()[0]
    if name in TARIFF_MONTHS:
        yield f"Category M prices change in {name}."
    gone = [w.check for w in paper.run.waivers if str(w.expires) < _data_cut(month)[:10]]
    for check in gone:
        yield f"The waiver of {check} has run out and was not carried over."
    if paper.run.not_supplied:
        yield f"Still declared as not supplied: {', '.join(paper.run.not_supplied)}."
    if paper.run.unchanged:
        named = ", ".join(paper.run.unchanged)
        yield f"Last month these rightly came as before; if they do again, say why anew: {named}."
