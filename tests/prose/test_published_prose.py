"""The prose of the published Month 6 paper: most is supported, and its real errors are found."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

import pytest
from month_six import REFERENCE

from boardpack.prose.claim import Claim
from checked_prose import claims_of

PUBLISHED = REFERENCE / "m06-2023-24" / "published-paper.txt"
FIRST, LAST = "Month 6 2023/24 SEL ICB Finance Report", "Spend in 20/21"

pytestmark = pytest.mark.skipif(
    not PUBLISHED.exists(), reason="the published paper is not beside this project"
)


def published_text() -> str:
    """The finance paper, its lines where they stand in the file."""
    lines = PUBLISHED.read_text(encoding="utf-8").splitlines()
    first = next(i for i, line in enumerate(lines) if FIRST in line)
    last = next(i for i, line in enumerate(lines) if LAST in line)
    kept = [line if first <= i <= last else "" for i, line in enumerate(lines)]
    return "\n".join(kept)


@lru_cache
def _claims() -> list[Claim]:
    return claims_of(published_text())


def test_nineteen_of_twenty_claims_are_supported() -> None:
    counts = Counter(claim.status for claim in _claims())
    assert sum(counts.values()) > 170
    assert counts["supported"] / sum(counts.values()) >= 0.95


def test_every_contradiction_is_an_error_of_the_paper() -> None:
    found = {claim.figures[0] for claim in _claims() if claim.status == "contradicted"}
    assert found == {
        "chc.bromley.total.activity_growth",
        "chc.bromley.total.average_price_growth",
        "mental_health.icb.mhis.forecast_outturn",
        "savings.bromley.prescribing.ytd_variance",
    }


def test_a_growth_says_what_each_base_gives() -> None:
    (activity,) = (c for c in _claims() if c.figures[:1] == ("chc.bromley.total.activity_growth",))
    for base in ("66.5% from 2023/24 M02", "10.8% from 2023/24 M05", "8.6% from the budget"):
        assert base in activity.reason


def test_numbers_cut_off_instead_of_rounded_agree_within_rounding() -> None:
    values = {str(claim.value) for claim in _claims() if claim.status == "rounding"}
    assert values == {"9763000", "18310000"}
