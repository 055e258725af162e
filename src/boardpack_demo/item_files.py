"""The month's files of prescriptions: summary, items, tariff and concessions."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from boardpack.core.periods import MONTHS_IN_YEAR
from boardpack.reading.calendar import month_key
from boardpack_demo.budgets import NIL
from boardpack_demo.chance import PENNY, Chance, pence, pounds, shared
from boardpack_demo.icb import SHORT
from boardpack_demo.medicines import ARREARS, Spend
from boardpack_demo.sizes import Body
from boardpack_demo.table import Cell, Table, table, whole
from boardpack_demo.tariff import BRAND, MEDICINES, Medicine, concessions, tariff
from boardpack_demo.truth import Truth

SHARE_PAID = Decimal("0.937")
"""Actual cost for a pound of net ingredient cost: the average discount taken off."""
PCO, REGION = "Z9Z", "Y99"
_PART_COLUMNS = (
    "pmd_excl_cat_m_ncso cat_m_ncso central_drugs flu_income prior_year qipp_savings"
    " pmd_ipp_difference"
)
EPD_HEADER = (
    "YEAR_MONTH REGIONAL_OFFICE_NAME REGIONAL_OFFICE_CODE ICB_NAME ICB_CODE PCO_NAME PCO_CODE"
    " PRACTICE_NAME PRACTICE_CODE ADDRESS_1 ADDRESS_2 ADDRESS_3 ADDRESS_4 POSTCODE"
    " BNF_CHEMICAL_SUBSTANCE CHEMICAL_SUBSTANCE_BNF_DESCR BNF_CODE BNF_DESCRIPTION"
    " BNF_CHAPTER_PLUS_CODE QUANTITY ITEMS TOTAL_QUANTITY ADQUSAGE NIC ACTUAL_COST UNIDENTIFIED"
)


def prescribing_summary(truth: Truth, number: int) -> Table | None:
    """What makes up the spend of each place in whole pounds; None while no data has come."""
    rows = []
    spends = {place: truth.medicines.spend(place, number) for place in truth.body.places}
    totals = [NIL] * 6
    for place, spend in spends.items():
        if spend is None:
            return None
        amounts = _amounts(truth, place, spend)
        totals = [total + amount for total, amount in zip(totals, amounts, strict=True)]
        rows.append([place, *_parts(spend), *map(whole, amounts)])
    found = [spend for spend in spends.values() if spend is not None]
    parts = {name: sum((spend.parts[name] for spend in found), NIL) for name in found[0].parts}
    rows.append(["icb", *_parts(Spend(parts, number)), *map(whole, totals)])
    header = f"place {_PART_COLUMNS} ytd_spend ytd_budget ytd_variance annual_budget"
    return table(f"{header} forecast_outturn forecast_variance", rows)


def _parts(spend: Spend) -> list[str]:
    return [whole(spend.parts[n]) if n in spend.parts else "" for n in _PART_COLUMNS.split()]


def _amounts(truth: Truth, place: str, spend: Spend) -> list[Decimal]:
    annual = truth.medicines.annual_budget(place)
    to_date = annual * spend.months / 12
    forecast = pounds(sum((spend.forecast(part) for part in spend.parts), NIL))
    return [spend.total, to_date, to_date - spend.total, annual, forecast, annual - forecast]


def practices(body: Body) -> Table:
    """The practices of each place with their networks, which a PCO code cannot tell."""
    networks = [name for name, count in body.networks.items() for _ in range(count)]
    rows = [
        (code, name, "ZZ99 3AA", place, "", "", f"{body.places[place]} {network}")
        for place in body.places
        for (code, name), network in zip(practices_of(body, place), networks, strict=True)
    ]
    return table("practice_code practice_name postcode place from to pcn", rows)


_NAMES = ("Old Mill", "Riverbank", "Market Square", "Hilltop", "Station Road")


def practices_of(body: Body, place: str) -> list[tuple[str, str]]:
    """Code and name of a place's practices; a name that comes again has a number."""
    tens, digit = divmod(list(body.places).index(place), 10)
    found = []
    for n in range(sum(body.networks.values())):
        again, which = divmod(n, len(_NAMES))
        name = f"{_NAMES[which]} Surgery {body.places[place]}{f' {again + 1}' if again else ''}"
        found.append((f"Z9{digit}{tens}{n:02d}", name))
    return found


