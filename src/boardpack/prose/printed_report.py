"""What the prose command says on the screen and writes to a file."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.text import Text

from boardpack.prose.claim import STATUSES, Claim, claims_json, count_by_status

STYLES = {"contradicted": "red", "unsupported": "yellow", "rounding": "yellow"}


def say_claims(name: str, claims: Sequence[Claim]) -> None:
    """Every claim that is not plainly supported, with its line and reason; then the counts."""
    out = Console(highlight=False)
    for claim in claims:
        if claim.status != "supported":
            words = " ".join(claim.text.split())
            _say(out, f"{name}:{claim.line}: {claim.status}: {words}", STYLES.get(claim.status, ""))
            _say(out, f"    {claim.reason}")
    counts = count_by_status(claims)
    said = ", ".join(f"{counts[status]} {status}" for status in STATUSES if counts[status])
    _say(out, f"{len(claims)} claims: {said or 'none found'}")


def write_claims(path: Path, claims: Sequence[Claim]) -> None:
    """All claims as JSON; the folder must be there."""
    text = json.dumps(claims_json(claims), indent=1, ensure_ascii=False)
    path.write_text(text + "\n", encoding="utf-8")


def _say(out: Console, text: str, style: str = "") -> None:
    out.print(Text(text, style=style), soft_wrap=True)
