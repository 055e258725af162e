"""The design sheet (`templates/design.yml`): colour, type and spacing, for every output.

An output draws from `DESIGN`, or from the sheet in its own tongue: `design_css`, `design_typst`.
"""

from __future__ import annotations

from pydantic import ConfigDict

from boardpack.errors import InputFaults
from boardpack.home import CHECKOUT
from boardpack.parameter_files import Strict, held_text

FILE = CHECKOUT / "templates" / "design.yml"


class _Sheet(Strict):
    """A part of the sheet; sizes are drawn with, so that they are floats."""

    model_config = ConfigDict(strict=False)


class Colours(_Sheet):
    """Colours by what they are for, as `#rrggbb`."""

    blue: str
    dark_blue: str
    ink: str
    quiet: str
    red: str
    green: str
    rule: str
    pale: str
    white: str
    focus: str
    doubt: str
    input: str


class Type(_Sheet):
    """The typeface, and its sizes: pixels on a screen, points on paper."""

    family: str
    fallback: str
    screen: float
    print: float
    print_small: float
    chart_screen: float
    chart_print: float


class Spacing(_Sheet):
    """The margins of a printed page and the room within a table's cell, in points."""

    page_side: float
    page_top: float
    page_bottom: float
    cell: float


class Design(_Sheet):
    """The whole sheet."""

    colours: Colours
    series: tuple[str, str, str, str]
    on_series: tuple[str, str, str, str]
    type: Type
    spacing: Spacing


def read_design(text: str) -> Design:
    """The sheet that this YAML holds (InputFaults)."""
    held, faults = held_text(text, "templates/design.yml", Design)
    if held is None:
        raise InputFaults(faults)
    design: Design = held
    return design


def design_css(design: Design) -> str:
    """The sheet as custom properties of a page: `--dark-blue`, `--font`, `--size`."""
    colours = (f"  --{_hyphened(n)}: {v};" for n, v in design.colours.model_dump().items())
    series = (f"  --series-{n}: {v};" for n, v in enumerate(design.series, start=1))
    kind = design.type
    said = (f'  --font: "{kind.family}", {kind.fallback};', f"  --size: {kind.screen:g}px;")
    return "\n".join((":root {", *colours, *series, *said, "}")) + "\n"


def design_typst(design: Design) -> str:
    """The sheet as Typst definitions: `dark-blue`, `small`, `body-size`, `page-margin`."""
    colours = (f'#let {_hyphened(n)} = rgb("{v}")' for n, v in design.colours.model_dump().items())
    kind, room = design.type, design.spacing
    margin = f"(x: {room.page_side}pt, top: {room.page_top}pt, bottom: {room.page_bottom}pt)"
    said = (
        f'#let family = "{kind.family}"',
        f"#let small = {kind.print_small}pt",
        f"#let body-size = {kind.print}pt",
        f"#let page-margin = {margin}",
    )
    return "\n".join((*colours, *said)) + "\n"


def _hyphened(name: str) -> str:
    return name.replace("_", "-")


DESIGN = read_design(FILE.read_text(encoding="utf-8"))
