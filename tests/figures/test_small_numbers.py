"""Small counts of people: what is suppressed with them, and that nobody gets them back."""

from __future__ import annotations

import json
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from attacker import Attacker
from hypothesis import given, settings
from hypothesis import strategies as st
from month_six import PROJECT, paper_for
from packages_home import packages_home, record

from boardpack.core.params import Paper, load_paper
from boardpack.core.periods import Month, parse_month
from boardpack.document.blocks import Table
from boardpack.document.chapter import open_chapter
from boardpack.figures.chapters import compute_with_movements
from boardpack.figures.draft import Draft
from boardpack.figures.figure import PRINTED, Figure, figure_from_json
from boardpack.figures.register import Register, UnknownFigure
from boardpack.figures.small_numbers import suppress_small_numbers
from boardpack.reading.cells import Cell
from boardpack.reading.extract import Extract, Row, Value
from boardpack.reading.folder import Folder
from boardpack.render.records import figures_record
from boardpack.subjects.chc import icb_tables as chc_icb
from boardpack.subjects.chc import tables as chc
from boardpack.subjects.chc.figures import chc_figures

PLACES = ("bexley", "bromley", "greenwich")
LOWEST, HIGHEST = 1, 7
Book = dict[tuple[str, str], tuple[int, int, int]]
"""Clients, price and high-cost clients by period and place."""

counts = st.one_of(st.integers(0, 9), st.integers(0, 9), st.integers(10, 60))


@st.composite
def books(draw: st.DrawFn) -> Book:
    book: Book = {}
    for period in ("Budget", "M04", "M05", "M06"):
        for place in PLACES:
            clients = draw(counts)
            high = draw(st.integers(0, clients))
            book[period, place] = (clients, draw(st.integers(500, 9000)), high)
    return book


def value(amount: int, line: int, unit: str = "COUNT") -> Value:
    cell = Cell("data/book.csv", None, line, "clients", str(amount))
    return Value(cell, Decimal(amount), Decimal(amount), unit, Decimal(1))


def paper_of(month: int) -> Paper:
    paper = paper_for()
    places = {name: paper.report.places[name] for name in PLACES}
    run = paper.run.model_copy(update={"compare_with": []})
    report = paper.report.model_copy(update={"places": places})
    return paper.model_copy(update={"report": report, "run": run, "month": Month(2023, month)})


def draft_of(book: Book, month: int = 6) -> Draft:
    """The chapter's figures on a book as it stood in a month, with nothing suppressed yet."""
    folder = Folder(paper_of(month), corrections=())
    known = {key: one for key, one in book.items() if key[0] <= f"M{month:02d}"}
    prices, high = [], []
    for line, ((period, place), (clients, price, costly)) in enumerate(known.items(), start=2):
        words = {"period": period, "place": place}
        amounts = {"clients": value(clients, line), "average_price": value(price, line, "GBP")}
        prices.append(Row(line, words, amounts))
        if period != "Budget":
            words = {**words, "financial_year": "2023/24"}
            high.append(Row(line, words, {"clients": value(costly, line)}))
    folder._read["chc_activity_price.csv"] = Extract("data/book.csv", "", tuple(prices))
    folder._read["chc_high_cost.csv"] = Extract("data/book.csv", "", tuple(high))
    folder._read["stated.csv"] = Extract("data/stated.csv", "", tuple(_said(known, month)))
    draft = Draft(folder.paper, folder)
    chc_figures(draft)
    return draft


def _said(book: Book, month: int) -> Iterable[Row]:
    """What the report says in words: a place's growth, and in how many places packages rise."""
    now = f"M{month:02d}"
    words = {"chapter": "chc", "period": f"2023/24 {now}"}
    (first, *_), (last, *_) = book["M04", "bromley"], book[now, "bromley"]
    if first:
        growth = value(round((last / first - 1) * 100), 2, "PCT")
        said = {"place": "bromley", "line": "total", "measure": "activity_growth"}
        yield Row(2, {**words, **said}, {"value": growth})
    rises = sum(book[now, place][2] > book["M04", place][2] for place in PLACES)
    said = {"place": "icb", "line": "high_cost", "measure": "boroughs_increasing"}
    yield Row(3, {**words, **said}, {"value": value(rises, 3)})


def small_counts(figures: Iterable[Figure]) -> set[str]:
    return {
        figure.id
        for figure in figures
        if figure.formula is None
        and figure.place != "icb"
        and figure.measure in ("clients", "budget_clients")
        and not figure.id.endswith(PRINTED)
        and LOWEST <= figure.value <= HIGHEST
    }


def in_all(month: int) -> dict[str, str]:
    """The measures of a month's own row, by the name they have in a later month's paper."""
    lines = {
        "all_clients": ("clients", "average_price", "cost_in_month"),
        "high_cost": ("clients",),
    }
    return {
        (name := f"chc.{place}.{line}.{measure}"): f"{name}.m{month:02d}"
        for place in (*PLACES, "icb")
        for line, measures in lines.items()
        for measure in measures
    }


