"""The readers on real public files, with row counts and sums that a plain count confirms.

`pytest -s` prints them. Skipped where the public reference files are not beside the checkout.
"""

from __future__ import annotations

import csv
from collections import Counter
from decimal import Decimal
from pathlib import Path

from item_homes import item_folder, told

from boardpack.core.periods import Month
from boardpack.reading.extract import Extract
from boardpack.subjects.items.cat_m_prices_extract import read_cat_m_prices
from boardpack.subjects.items.drug_tariff_extract import category_counts, read_drug_tariff
from boardpack.subjects.items.epd_extract import read_epd
from boardpack.subjects.items.practices_extract import practice_places, read_practices
from boardpack.subjects.items.price_concessions_extract import read_price_concessions
from boardpack.subjects.prescribing.profiles_extract import read_prescribing_profiles
from boardpack.subjects.providers.spend_over_25k_extract import read_spend_over_25k

Record = dict[str, str]
PROFILES = Path("data/reference/prescribing_profiles.csv")


def _plain(path: Path) -> list[Record]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _sum(records: list[Record], column: str) -> Decimal:
    return sum((Decimal(r[column].lstrip("£")) for r in records if r[column]), Decimal(0))


def _total(extract: Extract, column: str) -> Decimal:
    return sum((r.amounts[column].amount for r in extract if column in r.amounts), Decimal(0))


def _say(name: str, **told: object) -> None:
    print(f"\n{name}: " + ", ".join(f"{key} {value}" for key, value in told.items()))  # noqa: T201


def test_the_epd_sample(tmp_path: Path, reference: Path) -> None:
    path = reference / "prescribing" / "epd_v2_sample_201709.csv"
    practices = (
        "practice_code,practice_name,postcode,place,from,to\n"
        "B85010,Dalton,,Bromley,,\nB85054,B,,Bromley,,\nL84073,Acorn,,Bexley,,\n"
    )
    folder = item_folder(tmp_path, {"epd.csv": path.read_bytes()}, {"practices.csv": practices})
    epd, plain = read_epd(folder), _plain(path)
    total, (unknown,) = epd.total, epd.unknown
    _say("EPD", rows=total.rows, items=total.items, NIC=total.nic, cost=total.actual_cost)
    assert (total.rows, total.items, total.quantity) == (10_027, 46_895, Decimal("2852009.0"))
    assert (total.nic, total.actual_cost) == (Decimal("352697.84"), Decimal("328908.73007"))
    assert total.rows == len(plain)
    assert total.items == _sum(plain, "ITEMS")
    assert total.quantity == _sum(plain, "TOTAL_QUANTITY")
    assert (total.nic, total.actual_cost) == (_sum(plain, "NIC"), _sum(plain, "ACTUAL_COST"))
    own = [record for record in plain if record["PRACTICE_CODE"] == "L84018"]
    assert (unknown.practice, unknown.sums.rows, epd.outside.rows) == ("L84018", 2558, 0)
    assert unknown.sums.actual_cost == _sum(own, "ACTUAL_COST")
    keys = {(r["PRACTICE_CODE"], r["BNF_CODE"]) for r in plain if r["PRACTICE_CODE"] != "L84018"}
    assert set(epd.sums(("practice", "bnf_code"))) == keys
    assert epd.by_place()[Month(2017, 6), "bexley"].rows == 1848
    assert epd.quantity_breaches.count == 0
    assert "its cost of £" in told(epd.notes)


def test_the_drug_tariff(tmp_path: Path, reference: Path) -> None:
    path = reference / "prescribing" / "drug_tariff_part_viiia_2023_03.csv"
    tariff, plain = (
        read_drug_tariff(item_folder(tmp_path, {"drug_tariff.csv": path.read_bytes()})),
        _plain(path),
    )
    counts, price = category_counts(tariff), _total(tariff, "price")
    _say("Drug Tariff", rows=len(tariff.rows), **counts, prices=price)
    assert (len(tariff.rows), price) == (3908, Decimal("326333.39"))
    assert counts == {"A": 665, "C": 2616, "H": 0, "M": 627}
    assert counts == {"H": 0, **Counter(r["Drug Tariff Category"][-1] for r in plain)}
    assert price * 100 == _sum(plain, "Basic Price (pence)")
    assert len({row["vmpp"] for row in tariff}) == len(plain)
    assert "found '118 packs'; expected a price" in told(tariff.notes)


def test_category_m_prices(tmp_path: Path, reference: Path) -> None:
    path = reference / "prescribing" / "cat_m_prices_2022_2026_by_drug.csv"
    layouts = "extracts: {cat_m_prices: {headings: {price: [price_gbp]}}}\n"
    folder = item_folder(tmp_path, {"cat_m_prices.csv": path.read_bytes()}, layouts=layouts)
    prices, plain = read_cat_m_prices(folder), _plain(path)
    _say("Category M", rows=len(prices.rows), prices=_total(prices, "price"))
    assert (len(prices.rows), _total(prices, "price")) == (15_122, Decimal("72487.60"))
    assert (len(plain), _sum(plain, "price_gbp")) == (15_122, Decimal("72487.60"))
    assert len({row["drug"] for row in prices}) == len({r["drug"] for r in plain}) == 718
    assert "every quarter" not in told(prices.notes)


