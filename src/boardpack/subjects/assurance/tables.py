"""What the assurance chapter shows: what was checked, what stands open, what was left unadjusted.

The exceptions stand in `exceptions`; this module has the rest.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from boardpack.checks.check import check_from_json
from boardpack.checks.figures import kinds_of
from boardpack.checks.unadjusted import LINE, Item, schedule, scopes
from boardpack.checks.waivers import Override, override_trail
from boardpack.document.blocks import Column, Narrative, NotSupplied, Row, Table
from boardpack.document.chapter import ChapterPaper
from boardpack.document.wording import cell_text
from boardpack.figures.labels import slug
from boardpack.reading.cells import file_sha256
from boardpack.reading.files import ENDINGS
from boardpack.schedules.load import home_schedules
from boardpack.subjects.assurance.noticed import noticed_words

OUTCOMES = (
    ("Agree", "pass"),
    ("Within rounding", "rounding"),
    ("Do not agree", "fail"),
    ("Waived", "waived"),
    ("Corrected", "documented"),
    ("Not applicable", "not_applicable"),
)
OF_ANY = ("extracts.none", "extracts.unused", "released", "registers.")
"""How the ids of rules begin that any body's extracts and earlier papers are held to."""
OF_OTHERS = "Rules on reports that this body does not have are left out here."


def assurance_narrative(paper: ChapterPaper) -> Narrative:
    """For a board member: what was checked and what stands open, in a few lines."""
    return paper.narrate("checked", **noticed_words(paper))


def checks_table(paper: ChapterPaper) -> Table:
    """Checks by kind and outcome."""
    kinds = [(kind.capitalize(), slug(kind)) for kind in kinds_of(paper.checks)]
    rows = [
        Row((label, *(paper.number(f"assurance.{line}.{s}") for _, s in OUTCOMES)))
        for label, line in kinds
    ]
    total = Row(
        ("All checks", *(paper.number(f"assurance.checks.{s}") for _, s in OUTCOMES)), "total"
    )
    columns = (Column("Kind of check", "left"), *(Column(label) for label, _ in OUTCOMES))
    return Table("assurance-checks", "Checks by kind and outcome", columns, (*rows, total))


def unadjusted_narrative(paper: ChapterPaper) -> Narrative:
    """What the differences left unadjusted come to, against materiality, with their direction."""
    report = paper.paper.report
    named = [(report.place_name(scope), _name(scope, "")) for scope in scopes(paper.paper)]
    return paper.narrate("unadjusted", scopes=named)


def unadjusted_table(paper: ChapterPaper) -> Table | None:
    """The schedule of differences, for the paper's place and for the ICB, each with its totals.

    None where there is no difference: the narrative says so.
    """
    found = schedule([check_from_json(c) for c in paper.checks], paper.register, paper.paper)
    if not found:
        return None
    columns = (Column("What differs", "left"), Column("Difference"), Column("Effect on a variance"))
    rows = [row for scope in scopes(paper.paper) for row in _scope_rows(paper, scope, found)]
    notes = (
        "The effect is what the variance would move by if the other statement were right; in"
        " brackets, it would be worse. A difference without an effect stands in no variance.",
    )
    caption = "What each difference comes to"
    return Table("assurance-unadjusted", caption, columns, tuple(rows), "£000s", notes)


def _scope_rows(paper: ChapterPaper, scope: str, found: tuple[Item, ...]) -> list[Row]:
    items = [item for item in found if item.scope == scope]
    if not items:
        return []
    name = paper.paper.report.place_name(scope)
    total = (paper.number(_name(scope, measure)) for measure in ("gross", "net_effect"))
    return [
        Row((name,), "heading"),
        *(_item(paper, item) for item in items),
        Row((f"{name}, together", *total), "subtotal"),
        Row((f"Materiality for {name}", paper.number(_name(scope, "materiality")))),
    ]


def _item(paper: ChapterPaper, item: Item) -> Row:
    prefix = f"assurance.{item.scope}.{item.line}"
    effect = paper.number(f"{prefix}.effect") if item.effect else ""
    return Row((cell_text(item.check.title), paper.number(f"{prefix}.difference"), effect))


def _name(scope: str, measure: str) -> str:
    return f"assurance.{scope}.{LINE}.{measure}".rstrip(".")


def not_applicable_table(paper: ChapterPaper) -> Table | Narrative:
    """The rules that found nothing to check for this place and month, and why."""
    idle = [check for check in paper.checks if check["status"] == "not_applicable"]
    notes: tuple[str, ...] = ()
    if paper.has_only_tables:
        idle, notes = _of_any_body(paper, idle), (OF_OTHERS,)
    if not idle:
        return paper.narrate("no_idle_rule")
    columns = (Column("Rule", "left"), Column("Why it was not applied", "left"))
    rows = tuple(
        Row((cell_text(check["title"]), cell_text(_reason(check["sentence"])))) for check in idle
    )
    caption = "Rules that found nothing to check"
    return Table("assurance-not-applicable", caption, columns, rows, "", notes)


def _of_any_body(paper: ChapterPaper, idle: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rules that are about no extract that a body of tables alone lacks."""
    own = {one.title for s in home_schedules(paper.paper.home).values() for one in s.agrees}
    return [c for c in idle if c["id"].startswith(OF_ANY) or c["title"].split(":")[0] in own]


def _reason(sentence: str) -> str:
    reason = sentence.removeprefix("Not checked: ")
    return reason[:1].upper() + reason[1:]


def _extracts(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("*") if path.suffix.lower() in ENDINGS)


def inputs_table(paper: ChapterPaper) -> Table | NotSupplied:
    """The extracts as received, with the seal of each."""
    folder = paper.paper.raw
    rows = tuple(Row((path.name, file_sha256(path))) for path in _extracts(folder))
    if not rows:
        return paper.not_supplied("The month's source reports", "None was supplied for this month.")
    columns = (Column("Extract", "left"), Column("SHA-256", "left"))
    return Table("assurance-inputs", "The seal of each source file", columns, rows)


def waivers_table(paper: ChapterPaper) -> Table | Narrative:
    """The override trail: what was waived, why, by which role, until when, and what it does now."""
    trail = override_trail([check_from_json(check) for check in paper.checks], paper.paper)
    if not trail:
        return paper.narrate("no_waiver")
    heads = ("What was waived", "Reason", "Owner", "Until", "Standing")
    columns = tuple(Column(head, "left") for head in heads)
    rows = tuple(row for override in trail for row in _waived(override))
    notes = ("A line that begins “follows” is a consequence of the point above, waived with it.",)
    shown = notes if any(override.follows for override in trail) else ()
    return Table("assurance-waivers", "Checks waived", columns, rows, "", shown)


def _waived(override: Override) -> Iterator[Row]:
    waiver = override.waiver
    words = (override.what, waiver.reason, waiver.owner_role, f"{waiver.expires}")
    yield Row((*(cell_text(text) for text in words), override.use.capitalize()))
    for title in override.follows:
        yield Row((cell_text(f"follows: {title}"), "", "", "", "Waived with it"))
