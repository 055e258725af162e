"""Number formats by class: what is seen is read, or the cell is refused with its format."""

from __future__ import annotations

from decimal import Decimal

import pytest

from boardpack.audit.second.formats import section_of, shown
from boardpack.reading.grids import Flaw
from boardpack.reading.number_formats import is_day, shown_number, shown_text

READ = [
    # plain: digits as held, whatever is rounded for display
    ("General", "1234.5", "1234.5"),
    ("#,##0", "1234.5", "1234.5"),
    ("# ##0", "1234567", "1234567"),
    ("0.00E+00", "123456", "123456"),
    ("# ?/?", "1.5", "1.5"),
    ("@", "12", "12"),
    ("", "7", "7"),
    # accounting: fillers and widths are no words
    ('_-* #,##0.00_-;-* #,##0.00_-;_-* "-"??_-;_-@_-', "-1234.5", "-1234.5"),
    ('_-* #,##0.00_-;-* #,##0.00_-;_-* "-"??_-;_-@_-', "0", "0"),
    ('_-£* #,##0.00_-;-£* #,##0.00_-;_-£* "-"??_-;_-@_-', "5", "£5"),
    ('_-£* #,##0.00_-;-£* #,##0.00_-;_-£* "-"??_-;_-@_-', "-5", "-£5"),
    # currency
    ("[$£-809]#,##0", "12", "£12"),
    ("[$GBP] #,##0", "12", "£12"),
    ("[$€-2] #,##0", "12", "€ 12"),
    ("$#,##0", "12", "$12"),
    # units: words of the format are words of the cell
    ('£#,##0"k"', "900", "£900k"),
    ('£#,##0"k"', "-900", "-£900k"),
    ('£#,##0"K"', "900", "£900k"),
    ('0.00"m"', "1.234", "1.234m"),
    ('£0.0" million"', "1.2", "£1.2m"),
    ('#,##0" £000s"', "12", "£12k"),
    ('#,##0"bn"', "12", "12bn"),
    ('#,##0"p"', "12", "12p"),
    ('0" weeks"', "12", "12 weeks"),
    ('General"k"', "12", "12k"),
    (r"#,##0\k", "12", "12k"),
    # a scale that says its unit: what is seen is what is held
    ('£#,##0,"k"', "900123", "£900123"),
    ('£0.0,,"m"', "1200000", "£1200000"),
    ('[>=1000000]£0.0,,"m";[>=1000]£0,"k";£0', "2500", "£2500"),
    ('[>=1000000]£0.0,,"m";[>=1000]£0,"k";£0', "999", "£999"),
    ('[>=1000000]£0.0,,"m";[>=1000]£0,"k";£0', "1000000", "£1000000"),
    # percent
    ("0.0%", "0.095", "9.5%"),
    ("0%", "-0.02", "-2%"),
    ("0.0%", "0", "0%"),
    ('0.0"%"', "9.5", "9.5%"),
    # signs
    ("#,##0;(#,##0)", "-12", "-12"),
    ("#,##0_);(#,##0)", "12", "12"),
    ("#,##0;-#,##0", "-12", "-12"),
    ("#,##0;#,##0-", "-12", "-12"),
    ("#,##0;[Red]#,##0", "-12", "-12"),
    ("(#,##0.00)", "0", "0"),
    ("[<0](#,##0);#,##0", "-12", "-12"),
    # sides
    ('#,##0.00" Cr"', "12.5", "12.5 CR"),
    ('#,##0.00" Dr";#,##0.00" Cr"', "-12.5", "12.5 CR"),
    ('#,##0.00" Dr";#,##0.00" Cr"', "12.5", "12.5 DR"),
    ('#,##0" Dr";-#,##0" Cr"', "-12", "-12 CR"),
    # nil
    ('#,##0;-#,##0;"-"', "0", "0"),
    ("#,##0;-#,##0;", "0", "0"),
    ('#,##0;-#,##0;"n/a"', "0", "n/a"),
    ('#,##0;-#,##0;"Nil"', "0", "0"),
    # codes
    ("0000", "12", "0012"),
    ('"PO "0000', "12", "PO 0012"),
]
REFUSED = [
    ("#,##0,", "1234567", "thousands"),
    ("#,##0.0,,", "1234567", "thousands"),
    ('#,##0,,"k"', "1234567", "thousands"),
    ('£0.0,"m"', "1234567", "thousands"),
    ("(#,##0.00)", "12", "above nil"),
    ("-#,##0", "12", "above nil"),
    ("#,##0-", "12", "above nil"),
    ("#,##0;#,##0", "-12", "below nil"),
    ("#,##0;[Blue]#,##0", "-12", "below nil"),
    (";;;", "12", "is shown"),
    (";;;", "0", "is shown"),
    ("#,##0;-#,##0;;@", "12", None),
    ('"high"', "12", "is shown"),
    ('[>=100]"high";0', "120", "is shown"),
    ("00-00-00", "123456", "parted"),
    ('0"."00', "1234", "parted"),
]
DAYS = [
    ("dd/mm/yyyy", True),
    ("[$-809]d mmmm yyyy;@", True),
    ("[h]:mm", True),
    ("#,##0.00_);[Red](#,##0.00)", False),
    ('0" days"', False),
    ("General", False),
    ('#,##0;"dd"', False),
]


@pytest.mark.parametrize(("form", "held", "seen"), READ)
def test_a_cell_says_what_its_format_shows(form: str, held: str, seen: str) -> None:
    number = Decimal(held)
    assert shown_number(number, form) == seen


@pytest.mark.parametrize(("form", "held", "seen"), READ)
def test_the_plain_reader_says_the_same(form: str, held: str, seen: str) -> None:
    number = Decimal(held)
    assert shown(number, *section_of(form, number)) == seen


@pytest.mark.parametrize(("form", "held", "why"), REFUSED)
def test_a_cell_that_shows_another_amount_is_refused(form: str, held: str, why: str | None) -> None:
    found = shown_number(Decimal(held), form)
    if why is None:
        assert found == held
        return
    assert isinstance(found, Flaw)
    assert why in found.expected
    assert f"(number format {form})" in found.expected


@pytest.mark.parametrize(("form", "is_one"), DAYS)
def test_a_day_is_known_by_its_format(form: str, is_one: bool) -> None:
    assert is_day(form, Decimal(45000)) == is_one


def test_text_is_shown_with_the_words_of_its_format() -> None:
    assert shown_text("12", "General") == "12"
    assert shown_text("12", '0;0;0;@"k"') == "12k"
    assert shown_text("Acute", '_-* #,##0_-;-* #,##0_-;_-* "-"??_-;_-@_-') == "Acute"
    assert isinstance(shown_text("Acute", ";;;"), Flaw)
