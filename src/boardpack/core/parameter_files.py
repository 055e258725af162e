"""Parameter files: YAML held to a model, every fault told by its file, line, place and remedy.

A value is of its own kind and in its range; unknown or misspelt keys are refused with the nearest
known name. The words are ours, whichever library found the fault.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from contextlib import nullcontext, suppress
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, TypeVar, get_args

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
)

from boardpack.core.errors import Fault, nearest
from boardpack.core.inert import inert
from boardpack.core.parameter_text import ParameterText, read_parameter_text
from boardpack.core.parameter_words import expected_of, remedy_of
from boardpack.core.seen import asked, unseen


class Strict(BaseModel):
    """A parameter group: frozen, closed to keys it does not know, each value of its own kind.

    No text is taken for a number, no number for a day or a truth, no day for text.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


def _exact(said: Any) -> Any:
    return Decimal(said) if isinstance(said, int) and not isinstance(said, bool) else said


def _day(said: Any) -> Any:
    """A day in quotation marks is that day: nothing else can be meant."""
    with suppress(ValueError):
        return dt.date.fromisoformat(said) if isinstance(said, str) else said
    return said


def _moment(said: Any) -> Any:
    said = _day(said)
    if isinstance(said, dt.date) and not isinstance(said, dt.datetime):
        return dt.datetime(said.year, said.month, said.day, 12, tzinfo=dt.UTC)
    return said


_PART = re.compile(r"[a-z][a-z0-9_]*")


def part_of_an_id(said: str) -> str:
    """A name that can be a part of figure ids; ValueError otherwise.

    >>> part_of_an_id("north_place")
    'north_place'
    >>> part_of_an_id("North Place")
    Traceback (most recent call last):
        ...
    ValueError: a name of small letters, digits and underscores, which begins by a letter
    """
    if not _PART.fullmatch(said):
        raise ValueError(
            "a name of small letters, digits and underscores, which begins by a letter"
        )
    return said


def _filled(said: str) -> str:
    if not said.strip():
        raise ValueError("text that is not empty")
    return said


Number = Annotated[Decimal, BeforeValidator(_exact)]
"""A number, exact: whole or with a point, never a float."""
Amount = Annotated[Number, Field(gt=0, le=1_000_000_000)]
"""An amount in pounds."""
Percent = Annotated[Number, Field(ge=0, le=100)]
"""A share in per cent: 5 is five in a hundred."""
Day = Annotated[dt.date, BeforeValidator(_day)]
"""A day of the calendar, `2023-11-23`."""
Moment = Annotated[AwareDatetime, BeforeValidator(_moment)]
"""A day and a time with its zone, the same wherever it is read; a day alone is its noon."""
Slug = Annotated[str, AfterValidator(part_of_an_id)]
"""A name that is part of figure ids."""
Change = Annotated[Number, Field(ge=-100, le=100)]
"""A change in per cent: 2 is two per cent more."""
Words = Annotated[str, AfterValidator(_filled)]
"""Text that says something."""


class Told(Strict):
    """A parameter file; whoever asks for one of its parameters is noted to have (see `seen`)."""

    def __getattribute__(self, name: str) -> Any:
        """The parameter of a name."""
        value = super().__getattribute__(name)
        if name in _FIELDS.get(type(self), ()):
            asked(type(self).__name__, name, value)
        return value

    @classmethod
    def __pydantic_init_subclass__(cls, **told: Any) -> None:
        """Know the parameters by name: asking pydantic for them would ask for a parameter."""
        super().__pydantic_init_subclass__(**told)
        _FIELDS[cls] = frozenset(cls.model_fields)


_FIELDS: dict[type, frozenset[str]] = {}
"""The parameters of each file, by its model."""

Model = TypeVar("Model", bound=Strict)


def load_parameters(
    home: Path,
    file: Path,
    model: type[Model],
    faults: list[Fault],
    absent: str = "Write it, or restore it.",
) -> Model | None:
    """A parameter file held to its model; None where it is wrong, which `faults` then tells.

    `absent` says what to do where there is no such file.
    """
    try:
        with unseen() if issubclass(model, Told) else nullcontext():
            text = inert((home / file).read_text(encoding="utf-8"))
    except FileNotFoundError:
        faults.append(Fault(str(file), "this parameter file", absent))
        return None
    except UnicodeDecodeError:
        faults.append(Fault(str(file), "UTF-8 text", "Save the file as UTF-8."))
        return None
    held, found = held_text(text, file.as_posix(), model)
    faults.extend(found)
    return held


