"""What a certificate says in words: how each step was done, what was not, and what follows.

Steps come and go; what is said here of one by its name is more than its own words, never in their
place. A step that is not known here is told by what it counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from boardpack.audit.verification.finding import Step
from boardpack.audit.verification.paper_account import Account

METHODS = {
    "Bundle": "Each file of the bundle was held to the SHA-256 in the bundle's own description.",
    "Signature": "The signature over all files was checked against the key that it names.",
    "Links": "The build and its home were looked through for links that lead elsewhere.",
    "Seals": "Each file of the build, and each file that it was made from, was held to the SHA-256"
    " in the manifest; whatever is there and was not sealed is named.",
    "Release": "The status was held to the release record, its two signatories and its hashes; the"
    " registers of earlier papers to their records, and those to the releases after them.",
    "Code": "Each file of code was compared with the verifier's own.",
    "Chapters left out": "What each notebook says of being left out of the paper was held to the"
    " parameters.",
    "Figures": "The month was performed again from the sealed extracts in a home of its own, and"
    " each figure compared: value, formula and source.",
    "Checks": "Each check was made again and compared: outcome, amounts and words.",
    "Blocks": "Each table, chart and text that the notebooks show was compared with what they show"
    " when they are run again.",
    "Outputs": "Each output was compared with the one made again.",
    "Seen": "Each output was read as its reader sees it, by readers that share no code with what"
    " writes it, and held to the blocks of the notebooks.",
    "Styles and scripts": "Each style sheet and script was held to those that are known.",
    "Source cells": "Each source cell that a figure names was looked up in its file by a reader"
    " that shares no code with the product.",
    "Every figure": "Each figure was worked out again from its own formula, or from the cells that"
    " it names, by an implementation that shares no code with the product. A term that a formula"
    " leaves out is not found so.",
    "Outcomes": "The outcome of each check was judged again from its amounts.",
    "Headlines": "What a board acts on was computed again from the extracts alone, without the"
    " formulas of the paper, by an implementation that shares no code with the product.",
}
POPULATIONS = {
    "Figures": "figures",
    "Checks": "checks",
    "Outcomes": "checks",
    "Every figure": "figures",
    "Source cells": "source cells",
    "Headlines": "figures",
}
"""What of the population a step goes over, for its coverage."""
LIMITS = (
    "The extracts were taken as they were received. Whether they agree with the ledgers and systems"
    " that they came from was not looked at.",
    "Judgements (accruals, forecasts, risks, what the commentary says of causes) were not audited.",
    "That two people named in a release record are who they say was not looked at.",
)
"""What no verification of a build can do, whatever its steps are."""


def method(step: Step) -> str:
    """How a step was done, in a sentence."""
    if step.name.startswith("Numbers in "):
        return f"Each number in {step.name[11:]} was held to the figure that it is of."
    return METHODS.get(step.name, f"{step.counted.capitalize()}.")


def coverage(step: Step, account: Account) -> tuple[int, int] | None:
    """How many of how many a step went over; None where it goes over no such population."""
    population = POPULATIONS.get(step.name)
    return None if population is None else (step.count, account.population[population])


def not_done(steps: Iterable[Step]) -> Iterator[str]:
    """What of the verification was not done, a line a step, and then what none can do."""
    for step in steps:
        if not step.complete:
            yield f"{step.name}: {step.note}"
    yield from LIMITS


def conclusion(steps: Sequence[Step], account: Account) -> tuple[str, ...]:
    """What follows: of the verification, and, apart from it, of what the paper itself reports."""
    found = sum(len(step.findings) for step in steps)
    partly = [step.name for step in steps if not step.complete]
    if found:
        said = (
            f"{counted(found, 'difference')} found. The paper is not, or not wholly, what its own"
            " inputs, parameters and code give. Do not rely on it until each is explained."
        )
    else:
        said = (
            "No difference was found. What was looked at is what the paper's own inputs,"
            " parameters and code give."
        )
    partial = f"It is partial. Not done, or not wholly: {', '.join(partly)}." if partly else ""
    return tuple(filter(None, (said, partial, exceptions(account))))


def exceptions(account: Account) -> str:
    """The paper's own exceptions in a sentence: they are its findings, and not the verifier's."""
    if not account.open and not account.waived:
        return "The paper itself reports no open check and no waiver."
    stopping = len(account.stopping)
    stop = "stops" if stopping == 1 else "stop"
    return (
        f"The paper itself reports {counted(account.open, 'open check')}, of which"
        f" {stopping:,} {stop} a release, and {counted(len(account.waived), 'waiver')}."
    )


def counted(number: int, what: str) -> str:
    """A number with its noun, in the plural where it is not one: `no differences`.

    >>> counted(0, "difference"), counted(1, "difference"), counted(2, "difference")
    ('no differences', '1 difference', '2 differences')
    """
    return (
        f"{number:,} {what}" if number == 1 else f"{number:,} {what}s" if number else f"no {what}s"
    )
