"""Released registers: what papers already published said, for movements and comparisons.

A paper's first register stands in `data/released/<year>/<month>/<place>/`; each correction of it in
a folder of its own, `v2/`, `v3/`. The latest version is what the paper says. A paper also says
things of the ICB and of other places, so the registers of all places are read, its own first.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from boardpack.core.errors import Fault, InputFaults
from boardpack.core.params import Paper
from boardpack.core.periods import Month
from boardpack.reading.cells import file_sha256
from boardpack.reading.release_records import FILE, RELEASED, VERSION, is_altered

if TYPE_CHECKING:  # whoever asks only whether a paper is current need not import all readers
    from boardpack.reading.extract import Value

_FIGURE_ID = re.compile(r"\b[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)+")


@dataclass(frozen=True)
class ReleasedFigure:
    """One figure of a released register, with the line of the file on which it stands.

    `origin` names the files that the value was read from; it is empty for a computed figure, which
    has its `formula`. `margin` and `step` are as in a figure. `is_estimate` holds for what was
    estimated, and for what was computed with it. One that was brought to another structure has the
    figures that it is made up of as `parts`, and what the ledger of then says of cost centres that
    have `moved`, with that file's hash. `is_altered` holds where its register is not the one that
    was released, by the record beside it: then nobody may quote it as published without saying so.
    """

    file: str
    sha256: str
    row: int
    id: str
    label: str
    value: Decimal
    unit: str
    place: str
    line: str
    measure: str
    period: str
    basis: str
    margin: Decimal = Decimal(0)
    step: Decimal | None = None
    is_estimate: bool = False
    is_altered: bool = False
    formula: str = ""
    origin: tuple[str, ...] = ()
    parts: tuple[ReleasedFigure, ...] = ()
    moved: tuple[tuple[Value, str], ...] = ()

    @property
    def is_computed(self) -> bool:
        """Whether it was computed from other figures."""
        return bool(self.formula)


def released_folder(paper: Paper, month: Month, place: str = "") -> Path:
    """Where a place's registers of a month stand, below home; the paper's own place by default."""
    return RELEASED / month.year_folder / month.code / (place or paper.place)


def latest_version(folder: Path) -> int:
    """The number of the latest version of a released paper; 0 when there is none."""
    found = [1] if (folder / FILE).exists() else []
    for path in folder.glob("v*"):
        if VERSION.fullmatch(path.name) and (path / FILE).exists():
            found.append(int(path.name[1:]))
    return max(found, default=0)


def version_folder(folder: Path, version: int) -> Path:
    """The folder of one version of a released paper: the first has no folder of its own."""
    return folder if version <= 1 else folder / f"v{version}"


def read_released(paper: Paper, month: Month, chapter: str = "") -> tuple[ReleasedFigure, ...]:
    """What the papers of `month` released, each figure once; empty when there are none.

    The paper's own place comes first: where two registers have a figure, its own one stands (a
    check tells where they differ). `chapter` keeps the figures of one chapter only. Suppressed
    figures, which have no value, are left out.
    """
    found: dict[str, ReleasedFigure] = {}
    for figures in read_registers(paper, month, chapter).values():
        for figure in figures:
            found.setdefault(figure.id, figure)
    return tuple(found.values())


def read_registers(
    paper: Paper, month: Month, chapter: str = ""
) -> Mapping[str, tuple[ReleasedFigure, ...]]:
    """The latest register that each place released for `month`, the paper's own place first.

    The places are those of that month, in their own structure.
    """
    structure, papers = paper.report.structure, (paper.place, *paper.report.papers)
    then = (part for place in papers for part in structure.parts("place", place, month) or (place,))
    registers = {}
    for place in dict.fromkeys(then):
        folder = released_folder(paper, month, place)
        name = version_folder(folder, latest_version(paper.home / folder)) / FILE
        if (paper.home / name).exists():
            registers[place] = _read(paper.home, name.as_posix(), chapter)
    return registers


def read_version(
    paper: Paper, month: Month, version: int, place: str = ""
) -> tuple[ReleasedFigure, ...]:
    """What one released version of a month's paper said; of the paper's own place by default."""
    name = version_folder(released_folder(paper, month, place), version) / FILE
    return _read(paper.home, name.as_posix(), "")


def _read(home: Path, name: str, chapter: str) -> tuple[ReleasedFigure, ...]:
    try:
        seal = file_sha256(home / name)
        figures = _figures(home, name, seal, is_altered(home / name, seal))
    except (OSError, ArithmeticError, ValueError, KeyError, TypeError) as error:
        fault = Fault(name, "a released register", f"Restore the file ({error}).")
        raise InputFaults([fault]) from None
    return tuple(f for f in figures if not chapter or f.id.startswith(f"{chapter}."))


@lru_cache(maxsize=64)
def _figures(home: Path, name: str, seal: str, altered: bool) -> tuple[ReleasedFigure, ...]:
    """The figures of a register that have a value; read once for all who compare with it.

    They are kept by the seal of the file, and not by its text, which would stay in memory with it.

    What the paper itself took from an earlier register is left out: that month's own register has
    it, and each paper would carry on all that was carried by the papers before it.
    """
    content = (home / name).read_bytes()
    if sha256(content).hexdigest() != seal:
        raise ValueError("it changed while it was read")
    text = content.decode("utf-8")
    rows = _rows(text)
    items = [item for item in json.loads(text)["figures"] if item["value"] is not None]
    estimated = _estimated(items)
    return tuple(
        _figure(name, seal, rows, item, item["id"] in estimated, altered)
        for item in items
        if not _is_carried(item)
    )


def _is_carried(item: dict[str, Any]) -> bool:
    cells = item["source"].get("cells", ())
    return bool(cells) and all(cell["file"].startswith(f"{RELEASED.as_posix()}/") for cell in cells)


def _estimated(items: list[dict[str, Any]]) -> frozenset[str]:
    """The figures that are estimates, or were computed with one."""
    uses: dict[str, list[str]] = defaultdict(list)
    for item in items:
        for operand in _FIGURE_ID.findall(item["source"].get("formula", "")):
            uses[operand].append(item["id"])
    reached = [item["id"] for item in items if item.get("is_estimate")]
    found = set(reached)
    while reached:
        more = set(uses[reached.pop()]) - found
        found |= more
        reached += more
    return frozenset(found)


def _rows(text: str) -> dict[str, int]:
    rows = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if '"id": "' in line:
            rows[line.split('"id": "', 1)[1].split('"', 1)[0]] = number
    return rows


def _figure(
    name: str,
    seal: str,
    rows: dict[str, int],
    item: dict[str, Any],
    is_estimate: bool,
    altered: bool,
) -> ReleasedFigure:
    parts = ("id", "label", "unit", "place", "line", "measure", "period", "basis")
    return ReleasedFigure(
        file=name,
        sha256=seal,
        row=rows.get(item["id"], 1),
        value=Decimal(item["value"]),
        margin=Decimal(item.get("margin") or "0"),
        step=None if item.get("step") is None else Decimal(item["step"]),
        is_estimate=is_estimate,
        is_altered=altered,
        formula=item["source"].get("formula", ""),
        origin=tuple(dict.fromkeys(cell["file"] for cell in item["source"].get("cells", ()))),
        **{part: item[part] for part in parts},
    )
