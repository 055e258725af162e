"""A chart as Plotly draws it when a reader touches it: the marks that its data and axes make."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from html import unescape
from typing import Any, NamedTuple

from boardpack.audit.reader.words import plain

Cells = tuple[str, str, str, str]
Json = Mapping[str, Any]
_TAG = re.compile(r"<[^>]*>")


class Drawn(NamedTuple):
    """What is drawn of one picture: its marks, and the words under the pointer.

    `settings` are the names of all that is set, from which anything new can be told.
    """

    marks: tuple[Cells, ...]
    hovers: tuple[str, ...]
    settings: frozenset[str]


def read_plotly(told: str) -> tuple[Drawn, ...] | None:
    """The pictures of a chart that stands in a page as data; None where it is anything else."""
    try:
        return tuple(_drawn(one["data"], one["layout"]) for one in json.loads(told))
    except (TypeError, ValueError, KeyError, IndexError, AttributeError):
        return None


def _drawn(data: Sequence[Json], layout: Json) -> Drawn:
    marks = tuple(_marks(data, layout))
    hovers = tuple(_shown(said) for trace in data for said in trace.get("hovertext") or ())
    return Drawn(marks, hovers, frozenset(_settings("", {"data": data, "layout": layout})))


def _settings(path: str, value: Any) -> Iterator[str]:
    """The names of what is set, without places in lists: `data.marker.color`."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _settings(f"{path}.{name}" if path else str(name), inner)
    elif isinstance(value, list) and any(isinstance(item, dict) for item in value):
        for item in value:
            yield from _settings(path, item)
    else:
        yield path


def _marks(data: Sequence[Json], layout: Json) -> Iterator[Cells]:
    across = any(trace.get("orientation") == "h" for trace in data)
    value, names = ("x", "yaxis") if across else ("y", "xaxis")
    axis = layout["xaxis" if across else "yaxis"]
    categories = [_shown(name) for name in layout[names].get("ticktext") or ()]
    low, high = _range(data, axis, value, layout)

    def share(number: float) -> str:
        return f"{(number - low) / ((high - low) or 1.0) + 0.0:.3f}"

    ends: dict[tuple[int, bool], float] | None = {} if layout.get("barmode") == "relative" else None
    for trace in data:
        yield from _trace(trace, value, categories, share, ends)
    for shape in layout.get("shapes") or ():
        if shape.get("line", {}).get("dash") == "dash":
            yield "target", "", "", share(float(shape[f"{value}0"]))
    for note in layout.get("annotations") or ():
        yield "", "", _shown(note.get("text")), ""


def _trace(
    trace: Json,
    value: str,
    categories: Sequence[str],
    share: Callable[[float], str],
    ends: dict[tuple[int, bool], float] | None,
) -> Iterator[Cells]:
    """The marks of one run of values; `ends` is where bars that are laid end to end have got to."""
    texts, bases, name = trace.get("text") or "", trace.get("base"), _shown(trace.get("name"))
    for place, number in enumerate(trace[value]):
        if number is None:
            continue
        row = int(trace["y" if value == "x" else "x"][place])
        category = categories[row] if row < len(categories) else ""
        label = _shown(texts if isinstance(texts, str) else texts[place])
        if trace["type"] == "bar":
            start = float(bases[place]) if bases else 0.0
            if ends is not None:
                start = ends.get((row, number < 0), 0.0)
                ends[row, number < 0] = start + number
            yield name, category, label, f"{share(start)} to {share(start + number)}"
        elif trace.get("mode") == "markers":
            yield "target", "", label, share(number)
        else:
            yield name, category, label, share(number)


def _range(data: Sequence[Json], axis: Json, value: str, layout: Json) -> tuple[float, float]:
    """The ends of the value axis: those it is given, or those of what it must reach."""
    if axis.get("range"):
        low, high = axis["range"]
        return float(low), float(high)
    found = [float(n) for trace in data for n in trace[value] if n is not None]
    found += [float(shape[f"{value}0"]) for shape in layout.get("shapes") or ()]
    found += [0.0] if axis.get("rangemode") == "tozero" else []
    return min(found, default=0.0), max(found, default=1.0)


def _shown(text: object) -> str:
    """What Plotly prints of a text in which it reads tags."""
    return plain(unescape(_TAG.sub("", str(text or "").replace("<br>", " "))))
