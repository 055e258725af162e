"""What the paper shows of entries, origins and reorganised cost centres; nothing where none are."""

from __future__ import annotations

from pathlib import Path

from homes import PROJECT, RAW, copied_home
from ledger_home import (
    ADJUSTMENTS,
    MAPPED,
    PROVENANCE,
    ledger_home,
    write_extract,
)
from opened_chapter import cells, opened, rows, table

from boardpack.document.chapter import ChapterPaper
from boardpack.figures.chapters import compute
from boardpack.subjects.adjustments.tables import adjusted_table, entries_table
from boardpack.subjects.corporate.origins import provenance_table, reorganised_table
from boardpack.subjects.position.tables import position_table

OWNS = ("position", "control", "adjustments")
ENTRIES = (
    'A1,bromley,Prescribing,ytd_actual,"12,500.00",Invoice not posted,Accountant,Director,reverse',
    "B1,bromley,Prescribing,ytd_actual,(500.00),Dispute settled,Accountant,Director,reversed",
    'C1,lambeth,Prescribing,ytd_actual,"1,000.00",⟦x|y⟧ =cmd,Accountant,Director,carry',
)


def _whole(paper: ChapterPaper) -> ChapterPaper:
    return ChapterPaper("assurance", paper.paper, compute(paper.paper, "adjustments"), ())


def test_the_published_month_shows_none_of_it() -> None:
    paper = opened("position", owns=OWNS)
    shown = (adjusted_table, entries_table, provenance_table, reorganised_table)
    assert [show(paper) for show in shown] == [None] * len(shown)
    assert paper.workings() == opened("position").workings()


def test_entries_stand_beside_the_ledger(tmp_path: Path) -> None:
    home = copied_home(PROJECT, tmp_path / "home")
    write_extract(home / RAW, "adjustments.csv", ADJUSTMENTS, ENTRIES)
    paper = opened("position", home=home, owns=OWNS)
    shown = adjusted_table(paper)
    assert cells(shown) == {
        "Prescribing": ["(2,213)", "(13)", "(2,226)"],
        "Total": ["(2,400)", "(13)", "(2,413)"],
    }
    assert rows(position_table(paper)) == rows(position_table(opened("position")))
    assert "stands beside the ledger" in table(shown).notes[0]


def test_each_entry_is_listed_with_who_stands_for_it(tmp_path: Path) -> None:
    home = copied_home(PROJECT, tmp_path / "home")
    write_extract(home / RAW, "adjustments.csv", ADJUSTMENTS, ENTRIES)
    listed = cells(entries_table(_whole(opened("position", home=home, owns=OWNS))))
    assert listed == {
        "A1: Bromley, Prescribing": [
            "Year to date actual",
            "12,500",
            "Invoice not posted",
            "Accountant",
            "Director",
            "Reverses next month",
        ],
        "B1: Bromley, Prescribing": [
            "Year to date actual",
            "",
            "Dispute settled",
            "Accountant",
            "Director",
            "Reversed this month; counts nothing",
        ],
    }
    everywhere = cells(entries_table(_whole(opened("position", "icb", home=home, owns=OWNS))))
    assert everywhere["C1: Lambeth, Prescribing"][2] == "(x|y) =cmd"


def test_origins_and_reorganised_cost_centres_are_said(tmp_path: Path) -> None:
    moved = [line for line in MAPPED if not line.startswith("929102")]
    moved += [
        "929102,High cost drugs,bromley,acute_services,,2023-24 M01,2023-24 M03,",
        "929102,High cost drugs,bromley,prescribing,,2023-24 M04,,Moved to medicines",
    ]
    home = ledger_home(tmp_path / "home", mapped=moved)
    who = "ledger.csv,ISFE2,Position,M06,2023-10-10,Management Accountant"
    keyed = [f"{who},ytd_actual,1801.31", f"{who},ytd_budget,1875.55"]
    write_extract(home / RAW, "provenance.csv", PROVENANCE, keyed)
    paper = opened("position", home=home, owns=OWNS)
    assert cells(provenance_table(paper)) == {
        "ledger.csv": ["ISFE2", "Position", "M06", "2023-10-10", "Management Accountant"]
    }
    assert cells(reorganised_table(paper)) == {
        "High cost drugs (929102)": [
            "Bromley, Acute Services",
            "Bromley, Prescribing",
            "July 2023",
            "Moved to medicines",
        ]
    }
