"""What a page of a PDF prints: its words, how large they are, and whether they are furniture.

Read from the page's own drawing instructions, with nothing of the program that made them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf

Matrix = tuple[float, float, float, float, float, float]
SAME: Matrix = (1, 0, 0, 1, 0, 0)
_PAIRS = re.compile(r"beginbfchar(.*?)endbfchar", re.DOTALL)
_RANGES = re.compile(r"beginbfrange(.*?)endbfrange", re.DOTALL)
_HEX = re.compile(r"<([0-9A-Fa-f\s]*)>")


@dataclass(frozen=True)
class Words:
    """Some words as they stand on a page: their size in points and what marks them."""

    text: str
    size: float
    is_furniture: bool
    mark: int | None = None


@dataclass
class _State:
    """Where the pen is: the page's matrix, the text's, its font, and the marks around it."""

    matrix: Matrix = SAME
    text: Matrix = SAME
    font: Object | None = None
    size: float = 0.0
    saved: list[tuple[Matrix, Object | None, float]] = field(default_factory=list)
    marks: list[tuple[bool, int | None]] = field(default_factory=list)


def printed(page: pikepdf.Page) -> list[Words]:
    """The words of a page, in the order in which they are drawn."""
    return list(_drawn(page.obj, page.obj.Resources, _State()))


def text_of(page: pikepdf.Page, furniture: bool) -> str:
    """The words of a page's header and footer, or those between them."""
    return " ".join(w.text for w in printed(page) if w.is_furniture is furniture)


def fonts_of(pdf: Pdf) -> dict[str, Object]:
    """All fonts of a file by name, those in pictures too."""
    found: dict[str, Object] = {}
    for page in pdf.pages:
        _collect(page.obj.Resources, found)
    return found


def read_aloud(pdf: Pdf) -> list[tuple[str, str]]:
    """What a screen reader reads, in its order: the kind of each element, and its own words."""
    drawn: dict[tuple[int, int], str] = {}
    for page in pdf.pages:
        for words in printed(page):
            if words.mark is not None:
                key = (page.obj.objgen[0], words.mark)
                drawn[key] = f"{drawn[key]} {words.text}" if key in drawn else words.text
    return list(_aloud(pdf.Root.StructTreeRoot, None, drawn))


def _aloud(
    element: Object, page: Object | None, drawn: Mapping[tuple[int, int], str]
) -> Iterator[tuple[str, str]]:
    page = element.get(Name.Pg, page)
    kind = str(element.get(Name.S, "/Document"))
    held = element.get(Name.K, [])
    for kid in list(held) if isinstance(held, Array) else [held]:
        if isinstance(kid, int):
            assert page is not None
            yield kind, drawn.get((page.objgen[0], kid), "")
        elif Name.S in kid:
            yield from _aloud(kid, page, drawn)
        elif Name.MCID in kid:
            yield kind, drawn.get((kid.get(Name.Pg, page).objgen[0], int(kid.MCID)), "")


def _collect(resources: Object, found: dict[str, Object]) -> None:
    for font in _entries(resources, Name.Font).values():
        found[str(font.BaseFont)] = font
    for form in _entries(resources, Name.XObject).values():
        if Name.Resources in form:
            _collect(form.Resources, found)


def _entries(resources: Object, kind: Name) -> Mapping[str, Object]:
    return dict(resources[kind].items()) if kind in resources else {}


def _drawn(stream: Object, resources: Object, state: _State) -> Iterator[Words]:
    for operands, operator in pikepdf.parse_content_stream(stream):
        given, name = list(operands), str(operator)
        if name in ("Tj", "TJ"):
            yield _said(given[0], state)
        elif name == "Do":
            yield from _form(resources[Name.XObject][str(given[0])], state)
        else:
            _follow(name, given, resources, state)


def _form(form: Object, state: _State) -> Iterator[Words]:
    if Name.Form != form.Subtype:
        return
    own = tuple(map(float, form.Matrix)) if Name.Matrix in form else SAME
    inner = _State(_times(own, state.matrix), marks=list(state.marks))
    yield from _drawn(form, form.Resources, inner)


def _follow(name: str, given: list[Object], resources: Object, state: _State) -> None:
    match name:
        case "q":
            state.saved.append((state.matrix, state.font, state.size))
        case "Q":
            state.matrix, state.font, state.size = state.saved.pop()
        case "cm":
            state.matrix = _times(tuple(map(float, given)), state.matrix)
        case "BT":
            state.text = SAME
        case "Tm":
            state.text = tuple(map(float, given))
        case "Tf":
            state.font, state.size = resources[Name.Font][str(given[0])], float(given[1])
        case "BMC" | "BDC":
            state.marks.append((Name.Artifact == given[0], _mark(given)))
        case "EMC":
            state.marks.pop()


def _said(shown: Object, state: _State) -> Words:
    assert state.font is not None
    table = _unicode(bytes(state.font.ToUnicode.read_bytes()))
    pieces = [p for p in shown if isinstance(p, pikepdf.String)] if _is_array(shown) else [shown]
    codes = b"".join(bytes(piece) for piece in pieces)
    text = "".join(
        table.get(int.from_bytes(codes[at : at + 2], "big"), "\ufffd")
        for at in range(0, len(codes), 2)
    )
    a, b, c, d, _, _ = _times(state.text, state.matrix)
    size = state.size * abs(a * d - b * c) ** 0.5
    numbers = [number for _, number in state.marks if number is not None]
    return Words(text, size, any(is_off for is_off, _ in state.marks), *numbers[-1:])


def _mark(given: list[Object]) -> int | None:
    """The number by which the structure tree knows what follows."""
    known = len(given) > 1 and isinstance(given[1], Dictionary) and Name.MCID in given[1]
    return int(given[1].MCID) if known else None


def _is_array(shown: Object) -> bool:
    return isinstance(shown, Array)


def _times(one: Matrix | tuple[float, ...], other: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    p, q, r, s, t, u = other
    return (
        a * p + b * r,
        a * q + b * s,
        c * p + d * r,
        c * q + d * s,
        e * p + f * r + t,
        e * q + f * s + u,
    )


@lru_cache(maxsize=64)
def _unicode(cmap: bytes) -> dict[int, str]:
    """The characters of a font by their codes, from its table for readers."""
    text = cmap.decode("ascii")
    found: dict[int, str] = {}
    for block in _PAIRS.findall(text):
        shown = _HEX.findall(block)
        found |= {int(c, 16): _letters(u) for c, u in zip(shown[::2], shown[1::2], strict=True)}
    for block in _RANGES.findall(text):
        shown = _HEX.findall(block)
        for low, high, first in zip(shown[::3], shown[1::3], shown[2::3], strict=True):
            for step, code in enumerate(range(int(low, 16), int(high, 16) + 1)):
                found[code] = chr(ord(_letters(first)) + step)
    return found


def _letters(code: str) -> str:
    return bytes.fromhex("".join(code.split())).decode("utf-16-be")
