"""Rows of tables in a PDF, told by the lines between them, as the eye tells them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from boardpack.audit.reader.pdf_drawn import Patch
from boardpack.audit.reader.pdf_lines import IN_LINE, LEADING, SAME_LINE, Paragraph, Piece

THIN = 1.6
"""A line between rows is no thicker than this, in points."""
LONG = 20.0
"""And no shorter than this."""
STEP = 2.2
"""The lines of a head follow each other within this many times the size of the type."""


@dataclass(frozen=True)
class Rule:
    """A level line across a table."""

    left: float
    right: float
    height: float


@dataclass(frozen=True)
class SeenRow:
    """A row of a table: its cells from the left, its first line, and the rule above it."""

    cells: tuple[str, ...]
    top: float
    left: float
    upper: Rule
    lower: Rule


def rules_of(patches: Iterable[Patch]) -> list[Rule]:
    """The level lines of a page from the top; the lines of neighbouring cells are one."""
    found: list[Rule] = []
    for patch in sorted(
        patches, key=lambda patch: (-round(patch.box[1] + patch.box[3]), patch.box[0])
    ):
        left, bottom, right, top = patch.box
        if top - bottom > THIN or right - left < THIN:
            continue
        last = found[-1] if found else None
        middle = (bottom + top) / 2
        if last and abs(last.height - middle) < 1 and left - last.right < 1:
            found[-1] = Rule(last.left, max(last.right, right), last.height)
        else:
            found.append(Rule(left, right, middle))
    return [rule for rule in found if rule.right - rule.left >= LONG]


def rows_of(pieces: Sequence[Piece], rules: Sequence[Rule]) -> tuple[list[SeenRow], list[Piece]]:
    """The rows of all tables of a page, their heads too, and the pieces that stand in none."""
    rows: list[SeenRow] = []
    rest = list(pieces)
    for upper, lower in _pairs(rules):
        inside = [piece for piece in rest if _is_between(piece, upper, lower)]
        cells = _cells(inside)
        if cells and _is_row(cells):
            rest = [piece for piece in rest if piece not in inside]
            rows.append(_row(cells, upper, lower))
    ends = {row.lower for row in rows}
    for first in [row.upper for row in rows if row.upper not in ends]:
        above = _head_pieces(rest, first)
        rest = [piece for piece in rest if piece not in above]
        rows += _heads(above, first, rules)
    return rows, rest


def _row(cells: Sequence[Paragraph], upper: Rule, lower: Rule) -> SeenRow:
    texts = tuple(cell.text for cell in cells)
    return SeenRow(texts, max(cell.top for cell in cells), cells[0].left, upper, lower)


def _is_between(piece: Piece, upper: Rule, lower: Rule) -> bool:
    return lower.height - 1 < piece.base < upper.height and _is_within(piece, upper)


def _is_within(piece: Piece, rule: Rule) -> bool:
    return rule.left - 1 <= (piece.left + piece.right) / 2 <= rule.right + 1


def _head_pieces(pieces: Sequence[Piece], first: Rule) -> list[Piece]:
    """The words right above the first line of a table, in the type of the lowest of them."""
    above = [p for p in reversed(pieces) if first.height < p.base and _is_within(p, first)]
    found: list[Piece] = []
    for piece in above:
        line = found[-1].base if found else first.height
        if piece.base - line > STEP * piece.size:
            break
        if not found or abs(piece.size - found[0].size) < 0.3:
            found.append(piece)
    return found[::-1]


def _heads(pieces: Sequence[Piece], first: Rule, rules: Sequence[Rule]) -> Iterator[SeenRow]:
    """The head in one line, or in two where some headings stand over a line across columns."""
    inner = [
        rule
        for rule in rules
        if rule.height > first.height + 1
        and not _alike(rule, first)
        and first.left - 1 <= rule.left
        and rule.right <= first.right + 1
    ]
    spanning = [
        piece
        for piece in pieces
        if any(rule.height < piece.base and _is_within(piece, rule) for rule in inner)
    ]
    for line in (spanning, [piece for piece in pieces if piece not in spanning]):
        if cells := _cells(line):
            yield _row(cells, first, first)


def _pairs(rules: Sequence[Rule]) -> Iterable[tuple[Rule, Rule]]:
    """Each line with the next one below that reaches as far on both sides."""
    for place, upper in enumerate(rules):
        below = (rule for rule in rules[place + 1 :] if rule.height < upper.height - 2)
        lower = next((rule for rule in below if _alike(upper, rule)), None)
        if lower is not None:
            yield upper, lower


def _alike(one: Rule, other: Rule) -> bool:
    return abs(one.left - other.left) < IN_LINE and abs(one.right - other.right) < IN_LINE


def _cells(pieces: Sequence[Piece]) -> list[Paragraph]:
    """Pieces that overlap across are one cell; the cells from the left."""
    columns: list[tuple[float, float, list[Piece]]] = []
    for piece in sorted(pieces, key=lambda piece: piece.left):
        if columns and piece.left < columns[-1][1]:
            left, right, held = columns[-1]
            columns[-1] = (left, max(right, piece.right), [*held, piece])
        else:
            columns.append((piece.left, piece.right, [piece]))
    return [
        Paragraph(sorted(held, key=lambda piece: (-piece.base, piece.left)))
        for _, _, held in columns
    ]


def _is_row(cells: Sequence[Paragraph]) -> bool:
    """Whether all cells begin on one line, and each is of one type whose lines follow closely."""
    if any(abs(cell.top - cells[0].top) > SAME_LINE for cell in cells):
        return False
    return all(
        above.base - below.base <= LEADING * above.size and abs(above.size - below.size) < 0.3
        for cell in cells
        for above, below in zip(cell.pieces, cell.pieces[1:], strict=False)
    )
