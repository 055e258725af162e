"""How text of a Word document looks where that decides whether it can be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TINY = 8
"""Type of fewer half-points than this is not read by anybody."""
FAINT = 30
"""Two colours that differ less than this in every part (0 to 255) cannot be told apart."""
_PLAIN = frozenset(
    "rStyle rFonts b bCs i iCs color sz szCs lang noProof u vanish webHidden shd highlight caps "
    "smallCaps kern".split()
)
"""What may be said of a run without moving, striking or squeezing its words."""


@dataclass(frozen=True)
class Looks:
    """What decides: hidden, the colour of the letters, what they stand on, their size."""

    hidden: bool = False
    colour: str = "auto"
    ground: str = "auto"
    size: int = 20
    exact: int | None = None

    def why_hidden(self) -> str:
        """Why nobody reads words that look so; empty where they can be read."""
        if self.hidden:
            return "hidden"
        if self.size < TINY:
            return "too small to read"
        if self.exact is not None and self.exact < self.size * 5:
            return "on a line too low to show it"
        ground = "FFFFFF" if self.ground == "auto" else self.ground
        if self.colour == "auto":
            return ""
        return "of the colour of what it stands on" if _alike(self.colour, ground) else ""


class Styles:
    """The styles of a document by id."""

    def __init__(self, part: Element | None) -> None:
        listed = [] if part is None else list(part.iter(f"{W}style"))
        self._styles = {style.get(f"{W}styleId", ""): style for style in listed}
        self._usual = {
            style.get(f"{W}type"): style.get(f"{W}styleId", "")
            for style in listed
            if style.get(f"{W}default") in ("1", "true")
        }
        defaults = None if part is None else part.find(f"{W}docDefaults")
        self._first = _with(Looks(), [] if defaults is None else each(defaults, "pPr", "rPr"))

    def paragraph(self, properties: Element | None, ground: str = "auto") -> Looks:
        """How a paragraph looks, on the ground of its cell."""
        name = _value(properties, "pStyle") or self._usual.get("paragraph", "")
        looks = replace(self._first, ground=ground)
        looks = _with(looks, self._chain(name))
        return looks if properties is None else _with(looks, [properties])

    def run(self, looks: Looks, properties: Element | None) -> Looks:
        """How a run of a paragraph looks."""
        if properties is None:
            return looks
        name = _value(properties, "rStyle")
        looks = _with(looks, self._chain(name)) if name else looks
        return _with(looks, [properties])

    def _chain(self, name: str) -> Iterator[Element]:
        """The properties of a style, those that it is based on first."""
        chain: list[Element] = []
        while name in self._styles and self._styles[name] not in chain:
            chain.append(self._styles[name])
            name = _value(chain[-1], "basedOn") or ""
        for style in reversed(chain):
            for kind in ("pPr", "rPr"):
                found = style.find(f"{W}{kind}")
                if found is not None:
                    yield found


def each(element: Element, *names: str) -> Iterator[Element]:
    """The elements of Word of these names within another, in order."""
    tags = {f"{W}{name}" for name in names}
    return (found for found in element.iter() if found.tag in tags)


def unusual(properties: Element | None) -> list[str]:
    """What is said of a run that moves, strikes or squeezes its words."""
    found = [] if properties is None else [child.tag.rpartition("}")[2] for child in properties]
    return [name for name in found if name not in _PLAIN]


def fill_of(properties: Element | None) -> str | None:
    """The colour of the ground that properties give; None where they give none."""
    shade = None if properties is None else properties.find(f"{W}shd")
    fill = None if shade is None else shade.get(f"{W}fill")
    return None if fill in (None, "auto") else fill


def is_on(properties: Element | None, name: str) -> bool:
    """Whether a property is there and not switched off."""
    found = None if properties is None else properties.find(f"{W}{name}")
    return found is not None and found.get(f"{W}val", "1") not in ("0", "false", "off", "none")


def _with(looks: Looks, properties: Iterable[Element]) -> Looks:
    for one in properties:
        if is_on(one, "vanish") or is_on(one, "webHidden"):
            looks = replace(looks, hidden=True)
        if (colour := _value(one, "color")) is not None:
            looks = replace(looks, colour=colour)
        if (fill := fill_of(one)) is not None:
            looks = replace(looks, ground=fill)
        if (size := _value(one, "sz")) is not None and size.isdigit():
            looks = replace(looks, size=int(size))
        spacing = one.find(f"{W}spacing")
        if spacing is not None and spacing.get(f"{W}line", "").isdigit():
            is_exact = spacing.get(f"{W}lineRule") == "exact"
            looks = replace(looks, exact=int(spacing.get(f"{W}line", "")) if is_exact else None)
    return looks


def _value(properties: Element | None, name: str) -> str | None:
    found = None if properties is None else properties.find(f"{W}{name}")
    return None if found is None else found.get(f"{W}val")


def _alike(one: str, other: str) -> bool:
    try:
        parts = [(int(one[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (0, 2, 4)]
    except ValueError:
        return False
    return all(abs(a - b) < FAINT for a, b in parts)
