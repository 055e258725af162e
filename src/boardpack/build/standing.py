"""Where a month stands: what has arrived and what has not, what the checks and the words say.

What stands against a release is told from here too, so that nobody learns it on the last day.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from boardpack.build.current import changed_since
from boardpack.build.examine import examine
from boardpack.build.expected import Expected, missing_files
from boardpack.build.inputs import Arrival, arrivals
from boardpack.build.layout import Layout
from boardpack.build.swap import locked, tidy
from boardpack.checks import Check
from boardpack.errors import BuildFault
from boardpack.params import Paper
from boardpack.prose.commentary import commentary_claims, read_accepted, release_findings
from boardpack.prose.written import Stale, stale_sentences


@dataclass(frozen=True)
class Standing:
    """One paper's month; `checks` is None while the extracts have faults.

    `missing` are files that last month brought and this month has not. `doubted` are the claims of
    the commentary that stand against a release, `stale` its sentences whose figures have moved.
    `changed` is what the build, where there is one, does not rest on any more, or has lost.
    """

    paper: Paper
    arrivals: tuple[Arrival, ...]
    missing: tuple[Expected, ...]
    commentary: tuple[str, ...]
    checks: tuple[Check, ...] | None
    doubted: tuple[str, ...]
    stale: tuple[Stale, ...]
    is_built: bool
    changed: tuple[str, ...]

    @property
    def is_outdated(self) -> bool:
        """Whether there is a build, and a render would make another."""
        return self.is_built and bool(self.changed)

    @property
    def blocks(self) -> tuple[str, ...]:
        """What stands against a release, a reason a line; nothing when it may be released."""
        missing = sum(item.is_missing for item in self.arrivals)
        faults = sum(len(item.faults) for item in self.arrivals if not item.is_missing)
        stopping = sum(c.is_open and c.severity == "error" for c in self.checks or ())
        reasons = {
            "Extracts still missing": missing,
            "Faults in the extracts to mend": faults,
            "Failing checks to mend or to waive": stopping,
            "Sentences that the figures do not bear out": len(self.doubted),
            "Sentences whose figures have moved since they were written": len(self.stale),
            "The paper is not rendered yet": int(not self.is_built),
            "The paper is not of what is there now: render it again": int(self.is_outdated),
        }
        return tuple(
            what if what.startswith("The") else f"{what}: {count}"
            for what, count in reasons.items()
            if count
        )


def standing(layout: Layout) -> Standing:
    """How the month of a paper stands; an interrupted render is repaired on the way."""
    with suppress(BuildFault), locked(layout.lock):
        tidy(layout)
    paper, arrived = layout.paper, arrivals(layout.paper)
    checks: tuple[Check, ...] | None = None
    doubted: tuple[str, ...] = ()
    stale: tuple[Stale, ...] = ()
    if not any(item.faults for item in arrived):
        register, checks = examine(paper)
        claims = commentary_claims(paper, register)
        doubted = tuple(release_findings(claims, read_accepted(paper)))
        stale = stale_sentences(paper, register)
    words = tuple(sorted(path.stem for path in layout.commentary.glob("*.md")))
    missing = missing_files(paper)
    built = layout.target.is_dir()
    since = changed_since(layout)
    return Standing(paper, arrived, missing, words, checks, doubted, stale, built, since)
