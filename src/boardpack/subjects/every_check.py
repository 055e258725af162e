"""Every check of the house: those over any register, and those of each subject."""

from __future__ import annotations

from boardpack.checks.accruals import check_accruals
from boardpack.checks.agreement import check_agreements
from boardpack.checks.agreement_rules import AGREEMENTS
from boardpack.checks.bounds import check_bounds
from boardpack.checks.casts import check_blank_totals, check_casts, check_cross_casts
from boardpack.checks.check import Check
from boardpack.checks.continuity import check_continuity
from boardpack.checks.eligibility import check_eligibility
from boardpack.checks.extracts import check_extracts
from boardpack.checks.nearness import check_nearness
from boardpack.checks.patterns import Patterns
from boardpack.checks.plausibility import check_parts, check_price_and_activity
from boardpack.checks.printed import check_printed
from boardpack.checks.reference_files import check_reference_files
from boardpack.checks.registers import check_registers
from boardpack.checks.released import check_released
from boardpack.checks.released_files import check_released_files
from boardpack.checks.schedule_agreements import declared_agreements
from boardpack.checks.series import check_cumulative_shares, check_jumps
from boardpack.checks.sums import Structure
from boardpack.checks.wholes import check_wholes
from boardpack.core.params import Paper
from boardpack.figures.register import Register
from boardpack.subjects.actions.checks import check_open_actions
from boardpack.subjects.adjustments.checks import check_adjustments
from boardpack.subjects.chc.average_checks import check_falling_averages
from boardpack.subjects.chc.rates_checks import check_package_rates
from boardpack.subjects.duties.checks import check_duties
from boardpack.subjects.estimates.checks import check_open_estimates
from boardpack.subjects.forecast.checks import (
    check_gains,
    check_negative_forecasts,
    check_pace,
    check_remainders,
)
from boardpack.subjects.funding.month_labels_checks import check_month_labels
from boardpack.subjects.items.checks import check_items
from boardpack.subjects.ledger.keyed_totals_checks import check_keyed_totals
from boardpack.subjects.ledger.last_map_checks import check_last_map
from boardpack.subjects.ledger.totals_checks import check_ledger_totals


def every_check(register: Register, paper: Paper) -> tuple[Check, ...]:
    """Every check that a register gives rise to, in the order in which they are told."""
    structure, patterns = Structure(register), Patterns(register, paper)
    return (
        *check_extracts(paper),  # first: what it finds is the cause of much that follows
        *check_items(paper),
        *check_last_map(paper),
        *check_open_actions(paper),
        *check_open_estimates(paper),
        *check_package_rates(paper),
        *check_reference_files(register, paper),
        *check_printed(structure),
        *check_casts(structure),
        *check_cross_casts(structure),
        *check_blank_totals(structure),
        *check_agreements(patterns, (*AGREEMENTS, *declared_agreements(paper))),
        *check_wholes(patterns),
        *check_released(patterns),
        *check_released_files(paper),
        *check_registers(patterns),
        *check_duties(patterns),
        *check_price_and_activity(patterns),
        *check_accruals(patterns),
        *check_pace(patterns),
        *check_negative_forecasts(patterns),
        *check_remainders(patterns),
        *check_gains(patterns),
        *check_parts(patterns),
        *check_eligibility(patterns),
        *check_bounds(patterns),
        *check_nearness(patterns),
        *check_continuity(patterns),
        *check_jumps(patterns),
        *check_cumulative_shares(patterns),
        *check_falling_averages(patterns),
        *check_month_labels(register, paper),
        *check_keyed_totals(patterns),
        *check_ledger_totals(patterns),
        *check_adjustments(patterns),
    )
