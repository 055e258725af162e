"""The picture of a declared table: its rows as bars, or as lines through columns of periods."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from boardpack.document.blocks import Chart, ChartKind, Number, Series
from boardpack.document.chapter import ChapterPaper
from boardpack.document.schedule_print import SHOWN_IN, STYLES, block_name, cell_id
from boardpack.document.text_alternatives import spoken
from boardpack.document.wording import cell_text
from boardpack.figures.labels import capital, measure_label
from boardpack.figures.schedule_lines import Line as TableLine
from boardpack.schedules.form import PictureForm, Schedule


def schedule_chart(
    paper: ChapterPaper, schedule: Schedule, lines: Sequence[TableLine], title: str
) -> Chart | None:
    """The rows as bars or as lines through their columns; None where there is none to draw.

    The largest come first, by the first column, or by the last that is there for a line. Parts
    below nil cannot stand on others: bars that have some stand beside each other.
    """
    form = schedule.picture
    if form is None:
        return None
    rows = [line for line in lines if form.totals or line.kind == "line"]
    drawn = [(line, values) for line in rows if (values := _drawn(paper, schedule, form, line))]
    if not drawn:
        return None
    drawn.sort(key=lambda pair: -abs(_size(form, pair[1])))
    drawn = drawn[: form.rows_at_most]
    columns = [schedule.columns[name] for name in form.columns]
    labels = tuple(cell_text(line.label) for line, _ in drawn)
    heads = tuple(schedule.columns[n].heading or capital(measure_label(n)) for n in form.columns)
    runs = [values for _, values in drawn]
    if form.shape == "line":
        names, categories = labels, heads
    else:
        names, categories, runs = heads, labels, [*zip(*runs, strict=True)]
    series = tuple(Series(name, run) for name, run in zip(names, runs, strict=True))
    unit, scale = SHOWN_IN.get(columns[0].type, ("%" if "per cent" in columns[0].type else "", "1"))
    return Chart(
        id=f"{block_name(schedule)}-chart",
        shape=_shape(form, series),
        title=title,
        alt=spoken(categories, *series, unit=unit or "as counted"),
        categories=categories,
        series=series,
        unit=unit,
        scale=scale,
        better="higher" if columns[0].against else "none",
    )


def _drawn(
    paper: ChapterPaper, schedule: Schedule, form: PictureForm, line: TableLine
) -> tuple[Number | None, ...]:
    """What is drawn of a row: all its columns, or for a line those that are there; else nothing."""
    names = {name: cell_id(paper.paper, schedule, line, name) for name in form.columns}
    found = tuple(
        paper.number(one, STYLES.get(schedule.columns[name].type)) if paper.supplied(one) else None
        for name, one in names.items()
    )
    is_drawn = any(found) if form.shape == "line" else all(found)
    return found if is_drawn else ()


def _size(form: PictureForm, values: Sequence[Number | None]) -> Decimal:
    """How large a row is."""
    there = [Decimal(one.value) for one in values if one is not None]
    return there[-1] if form.shape == "line" else there[0]


def _shape(form: PictureForm, series: Sequence[Series]) -> ChartKind:
    if form.shape == "line":
        return "line"
    numbers = (one for run in series for one in run.values if one is not None)
    below_nil = any(Decimal(one.value) < 0 for one in numbers)
    return "stacked" if form.shape == "stacked" and not below_nil else "bar"
