"""A file before it is written: a header and rows of text."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from boardpack.core.money import round_half_up

Cell = str | int | Decimal
THOUSAND = Decimal(1000)


@dataclass
class Table:
    """The header and the rows of one file; titles may stand above them."""

    header: list[str]
    rows: list[list[str]]
    titles: tuple[str, ...] = ()

    def bytes(self) -> bytes:
        """The file as CSV."""
        text = io.StringIO(newline="")
        for title in self.titles:
            text.write(f"{title}\n")
        csv.writer(text, lineterminator="\n").writerows([self.header, *self.rows])
        return text.getvalue().encode("utf-8")

    def at(self, row: int, column: str) -> str:
        """What a cell says; rows count from 0."""
        return self.rows[row][self.header.index(column)]

    def put(self, row: int, column: str, text: Cell) -> None:
        """Write a cell anew."""
        self.rows[row][self.header.index(column)] = str(text)

    def find(self, **words: str) -> int:
        """The first row whose columns say these words."""
        places = {self.header.index(column): word for column, word in words.items()}
        for number, row in enumerate(self.rows):
            if all(row[place] == word for place, word in places.items()):
                return number
        raise LookupError(words)


def table(header: str, rows: Iterable[Iterable[Cell]], titles: tuple[str, ...] = ()) -> Table:
    """A table of a header in words and rows of anything that prints as its text."""
    return Table(header.split(), [list(map(str, row)) for row in rows], titles)


def thousands(amount: Decimal) -> str:
    """An amount in £000s as a report prints it: commas, a negative in brackets."""
    number = int(round_half_up(amount / THOUSAND))
    return f"({-number:,})" if number < 0 else f"{number:,}"


def whole(amount: Decimal) -> str:
    """An amount in whole pounds as a report prints it."""
    number = int(round_half_up(amount))
    return f"({-number:,})" if number < 0 else f"{number:,}"
