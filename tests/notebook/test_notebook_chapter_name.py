"""The chapter that a notebook writes is its name without its number."""

from __future__ import annotations

import pytest

from boardpack.core.home import CHAPTER
from boardpack.notebook.chapter_name import chapter_of_notebook

SESSION = "JPY_SESSION_NAME"


@pytest.mark.parametrize(
    ("given", "told", "session", "chapter"),
    [
        ("beds", "27_staff", "/home/x/28_other.ipynb", "beds"),
        ("", "27_staff", "/home/x/28_other.ipynb", "staff"),
        ("", "", "/home/x/28_Bank and agency.ipynb", "bank_and_agency"),
        ("", "", "", ""),
        ("Beds & wards", "", "", "beds_and_wards"),
    ],
)
def test_who_says_it_first(
    monkeypatch: pytest.MonkeyPatch, given: str, told: str, session: str, chapter: str
) -> None:
    monkeypatch.setenv(CHAPTER, told)
    monkeypatch.setenv(SESSION, session)
    assert chapter_of_notebook(given) == chapter
