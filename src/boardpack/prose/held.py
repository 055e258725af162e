"""The claims that a render found in the notebooks themselves, read back from where it noted them.

They stand in the executed notebooks of a build, each with its cell. Whoever counts or accepts them,
or refuses a release for them, has them from here, beside those of the team's commentary.
"""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

from boardpack.prose.claim import Claim

CLAIMS = "claims"
"""Where the metadata of a cell has what was found of it: `{"boardpack": {"claims": [...]}}`."""
_END = ".ipynb"


def notebook_key(name: str) -> str:
    """What stands for a notebook where the commentary of a chapter has the chapter's name."""
    return f"notebooks/{name}{_END}"


def is_notebook(key: str) -> bool:
    """Whether claims are of a notebook's own words, and not of the team's commentary."""
    return key.endswith(_END)


def held_claims(notebooks: Path) -> dict[str, list[Claim]]:
    """The claims of executed notebooks by their key; a notebook without any is left out."""
    found: dict[str, list[Claim]] = {}
    for path in sorted(notebooks.glob(f"*{_END}")):
        text = path.read_text(encoding="utf-8")
        if f'"{CLAIMS}"' not in text:
            continue
        cells = json.loads(text)["cells"]
        told = [
            claim_from_json(item)
            for cell in cells
            for item in cell["metadata"].get("boardpack", {}).get(CLAIMS, ())
        ]
        if told:
            found[notebook_key(path.stem)] = told
    return found


def claim_from_json(data: dict[str, Any]) -> Claim:
    """The claim that a render noted."""
    value = data["value"]
    exact = None if value is None else Decimal(value)
    known = {**data, "value": exact, "figures": tuple(data["figures"])}
    return Claim(**known)


def where(chapter: str, line: int) -> str:
    """Where words stand, as a reader is told: a line of a text, or a cell of a notebook."""
    return f"cell {line}" if is_notebook(chapter) else f"line {line}"
