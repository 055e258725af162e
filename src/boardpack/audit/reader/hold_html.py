"""Pages of HTML held to the blocks, with the rules that are theirs alone.

A page can hide, move and rewrite what it shows. Styles, scripts and hidden parts that the paper's
pages do not have are findings, whatever they do; every number must be tagged with its figure, as
the panel that leads to its origin goes by that.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from boardpack.audit.reader.downloads import (
    COPIES,
    PANELS,
    hold_copies,
    hold_search,
    hold_tables,
    read_panels,
)
from boardpack.audit.reader.expected import Expected
from boardpack.audit.reader.hold import Fault, hold_passages
from boardpack.audit.reader.hold_look import hold_look
from boardpack.audit.reader.hold_register import hold_register
from boardpack.audit.reader.hold_status import hold_status
from boardpack.audit.reader.html import read_html
from boardpack.audit.reader.passage import Passage
from boardpack.audit.reader.words import plain

ONE_PAGE = "board-paper.html"
_CHAPTERS = "html/notebooks"
_INDEX = "html/index.html"
_SEARCH = "html/search.html"
"""A page of the book's, and none of the paper's: it has no head."""

_CHART = re.compile(r"(.*, chart \d+) (as a picture \(\d+\)|when it is touched)", re.DOTALL)

Found = tuple[str, str, str]
"""The file, where in it, and what is wrong there."""


def hold_all_html(
    build: Path, expected: Expected, known: Collection[str] = (), status: str = ""
) -> tuple[list[Found], int]:
    """Every page of a build held to what it must show, and what the pages lead to.

    Also how many passages were read.

    `known` are the SHA-256 of the style sheets and scripts that the verifier's own program brings;
    where they are given, no other is taken. Without them a file is taken by its name. `status` is
    what the paper's first page, and the one page, must say of the paper.
    """
    found: list[Found] = []
    read: dict[str, Sequence[Passage]] = {}
    for file, chapters in pages_of(build, expected):
        try:
            passages = read_html(build / file)
        except (OSError, ValueError) as error:
            said = str(error) if isinstance(error, ValueError) else "is missing."
            found.append((file, file, said))
            continue
        read[file] = passages
        own = expected.of_chapters(chapters)
        found += [(file, *fault) for fault in hold_html(file, passages, own, known)]
        if file in (ONE_PAGE, _INDEX):
            found += [(file, *fault) for fault in hold_status(passages, status)]
    panels, wrong = _panels(build, expected)
    found += [*hold_tables(build, expected), *hold_copies(build), *wrong]
    if _SEARCH in read:
        found += hold_search(build, read)
    return found, sum(map(len, read.values())) + panels


def _panels(build: Path, expected: Expected) -> tuple[int, list[Found]]:
    """What the panels of a book show, where the book has a register."""
    if not expected.register:
        return 0, []
    try:
        panels = read_panels(build)
    except ValueError as error:
        return 0, [(PANELS, PANELS, str(error))]
    rows = [row for part in panels.parts.values() for row in part]
    found = [(PANELS, *fault) for fault in hold_register(rows, expected.register)]
    said = {text.words for text in expected.texts}
    for title, page in panels.groups:
        if plain(title) not in said:
            found.append((PANELS, title, "is the title of no chapter."))
        if not (build / "html" / f"{page}.html").is_file():
            found.append((PANELS, title, f"leads to {page}.html, which is no page of the book."))
    return len(rows), found


def pages_of(build: Path, expected: Expected) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every page of a build, and pages that it lacks, with the chapters that each must show.

    The first page of the book shows the chapter that has no page of its own. A copy among the pages
    of what stands beside the book is held to that (see `hold_copies`).
    """
    found = {path.relative_to(build).as_posix() for path in build.rglob("*.html")}
    pages = {file for file in found if not file.startswith(f"{COPIES}/")}
    own = {f"{_CHAPTERS}/{name}.html": (name,) for name in expected.chapters}
    first = tuple(name for file, (name,) in own.items() if file not in pages)
    yield ONE_PAGE, tuple(expected.chapters)
    yield _INDEX, first
    for file in sorted(pages - {ONE_PAGE, _INDEX}):
        yield file, own.get(file, ())


