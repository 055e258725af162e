"""A parameter file is read as it is seen, and what breaks its form is told in our words."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from boardpack.core.errors import Fault
from boardpack.core.parameter_text import ParameterText, read_parameter_text

FILE = "params/x.yml"


def _read(text: str) -> tuple[ParameterText | None, list[Fault]]:
    faults: list[Fault] = []
    return read_parameter_text(text, FILE, faults), faults


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("10", 10),
        ("0", 0),
        ("-3", -3),
        ("1.10", Decimal("1.10")),
        ("0.1", Decimal("0.1")),
        ("true", True),
        ("False", False),
        ("~", None),
        ("", None),
        ("2023-11-23", dt.date(2023, 11, 23)),
        ("2023-10-31T12:00:00Z", dt.datetime(2023, 10, 31, 12, tzinfo=dt.UTC)),
        # what YAML would guess at is text
        ("010", "010"),
        ("00", "00"),
        ("0x1F", "0x1F"),
        ("0o17", "0o17"),
        ("1_000", "1_000"),
        ("1e3", "1e3"),
        ("1.", "1."),
        (".5", ".5"),
        (".inf", ".inf"),
        (".nan", ".nan"),
        ("1:30", "1:30"),
        ("06.01", "06.01"),
        ("yes", "yes"),
        ("No", "No"),
        ("on", "on"),
        ("off", "off"),
        ("2023-02-30", "2023-02-30"),
        ("2023-1-5", "2023-1-5"),
        ("20231123", 20231123),
        ("'10'", "10"),
        ('"true"', "true"),
        ("'2023-11-23'", "2023-11-23"),
    ],
)
def test_a_value_is_what_it_looks_like(written: str, value: Any) -> None:
    read, faults = _read(f"a: {written}\n")
    assert faults == []
    assert read is not None
    assert read.value == {"a": value}
    assert type(read.value["a"]) is type(value)


def test_keys_are_text_as_written() -> None:
    read, faults = _read("on: 1\n2024: 2\n010: 3\n")
    assert faults == []
    assert read is not None
    assert read.value == {"on": 1, "2024": 2, "010": 3}


@pytest.mark.parametrize("text", ["", "# nothing but a remark\n"])
def test_a_file_of_nothing_states_nothing(text: str) -> None:
    read, faults = _read(text)
    assert (read and read.value, faults) == ({}, [])


def test_each_value_knows_its_line() -> None:
    read, _ = _read("a: 1\nb:\n  c: 2\n  d:\n    - 3\n    - e: 4\n")
    assert read is not None
    lines = {
        path: read.line(path) for path in (("a",), ("b", "c"), ("b", "d", 0), ("b", "d", 1, "e"))
    }
    assert list(lines.values()) == [1, 3, 5, 6]
    assert read.line(("b", "missing")) == 2, "what is not there would stand in its group"
    assert read.line(("missing",)) == 1


def test_every_key_that_stands_twice_is_told_with_both_lines() -> None:
    read, faults = _read("a: 1\nb: {c: 1, c: 2}\na: 3\na: 4\n")
    assert [(f.row, f.column, f.expected) for f in faults] == [
        (2, "b.c", "each parameter once; it stands in row 2 too"),
        (3, "a", "each parameter once; it stands in row 1 too"),
        (4, "a", "each parameter once; it stands in row 1 too"),
    ]
    assert read is not None
    assert read.value["a"] == 1


@pytest.mark.parametrize(
    ("text", "row", "expected"),
    [
        ("a: b: c", 1, "one name and one colon in a line"),
        ("a: 1\n  b: 2\n", 2, "one name and one colon in a line"),
        ("a: [1", 1, "a bracket that is closed"),
        ("a: {b: 1", 1, "a bracket that is closed"),
        ("a: [1]]", 1, "no more brackets closed than opened"),
        ("a: }", 1, "no more brackets closed than opened"),
        ("a: [1 2, {x]", 1, "a comma, or the bracket's end"),
        ("b: 1\na: 'x", 2, "a quotation mark that is closed"),
        ("a:\n\tb: 1", 2, "spaces at the beginning of a line"),
        ("a: 1\nb", 2, "a name, a colon and a value"),
        ("- a\nb: 1", 2, "a line that begins where its neighbours do"),
        ("a:\n  - b\n c: 1", 3, "a line that begins where its neighbours do"),
        ("a: @x", 1, "text that begins with @, % or ` in quotation marks"),
        ("a: *x", 1, "text that begins with * in quotation marks"),
        ("a: >x", 1, "text that begins with > or | in quotation marks"),
        ('a: "C:\\data"', 1, "no backslash in double quotation marks"),
        ("a: 1\n---\nb: 1", 2, "one list of parameters"),
        ("a: 1\nb: \x00", 2, "plain text"),
        ("%YAML 9\n---\na: 1", 1, "lines of the form 'name: value'"),
        ("a: " + "[" * 2000 + "]" * 2000, None, "parameters within parameters a few levels deep"),
    ],
)
def test_what_breaks_the_form_is_told_in_our_words(text: str, row: int, expected: str) -> None:
    read, (fault,) = _read(text)
    assert read is None
    assert (fault.file, fault.row, fault.expected) == (FILE, row, expected)


@pytest.mark.parametrize(
    ("text", "column", "expected"),
    [
        ("a: &x {b: 1}\nc: *x\n", "c", "each value written out where it belongs, without & and *"),
        ("a: &x [*x]\n", "a.0", "each value written out where it belongs, without & and *"),
        ("a: !!python/name:os.system x\n", "a", "a value without a !tag"),
        ("a: !money 3\n", "a", "a value without a !tag"),
        ("? [1, 2]\n: 3\n", None, "a name before the colon"),
    ],
)
def test_what_yaml_can_and_parameters_need_not_is_refused(
    text: str, column: str | None, expected: str
) -> None:
    _, (fault,) = _read(text)
    assert (fault.column, fault.expected) == (column, expected)
