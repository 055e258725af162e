"""What a tariff lists, beside the other tariffs and the items of its month.

Prices that are not in the list move no price, and nobody sees it: what an item cost more than its
budget is then no concession and no Category M, but something else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from boardpack.checks.check import Check
from boardpack.checks.file_control import FileControl, beside_others, of_file, said_ratio, short
from boardpack.core.periods import Month
from boardpack.subjects.items.effects import Presentation
from boardpack.subjects.items.prices import NIL, ONE, PriceBook
from boardpack.subjects.items.prices_checks import Priced
from boardpack.subjects.items.tariff_matching import Packs

LINES = FileControl(
    "lines",
    "The tariff lists the packs of other months' tariffs",
    Decimal("0.9"),
    ONE,
    "From 2021 to 2026 a quarter kept at least 0.93 of the medicines of Category M.",
)
CATEGORIES = FileControl(
    "categories",
    "Packs are in the category of other months' tariffs",
    Decimal("0.9"),
    ONE,
    "From 2021 to 2026 a quarter kept at least 0.93 of the medicines of Category M.",
)
LISTED = FileControl(
    "listed",
    "As much of what was prescribed is in the tariff as in other months",
    Decimal("0.96"),
    Decimal("1.04"),
    "Brands and appliances, which the tariff does not list, are much the same share each month.",
)
FEWEST = 5
"""Packs of which a share tells something."""
AGAIN = "Take the file of that month from NHSBSA again."
Share = Callable[[Packs, Packs], Decimal]


def check_tariff_lists(book: PriceBook, priced: Priced) -> Iterator[Check]:
    """Each tariff beside the others; where it holds, beside what its month prescribed."""
    out, first = set[Month](), next(iter(book.tariffs), None)
    for month in book.tariffs:
        lines = list(_beside(book, month, LINES, _kept, "lists {} the packs of the tariff that"))
        yield from lines
        out |= {month for check in lines if check.is_open}
        if len(book.tariffs) > 2 or month != first:  # of two that differ, the later is named
            said = "has {} the packs in one category with the tariff that"
            yield from _beside(book, month, CATEGORIES, _alike, said)
    yield from _listed(book, {month: of for month, of in priced.items() if month not in out})


def _beside(
    book: PriceBook, month: Month, control: FileControl, share: Share, says: str
) -> Iterator[Check]:
    """One check of a tariff: it is out where no other tariff is near to what it says.

    So what is new from a month on, or was taken out, does not make a tariff of either side wrong.
    """
    now = book.packs(month)
    others = [packs for one in book.tariffs if one != month and (packs := book.packs(one))]
    shares = [share(now, other) for other in others if now and len(other.by_pack) >= FEWEST]
    if shares:
        file, best = short(book.tariffs[month].file), max(shares)
        said = f"{file} {says.format(said_ratio(best))} is nearest to it."
        yield of_file(control, file, "" if control.holds(best) else said, AGAIN)


def _kept(now: Packs, other: Packs) -> Decimal:
    """The share of the other's packs that are listed."""
    return Decimal(len(now.by_pack.keys() & other.by_pack.keys())) / len(other.by_pack)


def _alike(now: Packs, other: Packs) -> Decimal:
    """The share of the packs of both that are in one category."""
    both = now.by_pack.keys() & other.by_pack.keys()
    same = sum(now.by_pack[one].category == other.by_pack[one].category for one in both)
    return Decimal(same) / len(both) if both else ONE


def _listed(book: PriceBook, priced: Priced) -> Iterator[Check]:
    """The share of a month's cost that its tariff lists, in that of the other months.

    A tariff may list nothing of it; then the others cannot be held to that one.
    """
    found = {month: _listed_share(of) for month, of in priced.items()}
    shares = {month: share for month, share in found.items() if share is not None}
    for month, share in shares.items():
        if len(shares) > 1 and (middle := beside_others(shares, month)):
            file, ratio = short(book.tariffs[month].file), share / middle
            said = (
                f"{file} lists {said_ratio(ratio)} as much of what was prescribed in {month.name}"
                " as the tariffs of other months list of theirs."
            )
            yield of_file(LISTED, file, "" if LISTED.holds(ratio) else said, AGAIN, "warning")


def _listed_share(found: Sequence[Presentation]) -> Decimal | None:
    """The part of what was prescribed that the tariff lists; None where it cost nothing."""
    cost = sum((one.sums.nic for one in found), NIL)
    listed = sum((one.sums.nic for one in found if one.priced is not None), NIL)
    return listed / cost if cost > 0 else None
