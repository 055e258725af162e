"""Commentary taken back from forms: kept as it stood, recorded, and held to the figures at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from boardpack.core.earlier import Kept, keep_before
from boardpack.core.errors import Fault, InputFaults, UsageFault
from boardpack.core.home_chapters import chapter_name
from boardpack.figures.chapters import chapters_of, compute
from boardpack.outputs.word.form_reading import Answers, read_form
from boardpack.prose.acceptance import Doubt, doubts
from boardpack.prose.commentary import commentary_claims, read_accepted
from boardpack.prose.commentary_files import commentary_file
from boardpack.prose.stale_words import (
    Stale,
    read_written,
    record_written,
    stale_sentences,
    unrecorded_sentences,
)
from boardpack.render.chapters import chapter_names
from boardpack.render.forms import identity_of
from boardpack.render.layout import Layout
from boardpack.render.words import words_of


@dataclass(frozen=True)
class Taken:
    """What came of taking forms back, or of recording words that were written by hand.

    `doubts` are the open sentences of the chapters that came, `empty` the boxes in which nothing
    stood, a line each. `kept` is how the words stood before, where that was not kept already.
    """

    written: tuple[Path, ...]
    doubts: tuple[Doubt, ...]
    empty: tuple[str, ...] = ()
    kept: Kept | None = None

    @property
    def chapters(self) -> int:
        """On how many chapters words came."""
        return sum(path.suffix == ".md" for path in self.written)

    def lines(self) -> Iterator[str]:
        """What was written and kept, what was left empty, and what does not hold."""
        yield from (f"Wrote {path}" for path in self.written)
        if self.kept is not None:
            yield f"The words of before are kept in {self.kept.copy}"
        yield from self.empty
        for doubt in self.doubts:
            yield from doubt.told()
        if self.doubts:
            yield "Put right what is contradicted; the rest boardpack accept lists."


def take_forms(layout: Layout, files: Iterable[Path]) -> Taken:
    """Take the words of forms into the paper's commentary; what they rest on is recorded.

    All faults of all forms are told at once and nothing is taken (InputFaults). Words that stand
    already for a chapter are kept (see `boardpack.core.earlier`) and replaced only by those of a
    form that says something on it. Words that the figures do not bear out are taken, and told.
    """
    paper = layout.paper
    answers = _read(layout, tuple(files))
    words = {name: said for _, answer in answers for name, said in answer.words.items()}
    seen = {name: value for _, answer in answers for name, value in answer.values.items()}
    register = compute(paper, *chapters_of(paper))
    for read in (read_written, read_accepted):
        read(paper)  # their faults are told before anything is written
    kept = keep_before(paper.home, words_of(paper), "before commentary --read")
    layout.commentary.mkdir(parents=True, exist_ok=True)
    written = []
    for chapter, said in words.items():
        written.append(layout.commentary / f"{chapter}.md")
        written[-1].write_text(f"{said}\n", encoding="utf-8", newline="\n")
    if words:
        written.append(record_written(paper, register, seen, words))
    claims = commentary_claims(paper, register)
    return Taken(
        tuple(written),
        tuple(d for d in doubts(paper, claims) if d.is_open and d.chapter in words),
        tuple(line for file, answer in answers for line in _empty(layout, file, answer)),
        kept,
    )


def record(layout: Layout) -> Taken:
    """Record that the commentary, as it stands, was written on the figures as they are now.

    UsageFault where there is no commentary.
    """
    paper = layout.paper
    if not any(layout.commentary.glob("*.md")):  # the ICB's words are recorded in its own paper
        folder = layout.commentary.relative_to(paper.home).as_posix()
        raise UsageFault(
            f"{paper.place_name} has no commentary this month: there is no file in {folder}."
        )
    register = compute(paper, *chapters_of(paper))
    claims = commentary_claims(paper, register)
    kept = keep_before(paper.home, words_of(paper), "before commentary --written")
    written = record_written(paper, register)
    return Taken((written,), tuple(d for d in doubts(paper, claims) if d.is_open), kept=kept)


@dataclass(frozen=True)
class Staleness:
    """The sentences whose figures have moved, and what cannot be told because it is not recorded.

    `unrecorded` are the sentences that rest on figures and were written since the last record.
    """

    name: str
    stale: tuple[Stale, ...]
    unrecorded: tuple[str, ...]

    def lines(self) -> Iterator[str]:
        """The stale sentences, and those of which nothing is recorded."""
        yield from map(str, self.stale)
        if not self.stale:
            yield f"{self.name}: no figure has moved since the words on it were recorded."
        if self.unrecorded:
            number = len(self.unrecorded)
            said = "1 sentence rests" if number == 1 else f"{number} sentences rest"
            yield (
                f"{self.name}: {said} on figures and no record says how they stood, first"
                f" {self.unrecorded[0]}. Record them with --written."
            )


def stale(layout: Layout) -> Staleness:
    """The sentences of the commentary whose figures have moved since they were written."""
    register = compute(layout.paper, *chapters_of(layout.paper))
    return Staleness(
        layout.paper.place_name,
        stale_sentences(layout.paper, register),
        unrecorded_sentences(layout.paper, register),
    )


def _read(layout: Layout, files: Sequence[Path]) -> list[tuple[Path, Answers]]:
    """Each form with its answers; the faults of all of them at once."""
    wanted, known = identity_of(layout.paper), {chapter_name(n) for n in chapter_names(layout)}
    answers: list[tuple[Path, Answers]] = []
    faults: list[Fault] = []
    for file in dict.fromkeys(files):
        try:
            answer = read_form(file)
        except InputFaults as error:
            faults += error.faults
            continue
        if answer.identity != wanted:
            remedy = "Take it back with the month and place that it is for."
            faults.append(Fault(file.name, f"a form for {wanted}", remedy, value=answer.identity))
        for chapter in sorted(answer.words.keys() - known):
            remedy = "Give the box the heading that it had, with the chapter's name in brackets."
            expected = "a chapter of this paper"
            faults.append(Fault(file.name, expected, remedy, column="box", value=chapter))
        answers.append((file, answer))
    faults += _given_twice(answers)
    if faults:
        raise InputFaults(faults)
    return answers


def _given_twice(answers: Sequence[tuple[Path, Answers]]) -> Iterator[Fault]:
    given: dict[str, list[str]] = {}
    for file, answer in answers:
        for chapter in answer.words:
            given.setdefault(chapter, []).append(file.name)
    for chapter, names in sorted(given.items()):
        if len(names) > 1:
            expected = f"one form that speaks on {chapter}"
            yield Fault(" and ".join(names), expected, "Keep the one that stands.")


def _empty(layout: Layout, file: Path, answer: Answers) -> Iterator[str]:
    for chapter in answer.empty:
        stands = (layout.paper.home / commentary_file(layout.paper, chapter)).exists()
        left = "what stood there still stands" if stands else "the paper has no words on it"
        yield f"{file.name} says nothing on {chapter}: {left}."
