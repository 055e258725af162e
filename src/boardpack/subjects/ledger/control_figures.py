"""Control totals: what the extracts add up to on a way of their own, and what a person keyed.

A total here never goes through the grouping that the paper's tables use. It names the lines that it
was added from, in pounds and pence; `subjects/ledger/control.py` holds it against the other side.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from boardpack.core.structure import CENTRAL, ICB
from boardpack.figures.chapters import CONTROL as CHAPTER
from boardpack.figures.draft import Draft
from boardpack.figures.labels import measure_label, slug
from boardpack.figures.scope import Scope
from boardpack.reading.chosen_rows import total_of
from boardpack.reading.cost_centres_extract import in_force, read_cost_centres
from boardpack.reading.extract import Extract, Row, Value
from boardpack.reading.ledger_extract import AMOUNTS, VARIANCES, read_ledger
from boardpack.reading.provenance_extract import column_total, read_provenance
from boardpack.reading.row_view import grouped, that_say, together
from boardpack.subjects.ledger.mapped_ledger import BY_CENTRE, mapped_centres
from boardpack.subjects.ledger.trial_balance_extract import AMOUNTS as BALANCES
from boardpack.subjects.ledger.trial_balance_extract import read_trial_balance

LEDGER, BALANCE = "ledger", "trial_balance"
CENTRES, CENTRE, UNMAPPED = "cost_centres", "cost_centre_", "unmapped_cost_centres"
BY_ENTITY = ("entity", "period")
KEYED = "_keyed"
IN_LEDGER, IN_BALANCE = "ledger_ytd", "trial_balance_ytd"


def control_figures(draft: Draft) -> None:
    """Enter the totals of the ledger, of the trial balance, and of each extract with a keyed one.

    Ids are `control.icb.<extract>.<column>` for a whole column, with `_keyed` for the total that a
    person keyed, and `control.<place>.cost_centre_<code>.<measure>` for a cost centre.
    """
    ledger, balance = read_ledger(draft.folder), read_trial_balance(draft.folder)
    _ledger(draft, ledger)
    _balance(draft, balance)
    if ledger.rows and balance.rows:
        _centres(draft, ledger, balance)
    _keyed(draft)


def _scope(draft: Draft, line: str, label: str, place: str = ICB, period: str = "") -> Scope:
    return draft.scope(CHAPTER, place, line, label, basis="control", period=period or None)


def _ledger(draft: Draft, ledger: Extract) -> None:
    """The columns of the ledger as a whole, then over the cost centres of each place."""
    if not ledger.rows:
        return
    centres = mapped_centres(draft.folder)
    _columns(draft, ledger.rows, (*AMOUNTS, *VARIANCES), (), _scope(draft, LEDGER, "Ledger"))
    places = (*draft.paper.report.places, CENTRAL)
    for place in places:
        rows = together(one.rows for one in centres if one.mapping["place"] == place)
        name = f"Cost centres of {draft.paper.report.place_name(place)}"
        _columns(draft, rows, AMOUNTS, BY_CENTRE, _scope(draft, CENTRES, name, place))
    for measure in AMOUNTS:
        scope = _scope(draft, CENTRES, "Cost centres of all places", period=_period(draft, measure))
        parts = [scope.at(place=place).id(measure) for place in places]
        scope.total(measure, [p for p in parts if draft.has(p) or CENTRAL not in p.split(".")])


def _columns(
    draft: Draft, rows: Sequence[Row], measures: Iterable[str], by: Sequence[str], scope: Scope
) -> None:
    for measure in measures:
        total = total_of(rows, (measure,), by)
        scope.at(period=_period(draft, measure)).read(measure, total)


def _period(draft: Draft, measure: str) -> str:
    return draft.year if measure.startswith(("annual", "forecast")) else draft.month


def _balance(draft: Draft, balance: Extract) -> None:
    """The trial balance as a whole, then each entity in each period: all of them net to nil."""
    scope = _scope(draft, BALANCE, "Trial balance")
    for column in BALANCES:
        scope.read(column, total_of(balance.rows, (column,), ()))
    for (entity, period), rows in grouped(balance.rows, *BY_ENTITY).items():
        label = f"Trial balance of {entity} in {period}"
        part = _scope(draft, f"{BALANCE}_{slug(entity)}", label)
        part = part.at(period=f"{draft.year} {period}", suffix=period.lower())
        for column in BALANCES:
            part.read(column, total_of(rows, (column,), BY_ENTITY))


def _centres(draft: Draft, ledger: Extract, balance: Extract) -> None:
    """Spending to date of each cost centre, in the ledger and in the trial balance.

    A row of the trial balance is spending where its cost centre is mapped to a directorate, or its
    subjective stands in the ledger; what is left is the balance sheet.
    """
    mapped = in_force(read_cost_centres(draft.folder), draft.paper.month)
    spent = grouped(ledger.rows, *BY_CENTRE)
    this_month = balance.only(period=draft.paper.month.code)
    posted = grouped(that_say(this_month, "cost_centre", mapped.__contains__), *BY_CENTRE)
    for code, (mapping, *_) in mapped.items():
        scope = _scope(
            draft, f"{CENTRE}{code.lower()}", f"{mapping['description']} ({code})", mapping["place"]
        )
        one = total_of(spent.get((code,), ()), ("ytd_actual",), BY_CENTRE)
        other = total_of(posted.get((code,), ()), ("ytd",), (*BY_CENTRE, "period"))
        if one or other:
            _read_or_nil(scope, IN_LEDGER, one)
            _read_or_nil(scope, IN_BALANCE, other)
    accounts = {subjective for (subjective,) in grouped(ledger.rows, "subjective")}
    elsewhere = that_say(this_month, "cost_centre", lambda code: code not in mapped)
    outside = total_of(
        that_say(elsewhere, "subjective", accounts.__contains__),
        ("ytd",),
        (*BY_CENTRE, "subjective", "period"),
    )
    _scope(draft, UNMAPPED, "Spending on cost centres without a mapping").read(IN_BALANCE, outside)


def _read_or_nil(scope: Scope, measure: str, value: Value | None) -> None:
    if value is None:
        scope.derive(measure, "0")
    else:
        scope.read(measure, value)


def _keyed(draft: Draft) -> None:
    """Each total that a person keyed, beside the sum of the column that it is the total of."""
    for row in read_provenance(draft.folder):
        file, column = row["file"], row["total_of"]
        total = column_total(draft.folder, file, column) if column else None
        if total is not None:
            stem, keyed = Path(file).stem, row.amounts["control_total"]
            scope = _scope(draft, slug(stem), file, period=_period(draft, column))
            scope = scope.at(line_label=f"{file}, {measure_label(column)}")
            name = slug(column)
            if not draft.has(scope.id(name)):
                scope.read(name, total)
            scope.read(f"{name}{KEYED}", replace(keyed, unit=total.unit))
