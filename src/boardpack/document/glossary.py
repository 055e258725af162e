"""The glossary chapter: the words of `GLOSSARY.md`, and the local names of the ICB's own area."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator

from boardpack.core.errors import Fault, InputFaults
from boardpack.core.home import CHECKOUT
from boardpack.document.blocks import Column, Row, Table, block_json
from boardpack.document.chapter import ChapterPaper
from boardpack.document.schedule_blocks import declared_blocks

FILE = "GLOSSARY.md"
OF_ANY_PAPER = (
    "Absent figure",
    "Adverse",
    "Documented check",
    "Favourable",
    "Month 6, M06",
    "Release record",
    "SHA-256",
    "Traced",
    "Variance",
    "YTD",
)
"""The words that every paper uses, whatever its tables are of."""
_ENTRY = re.compile(r"^\| *([^|]+?) *\| *([^|]+?) *\|$", re.MULTILINE)
_AREA = re.compile(r"^## Names in (.+)$", re.MULTILINE)
_HEAD = 2
"""The rows of a Markdown table before its first entry: the header and the rule below it."""

Entries = tuple[tuple[str, str], ...]


def glossary_table(paper: ChapterPaper) -> Table:
    """Words and their meanings by the alphabet, local names only in a paper of that area.

    A body with tables of its own and no more has the words of those, and of any paper.
    """
    words = read_glossary()
    shown = (*words[""], *words.get(paper.paper.report.area_name, ()))
    if paper.has_only_tables:
        shown = tuple(_met(shown, json.dumps([block_json(b) for b in declared_blocks(paper)])))
    rows = tuple(Row(entry) for entry in sorted(shown, key=lambda entry: entry[0].casefold()))
    columns = (Column("Word", "left"), Column("What it means", "left"))
    return Table("glossary", "Words used in this paper", columns, rows)


def _met(entries: Entries, text: str) -> Iterator[tuple[str, str]]:
    """The entries that every paper needs, and those of which one of their words is in a text."""
    for word, said in entries:
        forms = re.findall(r"[^,()]+", word)
        is_met = any(re.search(rf"(?<!\w){re.escape(one.strip())}(?!\w)", text) for one in forms)
        if word in OF_ANY_PAPER or is_met:
            yield word, said


def read_glossary() -> dict[str, Entries]:
    """The entries of `GLOSSARY.md` by area; those of every area under the empty name."""
    path = CHECKOUT / FILE
    if not path.exists():
        raise InputFaults([Fault(FILE, "the glossary", "Restore the file.")])
    general, *local = _AREA.split(path.read_text(encoding="utf-8"))
    areas = dict(zip(local[::2], local[1::2], strict=True))
    return {area: _entries(text) for area, text in {"": general, **areas}.items()}


def meanings_in(names: Iterable[str]) -> Entries:
    """What the abbreviations in names from an extract stand for, in the order they are met.

    Names are not the paper's to reword, so a sentence after them says what they mean. The
    glossary's general words count only, up to the first stop: `MHIS: Mental Health Investment
    Standard`.
    """
    known = {
        word: re.split(r"[:;,]", said)[0] for word, said in read_glossary()[""] if word.isupper()
    }
    letters = (found for name in names for found in re.findall(r"(?<!\w)[A-Z]{2,}(?!\w)", name))
    return tuple((one, known[one]) for one in dict.fromkeys(letters) if known.get(one))


def _entries(text: str) -> Entries:
    return tuple((word, said) for word, said in _ENTRY.findall(text)[_HEAD:])
