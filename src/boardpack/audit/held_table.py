"""`figures.csv` and its data dictionary held to the register: made again from it, and compared.

Nothing is run for it, so it is done where inputs are withheld, and on any platform.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

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
from boardpack.params import Paper, load_paper

COUNTED = "rows held to the register"


def hold_table(sealed: Sealed, figures: Items) -> Step:
    """Every row of the table with the register's figure and the outcome of its checks."""
    try:
        register = Register(figure_from_json(dict(item)) for item in figures.values())
        checks = list(records(sealed.build, "checks.json", "checks").values())
        expected = figure_files(_paper(sealed), register, checks)
    except Exception as error:  # a damaged record may fail in any way
        said = f"could not be made again from the register: {type(error).__name__}."
        return Step("Numbers in CSV", 0, COUNTED, (Finding(table.NAME, said),))
    findings = tuple(f for name, text in expected.items() for f in _held(sealed.build, name, text))
    return Step("Numbers in CSV", len(figures), COUNTED, findings)


def _paper(sealed: Sealed) -> Paper:
    if sealed.month is None or not sealed.place:
        raise BuildFault("The manifest does not say which month of which place it is.")
    paper = load_paper(sealed.home, sealed.month, sealed.place)
    return with_status(Layout(sealed.project, paper), sealed.status).paper


def _held(build: Path, name: str, expected: str) -> Iterator[Finding]:
    path = build / name
    if not path.is_file():
        yield Finding(name, "is missing.")
    elif path.read_bytes() != expected.encode():
        rows = _wrong_rows(path, expected) if name == table.NAME else ()
        yield from rows or [Finding(name, "is not what comes out of the register.")]


def _wrong_rows(path: Path, expected: str) -> list[Finding]:
    """The figures whose rows are not those of the register; none where the rest differs."""
    old, new = _rows(path.read_bytes().decode(errors="replace")), _rows(expected)
    wrong = (identity for identity in {**new, **old} if old.get(identity) != new.get(identity))
    said = f"stands in {table.NAME} not as the register has it."
    return [Finding(identity, said) for identity in wrong]


def _rows(text: str) -> dict[str, dict[str, str]]:
    try:
        return {row["id"]: row for row in table.read_figures_csv(text)}
    except (csv.Error, KeyError, AttributeError):
        return {}
