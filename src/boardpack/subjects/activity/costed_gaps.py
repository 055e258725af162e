"""What a programme's page leaves out: what was not supplied, and what is not known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from boardpack.document.wording import listed
from boardpack.reading.folder import Folder
from boardpack.reading.ledger_extract import FILE as LEDGER
from boardpack.subjects.activity.costed_figures import COMMUNITY, HOSPITAL, MEDICINES
from boardpack.subjects.activity.costed_view import View
from boardpack.subjects.activity.tables import SHORT

NO_ITEMS = "No prescription items were supplied, so medicines are not costed."
NO_MEDICINES = "The programme names no medicines, so none are costed."
NO_CENTRES = (
    "No cost centre of the ledger is known to be the programme's own, so community services are"
    " not costed."
)
NO_LEDGER = "No ledger lines were supplied, so community services are not costed."
NO_LINES = "The ledger holds none of the programme's cost centres, so community is not costed."


def gaps_of(view: View) -> tuple[str, ...]:
    """Every gap of a programme, those of the data first, then those that its file tells."""
    return (*_activity(view), *_prices(view), *_parts(view), *view.programme.gaps)


def _activity(view: View) -> Iterator[str]:
    there = {one.name for one in view.settings}
    lacking = [name for name in view.programme.activity if name not in there]
    if lacking:
        yield f"No activity was supplied for {_spoken(lacking)}."
    held = {specialty for one in view.settings for specialty in one.specialties}
    for one in view.settings:
        named = view.programme.activity[one.name]  # type: ignore[index]
        if len(named) > len([s for s in held if s in one.specialties]):
            yield f"Not every specialty named for {SHORT[one.name].lower()} was supplied."


def _prices(view: View) -> Iterator[str]:
    free = [
        one.name
        for one in view.settings
        if not view.paper.supplied(one.name_of("cost_same_months", plain=True))
    ]
    if free and view.figure(HOSPITAL, "cost_a_month") is None:
        yield "No indicative prices were supplied, so hospital activity is counted and not costed."
    elif free:
        yield f"No indicative price was supplied for all of {_spoken(free)}: it is not costed."


def _parts(view: View) -> Iterator[str]:
    programme = view.programme
    if view.figure(MEDICINES, "cost_a_month") is None:
        yield NO_ITEMS if programme.bnf_prefixes else NO_MEDICINES
    if view.figure(COMMUNITY, "cost_a_month") is None:
        if not programme.community_cost_centres:
            yield NO_CENTRES
        else:
            yield NO_LINES if Folder(view.paper.paper).has(LEDGER) else NO_LEDGER


def _spoken(settings: Iterable[str]) -> str:
    return listed(SHORT[name].lower() for name in settings)
