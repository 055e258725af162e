"""The ids of figures, as schedules and methods declare them: no other can be asked for.

An id is `chapter.place.line.measure`, then a period where it is not the paper's own (`m05`,
`2022_23_m12`, `total` of a table of months) or a reference (`ref_1`), and `printed` for what a
source prints of a computed figure. A schedule declares the ids of its columns and rows, a method
those that `ids.yml` lists, and a notebook those that it keeps. That a declared figure is not
supplied is a state of a month; an id that nothing declares is a mistake of whoever asks, and fails
when it is looked up.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from boardpack.core.errors import nearest
from boardpack.core.home_chapters import own_notebooks
from boardpack.core.params import Paper
from boardpack.core.roles import ROLES, line_of
from boardpack.core.structure import ICB
from boardpack.figures.figure import PRINTED
from boardpack.figures.labels import slug
from boardpack.schedules.form import Schedule
from boardpack.schedules.formulas import names_in
from boardpack.schedules.load import NAMED, schedules_of

FILE = Path(__file__).with_name("ids.yml")
"""What the methods declare: by chapter, lines and the measures that they have."""
DIRECTORATE, FIGURE, PARAMETER, ANY = "{directorate}", "{figure}", "{parameter}", "*"
"""The line of each directorate; one named after another figure; one that parameters name; any line
that an extract names."""
PRIOR_MONTH = "_prior_month"
"""Of whatever is measured reports may state the month before."""
PARTS = 4
_PERIOD = re.compile(r"\.(m\d\d|q\d|total|ref_\w+|(\d{4}_\d\d|all_years)(_m\d\d|_q\d)?)$")

HasLine = Callable[[str, str], bool]
"""Whether a register has any figure of a chapter's line; of an empty line, any of the chapter."""


@dataclass(frozen=True)
class Declared:
    """Lines and the measures that each of them has; `*` in a name stands for anything."""

    lines: frozenset[str]
    measures: frozenset[str]

    def of_line(self, line: str) -> bool:
        """Whether the line is declared by name, or by a part of its name."""
        return PARAMETER in self.lines or is_among(line, self.lines - {ANY})

    def of_measure(self, measure: str) -> bool:
        """Whether its lines have this measure."""
        return is_among(measure, self.measures)


def is_among(name: str, names: frozenset[str]) -> bool:
    """Whether a name is one of these, or such as one with a `*`.

    >>> is_among("acute", frozenset({"total"})), is_among("acute", frozenset({"*"}))
    (False, True)
    """
    return name in names or any(ANY in one and _shape(one).fullmatch(name) for one in names)


@cache
def _shape(name: str) -> re.Pattern[str]:
    return re.compile(re.escape(name).replace(re.escape(ANY), "[a-z0-9_]+"))


