"""Programmes that count towards the investment standard, and by their name may not.

National guidance leaves out learning disability and autism, dementia, ADHD, the physical health
part of continuing healthcare and section 117, and money that does not recur. The reader refuses a
name that says so outright. A name that hints at it is asked after here, with what would be left.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from boardpack.checks.check import Check
from boardpack.checks.patterns import Patterns
from boardpack.checks.phrases import said
from boardpack.checks.plausibility import question, unasked
from boardpack.figures.figure import Figure
from boardpack.figures.formula import operands

TITLE = "What counts towards the Mental Health Investment Standard is eligible"
TOTAL = "mental_health.{place}.eligible_programmes.forecast_outturn"
MARGIN = "mental_health.{place}.mhis.over_delivery"
LEFT_OUT = {
    "learning disability and autism": r"lda?|ldd|asd|asc|learning_dis\w*|autis\w*",
    "dementia": r"dementia\w*|memory_(clinic|service)s?",
    "ADHD": r"adhd|add|attention_deficit\w*",
    "physical health care in continuing healthcare and section 117": (
        r"(chc|s117|section_117|continuing_\w*care).*physical|physical.*(chc|s117|section_117)"
    ),
    "money that does not recur": r"sdf|service_development|non_recurrent\w*|one_off|pilots?",
}
"""What is left out, and the words of a name that hint at it."""


def check_eligibility(patterns: Patterns) -> Iterator[Check]:
    """One question for each programme that counts, and one that says so where there are none."""
    found = False
    for total, words in patterns.find(TOTAL):
        for name in operands(total.formula or ""):
            found = True
            yield _programme(patterns, patterns.register[name], words["place"])
    if not found:
        yield unasked(patterns, "eligibility", TITLE, TOTAL.replace("{place}", "icb"))


def _programme(patterns: Patterns, figure: Figure, place: str) -> Check:
    register, hint = patterns.register, _hint(figure)
    name = figure.label.rsplit(",", 1)[0]
    margin = MARGIN.format(place=place)
    headroom = f"mental_health.{place}.{figure.line}.headroom"
    told = ""
    if hint and margin in register and headroom in register:
        left = register.agreed(margin).value - register[headroom].value
        side = "below" if left < 0 else "above"
        told = f" Without it the forecast would be {said(abs(left), 'GBP')} {side} the target."
    return question(
        "eligibility",
        TITLE,
        (figure,),
        not hint,
        f"{name} counts towards the standard with {said(figure.value, 'GBP')}, but its name"
        f" suggests {hint}, which national guidance leaves out.{told}",
    )


def _hint(figure: Figure) -> str:
    """What a programme's name suggests that is left out; nothing for most."""
    line = figure.line.removeprefix("programme_")
    for what, words in LEFT_OUT.items():
        if re.search(rf"(?:^|_)(?:{words})(?:_|$)", line):
            return what
    return ""
