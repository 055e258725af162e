"""Rows of a long extract that are chosen, grouped and added up by column, and made when asked for.

What works on rows takes either these or rows as they are: `grouped`, `that_say`, `together`.
numpy is imported by what has a long extract before it: commands that make no paper go without it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property
from typing import TYPE_CHECKING, TypeVar, overload

if TYPE_CHECKING:
    import numpy as np

    from boardpack.reading.cells import Cell
    from boardpack.reading.extract import Row

PLACES = 6
"""Decimals to which an amount is held, as a whole number of them."""
_SPLIT = 32
_T = TypeVar("_T")


@dataclass(frozen=True, eq=False)
class Words:
    """What the rows say in a column that holds no amount: a code for each row, a word by code.

    `texts` are the words as the file prints them. Two codes may mean the same word.
    """

    codes: np.ndarray
    words: Sequence[str]
    texts: Sequence[str]


@dataclass(frozen=True, eq=False)
class Amounts:
    """The amounts of a column, exact: millionths of its unit as whole numbers.

    `there` says which rows have one, `corrected` in which the team uses another than is printed.
    """

    units: np.ndarray
    there: np.ndarray
    corrected: np.ndarray
    unit: str


@dataclass(frozen=True, eq=False)
class OwnUnits:
    """The amounts of a column in which each has a unit of its own, such as a share or pounds.

    A code for each row, and by code its amount and unit, None for a blank.
    """

    codes: np.ndarray
    amounts: Sequence[tuple[Decimal, str] | None]
    corrected: np.ndarray


@dataclass(frozen=True, eq=False)
class Columns:
    """The records of a long extract; `make` gives those at some places, as they are read by row."""

    lines: np.ndarray
    words: Mapping[str, Words]
    amounts: Mapping[str, Amounts]
    own_units: Mapping[str, OwnUnits]
    make: Callable[[np.ndarray], Iterator[Row]]


class RowView(Sequence["Row"]):
    """Some records of a long extract, in the order of the file: `at` are their places."""

    def __init__(self, columns: Columns, at: np.ndarray) -> None:
        self.columns, self.at = columns, at

    def __len__(self) -> int:
        return len(self.at)

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> RowView: ...
    def __getitem__(self, at: int | slice) -> Row | RowView:
        if isinstance(at, slice):
            return RowView(self.columns, self.at[at])
        place = range(len(self))[at]
        return next(self.columns.make(self.at[place : place + 1]))

    def __iter__(self) -> Iterator[Row]:
        return self.columns.make(self.at)

    @cached_property
    def lines(self) -> np.ndarray:
        """The lines of the file on which the rows stand."""
        found: np.ndarray = self.columns.lines[self.at]
        return found

    def has(self, column: str) -> bool:
        """Whether a column holds amounts that can be added up."""
        return column in self.columns.amounts

    def says(self, *columns: str) -> bool:
        """Whether the rows have any of these columns of words."""
        return any(column in self.columns.words for column in columns)

    def whose(self, column: str, is_wanted: Callable[[str], bool]) -> RowView:
        """The rows that say in a column what is wanted."""
        words = self.columns.words[column]
        return self._where(words.codes, words.words, is_wanted)

    def that_print(self, column: str, texts: Container[str]) -> RowView:
        """The rows in which the file prints one of these texts in a column."""
        words = self.columns.words[column]
        return self._where(words.codes, words.texts, texts.__contains__)

    def _where(
        self, codes: np.ndarray, words: Sequence[str], is_wanted: Callable[[str], bool]
    ) -> RowView:
        import numpy as np

        codes = codes[self.at]
        wanted = np.zeros(len(words), dtype=bool)
        for code in np.unique(codes):
            wanted[code] = is_wanted(words[code])
        return RowView(self.columns, self.at[wanted[codes]])

    def only(self, **words: str) -> RowView:
        """The rows whose columns say exactly these words."""
        found = self
        for column, word in words.items():
            found = found.whose(column, word.__eq__)
        return found

    def between(self, first: int, last: int) -> RowView:
        """The rows below one line and above another."""
        return RowView(self.columns, self.at[(self.lines > first) & (self.lines < last)])

    def grouped(self, *columns: str) -> dict[tuple[str, ...], RowView]:
        """The rows by what they say in some columns, in the order in which that first comes."""
        import numpy as np

        key = np.zeros(len(self), dtype=np.int64)
        for column in columns:
            words = self.columns.words[column]
            first = {word: code for code, word in reversed(list(enumerate(words.words)))}
            same = np.array([first[word] for word in words.words], dtype=np.int64)
            _, one = np.unique(same[words.codes[self.at]], return_inverse=True)
            _, key = np.unique(key * (int(one.max(initial=0)) + 1) + one, return_inverse=True)
        order = np.argsort(key, kind="stable")
        cuts = np.flatnonzero(np.diff(key[order])) + 1
        groups = sorted(np.split(self.at[order], cuts), key=lambda at: at[0]) if len(self) else []
        return {
            tuple(self._said(column, group[0]) for column in columns): RowView(self.columns, group)
            for group in groups
        }

    def _said(self, column: str, place: int) -> str:
        words = self.columns.words[column]
        return str(words.words[words.codes[place]])

    def texts(self, column: str) -> set[str]:
        """What the file prints in a column of these rows."""
        import numpy as np

        words = self.columns.words[column]
        return {words.texts[code] for code in np.unique(words.codes[self.at])}

    def with_amount(self, column: str) -> RowView:
        """The rows that are not blank in a column."""
        return RowView(self.columns, self.at[self.columns.amounts[column].there[self.at]])

    def printed(self, column: str) -> RowView:
        """The rows with an amount in a column that stands as the file prints it."""
        held = self.with_amount(column)
        return RowView(self.columns, held.at[~self.columns.amounts[column].corrected[held.at]])

    def corrected(self, column: str) -> RowView:
        """The rows whose amount the team has corrected: few, and told one by one."""
        held = self.with_amount(column)
        return RowView(self.columns, held.at[self.columns.amounts[column].corrected[held.at]])

    def each_word(self, column: str, read: Callable[[str], _T]) -> list[_T]:
        """What each row says in a column, each distinct word read once."""
        words = self.columns.words[column]
        codes = words.codes[self.at].tolist()
        known = {code: read(words.words[code]) for code in set(codes)}
        return [known[code] for code in codes]

    def each_amount(self, column: str, blank: tuple[Decimal, str]) -> list[tuple[Decimal, str]]:
        """The amount that the paper uses of each row, with its unit."""
        if column in self.columns.amounts:
            held = self.columns.amounts[column]
            units, there = held.units[self.at].tolist(), held.there[self.at].tolist()
            known = {one: (_exact(one), held.unit) for one in set(units)}
            amounts = zip(units, there, strict=True)
            found = [known[one] if is_there else blank for one, is_there in amounts]
            corrected = held.corrected
        else:
            own = self.columns.own_units[column]
            found = [own.amounts[code] or blank for code in own.codes[self.at].tolist()]
            corrected = own.corrected
        for place in corrected[self.at].nonzero()[0].tolist():
            value = self[place].amounts[column]
            found[place] = value.amount, value.unit
        return found

    def total(self, column: str) -> Decimal:
        """What the printed amounts of these rows come to, exactly."""
        return exact_sum(self.columns.amounts[column].units[self.printed(column).at])

    def used_total(self, column: str) -> Decimal:
        """What the amounts of these rows come to as the paper uses them, corrected or not."""
        fixed = (row.amounts[column].amount for row in self.corrected(column))
        return self.total(column) + sum(fixed, Decimal(0))

    def unit(self, column: str) -> str:
        """What the amounts of a column are in."""
        return self.columns.amounts[column].unit

    def cell(self, column: str) -> Cell:
        """The cell of the first of these rows."""
        return self[0].cells[column]


def exact_sum(units: np.ndarray) -> Decimal:
    """The sum of millionths, in whole units; added in two parts, so that none overflows.

    >>> import numpy as np
    >>> exact_sum(np.array([1_234_560_000, -560_000])), exact_sum(np.array([1]))
    (Decimal('1234.00'), Decimal('0.000001'))
    """
    high, low = units >> _SPLIT, units & ((1 << _SPLIT) - 1)
    return _exact((int(high.sum()) << _SPLIT) + int(low.sum()))


def _exact(units: int) -> Decimal:
    pence, rest = divmod(units, 10 ** (PLACES - 2))
    return Decimal(units).scaleb(-PLACES) if rest else Decimal(pence).scaleb(-2)


def lines_of(rows: Sequence[Row]) -> list[int]:
    """The lines of the file on which rows stand."""
    if isinstance(rows, RowView):
        return rows.lines.tolist()  # type: ignore[no-any-return]
    return [row.line for row in rows]


def amounts_by_line(rows: Sequence[Row], column: str) -> dict[int, Decimal]:
    """The amounts of a column as the paper uses them, by line; a blank is not among them."""
    if not isinstance(rows, RowView) or not rows.has(column):
        return {row.line: row.amounts[column].amount for row in rows if column in row.amounts}
    held = rows.with_amount(column)
    units = held.columns.amounts[column].units[held.at].tolist()
    amounts = (Decimal(unit).scaleb(-PLACES) for unit in units)
    fixed = {row.line: row.amounts[column].amount for row in held.corrected(column)}
    return dict(zip(held.lines.tolist(), amounts, strict=True)) | fixed


def each_word(rows: Sequence[Row], column: str, read: Callable[[str], _T]) -> list[_T]:
    """What each row says in a column, each distinct word read once.

    >>> from boardpack.reading.extract import Row
    >>> each_word([Row(2, {"place": "bexley"}, {}), Row(3, {"place": "icb"}, {})], "place", len)
    [6, 3]
    """
    if isinstance(rows, RowView):
        return rows.each_word(column, read)
    known = cache(read)
    return [known(row[column]) for row in rows]


def each_amount(
    rows: Sequence[Row], column: str, blank: tuple[Decimal, str]
) -> list[tuple[Decimal, str]]:
    """The amount that the paper uses of each row in a column, with its unit; `blank` for none.

    >>> from boardpack.reading.extract import Row
    >>> each_amount([Row(2, {}, {})], "rate", (Decimal(0), "GBP"))
    [(Decimal('0'), 'GBP')]
    """
    if isinstance(rows, RowView):
        return rows.each_amount(column, blank)
    values = (row.amounts.get(column) for row in rows)
    return [(one.amount, one.unit) if one is not None else blank for one in values]


def grouped(rows: Sequence[Row], *columns: str) -> Mapping[tuple[str, ...], Sequence[Row]]:
    """Rows by what they say in some columns, in the order in which that first comes.

    >>> from boardpack.reading.extract import Row
    >>> said = ((2, "bexley"), (3, "icb"), (4, "bexley"))
    >>> rows = [Row(line, {"place": place}, {}) for line, place in said]
    >>> {place: lines_of(found) for (place,), found in grouped(rows, "place").items()}
    {'bexley': [2, 4], 'icb': [3]}
    """
    if isinstance(rows, RowView):
        return rows.grouped(*columns)
    found: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in rows:
        found[tuple(row[column] for column in columns)].append(row)
    return found


def that_say(rows: Sequence[Row], column: str, is_wanted: Callable[[str], bool]) -> Sequence[Row]:
    """The rows that say in a column what is wanted.

    >>> from boardpack.reading.extract import Row
    >>> rows = [Row(2, {"place": "bexley"}, {}), Row(3, {"place": "icb"}, {})]
    >>> lines_of(that_say(rows, "place", "icb".__eq__))
    [3]
    """
    if isinstance(rows, RowView):
        return rows.whose(column, is_wanted)
    return tuple(row for row in rows if is_wanted(row[column]))


def together(parts: Iterable[Sequence[Row]]) -> Sequence[Row]:
    """Rows of one extract that were chosen apart, in the order of the file.

    >>> from boardpack.reading.extract import Row
    >>> lines_of(together([[Row(4, {}, {})], [Row(2, {}, {}), Row(7, {}, {})]]))
    [2, 4, 7]
    """
    found = list(parts)
    views = [part for part in found if isinstance(part, RowView)]
    if views:
        import numpy as np

        return RowView(views[0].columns, np.sort(np.concatenate([view.at for view in views])))
    return tuple(sorted((row for part in found for row in part), key=lambda row: row.line))
