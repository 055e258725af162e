"""The glossary chapter: the words of `GLOSSARY.md`."""

from __future__ import annotations

import re

from boardpack.errors import Fault, InputFaults
from boardpack.paper.blocks import Column, Row, Table
from boardpack.paper.chapter import ChapterPaper
from boardpack.params import CHECKOUT

FILE = "GLOSSARY.md"
_ENTRY = re.compile(r"^\| *([^|]+?) *\| *([^|]+?) *\|$")


def glossary_table(paper: ChapterPaper) -> Table:
    """Words and their meanings, in the order of the file."""
    columns = (Column("Word", "left"), Column("What it means", "left"))
    rows = tuple(Row(entry) for entry in read_glossary())
    return Table("glossary", "Words used in this paper", columns, rows)


def read_glossary() -> tuple[tuple[str, str], ...]:
    """The entries of `GLOSSARY.md`: its table rows without the header."""
    path = CHECKOUT / FILE
    if not path.exists():
        raise InputFaults([Fault(FILE, "the glossary", "Restore the file.")])
    lines = path.read_text(encoding="utf-8").splitlines()
    found = [match for line in lines if (match := _ENTRY.match(line))]
    return tuple((match[1], match[2]) for match in found[2:])
