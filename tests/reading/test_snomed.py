"""A SNOMED code is known by its check digit, so a code that lost digits is found."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boardpack.reading.snomed import is_snomed

WHOLE = ("8991611000001104", "29747011000001102", "994511000001109")


@pytest.mark.parametrize("code", WHOLE)
def test_whole_codes_are_known(code: str) -> None:
    assert is_snomed(code)


@given(st.sampled_from(WHOLE), st.data())
def test_a_wrong_digit_is_found(code: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(code) - 1))
    digit = data.draw(st.sampled_from([d for d in "0123456789" if d != code[place]]))
    assert not is_snomed(code[:place] + digit + code[place + 1 :])


@pytest.mark.parametrize(
    "text", ["", "28", "2.97E+16", "29747011000001100", " 994511000001109", "٩٩٤٥١١٠٠٠٠٠١١٠٩"]
)
def test_other_texts_are_not(text: str) -> None:
    assert not is_snomed(text)
