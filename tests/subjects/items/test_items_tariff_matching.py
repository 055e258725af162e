"""Items and concessions find their packs by code or name, or are counted as unmatched."""

from __future__ import annotations

import csv
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from homes import RAW
from items_home import Granted, TariffPack, items_home, product_code, snomed
from month_six import paper_for

from boardpack.core.params import load_paper
from boardpack.reading.folder import Folder
from boardpack.subjects.items.drug_tariff_extract import read_drug_tariff
from boardpack.subjects.items.price_concessions_extract import read_price_concessions
from boardpack.subjects.items.tariff_matching import Packs, match_concessions, words_of

TWICE = "Calcium carbonate 1.25g chewable tablets"
TARIFF = (
    TariffPack("Omeprazole 20mg gastro-resistant capsules", 28, 86, product=1),
    TariffPack("Omeprazole 20mg gastro-resistant capsules", 56, 170, product=1, number=1),
    TariffPack("Metformin 500mg tablets", 28, 97, product=2),
    TariffPack("Diclofenac sodium 50mg gastro-resistant tablets", 84, 300, product=3),
    TariffPack(TWICE, 100, 900, product=4),
    TariffPack(TWICE, 90, 800, product=5),
)


def _folder(home: Path, *granted: Granted) -> Folder:
    items_home(home, (), TARIFF, granted or (Granted("Metformin 500mg tablets", "2"),))
    return Folder(load_paper(home, paper_for().month, "bromley"), corrections=())


@pytest.fixture
def packs(tmp_path: Path) -> Packs:
    return Packs(read_drug_tariff(_folder(tmp_path)))


@pytest.mark.parametrize(
    ("item", "listed"),
    [
        ("Omeprazole_Cap E/C 20mg", "Omeprazole 20mg gastro-resistant capsules"),
        ("Metformin HCl_Tab 500mg M/R", "Metformin hydrochloride 500mg modified-release tablets"),
        ("Co-Codamol_Tab 30mg/500mg", "Co-codamol 30mg/500mg tablets"),
        ("Digoxin_Tab 62.5mcg", "Digoxin 62.5microgram tablets"),
        ("Latanoprost_Eye Dps 50mcg/ml", "Latanoprost 50micrograms/ml eye drops"),
        ("Heparin Sod_Inj 5,000u/5ml", "Heparin sodium 5000units/5ml inj"),
    ],
)
def test_names_of_both_layouts_have_the_same_words(item: str, listed: str) -> None:
    assert words_of(item) == words_of(listed)


def test_another_strength_form_or_release_is_another_name() -> None:
    names = ("A 10mg tablets", "A 100mg tablets", "A 10mg capsules", "A 10mg tablets sugar free")
    others = ("A 10mg modified-release tablets", "A 10mg/5ml oral solution", "A 1.0mg tablets")
    assert len({words_of(name) for name in (*names, *others)}) == 7


def test_a_code_goes_before_a_name_and_a_pack_code_is_one_pack(packs: Packs) -> None:
    named, how = packs.of_item("Metformin HCl_Tab 500mg", product_code(TARIFF[0]))
    assert how == "code"
    assert [pack.size for pack in named] == [28, 56]
    one, how = packs.of_item("anything", named[1].vmpp)
    assert (how, [pack.size for pack in one]) == ("code", [56])


def test_an_unknown_code_falls_back_on_the_name(packs: Packs) -> None:
    found, how = packs.of_item("Metformin HCl_Tab 500mg", snomed(9999))
    assert (how, found[0].medicine) == ("name", "Metformin 500mg tablets")
    assert packs.of_item("Diclofenac Sod_Tab E/C 50mg")[1] == "name"
    assert packs.of_item("Diclofenac Pot_Tab E/C 50mg") == ((), "none")


def test_a_name_of_two_products_is_no_match(packs: Packs) -> None:
    assert packs.of_item(TWICE) == ((), "none")


def test_a_concession_is_for_its_pack_or_for_any(tmp_path: Path) -> None:
    name = "Omeprazole 20mg gastro-resistant capsules"
    granted = (Granted(name, "2.83", "28"), Granted("Metformin 500mg tablets", "2"))
    wrong = (Granted(name, "3.00", "30"), Granted("Wexomab 1mg tablets", "4"))
    folder = _folder(tmp_path, *granted, *wrong)
    rows = read_price_concessions(folder).rows
    found, lost = match_concessions(rows, Packs(read_drug_tariff(folder)))
    sizes = {code: [one.pack.size for one in listed] for code, listed in found.items()}
    assert sizes == {product_code(TARIFF[0]): [28], product_code(TARIFF[2]): [28]}
    assert [row.line for row in lost] == [4, 5]


def test_the_real_sample_of_items_against_a_real_tariff(tmp_path: Path, reference: Path) -> None:
    """Items of 2017 and prices of 2023: names alone tell, and half of the rows have no match."""
    folder = _folder(tmp_path)
    real = reference / "prescribing" / "drug_tariff_part_viiia_2023_03.csv"
    (tmp_path / RAW / "drug_tariff.csv").write_bytes(real.read_bytes())
    packs = Packs(read_drug_tariff(folder))
    sample = reference / "prescribing" / "epd_v2_sample_201709.csv"
    rows, costs = Counter[str](), dict.fromkeys(("name", "none"), Decimal(0))
    with sample.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            how = packs.of_item(row["BNF_DESCRIPTION"])[1]
            rows[how] += 1
            costs[how] += Decimal(row["ACTUAL_COST"])
    assert len(packs.all) == 3790
    assert rows == {"name": 5060, "none": 4967}
    assert {how: round(cost) for how, cost in costs.items()} == {"name": 129_963, "none": 198_946}


def test_the_real_page_of_concessions_against_a_real_tariff(
    tmp_path: Path, reference: Path
) -> None:
    folder = _folder(tmp_path)
    for name, real in (
        ("drug_tariff.csv", "drug_tariff_part_viiia_2023_03.csv"),
        ("price_concessions.csv", "ncso_price_concessions_cpe_snapshot.csv"),
    ):
        (tmp_path / RAW / name).write_bytes((reference / "prescribing" / real).read_bytes())
    packs = Packs(read_drug_tariff(folder))
    granted = read_price_concessions(folder).only(month="2023-12")
    found, lost = match_concessions(granted, packs)
    assert (len(granted), len(lost)) == (152, 1)
    assert sum(map(len, found.values())) == 151