@lru_cache(maxsize=64)
def held_text(text: str, file: str, model: type[Model]) -> tuple[Model | None, tuple[Fault, ...]]:
    """The parameters that a text states, and what is wrong in it; each chapter asks for them.

    >>> from boardpack.core.report import Rag
    >>> held_text("{amber: 1, red: 2.5}", "report.yml", Rag)[0].red
    Decimal('2.5')
    >>> _, (fault,) = held_text("{amber: 1}", "report.yml", Rag)
    >>> print(fault)
    report.yml, row 1, column red: expected this parameter. Add it.
    """
    faults: list[Fault] = []
    read = read_parameter_text(text, file, faults)
    if read is None:
        return None, tuple(faults)
    held = None
    try:
        held = model.model_validate(read.value)
    except ValidationError as error:
        faults += _refused(file, error, model, read)
    told = {fault.column for fault in faults}
    faults += (one for one in _empty(file, read) if not told.intersection(_ways(one.column)))
    return (None if faults else held), tuple(faults)


def row_of(home: Path, file: Path, *path: str) -> int | None:
    """The line in which a parameter stands, for a fault that is found once the file is read."""
    with unseen():
        text = (home / file).read_text(encoding="utf-8")
    read = read_parameter_text(text, str(file), [])
    return read.line(path) if read else None


def _empty(file: str, read: ParameterText) -> Iterator[Fault]:
    """Each name without a value: what is not given is left out, so that no value is forgotten."""
    for path, written in read.written.items():
        if path and _at(read.value, path) is None:
            expected, remedy = "a value", "Write it, or take the parameter out."
            column, value = ".".join(map(str, path)), written or None
            yield Fault(file, expected, remedy, read.line(path), column, value)


def _at(said: Any, path: Iterable[int | str]) -> Any:
    for part in path:
        said = said[part]
    return said


def _ways(column: str | None) -> Iterator[str]:
    """A place in a file, and each group that it stands in."""
    parts = (column or "").split(".")
    return (".".join(parts[:count]) for count in range(1, len(parts) + 1))


def _refused(
    file: str, error: ValidationError, model: type[Strict], read: ParameterText
) -> Iterator[Fault]:
    for item in error.errors(include_url=False):
        kind, told = item["type"], item.get("ctx", {})
        path = tuple(_as_written(item["loc"], read.value))
        column, row, written = ".".join(map(str, path)), read.line(path), read.written.get(path)
        if item["loc"][-1:] == ("[key]",):
            written = str(path[-1])
        if kind == "extra_forbidden":
            remedy, written = _unknown(str(path[-1]), _known_keys(model, path[:-1])), None
        elif kind == "missing":
            remedy, written = remedy_of(kind, told, None, None), None
        else:
            remedy = remedy_of(kind, told, written, item.get("input"))
            written = _short(written if written is not None else item.get("input"))
        expected = expected_of(kind, told, item["msg"])
        yield Fault(file, expected, remedy, row, column or None, written)


def _unknown(key: str, known: list[str]) -> str:
    """A key that nobody knows; digits are what a comma within a number leaves: `100,000`."""
    return "Write a number without commas: 100000." if key.isdigit() else nearest(key, known)


def _as_written(path: Iterable[int | str], said: Any) -> Iterator[int | str]:
    """The way to a value in the file: what stands alone has no number there, and no group."""
    for part in path:
        if not isinstance(said, dict | list):
            return
        if isinstance(part, int) and not isinstance(said, list):
            continue
        if part == "[key]":
            continue
        yield part
        if isinstance(said, list):
            said = said[part] if isinstance(part, int) else None
        else:
            said = said.get(part)


def _known_keys(model: type[BaseModel], path: Iterable[int | str]) -> list[str]:
    for part in path:
        field = model.model_fields.get(str(part))
        for kind in _kinds(field.annotation if field else None):
            if isinstance(kind, type) and issubclass(kind, BaseModel):
                model = kind
    return [field.alias or name for name, field in model.model_fields.items()]


def _kinds(annotation: Any) -> Iterable[Any]:
    """An annotation and all that stands in it."""
    yield annotation
    for inner in get_args(annotation):
        yield from _kinds(inner)


def _short(value: Any) -> str:
    if isinstance(value, list | tuple):
        return "a list"
    if isinstance(value, dict):
        return "a group"
    text = "nothing" if value is None else str(value)
    return text if len(text) <= 40 else text[:37] + "..."


def placed(home: Path, file: Path, faults: Iterable[Fault]) -> list[Fault]:
    """Faults with the lines in which their parameters stand."""
    return [replace(one, row=row_of(home, file, *(one.column or "").split("."))) for one in faults]
