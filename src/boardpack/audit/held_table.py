"""The figures to take away held to the register: made again from it, and compared.

Nothing is run for it, so it is done where inputs are withheld, and on any platform. A Parquet file
is read back: another version of its library may write the same table in other bytes.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from boardpack.audit.finding import Finding, Step
from boardpack.audit.performed import Items, records
from boardpack.audit.sealed import Sealed
from boardpack.build.layout import Layout
from boardpack.build.products import figure_files
from boardpack.build.status import with_status
from boardpack.errors import BuildFault
from boardpack.figures.figure import figure_from_json
from boardpack.figures.register import Register
from boardpack.outputs import figures_csv as table
from boardpack.outputs import figures_parquet as parquet
from boardpack.params import Paper, load_paper

COUNTED = "rows held to the register"
UNLIKE = "is not what comes out of the register."
Table = Mapping[str, Mapping[str, Any]]
"""The rows of a file by the figure's id."""


def hold_table(sealed: Sealed, figures: Items) -> Step:
    """Every row of the table with the register's figure and the outcome of its checks."""
    try:
        register = Register(figure_from_json(dict(item)) for item in figures.values())
        checks = list(records(sealed.build, "checks.json", "checks").values())
        files = figure_files(_paper(sealed), register, checks)
        expected = {name: make() for name, make in files.items()}
    except Exception as error:  # a damaged record may fail in any way
        said = f"could not be made again from the register: {type(error).__name__}."
        return Step("Numbers in CSV", 0, COUNTED, (Finding(table.NAME, said),))
    findings = tuple(f for name, made in expected.items() for f in _held(sealed.build, name, made))
    return Step("Numbers in CSV", len(figures), COUNTED, findings)


def _paper(sealed: Sealed) -> Paper:
    if sealed.month is None or not sealed.place:
        raise BuildFault("The manifest does not say which month of which place it is.")
    paper = load_paper(sealed.home, sealed.month, sealed.place)
    layout = Layout(sealed.project, paper)
    return with_status(layout, sealed.status, sealed.version).paper


def _held(build: Path, name: str, expected: bytes) -> Iterator[Finding]:
    path = build / name
    if not path.is_file():
        yield Finding(name, "is missing.")
        return
    found = path.read_bytes()
    if found == expected:
        return
    if name == parquet.NAME:
        yield from _held_parquet(found, expected)
    else:
        rows = _wrong_rows(_rows(found), _rows(expected), name) if name == table.NAME else ()
        yield from rows or [Finding(name, UNLIKE)]


def _held_parquet(found: bytes, expected: bytes) -> Iterator[Finding]:
    """The figures whose rows are not the register's; none where only the bytes differ."""
    wanted = parquet.read_figures_parquet(expected)
    try:
        held = parquet.read_figures_parquet(found)
        if held.equals(wanted):
            return
        old, new = ({row["id"]: row for row in one.to_pylist()} for one in (held, wanted))
    except Exception as error:  # a damaged file may fail in any way
        yield Finding(parquet.NAME, f"cannot be read: {type(error).__name__}.")
        return
    yield from _wrong_rows(old, new, parquet.NAME) or [Finding(parquet.NAME, UNLIKE)]


def _wrong_rows(old: Table, new: Table, name: str) -> list[Finding]:
    """The figures whose rows are not those of the register; none where the rest differs."""
    wrong = (identity for identity in {**new, **old} if old.get(identity) != new.get(identity))
    said = f"stands in {name} not as the register has it."
    return [Finding(identity, said) for identity in wrong]


def _rows(content: bytes) -> Table:
    try:
        rows = table.read_figures_csv(content.decode(errors="replace"))
        return {row["id"]: row for row in rows}
    except (csv.Error, KeyError, AttributeError):
        return {}
