"""What a cell shows by its number format: the sign, the scale, the rounding, the nil."""

from __future__ import annotations

import pytest

from boardpack.audit.reader.number_format import printed, printed_text

THOUSANDS = '#,##0,_);(#,##0,);"-"_)'


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        ("-2213000", THOUSANDS, "(2,213)"),
        ("2213000", THOUSANDS, "2,213"),
        ("0", THOUSANDS, "-"),
        ("2212499.99", THOUSANDS, "2,212"),
        ("2212500", THOUSANDS, "2,213"),
        ("-2212500", THOUSANDS, "(2,213)"),
        ("-400", THOUSANDS, "(0)"),
        ("-2213000", "#,##0,", "-2,213"),
        ("-0.0954", '"! "#,##0.0%_);(#,##0.0%);#,##0.0%_)', "(9.5%)"),
        ("0.931", '"! "#,##0.0%_);(#,##0.0%);#,##0.0%_)', "! 93.1%"),
        ("2210000", '£#,##0.00,,"m"', "£2.21m"),
        ("404000", '£#,##0,"k"', "£404k"),
        ("1234.5", "#,##0.00##_);(#,##0.00##);0_)", "1,234.50"),
        ("1234.56789", "#,##0.00##_);(#,##0.00##);0_)", "1,234.5679"),
        ("0.5", "#.##", ".5"),
        ("7", "000", "007"),
        ("1E+3", "0", "1000"),
        ("5", ";;;", ""),
        ("-5", "0;;0", ""),
        ("5", '[>3]"much";0', "much"),
        ("3", '[>3]"much";0', "3"),
        ("-2213000", '#,##0;"(1,213)"', "(1,213)"),
        ("5", "[Red]0", "5"),
        ("5", "[$£-809]0", "£5"),
        ("45000", "dd/mm/yyyy", "45000 [dd/mm/yyyy]"),
        ("5", "0 00", "5 [0 00]"),
        ("1.5", "General", "1.5"),
        ("-123456789.123", "General", "-123456789.1"),
        ("many", "0", "many [no number]"),
    ],
)
def test_a_number_is_shown_as_its_format_says(value: str, code: str, shown: str) -> None:
    assert printed(value, code) == shown


@pytest.mark.parametrize(
    ("text", "code", "shown"),
    [("one", "General", "one"), ("one", "0;0;0;@", "one"), ("one", '0;0;0;"two"', "two")],
)
def test_a_text_is_shown_but_for_a_format_that_says_otherwise(
    text: str, code: str, shown: str
) -> None:
    assert printed_text(text, code) == shown
