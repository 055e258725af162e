"""The second implementation as steps of a verification: cells, formulas, headlines and checks."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal
from functools import partial
from pathlib import Path

from boardpack.audit.second.cells import wrong_cells
from boardpack.audit.second.checks import wrong_checks
from boardpack.audit.second.extracts import EXTRACTS
from boardpack.audit.second.files import Layout as Told
from boardpack.audit.second.formulas import wrong_formulas
from boardpack.audit.second.headlines import differing, headlines, said_of
from boardpack.audit.second.numbers import Results
from boardpack.audit.second.reading import Month
from boardpack.audit.second.values import wrong_values
from boardpack.audit.verification.finding import Finding, Step
from boardpack.audit.verification.performed_again import Items
from boardpack.audit.verification.sealed import Sealed
from boardpack.audit.verification.seals import withheld_note
from boardpack.core.errors import BoardpackError
from boardpack.core.params import Paper, load_paper
from boardpack.core.report import Report
from boardpack.core.structure import PARTS, Part
from boardpack.reading.layouts import SCALES, Layout, layout_of
from boardpack.schedules.load import schedules_of

AGAIN = ("Second implementation", "headline figures recomputed")
SUPPRESSED = "Not compared, because small numbers of people are suppressed"


def recomputed(sealed: Sealed, figures: Items) -> list[Step]:
    """Source cells looked up and headlines recomputed, as far as inputs are not withheld.

    Headlines draw on every extract; without one they would come out otherwise, and prove nothing.
    """
    look = partial(_cells, sealed)
    cells = _step("Source cells", "source cells looked up", look, sealed, figures)
    note, complete = withheld_note(sealed)
    again = _step(*AGAIN, _again, sealed, figures) if complete else undone(*AGAIN, note)
    return [replace(cells, note=note, complete=complete), again]


def reckoned(sealed: Sealed, figures: Items, checks: Items) -> list[Step]:
    """The register held to its own formulas and cells, and the checks to the register.

    Nothing of the product takes part, so that it is done where nothing may be run.
    """
    judged = partial(_judged, checks)
    return [
        _step("Formulas", "formulas reckoned a second time", _formulas, sealed, figures),
        _step("Values", "figures held to the cell they were read from", _values, sealed, figures),
        _step("Outcomes", "outcomes of checks judged a second time", judged, sealed, figures),
    ]


def _formulas(month: Month, figures: Items) -> tuple[int, list[Finding], str]:
    count, wrong, left = wrong_formulas(figures)
    said = f"Not reckoned, because small numbers of people are suppressed: {left} formulas."
    return count, _findings(wrong), said if left else ""


def _values(month: Month, figures: Items) -> tuple[int, list[Finding], str]:
    cells = (cell for item in figures.values() for cell in item.get("source", {}).get("cells", ()))
    layouts = {cell["file"]: layout_of(month.home, Path(cell["file"])) for cell in cells}
    turned = {(file, column) for file, said in layouts.items() for column in said.reversed}
    count, wrong, left = wrong_values(figures, turned)
    said = f"{left:,} more rest on many rows, or on a cell that is no plain number."
    return count, _findings(wrong), said if left else ""


def _judged(checks: Items, month: Month, figures: Items) -> tuple[int, list[Finding], str]:
    count, wrong, left = wrong_checks(checks, figures)
    said = f"{left:,} more are judged by other rules than how far two amounts are apart."
    return count, _findings(wrong), said if left else ""


def _findings(wrong: Iterable[tuple[str, str]]) -> list[Finding]:
    return [Finding(name, said) for name, said in wrong]


def undone(name: str, counted: str, why: str) -> Step:
    """A step that was not done; no finding, but the verification is partial."""
    return Step(name, 0, counted, (), f"Not done: {why[0].lower()}{why[1:]}", complete=False)


Looked = Callable[[Month, Items], tuple[int, list[Finding], str]]


def _step(name: str, counted: str, look: Looked, sealed: Sealed, figures: Items) -> Step:
    """A step of the second implementation; extracts it cannot read are a finding."""
    note = ""
    try:
        count, findings, note = look(_month(sealed), figures)
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
    before = range(1, month.number)
    raw, reference = paper.raw.relative_to(paper.home), Path("data/reference")
    folders = {name: reference if shape.is_reference else raw for name, shape in EXTRACTS.items()}
    folders |= dict.fromkeys(schedules_of(paper.home), raw)
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
        (report.small_numbers.lowest, report.small_numbers.highest),
        counted_on(paper),
        {part: _stands(report, part) for part in PARTS},
        tuple((c.since.written, c.part, c.slug, c.target) for c in report.structure.changes),
        {n: told_layout(layout_of(paper.home, raw.parent / f"M{n:02d}/ledger")) for n in before},
        report.roles,
        report.default_place,
        {name: value for name, value in report if isinstance(value, Decimal)},
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


def counted_on(paper: Paper) -> dict[str, Decimal]:
    """The share of savings to come that is counted on by risk; empty before it was agreed."""
    delivery = paper.report.savings_delivery_percent
    if delivery is None or delivery.agreed > paper.run.data_cut.date():
        return {}
    return {risk: getattr(delivery, risk) for risk in ("low", "medium", "high")}


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


def _cells(sealed: Sealed, month: Month, figures: Items) -> tuple[int, list[Finding], str]:
    cells = (cell for item in figures.values() for cell in item.get("source", {}).get("cells", ()))
    files = {cell["file"]: Path(cell["file"]) for cell in cells}
    layouts = {name: told_layout(layout_of(month.home, file)) for name, file in files.items()}
    count, wrong = wrong_cells(month.home, figures, sealed.withheld, layouts)
    return count, [Finding(figure, said) for figure, said in wrong], ""


def _again(month: Month, figures: Items) -> tuple[int, list[Finding], str]:
    found = headlines(month)
    values = {name: item.get("value") for name, item in figures.items()}
    told = differing(found, values)
    findings = [
        Finding(name, f"the register says {said}; recomputed a second time it is {value}.")
        for name, (said, value) in told.items()
    ]
    findings += [
        Finding(name, f"the register says that it is not supplied; a second time it is {said}.")
        for name, said in supplied_after_all(found, figures).items()
    ]
    blank = [name for name in found if name in values and values[name] is None]
    hidden = [name for name in blank if figures[name].get("suppressed") is True]
    said = (
        "the register gives no value, and says neither that it is suppressed nor what is missing."
    )
    findings += [
        Finding(name, said)
        for name in blank
        if name not in hidden and not figures[name].get("missing")
    ]
    count = sum(values.get(name) is not None for name in found)
    return count, findings, f"{SUPPRESSED}: {len(hidden)} figures." if hidden else ""
