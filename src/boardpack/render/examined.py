"""A month examined once: what it came to is kept until anything that it rests on changes.

Reading and checking a month takes seconds, and a working day asks for the same month many times.
What `examine` found, or a render on its way, is stored under the hashes of all that the paper is
made from: extracts, parameters, words, the registers compared with, the program. So what is told at
once is what would be computed. It bears this user's own mark (`boardpack.core.stored`). A month
whose extracts have faults is not kept, and a release computes everything for itself.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from boardpack.checks.check import Check, check_from_json
from boardpack.core.errors import Fault
from boardpack.core.home import CHECKOUT
from boardpack.core.stored import stored, stored_in
from boardpack.prose.notebook_claims import claim_record, held_claims
from boardpack.render.layout import Layout
from boardpack.render.manifest import Sources, account, code_places, hashes, sources_of
from boardpack.render.one_arrival import Arrival, Told

if TYPE_CHECKING:
    from boardpack.render.findings import Findings

COUNTED = "assurance"
"""The chapter whose figures tell of the checks of one build, and of no extract."""
EXAMINED, WORDS = b"boardpack/examined/1", b"boardpack/words/1"


@dataclass(frozen=True)
class Examined:
    """The extracts as they came, the number of figures, the checks, and what they would notice.

    `unprinted` names the words of the team that the paper does not print.
    """

    arrivals: tuple[Arrival, ...]
    figures: int
    checks: tuple[Check, ...]
    noticed: str
    unprinted: tuple[str, ...]


@dataclass(frozen=True)
class Words:
    """What of the paper's words stands against a release: the doubted claims, the stale ones."""

    doubted: tuple[str, ...]
    stale: tuple[str, ...]


def examined(layout: Layout) -> Examined:
    """What the month came to, kept or found now; InputFaults tells all that is wrong with it."""

    def examine() -> dict[str, Any]:
        from boardpack.render import examine as month
        from boardpack.render.inputs import check_inputs
        from boardpack.render.unprinted import unprinted_commentary

        arrived = check_inputs(layout.paper)
        register, checks = month.examine(layout.paper, arrived)
        noticed = month.would_notice(register, checks, layout.paper)
        unprinted = unprinted_commentary(layout)
        return _record(Examined(arrived, len(register), checks, noticed, unprinted))

    return _examined(_kept(layout, EXAMINED, _given(layout, sources_of(layout)), examine))


def words_held(layout: Layout) -> Words:
    """How the words stand by the figures: the team's, and those of the notebooks of the build."""
    held = held_claims(layout.target / "notebooks")
    told = json.dumps([claim_record(claim) for claims in held.values() for claim in claims])

    def hold() -> dict[str, Any]:
        from boardpack.document.commentary_marks import checker_of, claims_of
        from boardpack.prose.commentary import read_accepted, release_findings
        from boardpack.prose.stale_words import stale_sentences

        claims = claims_of(layout.paper) | held
        doubted = release_findings(claims, read_accepted(layout.paper))
        stale = stale_sentences(layout.paper, checker_of(layout.paper).register)
        return {"doubted": doubted, "stale": [str(one) for one in stale]}

    found = _kept(layout, WORDS, _given(layout, sources_of(layout)) + told.encode(), hold)
    return Words(tuple(found["doubted"]), tuple(found["stale"]))


def keep_examined(
    layout: Layout, sources: Sources, arrived: tuple[Arrival, ...], findings: Findings
) -> None:
    """Keep what a render found on its way, of the `sources` that it was made from.

    Only where it runs the program's own chapters, all of them and no more: these `check` computes.
    """
    if layout.paper.report.chapters or layout.project.resolve() != CHECKOUT:
        return
    from boardpack.checks.noticed.figures import noticed_sentence
    from boardpack.render.unprinted import unprinted_commentary

    figures = sum(figure.chapter != COUNTED for figure in findings.register)
    checks = tuple(map(check_from_json, findings.checks))
    noticed = noticed_sentence(findings.register)
    found = Examined(arrived, figures, checks, noticed, unprinted_commentary(layout))
    _kept(layout, EXAMINED, _given(layout, sources), lambda: _record(found))
    words_held(layout)


def _kept(layout: Layout, maker: bytes, given: bytes, find: Callable[[], Any]) -> Any:
    with stored_in(layout.stored):
        return json.loads(stored(maker, given, lambda: json.dumps(find()).encode()))


def _given(layout: Layout, sources: Sources) -> bytes:
    told: dict[str, Any] = {**account(layout.paper), **sources}
    if layout.project.resolve() != CHECKOUT:
        told["program"] = hashes(CHECKOUT, code_places(CHECKOUT))
    return json.dumps(told, sort_keys=True).encode()


def _record(found: Examined) -> dict[str, Any]:
    return {
        "arrivals": [*_arrivals(found.arrivals)],
        "figures": found.figures,
        "checks": [check.to_json() for check in found.checks],
        "noticed": found.noticed,
        "unprinted": found.unprinted,
    }


def _arrivals(arrivals: Sequence[Arrival]) -> Iterable[dict[str, Any]]:
    for one in arrivals:
        if one.extract is not None:
            named = {key: getattr(one.extract, key) for key in ("file", "sha256", "row_count")}
            notes = [asdict(note) for note in one.extract.notes]
            yield {"name": one.name, "is_declared": one.is_declared, **named, "notes": notes}


def _examined(record: dict[str, Any]) -> Examined:
    arrivals = []
    for one in record["arrivals"]:
        notes = tuple(Fault(**note) for note in one.pop("notes"))
        name, is_declared = one.pop("name"), one.pop("is_declared")
        arrivals.append(Arrival(name, Told(**one, notes=notes), is_declared=is_declared))
    checks = tuple(map(check_from_json, record["checks"]))
    unprinted = tuple(record["unprinted"])
    return Examined(tuple(arrivals), record["figures"], checks, record["noticed"], unprinted)
