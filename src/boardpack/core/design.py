"""The design sheet: the project's (`templates/design.yml`), and what a home sets of it itself.

That is the group `design` of `params/report.yml`; the rest is as the project has it. An output asks
for `colours()` and `design()` when it draws: at import they are not yet the home's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, ConfigDict, Field

from boardpack.core.errors import Fault, InputFaults
from boardpack.core.home import CHECKOUT, REPORT
from boardpack.core.logo import Logo, OwnLogo, read_logo
from boardpack.core.parameter_files import Strict, held_text
from boardpack.core.seen import unseen

FILE = CHECKOUT / "templates" / "design.yml"
TEXT, MARK = 4.5, 3.0
"""The least contrast, to one, of text and of what is no text (WCAG 2.2, AA: 1.4.3 and 1.4.11)."""
SERIES = ("series_1", "series_2", "series_3", "series_4")
_TEXTS = ("blue", "dark_blue", "ink", "quiet", "red", "green")
_GROUNDS = ("pale", "doubt", "focus")
_PAIRS = (
    *((text, ground, TEXT, "for text") for text in _TEXTS for ground in ("white", "pale", "doubt")),
    *(("input", ground, TEXT, "for a number that was typed in") for ground in ("white", "pale")),
    ("ink", "focus", TEXT, "for a link that the keyboard is on"),
    *((mark, "white", MARK, "for the marks of a chart") for mark in SERIES),
)
"""Which colours stand on which, their least contrast, and what for: what any output may show."""


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
    """The whole sheet; `on_series` is the ink of a label that stands on a mark of the series.

    `logo` stands at the head of every output but the workbook; None where the home has none.
    """

    colours: Colours
    series: tuple[str, str, str, str]
    on_series: tuple[str, str, str, str]
    type: Type
    spacing: Spacing
    logo: Logo | None = None


def _colour(said: Any) -> Any:
    if not isinstance(said, str) or not re.fullmatch(r"#[0-9a-fA-F]{6}", said):
        raise ValueError('a colour as "#005eb8": in quotation marks, # and six of 0-9 and a-f')
    return said.lower()


OwnColour = Annotated[str, BeforeValidator(_colour)]
"""A colour as a home writes it."""
OwnName = Literal[
    "blue",
    "dark_blue",
    "ink",
    "quiet",
    "red",
    "green",
    "rule",
    "pale",
    "focus",
    "doubt",
    "input",
    "series_1",
    "series_2",
    "series_3",
    "series_4",
]
"""What a home may colour: all of the sheet but `white`, which is the paper."""


class OwnDesign(Strict):
    """How a body's papers look: its colours, by the names of the sheet and of a chart's series.

    And its logo, where it has one.
    """

    colours: dict[OwnName, OwnColour] = Field({})
    logo: OwnLogo | None = None


@cache
def usual_design() -> Design:
    """The project's sheet."""
    with unseen():  # whoever draws is the program's, and so is this file
        return read_design(FILE.read_text(encoding="utf-8"))


def read_design(text: str) -> Design:
    """The sheet that this YAML holds (InputFaults)."""
    held, faults = held_text(text, "templates/design.yml", Design)
    if held is None:
        raise InputFaults(faults)
    found: Design = held
    return found


def own_design(own: OwnDesign | None, home: Path | None = None) -> Design:
    """The project's sheet with a home's colours; labels on its series as they are read best.

    With the logo too, where the home is given; InputFaults where it cannot be shown any more.
    """
    usual = usual_design()
    if own is None:
        return usual
    if home is not None and own.logo is not None:
        logo = read_logo(home, own.logo, REPORT.as_posix())
        usual = usual.model_copy(update={"logo": logo})
    if not own.colours:
        return usual
    said: dict[str, str] = {str(name): colour for name, colour in own.colours.items()}
    series = tuple(said.pop(name, was) for name, was in zip(SERIES, usual.series, strict=True))
    colours = usual.colours.model_copy(update=said)
    inks = colours.white, colours.ink
    labels = tuple(max(inks, key=partial(contrast, fill)) for fill in series)
    told = {"colours": colours, "series": series, "on_series": labels}
    return usual.model_copy(update=told)


# ------------------------------------------------------------------ what is drawn with


_DRAWN_WITH: list[Design | None] = [None]
"""The sheet that is drawn with, the last one; None is the project's."""


def draw_with(design: Design) -> None:
    """Say with which sheet is drawn from now on."""
    _DRAWN_WITH[-1] = design


@contextmanager
def drawn_with(design: Design) -> Iterator[None]:
    """Draw with a sheet while the block runs.

    >>> with drawn_with(usual_design()):
    ...     colours() == usual_design().colours
    True
    """
    _DRAWN_WITH.append(design)
    try:
        yield
    finally:
        _DRAWN_WITH.pop()


def design() -> Design:
    """The sheet that is drawn with now."""
    return _DRAWN_WITH[-1] or usual_design()


def colours() -> Colours:
    """The colours that are drawn with now."""
    return design().colours


# ------------------------------------------------------------------ what can be read


def contrast(one: str, other: str) -> float:
    """How far two colours (`#rrggbb`) are apart, from 1 to 21, as WCAG reckons it.

    >>> contrast("#000000", "#ffffff"), contrast("#005eb8", "#005eb8")
    (21.0, 1.0)
    """
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def design_faults(own: OwnDesign | None, file: str) -> Iterator[Fault]:
    """Colours of a home that could not be read or told apart: each once, by its worst pair."""
    if own is None or not own.colours:
        return
    made = own_design(own)
    series = (colour.lower() for colour in made.series)  # as a home's are, to be told apart
    known = {**made.colours.model_dump(), **dict(zip(SERIES, series, strict=True))}
    worst: dict[str, tuple[float, str]] = {}
    for text, ground, least, what in (*_PAIRS, *_label_pairs(made)):
        apart = contrast(known[text], known[ground])
        reads = contrast(known[text], known["white"]) >= least  # on paper, so it is the ground
        is_ground = ground in own.colours and (reads or text not in own.colours)
        blamed, other = (ground, text) if is_ground else (text, ground)
        if blamed in own.colours and apart < min(least, worst.get(blamed, (least,))[0]):
            said = f"a contrast of at least {least:g} to 1 with {other} ({known[other]}), {what}"
            worst[blamed] = apart, f"{said}; this has {int(apart * 100) / 100:g}"
    for blamed, (_, expected) in worst.items():
        remedy = f"Choose a {'lighter' if blamed in _GROUNDS else 'darker'} colour."
        yield Fault(file, expected, remedy, None, f"design.colours.{blamed}", known[blamed])
    for place, name in enumerate(SERIES):
        for other in ("red", *SERIES[:place]):
            blamed, kept = (name, other) if name in own.colours else (other, name)
            if known[name] == known[other] and blamed in own.colours:
                expected = f"another colour than that of {kept}"
                column = f"design.colours.{blamed}"
                yield Fault(file, expected, "Choose another.", None, column, known[blamed])


def _label_pairs(made: Design) -> Iterator[tuple[str, str, float, str]]:
    """A mark's label on it: in white or in ink, whichever is read better there."""
    for name, label in zip(SERIES, made.on_series, strict=True):
        yield "white" if label == made.colours.white else "ink", name, TEXT, "for a mark's label"
