"""The team's commentary checked at every render, and what a release needs of it."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from boardpack.core.errors import Fault, InputFaults
from boardpack.core.params import Paper
from boardpack.figures.register import Register
from boardpack.prose.checking import ProseChecker
from boardpack.prose.claim import Claim
from boardpack.prose.commentary_files import (
    ICB_CHAPTERS,
    chapter_title,
    commentary_file,
    commentary_files,
    icb_folder,
    paper_folder,
    read_text,
)
from boardpack.prose.notebook_claims import is_notebook, where
from boardpack.prose.quantities import find_quantities
from boardpack.prose.vocabulary import DOWN, LEVEL, MOVED, OVER, UNDER, UP

ACCEPTED = "accepted.csv"
DOUBTED = ("contradicted", "unsupported")
COLUMNS = ("chapter", "sentence", "reviewer", "reviewer_role", "date", "reason")


@dataclass(frozen=True)
class Acceptance:
    """A reviewer's answer for a sentence that no figure supports: which, who, when, and why."""

    chapter: str
    sentence: str
    reviewer: str
    reviewer_role: str
    date: str
    reason: str


def commentary_claims(
    paper: Paper, register: Register, checker: ProseChecker | None = None
) -> dict[str, list[Claim]]:
    """The claims of each chapter's commentary, by chapter; a chapter without claims is left out.

    `checker` is one that holds texts against this register already. Raises InputFaults for a
    commentary file that cannot be read.
    """
    found: dict[str, list[Claim]] = {}
    checker = checker or ProseChecker(register, paper)
    for name in commentary_files(paper):
        file = commentary_file(paper, name)
        claims = checker.check(read_text(paper.home / file, file.as_posix()), chapter_title(name))
        if claims:
            found[name] = claims
    return found


def may_claim(text: str) -> bool:
    """Whether a text has a number or a direction word at all; references are not looked at.

    >>> may_claim("Prescribing is £2m over."), may_claim("Thank you.")
    (True, False)
    """
    numbers = any(not quantity.reference for quantity in find_quantities(text))
    return numbers or any(pattern.search(text) for pattern in (OVER, UNDER, LEVEL, UP, DOWN, MOVED))


def open_claims(chapter: str, claims: list[Claim], accepted: tuple[Acceptance, ...]) -> list[Claim]:
    """The claims that stand against a release: contradicted, or unsupported and not accepted."""
    return [
        claim
        for claim in claims
        if claim.status == "contradicted"
        or (claim.status == "unsupported" and not acceptance_of(chapter, claim, accepted))
    ]


def read_accepted(paper: Paper) -> tuple[Acceptance, ...]:
    """The reviewer's acceptances (`accepted.csv` beside the commentary); none without the file.

    What the ICB has accepted of its own words is accepted wherever they stand. Raises InputFaults,
    all at once, for a missing column or an empty cell.
    """
    found = _accepted_in(paper, paper_folder(paper))
    if not paper.is_place:
        return found
    of_icb = _accepted_in(paper, icb_folder(paper))
    return (*found, *(one for one in of_icb if one.chapter in ICB_CHAPTERS and one not in found))


def _accepted_in(paper: Paper, folder: Path) -> tuple[Acceptance, ...]:
    path = paper.home / folder / ACCEPTED
    name = path.relative_to(paper.home).as_posix()
    if not path.exists():
        return ()
    reader = csv.DictReader(read_text(path, name).splitlines())
    faults = [
        Fault(
            name,
            "this column",
            f"The columns are {', '.join(COLUMNS)}; boardpack accept writes them.",
            column=column,
        )
        for column in COLUMNS
        if column not in (reader.fieldnames or ())
    ]
    rows = [] if faults else list(enumerate(reader, 2))
    for line, row in rows:
        empty = [column for column in COLUMNS if not (row[column] or "").strip()]
        faults += [Fault(name, "a value", "Fill it in.", row=line, column=c) for c in empty]
    if faults:
        raise InputFaults(faults)
    return tuple(
        Acceptance(*(" ".join(row[column].split()) for column in COLUMNS)) for _, row in rows
    )


def acceptance_of(
    chapter: str, claim: Claim, accepted: tuple[Acceptance, ...]
) -> Acceptance | None:
    """The acceptance that answers for an unsupported claim; None where there is none.

    It answers for the whole sentence as it stood: one that has changed since is open again.
    """
    if claim.status != "unsupported":
        return None
    fits = (a for a in accepted if a.chapter == chapter and a.sentence == claim.sentence)
    return next(fits, None)


def release_findings(claims: dict[str, list[Claim]], accepted: tuple[Acceptance, ...]) -> list[str]:
    """What the words of a paper hold against a release, one sentence each; empty when nothing does.

    They are the team's commentary and what notebooks say themselves (see `prose.notebook_claims`).

    A contradicted claim always stands; an unsupported one until a reviewer accepts it.
    """
    found = []
    for chapter, items in claims.items():
        for claim in open_claims(chapter, items, accepted):
            kind = "" if is_notebook(chapter) else "Commentary "
            said = f"{kind}{chapter}, {where(chapter, claim.line)}: “{claim.text}”"
            if claim.status == "contradicted":
                found.append(f"{said} is contradicted. {claim.reason}")
            else:
                found.append(f"{said} is not supported, and no reviewer has accepted it.")
    return found
