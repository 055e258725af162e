"""Marks in a draft's commentary: the words that no figure bears out, where they stand."""

from __future__ import annotations

import re

from boardpack.core.params import Paper
from boardpack.core.seen import asked, unseen
from boardpack.document.blocks import doubt
from boardpack.figures.chapters import chapters_of, compute
from boardpack.prose.checking import ProseChecker
from boardpack.prose.claim import Claim
from boardpack.prose.commentary import commentary_claims, may_claim, open_claims, read_accepted
from boardpack.reading.folder import state_of

_KEPT: dict[str, dict[str, list[Claim]]] = {}
_CHECKER: list[ProseChecker] = []


def marked_commentary(text: str, chapter: str, paper: Paper) -> str:
    """The commentary with its open claims marked; what may be released has none.

    It is held against every figure of the paper, as at release, not only the chapter's own.
    """
    if not may_claim(text):
        return text
    claims = claims_of(paper).get(chapter, [])
    asked("claims", chapter, claims)
    doubted = open_claims(chapter, claims, read_accepted(paper))
    return mark_claims(text, claims, doubted) if doubted else text


def claims_of(paper: Paper) -> dict[str, list[Claim]]:
    """The claims of the paper's commentary by chapter, held against every figure of the paper.

    They are kept while nothing that the paper is made from has changed, because each chapter asks.
    What is read for them is not counted as seen by the chapter that happens to ask first: it takes
    the claims alone, and notes them.
    """
    state = state_of(paper)
    if state not in _KEPT:
        _KEPT.clear()
        with unseen():
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
