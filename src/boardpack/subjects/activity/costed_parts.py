"""A programme's medicines, from prescription items, and its community services, from the ledger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from boardpack.core.periods import Month
from boardpack.core.structure import CENTRAL, ICB
from boardpack.figures.draft import Draft
from boardpack.figures.scope import Scope
from boardpack.reading.cells import Cell
from boardpack.reading.extract import Value
from boardpack.subjects.activity.programmes_extract import Programme
from boardpack.subjects.items.epd_extract import Epd, read_epd
from boardpack.subjects.items.lineage import made_value
from boardpack.subjects.items.sums import ItemSums, sum_items
from boardpack.subjects.ledger.mapped_ledger import mapped_centres, summed

COST, ITEMS, MONTHS, A_MONTH = "cost_in_data", "items_in_data", "months_in_data", "cost_a_month"
TO_DATE = "cost_to_date"


@dataclass(frozen=True)
class Items:
    """The month's items by place and BNF code, over the months that a programme is costed on.

    Those are the months of this year that the files hold, or the latest where they hold none.
    """

    epd: Epd
    months: tuple[Month, ...]
    sums: Mapping[tuple[str, str], ItemSums]

    def of(self, prefixes: tuple[str, ...], places: Sequence[str]) -> ItemSums:
        """What medicines come to whose BNF code begins so, in these places."""
        found = self.sums.items()
        return sum_items(
            one for (place, code), one in found if place in places and code.startswith(prefixes)
        )

    def value(self, rows: ItemSums, column: str, amount: Decimal, unit: str, said: str) -> Value:
        """An amount with the files that its rows stand in."""
        method = f"{rows.rows:,} rows in all, added up while read: {said}"
        files = dict.fromkeys(self.epd.file_of(month) for month in self.months)
        cells = (Cell(file, None, 1, column, "") for file in files)
        nil = Decimal(0)
        parts = [Value(cell, nil, nil, unit, nil, method=method) for cell in cells]
        return made_value(unit, amount, *parts)


def programme_items(draft: Draft) -> Items | None:
    """The items of the month; None where it brings none."""
    epd = read_epd(draft.folder)
    of_year = [month for month in epd.months if month.start == draft.paper.month.start]
    months = tuple(of_year or epd.months[-1:])
    if not months:
        return None
    return Items(epd, months, epd.sums(("place", "bnf_code"), months=months))


def medicines_cost(
    draft: Draft, scope: Scope, programme: Programme, places: Sequence[str], items: Items | None
) -> None:
    """Items and actual cost of medicines whose BNF code begins as the programme says."""
    if items is None or not programme.prefixes:
        return
    rows = items.of(programme.prefixes, places)
    said = f"items whose BNF code begins with {' or '.join(programme.prefixes)}"
    line, label = f"{scope.line}_medicines", f"{scope.line_label}, medicines"
    at = scope.at(line=line, line_label=label, basis="items", period=items.months[-1].period)
    at.read(ITEMS, items.value(rows, "ITEMS", Decimal(rows.items), "COUNT", said))
    at.read(COST, items.value(rows, "ACTUAL_COST", rows.actual_cost, "GBP", said))
    covered = ", ".join(month.name for month in items.months)
    months = Decimal(len(items.months))
    at.read(MONTHS, items.value(rows, "YEAR_MONTH", months, "COUNT", covered))
    at.derive(A_MONTH, f"{COST} / {MONTHS}")


def community_cost(draft: Draft, scope: Scope, programme: Programme, places: Sequence[str]) -> None:
    """What the ledger shows to date on the programme's own cost centres."""
    wanted = set(programme.community_cost_centres)
    where = {*places, CENTRAL} if scope.place == ICB else set(places)
    centres = [
        one
        for one in (mapped_centres(draft.folder) if wanted else ())
        if one.mapping["cost_centre"] in wanted and one.mapping["place"] in where
    ]
    if centres:
        label = f"{scope.line_label}, community services"
        at = scope.at(line=f"{scope.line}_community", line_label=label, basis="ledger")
        at.read(TO_DATE, summed(centres, "ytd_actual"))
        at.derive(A_MONTH, f"{TO_DATE} / {draft.paper.month.number}")
