"""The text of a parameter file, read as it is seen: YAML without YAML's guesses.

`010` is text and not eight, `yes` and `on` are words, a number with a point is a `Decimal` and no
float, and each key stands once. What is wrong is told with its line, in our words: all of it at
once, but for a text whose form breaks, where nothing after the break can be read.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import yaml

from boardpack.core.errors import Fault

Path = tuple[str | int, ...]
"""The way to a value: keys, and the numbers of entries of lists."""


@dataclass(frozen=True)
class ParameterText:
    """What a file says: its values, and by the way to each its line and how it is written there."""

    value: Any
    lines: Mapping[Path, int]
    written: Mapping[Path, str]

    def line(self, path: Path) -> int | None:
        """The line of a value, or of the nearest that it stands in; None for the whole file."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path)


class _AsSeen(yaml.SafeLoader):
    """A loader that takes every plain word as it is written; `_plain` says what it means."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012


def read_parameter_text(text: str, file: str, faults: list[Fault]) -> ParameterText | None:
    """What a text says; `faults` tells what is wrong. None where the form itself breaks.

    >>> faults: list[Fault] = []
    >>> read_parameter_text("{code: 010, share: 2.5, is_open: yes}", "report.yml", faults).value
    {'code': '010', 'share': Decimal('2.5'), 'is_open': 'yes'}
    >>> read_parameter_text("{code: 1, code: 2}", "report.yml", faults).value
    {'code': 1}
    >>> print(faults[0])
    report.yml, row 1, column code: expected each parameter once; it stands in row 1 too. Keep the
    one that holds, and take out the other.
    """
    try:
        root = yaml.compose(text, Loader=_AsSeen)
    except yaml.YAMLError as error:
        faults.append(_broken(text, file, error))
        return None
    except RecursionError:
        remedy = "Take the brackets out that nobody needs."
        faults.append(Fault(file, "parameters within parameters a few levels deep", remedy))
        return None
    if root is None:
        return ParameterText({}, {}, {})
    reading = _Reading(file, faults)
    return ParameterText(reading.value(root, ()), reading.lines, reading.written)


@dataclass
class _Reading:
    """One walk through a text; `seen` are its nodes, so that none is read by a reference."""

    file: str
    faults: list[Fault]
    lines: dict[Path, int] = field(default_factory=dict)
    written: dict[Path, str] = field(default_factory=dict)
    seen: set[int] = field(default_factory=set)

    def value(self, node: yaml.Node, path: Path) -> Any:
        row = node.start_mark.line + 1
        self.lines.setdefault(path, row)
        if id(node) in self.seen:
            expected = "each value written out where it belongs, without & and *"
            self._fault(path, row, expected, "Write the value here again.")
            return None
        self.seen.add(id(node))
        if node.tag not in _TAGS:
            self._fault(path, row, "a value without a !tag", "Take the tag out.", node.tag)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(one, (*path, number)) for number, one in enumerate(node.value)]
        said: str = node.value
        self.written[path] = said
        is_plain = isinstance(node, yaml.ScalarNode) and node.style is None
        return _plain(said) if is_plain else said

    def _mapping(self, node: yaml.MappingNode, path: Path) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, inner in node.value:
            row = key.start_mark.line + 1
            if not isinstance(key, yaml.ScalarNode):
                self._fault(path, row, "a name before the colon", "Write a word as the name.")
                continue
            below = (*path, key.value)
            if key.value in found:
                expected = f"each parameter once; it stands in row {self.lines[below]} too"
                self._fault(
                    below, row, expected, "Keep the one that holds, and take out the other."
                )
                continue
            self.lines[below] = row
            found[key.value] = self.value(inner, below)
        return found

    def _fault(
        self, path: Path, row: int, expected: str, remedy: str, value: str | None = None
    ) -> None:
        column = ".".join(map(str, path)) or None
        self.faults.append(Fault(self.file, expected, remedy, row, column, value))


_TAGS = {f"tag:yaml.org,2002:{kind}" for kind in ("str", "seq", "map")}
"""What stands without a tag bears one of these."""
_WORDS = {
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
}
_WHOLE = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"[-+]?(0|[1-9][0-9]*)\.[0-9]+")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME = re.compile(
    rf"{_DAY.pattern}[T ][0-9]{{2}}:[0-9]{{2}}(:[0-9]{{2}})?(Z|[-+][0-9]{{2}}:[0-9]{{2}})?"
)


def _plain(text: str) -> Any:
    """What a word without quotation marks means: a number, a day, true, false, nothing, or text."""
    if text in _WORDS:
        return _WORDS[text]
    if _WHOLE.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text):
        return Decimal(text)
    try:
        if _DAY.fullmatch(text):
            return dt.date.fromisoformat(text)
        if _TIME.fullmatch(text):
            return dt.datetime.fromisoformat(text)
    except ValueError:  # the 31st of June: whoever wants a day says so
        return text
    return text


_BREAKS = {
    r"'\t'": ("spaces at the beginning of a line", "Replace the tab by spaces."),
    "mapping values": (
        "one name and one colon in a line",
        "Put text that holds a colon in quotation marks, or set the line as far in as its group.",
    ),
    "unexpected end of stream": (
        "a quotation mark that is closed",
        "Close the quotation mark that this text begins with.",
    ),
    "<stream end>": ("a bracket that is closed", "Close the bracket that was opened with } or ]."),
    "found ']'": ("no more brackets closed than opened", "Take the bracket out, or open it."),
    "found '}'": ("no more brackets closed than opened", "Take the bracket out, or open it."),
    "expected ',' or": ("a comma, or the bracket's end", "Add the comma, or close the bracket."),
    "find expected ':'": (
        "a name, a colon and a value",
        "Add the colon, or set the line further in if it goes on from the line above.",
    ),
    "<block end>": (
        "a line that begins where its neighbours do",
        "Set it as far in as the lines of its group; in a list each entry begins with a hyphen.",
    ),
    "special characters": ("plain text", "Take out the character that cannot be printed."),
    "another document": ("one list of parameters", "Take the line --- out."),
    "undefined alias": ("text that begins with * in quotation marks", "Add them."),
    "start any token": ("text that begins with @, % or ` in quotation marks", "Add them."),
    "chomping": ("text that begins with > or | in quotation marks", "Add them."),
    "escape character": (
        "no backslash in double quotation marks",
        "Put the text in single quotation marks.",
    ),
}
"""What breaks a text, by a part of what the parser says: what was expected, and what to do."""


def _broken(text: str, file: str, error: yaml.YAMLError) -> Fault:
    """Where the form of a text breaks, in our words: the parser's are for programmers."""
    mark = getattr(error, "problem_mark", None)
    row = mark.line + 1 if mark else text.count("\n", 0, getattr(error, "position", 0)) + 1
    said = f"{getattr(error, 'problem', '')} {getattr(error, 'reason', '')}"
    for part, (expected, remedy) in _BREAKS.items():
        if part in said:
            return Fault(file, expected, remedy, row)
    remedy = "Look for a bracket, a colon or a quotation mark too few, here or in the line above."
    return Fault(file, "lines of the form 'name: value'", remedy, row)
