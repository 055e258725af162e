"""Parameter files: YAML held to a model, every fault told by its file, place and remedy.

Unknown or misspelt keys are refused with the nearest known name.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import nullcontext
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar, get_args

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from boardpack.errors import Fault, nearest
from boardpack.inert import inert
from boardpack.seen import asked, unseen


class Strict(BaseModel):
    """A parameter group: frozen, and closed to keys it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True)


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
        held: Model = _held(text, model)
        return held
    except FileNotFoundError:
        faults.append(Fault(str(file), "this parameter file", absent))
    except UnicodeDecodeError:
        faults.append(Fault(str(file), "UTF-8 text", "Save the file as UTF-8."))
    except RecursionError:
        remedy = "Take out the brackets or dashes that stand within each other."
        faults.append(Fault(str(file), "YAML that is not hundreds of levels deep", remedy))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        row = mark.line + 1 if mark else None
        problem = getattr(error, "problem", None) or "it cannot be read"
        faults.append(Fault(str(file), "valid YAML", f"Mend it: {problem}.", row=row))
    except ValidationError as error:
        faults.extend(_validation_faults(str(file), error, model, yaml.safe_load(text)))
    return None


@lru_cache(maxsize=16)
def _held(text: str, model: type[Model]) -> Model:
    """The parameters that a text states; each chapter of a paper asks for the same ones."""
    return model.model_validate(yaml.safe_load(text) or {})


def _validation_faults(
    file: str, error: ValidationError, model: type[Strict], said: Any
) -> Iterable[Fault]:
    for item in error.errors(include_url=False):
        path = list(_as_written(item["loc"], said))
        column = ".".join(path)
        if item["type"] == "extra_forbidden":
            hint = nearest(path[-1], _known_keys(model, path[:-1]))
            yield Fault(file, "a known parameter", hint, column=column)
        elif item["type"] == "missing":
            yield Fault(file, "this parameter", "Add it.", column=column)
        else:
            value = _short(item.get("input"))
            told = item["msg"].removeprefix("Value error, ")
            told = told[:1].lower() + told[1:]
            yield Fault(file, told, "Correct the value.", column=column, value=value)


def _as_written(path: Iterable[int | str], said: Any) -> Iterable[str]:
    """The way to a value in the file: an entry that is alone has no number there."""
    for part in path:
        if isinstance(part, int) and not isinstance(said, list):
            continue
        yield str(part)
        is_there = isinstance(said, list) if isinstance(part, int) else isinstance(said, dict)
        said = said[part] if is_there and (isinstance(part, int) or part in said) else None


def _known_keys(model: type[BaseModel], path: list[str]) -> list[str]:
    for part in path:
        field = model.model_fields.get(part)
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
    text = str(value)
    return text if len(text) <= 40 else text[:37] + "..."
