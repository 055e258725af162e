"""What no sentence that the software writes may be: words of its own trade, or a riddle.

A board reads the paper, so nothing in it speaks of how it was made: files have names in the trade
(source reports, accounts, papers), a difference is told by who is right and by how much, and a
sentence begins with a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from boardpack.document.content import Chapter
from boardpack.document.language import passages, sentences

SOFTWARE = (
    r"\bextracts?\b",
    r"\bregisters? (?:released|holds?)\b",
    r"\breleased register\b",
    r"\bkeyed\b",
    r"\b(?:the|a) render\b",
    r"\blacks column\b",
    r"\bthe command\b",
    r"\bchecks\.json\b",
    r"\.csv\b",
    r"\bwaive[rd]\b.*\bmended\b",
    r"\bstop a release\b",
)
RIDDLES = (
    r"earlier pace alone",
    r"Everything else made",
    r"What changed since \w+ \d{4}\b",
    r"stretches between papers",
    r"as good as the months left",
    r"does not fit its own table",
    r"\bnil makes\b",
    r"neither part means anything",
)
FORBIDDEN = re.compile("|".join(f"(?:{one})" for one in (*SOFTWARE, *RIDDLES)), re.IGNORECASE)
BEGINS_WITH_A_NUMERAL = re.compile(r"[£(]*\d")
_MILLIONS, _POUNDS = re.compile(r"£[\d,.]+m\b"), re.compile(r"£\d{1,3}(?![\d,.]*[\dkm])")


def software_s_own(text: str) -> str | None:
    """The words in which a sentence speaks as software or in a riddle; None where it does not."""
    found = FORBIDDEN.search(text)
    return found[0] if found else None


def hard_sentences(chapter: Chapter) -> Iterator[tuple[str, str]]:
    """The generated sentences of a chapter that a lay member could not follow, with their block."""
    for passage in passages(chapter):
        if passage.voice != "generated":
            continue
        for sentence in sentences(passage.text):
            is_whole = sentence.endswith((".", ":", "?"))
            if (
                software_s_own(sentence)
                or (is_whole and BEGINS_WITH_A_NUMERAL.match(sentence))
                or (_MILLIONS.search(sentence) and _POUNDS.search(sentence))
            ):
                yield passage.block, sentence
