"""The second implementation as steps of a verification: figures, cells, checks and headlines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import cache, partial
from pathlib import Path

from boardpack.audit.second.cells import Files, cells_of, wrong_cells
from boardpack.audit.second.checks import wrong_checks
from boardpack.audit.second.figures import Walk, walk
from boardpack.audit.second.files import Layout as Told
from boardpack.audit.second.headlines import SUBJECTS, differing, headlines, said_of
from boardpack.audit.second.numbers import Results
from boardpack.audit.second.records import EXTRACTS, Month
from boardpack.audit.verification.finding import Finding, Step
from boardpack.audit.verification.performed_again import Items
from boardpack.audit.verification.sealed import Sealed
from boardpack.audit.verification.seals import withheld_note
from boardpack.core.errors import BoardpackError
from boardpack.core.params import Paper, load_paper
from boardpack.core.report import Report
from boardpack.core.structure import PARTS, Part
from boardpack.reading.layouts import SCALES, Layout, layout_of

EVERY = ("Every figure", "figures re-performed from what each says it is made of")
OUTCOMES = ("Outcomes", "outcomes of checks judged a second time")
HEADLINES = ("Headlines", "figures that a board acts on, recomputed from the extracts alone")


def recomputed(sealed: Sealed, figures: Items, checks: Items) -> list[Step]:
    """Every figure re-performed, its source cells looked up, and the headlines computed anew.

    Headlines draw on every extract; where one is withheld they would come out otherwise, and prove
    nothing.
    """
    note, complete = withheld_note(sealed)
    files = cache(partial(_files, sealed, figures))
    found = Walk()
    every = _step(*EVERY, partial(_every, files, figures, checks, found))
    cells = _step("Source cells", "source cells looked up", partial(_cells, files, figures))
    outcomes = _step(*OUTCOMES, partial(_judged, checks, figures))
    if not complete:
        again = undone(*HEADLINES, note)
    else:
        again = _step(*HEADLINES, partial(_headlines, sealed, figures, found))
    return [every, replace(cells, note=note, complete=complete), outcomes, again]


def _files(sealed: Sealed, figures: Items) -> Files:
    """The files that figures name cells of, with what suppliers call their columns."""
    names = {cell["file"] for item in figures.values() for cell in cells_of(item)}
    layouts = {name: told_layout(layout_of(sealed.home, Path(name))) for name in names}
    return Files(sealed.home, figures, sealed.withheld, layouts)


def _every(
    files: Callable[[], Files], figures: Items, checks: Items, found: Walk
) -> tuple[int, list[Finding], str]:
    """Each figure by its formula or cells, into `found`; the note says how, and what is left."""
    walk(found, figures, files(), checks.values())
    note = f"Of {len(figures):,} figures, {_listed(found.done)}."
    if found.left:
        note += f" Not re-performed: {_listed(found.left)}."
    return len(found.done), _findings(found.wrong), note


def _listed(reasons: Mapping[str, str]) -> str:
    """How many figures there are of each kind, the most first: `12 worked out, 3 read`."""
    counted = Counter(reasons.values()).most_common()
    return "; ".join(f"{number:,} {reason}" for reason, number in counted)


def _headlines(sealed: Sealed, figures: Items, found: Walk) -> tuple[int, list[Finding], str]:
    """What a board acts on, against the register; the note says what is held how."""
    again = headlines(_month(sealed))
    values = {name: item.get("value") for name, item in figures.items()}
    findings = [
        Finding(name, f"the register says {said}; recomputed a second time it is {value}.")
        for name, (said, value) in differing(again, values).items()
    ]
    findings += [
        Finding(name, f"the register says that it is not supplied; a second time it is {said}.")
        for name, said in supplied_after_all(again, figures).items()
    ]
    held = {name for name in again if values.get(name) is not None}
    both, neither = len(held & set(found.done)), set(figures) - held - set(found.done)
    note = (
        f"They are of {', '.join(SUBJECTS)}. Of {len(figures):,} figures, {both:,} are held both"
        f" ways, {len(found.done) - both:,} by what each says it is made of alone,"
        f" {len(held) - both:,} as headlines alone, and {len(neither):,} by neither."
    )
    return len(held), findings, note


def _cells(files: Callable[[], Files], figures: Items) -> tuple[int, list[Finding], str]:
    count, wrong = wrong_cells(files(), figures)
    return count, _findings(wrong), ""


def _judged(checks: Items, figures: Items) -> tuple[int, list[Finding], str]:
    count, wrong, left = wrong_checks(checks, figures)
    said = f"{left:,} more are judged by other rules than how far two amounts are apart."
    return count, _findings(wrong), said if left else ""


def _findings(wrong: Iterable[tuple[str, str]]) -> list[Finding]:
    return [Finding(name, said) for name, said in wrong]


def undone(name: str, counted: str, why: str) -> Step:
    """A step that was not done; no finding, but the verification is partial."""
    return Step(name, 0, counted, (), f"Not done: {why[0].lower()}{why[1:]}", complete=False)


def _step(name: str, counted: str, look: Callable[[], tuple[int, list[Finding], str]]) -> Step:
    """A step of the second implementation; what it cannot read is a finding."""
    note = ""
    try:
        count, findings, note = look()
    except BoardpackError as error:
        count, findings = 0, [Finding(name, str(error).splitlines()[0])]
    except (ArithmeticError, AttributeError, LookupError, OSError, TypeError, ValueError) as error:
        said = f"could not be done a second time: {type(error).__name__}: {error}."
        count, findings = 0, [Finding(name, said)]
    return Step(name, count, counted, tuple(findings), note)


def _month(sealed: Sealed) -> Month:
    """What the second implementation is told: where the month is, and what the parameters say."""
    if sealed.month is None or not sealed.place:
        raise BoardpackError("The manifest does not say which month of which place it is.")
    paper = load_paper(sealed.home, sealed.month, sealed.place)
    return told_month(paper)


def told_month(paper: Paper) -> Month:
    """A paper's month as the second implementation is told of it."""
    month, report = paper.month, paper.report
    raw, reference = paper.raw.relative_to(paper.home), Path("data/reference")
    folders = {name: reference if shape.is_reference else raw for name, shape in EXTRACTS.items()}
    return Month(
        paper.home,
        month.year_folder,
        month.number,
        paper.place,
        tuple(report.places),
        report.directorates,
        {n: told_layout(layout_of(paper.home, folder / n)) for n, folder in folders.items()},
        frozenset(paper.run.not_supplied),
        report.high_cost_weekly_rate,
        {part: _stands(report, part) for part in PARTS},
        tuple(change.since.written for change in report.structure.changes),
        report.roles,
    )


def _stands(report: Report, part: Part) -> dict[str, str]:
    """By other label or earlier slug, what it is called now; blank for what is no more."""
    structure, names = report.structure, report.names(part)
    found: dict[str, str] = {}
    if part == "place":
        found = {report.place_name(slug): slug for slug in ("central", "icb")}
    for label, slug in structure.labels(part).items():
        now = structure.stands(part, slug)
        is_slug = part == "place" or label in structure.of(part)
        found[label] = "" if now not in names else now if is_slug else names[now]
    return found


def told_layout(layout: Layout) -> Told:
    """How a supplier's file differs, as the second implementation is told of it."""
    return Told(
        {name: tuple(said) for name, said in layout.headings.items()},
        layout.sheet,
        None if layout.scale is None else SCALES[layout.scale],
        frozenset(layout.reversed),
        None if layout.debit is None else layout.debit == "positive",
        layout.dates == "month first",
        tuple(layout.totals),
    )


def supplied_after_all(found: Results, figures: Items) -> dict[str, str]:
    """The figures that the register says lack a part, and that come to something a second time."""
    lacking = (name for name in found if figures.get(name, {}).get("missing"))
    return {name: said_of(found[name]) for name in lacking if not found[name].is_nan()}
