"""The claims that a render found in the notebooks themselves, read back from where it noted them.

They stand in the executed notebooks of a build, each with its cell. Whoever counts or accepts them,
or refuses a release for them, has them from here, beside those of the team's commentary.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from boardpack.prose.claim import Claim

CLAIMS = "claims"
"""Where the metadata of a cell has what was found of it: `{"boardpack": {"claims": [...]}}`."""
HELD = "held.json"
"""What the chapters of the first wave say in plain words, told to the second."""
_END = ".ipynb"


def notebook_key(name: str) -> str:
    """What stands for a notebook where the commentary of a chapter has the chapter's name.

    >>> is_notebook(notebook_key("02_position")), is_notebook("position")
    (True, False)
    """
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


def held_record(notebooks: Path, titles: Mapping[str, str]) -> dict[str, Any]:
    """The same as data for a chapter that tells of it, with each notebook's title."""
    return {
        key: {
            "title": titles.get(Path(key).stem, Path(key).stem),
            "claims": [claim_record(claim) for claim in claims],
        }
        for key, claims in held_claims(notebooks).items()
    }


def claim_record(claim: Claim) -> dict[str, Any]:
    """A claim as it is noted; `claim_from_json` reads it back."""
    return {**claim.to_json(), "sentence": claim.sentence}


def claim_from_json(data: dict[str, Any]) -> Claim:
    """The claim that a render noted.

    >>> claim = Claim(1, "£2m over", Decimal(2_000_000), "GBP", "supported", "", ())
    >>> claim_from_json(claim_record(claim)).value
    Decimal('2000000')
    """
    value = data["value"]
    exact = None if value is None else Decimal(value)
    known = {**data, "value": exact, "figures": tuple(data["figures"])}
    return Claim(**known)


def where(chapter: str, line: int) -> str:
    """Where words stand, as a reader is told: a line of a text, or a cell of a notebook.

    >>> where("position", 3), where(notebook_key("02_position"), 3)
    ('line 3', 'cell 3')
    """
    return f"cell {line}" if is_notebook(chapter) else f"line {line}"
