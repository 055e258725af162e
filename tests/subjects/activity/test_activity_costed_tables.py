"""The page on programmes: what it counts and costs, in which words, and what it says is missing."""

from __future__ import annotations

from pathlib import Path

import pytest
from opened_chapter import cells, chart, long_sentences, opened, said, table, untagged
from programme_home import (
    NUMBER,
    PRICES,
    PROGRAMMES,
    RAW,
    THIS,
    Record,
    copied,
    made_up_home,
    rewrite,
)

from boardpack.document.blocks import NotSupplied, numbers_in
from boardpack.document.chapter import ChapterPaper, open_chapter
from boardpack.subjects.activity import costed_tables as page
from boardpack.subjects.activity.costed_view import View


def chapter(home: Path, place: str = "alderwick") -> ChapterPaper:
    month = f"M{NUMBER:02d}"
    return open_chapter("costed_programme", "2024-25", month, place, str(home))


@pytest.fixture(scope="module")
def made_up() -> ChapterPaper:
    return chapter(made_up_home())


@pytest.fixture(scope="module")
def real() -> ChapterPaper:
    return opened("costed_programme")


def test_month_six_counts_the_same_months_and_names_what_is_missing(real: ChapterPaper) -> None:
    (shown,) = page.tables(real)
    assert [column.label for column in shown.columns[1:]] == [
        "2021/22",
        "2022/23",
        "2023/24",
        "Change, %",
    ]
    assert {column.group for column in shown.columns[1:]} == {"Activity, April to September"}
    assert cells(shown)["Planned spells"] == ["547", "555", "496", "(10.6%)"]
    assert cells(shown)["of which Diabetes Service"] == ["684", "637", "862", "35.3%"]
    (words,) = page.narratives(real)
    assert "planned spells have fallen by 10.6%" in said(words)
    assert "The programme cannot be costed yet." in said(words)
    (missing,) = page.gaps(real)
    for gap in ("No indicative prices", "No prescription items", "No cost centre"):
        assert gap in said(missing)
    assert "one hospital site" in said(missing)
    assert "£" not in said(words) + said(missing)


def test_a_whole_programme_is_costed_part_by_part(made_up: ChapterPaper) -> None:
    (shown,) = page.tables(made_up)
    heads = [column.label for column in shown.columns]
    assert heads[-3:] == ["Average price, £", "To date", "A month"]
    found = cells(shown)
    assert list(found)[-4:] == [
        "Hospital care at indicative prices",
        "Medicines",
        "Community services",
        "All that is costed",
    ]
    assert found["All that is costed"][-2] == ""
    (words,) = page.narratives(made_up)
    for part in ("in an average month", "hospital care", "medicines", "community services"):
        assert part in said(words)
    assert "so its cost is an estimate" in said(words)
    (missing,) = page.gaps(made_up)
    assert "No " not in said(missing)
    assert any("items dispensed" in note for note in shown.notes)


def test_a_chart_for_each_setting_follows_the_same_months(made_up: ChapterPaper) -> None:
    found = [chart(one) for one in page.charts(made_up)]
    assert len(found) == 3
    for one in found:
        assert one.categories == ("Apr", "May", "Jun", "Jul", "Aug")
        assert [series.name for series in one.series] == ["2022/23", "2023/24", THIS]
        assert all(None not in series.values for series in one.series)


def test_one_month_alone_is_no_line(made_up: ChapterPaper, monkeypatch: pytest.MonkeyPatch) -> None:
    assert page.charts(made_up)
    monkeypatch.setattr(View, "latest", 1)
    assert page.charts(made_up) == ()


def test_words_are_short_and_every_number_in_them_is_a_figure(
    made_up: ChapterPaper, real: ChapterPaper
) -> None:
    for paper in (made_up, real):
        for block in (*page.narratives(paper), *page.gaps(paper)):
            assert not long_sentences(block)
            assert not any(letter.isdigit() for letter in untagged(block))
        assert all(numbers_in(block) for block in (*page.tables(paper), *page.charts(paper)))


@pytest.mark.parametrize("place", ["lambeth", "icb"])
def test_a_place_without_data_says_so(place: str) -> None:
    paper = opened("costed_programme", place)
    (block,) = page.narratives(paper)
    assert isinstance(block, NotSupplied)
    assert (page.tables(paper), page.charts(paper), page.gaps(paper)) == ((), (), ())


def test_no_programme_says_so(tmp_path: Path) -> None:
    home = copied(tmp_path)
    (home / PROGRAMMES / "diabetes.yml").unlink()
    (block,) = page.narratives(chapter(home))
    assert isinstance(block, NotSupplied)


def test_the_icb_adds_its_places(made_up: ChapterPaper) -> None:
    (shown,) = page.tables(chapter(made_up_home(), "icb"))
    assert cells(shown)["All that is costed"]


def test_a_second_programme_has_blocks_of_its_own(tmp_path: Path) -> None:
    home = copied(tmp_path)
    text = 'name: Respiratory *\nbnf_prefixes: ["03"]\n'
    (home / PROGRAMMES / "respiratory.yml").write_text(text, encoding="utf-8")
    paper = chapter(home)
    blocks = [*page.narratives(paper), *page.tables(paper), *page.charts(paper), *page.gaps(paper)]
    assert len({block.id for block in blocks}) == len(blocks) == 9
    second = page.tables(paper)[1]
    assert [row.cells[0] for row in second.rows] == ["Medicines"]
    assert "Respiratory \\*" in said(page.narratives(paper)[1])
    assert "The programme names no" not in said(page.gaps(paper)[1])


def test_a_setting_without_its_price_is_named(tmp_path: Path) -> None:
    home = copied(tmp_path)
    rewrite(home / PRICES, lambda row: None if row["specialty"].startswith("307") else row)
    paper = chapter(home)
    (missing,) = page.gaps(paper)
    assert "price was supplied for all of outpatient attendances" in said(missing)
    assert cells(page.tables(paper)[0])["Outpatient attendances"][-2:] == ["", ""]


def test_a_small_count_is_starred_and_explained(tmp_path: Path) -> None:
    home = copied(tmp_path)

    def change(row: Record) -> Record | None:
        if row["specialty"] == "All":
            return None
        key = (row["place"], row["setting"], row["financial_year"])
        return {**row, "m03": "5", "total": ""} if key == ("alderwick", "elective", THIS) else row

    rewrite(home / RAW / "programme_activity.csv", change)
    paper = chapter(home)
    (shown,) = page.tables(paper)
    row = cells(shown)["Planned spells"]
    assert row[2] == "*"
    assert row[0] != "*"
    assert any("too small to show" in note for note in table(shown).notes)
