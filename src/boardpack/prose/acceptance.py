"""The sentences of a paper's commentary that the figures do not bear out, and who accepts which.

A reviewer accepts a sentence as it stands; what is recorded is the sentence itself, so that one
that is changed later is open again. What the figures contradict nobody can accept.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path

from boardpack.core.errors import UsageFault
from boardpack.core.params import Paper
from boardpack.prose.claim import Claim
from boardpack.prose.commentary import (
    ACCEPTED,
    COLUMNS,
    DOUBTED,
    Acceptance,
    acceptance_of,
    read_accepted,
)
from boardpack.prose.commentary_files import commentary_file, paper_folder
from boardpack.prose.notebook_claims import is_notebook, where


@dataclass(frozen=True)
class Doubt:
    """A sentence that the figures do not bear out, with its claims that are in doubt.

    `number` counts such sentences in the paper, accepted ones too, so that it stays while the words
    do. `accepted` is the reviewer's answer for it, where there is one.
    """

    number: int
    file: str
    chapter: str
    sentence: str
    claims: tuple[Claim, ...]
    accepted: Acceptance | None

    @property
    def is_contradicted(self) -> bool:
        """Whether the figures say otherwise, which nobody can accept."""
        return any(claim.status == "contradicted" for claim in self.claims)

    @property
    def is_open(self) -> bool:
        """Whether it stands against a release."""
        return self.accepted is None or self.is_contradicted

    def told(self) -> Iterator[str]:
        """The sentence with where it stands, then what the figures say of each of its claims."""
        yield f"{self.file}, {where(self.chapter, self.claims[0].line)}: “{self.sentence}”"
        for claim in self.claims:
            words = " ".join((claim.mark or claim.text).split())
            yield f"    “{words}” is {claim.status}. {' '.join(claim.reason.split())}"
        if self.accepted is not None and not self.is_contradicted:
            yield f"    Accepted by {_reviewer(self.accepted)}: {self.accepted.reason}"


def doubts(paper: Paper, claims: Mapping[str, Sequence[Claim]]) -> tuple[Doubt, ...]:
    """The doubted sentences of a paper's commentary, in order; `claims` are those by chapter."""
    accepted = read_accepted(paper)
    found: dict[tuple[str, str], list[Claim]] = {}
    for chapter, items in claims.items():
        for claim in items:
            if claim.status in DOUBTED:
                found.setdefault((chapter, claim.sentence), []).append(claim)
    return tuple(
        Doubt(
            number,
            chapter if is_notebook(chapter) else commentary_file(paper, chapter).as_posix(),
            chapter,
            sentence,
            tuple(items),
            next((a for c in items if (a := acceptance_of(chapter, c, accepted))), None),
        )
        for number, ((chapter, sentence), items) in enumerate(found.items(), start=1)
    )


def idle_acceptances(paper: Paper, found: Sequence[Doubt]) -> tuple[str, ...]:
    """The acceptances that answer for nothing: their sentence has changed, or needs none."""
    in_use = {doubt.accepted for doubt in found}
    return tuple(
        f"{one.chapter}: “{one.sentence}”, accepted by {_reviewer(one)}, is not there any more or"
        " needs no acceptance."
        for one in read_accepted(paper)
        if one not in in_use
    )


def accept(
    paper: Paper,
    found: Sequence[Doubt],
    numbers: Sequence[int],
    reviewer: tuple[str, str],
    reason: str,
    date: str,
) -> Path:
    """Record that a reviewer, by name and role, accepts these sentences; the path of the record.

    UsageFault tells all at once which cannot be accepted, and nothing is recorded.
    """
    faults = [*_refused(found, numbers)]
    if not reason.strip():
        faults.append("Say with --reason why the sentence may stand.")
    if faults:
        raise UsageFault("\n".join(faults))
    named = {doubt.number: doubt for doubt in found}
    new = [
        Acceptance(
            named[number].chapter,
            named[number].sentence,
            *reviewer,
            date,
            " ".join(reason.split()),
        )
        for number in dict.fromkeys(numbers)
    ]
    path = paper.home / paper_folder(paper) / ACCEPTED
    path.write_text(_text([*read_accepted(paper), *new]), encoding="utf-8", newline="")
    return path


def _refused(found: Sequence[Doubt], numbers: Sequence[int]) -> Iterator[str]:
    named = {doubt.number: doubt for doubt in found}
    for number in dict.fromkeys(numbers):
        doubt = named.get(number)
        if doubt is None:
            known = f"They are numbered 1 to {len(found)}." if found else "None is in doubt."
            yield f"There is no sentence {number} to accept. {known}"
        elif doubt.is_contradicted:
            yield (
                f"Sentence {number} is contradicted by the figures, which nobody can accept:"
                f" put it right. “{doubt.sentence}”"
            )
        elif doubt.accepted is not None:
            yield f"Sentence {number} is accepted already, by {_reviewer(doubt.accepted)}."


def _reviewer(acceptance: Acceptance) -> str:
    return f"{acceptance.reviewer}, {acceptance.reviewer_role}, on {acceptance.date}"


def _text(rows: Sequence[Acceptance]) -> str:
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(astuple(row) for row in rows)
    return target.getvalue()
