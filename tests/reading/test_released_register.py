"""Released registers are read once, and never as they no longer stand."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from homes import PROJECT
from made_releases import folder_of, register_text, release

from boardpack.core.errors import InputFaults
from boardpack.core.params import Paper, load_paper
from boardpack.core.periods import Month
from boardpack.reading import released
from boardpack.reading.release_records import FILE
from boardpack.reading.released import read_released

AUGUST, SEPTEMBER = Month(2023, 5), Month(2023, 6)


@pytest.fixture
def paper(tmp_path: Path) -> Paper:
    (tmp_path / "params").symlink_to(PROJECT / "params")
    release(tmp_path, AUGUST, value="-1000000")
    return load_paper(tmp_path, SEPTEMBER, "bromley")


def test_a_register_is_parsed_once_for_all_who_read_it(paper: Paper) -> None:
    (first,), (second,) = read_released(paper, AUGUST), read_released(paper, AUGUST)
    assert first is second


def test_a_register_that_has_changed_is_read_anew(paper: Paper) -> None:
    (was,) = read_released(paper, AUGUST)
    file = paper.home / folder_of(AUGUST) / FILE
    file.write_text(register_text("-2000000"), encoding="utf-8")
    (now,) = read_released(paper, AUGUST)
    assert (was.value, now.value) == (Decimal(-1000000), Decimal(-2000000))
    assert (was.is_altered, now.is_altered) == (False, True)


def test_one_that_changes_while_it_is_read_is_refused(
    paper: Paper, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(released, "file_sha256", lambda path: "0" * 64)
    with pytest.raises(InputFaults, match="it changed while it was read"):
        read_released(paper, AUGUST)
