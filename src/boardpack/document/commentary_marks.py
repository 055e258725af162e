"""Marks in a draft's commentary: the words that no figure bears out, where they stand."""

from __future__ import annotations

import json
import re
from pathlib import Path

from boardpack.core.params import Paper
from boardpack.document.blocks import doubt
from boardpack.figures.chapters import chapters_of, compute
from boardpack.prose.checking import ProseChecker
from boardpack.prose.claim import Claim
from boardpack.prose.commentary import commentary_claims, may_claim, open_claims, read_accepted
from boardpack.prose.commentary_files import commentary_files
from boardpack.prose.notebook_claims import claim_from_json, claim_record
from boardpack.reading.folder import state_of

_KEPT: dict[str, dict[str, list[Claim]]] = {}
_CHECKER: list[ProseChecker] = []


def marked_commentary(text: str, chapter: str, paper: Paper, told: Path | None = None) -> str:
    """The commentary with its open claims marked; what may be released has none.

    It is held against every figure of the paper, as at release, not only the chapter's own: once
    for all chapters, where a render has left what it found in the folder that it has `told`.
    """
    if not may_claim(text):
        return text
    file = None if told is None else _claims_file(told, chapter)
    if file is not None and file.is_file():
        claims = [claim_from_json(item) for item in json.loads(file.read_text(encoding="utf-8"))]
    else:
        claims = claims_of(paper).get(chapter, [])
    doubted = open_claims(chapter, claims, read_accepted(paper))
    return mark_claims(text, claims, doubted) if doubted else text


def write_claims(paper: Paper, told: Path) -> None:
    """Leave the claims of each chapter's commentary where its notebook finds them."""
    claims = claims_of(paper)
    for chapter in commentary_files(paper):
        file = _claims_file(told, chapter)
        file.parent.mkdir(parents=True, exist_ok=True)
        record = [{**claim_record(one), "mark": one.mark} for one in claims.get(chapter, ())]
        file.write_text(json.dumps(record), encoding="utf-8", newline="\n")


def _claims_file(told: Path, chapter: str) -> Path:
    return told / "claims" / f"{chapter}.json"


def claims_of(paper: Paper) -> dict[str, list[Claim]]:
    """The claims of the paper's commentary by chapter, held against every figure of the paper.

    They are kept while nothing that the paper is made from has changed: several ask for them.
    """
    state = state_of(paper)
    if state not in _KEPT:
        _KEPT.clear()
        checker = checker_of(paper)
        _KEPT[state] = commentary_claims(paper, checker.register, checker)
    return _KEPT[state]


def checker_of(paper: Paper) -> ProseChecker:
    """What holds words against every figure of the paper; it is kept while neither changes."""
    register = compute(paper, *chapters_of(paper))
    for checker in _CHECKER:
        if checker.paper == paper and list(checker.register) == list(register):
            return checker
    _CHECKER[:] = [ProseChecker(register, paper)]
    return _CHECKER[0]


def mark_claims(text: str, claims: list[Claim], doubted: list[Claim]) -> str:
    """The text with the doubted claims marked, each at its own words on its own line."""
    starts = [0, *(found.end() for found in re.finditer(r"\n", text))]
    spans: list[tuple[int, int, Claim]] = []
    taken: list[tuple[int, int]] = []
    for claim in claims:
        found = _find(text, claim, starts[claim.line - 1], taken)
        if found is not None:
            taken.append(found)
            spans += [(*found, claim)] if claim in doubted else []
    for start, end, claim in sorted(spans, key=lambda span: -span[0]):
        marked = doubt(claim.status, text[start:end], " ".join(claim.reason.split()))
        text = text[:start] + marked + text[end:]
    return text


def _find(
    text: str, claim: Claim, start: int, taken: list[tuple[int, int]]
) -> tuple[int, int] | None:
    """Where the claim's words stand, not counting those of claims before it."""
    words = (re.escape(word) for word in (claim.mark or claim.text).split())
    pattern = r"(?<![\w£.,])" + r"[\s*_]+".join(words) + r"(?!\w|[.,]\d)"
    for found in re.finditer(pattern, text[start:]):
        span = (start + found.start(), start + found.end())
        if all(span[1] <= first or span[0] >= last for first, last in taken):
            return span
    return None
