"""Concessions that the tariff has no pack for: the wrong pack, and names that nearly match."""

from __future__ import annotations

import pytest
from small_prices import JULY, JUNE, MAY, NAMES, concessions, tariff

from boardpack.checks import Check
from boardpack.core.periods import Month
from boardpack.reading.extract import Extract
from boardpack.subjects.items.names_checks import NAME, PACK, check_item_names
from boardpack.subjects.items.prices import PriceBook

CAUSE = "Correct the pack size or the name as the tariff has it, or say why it stands."
SMALL, LARGE = tariff("t", dict.fromkeys(NAMES, "1.00")), tariff("t", {NAMES[0]: "9.00"}, "112")
NEAR_DFOUR = f"the tariff has {NAMES[3]}"
LISTED = Extract("raw/t.csv", "", LARGE.rows + SMALL.rows)


def names(*granted: tuple[Month, str, str, str]) -> list[Check]:
    """What is asked of concessions beside the tariff of July."""
    return list(check_item_names(PriceBook({JULY: LISTED}, concessions(*granted))))


@pytest.mark.parametrize(
    ("drug", "size", "expected"),
    [
        (NAMES[0], "28", None),
        (NAMES[0], "112", None),
        (NAMES[0], "", None),
        (NAMES[0], "30", (PACK, "aone_20mg_tablets_30", "the tariff lists 28 and 112")),
        (NAMES[1], "112", (PACK, "btwo_20mg_tablets_112", "the tariff lists 28")),
        ("Btwoo 20mg tablets", "28", (NAME, "btwoo_20mg_tablets_28", f"the tariff has {NAMES[1]}")),
        ("Btwoo 20mg tablets", "", (NAME, "btwoo_20mg_tablets", f"the tariff has {NAMES[1]}")),
        # the name that is nearest, and not the first that is near
        (
            "Dfourr 20mg tablets",
            "28",
            (NAME, "dfourr_20mg_tablets_28", NEAR_DFOUR),
        ),
        ("Btwo 25mg tablets", "28", None),  # another strength
        ("Zinc 20mg cream", "28", None),
        ("20mg Btwo Tab", "28", None),  # the same words
    ],
)
def test_a_concession_is_for_a_pack_and_a_name_of_the_tariff(
    drug: str, size: str, expected: tuple[object, str, str] | None
) -> None:
    found = names((JULY, NAMES[2], "28", "2.00"), (JULY, drug, size, "2.00"))
    wrong = [check for check in found if check.is_open]
    if expected is None:
        assert wrong == []
    else:
        control, about, said = expected
        (check,) = wrong
        assert control in (PACK, NAME)
        assert isinstance(control, type(PACK))
        told = f"{drug} {size}".strip()
        assert check.id == f"plausible.{control.name}.{about}"
        assert check.title == f"{control.title}: {told}"
        assert check.sentence == (
            f"price_concessions.csv row 3: {told}, July 2023; {said}. {control.why}"
        )
        assert (check.severity, check.cause) == ("warning", CAUSE)


def test_names_are_asked_of_months_whose_tariff_is_there() -> None:
    assert [(one.id, one.title) for one in names((JULY, NAMES[0], "28", "2.00"))] == [
        ("plausible.concession_pack", f"{PACK.title}: price_concessions.csv"),
        ("plausible.concession_name", f"{NAME.title}: price_concessions.csv"),
    ]
    assert names((JUNE, NAMES[0], "30", "2.00"), (MAY, NAMES[0], "30", "2.00")) == []


def test_every_row_is_looked_at_and_a_pack_of_two_months_is_one_question() -> None:
    tariffs = {JUNE: LISTED, JULY: LISTED}
    rows = ((JUNE, NAMES[0], "30", "2.00"), (JULY, NAMES[0], "30", "2.00"))
    book = PriceBook(tariffs, concessions(*rows, (JULY, "Btwoo 20mg tablets", "28", "2.00")))
    assert [check.id for check in check_item_names(book) if check.is_open] == [
        "plausible.concession_pack.aone_20mg_tablets_30",
        "plausible.concession_name.btwoo_20mg_tablets_28",
    ]
