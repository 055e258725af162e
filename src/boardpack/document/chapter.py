"""A chapter being written: its figures, its wording, its commentary and its workings."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, wraps
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

import jinja2

from boardpack.checks.absence import few
from boardpack.checks.check import check_from_json
from boardpack.checks.figures import assurance_figures, kind_figures
from boardpack.checks.noticed.figures import noticed_figures
from boardpack.checks.unadjusted import unadjusted_figures
from boardpack.core.design import draw_with, own_design
from boardpack.core.errors import BuildFault
from boardpack.core.home import CHECKOUT, home_of_notebook, month_folder
from boardpack.core.home_chapters import TEMPLATES
from boardpack.core.money import plain
from boardpack.core.params import Paper, load_paper
from boardpack.core.periods import parse_month
from boardpack.core.seen import asked
from boardpack.document.blocks import (
    NO_MARKERS,
    Cell,
    Narrative,
    NotSupplied,
    Number,
    Working,
    Workings,
)
from boardpack.document.commentary_marks import marked_commentary
from boardpack.document.earlier_chapters import CHAPTERS, find_built, is_found, read_found
from boardpack.document.five_questions import ANSWERS, ASKED_OF, unanswered
from boardpack.document.grade import grade_of
from boardpack.document.numbers import STYLES, default_style
from boardpack.document.own_words import print_for
from boardpack.document.small_amounts import without_small_change
from boardpack.document.templates import environment, render_block
from boardpack.document.wording import Unsupplied, Wording, plain_text
from boardpack.document.year_words import of_year, write_for, year_words
from boardpack.figures.chapters import (
    chapters_of,
    compute_with_movements,
    in_order,
    read_with_movements,
)
from boardpack.figures.figure import Figure
from boardpack.figures.movements import CHAPTER as MOVEMENTS
from boardpack.figures.register import Register, UnknownFigure
from boardpack.figures.versions import version_figures
from boardpack.prose.commentary_files import commentary_file
from boardpack.reading.month_files import brought
from boardpack.schedules.load import home_schedules

_REFERENCE = re.compile(r"\[\[([a-z0-9_.]+)\]\]")
_SOURCE = re.compile(r"\{source:\s*([^{}]*?)\s*\}", re.IGNORECASE)

SCHEDULES = "schedules"
"""The chapter that shows the tables which a home declares."""
NOT_OF_THIS_BODY = "This body has no report of it."
"""Why a chapter of the project shows nothing for a body that brings its own tables alone."""
SUPPRESSED = "*"
"""What a table prints for a suppressed figure."""
ABSENT = "not supplied"
"""What a table prints for a figure of which a part is not there."""

Told = ParamSpec("Told")
Shown = TypeVar("Shown")


@dataclass(frozen=True)
class ChapterPaper:
    """One chapter of one paper, as its notebook uses it.

    `owns` are the figure chapters whose figures this notebook computes and records. For chapters of
    the second wave, `checks` is what the checks found, `noticed` what they would notice, and `held`
    what notebooks say in plain words that no figure bears out. `told` is the folder in which a
    render has left what the notebook need not compute.
    """

    name: str
    paper: Paper
    register: Register
    owns: tuple[str, ...]
    checks: tuple[dict[str, Any], ...] = ()
    noticed: dict[str, Any] | None = None
    held: Mapping[str, Any] = field(default_factory=dict)
    told: Path | None = None

    @property
    def place(self) -> str:
        """The slug of the place that the paper is for."""
        return self.paper.place

    @property
    def place_name(self) -> str:
        """The name of the place that the paper is for."""
        return self.paper.place_name

    @cached_property
    def wording(self) -> Wording:
        """The lookup of figures by a template's or a table's short name."""
        places = {*self.paper.report.papers, "central"}
        return Wording(self.register, self.place, frozenset(places), self.paper.report.roles)

    @cached_property
    def _templates(self) -> jinja2.Environment:
        return environment(CHECKOUT / TEMPLATES, self.wording, self.paper.home / TEMPLATES)

    @cached_property
    def has_only_tables(self) -> bool:
        """Whether the month brought nothing but tables which the home declares."""
        came = brought(self.paper.home, month_folder(self.paper.month)).keys()
        declared = home_schedules(self.paper.home).keys()
        return bool(came & declared) and came <= {*declared, "stated"}

    def figure(self, name: str) -> Figure:
        """The agreed figure of a name; the paper's place where the name leaves the place out."""
        return self.wording.figure(name)

    def supplied(self, *names: str) -> bool:
        """Whether the paper has all these figures."""
        return all(self.wording.supplied(name) for name in names)

    def suppressed(self, *names: str) -> bool:
        """Whether any of these figures may not be shown (see `figures.small_numbers`)."""
        return any(self.register.is_suppressed(self.wording.id(name)) for name in names)

    def number(self, name: str, style: str | None = None) -> Number:
        """A figure as a number in print; the style follows its unit unless given."""
        figure = self.figure(name)
        number = (STYLES[style] if style else default_style(figure))(figure)
        if not number.adverse:
            return number
        return replace(number, grade=grade_of(figure, self.register, self.paper.report))

    def cell(self, name: str, style: str | None = None) -> Cell:
        """A figure as a table cell: `*` where it is suppressed, empty where there is none.

        One that lacks a part is said to be not supplied.
        """
        if self.suppressed(name):
            return SUPPRESSED
        if self.register.is_absent(self.wording.id(name)):
            return ABSENT
        return self.number(name, style) if self.supplied(name) else ""

    def narrate(self, block: str, template: str = "", **context: Any) -> Narrative:
        """A block of the chapter's template (`templates/chapters/<name>.md.j2`), as prose.

        `template` names another one, which several chapters share. A block that needs a figure
        which is not supplied says so, and no more: half of it would be read as the whole.
        """
        month = self.paper.month
        words = {"place": self.place_name, "paper": self.paper, "month": month}
        words["year"] = year_words(self.paper)
        named = template or self.name
        try:
            text = render_block(self._templates, named, block, {**words, **context})
        except Unsupplied as gap:
            return Narrative(f"{self.name}-{block}", plain_text(not_there(gap)))
        text = without_small_change(of_year(month, text), self._is_money)
        return Narrative(f"{self.name}-{block}", text)

    def _is_money(self, identity: str) -> bool:
        return identity in self.register and self.register[identity].unit == "GBP"

    def lacking(self, *names: str) -> tuple[str, ...]:
        """The parts that are not there of these figures, in words; nothing where none lacks any."""
        wanted = (self.wording.id(name) for name in names)
        return self.register.missing(one for one in wanted if self.register.is_absent(one))

    def require(self, *names: str) -> None:
        """Refuse to go on (Unsupplied) where one of these figures lacks a part.

        For what is said of all of them together, such as which is the largest, or that there is
        none: it cannot be said of those that happen to be there.
        """
        missing = self.lacking(*names)
        if missing:
            raise Unsupplied(missing)

    def not_supplied(self, what: str, why: str = "") -> NotSupplied:
        """A block that says what this paper does not have."""
        if self.has_only_tables and self.name != MOVEMENTS:
            return NotSupplied(f"{self.name}-not-supplied", what, NOT_OF_THIS_BODY)
        reason = why or f"Nothing on this was supplied for {self.place_name} this month."
        own = (one for one in self.register.absent if one.chapter in (self.owns or (self.name,)))
        missing = self.register.missing(figure.id for figure in own)
        if missing and not why:
            reason = f"This is not there: {few(missing)}."
        elif (
            not why
            and self.name.startswith("prescribing")
            and not self.paper.run.prescribing_months_of_data
        ):
            reason = "No prescribing data of this year has come yet: it comes two months later."
        return NotSupplied(f"{self.name}-not-supplied", what, reason)

    def commentary(self) -> Narrative | None:
        """The team's own words for this chapter, their `[[figure.id]]` filled in; None if none.

        A source that the author marks, `{source: ...}`, stands in brackets. Words that no figure
        bears out are marked until they are put right or accepted.
        """
        words = self._words_for(self.name)
        if not words:
            return None
        text = words.translate(NO_MARKERS)
        text = marked_commentary(text, self.name, self.paper, self.told).strip()
        text = _SOURCE.sub(r"(source: \1)", text)
        file = commentary_file(self.paper, self.name)
        filled = _REFERENCE.sub(lambda found: self._reference(found, file), text)
        return Narrative(f"{self.name}-commentary", filled, "commentary") if filled else None

    def unsaid(self) -> Narrative | None:
        """What the team's words leave open of what a board asks; None where they answer it all.

        It is said once, of all chapters of the board's own part that tell of money; not where the
        chapter has nothing to tell, which then has no page.
        """
        if not any(figure.chapter in self.owns for figure in self.register):
            return None
        words = {name: self._words_for(name) for name in ASKED_OF}
        found = [
            (question, [ASKED_OF[name] for name in ASKED_OF if question in unanswered(words[name])])
            for question in ANSWERS
        ]
        open_ones = [(question, chapters) for question, chapters in found if chapters]
        return self.narrate("unsaid", "unsaid", open=open_ones) if open_ones else None

    def _words_for(self, name: str) -> str:
        """The team's words for a chapter, as they were written; none where there are none."""
        file = commentary_file(self.paper, name)
        path = self.paper.home / file
        asked("commentary", name, file.as_posix() if path.exists() else "")
        return path.read_text(encoding="utf-8") if path.exists() else ""

    def _reference(self, found: re.Match[str], file: Path) -> str:
        try:
            return self.wording.filters()["size"](found[1])
        except Unsupplied:
            return ABSENT
        except UnknownFigure as error:
            row = found.string[: found.start()].count("\n") + 1
            raise BuildFault(f"{file.as_posix()}, line {row}: {error.args[0]}") from None

    def workings(self) -> Workings:
        """The audit view: the chapter's figures for this place and the ICB; all of them as data."""
        owned = [figure for figure in self.register if figure.chapter in self.owns]
        shown = [f for f in owned if f.place in (self.place, "icb")]
        rows = tuple(working(figure) for figure in shown)
        without = (*self.register.suppressed, *self.register.absent)
        kept = (f for f in without if f.chapter in self.owns)
        figures = tuple(f.to_json() for f in (*owned, *kept))
        return Workings(f"{self.name}-workings", rows, figures)


