"""A home of its own whose month stands on a small ledger in place of its schedules.

The ledger, its mapping, its trial balance and the position they give stand in `golden/ledger/`.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

from homes import PROJECT, RAW, copied_home

from boardpack.core.params import Paper, load_paper
from boardpack.core.periods import parse_month
from boardpack.reading.folder import Folder

GOLDEN = PROJECT / "tests" / "golden" / "ledger"
PROVENANCE = "file,system,report,parameters,run_at,role,total_of,control_total"
ADJUSTMENTS = "ref,place,directorate,measure,amount,reason,preparer_role,approver_role,treatment"
SCHEDULES = ("position.csv", "budget_overview.csv", "corporate_costs.csv")


def golden(name: str) -> tuple[str, tuple[str, ...]]:
    """The header and the lines of a golden file."""
    header, *lines = (GOLDEN / name).read_text(encoding="utf-8").splitlines()
    return header, tuple(lines)


LEDGER, LINES = golden("ledger.csv")
MAPPING, MAPPED = golden("cost_centres.csv")
BALANCE, BALANCES = golden("trial_balance.csv")
OTHERS = ("greenwich", "lambeth", "lewisham", "southwark")
NIL = tuple(f"92940{n},NO SERVICE,52001,NOTHING,0,0,0,0,0,0" for n, _ in enumerate(OTHERS))
NIL_MAPPED = tuple(
    f"92940{n},No service,{place},acute_services,,2020-21 M01,," for n, place in enumerate(OTHERS)
)
"""The places that the small ledger has nothing of say so: a place without a line is absent."""


def write_extract(folder: Path, name: str, header: str, lines: Sequence[str]) -> None:
    """Write a CSV file of these lines."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")


def ledger_home(
    target: Path,
    lines: Sequence[str] = LINES,
    mapped: Sequence[str] = MAPPED,
    *,
    everywhere: bool = True,
) -> Path:
    """The real month below `target`, its three ledger schedules replaced by ledger lines.

    `everywhere` adds a line of nil for each place that the small ledger has nothing of.
    """
    others, other_mapped = (NIL, NIL_MAPPED) if everywhere else ((), ())
    home = copied_home(PROJECT, target)
    for name in SCHEDULES:
        (home / RAW / name).unlink()
    keep_corrections(home)
    write_extract(home / RAW, "ledger.csv", LEDGER, [*lines, *others])
    write_extract(home / "data/reference", "cost_centres.csv", MAPPING, [*mapped, *other_mapped])
    return home


def keep_corrections(home: Path) -> None:
    """Drop the corrections of schedules that are not there any more."""
    path = home / RAW / "corrections.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.reader(file) if row[0] not in SCHEDULES]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


def paper_of(home: Path, place: str = "bromley", month: str = "M06") -> Paper:
    """The paper of a home."""
    return load_paper(home, parse_month("2023-24", month), place)


def folder_of(home: Path, place: str = "bromley", month: str = "M06") -> Folder:
    """The month's folder of a home."""
    return Folder(paper_of(home, place, month))
