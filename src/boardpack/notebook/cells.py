"""One element of a frame as a cell of a table: a figure, an untraced number, or words."""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Hashable
from decimal import Decimal
from numbers import Number as AnyNumber
from typing import Any, TypeGuard

import numpy as np
import pandas as pd

from boardpack.core.money import digits, plain, signed_brackets
from boardpack.document.blocks import Cell, Number, RowKind, untraced
from boardpack.document.numbers import default_style, is_adverse, pounds
from boardpack.document.plain_outputs import CannotCarry
from boardpack.document.wording import cell_text
from boardpack.figures.figure import Figure
from boardpack.figures.frames import Traced
from boardpack.figures.labels import capital, measure_label, slug
from boardpack.notebook.named_figures import Made, Spot

BELOW_NIL = ("(", "-", "−")
FEW_POUNDS = 100_000
"""Amounts of a table that are all smaller than this are shown in pounds, larger ones in £000s."""
_TOTALS = {"total": "total", "grand_total": "total", "totals": "total", "all": "total"}
_SUBTOTALS = ("subtotal", "sub_total")
_TAG = re.compile(r"<[^>]+>")
_KEPT_TAGS = re.compile(r"</?(?:b|i|em|strong|br|p|span|sup|sub|div)\b[^>]*>", re.IGNORECASE)


class Said(str):
    """Words with markers: they were said by `paper.say`, so their marks are kept where they go."""

    __slots__ = ()


def is_missing(value: Any) -> bool:
    """Whether there is nothing in a cell of a frame.

    >>> is_missing(None), is_missing(float("nan")), is_missing(0), is_missing("")
    (True, True, False, False)
    """
    return value is None or (pd.api.types.is_scalar(value) and bool(pd.isna(value)))


def exact(value: Any, where: str) -> str:
    """A number that is no figure as plain digits; CannotCarry for one without end.

    >>> exact(0.1, "row 1"), exact(Decimal("1E+3"), "row 1")
    ('0.1', '1000')
    """
    number = Decimal(str(value))
    if not number.is_finite():
        raise CannotCarry(f"{where}, which is {value},", "look for a division by nil")
    return plain(number)


def is_figure(value: Any) -> TypeGuard[Traced]:
    """Whether a figure stands behind a value; behind a number that was typed into a column none.

    >>> from boardpack.figures.frames.traced import constant
    >>> is_figure(constant(Decimal(5))), is_figure(5)
    (False, False)
    """
    return isinstance(value, Traced) and value.is_traced


def is_number(value: Any) -> bool:
    """Whether a value is a number that is no figure; a truth is none.

    >>> is_number(5), is_number("5"), is_number(True)
    (True, False, False)
    """
    if isinstance(value, bool) or is_missing(value):
        return False
    return isinstance(value, AnyNumber | Decimal) and not is_figure(value)


def house_cell(made: Made, value: Any, spot: Spot, whole: bool) -> Cell:
    """A cell in the house style: thousands, or `whole` pounds, an adverse variance in brackets."""
    if is_missing(value):
        return ""
    if is_figure(value):
        figure = made.figure(value, spot)
        is_money = figure.unit == "GBP" and whole
        return pounds(figure) if is_money else default_style(figure)(figure)
    if is_number(value):
        number = exact(value, str(spot))
        size = digits(Decimal(number), places=2).removesuffix(".00")
        text = signed_brackets(Decimal(number) < 0, size)
        return untraced(text, number, words_for(text))
    return words_of(value)


def shown_cell(made: Made, value: Any, text: str, spot: Spot) -> Cell:
    """A cell whose text somebody has formatted; the number behind it is the frame's element.

    One that nobody has formatted is in the house style, in whole pounds.
    """
    if text == str(value):
        return house_cell(made, value, spot, True)
    if is_figure(value):
        figure = made.figure(value, spot)
        words = words_for(text)
        return Number(text, figure.id, plain(figure.value), words, is_adverse(figure))
    if is_number(value):
        return untraced(text, exact(value, str(spot)), words_for(text))
    return cell_text(text)


def words_for(text: str) -> str | None:
    """The text alternative of a number below nil.

    >>> words_for("(50)"), words_for("50")
    ('minus 50', None)
    """
    return f"minus {text.strip('()-−')}" if text.startswith(BELOW_NIL) else None


def words_of(value: Any) -> str:
    """What is no number, as a cell says it; what was said with marks keeps them.

    >>> words_of(True), words_of(dt.datetime(2024, 3, 31)), words_of("Acute   services")
    ('yes', '2024-03-31', 'Acute services')
    """
    if isinstance(value, Said):
        return str(value)
    if isinstance(value, bool | np.bool_):
        return "yes" if value else "no"
    if isinstance(value, pd.Timestamp | dt.datetime):
        midnight = (value.hour, value.minute, value.second) == (0, 0, 0)
        return value.date().isoformat() if midnight else value.isoformat(" ")
    return cell_text(str(value))


def words_of_html(text: str, what: str) -> str:
    """Formatted text without its tags; CannotCarry where a picture or a link is among them.

    >>> words_of_html("Acute<br>services &amp; more", "row 1")
    'Acute services & more'
    """
    if left := _TAG.search(_KEPT_TAGS.sub("", text)):
        raise CannotCarry(f"{left[0][:40]} in {what}", "write words or a number there")
    bare = re.sub(r"<br\b[^>]*>|</p>\s*<p>", " ", text)
    return cell_text(html.unescape(_TAG.sub("", bare)))


def label_of(name: Hashable, made: Made, figures: tuple[Figure, ...] = ()) -> str:
    """A row's or column's name in print: a slug as the words that it stands for.

    `figures` are those of the row; they know how their line is printed.
    """
    if isinstance(name, tuple):
        return ", ".join(label_of(part, made, figures) for part in name if part != "")
    text = words_of(name)
    if text != slug(text) or not any(map(str.isalpha, text)):
        return text
    for figure in figures:
        end = f", {measure_label(figure.measure)}"
        label = figure.label.removesuffix(", as printed")
        if figure.line == text and label.endswith(end):
            return label.removesuffix(end)
    places = {**made.paper.report.places, "icb": made.paper.report.place_name("icb")}
    return places.get(text) or capital(measure_label(text))


def key_of(name: Hashable) -> str:
    """A row's or column's name as its figures are named by it.

    >>> key_of("Acute Services"), key_of(2023)
    ('Acute Services', '2023')
    """
    return "_".join(map(str, name)) if isinstance(name, tuple) else str(name)


def kind_of(label: str) -> RowKind:
    """Whether a row is a line, a subtotal or a total, by its label.

    >>> kind_of("Acute"), kind_of("Subtotal"), kind_of("Total position")
    ('line', 'subtotal', 'total')
    """
    plain_label = slug(label)
    if plain_label.startswith(_SUBTOTALS):
        return "subtotal"
    is_total = plain_label in _TOTALS or plain_label.startswith("total_")
    return "total" if is_total else "line"
