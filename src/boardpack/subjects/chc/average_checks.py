"""An average price that falls because its count of clients is cumulative."""

from __future__ import annotations

from collections.abc import Iterator

from boardpack.checks.check import Check
from boardpack.checks.made_again import made_again
from boardpack.checks.patterns import Patterns
from boardpack.checks.phrases import amount, name
from boardpack.checks.plausibility import question, unasked
from boardpack.figures.figure import Figure
from boardpack.subjects.chc.count import looks_cumulative


def check_falling_averages(patterns: Patterns) -> Iterator[Check]:
    """An average that falls as its count rises, while count times average hardly moves.

    That is what dividing a month's cost by a running count of all who ever had a package gives.
    """
    title = "The average price does not fall because its count is cumulative"
    places = [
        (clients, price, cost)
        for clients, _ in patterns.find("chc.{place}.total.activity_growth")
        for price in [clients.id.replace("activity_growth", "average_price_growth")]
        for cost in [clients.id.replace("activity_growth", "cost_growth")]
        if price in patterns.register and cost in patterns.register
    ]
    for clients, price, cost in places:
        yield _average(title, patterns, clients, patterns.register[price], patterns.register[cost])
    if not any(clients.place == patterns.paper.place for clients, _, _ in places):
        yield unasked(patterns, "average", title, "chc.{place}.total.activity_growth")


@made_again
def _average(title: str, patterns: Patterns, clients: Figure, price: Figure, cost: Figure) -> Check:
    return question(
        "average",
        title,
        (price, clients, cost),
        not looks_cumulative(patterns.register, clients.place),
        f"{name(clients)} is {amount(clients)} since the first month while {name(price)} is"
        f" {amount(price)} and clients times price moves by only {amount(cost)}: the average looks"
        " divided by all clients so far, not by those of the month.",
    )
