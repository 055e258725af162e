"""Which files a month should bring: those that came last, and from where."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from boardpack.core.params import Paper
from boardpack.core.periods import Month
from boardpack.reading.file_names import named_stem
from boardpack.reading.month_files import absent, brought_last_month


@dataclass(frozen=True)
class Expected:
    """A file of last month, with the system and report that it came from where that was said."""

    file: str
    system: str = ""
    report: str = ""

    @property
    def stem(self) -> str:
        """The name by which the file is known, whichever its kind."""
        return Path(self.file).stem

    @property
    def told(self) -> str:
        """The file and where it comes from, in one line."""
        origin = ", ".join(part for part in (self.system, self.report) if part)
        return f"{self.file}  ({origin})" if origin else self.file


def expected_files(home: Path, month: Month) -> tuple[Expected, ...]:
    """The extracts that came last before a month; none where none came."""
    files = (file for found in brought_last_month(home, month).values() for file in found)
    return tuple(_told(home, file) for file in sorted(files))


def missing_files(paper: Paper) -> tuple[Expected, ...]:
    """Files that last month brought, and this month has not brought and not disclaimed."""
    before = brought_last_month(paper.home, paper.month)
    owed = (name for name in absent(paper) if f"{name}.csv" not in paper.run.not_supplied)
    return tuple(_told(paper.home, before[name][0]) for name in owed)


def _told(home: Path, file: Path) -> Expected:
    said = _provenance(home / file.parent / "provenance.csv")
    return Expected(file.name, *said.get(named_stem(file), ("", "")))


def _provenance(path: Path) -> dict[str, tuple[str, str]]:
    """What last month's provenance says by extract, as far as it can be read: it is a hint only."""
    if not path.exists():
        return {}
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as lines:
        rows = list(csv.DictReader(lines))
    said = ((r.get("file") or "", r.get("system") or "", r.get("report") or "") for r in rows)
    return {named_stem(Path(file)): (system, report) for file, system, report in said}
