"""Causes: each slip of the pen is suggested where its arithmetic fits, and only there."""

from __future__ import annotations

from decimal import Decimal

import pytest

from boardpack.checks.likely_causes import Difference, Part, likely_cause

PARTS = tuple(Part(name, Decimal(value)) for name, value in (("A", 1200), ("B", 345), ("C", -78)))
WHOLE = sum((part.value for part in PARTS), Decimal(0))


def cause(
    actual: int, *, expected: Decimal = WHOLE, parts: tuple[Part, ...] = PARTS, **more: object
) -> str:
    """The likely cause of a printed number in units of one."""
    found = Difference(expected, Decimal(actual), "COUNT", Decimal(1), parts=parts, **more)  # type: ignore[arg-type]
    return likely_cause(found)


@pytest.mark.parametrize(
    ("actual", "said"),
    [
        (-1467, "a lost minus sign"),
        (1467 - 345, "B (345) missing from the sum"),
        (1467 + 345, "B (345) counted twice"),
        (1467 + 156, "a lost sign of C (minus 78)"),
        (1467 + 78, "C (minus 78) missing from the sum"),
        (1476, "two digits that have changed places"),
        (1867, "one digit mistyped (8 for 4)"),
        (1467 + 345 * 999, "a unit slip of 1,000 in B (345)"),
        (1_467_000, "a unit slip: one is 1,000 times the other"),
    ],
)
def test_each_slip_is_named(actual: int, said: str) -> None:
    assert cause(actual) == f"This would be explained by {said}" + "." * (not said.endswith("."))


def test_nothing_is_suggested_where_nothing_fits() -> None:
    assert cause(1467 + 211) == ""


def test_a_subtotal_in_the_wrong_cell() -> None:
    beside = (Part("Core", Decimal(2_362_881)), Part("Generic", Decimal(2_264_932)))
    said = cause(4_627_813, expected=Decimal(3_753_440), parts=(), beside=beside)
    assert said.startswith("This would be explained by a subtotal in the wrong cell")
    assert "Core (2,362,881) and Generic (2,264,932)" in said


def test_a_number_cut_off_instead_of_rounded() -> None:
    found = Difference(Decimal(18_310_711), Decimal(18_310_000), "GBP", Decimal(1000), Decimal(500))
    assert "cut off" in likely_cause(found)
    rounded = Difference(Decimal(18_310_711), Decimal(18_312_000), "GBP", Decimal(1000))
    assert likely_cause(rounded) == ""


def test_a_cell_copied_from_its_neighbour() -> None:
    parts = (Part("A", Decimal(17_514)), Part("B", Decimal(151_197)), Part("C", Decimal(17_514)))
    said = cause(186_225 + 7_033, expected=Decimal(186_225), parts=parts)
    assert "one of A and C (both 17,514) having been copied" in said
    assert "if it should be 24,547" in said


def test_one_entry_in_one_table_only() -> None:
    found = Difference(
        Decimal(4_792_807_000), Decimal(4_772_807_000), "GBP", Decimal(1000), Decimal(0)
    )
    assert likely_cause(found) == (
        "This would be explained by one entry of £20,000k that only one of the two has."
    )


def test_a_part_too_small_to_tell_from_rounding_is_not_blamed() -> None:
    parts = (Part("A", Decimal(500_000)), Part("B", Decimal(1000)))
    found = Difference(
        Decimal(501_000), Decimal(503_000), "GBP", Decimal(1000), Decimal(1000), parts
    )
    assert "B" not in likely_cause(found)
