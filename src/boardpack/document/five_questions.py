"""What a board asks of each subject: where it stands, why, what is done, to what effect, by when.

Where it stands is computed. The other four are for the team to say: a paragraph of its commentary
that begins with one of these words in bold answers, such as `**Why.**` or `**By when.**`. What no
paragraph answers, the chapter says is not said, so that nobody takes silence for an answer.
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


def unanswered(commentary: str) -> tuple[str, ...]:
    """The questions that no paragraph of a commentary answers, in the order they are asked."""
    return tuple(
        question
        for question, words in ANSWERS.items()
        if not re.search(
            rf"^\*\*(?:{words})\b[^*\n]*\*\*", commentary, re.MULTILINE | re.IGNORECASE
        )
    )
