"""Text and prose as Typst in which nothing is markup unless we wrote it.

Every word becomes a string literal (`#"...";`), so that `#`, `$`, `@`, `*`, `_`, brackets, labels
and comments that come from data are printed and never run. The semicolon ends the expression:
without it a bracket that follows would be read as its argument.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from markdown_it.tree import SyntaxTreeNode

from boardpack.outputs.prose import bare_text, markdown_tokens
from boardpack.outputs.typeface import printable

_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n"})
_LISTS = ("bullet_list", "ordered_list")
"""A paragraph before one of these stays on its page."""
_FOLLOWED = ("http://", "https://", "mailto:")


def literal(text: str) -> str:
    """`text` as a Typst string: numbers without their markers, characters that can be printed.

    >>> literal("It is ⟦a.b.c.d|£2m⟧ over.")
    '"It is £2m over."'
    """
    return f'"{printable(bare_text(text)).translate(_ESCAPES)}"'


def words(text: str) -> str:
    """`text` as Typst content that is exactly this text.

    >>> words("5 * 4"), words("")
    ('#"5 * 4";', '')
    """
    return f"#{literal(text)};" if text else ""


def array(items: Iterable[str]) -> str:
    """Typst expressions as an array; the last comma makes one of a single item.

    >>> array(["1pt"]), array(["1pt", "2pt"])
    ('(1pt, )', '(1pt, 2pt, )')
    """
    return f"({''.join(f'{item}, ' for item in items)})"


def prose(markdown: str) -> str:
    """Prose (see `outputs.prose`) as Typst blocks.

    Typst takes a paragraph that stands alone in a block for words in a line: untagged, it would be
    read on into the next one.
    """
    root = SyntaxTreeNode(markdown_tokens(markdown))
    if [node.type for node in root.children] == ["paragraph"]:
        return f"#par[{_inline(root.children[0])}];"
    return _blocks(root)


def line(markdown: str) -> str:
    """Prose of one paragraph, such as a note, as Typst content without a paragraph around it."""
    root = SyntaxTreeNode(markdown_tokens(markdown))
    if [node.type for node in root.children] == ["paragraph"]:
        return _inline(root.children[0])
    return _blocks(root)


def _blocks(node: SyntaxTreeNode) -> str:
    following = [*(child.type for child in node.children[1:]), ""]
    return "\n\n".join(
        f"#introduction[{_inline(child)}];"
        if child.type == "paragraph" and after in _LISTS
        else _typst(child)
        for child, after in zip(node.children, following, strict=False)
    )


def _inline(node: SyntaxTreeNode) -> str:
    return "".join(_typst(child) for child in node.children)


def _typst(node: SyntaxTreeNode) -> str:
    drawn = _NODES.get(node.type)
    if drawn is not None:
        return drawn(node)
    return _inline(node) if node.children else words(node.content)


def _list(node: SyntaxTreeNode) -> str:
    items = "".join(f"[{_blocks(item)}], " for item in node.children)
    if node.type == "bullet_list":
        return f"#list({items});"
    return f"#enum(start: {int(node.attrs.get('start', 1))}, {items});"


def _link(node: SyntaxTreeNode) -> str:
    """A link that a reader of a PDF can follow; others (to a chapter's page) are words."""
    target = str(node.attrs.get("href", ""))
    if not target.lower().startswith(_FOLLOWED):
        return _inline(node)
    return f"#link({literal(target)})[{_inline(node)}];"


def _table(node: SyntaxTreeNode) -> str:
    rows = [row for part in node.children for row in part.children]
    head, *body = [array(f"[{_inline(cell)}]" for cell in row.children) for row in rows]
    sides = ["right" if "right" in str(c.attrs.get("style")) else "left" for c in rows[0].children]
    return f"#prose-table(aligns: {array(sides)}, header: {head}, rows: {array(body)});"


def _doubt(node: SyntaxTreeNode) -> str:
    return f"#doubt({literal(str(node.meta['said']))})[{_inline(node)}];"


def _around(start: str, inside: Callable[[SyntaxTreeNode], str]) -> Callable[[SyntaxTreeNode], str]:
    return lambda node: f"{start}[{inside(node)}];"


_NODES: dict[str, Callable[[SyntaxTreeNode], str]] = {
    "paragraph": _inline,
    "inline": _inline,
    "strong": _around("#strong", _inline),
    "em": _around("#emph", _inline),
    "link": _link,
    "doubt": _doubt,
    "softbreak": lambda _: words(" "),
    "hardbreak": lambda _: "#linebreak();",
    "hr": lambda _: "#divider();",
    "bullet_list": _list,
    "ordered_list": _list,
    "blockquote": _around("#quote(block: true)", _blocks),
    "code_inline": lambda node: f"#raw({literal(node.content)});",
    "code_block": lambda node: f"#raw(block: true, {literal(node.content)});",
    "fence": lambda node: f"#raw(block: true, {literal(node.content)});",
    "table": _table,
}
