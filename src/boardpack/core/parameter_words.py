"""What a parameter was expected to be, in plain words: the model's own messages never show.

Each kind of refusal has its words here; a test holds that no model of the project can refuse in a
way that has none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from boardpack.core.errors import nearest

DAY = "a day that there is, written as 2023-11-23"

_EXPECTED = {
    "string_type": "text",
    "bool_type": "true or false",
    "int_type": "a whole number, with no noughts before it",
    "is_instance_of": "a number such as 1.25, with no comma, unit or noughts before it",
    "date_type": DAY,
    "datetime_type": "a day and a time with its zone, written as 2023-10-31T12:00:00Z",
    "timezone_aware": "a day and a time with its zone, written as 2023-10-31T12:00:00Z",
    "list_type": "a list, written as [one, another]",
    "tuple_type": "a list, written as [one, another]",
    "dict_type": "a group: names with their values, a line each",
    "model_type": "a group: names with their values, a line each",
    "string_too_short": "text that is not empty",
    "float_type": "a number such as 1.25",
    "float_parsing": "a number such as 1.25",
    "missing": "this parameter",
    "extra_forbidden": "a known parameter",
}
"""What was expected, by the kind of refusal; bounds and choices are made from their values."""

_BOUNDS = {
    "greater_than": ("gt", "a number above {}"),
    "greater_than_equal": ("ge", "a number of at least {}"),
    "less_than": ("lt", "a number below {}"),
    "less_than_equal": ("le", "a number of at most {}"),
    "string_too_long": ("max_length", "text of at most {} characters"),
    "too_short": ("min_length", "at least {} entries"),
    "too_long": ("max_length", "at most {} entries"),
}


def expected_of(kind: str, told: Mapping[str, Any], message: str) -> str:
    """What was expected where a model refuses in a way; `told` are the values it refuses by.

    A refusal by a rule of our own (`value_error`) is in our words already. Another kind is a fault
    of the program: KeyError.

    >>> expected_of("value_error", {}, "Value error, red at 3 or more")
    'red at 3 or more'
    >>> expected_of("literal_error", {"expected": "'draft' or 'board'"}, "")
    'one of draft, board'
    """
    if kind == "value_error":
        said = message.removeprefix("Value error, ")
        return said[:1].lower() + said[1:]
    if kind == "literal_error":
        return f"one of {', '.join(choices(told))}"
    if kind in _BOUNDS:
        name, words = _BOUNDS[kind]
        return words.format(f"{told[name]:,}")
    return _EXPECTED[kind]


def remedy_of(kind: str, told: Mapping[str, Any], written: str | None, value: Any) -> str:
    """What to do about a refused value, as it is written in the file.

    >>> remedy_of("missing", {}, None, None)
    'Add it.'
    >>> remedy_of("literal_error", {"expected": "'draft' or 'board'"}, "drafft", "drafft")
    "Did you mean 'draft'?"
    """
    if kind == "missing":
        return "Add it."
    if kind == "literal_error" and written is not None:
        return nearest(written, choices(told))
    if kind == "string_type" and written and value is not None:
        return f'Write it in quotation marks: "{written}".'
    return "Correct the value."


def choices(told: Mapping[str, Any]) -> list[str]:
    """The words of which one was expected: they come as `'a', 'b' or 'c'`.

    >>> choices({"expected": "'draft', 'board' or 'released'"})
    ['draft', 'board', 'released']
    """
    return re.findall(r"'([^']*)'", told["expected"])
