"""Rows that are seen, held to the tables of the blocks: labels, numbers and order.

A table is found by its rows. Once one is begun, the next row must be the next one of that table,
until another table begins. A head that is printed again, as on a new page, is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from boardpack.audit.reader.expected import Card, Cells, Expected, Line, Number
from boardpack.audit.reader.hold_text import Corpus, shortened
from boardpack.audit.reader.passage import Passage
from boardpack.audit.reader.words import plain, says_something

_FLAG = re.compile(r"^! ?(?=[^ A-Za-z])")
TONES = frozenset({"✓ Favourable", "! Adverse", "Adverse, not material", "Favourable", "Adverse"})
"""What a headline says of its own direction."""
_AHEAD = 40
"""So many rows are looked at to tell tables with the same head apart."""


class _Table:
    """A table to be met: the keys of its heads and rows, and how far it has been met."""

    def __init__(
        self, name: str, heads: Sequence[Cells], rows: Sequence[Line], needed: bool
    ) -> None:
        self.name, self.needed = name, needed
        self.lines = [*(Line(head, {}) for head in heads), *rows]
        self.heads = len(heads)
        self.keys: list[Cells] = []
        self.met = False

    def named(self, place: int) -> str:
        """A row in words: its label, or that it is the head."""
        return f"{self.short(place)} of {self.name}"

    def short(self, place: int) -> str:
        """A row in words, where its table has been named."""
        return "the head" if place < self.heads else f"row {self.lines[place].cells[0]!r}"


def hold_rows(
    file: str,
    rows: Sequence[Passage],
    expected: Expected,
    corpus: Corpus,
    whole: bool,
    sparse: bool,
) -> Iterator[tuple[str, str]]:
    """Rows that no table has, or not there; tables and headlines that are not met."""
    yield from _Rows(file, expected, corpus, whole, sparse).hold(rows)


class _Rows:
    def __init__(
        self, file: str, expected: Expected, corpus: Corpus, whole: bool, sparse: bool
    ) -> None:
        self.file, self.corpus, self.whole, self.sparse = file, corpus, whole, sparse
        self.tables = [_Table(_name(t.caption), t.heads, t.rows, t.needed) for t in expected.tables]
        self.cards = list(expected.cards)
        self.starts: dict[Cells, list[tuple[_Table, int]]] = {}
        for table in self.tables:
            table.keys = [self.key(line.cells) for line in table.lines]
            for place, key in enumerate(table.keys):
                self.starts.setdefault(key, []).append((table, place))
        self.table: _Table | None = None
        self.next = 0
        self.unknown: Passage | None = None

    def key(self, cells: Sequence[str]) -> Cells:
        """A row as it is compared: without the flags of bad news, a spanning cell once."""
        found = [_FLAG.sub("", plain(cell)) for cell in cells]
        if self.sparse:
            found = [cell for cell in found if cell]
        while found and not found[-1]:
            found.pop()
        return tuple(found[:1]) if len(found) > 1 and len(set(found)) == 1 else tuple(found)

    def hold(self, rows: Sequence[Passage]) -> Iterator[tuple[str, str]]:
        """All faults of these rows, in their order, and then what was not met."""
        keys = [self.key(row.cells) for row in rows]
        for place, row in enumerate(rows):
            yield from self._take(row, keys, place)
        yield from self._leave()
        yield from self._tell_unknown()
        if self.whole:
            for table in self.tables:
                if table.needed and not table.met:
                    yield self.file, f"does not show {table.name}."
            for card in self.cards:
                yield self.file, f"does not show the headline {card.label!r}, {card.number.text!r}."

    def _take(self, row: Passage, keys: list[Cells], at: int) -> Iterator[tuple[str, str]]:
        key, table = keys[at], self.table
        if not key:
            return
        if table and self.next < len(table.keys) and key == table.keys[self.next]:
            yield from self._flags(row, table.lines[self.next])
            self.next += 1
        elif table and self.next >= table.heads and key in table.keys[: table.heads]:
            yield from self._head_again(table, row, keys, at)
        elif self._is_card(key):
            yield from self._leave()
            yield from self._tell_unknown()
        elif table and key in table.keys[self.next :]:
            yield from self._unlike(row, key)
        elif (found := self._start(keys, at)) is not None:
            yield from self._begin(row, *found)
        else:
            yield from self._unlike(row, key)

    def _head_again(
        self, table: _Table, row: Passage, keys: list[Cells], at: int
    ) -> Iterator[tuple[str, str]]:
        """A head that is this table's own: printed again, or of another table that is like it."""
        heads = table.keys[: table.heads]
        following = next((key for key in keys[at + 1 :] if key not in heads), ())
        found = self._start(keys, at)
        goes_on = self.next < len(table.keys) and following == table.keys[self.next]
        if not goes_on and found is not None:
            yield from self._begin(row, *found)

    def _start(self, keys: list[Cells], at: int) -> tuple[_Table, int] | None:
        """The table, and the place in it, that this row and those after it fit best.

        One that has not been met comes first; a row that says nothing of amounts and stands within
        a table begins none.
        """
        fits = [
            (not table.met, length, -place, table)
            for table, place in self.starts.get(keys[at], ())
            if (length := _length(table, place, keys, at)) > 1 or place <= table.heads
        ]
        if not fits:
            return None
        best = max(fits, key=lambda fit: (fit[1] > 1, *fit[:3]))
        return best[3], -best[2]

    def _begin(self, row: Passage, table: _Table, place: int) -> Iterator[tuple[str, str]]:
        yield from self._leave()
        if table.met and self.whole:
            yield row.where, f"{table.name} is shown a second time."
        if place and place <= table.heads and self.unknown is not None:
            head, self.unknown = self.unknown, None
            seen, wanted = _parted(head.cells, table.lines[place - 1].cells)
            said = f"the head of {table.name} reads {seen} where it should read {wanted}."
            yield head.where, said
        elif place and self.whole:
            yield row.where, f"{table.name} begins without {table.short(place - 1)}."
        yield from self._tell_unknown()
        table.met, self.table, self.next = True, table, place + 1
        yield from self._flags(row, table.lines[place])

    def _leave(self) -> Iterator[tuple[str, str]]:
        """The table that was being met ends here."""
        if self.table and self.whole and self.next < len(self.table.keys):
            yield self.file, f"{self.table.name} stops before {self.table.short(self.next)}."
        self.table = None

    def _tell_unknown(self) -> Iterator[tuple[str, str]]:
        """The row that was not known, and was no head of the table after it."""
        row, self.unknown = self.unknown, None
        if row is not None and self._tells(row):
            yield row.where, f"the row {_row(row.cells)} is in no table of the blocks."

    def _unlike(self, row: Passage, key: Cells) -> Iterator[tuple[str, str]]:
        """A row that is not the next one of its table, and begins no other."""
        table = self.table
        if table is None or self.next >= len(table.keys):
            yield from self._leave()
            yield from self._tell_unknown()
            self.unknown = row
            return
        rest = table.keys[self.next :]
        if key in rest:
            if self.whole:
                yield row.where, f"{table.named(self.next)} is not shown where it should be."
            self.next += rest.index(key) + 1
        elif key in table.keys[: self.next]:
            yield row.where, f"the row {_row(row.cells)} of {table.name} is shown in another place."
        elif _likeness(key, rest[0]) > 0:
            seen, wanted = _parted(row.cells, table.lines[self.next].cells)
            yield row.where, f"{table.named(self.next)} reads {seen} where it should read {wanted}."
            self.next += 1
        else:
            yield row.where, f"{table.name} has no row {_row(row.cells)}."

    def _tells(self, row: Passage) -> bool:
        said = [plain(cell) for cell in row.cells]
        return any(says_something(cell) for cell in said) and not self.corpus.explains(
            " ".join(said)
        )

    def _is_card(self, key: Cells) -> bool:
        """Whether a row is a headline not met so far: its label, its number, lines of its own."""
        cells = [cell for cell in key if cell]
        for card in self.cards:
            if _shows(cells, card):
                self.cards.remove(card)
                return True
        return False

    def _flags(self, row: Passage, line: Line) -> Iterator[tuple[str, str]]:
        """Numbers that are flagged as bad news and are none."""
        for place, number in line.numbers.items():
            flagged = place < len(row.cells) and _FLAG.match(plain(row.cells[place]))
            if flagged and not self.sparse and _is_good(number):
                yield row.where, f"{number.text!r} is flagged as bad news and is none."