def earlier_name(month: int, known: set[str], identity: str) -> str:
    """The name, among those of the latest paper, of a figure of an earlier paper."""
    later = in_all(month).get(identity, identity)
    same = later != identity or "budget_" in identity or identity.endswith((".m04", ".m05"))
    return later if same and later in known else f"p{month:02d}_{identity}"


def attacked(papers: dict[int, tuple[Register, list[Figure]]], small: set[str]) -> Attacker:
    """An attacker with the model and what was published of each month's paper, the latest last."""
    mind = Attacker()
    latest = max(papers)
    known = {figure.id for figure in papers[latest][0]}
    for month, (model, published) in papers.items():

        def named(identity: str, month: int = month) -> str:
            return identity if month == latest else earlier_name(month, known, identity)

        mind.learn_model(model, named)
        mind.learn_published(published, named)
    mind.learn_small(small, LOWEST, HIGHEST)
    mind.solve()
    return mind


def found_out(mind: Attacker, small: set[str]) -> set[str]:
    """The small counts of which the attacker knows more than the rule tells him."""
    return {
        name for name in small if mind.known[name].low > LOWEST or mind.known[name].high < HIGHEST
    }


@settings(max_examples=25, deadline=None)
@given(books())
def test_the_attacker_learns_nothing_from_two_months_of_papers(book: Book) -> None:
    papers = {}
    for month in (5, 6):
        model = draft_of(book, month)
        shown = draft_of(book, month)
        suppress_small_numbers(shown)
        papers[month] = (model.register, list(shown.register))
    small = small_counts(papers[6][0])
    assert not small & {figure.id for figure in papers[6][1]}
    assert not found_out(attacked(papers, small), small)


PLANTED: Book = {
    ("Budget", "bexley"): (40, 5000, 0),
    ("Budget", "bromley"): (30, 4000, 0),
    ("Budget", "greenwich"): (20, 3000, 0),
    ("M04", "bexley"): (41, 5000, 12),
    ("M04", "bromley"): (31, 4000, 10),
    ("M04", "greenwich"): (5, 3000, 3),
    ("M06", "bexley"): (42, 5100, 13),
    ("M06", "bromley"): (3, 4100, 2),
    ("M06", "greenwich"): (22, 3100, 9),
    ("M05", "bexley"): (43, 5200, 11),
    ("M05", "bromley"): (32, 4200, 9),
    ("M05", "greenwich"): (23, 3200, 8),
}


def test_the_attacker_finds_every_count_where_nothing_but_the_count_is_hidden() -> None:
    model = draft_of(PLANTED).register
    small = small_counts(model)
    assert len(small) == 4
    naive = [figure for figure in model if figure.id not in small]
    mind = attacked({6: (model, naive)}, small)
    assert found_out(mind, small) == small
    assert mind.known["chc.bromley.all_clients.clients"].low == Fraction(3)
    assert mind.known["chc.bromley.all_clients.clients"].high == Fraction(3)


@pytest.mark.parametrize(
    "shown",
    [
        "chc.icb.all_clients.clients",
        "chc.bromley.all_clients.cost_in_month",
        "chc.bromley.total.activity_growth.printed",
        "chc.bromley.total.activity_against_budget",
        "chc.icb.high_cost.change",
    ],
)
def test_one_figure_too_many_gives_a_count_away(shown: str) -> None:
    draft = draft_of(PLANTED)
    model = Register(draft.register)
    small = small_counts(model)
    suppress_small_numbers(draft)
    beside = {"chc.bromley.all_clients.cost_in_month": ["chc.bromley.all_clients.average_price"]}
    extra = [model[name] for name in (shown, *beside.get(shown, []))]
    others = [model["chc.greenwich.high_cost.clients.m04"]] if "change" in shown else []
    mind = attacked({6: (model, [*draft.register, *extra, *others])}, small)
    assert found_out(mind, small - {one.id for one in others})


def test_a_suppressed_figure_has_no_value_and_no_cell_and_is_not_computed_with() -> None:
    draft = draft_of(PLANTED)
    suppress_small_numbers(draft)
    (figure,) = (f for f in draft.register.suppressed if f.id == "chc.bromley.all_clients.clients")
    item = figure.to_json()
    assert (item["value"], item["suppressed"], item["source"]) == (None, True, {"cells": []})
    assert figure_from_json(item) == figure
    assert not draft.has(figure.id)
    with pytest.raises(UnknownFigure, match="too small to show"):
        draft.agreed(figure.id)


def test_nothing_is_suppressed_where_no_count_is_small() -> None:
    book = {key: (clients + 10, price, 9) for key, (clients, price, _) in PLANTED.items()}
    draft = draft_of(book)
    before = [figure.to_json() for figure in draft.register]
    suppress_small_numbers(draft)
    assert [figure.to_json() for figure in draft.register] == before
    assert not draft.register.suppressed


# --- two months of papers from planted packages -------------------------------------------------

