"""The page of the figure register, held to the figures of `figures.json`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from boardpack.audit.reader.passage import Passage
from boardpack.audit.reader.source_words import made_from
from boardpack.audit.reader.words import plain

HEADS = ("Figure", "Value", "Period", "How it came about", "Checks")
_VALUE = re.compile(
    r"(?P<sign>−?)£?(?P<size>\d[\d,]*(?:\.\d+)?)(?:%| per [a-z ]+)?(?P<estimate> \(estimate\))?"
)


def is_register(passage: Passage) -> bool:
    """Whether a row is one of the register's, which have five cells below heads of their own."""
    return (
        passage.kind == "row" and len(passage.cells) == 5 and "‘Figure register’" in passage.where
    )


def hold_register(
    rows: Sequence[Passage], register: Mapping[str, Mapping[str, Any]]
) -> Iterator[tuple[str, str]]:
    """Rows of the register's page that do not say what the register says of their figure."""
    if not rows:
        return
    names = {f"{plain(str(item.get('label')))}{name}": name for name, item in register.items()}
    seen: set[str] = set()
    for where, _, cells in rows:
        if cells == HEADS:
            continue
        name = names.get(cells[0])
        if name is None:
            yield where, f"{cells[0]!r} is no figure of figures.json under this label."
            continue
        if name in seen:
            yield where, f"{name} is shown a second time."
        seen.add(name)
        for part, told, wanted in _parts(cells, register[name]):
            if told != wanted:
                yield where, f"{name}: the {part} reads {told!r}; figures.json says {wanted!r}."


def _parts(cells: Sequence[str], item: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """What is printed of a figure beside what the register says, part by part."""
    value = str(item.get("value"))
    yield "value", cells[1], cells[1] if _shows(cells[1], item) else value
    yield "period", cells[2], plain(str(item.get("period")))
    source = item.get("source") or {}
    if "formula" in source:
        yield "formula", cells[3], plain(str(source["formula"]))
    else:
        for cell in source.get("cells") or ():
            parts = [str(cell.get("file")), f"column {cell.get('column')}"]
            if cell.get("method") is not None:
                parts.append(made_from(cell))
            else:
                parts += [f"row {cell.get('row')},", f"“{cell.get('text')}”"]
            if any(plain(part) not in cells[3] for part in parts):
                yield "source", cells[3], plain("; ".join(parts))


def _shows(printed: str, item: Mapping[str, Any]) -> bool:
    """Whether a print is the exact value, rounded at its last place, with its sign."""
    found = _VALUE.fullmatch(printed)
    if found is None:
        return False
    value = Decimal(str(item.get("value")))
    size = Decimal(found["size"].replace(",", ""))
    is_estimate = bool(found["estimate"]) == bool(item.get("is_estimate"))
    rounded = abs(value).quantize(size, ROUND_HALF_UP)
    is_money = str(item.get("unit")).startswith("GBP") == ("£" in printed)
    return is_estimate and is_money and rounded == size and bool(found["sign"]) == (value < 0)
