"""A finished paper whose defects are known: each is found, and nothing else is held against it.

The twin of `test_published_prose.py` and `test_mutations.py`, with data of the project's own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from random import Random

import pytest

from boardpack.prose.passages import Sentence, read_sentences
from made_up_paper import TEXT, made_checker, made_claims
from mutations import LARGE, Mutation, months, sizes, turned

DEFECTS = [
    (6, "contradicted", "£1,874k"),  # two digits exchanged
    (7, "contradicted", "£317k"),  # an overspend called an underspend
    (9, "contradicted", "£4,841"),  # the thousands left out
    (11, "contradicted", "offset by"),  # a loss offset by a loss
    (11, "contradicted", "overspends"),  # an underspend called an overspend
    (12, "contradicted", "mitigate the underspend"),
    (16, "contradicted", "£1.8m"),  # it is more than that, not nearly
    (18, "contradicted", "Half of the overspend"),  # a fifth
    (20, "contradicted", "small under-delivery"),  # a quarter of the plan
    (20, "contradicted", "small overspend"),  # a twentieth of the budget
    (22, "contradicted", "largest"),  # the second largest
    (26, "contradicted", "all boroughs"),  # but Greenwich, not Lambeth
    (28, "contradicted", "highest"),  # the fourth
    (30, "contradicted", "245"),
    (34, "contradicted", "15%"),  # from no base
    (36, "contradicted", "£418k"),  # a decrease called an increase
    (38, "contradicted", "£2.7m compared to the 22/23 outturn of £1.9m"),  # it rises
    (40, "unsupported", "77"),
]
"""The line of the paper, the verdict, and the words that it marks."""


def test_each_known_defect_is_found_and_nothing_else() -> None:
    claims = made_claims(TEXT.read_text(encoding="utf-8"))
    found = [(c.line, c.status, (c.mark or c.text).strip()) for c in claims]
    assert [item for item in found if item[1] != "supported"] == DEFECTS
    assert len(found) == 42


def test_a_defect_names_the_figure_that_it_goes_against() -> None:
    claims = made_claims(TEXT.read_text(encoding="utf-8"))
    wordless = {"offset by", "mitigate the underspend"}
    for claim in claims:
        if claim.status == "contradicted" and claim.mark not in wordless:
            assert claim.figures or "numbers go from" in claim.reason, claim


@pytest.mark.parametrize("every", [2, 3])
def test_where_a_line_ends_changes_no_verdict(every: int) -> None:
    for sentence in read_sentences(TEXT.read_text(encoding="utf-8")):
        words = sentence.text.split(" ")
        lines = [" ".join(words[at : at + every]) for at in range(0, len(words), every)]
        wrapped = "\n".join(lines)
        title = sentence.headings[0]
        whole, broken = (_told(text, title) for text in (sentence.text, wrapped))
        assert broken == whole, wrapped
        for claim in made_checker().check(wrapped, title):
            first = (claim.mark or claim.text).split()[0]
            assert first in lines[claim.line - 1], (first, wrapped)


def _told(text: str, title: str) -> list[tuple[str, str, str]]:
    return [(c.status, c.text, c.reason) for c in made_checker().check(text, title)]


def _counts(sentence: Sentence) -> Counter[str]:
    return Counter(claim.status for claim in made_checker().check_sentence(sentence))


def _mutations(kind: str, sentence: Sentence) -> Iterable[Mutation]:
    if kind == "large":
        return sizes(sentence, Random(f"{sentence.line}{sentence.text}"), LARGE)
    return turned(sentence) if kind == "turned" else months(sentence)


@pytest.mark.parametrize(("kind", "missed"), [("large", 0), ("turned", 0), ("months", 0)])
def test_a_true_sentence_made_false_is_noticed(kind: str, missed: int) -> None:
    unnoticed, tried = [], 0
    for sentence in read_sentences(TEXT.read_text(encoding="utf-8")):
        before = _counts(sentence)
        if not before or set(before) != {"supported"}:
            continue
        for mutation in _mutations(kind, sentence):
            after = _counts(mutation.sentence)
            tried += 1
            if not any(after[s] > before[s] for s in ("contradicted", "unsupported", "rounding")):
                unnoticed.append((mutation.was, mutation.now, mutation.sentence.text))
    assert tried > 2
    assert len(unnoticed) <= missed, unnoticed
