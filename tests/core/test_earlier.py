"""What is kept before words and parameters are written over, and how it is brought back."""

from __future__ import annotations

from pathlib import Path

import pytest

from boardpack.core.earlier import EARLIER, bring_back, keep_before, kept_of
from boardpack.core.errors import UsageFault
from boardpack.core.periods import Month
from boardpack.render.manifest import parameter_places, present

WORDS = Path("params/2024-25/M07/alderwick")
MONTH = Path("params/2024-25/M07.yml")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    said(tmp_path, "position", "The first words.\n")
    (tmp_path / MONTH).write_text("status: draft\n")
    return tmp_path


def said(home: Path, chapter: str, words: str) -> Path:
    file = home / WORDS / "commentary" / f"{chapter}.md"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(words)
    return file


def test_what_was_written_over_is_brought_back_and_what_stood_is_kept_too(home: Path) -> None:
    keep_before(home, WORDS, "before commentary --read")
    file, other = said(home, "position", "New words.\n"), said(home, "chc", "More.\n")
    chosen, changed = bring_back(home, WORDS)
    assert (chosen.number, chosen.why) == (1, "before commentary --read")
    assert file.read_text() == "The first words.\n"
    assert not other.exists()
    assert changed == tuple(
        (WORDS / "commentary" / f"{n}.md").as_posix() for n in ("chc", "position")
    )
    bring_back(home, WORDS)
    assert (file.read_text(), other.read_text()) == ("New words.\n", "More.\n")


def test_one_of_several_is_brought_back_by_its_number(home: Path) -> None:
    for words in ("First", "Second", "Third"):
        file = said(home, "position", words)
        keep_before(home, WORDS, "a render")
    bring_back(home, WORDS, 1)
    assert file.read_text() == "First"
    assert [item.number for item in kept_of(home, WORDS)] == [1, 2, 3]


def test_the_same_is_not_kept_twice(home: Path) -> None:
    first = keep_before(home, MONTH, "a render")
    assert first is not None
    assert first.copy.read_text() == "status: draft\n"
    assert keep_before(home, MONTH, "a render") is None
    assert len(kept_of(home, MONTH)) == 1


def test_nothing_is_kept_of_what_is_not_there(home: Path) -> None:
    assert keep_before(home, Path("params/2024-25/M08.yml"), "a render") is None
    assert not (home / EARLIER).exists()


@pytest.mark.parametrize(
    ("number", "message"), [(None, "is as it was kept"), (7, "no number 7; kept are 1")]
)
def test_where_nothing_differs_nothing_is_changed(
    home: Path, number: int | None, message: str
) -> None:
    keep_before(home, WORDS, "a render")
    with pytest.raises(UsageFault, match=message):
        bring_back(home, WORDS, number)


def test_where_nothing_is_kept_it_says_so(home: Path) -> None:
    with pytest.raises(UsageFault, match="Nothing earlier is kept"):
        bring_back(home, WORDS)


def test_a_damaged_note_makes_what_is_kept_no_less_whole(home: Path) -> None:
    kept = keep_before(home, WORDS, "a render")
    assert kept is not None
    (kept.copy.parent / "kept.json").write_text("{")
    file = said(home, "position", "New words.\n")
    assert bring_back(home, WORDS)[0].who == "not recorded"
    assert file.read_text() == "The first words.\n"


def test_what_is_kept_is_no_input_of_a_paper(home: Path) -> None:
    keep_before(home, WORDS, "a render")
    keep_before(home, MONTH, "a render")
    month = Month(2024, 7)
    assert not [
        name
        for name in present(home, parameter_places(home, month, "alderwick"))
        if "earlier" in name
    ]
