"""Words with numbers: a template in which a frame's element is printed by the house's wording.

`{{ variance | overspend }}` chooses the word from the sign; `{variance:,.0f}` prints as Python
formats. Either way the number stays marked with its figure, so that every output links it and the
checks of prose hold the words to it.
"""

from __future__ import annotations

import string
from collections.abc import Callable, Mapping
from typing import Any

import jinja2

from boardpack.core.errors import BuildFault
from boardpack.document.blocks import Narrative, mark
from boardpack.document.numbers import default_style
from boardpack.document.wording import Name, Unsupplied, Wording
from boardpack.figures.figure import Figure
from boardpack.figures.register import UnknownFigure
from boardpack.notebook.cells import Said, is_figure, is_missing, words_of
from boardpack.notebook.named_figures import Made, Spot

Element = Any


def say(template: str, wording: Wording, made: Made, names: Mapping[str, Any]) -> Said:
    """The template filled in; BuildFault where it names what it was not given.

    With `{{`, `{%` or `{#` it is a template of Jinja, with the filters and tests of the chapters
    and `f` for the register's figures; else it is one of Python's `str.format`.
    """
    if any(sign in template for sign in ("{{", "{%", "{#")):
        return Said(_jinja(template, wording, made, names))
    return Said(_Formatter(made).vformat(template, (), names))


def said_block(text: Said, made: Made) -> Narrative:
    """The words as a block of the chapter."""
    return Narrative(made.block_id("said"), str(text))


def _jinja(template: str, wording: Wording, made: Made, names: Mapping[str, Any]) -> str:
    found = jinja2.Environment(undefined=jinja2.StrictUndefined, autoescape=False)
    found.filters.update({k: _of_element(v, made) for k, v in wording.filters().items()})
    found.tests.update({k: _of_element(v, made) for k, v in wording.tests().items()})
    told = {
        name: _Printed(value, made, name) if is_figure(value) else value
        for name, value in names.items()
    }
    try:
        return found.from_string(template).render(f=Name(), **told).strip()
    except jinja2.TemplateError as error:
        raise BuildFault(f"paper.say({template[:60]!r}): {error.args[0]}.") from None
    except (UnknownFigure, Unsupplied) as error:
        raise BuildFault(f"paper.say({template[:60]!r}): {error.args[0]}") from None


class _Printed:
    """An element that a template names: its figure to a filter, by itself in the house style."""

    def __init__(self, element: Element, made: Made, name: str) -> None:
        self.element, self.figure = element, _figure(element, made, name)

    def __str__(self) -> str:
        return mark(self.figure.id, default_style(self.figure)(self.figure).text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.element, name)


def _of_element(filtered: Callable[..., Any], made: Made) -> Callable[..., Any]:
    """A filter or test of the house that takes a frame's element too."""

    def taken(value: Any, *more: Any) -> Any:
        return filtered(*(_known(one, made) for one in (value, *more)))

    return taken


def _known(value: Any, made: Made) -> Any:
    if isinstance(value, _Printed):
        return value.figure
    if is_figure(value):
        return _figure(value, made, "said")
    if is_missing(value):
        raise BuildFault("paper.say: a number that it prints is missing. Test for it first.")
    return value


def _figure(element: Element, made: Made, name: str) -> Figure:
    return made.figure(element, Spot("said", name, "In a sentence"))


class _Formatter(string.Formatter):
    """`str.format` that marks each element with its figure."""

    def __init__(self, made: Made) -> None:
        self.made = made

    def get_field(self, field_name: str, args: Any, kwargs: Any) -> Any:
        try:
            found, first = super().get_field(field_name, args, kwargs)
        except (KeyError, IndexError, AttributeError):
            raise BuildFault(f"paper.say: nothing is given for {{{field_name}}}.") from None
        return (_Printed(found, self.made, field_name) if is_figure(found) else found), first

    def format_field(self, value: Any, format_spec: str) -> str:
        if is_missing(value):
            raise BuildFault("paper.say: a number that it prints is missing. Test for it first.")
        if not isinstance(value, _Printed):
            is_words = isinstance(value, str) and not format_spec
            return words_of(value) if is_words else str(super().format_field(value, format_spec))
        if not format_spec:
            return str(value)
        return mark(value.figure.id, format(value.element, format_spec))

    def convert_field(self, value: Any, conversion: Any) -> Any:
        return value if conversion in (None, "s") else super().convert_field(value, conversion)
