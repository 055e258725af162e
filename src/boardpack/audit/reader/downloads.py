"""What a page leads to: the documents and the tables to take away, and what its scripts read.

The scripts are the register's, for the panels, and the passages that the search finds.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, NamedTuple

from boardpack.audit.reader.expected import Cells, Expected, Line, Table
from boardpack.audit.reader.passage import Passage
from boardpack.audit.reader.words import plain

TABLES, PANELS, PARTS = "html/tables", "html/_static/register.js", "html/_static/register"
COPIES, PASSAGES = "html/downloads", "html/_static/passages.js"
_INDEX = re.compile(r"window\.boardpackRegister=(\{.*\});\n", re.DOTALL)
_PART = re.compile(r'window\.boardpackParts\["[\w-]+"\]=(\{.*\});\n', re.DOTALL)
_PASSAGES = re.compile(r"window\.boardpackPassages=(\[.*\]);\n", re.DOTALL)
_PLACE = re.compile(r"\{(\d+)\}")

Found = tuple[str, str, str]


def read_table(path: Path) -> list[Passage]:
    """The rows of a table as CSV, as they stand there; ValueError where it is no such file."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        raise ValueError(f"{path.name} is damaged: it cannot be read as a table.") from error
    return [Passage(f"line {n}", "row", tuple(row)) for n, row in enumerate(rows, start=1)]


def hold_copies(build: Path) -> Iterator[Found]:
    """Documents among the pages that are not the documents of the paper, byte for byte."""
    for path in sorted((build / COPIES).rglob("*")):
        file = path.relative_to(build).as_posix()
        own = build / path.name
        if not own.is_file():
            yield file, file, "is a document that the paper does not have."
        elif not path.is_file() or own.read_bytes() != path.read_bytes():
            yield file, file, f"is not the same as {path.name}."


def hold_search(build: Path, read: Mapping[str, Sequence[Passage]]) -> Iterator[Found]:
    """Passages that the search gives of a page, and that are not read there.

    `read` is what is read on each page, by its file in the build.
    """
    path = build / PASSAGES
    try:
        found = _PASSAGES.fullmatch(path.read_bytes().decode("utf-8"))
        given = [
            (str(page), str(text)) for page, _, _, text in json.loads(found[1] if found else "")
        ]
    except FileNotFoundError:
        yield PASSAGES, PASSAGES, "is missing."
        return
    except (ValueError, TypeError):
        yield PASSAGES, PASSAGES, "is damaged: it does not give the passages of the pages."
        return
    words = {
        file: _run_together(cell for p in passages if p.kind != "look" for cell in p.cells)
        for file, passages in read.items()
    }
    for page, text in given:
        if _run_together([plain(text)]) not in words.get(f"html/{page}", ""):
            yield PASSAGES, f"passage of {page}", f"{text[:120]!r} is not on that page."


def _run_together(words: Iterable[str]) -> str:
    """Words without the spaces between them, as readers part them in different places."""
    return "".join("".join(words).split())


def hold_tables(build: Path, expected: Expected) -> Iterator[Found]:
    """Tables as CSV that do not have what their blocks have: exact values in place of prints."""
    files = {path.name for path in (build / TABLES).glob("*")}
    named = {f"{table.name}.csv": table for table in expected.tables if table.caption}
    for name in sorted(files | set(named)):
        file = f"{TABLES}/{name}"
        if name not in named:
            yield file, file, "is a table that no block has."
        elif name not in files:
            yield file, file, "is missing."
        else:
            try:
                passages = read_table(build / file)
            except ValueError as error:
                yield file, file, str(error)
            else:
                yield from ((file, *fault) for fault in _hold_table(file, passages, named[name]))


def _hold_table(file: str, passages: Sequence[Passage], table: Table) -> Iterator[tuple[str, str]]:
    wanted = [Line(_head(table), {}), *table.rows]
    if len(passages) != len(wanted):
        yield file, f"has {len(passages)} lines where its block has {len(wanted)} rows."
    for (where, _, cells), line in zip(passages, wanted, strict=False):
        seen = [cell.strip() for cell in cells]
        if len(seen) != len(line.cells):
            yield where, f"has {len(seen)} cells where its block has {len(line.cells)}."
        for place, (cell, printed) in enumerate(zip(seen, line.cells, strict=False)):
            number = line.numbers.get(place)
            if number is None and plain(cell) not in (printed, f"'{printed}"):
                yield where, f"reads {cell!r} where its block says {printed!r}."
            elif number is not None and _amount(cell) != number.value:
                yield where, f"reads {cell!r} where the exact value is {number.value}."


