"""How plain the words of built papers are, chapter by chapter: writes `docs/language.md`.

    .venv/bin/python benchmarks/language.py build/2023-24/M06/bromley ...

The table has the words that the paper generates. What is left of the commentary, which is the
team's own, is told below it for the team.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from boardpack.core.params import load_paper
from boardpack.core.periods import parse_month
from boardpack.document.abbreviations import unexplained
from boardpack.document.content import Part
from boardpack.document.language import (
    LONGEST_SENTENCE,
    Measure,
    measured,
    passages,
    sentences,
    words,
)
from boardpack.render.chapters import read_parts
from boardpack.render.layout import Layout

PROJECT = Path(__file__).resolve().parents[1]
OUT = PROJECT / "docs" / "language.md"
HEAD = f"""# How plain the paper's words are

Made by `benchmarks/language.py` from built papers; [decision 34](decisions/0034-plain-words.md)
says what is measured and why. The words are those that the paper generates: sentences, notes of
tables, titles of charts, as they print. The reading age is the Flesch-Kincaid grade plus five
years; that of few words says little. A sentence has {LONGEST_SENTENCE} words at most, which a test
holds for every chapter of these papers.
"""


def parts_of(build: Path) -> tuple[Part, ...]:
    """The parts of a built paper, `<home>/build/2023-24/M06/bromley`, in the order of its book."""
    year, code, place = build.parts[-3:]
    paper = load_paper(build.parents[3], parse_month(year, code), place)
    return read_parts(Layout(PROJECT, paper), built=True)


def report(build: Path) -> Iterator[str]:
    """The lines of one paper: its chapters, all of it, and what the team could say more plainly."""
    parts = parts_of(build)
    yield f"\n## {place_of(build)}, {build.parent.parent.name} {build.parent.name}\n"
    yield "| Chapter | Words | Sentences | Words a sentence | Longest | Reading age |"
    yield "|---|--:|--:|--:|--:|--:|"
    every: list[str] = []
    for chapter in (chapter for part in parts for chapter in part.chapters):
        said = [one.text for one in passages(chapter) if one.voice == "generated"]
        every += said
        if said:
            yield row(chapter.title, measured(said))
    yield row("**All**", measured(every))
    yield from commentary(parts)


def place_of(build: Path) -> str:
    """The place of a built paper, as a heading."""
    return "The ICB" if build.name == "icb" else build.name.capitalize()


def row(title: str, found: Measure) -> str:
    """One line of the table."""
    average = found.words / max(found.sentences, 1)
    counts = f"{found.words:,} | {found.sentences} | {average:.1f} | {found.longest}"
    return f"| {title} | {counts} | {found.reading_age:.0f} |"


def commentary(parts: tuple[Part, ...]) -> Iterator[str]:
    """The team's own words: their measure, and what a reader may stumble over."""
    chapters = [chapter for part in parts for chapter in part.chapters]
    told = [one for chapter in chapters for one in passages(chapter) if one.voice == "commentary"]
    found = measured(one.text for one in told)
    if not found.words:
        return
    long = sum(len(words(s)) > LONGEST_SENTENCE for one in told for s in sentences(one.text))
    letters = [
        f"{one.letters} ({one.passage.chapter})"
        for part in parts
        for one in unexplained(part)
        if one.passage.voice == "commentary"
    ]
    yield (
        f"\nThe team's commentary: {found.words:,} words, reading age {found.reading_age:.0f}, "
        f"{long} sentences over {LONGEST_SENTENCE} words; abbreviations not said in full at "
        f"their first use: {', '.join(letters) or 'none'}."
    )


if __name__ == "__main__":
    lines = [line for build in sys.argv[1:] for line in report(Path(build).resolve())]
    OUT.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
