"""What a board asks of each subject: where it stands, why, what is done, to what effect, by when.

Where it stands is computed. The other four are for the team to say: a paragraph of its commentary
that begins with one of these words in bold answers, such as `**Why.**` or `**By when.**`. What no
paragraph answers, the paper says is not given, so that nobody takes silence for an answer.
"""

from __future__ import annotations

import re

ANSWERS = {
    "the cause": r"why|causes?|drivers?|what holds",
    "what is being done": r"actions?|what is being done|what is under way|done so far|next",
    "the effect expected": r"effects?|what (?:it|that) should bring",
    "the date by which it is expected": r"by when|when",
}
"""What the team is asked, in the words of the sentence, and how a paragraph begins that answers."""


ASKED_OF = {
    "position": "the position",
    "prescribing": "prescribing",
    "chc": "continuing healthcare",
    "mental_health": "mental health",
    "savings": "savings",
}
"""The chapters that a board decides by, and what they are called in a sentence."""
_LEAD = re.compile(r"^\*\*([^*\n]+)\*\*", re.MULTILINE)


def unanswered(commentary: str) -> tuple[str, ...]:
    """The questions that no paragraph of a commentary answers, in the order they are asked.

    A paragraph may answer several: `**What is being done, and by when.**`

    >>> unanswered("**What is being done, and by when.** A recovery plan by March.")
    ('the cause', 'the effect expected')
    """
    said = [part for lead in _LEAD.findall(commentary) for part in re.split(r",? and |, ", lead)]
    return tuple(
        question
        for question, words in ANSWERS.items()
        if not any(re.match(rf"(?:{words})\b", part, re.IGNORECASE) for part in said)
    )
