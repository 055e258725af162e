"""Tagged numbers of a build, in its HTML, its PDF and its Word document, held against the register.

Each one must name a figure that exists, carry the figure's exact value, and print it correctly. The
bare amounts of one table must all be in the same unit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from html.parser import HTMLParser
from pathlib import Path

from boardpack.audit.second.printed_number import read_print, scales_of
from boardpack.audit.verification.finding import Finding, Step
from boardpack.outputs.pdf.tags import tagged_numbers
from boardpack.outputs.word.numbers import printed_numbers

Figures = Mapping[str, Mapping[str, object]]


@dataclass(frozen=True)
class Tagged:
    """A number as it stands in an output; `table` counts the tables of a page, None in prose.

    `value` is None where the output carries the print alone.
    """

    file: str
    figure: str
    text: str
    value: str | None
    table: int | None


class _Reader(HTMLParser):
    """Gathers the `data` elements of a page that name a figure, with all the text in them."""

    def __init__(self, file: str) -> None:
        super().__init__()
        self.found: list[Tagged] = []
        self._file = file
        self._tables = self._open = 0
        self._at: tuple[str, str | None] | None = None
        self._text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._tables += 1
            self._open += 1
        named = dict(attrs)
        if tag == "data" and "data-figure" in named:
            self._at, self._text = (named["data-figure"] or "", named.get("value")), []

    def handle_data(self, data: str) -> None:
        self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "table":
            self._open -= 1
        if tag == "data" and self._at is not None:
            figure, value = self._at
            table = self._tables if self._open else None
            text = " ".join("".join(self._text).split())
            self.found.append(Tagged(self._file, figure, text, value or "", table))
            self._at = None


def html_numbers(build: Path) -> list[Tagged]:
    """The tagged numbers of all pages of a build, in order."""
    found: list[Tagged] = []
    for path in sorted(build.rglob("*.html")):
        reader = _Reader(path.relative_to(build).as_posix())
        reader.feed(path.read_text(encoding="utf-8", errors="replace"))
        reader.close()
        found += reader.found
    return found


def pdf_numbers(build: Path) -> list[Tagged]:
    """The tagged numbers in the tables of the PDFs of a build."""
    return [
        Tagged(path.relative_to(build).as_posix(), figure, text, None, -1)
        for path in sorted(build.glob("*.pdf"))
        for figure, text in tagged_numbers(path)
    ]


def word_numbers(build: Path) -> list[Tagged]:
    """The tagged numbers of the Word documents of a build."""
    return [
        Tagged(path.relative_to(build).as_posix(), *number)
        for path in sorted(build.glob("*.docx"))
        for number in printed_numbers(path)
    ]


Numbers = Callable[[Path], list[Tagged]]


def check_tagged(name: str, numbers: Numbers, build: Path, figures: Figures) -> Step:
    """Every tagged number of one kind of output against the register."""
    try:
        found = numbers(build)
    except Exception as error:  # what reads a damaged file may fail in any way
        told = Finding(name, f"could not be read for its numbers: {type(error).__name__}.")
        return Step(name, 0, "tagged numbers", (told,))
    faults = [Finding(one.file, fault) for one in found if (fault := _fault(one, figures))]
    faults += _mixed(found, figures)
    return Step(name, len(found), "tagged numbers held to the register", tuple(faults))


def _fault(one: Tagged, figures: Figures) -> str | None:
    """What is wrong with a tagged number; None when nothing is."""
    figure = figures.get(one.figure)
    if figure is None:
        return f"{one.text!r} names the figure {one.figure}, which the register does not have."
    value = figure.get("value")
    if value is None:
        return None if "*" in one.text else f"{one.figure} is suppressed but prints {one.text!r}."
    if one.value == "":
        return f"{one.figure} prints {one.text!r} but carries no value."
    if one.value is not None and one.value != value:
        return f"{one.figure} carries the value {one.value}; the register says {value}."
    if one.text == figure.get("label") or _scales(one, figure):
        return None
    return f"{one.figure} prints {one.text!r}, which does not show {value}."


def _scales(one: Tagged, figure: Mapping[str, object]) -> frozenset[Decimal]:
    try:
        value = Decimal(str(figure.get("value")))
    except InvalidOperation:
        return frozenset()
    return scales_of(one.text, value, str(figure.get("unit")), one.table is not None)


def _mixed(found: Iterable[Tagged], figures: Figures) -> Iterator[Finding]:
    """Bare amounts that only fit a unit of a thousand more or less than their table's."""
    tables: dict[tuple[str, int], list[tuple[Tagged, frozenset[Decimal]]]] = {}
    for one in found:
        figure = figures.get(one.figure)
        if one.table is not None and one.table >= 0 and figure is not None and _bare(one, figure):
            listed = tables.setdefault((one.file, one.table), [])
            listed.append((one, _scales(one, figure)))
    for listed in tables.values():
        yield from _odd(listed)


def _bare(one: Tagged, figure: Mapping[str, object]) -> bool:
    """Whether it is an amount of money printed without its unit."""
    printed, money = read_print(one.text), str(figure.get("unit")).startswith("GBP")
    return printed is not None and printed.scale is None and money and "value" in figure


def _odd(listed: list[tuple[Tagged, frozenset[Decimal]]]) -> Iterator[Finding]:
    fits = {scale: sum(scale in scales for _, scales in listed) for scale in (1, 1000)}
    usual = max(fits, key=lambda scale: fits[scale])
    for one, scales in listed:
        if scales and usual not in scales:
            said = "thousands" if usual == 1000 else "pounds"
            yield Finding(
                one.file, f"{one.figure} prints {one.text!r} in a table of {said}, a unit slip."
            )
