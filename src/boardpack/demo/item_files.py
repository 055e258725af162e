"""The month's files of prescriptions: summary, items, tariff and concessions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from boardpack.demo.budgets import NIL
from boardpack.demo.chance import PENNY, Chance, pence, pounds, shared
from boardpack.demo.icb import PLACES, SHORT, month_of
from boardpack.demo.medicines import ARREARS, Spend
from boardpack.demo.table import Cell, Table, table, whole
from boardpack.demo.truth import Truth
from boardpack.periods import Month
from boardpack.sources.calendar import month_key
from boardpack.sources.snomed import is_snomed

PRACTICES = 5
CONCESSION = Decimal("1.1")
"""A concession's price as a multiple of the tariff's."""
PCO, REGION = "Z9Z", "Y99"
_PART_COLUMNS = (
    "pmd_excl_cat_m_ncso cat_m_ncso central_drugs flu_income prior_year qipp_savings"
    " pmd_ipp_difference"
)
_DRUGS = (
    ("0212000B0AAABAB", "Atorvastatin 20mg tablets", 28, "M", 93),
    ("0212000B0AAACAC", "Atorvastatin 40mg tablets", 28, "M", 115),
    ("0103050P0AAAAAA", "Omeprazole 20mg gastro-resistant capsules", 28, "M", 94),
    ("0206020A0AAAAAA", "Amlodipine 5mg tablets", 28, "M", 74),
    ("0601022B0AAABAB", "Metformin 500mg tablets", 28, "M", 97),
    ("0601023X0AAAAAA", "Sitagliptin 100mg tablets", 28, "M", 163),
    ("0208020Z0AAABAB", "Apixaban 5mg tablets", 56, "M", 204),
    ("0301020Q0AAAAAA", "Tiotropium 18micrograms capsules", 30, "C", 3350),
    ("0906040G0AABXBX", "Colecalciferol 800unit capsules", 30, "C", 360),
    ("0403030E0AAAAAA", "Sertraline 50mg tablets", 28, "M", 92),
)
"""BNF code, medicine, pack, tariff category and price in pence."""
_BRAND = ("0302000N0BZZZAA", "Wexair 125micrograms inhaler", 1, "", 2345)
"""A brand, which the tariff does not list."""
EPD_HEADER = (
    "YEAR_MONTH REGIONAL_OFFICE_NAME REGIONAL_OFFICE_CODE ICB_NAME ICB_CODE PCO_NAME PCO_CODE"
    " PRACTICE_NAME PRACTICE_CODE ADDRESS_1 ADDRESS_2 ADDRESS_3 ADDRESS_4 POSTCODE"
    " BNF_CHEMICAL_SUBSTANCE CHEMICAL_SUBSTANCE_BNF_DESCR BNF_CODE BNF_DESCRIPTION"
    " BNF_CHAPTER_PLUS_CODE QUANTITY ITEMS TOTAL_QUANTITY ADQUSAGE NIC ACTUAL_COST UNIDENTIFIED"
)


def prescribing_summary(truth: Truth, number: int) -> Table | None:
    """What makes up the spend of each place in whole pounds; None while no data has come."""
    rows = []
    spends = {place: truth.medicines.spend(place, number) for place in PLACES}
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


def practices() -> Table:
    """The practices of each place, which a PCO code cannot tell."""
    rows = [
        (code, name, "ZZ99 3AA", place, "", "")
        for place in PLACES
        for code, name in practices_of(place)
    ]
    return table("practice_code practice_name postcode place from to", rows)


def practices_of(place: str) -> list[tuple[str, str]]:
    """Code and name of a place's practices."""
    digit = list(PLACES).index(place)
    names = ("Old Mill", "Riverbank", "Market Square", "Hilltop", "Station Road")
    return [(f"Z9{digit}{n:03d}", f"{names[n]} Surgery {PLACES[place]}") for n in range(PRACTICES)]


def epd(truth: Truth, number: int) -> Table | None:
    """The items of the latest month of data; a place's actual cost is what was prescribed there."""
    known = number - ARREARS
    if known < 1:
        return None
    return table(EPD_HEADER, (row for place in PLACES for row in _items(truth, place, known)))


def _items(truth: Truth, place: str, number: int) -> Iterator[tuple[Cell, ...]]:
    chance = Chance(truth.seed, "items", place, number)
    keys = [(practice, drug) for practice in practices_of(place) for drug in (*_DRUGS, _BRAND)]
    weights = [Decimal(chance.between(50, 150)) for _ in keys]
    costs = shared(truth.medicines.cost(place, number), weights, PENNY)
    month = month_key(month_of(number)).replace("-", "")
    for ((code, name), (bnf, drug, pack, _, price)), cost in zip(keys, costs, strict=True):
        nic = pence(cost / Decimal("0.937"))
        items = max(1, int(nic * 100 / (price * 2)))
        yield (
            *(month, "WEXMOOR REGION", REGION, SHORT.upper(), "Z9X", SHORT.upper(), PCO),
            *(name.upper(), code, "1 EXAMPLE STREET", "", "", "", "ZZ99 3AA"),
            *(bnf[:9], drug.split()[0], bnf, drug, bnf[:2]),
            *(2 * pack, items, 2 * pack * items, "0", nic, cost, "N"),
        )


def drug_tariff(number: int) -> Table:
    """The tariff of the latest month of items, or of the month itself while there are none."""
    known = number - ARREARS
    return _tariff(month_of(known if known >= 1 else number), [drug[-1] for drug in _DRUGS])


def drug_tariff_baseline() -> Table:
    """The tariff of the month before the year, on which the budgets were set.

    Most prices of Category M have risen since, some have fallen.
    """
    prices = [price + (2 if n % 4 == 0 else -4) for n, (*_, price) in enumerate(_DRUGS)]
    return _tariff(month_of(1).earlier(1), prices)


def _tariff(month: Month, prices: Iterable[int]) -> Table:
    """The tariff's packs as they are published: a title, and a unit column without a heading."""
    header = ["Medicine", "Pack size", "", "VMP Snomed Code", "VMPP Snomed Code"]
    header += ["Drug Tariff Category", "Basic Price"]
    priced = zip(_DRUGS, prices, strict=True)
    rows = [_pack(n, *drug[1:4], price) for n, (drug, price) in enumerate(priced)]
    return Table(header, rows, (f"Drug Tariff Part VIIIA {month.name}", ""))


def _pack(number: int, drug: str, pack: int, category: str, price: int) -> list[str]:
    unit = "capsule" if "capsule" in drug else "tablet"
    codes = (_snomed(2 * number), _snomed(2 * number + 1))
    return [drug, str(pack), unit, *codes, f"Part VIIIA Category {category}", str(price)]


def _snomed(number: int) -> str:
    """A code of the length of a dictionary of medicines' code, with its check digit."""
    stem = f"99{number:03d}11000001{10}"
    return next(code for digit in range(10) if is_snomed(code := f"{stem}{digit}"))


def price_concessions(number: int) -> Table:
    """The concessions of the year to date: some medicines cost more than their tariff price."""
    rows = [
        (month_key(month_of(month)), drug, pack, f"£{Decimal(price * CONCESSION) / 100:.2f}")
        for month in range(1, number + 1)
        for n, (_, drug, pack, _, price) in enumerate(_DRUGS)
        if (n + month) % 4 == 0
    ]
    return table("month drug pack_size price", rows)
