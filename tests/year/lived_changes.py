"""What is done in a month to what arrives, and what the team then says of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal

import yaml

from boardpack.core.periods import Month
from lived_home import Home, Row, put, rewrite


def late(home: Home, month: Month) -> None:
    """The invoices do not come, nor what is made from them: the team says so, and why."""
    (home.raw(month) / "invoices.csv").unlink()
    provenance = home.raw(month) / "provenance.csv"
    rewrite(provenance, lambda rows: [row for row in rows if row["file"] != "invoices.csv"])
    _not_supplied(home, month, ("invoices.csv", "bppc.csv"), "Shared services are a month late")


def _not_supplied(home: Home, month: Month, files: tuple[str, ...], reason: str) -> None:
    """Declare extracts as not supplied, in whichever form the month says it."""
    told = home.told(month)
    said = yaml.safe_load(told.read_text(encoding="utf-8"))["not_supplied"]
    more = dict.fromkeys(files, reason)
    put(told, "not_supplied", said | more if isinstance(said, dict) else [*said, *files])


POSTED, BELONGS, MISPOSTED = "741021", "741011", Decimal(180_000)
"""A cost centre that is charged with what belongs to another, and by how much."""


def misposted(home: Home, month: Month) -> None:
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


def corrected(home: Home, month: Month) -> None:
    """The ledger comes again, as it is true."""
    home.deliver(month, "ledger.csv", "trial_balance.csv")


RESTATED = Decimal(-5_000)


def restated(home: Home, month: Month) -> None:
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


def withdrawn(home: Home, month: Month) -> None:
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


def as_made(home: Home, month: Month) -> None:
    """Nothing more: the made-up ICB brings it about by itself."""
