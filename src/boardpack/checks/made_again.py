"""A check that can be made again: the same comparison on other values of the same figures.

That is how the paper computes what its checks would notice (see `checks.noticed`). Whatever judges
one comparison bears `made_again` above it, and the check that it gives can then be asked again. A
rule without it counts as noticing nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from operator import getitem
from typing import Any, ParamSpec, TypeVar

from boardpack.checks.check import Check
from boardpack.checks.phrases import base
from boardpack.figures.figure import Figure
from boardpack.figures.register import Register

Told = ParamSpec("Told")
Made = TypeVar("Made", bound=Check | None)
Look = Callable[[Register, str], Figure]


def made_again(judge: Callable[Told, Made]) -> Callable[Told, Made]:
    """For a comparison of printed numbers as printed: each figure is looked up by its own id."""
    return _made(judge, getitem)


def made_again_as_agreed(judge: Callable[Told, Made]) -> Callable[Told, Made]:
    """For a comparison of figures as the paper shows them: each is agreed anew on other values.

    A printed total that no longer agrees with its parts is then not what the paper would show.
    """
    return _made(judge, _agreed)


def _agreed(register: Register, identity: str) -> Figure:
    return register.agreed(base(identity))


def _made(judge: Callable[Told, Made], look: Look) -> Callable[Told, Made]:
    @wraps(judge)
    def judged(*args: Told.args, **named: Told.kwargs) -> Made:
        check = judge(*args, **named)
        if check is None:
            return check

        def again(register: Register) -> Check | None:
            other: Any = [_on(one, register, look) for one in args]
            return judge(*other, **named)

        object.__setattr__(check, "again", again)  # it was made just now, and nobody has it yet
        return check

    return judged


def _on(told: Any, register: Register, look: Look) -> Any:
    """What a comparison was told, over other values: its figures, and what it looks figures up in.

    Parameters and rules stay as they are.
    """
    if isinstance(told, Figure):
        return look(register, told.id)
    if isinstance(told, list | tuple) and any(isinstance(one, Figure) for one in told):
        return type(told)(_on(one, register, look) for one in told)
    return told.on(register) if hasattr(told, "on") else told