def hold_html(
    file: str, passages: Sequence[Passage], expected: Expected, known: Collection[str] = ()
) -> list[Fault]:
    """What of one page is not as the blocks say; `expected` is what this page must show."""
    return [
        *hold_passages(file, [_told(p) for p in passages], expected, cut=False),
        *hold_look(passages, expected, file == ONE_PAGE, known),
        *_tags(file, passages, expected),
        *_unspoken(file, passages, expected),
        *_pictures(file, passages, expected),
        *_drawn(passages),
    ]


def _drawn(passages: Sequence[Passage]) -> Iterator[Fault]:
    """Charts that are not drawn for both widths of a screen, of which each shows one."""
    seen: dict[str, set[str]] = {}
    for passage in passages:
        chart = _CHART.fullmatch(passage.where) if passage.kind == "chart" else None
        if chart:
            seen.setdefault(chart[1], set()).add(chart[2])
    for where, kinds in seen.items():
        if not kinds >= {"as a picture (1)", "as a picture (2)"}:
            yield where, "is not drawn as a picture for wide screens and for narrow ones."


def _pictures(file: str, passages: Sequence[Passage], expected: Expected) -> Iterator[Fault]:
    """Pictures of no block and no logo, or with other words; those that a page does not show."""
    due_here = expected.pictures if file == _SEARCH else expected.on_pages
    due = Counter((one.address, one.alt) for one in due_here)
    for where, kind, cells in passages:
        if kind != "look" or cells[0] != "picture":
            continue
        shown = cells[1], cells[2]
        if due[shown] > 0:
            due[shown] -= 1
        else:
            yield where, f"shows a picture, said to be {cells[2]!r}, that is no block's own."
    for (_, alt), count in due.items():
        if count > 0:
            yield file, f"does not show the picture {alt!r} as its block has it."


def _told(passage: Passage) -> Passage:
    """A passage without the mark that parts words for a screen reader from those before them."""
    if passage.kind != "aid":
        return passage
    *printed, said = passage.cells
    return passage._replace(cells=(*printed, re.sub(r"^[:,] ", "", said)))


def _unspoken(file: str, passages: Sequence[Passage], expected: Expected) -> Iterator[Fault]:
    """Numbers and pictures that a screen reader says nothing of where a block has words for them.

    How often a table is shown is for its rows to tell, so only those that are shown at all count.
    """
    due = Counter(
        (number.text, number.aid)
        for table in expected.tables
        for line in table.rows
        for number in line.numbers.values()
    )
    due.update((card.number.text, card.number.aid) for card in expected.cards)
    due.update((chart.target.text, chart.target.aid) for chart in expected.charts if chart.target)
    due.update((chart.title, chart.alt) for chart in expected.charts)
    seen = Counter(passage.cells for passage in passages if passage.kind == "aid")
    for (printed, said), count in due.items():
        if said and seen[printed, said] < count:
            yield file, f"does not say {said!r} to a screen reader wherever {printed!r} stands."


def _tags(file: str, passages: Sequence[Passage], expected: Expected) -> Iterator[Fault]:
    """Numbers that are tagged as another figure, and numbers of the blocks that are not tagged."""
    due = Counter({(tag.text, tag.figure): 0 for tag in expected.tags})
    due.update((tag.text, tag.figure) for tag in expected.tags if tag.needed)
    figures = {tag.text: tag.figure for tag in expected.tags}
    exact = {name: str(item.get("value")) for name, item in expected.register.items()}
    exact |= {tag.figure: tag.value for tag in expected.tags if tag.value is not None}
    exact.pop("", None)  # an untraced number names no figure
    untraced = {(tag.text, tag.value) for tag in expected.tags if not tag.figure}
    for where, kind, cells in passages:
        if kind != "look" or cells[0] != "tag":
            continue
        _, printed, figure, value = cells
        if figure in exact and value != exact[figure]:
            yield (
                where,
                f"{printed!r} carries the value {value}; that of {figure} is {exact[figure]}.",
            )
        if not figure and (printed, value) not in untraced:
            yield where, f"{printed!r} carries the value {value}, as in no block."
        if (printed, figure) in due:
            due[printed, figure] -= 1
        else:
            meant = f"; a block gives it to {figures[printed]}" if printed in figures else ""
            yield where, f"{printed!r} is tagged as {figure}, as in no block{meant}."
    for (printed, figure), count in due.items():
        if count > 0:
            yield file, f"{printed!r} is not tagged as {figure} where a block has it so."