def _head(table: Table) -> Cells:
    """One line of headings: the one that spans a column stands before the column's own."""
    *groups, labels = table.heads
    named = [label or "Item" for label in labels]
    pairs = zip(groups[0] if groups else labels, labels, named, strict=True)
    return tuple(
        name if group in ("", label) else f"{group}: {name}" for group, label, name in pairs
    )


def _amount(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


class Panels(NamedTuple):
    """The register as the panels find it: the titles of its groups with their pages, and its parts.

    Of each part its file and, as the rows of a register, what the panels show of each figure.
    """

    groups: tuple[tuple[str, str], ...]
    parts: Mapping[str, tuple[Passage, ...]]


def read_panels(build: Path) -> Panels:
    """All that the panels and the register's page show; ValueError tells what is wrong.

    Every script may give the register, and do nothing else.
    """
    groups, parts = _index(_given(build, PANELS, _INDEX))
    found = {file: _part(build, file) for file, *_ in parts}
    for file, _, first, last in parts:
        names = [passage.where for passage in found[file]]
        if names != sorted(names) or [*names[:1], *names[-1:]] != [_panel(first), _panel(last)]:
            raise ValueError(f"{file} does not have the figures that are looked for in it.")
    for place, (title, _, count) in enumerate(groups):
        if sum(len(found[file]) for file, owner, *_ in parts if owner == place) != count:
            raise ValueError(f"{PANELS} counts the figures of {title!r} wrongly.")
    for path in (build / PARTS).glob("*"):
        if f"{PARTS}/{path.name}" not in found:
            raise ValueError(f"{PARTS}/{path.name} is no part of the register.")
    return Panels(tuple((title, page) for title, page, _ in groups), found)


def _index(told: Any) -> tuple[list[tuple[str, str, int]], list[tuple[str, int, str, str]]]:
    """The groups and the parts that the index lists, the parts by their files."""
    try:
        groups = [(str(title), str(page), int(count)) for title, page, count in told["groups"]]
        parts = [(f"{PARTS}/{name}.js", owner, *ends) for name, owner, *ends in told["parts"]]
        return groups, [(file, int(owner), first, last) for file, owner, first, last in parts]
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"{PANELS} is damaged: it does not give the register.") from error


def _given(build: Path, file: str, form: re.Pattern[str]) -> Any:
    """The data that a script gives, and does nothing else."""
    try:
        found = form.fullmatch((build / file).read_bytes().decode("utf-8"))
        return json.loads(found[1] if found else "")
    except OSError as error:
        raise ValueError(f"{file} is missing.") from error
    except ValueError as error:
        raise ValueError(f"{file} is damaged: it does not give the register.") from error


def _part(build: Path, file: str) -> tuple[Passage, ...]:
    record = _given(build, file, _PART)
    try:
        return tuple(_panels(record))
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise ValueError(f"{file} is damaged: it does not give the register.") from error


def _panel(name: str) -> str:
    return f"‘Figure register’, panel of {name}"


def _panels(record: Mapping[str, Any]) -> Iterator[Passage]:
    figures, files, periods = record["figures"], record["files"], record["periods"]
    named = [figure[0] for figure in (*figures, *record["others"])]
    for name, label, value, period, _, estimate, source, _, _ in figures:
        if isinstance(source, str):
            origin = _PLACE.sub(lambda place: str(named[int(place[1])]), source)
        else:
            origin = "; ".join(
                f"{files[place][0]}, column {column}, {text}"
                if row is None
                else f"{files[place][0]}, row {row}, column {column}: “{text}”"
                for place, row, column, text, *_ in source
            )
        said = f"{value} (estimate)" if estimate else value
        cells = (f"{label}{name}", said, periods[period], origin, "")
        yield Passage(_panel(name), "row", tuple(plain(str(cell)) for cell in cells))
