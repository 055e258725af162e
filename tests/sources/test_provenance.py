"""Which files of a month must say where they came from."""

from __future__ import annotations

from pathlib import Path

import pytest
from month_six import paper_for

from boardpack.sources.folder import Folder
from boardpack.sources.provenance import arrived


@pytest.mark.parametrize(
    ("file", "must_say"),
    [
        ("ledger.csv", True),
        ("ledger.xlsx", True),
        ("notes.pdf", False),
        ("adjustments.csv", False),
        ("provenance.csv", False),
    ],
)
def test_what_a_system_printed_says_where_it_came_from(
    tmp_path: Path, file: str, must_say: bool
) -> None:
    paper = paper_for().model_copy(update={"home": tmp_path})
    paper.raw.mkdir(parents=True)
    (paper.raw / file).touch()
    assert arrived(Folder(paper)) == ((file,) if must_say else ())