def test_the_list_of_concessions(tmp_path: Path, reference: Path) -> None:
    path = reference / "prescribing" / "ncso_concessions_2020_2026_by_drug.csv"
    folder = item_folder(tmp_path, {"price_concessions.csv": path.read_bytes()})
    extract, plain = read_price_concessions(folder), _plain(path)
    total = _total(extract, "price")
    _say("Concessions, list", rows=len(extract.rows), prices=total)
    once = {(r["month"], r["drug"], Decimal(r["concession_price"])) for r in plain}
    assert (len(plain), _sum(plain, "concession_price")) == (7742, Decimal("89573.83"))
    assert (len(extract.rows), total) == (len(once), sum(price for *_, price in once))
    assert len({row["month"] for row in extract}) == 74
    assert "All stand, with rows" in told(extract.notes)


def test_the_page_of_concessions(tmp_path: Path, reference: Path) -> None:
    path = reference / "prescribing" / "ncso_price_concessions_cpe_snapshot.csv"
    folder = item_folder(tmp_path, {"price_concessions.csv": path.read_bytes()})
    extract, plain = read_price_concessions(folder), _plain(path)
    months = Counter(row["month"] for row in extract)
    _say("Concessions, page", rows=len(extract.rows), prices=_total(extract, "price"), **months)
    assert len(extract.rows) == len(plain) == 506
    assert _total(extract, "price") == _sum(plain, "price_text")
    assert months == {
        "2019-11": 53,
        "2019-12": 62,
        "2020-01": 55,
        "2023-11": 138,
        "2023-12": 152,
        "2024-01": 46,
    }
    assert {row["announced"] for row in extract.only(month="2024-01")} == {"2024-01-19"}


def test_the_practice_list(tmp_path: Path, reference: Path) -> None:
    path = reference / "prescribing" / "sel_practice_to_borough_2016_epraccur.csv"
    layouts = (
        "extracts: {practices: {headings: "
        "{place: [borough], from: [open_date], to: [close_date]}}}\n"
    )
    text = path.read_text(encoding="utf-8")
    folder = item_folder(tmp_path, {}, {"practices.csv": text}, layouts)
    practices, plain = read_practices(folder), _plain(path)
    places, month = practice_places(practices), Month(2023, 6)
    counts = Counter(row["place"] for row in practices)
    is_open = sum(places.place(code, month)[1] for code in places.codes)
    _say("Practices", rows=len(practices.rows), open=is_open, **counts)
    assert (len(practices.rows), is_open) == (267, 249)
    assert counts == Counter(r["borough"].lower() for r in plain)
    assert is_open == sum(not r["close_date"] for r in plain)


def test_the_spend_lines(tmp_path: Path, reference: Path) -> None:
    path = reference / "ledger" / "sel_ccg_2020_21_spend_lines_nosupplier.csv"
    layouts = (
        "extracts: {spend_over_25k: {headings: {payment_date: [date], expense_type: [expensetype], "
        "expense_area: [expensearea], transaction_number: [transactionnumber]}}}\n"
    )
    folder = item_folder(tmp_path, {"spend_over_25k.csv": path.read_bytes()}, layouts=layouts)
    spend, plain = read_spend_over_25k(folder), _plain(path)
    total = _total(spend, "amount")
    credits = [value for row in spend if (value := row.amounts["amount"].amount) < 0]
    _say("Spend over £25k", rows=len(spend.rows), amount=total, credits=sum(credits))
    assert (len(spend.rows), total) == (18_467, Decimal(1_763_598_505))
    assert (len(plain), _sum(plain, "amount")) == (18_467, total)
    assert (len(credits), sum(credits)) == (2302, -47_465_884)
    assert len(credits) == sum(Decimal(r["amount"]) < 0 for r in plain)
    days = Counter(row["payment_date"] for row in spend)
    assert days["2021-03-31"] == 2620
    assert days["2020-09-30"] == 2293
    notes = told(spend.notes)
    assert "a ? in 2,206 rows" in notes
    assert "a ? in 1,893 rows" in notes
    assert [n.value for n in spend.notes if n.expected == "payments of every month"] == [
        "May 2020",
        "July 2020",
        "August 2020",
        "January 2021",
    ]


def test_the_profiles_that_are_carried_are_the_published_ones(
    tmp_path: Path, reference: Path, project: Path
) -> None:
    plain = _plain(reference / "prescribing" / "nhsbsa_profiles.csv")
    text = (project / PROFILES).read_text(encoding="utf-8")
    profiles = read_prescribing_profiles(item_folder(tmp_path, {}, {PROFILES.name: text}))
    _say("Profiles", rows=len(profiles.rows), shares=_total(profiles, "monthly"))
    for year in ("2013/14", "2014/15"):
        rows = profiles.only(financial_year=year)
        for column, old in (("monthly", "monthly"), ("cumulative", "cum")):
            published = [Decimal(r[f"{year.replace('/', '_')}_{old}"]) for r in plain]
            assert [row.amounts[column].amount for row in rows] == published
