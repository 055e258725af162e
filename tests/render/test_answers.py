"""Commentary goes out with last month's numbers and comes back: kept, held to figures, told."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import docx
import pytest
from homes import PROJECT, copied_home

from boardpack.core.earlier import kept_of
from boardpack.core.errors import InputFaults, UsageFault
from boardpack.core.params import load_paper
from boardpack.core.periods import Month
from boardpack.outputs.word.form import ANSWER, Form, FormChapter, form_bytes
from boardpack.render.answers import record, stale, take_forms
from boardpack.render.last_words import UNKNOWN, LastWords
from boardpack.render.layout import Layout
from boardpack.render.new_month import begin_month

SEPTEMBER, OCTOBER = Month(2023, 6), Month(2023, 7)
WORDS = Path("params/2023-24/M06/bromley")
TOTAL = "position.bromley.total.ytd_variance"
RIGHT = "Bromley is overspent by £2,400k to date."
WRONG = "Bromley is overspent by £9,900k to date."
OURS = "2023-24 M06 bromley"


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    home = copied_home(PROJECT, tmp_path / "home")
    for path in (home / WORDS / "commentary").iterdir():
        path.unlink()
    (home / WORDS / "commentary" / "chc.md").write_text("Said before.\n", encoding="utf-8")
    return Layout(PROJECT, load_paper(home, SEPTEMBER, "bromley"))


def form(path: Path, boxes: Mapping[str, str], identity: str = OURS) -> Path:
    """A form for these chapters, with words in their boxes; none where the words are empty."""
    chapters = tuple(FormChapter(name.rstrip("_"), name, (), "") for name in boxes)
    made = load_paper(PROJECT, SEPTEMBER, "bromley").run.data_cut
    path.write_bytes(form_bytes(Form("Lead", "Commentary", identity, made, chapters, {})))
    document = docx.Document(str(path))
    found = [t for t in document.tables if t.cell(0, 0).text.startswith(ANSWER)]
    for box, words in zip(found, boxes.values(), strict=True):
        box.cell(1, 0).text = words
    document.save(str(path))
    return path


def words_of(layout: Layout) -> dict[str, str]:
    return {path.stem: path.read_text("utf-8") for path in layout.commentary.glob("*.md")}


def test_words_are_taken_told_and_what_stood_is_kept(layout: Layout, tmp_path: Path) -> None:
    sent = form(tmp_path / "lead.docx", {"position": WRONG, "chc": "Written anew.", "savings": ""})
    taken = take_forms(layout, [sent])
    assert words_of(layout) == {"position": f"{WRONG}\n", "chc": "Written anew.\n"}
    (kept,) = kept_of(layout.paper.home, WORDS)
    assert (kept.copy / "commentary" / "chc.md").read_text("utf-8") == "Said before.\n"
    told = "\n".join(taken.lines())
    assert f"position.md, line 1: “{WRONG}”" in told
    assert "“£9,900k” is contradicted." in told
    assert "lead.docx says nothing on savings: the paper has no words on it." in told
    assert str(kept.copy) in told


def test_words_that_hold_are_told_of_with_no_complaint(layout: Layout, tmp_path: Path) -> None:
    taken = take_forms(layout, [form(tmp_path / "lead.docx", {"position": RIGHT, "chc": ""})])
    assert taken.doubts == ()
    assert taken.empty == ("lead.docx says nothing on chc: what stood there still stands.",)
    assert words_of(layout)["chc"] == "Said before.\n"


@pytest.mark.parametrize(
    ("forms", "told"),
    [
        ([({"position": RIGHT}, "2023-24 M05 bromley")], ["'2023-24 M05 bromley'", "form for"]),
        ([({"position": RIGHT}, "2023-24 M06 bexley")], ["'2023-24 M06 bexley'"]),
        ([({"positron": RIGHT}, OURS)], ["a chapter of this paper", "'positron'"]),
        ([({"position": RIGHT, "position_": WRONG}, OURS)], ["box position", "one box"]),
        (
            [({"position": RIGHT}, OURS), ({"position": WRONG}, OURS)],
            ["form0.docx and form1.docx", "one form that speaks on position"],
        ),
        (
            [({"position": RIGHT}, "2023-24 M05 bromley"), ({"positron": RIGHT}, OURS)],
            ["form0.docx", "form1.docx"],
        ),
    ],
    ids=["month", "place", "chapter", "a box twice", "two forms", "all at once"],
)
def test_forms_that_cannot_be_taken_are_told_and_nothing_is_taken(
    layout: Layout, tmp_path: Path, forms: list[tuple[dict[str, str], str]], told: list[str]
) -> None:
    sent = [
        form(tmp_path / f"form{number}.docx", boxes, identity)
        for number, (boxes, identity) in enumerate(forms)
    ]
    with pytest.raises(InputFaults) as caught:
        take_forms(layout, sent)
    assert [words for words in told if words not in str(caught.value)] == []
    assert words_of(layout) == {"chc": "Said before.\n"}
    assert not kept_of(layout.paper.home, WORDS)


def test_a_form_with_nothing_in_it_changes_nothing(layout: Layout, tmp_path: Path) -> None:
    taken = take_forms(layout, [form(tmp_path / "lead.docx", {"chc": ""})])
    assert taken.written == ()
    assert words_of(layout) == {"chc": "Said before.\n"}


def test_what_is_written_by_hand_is_recorded_and_held_to_the_figures(layout: Layout) -> None:
    (layout.commentary / "position.md").write_text(f"{RIGHT} {WRONG}\n", encoding="utf-8")
    assert "no record says" in "\n".join(stale(layout).lines())
    assert [doubt.sentence for doubt in record(layout).doubts] == [WRONG]
    assert [*stale(layout).lines()] == [
        "Bromley: no figure has moved since the words on it were recorded."
    ]


def test_without_commentary_there_is_nothing_to_record(layout: Layout) -> None:
    (layout.commentary / "chc.md").unlink()
    with pytest.raises(UsageFault, match="Bromley has no commentary"):
        record(layout)


SAID = f"Over by [[{TOTAL}]] {{source: ledger}}; [[position.bromley.none.such]]."


@pytest.mark.parametrize("where", ["computed", "built", "released"])
def test_last_months_words_show_its_numbers(layout: Layout, where: str) -> None:
    home = layout.paper.home
    (layout.commentary / "position.md").write_text(SAID, encoding="utf-8")
    values = {"computed": "£2.4m", "built": "£1.5m", "released": "£1.1m"}
    folders = {"built": "build/2023-24/M06", "released": "data/released/2023-24/M06"}
    if where != "computed":
        register(home / folders["built"] / "bromley", Decimal(-1500000))
    if where == "released":
        register(home / folders["released"] / "bromley", Decimal(-9999999))
        register(home / folders["released"] / "bromley" / "v2", Decimal(-1100000))
    begin_month(home, OCTOBER)
    (home / WORDS / "commentary" / "chc.md").unlink()
    last = LastWords(Layout(PROJECT, load_paper(home, OCTOBER, "bromley")))
    assert last.of("position") == f"Over by {values[where]} (source: ledger); {UNKNOWN}."
    assert last.of("chc") == ""
    assert last.chapters == {"position"}


def register(folder: Path, variance: Decimal) -> None:
    """A register of one figure, as a build or a release keeps it."""
    figure = {
        "id": TOTAL,
        "label": "Total, variance",
        "value": str(variance),
        "unit": "GBP",
        "place": "bromley",
        "line": "total",
        "measure": "ytd_variance",
        "period": "2023/24 M06",
        "basis": "ledger",
        "is_estimate": False,
        "source": {"cells": []},
    }
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "figures.json").write_text(json.dumps({"figures": [figure]}), encoding="utf-8")


def test_the_first_month_of_a_home_has_no_last_words(layout: Layout) -> None:
    assert LastWords(layout).of("position") == ""