def epd(truth: Truth, number: int) -> Table | None:
    """The items of March and of each month of data; a place's cost is what was prescribed there."""
    known = number - ARREARS
    if known < 1:
        return None
    first = min(0, known + 1 - truth.body.months_of_items)
    months, places = range(first, known + 1), truth.body.places
    rows = (row for month in months for place in places for row in _items(truth, place, month))
    return table(EPD_HEADER, rows)


@cache
def _items(truth: Truth, place: str, number: int) -> tuple[tuple[Cell, ...], ...]:
    """A month's items of a place; before the year they are those of the year before it, if any."""
    if number < 0 and truth.before is not None:
        return _items(truth.before, place, number + MONTHS_IN_YEAR)
    return tuple(_drawn(truth, place, number))


def _drawn(truth: Truth, place: str, number: int) -> Iterator[tuple[Cell, ...]]:
    known = practices_of(truth.body, place)
    keys = [(one, medicine) for one in known for medicine in (*MEDICINES, BRAND)]
    chance = Chance(truth.seed, "items", place, number)
    weights = [_usual(truth.lasting_seed, *key) * chance.between(97, 103) for key in keys]
    costs = shared(truth.medicines.cost(place, number), weights, PENNY)
    counted = truth.counted(number)
    month = month_key(truth.month(number)).replace("-", "")
    for ((code, name), medicine), cost in zip(keys, costs, strict=True):
        nic = pence(cost / SHARE_PAID)
        items = max(1, int(nic / (medicine.charged(max(0, counted)) * 2)))
        quantity, bnf = 2 * medicine.pack, medicine.bnf
        yield (
            *(month, "WEXMOOR REGION", REGION, SHORT.upper(), "Z9X", SHORT.upper(), PCO),
            *(name.upper(), code, "", "", "", "", "ZZ99 3AA"),
            *(bnf[:9], medicine.name.split()[0], bnf, medicine.name, bnf[:2]),
            *(quantity, items, quantity * items, "0", nic, cost, "N"),
        )


@cache
def _usual(seed: int, practice: tuple[str, str], medicine: Medicine) -> Decimal:
    """How much of a place's cost a practice's medicine usually has, as a weight."""
    size = Chance(seed, "size of practice", practice[0]).between(70, 130)
    return Decimal(size * Chance(seed, "weight", practice[0], medicine.bnf).between(70, 130))


def drug_tariff(truth: Truth, number: int) -> Table:
    """The tariff of the latest month of items, or of the month itself while there are none."""
    known = number - ARREARS
    return tariff(truth.counted(known if known >= 1 else number))


def drug_tariff_following(truth: Truth, number: int) -> Table | None:
    """The tariff of the month after the latest items, at which Category A is paid."""
    known = number - ARREARS
    return tariff(truth.counted(known + 1)) if known >= 1 else None


def earlier_tariffs(truth: Truth, number: int) -> dict[str, Table]:
    """The tariffs of the months of the year before the latest items, by file."""
    return {
        f"drug_tariff_{month_key(truth.month(month)).replace('-', '')}.csv": tariff(
            truth.counted(month)
        )
        for month in range(1, number - ARREARS)
    }


def drug_tariff_baseline(truth: Truth) -> Table:
    """The tariff of the month before the year, on which the budgets were set."""
    return tariff(truth.counted(0))


def price_concessions(truth: Truth, number: int) -> Table:
    """The concessions from March to date: some medicines cost more than their tariff price."""
    return concessions(range(truth.counted(0), truth.counted(number) + 1))
