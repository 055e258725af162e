"""What commentary rested on when it was written, and which of its sentences have gone stale since.

`written.csv` beside the commentary holds, for each sentence and figure, the value that its author
saw. When a late entry moves a figure, the sentences that rest on it are named; a sentence that was
written anew since is no longer in question.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass, fields
from decimal import Decimal, InvalidOperation
from pathlib import Path

from boardpack.core.errors import Fault, InputFaults
from boardpack.core.money import plain
from boardpack.core.params import Paper
from boardpack.figures.figure import PRINTED
from boardpack.figures.register import Register
from boardpack.prose.claim import Claim
from boardpack.prose.commentary import commentary_claims
from boardpack.prose.commentary_files import paper_folder, read_text

FILE = "written.csv"
_REFERENCE = re.compile(r"\[\[([a-z0-9_.]+)\]\]")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z*\[“\"£])|\n+")


@dataclass(frozen=True)
class Written:
    """A sentence of a chapter's commentary, and a figure with its value when it was written."""

    chapter: str
    sentence: str
    figure: str
    value: str


@dataclass(frozen=True)
class Stale:
    """A sentence that rests on a figure which has moved since; `now` is None for one that went."""

    written: Written
    label: str
    now: Decimal | None

    def __str__(self) -> str:
        now = "no longer there" if self.now is None else plain(self.now)
        was, said = self.written, self.written.sentence
        return (
            f"{was.chapter}: “{said}” {self.label or was.figure} was {was.value}, is {now}."
            " Write it anew, or record with commentary --written that it stands."
        )


def record_written(
    paper: Paper,
    register: Register,
    seen: Mapping[str, Decimal] | None = None,
    chapters: Container[str] | None = None,
) -> Path:
    """Record what each sentence of the commentary rests on; the path of the record.

    `seen` holds the values that its author saw; other figures are recorded as they are now. Where
    only some `chapters` came, what is recorded of the others stays: nobody has looked at them.
    """
    found = list(_rests(paper, register, seen or {}))
    if chapters is not None:
        kept = [item for item in read_written(paper) if item.chapter not in chapters]
        found = [*kept, *(item for item in found if item.chapter in chapters)]
    target = paper.home / paper_folder(paper) / FILE
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(_text(found), encoding="utf-8", newline="")
    return target


def stale_sentences(paper: Paper, register: Register) -> tuple[Stale, ...]:
    """The sentences that still stand and rest on figures that have moved; none without a record."""
    found = []
    standing = {path.stem: _sentences(text) for path, text in _texts(paper)}
    for item in read_written(paper):
        if item.sentence not in standing.get(item.chapter, ()):
            continue
        figure = register.find(item.figure)
        if figure is None:
            found.append(Stale(item, "", None))
        elif figure.value != Decimal(item.value):
            found.append(Stale(item, figure.label, figure.value))
    return tuple(found)


def unrecorded_sentences(paper: Paper, register: Register) -> tuple[str, ...]:
    """The sentences that rest on figures and of which no record says how these stood.

    Each is named by its chapter: `chc: “More clients.”`.
    """
    known = {(item.chapter, item.sentence) for item in read_written(paper)}
    rests = ((item.chapter, item.sentence) for item in _rests(paper, register, {}))
    return tuple(dict.fromkeys(f"{c}: “{s}”" for c, s in rests if (c, s) not in known))


def read_written(paper: Paper) -> tuple[Written, ...]:
    """The record of what the commentary rests on; InputFaults where it was altered."""
    path = paper.home / paper_folder(paper) / FILE
    if not path.exists():
        return ()
    name = path.relative_to(paper.home).as_posix()
    rows = list(csv.reader(io.StringIO(read_text(path, name))))
    remedy = "Restore the file, or record the commentary anew (boardpack commentary --written)."
    faults = [
        Fault(name, "chapter, sentence, figure and value", remedy, row=line)
        for line, row in enumerate(rows, 1)
        if len(row) != len(fields(Written)) or (line > 1 and not _is_number(row[3]))
    ]
    if faults:
        raise InputFaults(faults)
    return tuple(Written(*row) for row in rows[1:])


def _rests(paper: Paper, register: Register, seen: Mapping[str, Decimal]) -> Iterator[Written]:
    claims = commentary_claims(paper, register)
    for path, text in _texts(paper):
        for sentence, start in _placed(text):
            line = text.count("\n", 0, start) + 1
            named = _REFERENCE.findall(sentence)
            claimed = _claimed(claims.get(path.stem, ()), line, sentence)
            for figure in dict.fromkeys((*named, *claimed)):
                known = register.find(figure)
                if known is not None:
                    value = seen.get(figure, known.value)
                    yield Written(path.stem, sentence, figure, plain(value))


def _claimed(claims: Iterable[Claim], line: int, sentence: str) -> Iterator[str]:
    """The figure nearest to each claim of a sentence."""
    for claim in claims:
        is_here = claim.line == line and " ".join(claim.text.split()) in sentence
        if is_here and claim.figures and claim.status in ("supported", "rounding"):
            yield claim.figures[0].removesuffix(f".{PRINTED}")


def _texts(paper: Paper) -> Iterator[tuple[Path, str]]:
    for path in sorted((paper.home / paper_folder(paper) / "commentary").glob("*.md")):
        yield path, read_text(path, path.relative_to(paper.home).as_posix())


def _sentences(text: str) -> frozenset[str]:
    return frozenset(sentence for sentence, _ in _placed(text))


def _placed(text: str) -> Iterator[tuple[str, int]]:
    start = 0
    for found in (*_SENTENCE.finditer(text), None):
        end = found.start() if found else len(text)
        sentence = " ".join(text[start:end].split())
        if sentence:
            yield sentence, start
        start = found.end() if found else end


def _text(rows: Iterable[Written]) -> str:
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow([field.name for field in fields(Written)])
    writer.writerows(astuple(row) for row in rows)
    return target.getvalue()


def _is_number(text: str) -> bool:
    try:
        return Decimal(text).is_finite()
    except InvalidOperation:
        return False
