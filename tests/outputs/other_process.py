"""What runs in the process beside the tests: how it is called, and reading Typst back there."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import typst

Call = Callable[..., Any]


def value_of(expression: str) -> str:
    """The value of a Typst expression that is a string."""
    source = f"#metadata({expression}) <it>".encode()
    found: str = json.loads(typst.query(source, "<it>", field="value", one=True))
    return found
