"""Prose as WordprocessingML: paragraphs, lists, tables, links."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from markdown_it.tree import SyntaxTreeNode

from boardpack.outputs.charts.static_chart import FULL_WIDTH
from boardpack.outputs.prose import markdown_tokens
from boardpack.outputs.word.grid import PlainColumn, plain_table
from boardpack.outputs.word.paper import WordPaper
from boardpack.outputs.word.run import ADVERSE, PLAIN, Look, paragraph, run

_FOLLOWED = ("http://", "https://", "mailto:")
_LAST_LEVEL = 2
_BREAK = "<w:r><w:br/></w:r>"
COMMENTARY = "Commentary"
BESIDE_RULE = '<w:ind w:left="447" w:hanging="227"/>'
"""A list of the commentary keeps the rule beside it in line."""


def prose(paper: WordPaper, markdown: str, style: str = "Body Text") -> str:
    """Prose (see `outputs.prose`) as paragraphs, lists and tables."""
    return _Prose(paper, style).blocks(SyntaxTreeNode(markdown_tokens(markdown)))


def line(paper: WordPaper, markdown: str) -> str:
    """Prose of one paragraph, such as a note, as runs."""
    return _Prose(paper, "").inline(SyntaxTreeNode(markdown_tokens(markdown)), PLAIN)


@dataclass(frozen=True)
class _Prose:
    """Draws prose; `more` are the properties of the list that a paragraph stands in."""

    paper: WordPaper
    style: str
    more: str = ""
    level: int = -1

    def blocks(self, node: SyntaxTreeNode) -> str:
        following = [*(child.type for child in node.children[1:]), ""]
        return "".join(map(self._block, node.children, following))

    def _block(self, node: SyntaxTreeNode, after: str = "") -> str:
        match node.type:
            case "bullet_list" | "ordered_list":
                return self._list(node)
            case "blockquote":
                return replace(self, style="Quote").blocks(node)
            case "table":
                return self._table(node)
            case "hr":
                edge = '<w:bottom w:val="single" w:sz="4" w:space="1" w:color="auto"/>'
                return self._paragraph("", f"<w:pBdr>{edge}</w:pBdr>")
            case "code_block" | "fence":
                lines = node.content.rstrip("\n").split("\n")
                return self._paragraph(_BREAK.join(run(self.paper, line) for line in lines))
        kept = "<w:keepNext/>" if after.endswith("_list") else ""
        return self._paragraph(self.inline(node, PLAIN), kept)

    def _paragraph(self, runs: str, more: str = "") -> str:
        return paragraph(self.paper, self.style, runs, f"{more}{self.more}")

    def _list(self, node: SyntaxTreeNode) -> str:
        bulleted = node.type == "bullet_list"
        start = int(node.attrs.get("start", 1))
        number = self.paper.bullets if bulleted else self.paper.numbered(start)
        level = min(self.level + 1, _LAST_LEVEL)
        mark = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
        style = "List Bullet" if bulleted else "List Number"
        if self.style == COMMENTARY:
            style, mark = COMMENTARY, f"{mark}{BESIDE_RULE}"
        return "".join(self._list_item(item, style, mark, level) for item in node.children)

    def _list_item(self, item: SyntaxTreeNode, style: str, mark: str, level: int) -> str:
        """An item: its first paragraph has the mark, what follows stands below it."""
        first, *others = item.children or [item]
        begin = replace(self, style=style, more=mark, level=level)
        below = replace(begin, more=f'<w:ind w:left="{284 * (level + 1)}"/>')
        return begin._block(first) + "".join(below._block(other) for other in others)

    def _table(self, node: SyntaxTreeNode) -> str:
        rows = [row for part in node.children for row in part.children]
        heads = rows[0].children
        sides = ["right" if "right" in str(c.attrs.get("style")) else "left" for c in heads]
        columns = [PlainColumn(side, FULL_WIDTH / len(heads)) for side in sides]
        self.paper.begin_table()
        drawn = [[self.inline(cell, PLAIN) for cell in row.children] for row in rows]
        self.paper.end_table()
        return plain_table(self.paper, columns, drawn)

    def inline(self, node: SyntaxTreeNode, look: Look) -> str:
        """The runs of a node."""
        drawn = _INLINE.get(node.type)
        if drawn is not None:
            return drawn(self, node, look)
        if node.children:
            return self._inside(node.children, look)
        return run(self.paper, node.content, look)

    def _inside(self, nodes: Iterable[SyntaxTreeNode], look: Look) -> str:
        return "".join(self.inline(child, look) for child in nodes)

    def _link(self, node: SyntaxTreeNode, look: Look) -> str:
        """A link that a reader of the file can follow; others (to a page of the book) are words."""
        target = str(node.attrs.get("href", ""))
        if not target.lower().startswith(_FOLLOWED):
            return self._inside(node.children, look)
        inside = self._inside(node.children, replace(look, style="Hyperlink"))
        return f'<w:hyperlink r:id="{self.paper.link(target)}">{inside}</w:hyperlink>'

    def _doubt(self, node: SyntaxTreeNode, look: Look) -> str:
        words = self._inside(node.children, replace(look, style="Doubt"))
        return words + run(self.paper, f" [{node.meta['said']}]", ADVERSE)

    def _figure(self, node: SyntaxTreeNode, look: Look) -> str:
        return self.paper.number(str(node.meta["figure"]), run(self.paper, node.content, look))


_INLINE: dict[str, Callable[[_Prose, SyntaxTreeNode, Look], str]] = {
    "figure": _Prose._figure,
    "strong": lambda drawn, node, look: drawn._inside(node.children, replace(look, bold=True)),
    "em": lambda drawn, node, look: drawn._inside(node.children, replace(look, italic=True)),
    "link": _Prose._link,
    "doubt": _Prose._doubt,
    "softbreak": lambda drawn, node, look: run(drawn.paper, " "),
    "hardbreak": lambda drawn, node, look: _BREAK,
}
