"""Which files a month should bring: those that the month before brought, and from where."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from boardpack.periods import Month

OURS = frozenset({"corrections", "adjustments", "provenance"})
"""Files that the finance team writes itself, each month only where there is a need."""


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


def expected_files(home: Path, before: Month) -> tuple[Expected, ...]:
    """The extracts that the month before brought; none where it has no folder."""
    folder = home / "data" / "raw" / before.year_folder / before.code
    said = _provenance(folder / "provenance.csv")
    names = (path.name for path in folder.glob("*") if path.is_file())
    return tuple(
        Expected(name, *said.get(name, ("", "")))
        for name in sorted(names)
        if Path(name).stem not in OURS and not name.startswith((".", "~"))
    )


def missing_files(home: Path, month: Month) -> tuple[Expected, ...]:
    """Files that last month brought and this month has not brought yet, whatever their kind."""
    folder = home / "data" / "raw" / month.year_folder / month.code
    here = {path.stem.lower() for path in folder.glob("*")}
    return tuple(e for e in expected_files(home, month.earlier(1)) if e.stem.lower() not in here)


def _provenance(path: Path) -> dict[str, tuple[str, str]]:
    """What last month's provenance says, as far as it can be read: here it is a hint only."""
    if not path.exists():
        return {}
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return {r.get("file") or "": (r.get("system") or "", r.get("report") or "") for r in rows}
