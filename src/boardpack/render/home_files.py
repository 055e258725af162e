"""The files that a home begins with: what each holds, and the contract that gives its headings."""

from __future__ import annotations

from boardpack.core.params import Paper
from boardpack.reading.contract import Contract
from boardpack.reading.extract import Extract
from boardpack.reading.folder import Folder
from boardpack.reading.readers import readers
from boardpack.subjects.chc.from_packages import budgets_contract
from boardpack.subjects.chc.packages_extract import packages_contract
from boardpack.subjects.mental_health.rates import read_dated_rates
from boardpack.subjects.savings.from_tracker import requirements_contract

NEEDED = {
    "ledger.csv": "the ledger by cost centre and subjective, in pounds and pence; spending is"
    " positive. The position, the budget overview and corporate costs are made from it",
    "savings_tracker.csv": "a savings scheme a row, with plan, actual and forecast of each month",
    "chc_packages.csv": "packages of continuing care, one rate period a row (client level)",
    "allocations.csv": "the movements of the resource limit by month and place",
    "invoices.csv": "invoices paid, and paid in time, by NHS and other creditors",
    "mhis_return.csv": "mental health spend by programme, eligible for the standard or not",
    "prescribing_summary.csv": "what makes up the prescribing spend of each place",
    "key_indicators.csv": "the duties of the body: target and actual, to date and forecast, and"
    " for each its sense: a limit to keep within, or a target to reach",
    "cash_requirement.csv": "the year's cash requirement, beside that of the month before",
    "cash_drawdown.csv": "cash drawn down in each month, and the balance at its end",
    "provider_contracts.csv": "what each provider is to be paid in the year",
    "programme_activity.csv": "hospital activity by setting and specialty, month by month",
    "section75.csv": "services paid for together with the council, this year and last",
    "actions.csv": "questions and actions of the last meeting, by role",
    "risks.csv": "risks to the position, with owner by role and mitigation",
}
"""What the first month should bring, with what is in it."""
MORE = {
    "trial_balance.csv": "every account by entity and period: the ledger is held against it",
    "provenance.csv": "the system, report and run time behind each file, with a control total",
    "planned_surplus.csv": "the surplus that a place or the ICB is to have left of its budgets",
    "estimates.csv": "what the team estimates in the year to date, with range and method",
    "adjustments.csv": "entries above the ledger, with reason and two roles",
    "chc_reconciling_items.csv": "what stands between packages of care and the ledger",
}
REFERENCE_NEEDED = {
    "cost_centres.csv": "the place and directorate of each cost centre, from a month to another",
    "savings_requirements.csv": "what each place must save in a year",
    "rates.csv": "dated rates, such as `mhis_uplift`, by which mental health spend must grow",
}
REFERENCE_MORE = {
    "chc_budgets.csv": "clients and average price on which the continuing care budget rests",
    "chc_budget_activity.csv": "the continuing care budget by kind of care",
    "prescribing_profiles.csv": "the share of a year's prescribing in each month (NHSBSA)",
    "outturn_history.csv": "past years month by month: forecasts are tried on them",
    "practices.csv": "the place of each practice, for prescribing by item",
    "indicative_prices.csv": "prices of hospital activity",
}
SCHEDULE = "A schedule of another body's paper, which this body does not have."
NOT_SUPPLIED = {
    "borough_budget.csv": "The ledger gives the budget of each place.",
    "prescribing_savings_plan.csv": SCHEDULE,
    "prescribing_savings_position.csv": SCHEDULE,
    "prescribing_run_rate_drugs.csv": SCHEDULE,
    "stated.csv": "No report states a quantity that no table holds.",
}
"""What only the first body's paper prints, with the reason why it does not come."""
LATE = {"prescribing_summary.csv": "Prescribing data comes two months in arrears."}


class _Nothing(Folder):
    """A month in which nothing has come: it keeps the contract of each file that is asked for."""

    def __init__(self, paper: Paper) -> None:
        super().__init__(paper, ())
        self.asked: dict[str, Contract] = {}

    def read(self, contract: Contract) -> Extract:
        """Nothing, of a file whose contract is kept."""
        self.asked[contract.file] = contract
        return Extract(contract.file, "", ())

    def read_if_there(self, contract: Contract) -> Extract:
        """The same: whether it is there is not asked."""
        return self.read(contract)

    def read_reference(self, contract: Contract, needed: bool = False) -> Extract:
        """The same, of a reference file."""
        return self.read(contract)

    def has(self, file: str) -> bool:
        """No file is there."""
        return False


def contracts(paper: Paper) -> dict[str, Contract]:
    """The contract of every file that is named here, by the file."""
    folder = _Nothing(paper)
    found = readers()
    wanted = (*NEEDED, *MORE, *REFERENCE_NEEDED, *REFERENCE_MORE)
    for name in (file.removesuffix(".csv") for file in wanted):
        if name in found:
            found[name](folder)
    read_dated_rates(folder)
    for shape in (packages_contract, requirements_contract, budgets_contract):
        folder.read(shape(folder))
    return {file: folder.asked[file] for file in wanted}
