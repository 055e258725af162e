"""A home to start from: parameters with comments, extracts that are headings only, a first month.

The headings are those of the contracts that the readers hold the extracts to, so that they cannot
say anything else. Nothing that stands is ever overwritten: beginning a home again adds what is not
there, for places that its parameters name since too.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jinja2

from boardpack.core.errors import Fault, InputFaults, UsageFault
from boardpack.core.home import CHECKOUT, REPORT, month_folder, run_file
from boardpack.core.params import CONFIRM, load_paper
from boardpack.core.periods import MONTHS_IN_YEAR, Month, parse_month
from boardpack.core.report import load_report
from boardpack.reading.folder import REFERENCE
from boardpack.reading.table_shape import Contract
from boardpack.render.home_files import (
    LATE,
    MORE,
    NEEDED,
    NOT_SUPPLIED,
    REFERENCE_MORE,
    REFERENCE_NEEDED,
    contracts,
)
from boardpack.render.new_month import ARREARS
from boardpack.subjects.chc.from_packages import month_days

TEXTS = CHECKOUT / "templates" / "home"
HEADINGS = Path("data/headings")
"""Where the headings stand of what a month may bring, and need not."""


@dataclass(frozen=True)
class Written:
    """A home that was begun: what was written, below it, and the month that it begins with."""

    home: Path
    month: Month
    files: tuple[str, ...]

    def text(self) -> str:
        """What was written, and what to do next."""
        if not self.files:
            return f"{self.home} has all that a home begins with. Nothing was changed."
        when = f"{self.month.year_folder} {self.month.code} --home {self.home}"
        return "\n".join(
            (
                f"{self.home} is begun, with {self.month.period}. What stood there is as it was.",
                *(f"  {file}" for file in self.files),
                "",
                "Next:",
                f"  Fill in {REPORT.as_posix()}: its lines marked “change me” are examples.",
                "  Read README.md there: it says what each file holds.",
                f"  See what is missing: boardpack status {when}",
            )
        )


def begin_home(home: Path, month: Month) -> Written:
    """Write what a home lacks of what one begins with; InputFaults where its parameters are wrong.

    Raises UsageFault where `home` is a file, or the project itself, which is a home already.
    """
    if home.is_file() or home.resolve() == CHECKOUT:
        raise UsageFault(f"{home} cannot be a home of your own. Name a new folder.")
    found = [*_write(home, {REPORT: (TEXTS / "report.yml").read_text(encoding="utf-8")})]
    found += _write(home, {run_file(month): _run(home, month)})
    paper = load_paper(home, month)
    shapes = contracts(paper)
    files = {month_folder(month): set(NEEDED) - set(paper.run.not_supplied)}
    files |= {REFERENCE: set(REFERENCE_NEEDED), HEADINGS: {*MORE, *REFERENCE_MORE}}
    heads = {folder / name: _heading(shapes[name]) for folder in files for name in files[folder]}
    found += _write(home, {Path("README.md"): _read_me(home, month, shapes), **heads})
    for place in paper.report.papers:
        folder = run_file(month).with_suffix("") / place / "commentary"
        if not (home / folder).exists():
            (home / folder).mkdir(parents=True)
            found.append(f"{folder.as_posix()}/")
    return Written(home, month, tuple(found))


def ended_last(today: dt.date | None = None) -> Month:
    """The month that ended last: the one to begin with where none is named."""
    day = today or dt.datetime.now(dt.UTC).date()
    number = (day.month - 4) % MONTHS_IN_YEAR + 1
    return Month(day.year if day.month >= 4 else day.year - 1, number).earlier(1)


def latest_month(home: Path) -> Month:
    """The latest month of a home that has parameters; the one that ended last, where none has."""
    runs = sorted((home / REPORT.parent).glob("20[0-9][0-9]-[0-9][0-9]/M[0-9][0-9].yml"))
    return parse_month(runs[-1].parent.name, runs[-1].stem) if runs else ended_last()


def _write(home: Path, texts: Mapping[Path, str]) -> Iterator[str]:
    """Write each file that is not there in any form; the names of those that were written."""
    for file, text in sorted(texts.items()):
        if not _stands(home / file):
            (home / file).parent.mkdir(parents=True, exist_ok=True)
            (home / file).write_text(text, encoding="utf-8", newline="\n")
            yield file.as_posix()


def _stands(file: Path) -> bool:
    """Whether a file is there, as an extract in another form too: a workbook for a CSV file."""
    return file.exists() or (file.suffix == ".csv" and any(file.parent.glob(f"{file.stem}.*")))


def _run(home: Path, month: Month) -> str:
    """The first month's parameters, with an author's role for each place of the report."""
    faults: list[Fault] = []
    report = load_report(home, month, faults)
    if report is None:
        raise InputFaults(faults)
    late = LATE if month.number <= ARREARS else {}
    return _filled(
        "month.yml.j2",
        month=month,
        board_date=month_days(month.earlier(-2))[0].replace(day=20),
        data_cut=month_days(month.earlier(-1))[1],
        confirm=CONFIRM,
        arrears=ARREARS,
        months_of_data=max(0, month.number - ARREARS),
        places=report.places,
        not_supplied={**NOT_SUPPLIED, **late},
    )


def _read_me(home: Path, month: Month, shapes: Mapping[str, Contract]) -> str:
    return _filled(
        "README.md.j2",
        home=home,
        month=month,
        after=month.earlier(-1),
        needed=_told({**NEEDED, **REFERENCE_NEEDED}, shapes),
        more=_told({**MORE, **REFERENCE_MORE}, shapes),
        reference=", ".join(f"`{file}`" for file in REFERENCE_MORE),
    )


def _told(files: Mapping[str, str], shapes: Mapping[str, Contract]) -> list[dict[str, str]]:
    return [
        {
            "file": file,
            "told": told,
            "optional": ", ".join(c.name for c in shapes[file].columns if c.optional),
        }
        for file, told in files.items()
    ]


def _heading(contract: Contract) -> str:
    return ",".join(contract.names) + "\n"


def _filled(name: str, **told: Any) -> str:
    text = (TEXTS / name).read_text(encoding="utf-8")
    template = jinja2.Template(text, undefined=jinja2.StrictUndefined, keep_trailing_newline=True)
    filled: str = template.render(**told)
    return filled
