"""The published paper made false, one thing at a time: how much of it is noticed, at least.

`refused` is contradicted or unsupported: a release stops at both. The floors are the measures that
were reached, rounded down; what is missed reads true by chance or bears on no figure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from random import Random

import pytest
from month_six import paper_for

from boardpack.prose.claim import Claim
from boardpack.prose.passages import Sentence, read_sentences
from checked_prose import checker
from mutations import LARGE, SMALL, Mutation, months, places, sizes, turned
from test_published_prose import PUBLISHED, published_text

pytestmark = pytest.mark.skipif(
    not PUBLISHED.exists(), reason="the published paper is not beside this project"
)


@lru_cache
def _sentences() -> tuple[tuple[Sentence, Counter[str]], ...]:
    """The sentences with at least one true claim, and how many claims of each status they have."""
    found = ((s, _counts(checker().check_sentence(s))) for s in read_sentences(published_text()))
    return tuple((s, counts) for s, counts in found if counts["supported"] + counts["rounding"])


def _counts(claims: Iterable[Claim]) -> Counter[str]:
    return Counter(claim.status for claim in claims)


def _measured(kind: str) -> Counter[str]:
    """How many mutations of a kind add a contradicted claim, an unsupported one, or neither."""
    found: Counter[str] = Counter()
    for sentence, before in _sentences():
        for mutation in _mutations(kind, sentence):
            after = _counts(checker().check_sentence(mutation.sentence))
            worse = [s for s in ("contradicted", "unsupported") if after[s] > before[s]]
            found[worse[0] if worse else "missed"] += 1
    return found


def _mutations(kind: str, sentence: Sentence) -> Iterable[Mutation]:
    random = Random(f"{kind}{sentence.line}{sentence.text}")
    match kind:
        case "large":
            return sizes(sentence, random, LARGE)
        case "small":
            return sizes(sentence, random, SMALL)
        case "turned":
            return turned(sentence)
        case "months":
            return months(sentence)
        case _:
            return places(sentence, paper_for().report, random)


FLOORS = {
    "large": (0.52, 0.92),
    "small": (0.52, 0.92),
    "turned": (0.84, 0.89),
    "months": (0.5, 0.85),
    "places": (0.5, 0.7),
}


@pytest.mark.parametrize("kind", FLOORS)
def test_most_falsehoods_are_noticed(kind: str) -> None:
    found = _measured(kind)
    all_of_them = sum(found.values())
    contradicted, refused = FLOORS[kind]
    assert all_of_them >= 15
    assert found["contradicted"] / all_of_them >= contradicted, found
    assert 1 - found["missed"] / all_of_them >= refused, found