ALL_PLACES = ("bexley", "bromley", "greenwich", "lambeth", "lewisham", "southwark")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A month 6 with three clients in Lewisham, one funded-nursing client, and month 5 released."""
    numbers = dict.fromkeys(ALL_PLACES, 20) | {"lewisham": 3}
    records = [
        record(n, place, weekly_rate="1600" if n % 2 else "800")
        for place, people in numbers.items()
        for n in range(people)
    ]
    records += [record(90, "bexley", care_type="FNC", weekly_rate="219.71")]
    target = packages_home(tmp_path_factory.mktemp("planted"), records)
    _release_month_five(target)
    return target


def _release_month_five(home: Path) -> None:
    run = home / "params" / "2023-24"
    text = (run / "M06.yml").read_text(encoding="utf-8")
    (run / "M05.yml").write_text(text.replace("compare_with: [M05, M04]", "compare_with: []"))
    raw = home / "data" / "raw" / "2023-24"
    (raw / "M06").rename(raw / "M05")
    paper = load_paper(home, parse_month("2023-24", "M05"), "icb")
    register = compute_with_movements(paper, "chc")
    (raw / "M05").rename(raw / "M06")
    released = home / "data" / "released" / "2023-24" / "M05" / "icb"
    released.mkdir(parents=True, exist_ok=True)
    (released / "figures.json").write_text(figures_record(paper, register), encoding="utf-8")


def test_the_released_register_says_that_a_figure_is_suppressed(home: Path) -> None:
    file = home / "data" / "released" / "2023-24" / "M05" / "icb" / "figures.json"
    items = {item["id"]: item for item in json.loads(file.read_text())["figures"]}
    for name in (
        "lewisham.all_clients.clients",
        "icb.all_clients.clients",
        "bexley.fnc.ytd_actual",
    ):
        assert items[f"chc.{name}"]["value"] is None
        assert items[f"chc.{name}"]["suppressed"] is True
    assert items["chc.bexley.all_clients.clients"]["value"] == "20"


@pytest.mark.parametrize("place", ["lewisham", "bromley", "icb"])
def test_no_paper_of_the_month_shows_what_another_suppresses(home: Path, place: str) -> None:
    register = compute_with_movements(load_paper(home, parse_month("2023-24", "M06"), place), "chc")
    hidden = {figure.id for figure in register.suppressed}
    own = compute_with_movements(load_paper(home, parse_month("2023-24", "M06"), "icb"), "chc")
    assert {f.id for f in own.suppressed if f.chapter == "chc"} <= hidden
    assert "chc.lewisham.accrual.ledger_difference" in hidden
    assert not [f.id for f in register if f.chapter == "movements" and "lewisham_all" in f.id]


def test_the_attacker_learns_nothing_from_all_papers_of_the_month_and_the_month_before(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    month = parse_month("2023-24", "M06")
    released = home / "data" / "released" / "2023-24" / "M05" / "icb" / "figures.json"
    before = json.loads(released.read_text(encoding="utf-8"))["figures"]
    papers = [
        compute_with_movements(load_paper(home, month, p), "chc") for p in ("lewisham", "icb")
    ]
    monkeypatch.setattr("boardpack.figures.chapters.suppress_small_numbers", lambda draft: None)
    monkeypatch.setattr("boardpack.figures.computed._KEPT", {})  # these were suppressed
    model = compute_with_movements(load_paper(home, month, "icb"), "chc")
    published = [figure for paper in papers for figure in paper]
    published += [
        figure_from_json({**item, "id": item["id"] + ".m05"})
        for item in before
        if item["value"] is not None and model.find(item["id"] + ".m05")
    ]
    small = small_counts(model)
    assert "chc.lewisham.all_clients.clients" in small
    assert not found_out(attacked({6: (model, published)}, small), small)
    everything = [figure for figure in model if figure.id not in small]
    assert found_out(attacked({6: (model, everything)}, small), small)


def test_rows_are_not_named_where_their_number_would_tell_a_count(home: Path) -> None:
    register = compute_with_movements(load_paper(home, parse_month("2023-24", "M06")), "chc")
    cells = [c for f in register for c in f.cells if c.cell.file.endswith("chc_packages.csv")]
    assert cells
    assert all(not item.lines and item.cell.row == 1 for item in cells)
    assert all(item.sha256 for item in cells)


def test_tables_print_a_star_and_say_what_it_is(home: Path) -> None:
    own = open_chapter("chc", "2023-24", "M06", "lewisham", str(home))
    icb = open_chapter("chc", "2023-24", "M06", "icb", str(home))
    for block in (chc.clients_table(own), chc_icb.clients_table(icb), chc_icb.high_cost_table(icb)):
        assert isinstance(block, Table)
        assert any("*" in row.cells for row in block.rows)
        assert any("too small to show" in note for note in block.notes)
    recorded = {figure["id"]: figure for figure in own.workings().figures}
    assert recorded["chc.lewisham.all_clients.clients"]["value"] is None


def test_the_real_month_has_nothing_to_suppress() -> None:
    assert (PROJECT / "data" / "raw" / "2023-24" / "M06" / "chc_activity_price.csv").exists()
    register = compute_with_movements(paper_for(), "chc", "programmes", "mental_health")
    assert not register.suppressed
