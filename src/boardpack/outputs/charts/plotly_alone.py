"""A chart as one Plotly figure that stands alone, for JupyterLab, which draws it in place of HTML.

A page sets a chart's title, unit and key around the picture; here they stand in the figure itself.
Panels come one below the other, so that each has the whole width for the names of its lines.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from boardpack.document.blocks import Chart
from boardpack.outputs.charts.plotly_style import Spec, label, note, plain_layout
from boardpack.outputs.html.chart import key_of, reading_of, specs

MIME = "application/vnd.plotly.v1+json"
TITLE_WIDTH = 90
"""As many letters of a title fit beside each other."""
LINE, ROOM, GAP = 20, 20, 56
"""Heights in pixels: a line of the title, what is left above it, and what is between two panels."""


def plotly_alone(chart: Chart) -> dict[str, Any]:
    """The chart as JupyterLab takes it from a cell's output: data, layout and settings."""
    drawn = specs(chart)
    names = [series.name for series in chart.series]
    spec = drawn[0] if chart.shape != "multiples" else _one_below_another(drawn, names)
    layout = {**spec["layout"], **_titled(chart, spec["layout"])}
    return {"data": spec["data"], "layout": layout, "config": {"displayModeBar": False}}


def _titled(chart: Chart, layout: Spec) -> Spec:
    """The title with how to read it below, and the room that they take."""
    lines = [f"<b>{line}</b>" for line in label(chart.title, TITLE_WIDTH).split("<br>")]
    lines += [line for one in reading_of(chart) for line in label(one, TITLE_WIDTH).split("<br>")]
    key = [f'<span style="color:{colour}">■</span> {label(name)}' for colour, name in key_of(chart)]
    lines += ["   ".join(key)] if key else []
    above = LINE * len(lines) + ROOM
    height, top = layout["height"] + above, layout["margin"]["t"] + above
    title = {
        "text": "<br>".join(lines),
        "font": {"size": layout["font"]["size"]},
        **{"x": 0, "xanchor": "left", "pad": {"l": 8}},
        **{"y": 1 - ROOM / height, "yanchor": "top", "yref": "container"},
    }
    return {"title": title, "margin": {**layout["margin"], "t": top}, "height": height}


def _one_below_another(panels: Sequence[Spec], names: Sequence[str]) -> Spec:
    """Panels on axes of their own in one figure, each under its name."""
    rooms = [_inner(panel["layout"]) + GAP for panel in panels]
    total = sum(rooms)
    data: list[Spec] = []
    merged: Spec = {**plain_layout(), "shapes": [], "annotations": []}
    margins = [panel["layout"]["margin"] for panel in panels]
    merged["margin"] = {side: max(margin[side] for margin in margins) for side in "lrtb"}
    merged |= {"height": total + merged["margin"]["t"] + merged["margin"]["b"]}
    merged |= {name: panels[0]["layout"][name] for name in _SHARED if name in panels[0]["layout"]}
    top = total
    for place, (panel, name, room) in enumerate(zip(panels, names, rooms, strict=True)):
        number, layout = str(place + 1) if place else "", panel["layout"]
        span = [(top - room + GAP / 2) / total, (top - GAP / 2) / total]
        merged[f"xaxis{number}"] = {**layout["xaxis"], "anchor": f"y{number}"}
        merged[f"yaxis{number}"] = {**layout["yaxis"], "anchor": f"x{number}", "domain": span}
        data += ({**one, "xaxis": f"x{number}", "yaxis": f"y{number}"} for one in panel["data"])
        for kind in ("shapes", "annotations"):
            merged[kind] += (_on(number, one) for one in layout.get(kind, ()))
        named = {"xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "bottom"}
        merged["annotations"].append(note(f"<b>{label(name)}</b>", 0, span[1], **named))
        top -= room
    return {"data": data, "layout": merged}


_SHARED = ("barmode", "bargap")


def _inner(layout: Spec) -> int:
    return int(layout["height"] - layout["margin"]["t"] - layout["margin"]["b"])


def _on(number: str, mark: Spec) -> Spec:
    """A shape or a note of a panel, on the panel's axes."""
    refs = {ref: mark.get(ref, ref[0]) for ref in ("xref", "yref")}
    placed = {
        ref: f"{ref[0]}{number} domain" if told == "paper" else f"{told}{number}"
        for ref, told in refs.items()
    }
    return {**mark, **placed}
