"""Which files of a month must say where they came from."""

from __future__ import annotations

from pathlib import Path

import pytest
from month_six import paper_for

from boardpack.core.errors import InputFaults
from boardpack.reading.folder import Folder
from boardpack.reading.provenance_extract import arrived, read_provenance, without_provenance


@pytest.mark.parametrize(
    ("file", "must_say"),
    [
        ("ledger.csv", True),
        ("ledger.xlsx", True),
        ("Ledger.CSV", True),
        ("notes.pdf", False),
        ("adjustments.csv", False),
        ("provenance.csv", False),
        ("Provenance.CSV", False),
    ],
)
def test_what_a_system_printed_says_where_it_came_from(
    tmp_path: Path, file: str, must_say: bool
) -> None:
    paper = paper_for().model_copy(update={"home": tmp_path})
    paper.raw.mkdir(parents=True)
    (paper.raw / file).touch()
    assert arrived(Folder(paper)) == ((file,) if must_say else ())


@pytest.mark.parametrize(
    ("named", "came"),
    [
        ("risks.csv", "risks.csv"),
        ("risks.csv", "risks.xlsx"),
        ("risks.xlsx", "risks.csv"),
        ("Risks.csv", "risks.XLSX"),
    ],
)
def test_an_extract_is_the_same_in_whatever_form_it_came(
    named: str, came: str, tmp_path: Path
) -> None:
    folder = told(tmp_path, named, came)
    assert [row["file"] for row in read_provenance(folder)] == [named]
    assert without_provenance(folder) == ()


@pytest.mark.parametrize(
    ("named", "remedy"),
    [("ledger.csv", "It has not come"), ("risk.csv", "Known: risks.xlsx")],
)
def test_an_extract_that_has_not_come_is_told(named: str, remedy: str, tmp_path: Path) -> None:
    with pytest.raises(InputFaults, match=remedy):
        read_provenance(told(tmp_path, named, "risks.xlsx"))


def told(home: Path, named: str, came: str) -> Folder:
    """A month whose provenance names one file while another came."""
    paper = paper_for().model_copy(update={"home": home})
    paper.raw.mkdir(parents=True)
    (paper.raw / came).touch()
    text = f"file,system,report,parameters,run_at,role,total_of,control_total\n{named},S,R,,x,y,,\n"
    (paper.raw / "provenance.csv").write_text(text, encoding="utf-8")
    return Folder(paper)
