"""A commentary form that came back: what was written, and the figures that its author saw.

Words are taken as text. Changes that nobody has accepted, pictures, and a form that has lost its
boxes are told, with what to do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from zipfile import BadZipFile

import docx
from docx.document import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from boardpack.core.errors import Fault, InputFaults
from boardpack.outputs.word.form import ANSWER, FIGURE_HEAD, IDENTITY

_ANSWER = re.compile(rf"^{ANSWER} .*\[([a-z0-9_]+)\]$")
_IDENTITY = re.compile(rf"{IDENTITY} (\d{{4}}-\d{{2}} M\d{{2}} [a-z0-9_]+)")
_UNTAKEN = {
    "w:ins": ("changes accepted or rejected", "Accept or reject the tracked changes, and save."),
    "w:del": ("changes accepted or rejected", "Accept or reject the tracked changes, and save."),
    "w:drawing": ("words", "Take the picture out: a form holds words only."),
    "w:object": ("words", "Take the object out: a form holds words only."),
}


@dataclass(frozen=True)
class Answers:
    """What a form says: which month and place it is for, words by chapter, values by figure id.

    `empty` are the chapters in whose box nothing stands.
    """

    identity: str
    words: dict[str, str]
    values: dict[str, Decimal]
    empty: tuple[str, ...] = ()


def read_form(path: Path) -> Answers:
    """The answers of a form; InputFaults says everything that cannot be taken over."""
    document = _opened(path)
    named = [(found[1], table) for table, found in _boxes(document)]
    boxes = dict(named)
    found_in = (_IDENTITY.search(paragraph.text) for paragraph in document.paragraphs)
    identity = next((found[1] for found in found_in if found), "")
    if not boxes or not identity:
        remedy = "Write a new form, and copy the words into it."
        raise InputFaults([Fault(path.name, "a commentary form with its boxes", remedy)])
    faults = [
        Fault(path.name, expected, remedy, column=f"box {name}")
        for name, table in boxes.items()
        for expected, remedy in _untaken(table)
    ]
    if len(named) > len(boxes):
        twice = sorted({name for name, _ in named if [n for n, _ in named].count(name) > 1})
        remedy = "Put the words into one box, and delete the other."
        faults += [Fault(path.name, "one box", remedy, column=f"box {name}") for name in twice]
    if faults:
        raise InputFaults(faults)
    words = {name: _markdown(table.cell(1, 0)) for name, table in boxes.items()}
    said = {name: text for name, text in words.items() if text}
    return Answers(identity, said, _values(document), tuple(n for n in words if n not in said))


def _opened(path: Path) -> Document:
    try:
        return docx.Document(str(path))
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError):
        fault = Fault(path.name, "a Word file (.docx)", "Save the form as .docx, and name it.")
    raise InputFaults([fault])


def _boxes(document: Document) -> Iterator[tuple[Table, re.Match[str]]]:
    for table in document.tables:
        found = _ANSWER.match(" ".join(table.cell(0, 0).text.split()))
        if found and len(table.rows) > 1:
            yield table, found


def _untaken(table: Table) -> list[tuple[str, str]]:
    cell = table.cell(1, 0)._tc
    found = (said for tag, said in _UNTAKEN.items() if next(cell.iter(qn(tag)), None) is not None)
    return list(dict.fromkeys(found))


def _markdown(cell: _Cell) -> str:
    """The words of a box: a paragraph each, list items with a dash, bold and italic marked."""
    lines = []
    for paragraph in cell.paragraphs:
        text = "".join(_runs(paragraph)).strip()
        if text:
            lines.append(f"- {text}" if _is_item(paragraph) else text)
    return "\n\n".join(lines)


def _is_item(paragraph: Paragraph) -> bool:
    style = paragraph.style.name if paragraph.style is not None else ""
    numbered = next(paragraph._p.iter(qn("w:numPr")), None) is not None
    return numbered or (style or "").startswith("List")


def _runs(paragraph: Paragraph) -> Iterator[str]:
    for run in paragraph.runs:
        text, mark = run.text, "**" if run.bold else "*" if run.italic else ""
        inner = text.strip()
        yield text.replace(inner, f"{mark}{inner}{mark}", 1) if inner else text


def _values(document: Document) -> dict[str, Decimal]:
    """The figures at the end of the form; a row that was altered beyond reading is left out."""
    found = {}
    for table in document.tables:
        if tuple(cell.text for cell in table.rows[0].cells) == FIGURE_HEAD:
            for row in table.rows[1:]:
                _, value, name = (cell.text.strip() for cell in row.cells)
                try:
                    found[name] = Decimal(value)
                except InvalidOperation:
                    continue
    return found
