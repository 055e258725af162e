"""What happens in the year that is lived: each event with its month, what it does, what it fails.

An event changes what arrives, or what the team declares, as it would come to a team: nothing is
changed in a computed figure. `fails` are patterns of the ids of checks that must fail by it; no
other check may fail in that month.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from fnmatch import fnmatch
from typing import Literal

import yaml

from boardpack.demo.icb import month_of
from boardpack.periods import Month
from lived_home import Home, Row, put, rewrite

When = Literal["as it arrives", "once it is released"]
ARRIVES: When = "as it arrives"
RELEASED: When = "once it is released"


@dataclass(frozen=True)
class Event:
    """Something that happens in a month, and the checks that must fail by it.

    It happens as the extracts arrive, or once the month's papers are released: then they are made
    and released again, as another version for a `reason`. It goes on to the month `until`, where
    that is said. What `waits` for something that the program does not have yet is listed here and
    told in the table, and is not planted.
    """

    number: int
    name: str
    does: str
    change: Callable[[Home, Month], None]
    fails: tuple[str, ...] = ()
    when: When = ARRIVES
    until: int = 0
    waits: str = ""

    def falls_in(self, month: Month) -> bool:
        """Whether it is planted in a month."""
        first, last = month_of(self.number), month_of(self.until or self.number)
        return not self.waits and first <= month <= last


def planted(month: Month, when: When) -> tuple[Event, ...]:
    """What happens in a month as it arrives, or once it is released."""
    return tuple(event for event in EVENTS if event.when == when and event.falls_in(month))


def patterns(month: Month) -> tuple[str, ...]:
    """Of the checks that must fail in a month, whatever the version."""
    return tuple(each for event in EVENTS if event.falls_in(month) for each in event.fails)


def apart(found: Iterable[str], expected: tuple[str, ...]) -> tuple[list[str], list[str]]:
    """Failing checks that nobody planted, and patterns of planted ones by which none fails."""
    failing = list(found)
    unexpected = [one for one in failing if not any(fnmatch(one, each) for each in expected)]
    unseen = [each for each in expected if not any(fnmatch(one, each) for one in failing)]
    return unexpected, unseen


def _late(home: Home, month: Month) -> None:
    """The invoices do not come: the team says so, and why."""
    (home.raw(month) / "invoices.csv").unlink()
    provenance = home.raw(month) / "provenance.csv"
    rewrite(provenance, lambda rows: [row for row in rows if row["file"] != "invoices.csv"])
    _not_supplied(home, month, "invoices.csv", "Shared services send it with next month's")


def _not_supplied(home: Home, month: Month, file: str, reason: str) -> None:
    """Declare an extract as not supplied, in whichever form the month says it."""
    told = home.told(month)
    said = yaml.safe_load(told.read_text(encoding="utf-8"))["not_supplied"]
    more = {**said, file: reason} if isinstance(said, dict) else [*said, file]
    put(told, "not_supplied", more)


POSTED, BELONGS, MISPOSTED = "741021", "741011", Decimal(180_000)
"""A cost centre that is charged with what belongs to another, and by how much."""


def _misposted(home: Home, month: Month) -> None:
    """Ledger and trial balance charge a cost centre with what belongs to another."""
    moved = {POSTED: MISPOSTED, BELONGS: -MISPOSTED}
    raw, done = home.raw(month), set[str]()

    def added(row: Row, signs: dict[str, int]) -> Row:
        amount = moved[row["cost_centre"]]
        return {**row, **{c: f"{Decimal(row[c]) + sign * amount:.2f}" for c, sign in signs.items()}}

    def change(signs: dict[str, int]) -> Callable[[list[Row]], Iterable[Row]]:
        def rows(found: list[Row]) -> Iterable[Row]:
            done.clear()
            for row in found:
                centre = row["cost_centre"]
                is_first = centre in moved and centre not in done
                done.add(centre)
                yield added(row, signs) if is_first else row

        return rows

    rewrite(raw / "ledger.csv", change({"ytd_actual": 1, "ytd_variance": -1}))
    rewrite(raw / "trial_balance.csv", change({"in_month": 1, "ytd": 1}))


def _corrected(home: Home, month: Month) -> None:
    """The ledger comes again, as it is true."""
    home.deliver(month, "ledger.csv", "trial_balance.csv")


RESTATED = Decimal(-5_000)


def _restated(home: Home, month: Month) -> None:
    """The cash report says of last month what last month's did not, in £000s."""

    def change(rows: list[Row]) -> Iterable[Row]:
        for row in rows:
            if row["line"] == "Cash drawn down":
                amount = _thousands(row["prior_month"]) + RESTATED
                yield {**row, "prior_month": f"({-amount:,})"}
            else:
                yield row

    rewrite(home.raw(month) / "cash_requirement.csv", change)


def _thousands(text: str) -> Decimal:
    return Decimal(text.replace(",", "").replace("(", "-").replace(")", ""))


WITHDRAWN, WANTED = "Community contract review", "Still to be found"


def _withdrawn(home: Home, month: Month) -> None:
    """A scheme of a place leaves the tracker, and its plan is to be found anew."""

    def change(rows: list[Row]) -> Iterable[Row]:
        mine = {row["scheme"]: row for row in rows if row["place"] == "alderwick"}
        gone, heir = mine[WITHDRAWN], mine[WANTED]
        plans = [column for column in gone if column.startswith("plan_")]
        taken = {c: str(Decimal(heir[c]) + Decimal(gone[c])) for c in plans}
        for row in rows:
            if row is heir:
                yield {**row, **taken}
            elif row is not gone:
                yield row

    rewrite(home.raw(month) / "savings_tracker.csv", change)


def _as_made(home: Home, month: Month) -> None:
    """Nothing more: the made-up ICB brings it about by itself."""


EVENTS = (
    Event(4, "late file", "The invoices come a month late.", _late),
    Event(4, "top-side entries", "An entry beside the ledger is reversed next month.", _as_made),
    Event(
        5,
        "corrected ledger",
        "The ledger charges one cost centre with what belongs to another.",
        _misposted,
    ),
    Event(
        5,
        "version 2",
        "The ledger comes again after the release, corrected.",
        _corrected,
        when=RELEASED,
    ),
    Event(
        6,
        "scheme withdrawn",
        "A savings scheme leaves the tracker; its plan is to be found anew.",
        _withdrawn,
        until=12,
    ),
    Event(7, "cost centre moved", "Equipment centres join another directorate.", _as_made),
    Event(
        8,
        "restated month",
        "The cash report states last month anew.",
        _restated,
        fails=("*cash*",),
    ),
    Event(8, "top-side entries", "An entry is carried for a month and reversed.", _as_made),
    Event(
        9,
        "directorate renamed",
        "A directorate has another name from this month on.",
        _as_made,
        waits="dated names in report.yml",
    ),
    Event(
        10,
        "new ledger layout",
        "The ledger comes with other headings and the other sign.",
        _as_made,
        waits="dated layouts in layouts.yml",
    ),
    Event(
        11,
        "two places merged",
        "A place joins its neighbour.",
        _as_made,
        waits="changes in report.yml",
    ),
    Event(12, "year end", "What was forecast is spent.", _as_made),
    Event(13, "new year", "New budgets, rates, profiles and requirements.", _as_made),
)
