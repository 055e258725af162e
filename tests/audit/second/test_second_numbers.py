"""Sums of the second implementation: what a missing part takes away, and where a blank is nil."""

from __future__ import annotations

from decimal import Decimal

import pytest

from boardpack.audit.second.headlines import differing
from boardpack.audit.second.numbers import (
    ABSENT,
    Number,
    settled,
    sparse_total,
    total,
    total_if_any,
)
from boardpack.audit.verification.recomputed import supplied_after_all

NAN = Decimal("NaN")


def of(value: int | None, doubt: int = 0) -> Number | None:
    return None if value is None else Number(Decimal(value), Decimal(doubt))


@pytest.mark.parametrize(
    ("parts", "strict", "lenient"),
    [
        ([1, 2, -3], "0", "0"),
        ([1, 0], "1", "1"),
        ([1, None], "NaN", "1"),
        ([None, None], "NaN", "None"),
        ([], "NaN", "None"),
    ],
)
def test_a_total_needs_its_parts(parts: list[int | None], strict: str, lenient: str) -> None:
    cells = [of(part) for part in parts]
    assert str(total(cells).value) == strict
    found = total_if_any(cells)
    assert str(found if found is None else found.value) == lenient


@pytest.mark.parametrize(
    ("parts", "printed", "made"),
    [
        ([4, None], 4, "4"),
        ([4, None], 6, "4"),  # half a unit of the print and of the part
        ([4, None], 7, "NaN"),
        ([4, None], 1, "NaN"),
        ([4, None], None, "NaN"),
        ([4, 1], None, "5"),
        ([4, 1], 9, "5"),
        ([None, None], 0, "NaN"),
    ],
)
def test_a_blank_of_a_sparse_schedule_is_nil_where_its_print_says_so(
    parts: list[int | None], printed: int | None, made: str
) -> None:
    cells = [of(part, 1) for part in parts]
    assert str(sparse_total(cells, of(printed, 1)).value) == made


def test_a_print_settles_what_rounding_explains_and_nothing_more() -> None:
    computed = Number(Decimal(120861), Decimal("4.5"))
    assert settled(computed, Number(Decimal(120860), Decimal("0.5"))).value == 120860
    assert settled(computed, Number(Decimal(120855), Decimal("0.5"))).value == 120861
    assert settled(computed, None) == computed


def test_what_is_not_supplied_is_settled_by_no_print() -> None:
    assert settled(ABSENT, of(5, 1)).value.is_nan()
    assert ABSENT.less(Number(Decimal(1))).value.is_nan()


@pytest.mark.parametrize(
    ("said", "missing", "found", "told", "after_all"),
    [
        ("5", [], Decimal(5), {}, {}),
        ("5", [], Decimal(6), {"a.b.c": ("5", "6")}, {}),
        ("5", [], NAN, {"a.b.c": ("5", "not supplied")}, {}),
        (None, ["A part"], NAN, {}, {}),
        (None, ["A part"], Decimal(5), {}, {"a.b.c": "5"}),
        (None, ["A part"], Decimal(0), {}, {"a.b.c": "0"}),
        (None, [], Decimal(5), {}, {}),  # suppressed
    ],
)
def test_values_are_compared_both_ways(
    said: str | None,
    missing: list[str],
    found: Decimal,
    told: dict[str, tuple[str, str]],
    after_all: dict[str, str],
) -> None:
    figures = {"a.b.c": {"value": said, "missing": missing}}
    results = {"a.b.c": found, "not.in.register": Decimal(1)}
    assert differing(results, {name: item["value"] for name, item in figures.items()}) == told
    assert supplied_after_all(results, figures) == after_all
