"""The tree of a figure as a terminal shows it: one branch a figure, its cells as leaves."""

from __future__ import annotations

import webbrowser
from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text
from rich.tree import Tree

from boardpack.audit.lineage.explain import Node, altered_below, entry_address
from boardpack.core.params import Paper
from boardpack.figures.figure import Figure, SourceCell
from boardpack.outputs.figure_text import MINUS, cell_words, exact_text
from boardpack.reading.release_records import ALTERED
from boardpack.render.layout import Layout

if TYPE_CHECKING:
    from boardpack.audit.lineage.search import Fitting

_ENDLESS = 1_000_000
"""The width of a line that nothing wraps."""


def say_explained(layout: Layout, node: Node) -> None:
    """Print a figure's tree, and which of its registers are not what was released."""
    _lines().print(figure_tree(node))
    for file in altered_below(layout, node):
        _lines().print(Text(f"{file} {ALTERED}", style="yellow"))


def say_fitting(found: Fitting, paper: Paper) -> None:
    """Print how misspelt words were read, the other figures that fit, and where it was looked."""
    from boardpack.audit.lineage.search import listed

    for word, known in found.read_as:
        _lines().print(Text(f"Read “{word}” as “{known}”."))
    if found.others:
        _lines().print(Text(f"These fit too:\n{listed(found.others)}"))
    of = paper.report.place_name(paper.place)
    told = f"Looked for in the paper of {of} alone; --place looks in that of another place."
    _lines().print(Text(told))


def _lines() -> Console:
    """Where lines go: wrapped on a terminal only, so that a pipe can search them."""
    out = Console(highlight=False)
    return out if out.is_terminal else Console(highlight=False, width=_ENDLESS)


def show_entry(layout: Layout, identity: str) -> None:
    """Open a figure's entry in the book's register page, and say its address."""
    address = entry_address(layout, identity)
    opened = webbrowser.open(address)
    said = "Opened" if opened else "No browser could be started here; open"
    Console(highlight=False).print(Text(f"{said} {address}"), soft_wrap=True)


def figure_tree(node: Node) -> Tree:
    """The tree to print."""
    tree = Tree(_figure(node))
    _grow(tree, node)
    return tree


def _grow(tree: Tree, node: Node) -> None:
    for found in node.inputs:
        _grow(tree.add(_figure(found)), found)
    if not node.is_repeat:
        for item in node.figure.cells:
            tree.add(Text("\n".join(_cell(item))))


def _figure(node: Node) -> Text:
    text = Text(node.figure.id, style="bold")
    for line in _facts(node.figure):
        text.append(f"\n{line}", style="not bold")
    if node.is_repeat:
        text.append("\n(shown above)", style="not bold")
    elif node.figure.formula is not None:
        text.append(f"\n= {node.figure.formula}", style="not bold")
    return text


def _facts(figure: Figure) -> Iterator[str]:
    """The label and value, then what the value is of; a hyphen serves any terminal as a minus."""
    estimate = ", an estimate" if figure.is_estimate else ""
    yield f"{figure.label}: {exact_text(figure).replace(MINUS, '-')}"
    yield f"{figure.period}, basis {figure.basis}{estimate}"


def _cell(item: SourceCell) -> Iterator[str]:
    yield cell_words(item)
    if item.used is not None:
        yield f"used instead: “{item.used}”, because: {item.why}"
    if item.sha256 is not None:
        yield f"sha256 {item.sha256}"