class Ids:
    """The ids that there may be in a paper of `places`, by chapter.

    Chapters that are not among them are a fault too, unless the home has notebooks of its own
    (`is_open`), which keep figures under names of their own.
    """

    def __init__(
        self, chapters: Mapping[str, Iterable[Declared]], places: Iterable[str], is_open: bool
    ) -> None:
        self.chapters = {name: tuple(declared) for name, declared in chapters.items()}
        self.places, self.is_open = frozenset(places), is_open
        self._judged: dict[tuple[str, str, str, bool], bool | None] = {}

    def declares(self, identity: str, has_line: HasLine, strictly: bool = False) -> bool:
        """Whether this is the id of a figure that there may be, though a register lacks it.

        A line may be asked for each measure of its chapter, as by a table whose columns suit some
        of its rows; `strictly`, for its own alone. Where extracts name the lines of a chapter, a
        line may be any, since a row may come that has no amount; `strictly`, as long as none has.
        """
        chapter, *parts = identity.removesuffix(f".{PRINTED}").split(".", PARTS - 1)
        if chapter not in self.chapters:
            return self.is_open
        if len(parts) < PARTS - 1 or parts[0] not in self.places:
            return False
        line, measure = parts[1], _PERIOD.sub("", parts[2]).removesuffix(f".{PRINTED}")
        found = self._declared(chapter, line, measure, strictly)
        is_any = any(ANY in one.lines for one in self.chapters[chapter])
        may_come = is_any and not (strictly and has_line(chapter, ""))
        return found or (found is None and (may_come or has_line(chapter, line)))

    def measures(self, chapter: str) -> frozenset[str]:
        """All measures of a chapter; none of one that only a home's notebooks keep."""
        return frozenset().union(*(one.measures for one in self.chapters.get(chapter, ())))

    def _declared(
        self, chapter: str, line: str, measure: str, strictly: bool = False
    ) -> bool | None:
        """Whether a line may have a measure; None where it may if something that came names it."""
        key = (chapter, line, measure, strictly)
        if key not in self._judged:
            every, measure = self.chapters[chapter], measure.removesuffix(PRIOR_MONTH)
            of_measure = [one for one in every if one.of_measure(measure)]
            groups = every if of_measure and not strictly else of_measure
            is_named = any(
                one.of_line(line) or (FIGURE in one.lines and self._is_figure(line))
                for one in groups
            )
            may_come = groups and (not strictly or any(ANY in one.lines for one in groups))
            self._judged[key] = True if is_named else None if may_come else False
        return self._judged[key]

    def _is_figure(self, line: str) -> bool:
        """Whether a line is `chapter_line_measure` of another figure."""
        for chapter in self.chapters:
            rest = line.removeprefix(f"{chapter}_")
            for measure in self.measures(chapter) if rest != line else ():
                of = rest.removesuffix(f"_{measure}")
                if of != rest and self._declared(chapter, of, measure, True) is not False:
                    return True
        return False

    def hint(self, identity: str, known: Iterable[str]) -> str:
        """The nearest id that is declared, or that is `known`."""
        chapter, place, *rest = identity.split(".")
        if chapter not in self.chapters:
            return nearest(chapter, self.chapters)
        if place not in self.places and rest:
            return nearest(place, self.places)
        own = (one for one in known if one.startswith(f"{chapter}."))
        named = (
            f"{chapter}.{place}.{line}.{measure}"
            for one in self.chapters[chapter]
            for line in sorted(one.lines - {ANY, FIGURE, PARAMETER})
            for measure in sorted(one.measures)
        )
        return nearest(identity, dict.fromkeys((*named, *own)))


def ids_of(paper: Paper) -> Ids:
    """The ids that there may be in a paper: of the methods, of the project's schedules, its own."""
    report = paper.report
    directorates = {*report.directorates, *report.structure.directorates}
    directorates |= {line_of(role, report.roles) for role in ROLES}
    chapters = {name: list(_methods(lines, directorates)) for name, lines in _listed().items()}
    for schedule in schedules_of(paper.home).values():
        chapters.setdefault(schedule.chapter, []).extend(of_schedule(schedule))
    places = (*report.structure.places, *report.papers, report.default_place, "central", ICB)
    return Ids(chapters, places, bool(own_notebooks(paper.home)))


@cache
def _listed() -> Mapping[str, Mapping[str, str]]:
    told: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return told


def _methods(lines: Mapping[str, str], directorates: Iterable[str]) -> Iterator[Declared]:
    """What a chapter's methods declare."""
    for names, measures in lines.items():
        of_each = directorates if DIRECTORATE in names else ()
        told = frozenset((*names.split(), *of_each)) - {DIRECTORATE}
        yield Declared(told, frozenset(measures.split()))


def of_schedule(schedule: Schedule) -> Iterator[Declared]:
    """What a schedule declares: each column of its rows and totals, and the figures beside it."""
    if schedule.months is not None:
        lines = {schedule.line}
    else:
        patterns = [schedule.line_pattern, *(one.pattern for one in schedule.subtotals), "total"]
        lines = {*(NAMED.sub(ANY, one) for one in patterns), *schedule.rows}
    if len(schedule.key) == 1 and schedule.line_pattern == f"{{{schedule.key[0]}}}":
        lines |= set(map(slug, schedule.needs))
    for (
        row
    ) in schedule.rows.values():  # what a row adds up is a line, whether the file has it or not
        lines |= {*names_in(row.formula or ""), *(row.sum if isinstance(row.sum, list) else ())}
    lines = {re.sub(r"\*(_?\*)+", ANY, line) for line in lines}
    measures = frozenset(map(schedule.measure_of, schedule.amounts))
    if schedule.year_line is not None:
        measures |= {f"{schedule.year_line}_{measure}" for measure in measures}
    yield Declared(frozenset(lines), measures)
    for figure in schedule.figures:
        yield Declared(frozenset({figure.line}), frozenset({figure.measure}))