def open_chapter(
    name: str,
    year: str,
    month: str,
    place: str,
    home: str = "",
    register: str = "",
    owns: Sequence[str] | None = None,
    reads: Sequence[str] = (),
    reads_all: bool = False,
) -> ChapterPaper:
    """Begin the chapter `name`: its parameters, and the register it needs.

    The chapter's own figures are computed here, and how they have moved since they were released
    last (the chapter on movements records that). `owns` names the figure chapters to compute and
    record where they differ from `name`; `reads` names those to compute and show, which another
    notebook records. An empty `home` is found from the folder that the notebook runs in.

    While the paper is made, a notebook is told the folder `register`, where the render has left
    all that it need not compute for itself. A chapter that `reads_all` takes what the others found:
    from there, else from the paper as it was made last (see `document.earlier_chapters`).
    """
    paper = load_paper(home_of_notebook(home), parse_month(year, month), place)
    write_for(paper.month)
    print_for(paper)
    draw_with(own_design(paper.report.design, paper.home))
    owned = _owned(paper, name) if owns is None else tuple(owns)
    told = Path(register) if register else None
    if not reads_all and (told is None or not is_found(told)):
        wanted = [one for one in (*owned, *reads) if one in chapters_of(paper) or one != name]
        if told is None:
            known = compute_with_movements(paper, *wanted)
        else:
            known = read_with_movements(paper, told / CHAPTERS, *wanted)
        return ChapterPaper(name, paper, known, owned, told=told)
    found = find_built(paper) if told is None else read_found(paper, told)
    paper, known = found.paper, found.register
    for figure in (*assurance_figures(found.checks, paper), *kind_figures(found.checks, paper)):
        known.add(figure)
    for figure in noticed_figures(found.noticed, paper) if found.noticed else ():
        known.add(figure)
    checks = [check_from_json(check) for check in found.checks]
    for figure in unadjusted_figures(checks, known, paper):
        known.add(figure)
    for figure in version_figures(known, paper):
        known.add(figure)
    owned = () if owns is None else owned
    return ChapterPaper(name, paper, known, owned, found.checks, found.noticed, found.held, told)


