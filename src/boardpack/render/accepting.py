"""A reviewer's acceptance of sentences that the figures do not bear out: listed and recorded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from boardpack.core.earlier import keep_before
from boardpack.core.run_log import now
from boardpack.figures.chapters import chapters_of, compute
from boardpack.prose.acceptance import Doubt, accept, doubts, idle_acceptances
from boardpack.prose.commentary import commentary_claims
from boardpack.prose.notebook_claims import held_claims
from boardpack.render.layout import Layout
from boardpack.render.proposal import read_person
from boardpack.render.words import words_of


@dataclass(frozen=True)
class Doubted:
    """The sentences in doubt, and the acceptances that answer for none of them."""

    sentences: tuple[Doubt, ...]
    idle: tuple[str, ...]

    @property
    def is_open(self) -> bool:
        """Whether any of them stands against a release."""
        return any(doubt.is_open for doubt in self.sentences)

    def lines(self) -> Iterator[str]:
        """Each sentence with its number and what the figures say."""
        if not self.sentences:
            yield "Every number and direction in the paper's own words agrees with a figure."
        for doubt in self.sentences:
            first, *more = doubt.told()
            yield f"{doubt.number}. {first}"
            yield from more
        yield from self.idle
        if self.is_open:
            yield (
                "Put right what is contradicted. The rest a reviewer may accept:"
                " accept ... --sentence N --reviewer 'Name, Role' --reason '...'"
            )


def doubted(layout: Layout) -> Doubted:
    """What of a paper's words the figures do not bear out, numbered.

    First of the team's commentary, as it is now, then of what the notebooks of the last build say.
    """
    paper = layout.paper
    commentary = commentary_claims(paper, compute(paper, *chapters_of(paper)))
    found = doubts(paper, commentary | held_claims(layout.target / "notebooks"))
    return Doubted(found, idle_acceptances(layout.paper, found))


def accept_sentences(
    layout: Layout, numbers: Sequence[int], reviewer: str, reason: str
) -> tuple[str, ...]:
    """Record that a reviewer accepts these sentences, and say which they are.

    What was recorded before is kept. The day is recorded and not printed: papers of one home stay
    alike on whatever day they are made. UsageFault says what cannot be accepted.
    """
    person = read_person(reviewer)
    found = doubted(layout).sentences
    keep_before(layout.paper.home, words_of(layout.paper), "before accept")
    path = accept(layout.paper, found, numbers, (person.name, person.role), reason, now()[:10])
    accepted = (doubt for doubt in found if doubt.number in numbers)
    return (
        *(f"{person.in_words} accepts {doubt.number}: “{doubt.sentence}”" for doubt in accepted),
        f"Wrote {path}",
    )
