"""Packages of care against the ledger: what the clients' packages accrue should be what is booked.

A difference is shown with its amount and mended by nobody here: an accrual may be missing from the
ledger, or an ended package may still run in the database.
"""

from __future__ import annotations

from collections.abc import Iterator

from boardpack.checks.check import Check
from boardpack.checks.patterns import Patterns
from boardpack.checks.saying import size

KIND = "plausibility"
DIFFERENCE = "chc.{place}.accrual.ledger_difference"
LEDGER = "position.{place}.continuing_care_services.ytd_actual"
CAUSE = (
    "Look for packages without an end date that are over, rates not yet renewed, and accruals that"
    " the ledger lacks."
)


def check_accruals(patterns: Patterns) -> Iterator[Check]:
    """Each place's and the ICB's accrual, within the declared share of the ledger's actual."""
    share = patterns.paper.report.chc_ledger_tolerance_percent
    for apart, words in patterns.find(DIFFERENCE):
        ledger = patterns.register.agreed(LEDGER.format(**words))
        accrued = patterns.register[f"chc.{words['place']}.accrual.ytd_actual"]
        allowed = abs(ledger.value) * share / 100
        is_within = abs(apart.value) <= allowed
        name = patterns.paper.report.place_name(words["place"])
        side = "more" if apart.value > 0 else "less"
        said = f"Packages of {name} accrue {size(apart)} {side} than the ledger has to date."
        yield Check(
            id=f"accrual.{apart.id}",
            title=f"Packages accrue to the ledger: {name}",
            kind=KIND,
            severity="warning",
            status="pass" if is_within else "fail",
            expected=ledger.value,
            actual=accrued.value,
            tolerance=allowed,
            figures=(accrued.id, ledger.id),
            sentence="" if is_within else said,
            cause="" if is_within else CAUSE,
        )