def _is_good(number: Number) -> bool:
    return not number.adverse and not _FLAG.match(number.text)


def _shows(cells: Sequence[str], card: Card) -> bool:
    label, number, *more = [*cells, "", ""]
    known = {card.label, *card.words, *TONES, ""}
    return label == card.label and number == card.number.text and known.issuperset(more)


def _length(table: _Table, place: int, keys: Sequence[Cells], at: int) -> int:
    """How many rows from here on are those of the table from this place on."""
    pairs = zip(table.keys[place : place + _AHEAD], keys[at : at + _AHEAD], strict=False)
    return next(
        (n for n, (a, b) in enumerate(pairs) if a != b),
        min(len(table.keys) - place, len(keys) - at),
    )


def _likeness(seen: Cells, wanted: Cells) -> int:
    """How many cells stand where they should."""
    return sum(a == b and bool(a) for a, b in zip(seen, wanted, strict=False))


def _parted(seen: Sequence[str], wanted: Sequence[str]) -> tuple[str, str]:
    """The cells in which two rows differ, quoted; all of them where their number differs."""
    mine, theirs = [plain(cell) for cell in seen], list(wanted)
    if len(mine) != len(theirs):
        return _row(mine), _row(theirs)
    pairs = [(a, b) for a, b in zip(mine, theirs, strict=True) if _FLAG.sub("", a) != b]
    return _row([a for a, _ in pairs]), _row([b for _, b in pairs])


def _row(cells: Sequence[str]) -> str:
    return " | ".join(repr(shortened(cell)) for cell in cells)


def _name(caption: str) -> str:
    return f"the table {caption!r}" if caption else "a table without a caption"
