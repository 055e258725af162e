"""A figure's last twelve months, as the papers released for them said, across the year's turn."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches

from boardpack.core.errors import UsageFault
from boardpack.core.money import plain
from boardpack.core.params import Paper
from boardpack.core.periods import MONTHS_IN_YEAR, Month
from boardpack.figures.prior import agreed_values
from boardpack.reading.release_records import RECORD
from boardpack.reading.released import (
    ReleasedFigure,
    latest_version,
    read_version,
    released_folder,
    version_folder,
)

HEADS = (
    *("financial_year", "month", "month_name", "figure", "label", "unit", "value", "change"),
    *("version", "released", "file", "row", "altered"),
)


@dataclass(frozen=True)
class Entry:
    """What the latest paper of a month says of the figure; `said` is None where none does.

    `change` is from the month before, within one financial year or across its turn; `version` is 0
    where no paper of the month has been released.
    """

    month: Month
    said: ReleasedFigure | None
    version: int
    released: str
    change: Decimal | None


def figure_history(paper: Paper, identity: str) -> tuple[Entry, ...]:
    """The twelve months up to the paper's, the earliest first.

    UsageFault where no released paper of them has the figure, with the nearest one that they have.
    """
    months = [paper.month.earlier(back) for back in reversed(range(MONTHS_IN_YEAR))]
    found = [_found(paper, month, identity) for month in months]
    if not any(said for said, _, _ in found):
        raise UsageFault(_unknown(paper, months, identity))
    before = [None, *(said for said, _, _ in found)]
    return tuple(
        Entry(month, *one, _change(last, one[0]))
        for month, one, last in zip(months, found, before, strict=False)
    )


def history_csv(entries: Iterable[Entry]) -> str:
    """The months as a table for a spreadsheet, a month a row; empty where nothing was released."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(HEADS)
    for entry in entries:
        writer.writerow(_row(entry))
    return target.getvalue()


def _row(entry: Entry) -> list[str]:
    month, said = entry.month, entry.said
    named = [month.year, str(month.number), month.name]
    version = str(entry.version or "")
    if said is None:
        return [*named, "", "", "", "", "", version, entry.released, "", "", ""]
    change = "" if entry.change is None else plain(entry.change)
    told = [said.id, said.label, said.unit, plain(said.value), change]
    altered = "yes" if said.is_altered else ""
    return [*named, *told, version, entry.released, said.file, str(said.row), altered]


def _found(paper: Paper, month: Month, identity: str) -> tuple[ReleasedFigure | None, int, str]:
    """The figure in the first register that has it: the paper's own, then the other places'."""
    own = (0, "")
    for place, version in _versions(paper, month):
        told = (version, _released(paper, month, place, version))
        own = told if place == paper.place else own
        for said in agreed_values(paper, read_version(paper, month, version, place), month):
            if said.id == identity:
                return (said, *told)
    return (None, *own)


def _versions(paper: Paper, month: Month) -> Iterator[tuple[str, int]]:
    others = (place for place in paper.report.papers if place != paper.place)
    for place in (paper.place, *others):
        version = latest_version(paper.home / released_folder(paper, month, place))
        if version:
            yield place, version


def _released(paper: Paper, month: Month, place: str, version: int) -> str:
    """The day of a release; empty where its record has none."""
    folder = paper.home / version_folder(released_folder(paper, month, place), version)
    try:
        record = json.loads((folder / RECORD).read_text(encoding="utf-8"))
        return str(record["approved"]["when"])[:10]
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def _change(before: ReleasedFigure | None, now: ReleasedFigure | None) -> Decimal | None:
    return None if before is None or now is None else now.value - before.value


def _unknown(paper: Paper, months: Iterable[Month], identity: str) -> str:
    known = {
        said.id: None
        for month in months
        for place, version in _versions(paper, month)
        for said in read_version(paper, month, version, place)
    }
    if not known:
        return f"No paper of the twelve months to {paper.month.name} has been released."
    close = get_close_matches(identity, known, n=1, cutoff=0.6)
    hint = f" Did you mean {close[0]!r}?" if close else ""
    return f"No paper released for the twelve months to {paper.month.name} has {identity}.{hint}"
