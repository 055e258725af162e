"""Where a month stands: what has arrived and what has not, what the checks and the words say.

What stands against a release is told from here too, so that nobody learns it on the last day.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from boardpack.checks.check import Check
from boardpack.core.errors import BuildFault, InputFaults
from boardpack.core.params import Paper, unconfirmed
from boardpack.prose.commentary_files import commentary_files
from boardpack.reading.month_files import Unused, unused
from boardpack.reading.released_chain import Chain
from boardpack.render.current import changed_since
from boardpack.render.examined import Words, examined, words_held
from boardpack.render.expected import Expected, missing_files
from boardpack.render.layout import Layout
from boardpack.render.one_arrival import Arrival
from boardpack.render.swap import locked, tidy


@dataclass(frozen=True)
class Standing:
    """One paper's month; `checks` is None while the extracts have faults.

    `missing` are files that last month brought and this month has not, `unused` those of this month
    that nothing reads. `doubted` are the claims of the commentary that stand against a release,
    `stale` its sentences whose figures have moved. `changed` is what the build, where there is one,
    does not rest on any more, or has lost. `unconfirmed` are the lines of the month's parameters
    that are to be confirmed. `noticed` says what the checks would notice. `releases` are what of
    all released registers of the home is not what was released, `told` what to know of them.
    `unprinted` says which files of the commentary the paper does not print.
    """

    paper: Paper
    arrivals: tuple[Arrival, ...]
    missing: tuple[Expected, ...]
    unused: tuple[Unused, ...]
    commentary: tuple[str, ...]
    checks: tuple[Check, ...] | None
    doubted: tuple[str, ...]
    stale: tuple[str, ...]
    is_built: bool
    changed: tuple[str, ...]
    unconfirmed: tuple[str, ...] = ()
    noticed: str = ""
    releases: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    unprinted: tuple[str, ...] = ()

    @property
    def is_outdated(self) -> bool:
        """Whether there is a build, and a render would make another."""
        return self.is_built and bool(self.changed)

    @property
    def blocks(self) -> tuple[str, ...]:
        """What stands against a release, a reason a line; nothing when it may be released."""
        missing = {item.name for item in self.arrivals if item.is_missing}
        missing |= {item.stem for item in self.missing} if self.checks is None else set()
        faults = len({fault for one in self.arrivals if not one.is_missing for fault in one.faults})
        stopping = sum(c.is_open and c.severity == "error" for c in self.checks or ())
        reasons = {
            "Extracts still missing": len(missing),
            "Faults in the extracts to mend": faults,
            "Failing checks to mend or to waive": stopping,
            "Sentences that the figures do not bear out": len(self.doubted),
            "Sentences whose figures have moved since they were written": len(self.stale),
            "Lines of the month's parameters to be confirmed": len(self.unconfirmed),
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
    paper, found, held = layout.paper, None, Words((), ())
    try:
        found, held = examined(layout), words_held(layout)
        arrived, unprinted = found.arrivals, found.unprinted
    except InputFaults:
        from boardpack.render.inputs import arrivals
        from boardpack.render.unprinted import unprinted_commentary

        arrived, unprinted = arrivals(paper), unprinted_commentary(layout)
        if not any(item.faults for item in arrived):
            raise
    chain = Chain(paper.home).held()
    return Standing(
        paper,
        arrived,
        missing_files(paper),
        unused(paper),
        commentary=commentary_files(paper),
        checks=found.checks if found else None,
        doubted=held.doubted,
        stale=held.stale,
        is_built=layout.target.is_dir(),
        changed=changed_since(layout),
        unconfirmed=unconfirmed(paper.home, paper.month),
        noticed=found.noticed if found else "",
        releases=tuple(map(str, chain.broken)),
        told=chain.notes,
        unprinted=unprinted,
    )
