"""Provider contracts: what the ICB expects to pay NHS providers in the year under block contracts.

The extract lists the local providers and one total for all NHS block contracts. What goes to other
NHS providers is the difference; it is not listed by name.
"""

from __future__ import annotations

from boardpack.figures.draft import Draft
from boardpack.figures.labels import slug
from boardpack.figures.scope import Scope
from boardpack.sources.extract import Row
from boardpack.sources.provider_contracts import read_provider_contracts
from boardpack.structure import ICB

CHAPTER, BASIS = "providers", "contract"
TOTAL = "Total"
LOCAL, OTHER, SERVICES = "local_providers", "other_providers", "nhs_services"
RESOURCE_LIMIT = "resource_limit.icb.total.budget"


def providers_figures(draft: Draft) -> None:
    """Forecasts are read; the local sum, the remainder and the shares are computed."""
    rows = tuple(read_provider_contracts(draft.folder))
    for row in rows:
        _scope(draft, _line(row), row["provider"]).read(
            "annual_forecast", row.amounts.get("annual_forecast")
        )
    local = [_line(row) for row in rows if row["provider"] != TOTAL]
    if local:
        _sums(draft, local)
        _shares(draft, (*local, LOCAL, OTHER))
    _variances(draft)
    draft.enter_stated(CHAPTER)


def _line(row: Row) -> str:
    return "total" if row["provider"] == TOTAL else slug(row["provider"])


def _scope(draft: Draft, line: str, label: str) -> Scope:
    return draft.scope(CHAPTER, ICB, line, label, basis=BASIS, period=draft.year)


def _sums(draft: Draft, local: list[str]) -> None:
    scope = _scope(draft, LOCAL, "Local providers")
    scope.total("annual_forecast", [scope.at(line=line).id("annual_forecast") for line in local])
    total = scope.at(line="total").id("annual_forecast")
    if draft.has(total):
        other = scope.at(line=OTHER, line_label="Other NHS providers")
        other.derive("annual_forecast", f"{total} - {scope.id('annual_forecast')}")


def _shares(draft: Draft, lines: tuple[str, ...]) -> None:
    """Each provider's share of all NHS block contracts, and theirs of the resource limit."""
    total = _scope(draft, "total", "All NHS block contracts")
    whole = total.id("annual_forecast")
    if not draft.has(whole) or not draft.agreed(whole).value:
        return
    for line in lines:
        forecast = total.at(line=line).id("annual_forecast")
        scope = _scope(draft, line, draft.register[forecast].label.rsplit(", ", 1)[0])
        scope.derive("share_of_total", f"{forecast} / {whole} * 100", "PCT")
    if draft.has(RESOURCE_LIMIT):
        total.derive("share_of_resource_limit", f"{whole} / {RESOURCE_LIMIT} * 100", "PCT")


def _variances(draft: Draft) -> None:
    """NHS services are reported in words, as an overspend: the variance has the other sign."""
    for said, measure, period in (
        ("in_month_overspend", "in_month_variance", draft.month),
        ("forecast_overspend", "forecast_variance", draft.year),
    ):
        scope = draft.scope(CHAPTER, ICB, SERVICES, "NHS services", basis="stated", period=period)
        if scope.read(said, draft.stated(CHAPTER, ICB, SERVICES, said), "GBP"):
            scope.derive(measure, f"0 - {scope.id(said)}")