def _owned(paper: Paper, name: str) -> tuple[str, ...]:
    """The figure chapters of a notebook: its own, or all that the home's own tables give."""
    if name != SCHEDULES:
        return (name,)
    return tuple(dict.fromkeys(one.chapter for one in home_schedules(paper.home).values()))


def where_supplied(
    what: str,
) -> Callable[
    [Callable[Concatenate[ChapterPaper, Told], Shown]],
    Callable[Concatenate[ChapterPaper, Told], Shown | NotSupplied],
]:
    """Mark a builder of blocks: `what` is not supplied where a figure it needs lacks a part."""

    def marked(
        build: Callable[Concatenate[ChapterPaper, Told], Shown],
    ) -> Callable[Concatenate[ChapterPaper, Told], Shown | NotSupplied]:
        @wraps(build)
        def built(
            paper: ChapterPaper, /, *told: Told.args, **named: Told.kwargs
        ) -> Shown | NotSupplied:
            try:
                return build(paper, *told, **named)
            except Unsupplied as gap:
                return paper.not_supplied(what, not_there(gap))

        return built

    return marked


def not_there(gap: Unsupplied) -> str:
    """The sentence that stands in the place of what rests on a part that is not there."""
    return f"Not supplied, because this is not there: {few(gap.missing)}."


def needed(*chapters: str) -> tuple[str, ...]:
    """The figure chapters that these need, themselves included."""
    return in_order(*chapters)


def working(figure: Figure) -> Working:
    """How a figure came about: its formula, or the cells that it was read from."""
    if figure.formula is not None:
        return Working(figure.id, figure.label, plain(figure.value), f"= {figure.formula}")
    return Working(figure.id, figure.label, plain(figure.value), "; ".join(_cells(figure)))


def _cells(figure: Figure) -> Iterable[str]:
    for item in figure.cells:
        cell = item.cell
        if item.method is not None:
            yield f"{cell.file} {cell.column}, {item.made_from}"
            continue
        used = f", used as {item.used}: {item.why}" if item.used else ""
        yield f"{cell.file} row {cell.row}, {cell.column}: {cell.text!r}{used}"
