"""Where a figure comes from: its tree, down to the cells of the extracts.

While nothing has changed since the paper was made, its own `figures.json` tells. Otherwise the
register is computed anew from the extracts, so that an explanation does not depend on a build. What
only a build can know (the counts of its checks, in the assurance chapter) is read from the build in
either case.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

from boardpack.core.errors import UsageFault
from boardpack.figures.figure import Figure, figure_from_json
from boardpack.figures.formula import operands
from boardpack.figures.register import Register
from boardpack.outputs.html.register_page import PAGE
from boardpack.reading.release_records import RELEASED, altered_in
from boardpack.render.current import is_current
from boardpack.render.examined import COUNTED
from boardpack.render.layout import Layout

if TYPE_CHECKING:
    from boardpack.audit.lineage.search import Fitting


@dataclass(frozen=True)
class Node:
    """A figure in a tree, over the figures it is computed from.

    `is_repeat` says that the figure stands earlier in the tree, with its inputs or cells.
    """

    figure: Figure
    inputs: tuple[Node, ...] = ()
    is_repeat: bool = False


def explain(layout: Layout, identity: str) -> Node:
    """The tree of a figure of a paper.

    Raises UsageFault with the nearest ids when no figure has this one, InputFaults when the
    extracts have faults.
    """
    if is_current(layout):
        behind = Register(map(figure_from_json, _behind(_items(layout), identity)))
        if identity in behind:
            return lineage(behind, identity)
    whole = _register(layout)
    if whole.find(identity) is not None:
        return lineage(whole, identity)
    built = _built(layout)
    if identity.startswith(f"{COUNTED}.") and identity in built:
        return lineage(built, identity)
    told = (figure for figure in built if figure.chapter == COUNTED)
    raise UsageFault(f"There is no figure {identity}. {_near(identity, (*whole, *told))}")


def _register(layout: Layout) -> Register:
    """Every figure that the extracts give, and those of a home's own chapters."""
    if is_current(layout):
        return Register(figure for figure in _built(layout) if figure.chapter != COUNTED)
    from boardpack.figures.chapters import chapters_of, compute
    from boardpack.render.inputs import check_inputs  # all readers and methods: only where needed

    check_inputs(layout.paper)
    return with_own(layout, compute(layout.paper, *chapters_of(layout.paper)))


def is_id(words: str) -> bool:
    """Whether this is a figure's id, or meant for one, rather than words that tell of it.

    >>> is_id("position.bromley.total.ytd_variance"), is_id("prescribing overspend")
    (True, False)
    """
    return "." in words and not words.split()[1:]


def explain_words(layout: Layout, words: str) -> tuple[Node, Fitting]:
    """The tree of the figure that words mean best, and what else they may mean.

    Raises UsageFault with the nearest figures when none fits, InputFaults as `explain` does.
    """
    from boardpack.audit.lineage.search import fitting

    register = _register(layout)
    found = fitting(register, layout.paper, words)
    return lineage(register, found.figure.id), found


def lineage(register: Register, identity: str) -> Node:
    """The tree of a figure; the inputs of a figure stand where it comes first, reading down."""
    return _node(register, identity, set())


def altered_below(layout: Layout, node: Node) -> Iterator[str]:
    """The released registers that a figure goes back to and that are not what was released."""
    home = layout.paper.home
    files = dict.fromkeys(cell.cell.file for figure in figures_below(node) for cell in figure.cells)
    for file in files:
        if Path(file).is_relative_to(RELEASED) and altered_in((home / file).parent):
            yield file


def figures_below(node: Node) -> Iterator[Figure]:
    """The figures of a tree, each once, as they stand reading down."""
    if not node.is_repeat:
        yield node.figure
    for below in node.inputs:
        yield from figures_below(below)


def with_own(layout: Layout, register: Register) -> Register:
    """A register with the figures of a home's own chapters, which only the last build knows.

    One that rests on a figure that is not there any more is left out.
    """
    listed, whole = layout.paper.report.chapters, register.copy()
    for figure in _built(layout) if listed else ():
        known = all(name in whole for name in operands(figure.formula or ""))
        if figure.chapter in listed and figure.id not in whole and known:
            whole.add(figure)
    return whole


def _built(layout: Layout) -> Register:
    """The figures of the last build; none when there is no build."""
    return Register(map(figure_from_json, _items(layout)))


def _items(layout: Layout) -> list[dict[str, Any]]:
    """What `figures.json` of the last build has of each figure."""
    path = layout.target / "figures.json"
    found = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {"figures": []}
    return list(found["figures"])


def _behind(items: Iterable[dict[str, Any]], identity: str) -> Iterator[dict[str, Any]]:
    """A figure and all that it is computed from: nothing else is made of a long register."""
    known, due = {item["id"]: item for item in items}, [identity]
    while due:
        item = known.pop(due.pop(), None)
        if item is not None:
            yield item
            due += operands(item["source"].get("formula", ""))


def entry_address(layout: Layout, identity: str) -> str:
    """The address of a figure's entry in the built book; UsageFault when there is no such book."""
    page = layout.target / "html" / f"{PAGE}.html"
    if not page.exists():
        month = layout.paper.month
        verb = f"boardpack render {month.year_folder} {month.code} --place {layout.paper.place}"
        raise UsageFault(f"There is no book to open yet. Make it with: {verb}")
    return f"{page.resolve().as_uri()}#{identity}"


def _node(register: Register, identity: str, seen: set[str]) -> Node:
    figure = register[identity]
    if identity in seen:
        return Node(figure, is_repeat=True)
    seen.add(identity)
    names = operands(figure.formula or "")
    return Node(figure, tuple(_node(register, name, seen) for name in names))


def _near(identity: str, figures: Iterable[Figure]) -> str:
    close = get_close_matches(identity, [figure.id for figure in figures], n=3, cutoff=0.0)
    return f"The nearest: {', '.join(close)}."
