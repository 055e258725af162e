"""What tables of a Word paper are made of: rows that stay whole, cells, rules."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from boardpack.core.design import colours
from boardpack.outputs.word.paper import WordPaper, clean
from boardpack.outputs.word.run import paragraph


def word_colour(name: str) -> str:
    """A colour of the sheet as Word writes it (`rrggbb`)."""
    return str(getattr(colours(), name)).removeprefix("#")


@dataclass(frozen=True)
class PlainColumn:
    """A column of a plain table: its side, its width and the room before it (points), its style."""

    align: str
    width: float
    style: str = "Table text"
    room: float = 0.0


def plain_table(
    paper: WordPaper,
    columns: Sequence[PlainColumn],
    rows: Sequence[Sequence[str]],
    style: str = "Board table",
    title: str = "",
) -> str:
    """A table whose cells are runs; the first row heads the others."""
    widths = [round(column.width * 20) for column in columns]
    drawn = []
    for place, row in enumerate(rows):
        cells = (
            cell_word(width, _plain_words(paper, column, cell, place), "" if place else head_edge())
            for cell, column, width in zip(row, columns, widths, strict=True)
        )
        drawn.append(row_word("".join(cells), is_head=not place))
    start = table_start(paper, style, widths, title)
    return f"{start}{''.join(drawn)}</w:tbl>{gap()}"


def _plain_words(paper: WordPaper, column: PlainColumn, cell: str, place: int) -> str:
    style = column.style if place else "Table head"
    room = f'<w:ind w:left="{round(column.room * 20)}"/>' if column.room else ""
    return paragraph(paper, style, cell, room + side_word(column.align))


def table_start(
    paper: WordPaper,
    style: str,
    widths: Iterable[int],
    title: str = "",
    stub: bool = True,
    beside: float = 3.0,
) -> str:
    """The start of a table whose columns have these widths, in twentieths of a point.

    `beside` is the space beside the text of a cell, in points; that of the style is three.
    """
    known = list(widths)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in known)
    said = f'<w:tblCaption w:val="{clean(title)}"/>' if title else ""
    look = f'<w:tblLook w:val="{"00A0" if stub else "0020"}" w:firstRow="1" w:lastRow="0" '
    look += f'w:firstColumn="{int(stub)}" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
    sides = (f'<w:{side} w:w="{round(beside * 20)}" w:type="dxa"/>' for side in ("left", "right"))
    margins = "" if beside == 3.0 else f"<w:tblCellMar>{''.join(sides)}</w:tblCellMar>"
    how = f'<w:tblLayout w:type="fixed"/>{margins}{look}{said}'
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{paper.style(style)}"/>'
        f'<w:tblW w:w="{sum(known)}" w:type="dxa"/>{how}'
        f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
    )


def row_word(cells: str, is_head: bool = False) -> str:
    """A row that stays whole; the rows that head a table repeat on every page."""
    head = "<w:tblHeader/>" if is_head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>{cells}</w:tr>"


def cell_word(width: int, words: str, more: str = "") -> str:
    """A cell of this width, in twentieths of a point; `more` are further properties."""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{more}</w:tcPr>{words}</w:tc>'


def side_word(align: str) -> str:
    """The property of a paragraph that stands on this side of its cell.

    >>> side_word("right"), side_word("left")
    ('<w:jc w:val="right"/>', '')
    """
    return '<w:jc w:val="right"/>' if align == "right" else ""


def edge_word(side: str, size: int, colour: str) -> str:
    """One rule of a cell, in eighths of a point."""
    return f"<w:tcBorders>{border_word(side, size, colour)}</w:tcBorders>"


def border_word(side: str, size: int, colour: str) -> str:
    """One rule of several, in eighths of a point."""
    return f'<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="{word_colour(colour)}"/>'


def gap() -> str:
    """The room below a table: Word joins two tables that nothing parts."""
    space = '<w:spacing w:before="0" w:after="0" w:line="120" w:lineRule="exact"/>'
    return f'<w:p><w:pPr>{space}<w:rPr><w:sz w:val="8"/></w:rPr></w:pPr></w:p>'


def head_edge() -> str:
    """The rule below the head of a table."""
    return edge_word("bottom", 8, "dark_blue")
