"""What happens in the year that is lived: each event with its month, what it does, what it fails.

An event changes what arrives, or what the team declares, as it would come to a team: nothing is
changed in a computed figure. `fails` are patterns of the ids of checks that must fail by it; no
other check may fail in that month.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fnmatch import fnmatch
from typing import Literal

from boardpack.core.periods import Month
from boardpack_demo.icb import month_of
from lived_changes import as_made, corrected, late, misposted, restated, withdrawn
from lived_home import Home
from lived_structure import laid_out_anew, merged, renamed

When = Literal["as it arrives", "once it is released"]
ARRIVES: When = "as it arrives"
RELEASED: When = "once it is released"


@dataclass(frozen=True)
class Event:
    """Something that happens in a month, and the checks that must fail by it.

    It happens as the extracts arrive, or once the month's papers are released: then they are made
    and released again, as another version. It goes on to the month `until`, where that is said.
    What it `fails` fails in its first month, and not in a version that `corrects` it.
    """

    number: int
    name: str
    does: str
    change: Callable[[Home, Month], None]
    fails: tuple[str, ...] = ()
    when: When = ARRIVES
    until: int = 0
    corrects: str = ""

    def falls_in(self, month: Month) -> bool:
        """Whether it is planted in a month."""
        first, last = month_of(self.number), month_of(self.until or self.number)
        return first <= month <= last


def planted(month: Month, when: When) -> tuple[Event, ...]:
    """What happens in a month as it arrives, or once it is released."""
    return tuple(event for event in EVENTS if event.when == when and event.falls_in(month))


def patterns(month: Month, version: int) -> tuple[str, ...]:
    """Of the checks that must fail in a version of a month's papers."""
    later = planted(month, RELEASED) if version > 1 else ()
    corrected = {event.corrects for event in later}
    still = [event for event in planted(month, ARRIVES) if event.name not in corrected]
    begin = (event for event in (*still, *later) if month_of(event.number) == month)
    return tuple(each for event in begin for each in event.fails)


def apart(found: Iterable[str], expected: tuple[str, ...]) -> tuple[list[str], list[str]]:
    """Failing checks that nobody planted, and patterns of planted ones by which none fails."""
    failing = list(found)
    unexpected = [one for one in failing if not any(fnmatch(one, each) for each in expected)]
    unseen = [each for each in expected if not any(fnmatch(one, each) for one in failing)]
    return unexpected, unseen


EVENTS = (
    Event(4, "late file", "The invoices come a month late.", late),
    Event(4, "top-side entries", "An entry beside the ledger is reversed next month.", as_made),
    Event(
        5,
        "corrected ledger",
        "The ledger charges one cost centre with what belongs to another.",
        misposted,
        fails=("plausible.pace.position.*.mental_health_services.forecast_variance",),
    ),
    Event(
        5,
        "version 2",
        "The ledger comes again after the release, corrected.",
        corrected,
        when=RELEASED,
        corrects="corrected ledger",
    ),
    Event(
        6,
        "scheme withdrawn",
        "A savings scheme leaves the tracker; its plan is to be found anew.",
        withdrawn,
        fails=(
            "plausible.continuity.savings.alderwick.scheme_still_to_be_found.full_year_plan",
            "plausible.continuity.gone.savings",
        ),
        until=12,
    ),
    Event(7, "cost centre moved", "Equipment centres join another directorate.", as_made),
    Event(
        8,
        "restated month",
        "The cash report states last month anew.",
        restated,
        fails=(
            "printed.cash.icb.cash_drawn_down.movement",
            "printed.cash.icb.remaining_cash_limit.movement",
            "printed.cash.icb.remaining_cash_limit.requirement.m07",
            "printed.cash.icb.drawdown.proportion_of_acdr.m07",
            "agreement.cash.icb.cash_drawn_down.requirement.m07",
            "released.cash.icb.cash_drawn_down.requirement.m07",
        ),
    ),
    Event(8, "top-side entries", "An entry is carried for a month and reversed.", as_made),
    Event(
        9,
        "directorate renamed",
        "A directorate has another name from this month on.",
        renamed,
        until=13,
    ),
    Event(
        10,
        "new ledger layout",
        "The ledger comes with other headings and the other sign.",
        laid_out_anew,
        until=13,
    ),
    Event(
        11,
        "two places merged",
        "A place joins its neighbour.",
        merged,
        until=13,
    ),
    Event(12, "year end", "What was forecast is spent.", as_made),
    Event(13, "new year", "New budgets, rates, profiles and requirements.", as_made),
)
