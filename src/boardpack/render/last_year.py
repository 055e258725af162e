"""How last year ended, kept as history: its months as rows of `outturn_history.csv`.

Rows are only ever added, and no year twice.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from boardpack.core.errors import BoardpackError
from boardpack.core.home import has_begun
from boardpack.core.money import plain
from boardpack.core.params import Paper, load_paper
from boardpack.core.periods import Month
from boardpack.core.structure import CENTRAL
from boardpack.figures.chapters import compute
from boardpack.reading.folder import REFERENCE
from boardpack.reading.released import read_released
from boardpack.subjects.forecast.outturn_history_extract import AMOUNTS, FILE

CHAPTER = "position"
HEADINGS = ("financial_year", "month", "place", "directorate", *AMOUNTS)

Line = tuple[str, str]
"""A place and the line of a directorate."""
Ends = Mapping[Line, Mapping[str, Decimal]]
"""The amounts of a month, of each line that has all of them."""


def keep_last_year(paper: Paper, month: Month) -> str:
    """Add the year before a month to the history, and say so, or why it was not done.

    Month 12 is as it was released, else as its extracts say it; earlier months are added where they
    were released. `paper` is of the latest month before.
    """
    file, end = paper.home / REFERENCE / FILE, month.earlier(month.number)
    name = (REFERENCE / FILE).as_posix()
    text = _text(file)
    if f"\n{end.year}," in text:
        return f"{name} has {end.year} already: nothing was added."
    if text and text.splitlines()[0].split(",") != list(HEADINGS):
        return f"{name}: {end.year} was not added: the headings are not {','.join(HEADINGS)}."
    ends, origin = _end(paper, end)
    if not ends:
        return f"{name}: {end.year} was not added: {origin}."
    rows = list(_rows(paper, end, ends))
    _append(file, text, rows)
    return f"{name}: {len(rows)} rows of {end.year} added; Month 12 is {origin}."


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return ""
    except UnicodeDecodeError:
        return "in another encoding"


def _end(paper: Paper, end: Month) -> tuple[Ends, str]:
    """Month 12 and where it is from; or nothing, and what is missing."""
    ends = _released(paper, end)
    if ends:
        return ends, "as released"
    why = "was altered since its release" if _altered(paper, end) else "was not released"
    if not has_begun(paper.home, end):
        return {}, f"{end.period} {why} and is not in this home"
    try:
        register = compute(load_paper(paper.home, end), CHAPTER)
    except BoardpackError as error:
        return (
            {},
            f"{end.period} {why} and cannot be read ({str(error).splitlines()[0]})",
        )
    values = {figure.id: register.agreed(figure.id).value for figure in register}
    ends = _lines(paper, values)
    said = f"as the extracts say it, for it {why}"
    return ends, said if ends else f"{end.period} has no directorate with {', '.join(AMOUNTS)}"


def _released(paper: Paper, month: Month) -> Ends:
    """What was released; of a register that was altered since, nothing is taken."""
    found = (f for f in read_released(paper, month, CHAPTER) if not f.is_altered)
    return _lines(paper, {f.id: f.value for f in found})


def _altered(paper: Paper, month: Month) -> bool:
    return any(figure.is_altered for figure in read_released(paper, month, CHAPTER))


def _lines(paper: Paper, values: Mapping[str, Decimal]) -> Ends:
    found = {}
    for place in (*paper.report.places, CENTRAL):
        for line in paper.report.directorates:
            ids = {name: f"{CHAPTER}.{place}.{line}.{name}" for name in AMOUNTS}
            if all(identity in values for identity in ids.values()):
                found[place, line] = {name: values[identity] for name, identity in ids.items()}
    return found


def _rows(paper: Paper, end: Month, ends: Ends) -> Iterator[tuple[str, ...]]:
    """The year's months that are known, of each line that has its Month 12."""
    for back in reversed(range(end.number)):
        month = end.earlier(back)
        known = _released(paper, month) if back else ends
        for line, amounts in known.items():
            if line in ends:
                yield _row(paper, month, line, amounts)


def _row(paper: Paper, month: Month, line: Line, amounts: Mapping[str, Decimal]) -> tuple[str, ...]:
    place, directorate = line
    label = paper.report.directorates[directorate]
    if month.is_year_end:  # nothing is forecast any more
        amounts = {**amounts, "forecast_outturn": amounts["ytd_actual"]}
    return (month.year, month.code, place, label, *(plain(amounts[name]) for name in AMOUNTS))


def _append(file: Path, text: str, rows: Sequence[Sequence[str]]) -> None:
    end = "\r\n" if b"\r\n" in (file.read_bytes() if text else b"") else "\n"
    written = io.StringIO()
    writer = csv.writer(written, lineterminator=end)
    writer.writerows(rows if text else [HEADINGS, *rows])
    between = end if text and not text.endswith("\n") else ""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("ab") as lines:
        lines.write((between + written.getvalue()).encode())
