"""The made-up estimates: each stands until it is known, and is then compared with what it was."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from boardpack.figures.chapters import compute
from boardpack.reading.folder import Folder
from boardpack.subjects.estimates.extract import is_settled, read_estimates
from boardpack_demo.estimates import MATTERS
from boardpack_demo.icb import PLACES
from demo_homes import paper_of_demo


def _rows(demo: Path, number: int) -> dict[str, tuple[bool, Decimal]]:
    rows = read_estimates(Folder(paper_of_demo(demo, number)))
    return {row["ref"]: (is_settled(row), row.amounts["amount"].amount) for row in rows}


@pytest.mark.parametrize("number", range(2, 13))
def test_an_estimate_is_carried_until_it_is_settled_with_the_amount_carried(
    demo: Path, number: int
) -> None:
    before, now = _rows(demo, number - 1), _rows(demo, number)
    for ref, (settled, amount) in before.items():
        assert now[ref][0] or not settled, f"{ref} was known and is open again"
        if now[ref][0]:
            assert now[ref][1] == amount
        else:
            assert now[ref][1] > amount, "a month more costs more"
    assert {ref for ref, (settled, _) in now.items() if settled} == {
        f"{matter.ref}-{place[:3].upper()}"
        for matter in MATTERS
        for place in matter.places or PLACES
        if matter.settled <= number
    }


def test_a_later_month_looks_back_on_what_was_carried(demo: Path) -> None:
    found = compute(paper_of_demo(demo, 7), "estimates", "scenario")
    then = _rows(demo, 5)["UPL-ALD"][1]
    assert found["estimates.alderwick.ref_upl_ald.amount_then"].value == then
    actual = found["estimates.alderwick.ref_upl_ald.actual"].value
    assert found["estimates.alderwick.ref_upl_ald.difference"].value == actual - then
    places = [found[f"estimates.{place}.total.difference"].value for place in PLACES]
    assert found["estimates.icb.total.difference"].value == sum(places)


def test_care_of_the_month_lies_within_the_prices_of_the_year(demo: Path) -> None:
    found = compute(paper_of_demo(demo, 7), "estimates")
    for place in (*PLACES, "icb"):
        low, amount, high = (
            found[f"estimates.{place}.chc_month.{m}"].value for m in ("low", "amount", "high")
        )
        assert low <= amount <= high
        assert low < high
        assert amount == found[f"chc.{place}.all_clients.cost_in_month"].value
    for measure in ("amount",):
        of_places = sum(found[f"estimates.{p}.chc_month.{measure}"].value for p in PLACES)
        assert abs(of_places - found[f"estimates.icb.chc_month.{measure}"].value) < 1
