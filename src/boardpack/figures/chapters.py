"""The chapters that own figures, what each needs computed before it, and how to compute them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from boardpack.core.errors import BuildFault, Fault, InputFaults, nearest
from boardpack.core.home_chapters import own_notebooks
from boardpack.core.params import Paper
from boardpack.core.periods import Month
from boardpack.core.rooms import found
from boardpack.figures.computed import computed, new_draft
from boardpack.figures.draft import Draft
from boardpack.figures.ids import ids_of
from boardpack.figures.movements import CHAPTER as MOVEMENTS
from boardpack.figures.movements import movements_figures, movements_of
from boardpack.figures.register import Register, UnknownFigure
from boardpack.figures.register_files import read_register_files, write_register_files
from boardpack.figures.schedule_figures import schedule_figures
from boardpack.figures.small_numbers import suppress_small_numbers
from boardpack.reading.folder import Folder, earlier_folder
from boardpack.reading.month_files import brought
from boardpack.reading.readers import MADE_FROM, extract_names
from boardpack.schedules.form import Schedule
from boardpack.schedules.load import FOLDER, chapters_named, home_schedules, schedules_of

CONTROL, WHAT_IF = "control", "scenario"
NEEDS: dict[str, tuple[str, ...]] = {  # each after what it needs, what most others need first
    "overview": (),
    "position": ("overview",),
    "resource_limit": ("position",),
    "efficiency": (),
    "savings": ("efficiency",),
    "prescribing": ("overview", "position"),
    "prescribing_items": ("prescribing",),
    "chc": ("overview", "position"),
    "forecast": ("position", "prescribing_items", "chc", "savings"),
    "estimates": ("prescribing", "chc"),
    "prescribing_savings": ("prescribing", "savings"),
    "prescribing_versions": ("prescribing_savings", "savings"),
    "mental_health": ("overview", "position"),
    "programmes": ("position",),
    "costed_programme": ("programmes",),
    "corporate": ("overview",),
    "cash": ("resource_limit",),
    "indicators": ("overview", "resource_limit", "corporate", "cash"),
    "icb_position": ("overview", "position"),
    "providers": ("overview", "resource_limit"),
    "section75": (),
    "actions": (),
    CONTROL: ("overview", "position"),
    "adjustments": ("overview", "position"),
    WHAT_IF: ("position", "savings"),
}
NEEDS[MOVEMENTS] = tuple(NEEDS)  # it compares every figure with the register released last
METHODS = {
    "position": "position/figures",
    "resource_limit": "funding/resource_limit_figures",
    "savings": "savings/figures",
    "prescribing": "prescribing/figures",
    "prescribing_items": "items/figures",
    "chc": "chc/figures",
    "forecast": "forecast/figures",
    "estimates": "estimates/figures",
    "prescribing_savings": "prescribing/savings_figures",
    "prescribing_versions": "prescribing/versions_figures",
    "mental_health": "mental_health/figures",
    "programmes": "activity/programmes_figures",
    "costed_programme": "activity/costed_figures",
    "corporate": "corporate/figures",
    "cash": "funding/cash_figures",
    "indicators": "duties/figures",
    "icb_position": "position/icb_figures",
    "actions": "actions/figures",
    CONTROL: "ledger/control_figures",
    "adjustments": "adjustments/figures",
    WHAT_IF: "forecast/scenario_figures",
}
"""Where `x_figures(draft)` stands, which enters the chapter `x`; others are schedules alone."""
EXPLAINED_BY = {"position": ("resource_limit",)}
"""What splits the movements of a chapter and is not among its needs."""


def needs_of(home: Path) -> dict[str, tuple[str, ...]]:
    """The chapters of a home and what each needs: the project's, and those of its own schedules.

    A chapter of schedules needs every chapter that its formulas and agreements name. InputFaults
    where it has the name of one that the project has.
    """
    declared: dict[str, tuple[str, ...]] = {}
    faults = []
    for schedule in home_schedules(home).values():
        if schedule.chapter in NEEDS:
            expected = "a chapter of the home's own; the project has one of this name"
            file = (FOLDER / f"{schedule.name}.yml").as_posix()
            remedy = "Give it another name."
            faults.append(Fault(file, expected, remedy, None, "chapter", schedule.chapter))
        named = (one for one in chapters_named(schedule) if one in NEEDS and one != MOVEMENTS)
        before = declared.get(schedule.chapter, ())
        declared[schedule.chapter] = tuple(dict.fromkeys((*before, *named)))
    if faults:
        raise InputFaults(faults)
    first = {name: needs for name, needs in NEEDS.items() if name != MOVEMENTS}
    return {**first, **declared, MOVEMENTS: (*first, *declared)}


def is_made_at_render(paper: Paper, chapter: str, known: Iterable[str]) -> bool:
    """Whether a chapter that has no figure yet may get some when a notebook of the home is run.

    `known` are the chapters that have figures. What a notebook keeps is known only then, so until
    then nobody can say that it does not exist.
    """
    is_ours = chapter in chapters_of(paper) or chapter in known
    return not is_ours and bool(own_notebooks(paper.home))


def chapters_of(paper: Paper) -> tuple[str, ...]:
    """All chapters of a paper that own figures, in the order in which they are computed."""
    return tuple(needs_of(paper.home))


def compute(paper: Paper, *chapters: str) -> Register:
    """The register of these chapters and of all they need, in order of need."""
    return _computed(paper, in_order(*chapters, needs=needs_of(paper.home))).register


def compute_as_printed(paper: Paper, *chapters: str) -> Register:
    """The register of these chapters with no cell corrected: every one as it was printed."""
    draft = new_draft(paper, Folder(paper, corrections=()))
    for name in in_order(*chapters, needs=needs_of(paper.home)):
        _step(paper, name)(draft)
    return draft.register


def compute_earlier(paper: Paper, month: Month, *chapters: str) -> Draft:
    """These chapters, and all they need, as an earlier month's extracts give them now.

    It looks back on no month itself, and an extract that the month lacks was not supplied then. A
    chapter that cannot be read is left out: nobody prints these figures.
    """
    folder = earlier_folder(Folder(paper, corrections=()), month)
    here = brought(paper.home, folder.path)
    made = {name for name, detail in MADE_FROM.items() if detail in here}
    lacking = sorted(extract_names(paper.home) - here.keys() - made)
    changes = {"compare_with": [], "not_supplied": {f"{name}.csv": "absent" for name in lacking}}
    run = folder.paper.run.model_copy(update=changes)
    then = folder.paper.model_copy(update={"run": run})
    draft = new_draft(then)
    for name in in_order(*chapters, needs=needs_of(paper.home)):
        with suppress(InputFaults, UnknownFigure):
            _step(paper, name)(draft)
    return draft


def compute_with_movements(paper: Paper, *chapters: str) -> Register:
    """The same with how these figures have moved since they were last released.

    The movements are those of the chapter on movements, to the digit: it records them.
    """
    named = _with_explanations(paper, chapters)
    draft = _computed(paper, named)
    if MOVEMENTS not in named:
        movements_of(draft)
        suppress_small_numbers(draft)
    return draft.register


def read_with_movements(paper: Paper, folder: Path, *chapters: str) -> Register:
    """What `compute_with_movements` gives, from the files that `write_all` has left in a folder."""
    return read_register_files(folder, _with_explanations(paper, chapters), ids_of(paper))


def write_all(paper: Paper, folder: Path) -> None:
    """Compute every chapter of a paper, and leave the register in a folder for its notebooks."""
    names = chapters_of(paper)
    write_register_files(folder, names, compute(paper, *names))


def _with_explanations(paper: Paper, chapters: Sequence[str]) -> tuple[str, ...]:
    """Chapters with all they need, and with what splits the movements of any of them."""
    needs = needs_of(paper.home)
    named = in_order(*chapters, needs=needs)
    beside = (one for chapter in named for one in EXPLAINED_BY.get(chapter, ()))
    return in_order(*named, *beside, needs=needs)


def _computed(paper: Paper, chapters: tuple[str, ...]) -> Draft:
    return computed(paper, chapters, lambda chapter: _step(paper, chapter))


def _step(paper: Paper, chapter: str) -> Callable[[Draft], None]:
    enter = _figures(paper, chapter)

    def step(draft: Draft) -> None:
        enter(draft)
        suppress_small_numbers(draft)

    return step


def in_order(*chapters: str, needs: Mapping[str, tuple[str, ...]] = NEEDS) -> tuple[str, ...]:
    """Chapters with all they need, in the one order in which all chapters are computed."""
    found: set[str] = set()
    for chapter in chapters:
        if chapter not in needs:
            raise BuildFault(f"There is no chapter {chapter!r}. {nearest(chapter, needs)}")
        found.update((chapter, *in_order(*needs[chapter], needs=needs)))
    return tuple(name for name in needs if name in found)


def _figures(paper: Paper, chapter: str) -> Callable[[Draft], None]:
    """What enters a chapter: its method, or where it has none, the schedules that declare it."""
    if chapter == MOVEMENTS:
        return movements_figures
    if chapter not in METHODS:
        schedules = [s for s in schedules_of(paper.home).values() if s.chapter == chapter]
        return lambda draft: _declared(draft, chapter, schedules)
    method: Callable[[Draft], None] = found(METHODS[chapter], f"{chapter}_figures")
    return method


def _declared(draft: Draft, chapter: str, schedules: Sequence[Schedule]) -> None:
    for schedule in schedules:
        schedule_figures(draft, schedule)
    draft.enter_stated(chapter)
