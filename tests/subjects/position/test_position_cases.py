"""The position's rules by case: signs, shares, gains without a name, and what is not supplied."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from types import SimpleNamespace
from typing import cast

import pytest
from made_figures import made_figure
from month_six import paper_for

from boardpack.figures import schedule_figures as declared
from boardpack.figures.draft import Draft
from boardpack.figures.figure import Figure
from boardpack.figures.register import Register
from boardpack.figures.scope import Scope
from boardpack.reading.cells import Cell
from boardpack.reading.extract import Extract, Row, Value
from boardpack.reading.folder import Folder
from boardpack.schedules.form import Schedule
from boardpack.schedules.load import own_schedule
from boardpack.subjects.position import figures as position

LINE = "position.bromley.acute_services."
TOTAL = "position.bromley.total."
ICB_TOTAL = "position.icb.total."


def _draft(values: Mapping[str, int | None], *, has_ledger: bool = False) -> Draft:
    """A draft whose register holds these amounts; None is a figure that is not there."""
    folder = SimpleNamespace(has=lambda file: has_ledger and file == "ledger.csv", hashes={})
    draft = Draft(paper_for(), cast(Folder, folder))
    draft.register = Register(
        _figure(one, value) for one, value in values.items() if value is not None
    )
    return draft


def _figure(identity: str, value: int) -> Figure:
    return made_figure(identity, value, period="2023/24")


@pytest.mark.parametrize(("stated", "variance"), [(5000, -5000), (-5000, 5000), (0, 0)])
def test_a_stated_overspend_is_an_adverse_variance(stated: int, variance: int) -> None:
    draft = _draft({f"{ICB_TOTAL}forecast_overspend": stated})
    position._icb_forecast(draft)
    figure = draft.register[f"{ICB_TOTAL}forecast_variance"]
    assert (figure.value, figure.unit, figure.period) == (variance, "GBP", "2023/24")


def test_a_forecast_that_is_there_is_not_stated_again() -> None:
    draft = _draft({f"{ICB_TOTAL}forecast_overspend": 5000, f"{ICB_TOTAL}forecast_variance": 7})
    position._icb_forecast(draft)
    assert draft.register[f"{ICB_TOTAL}forecast_variance"].value == 7


def test_nothing_stated_is_no_forecast_of_nil() -> None:
    draft = _draft({})
    position._icb_forecast(draft)
    assert len(draft.register) == 0


@pytest.mark.parametrize(
    ("variance", "release", "before"),
    [(-2218, 491, -2709), (100, 491, -391), (-2218, -491, -1727), (-2218, 0, -2218)],
)
def test_a_release_is_taken_out_of_the_variance(variance: int, release: int, before: int) -> None:
    values = {f"{ICB_TOTAL}ytd_variance": variance}
    draft = _draft({**values, "position.icb.reserves.in_month_release": release})
    position._before_release(draft)
    assert draft.register[f"{ICB_TOTAL}ytd_variance_before_release"].value == before


@pytest.mark.parametrize(
    "only", [f"{ICB_TOTAL}ytd_variance", "position.icb.reserves.in_month_release"]
)
def test_without_a_release_and_a_variance_there_is_none_before_it(only: str) -> None:
    draft = _draft({only: -2218})
    position._before_release(draft)
    assert len(draft.register) == 1


@pytest.mark.parametrize(
    ("variance", "budget", "share"),
    [
        (-50, 200, "-25"),
        (50, 200, "25"),
        (0, 200, "0"),
        (-300, 200, "-150"),
        (-50, 1, "-5000"),
        (-50, 0, None),
        (-50, -200, None),
        (None, 200, None),
        (-50, None, None),
    ],
)
def test_a_share_of_budget_has_the_sign_of_the_variance(
    variance: int | None, budget: int | None, share: str | None
) -> None:
    names = ("ytd_variance", "ytd_budget"), ("forecast_variance", "annual_budget")
    for top, bottom in names:
        for line in (LINE, TOTAL):
            draft = _draft({f"{line}{top}": variance, f"{line}{bottom}": budget})
            position._shares(draft, "bromley")
            if share is None:
                assert f"{line}{top}_share" not in draft.register
            else:
                figure = draft.register[f"{line}{top}_share"]
                period = "2023/24 M06" if top == "ytd_variance" else "2023/24"
                assert (figure.value, figure.unit) == (Decimal(share), "PCT")
                assert figure.period == period


@pytest.mark.parametrize(
    ("variance", "budget", "is_unspent"),
    [
        (101, 100, True),
        (100, 100, False),
        (99, 100, False),
        (1, 0, True),
        (0, 0, False),
        (1, -500, True),
        (0, -500, False),
        (-1, -500, False),
        (-101, 100, False),
        (None, 100, False),
    ],
)
def test_a_gain_larger_than_its_budget_has_no_name(
    variance: int | None, budget: int, is_unspent: bool
) -> None:
    draft = _draft({f"{LINE}forecast_variance": variance, f"{LINE}annual_budget": budget})
    expected = ("acute_services",) if is_unspent else ()
    assert position.unspent_gains(draft, "bromley") == expected


def test_the_forecast_is_shown_without_gains_that_have_no_name() -> None:
    values = {
        f"{LINE}forecast_variance": 1671,
        f"{LINE}annual_budget": 1000,
        "position.bromley.prescribing.forecast_variance": -4346,
        "position.bromley.prescribing.annual_budget": 50_000,
        f"{TOTAL}forecast_variance": -2675,
    }
    draft = _draft(values)
    position._without_gains(draft, "bromley")
    assert draft.register[f"{TOTAL}unexplained_gain_variance"].value == 1671
    assert draft.register[f"{TOTAL}underlying_forecast_variance"].value == -4346
    for lacking in (f"{LINE}forecast_variance", f"{TOTAL}forecast_variance"):
        draft = _draft({one: v for one, v in values.items() if one != lacking})
        position._without_gains(draft, "bromley")
        assert f"{TOTAL}underlying_forecast_variance" not in draft.register


OVERVIEW = {
    "overview.lambeth.acute_services.ytd_budget": 500,
    "overview.lambeth.acute_services.ytd_actual": 700,
    "overview.lambeth.acute_services.ytd_variance": -200,
}


def test_a_place_without_its_own_extract_stands_on_the_overview() -> None:
    draft = _draft(OVERVIEW)
    position._from_overview(draft, "lambeth")
    found = {f.measure: f.value for f in draft.register if f.chapter == "position"}
    assert found == {"ytd_budget": 500, "ytd_actual": 700, "ytd_variance": -200}


@pytest.mark.parametrize("lacking", OVERVIEW)
def test_what_rests_on_a_blank_of_the_overview_is_absent(lacking: str) -> None:
    draft = _draft({one: value for one, value in OVERVIEW.items() if one != lacking})
    draft.register.note_blank(lacking, "Lambeth, Acute Services")
    position._from_overview(draft, "lambeth")
    made = lacking.replace("overview.", "position.")
    assert draft.register.is_absent(made)
    assert draft.register.missing([made]) == ("Lambeth, Acute Services",)


def _year() -> dict[str, int | None]:
    places = (*paper_for().report.places, "central")
    values: dict[str, int | None] = {}
    for number, place in enumerate(places, start=1):
        values[f"position.{place}.total.annual_budget"] = 100 * number
        values[f"position.{place}.total.forecast_outturn"] = 101 * number
    return values


def test_the_year_of_the_icb_adds_all_places_and_the_centre() -> None:
    draft = _draft(_year(), has_ledger=True)
    position._icb_year(draft, ("bromley",))
    value = {name: draft.register[f"{ICB_TOTAL}{name}"].value for name in position.YEAR}
    assert value == {"annual_budget": 2800, "forecast_outturn": 2828}
    assert draft.register[f"{ICB_TOTAL}forecast_variance"].value == -28
    assert draft.register[f"{ICB_TOTAL}forecast_variance"].period == "2023/24"


@pytest.mark.parametrize(("supplied", "has_ledger"), [((), True), (("bromley",), False)])
def test_without_every_place_there_is_no_year_of_the_icb(
    supplied: tuple[str, ...], has_ledger: bool
) -> None:
    draft = _draft(_year(), has_ledger=has_ledger)
    position._icb_year(draft, supplied)
    assert not [f for f in draft.register if f.place == "icb"]


PRINTED = {
    "Acute Services": (500, 700, -200, 1000, 1300, -300),
    "Prescribing": (400, 350, 50, 800, 790, 10),
    "Total": (900, 1050, -150, 1800, 2090, -290),
}
MEASURES = (*position.YTD, "ytd_variance", *position.YEAR, "forecast_variance")


def _value(cell: Cell, amount: int) -> Value:
    return Value(cell, Decimal(amount), Decimal(amount), "GBP", Decimal(0))


def _bromley(printed: Mapping[str, tuple[int | None, ...]]) -> Extract:
    """Bromley's position as an extract prints it; None is a cell that is left blank."""
    rows = []
    for row, (label, amounts) in enumerate(printed.items(), start=2):
        cells = {
            name: _value(Cell("position.csv", None, row, name, f"{n}"), n)
            for name, n in zip(MEASURES, amounts, strict=True)
            if n is not None
        }
        rows.append(Row(row, {"place": "bromley", "directorate": label}, cells))
    return Extract("position.csv", "", tuple(rows))


def _entered(
    monkeypatch: pytest.MonkeyPatch, printed: Mapping[str, tuple[int | None, ...]]
) -> Draft:
    monkeypatch.setattr(declared, "read_schedule", lambda *_: _bromley(printed))
    draft = _draft({})
    declared.table_figures(draft, own_schedule("position"))
    return draft


def test_budget_and_actual_are_read_and_the_rest_is_computed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    register = _entered(monkeypatch, PRINTED).register
    for label, amounts in PRINTED.items():
        line = label.lower().replace(" ", "_")
        for measure, amount in zip(MEASURES, amounts, strict=True):
            figure = register[f"position.bromley.{line}.{measure}"]
            is_read = line != "total" and not measure.endswith("variance")
            assert (figure.value, figure.formula is None) == (amount, is_read)
            assert figure.label.startswith(f"{label}, ")
            is_year = measure in (*position.YEAR, "forecast_variance")
            assert figure.period == ("2023/24" if is_year else "2023/24 M06")
            assert (f"{figure.id}.printed" in register) is not is_read
    variance = register["position.bromley.total.forecast_variance"].formula
    assert variance == (
        "position.bromley.total.annual_budget - position.bromley.total.forecast_outturn"
    )


def test_a_blank_cell_has_no_variance_and_is_not_added(monkeypatch: pytest.MonkeyPatch) -> None:
    printed = {
        "Acute Services": (500, None, None, 1000, 1300, None),
        "Prescribing": (400, 350, None, 800, None, None),
        "Total": (None, None, None, None, None, None),
    }
    register = _entered(monkeypatch, printed).register
    assert f"{LINE}ytd_variance" not in register
    assert register[f"{LINE}forecast_variance"].value == -300
    assert register["position.bromley.prescribing.ytd_variance"].value == 50
    assert "position.bromley.prescribing.forecast_variance" not in register
    assert not [figure for figure in register if figure.id.endswith(".printed")]


def _overview(place: str) -> dict[str, int | None]:
    """A place in the overview, £1 underspent on each line."""
    lines = {"acute_services": 1, "total": 1}
    return {
        f"overview.{place}.{line}.{measure}": value
        for line, variance in lines.items()
        for measure, value in (("ytd_budget", 10), ("ytd_actual", 9), ("ytd_variance", variance))
    }


@pytest.mark.parametrize("has_ledger", [True, False])
def test_a_position_is_entered_for_every_place_and_the_icb(
    monkeypatch: pytest.MonkeyPatch, has_ledger: bool
) -> None:
    places = tuple(paper_for().report.places)
    values: dict[str, int | None] = {f"{ICB_TOTAL}forecast_overspend": 5000}
    values["position.icb.reserves.in_month_release"] = 1
    values |= _year() if has_ledger else {}
    values = {one: v for one, v in values.items() if not one.startswith("position.bromley.")}
    for place in (*places, "icb"):
        values |= _overview(place)
    draft = _draft(values, has_ledger=has_ledger)
    asked: list[tuple[object, ...]] = []
    seen: list[object] = []

    def note(name: str) -> object:
        return lambda *told: asked.append((name, *told))

    def read_extract(folder: object, schedule: Schedule) -> Extract:
        seen.append(folder)
        if schedule.name != "position":
            return Extract(schedule.file, "", ())
        return _bromley({**PRINTED, "Acute Services": (500, 700, -200, 1000, -1300, 2300)})

    for name in ("prior_figures", "run_rate_figures"):
        monkeypatch.setattr(position, name, note(name))
    monkeypatch.setattr(Draft, "enter_stated", note("stated"))
    monkeypatch.setattr(position, "release_of", lambda draft, scope: (draft, scope.id("release")))
    for module in (position, declared):
        monkeypatch.setattr(module, "read_schedule", read_extract)
    position.position_figures(draft)

    assert asked[:2] == [("prior_figures", draft, "position"), ("stated", draft, "position")]
    assert {id(folder) for folder in seen} == {id(draft.folder)}
    paces = [one for one in asked if one[0] == "run_rate_figures"]
    lines = (*draft.directorates(), "total")
    wanted = [f"position.{place}.{line}" for place in (*places, "icb") for line in lines]
    assert [cast(Scope, told).id("") for _, _, told, _ in paces] == wanted
    assert [release for *_, release in paces] == [(draft, f"{one}.release") for one in wanted]
    assert all(told is draft for _, told, _, _ in paces)

    register = draft.register
    assert register[f"{LINE}ytd_actual"].value == 700  # its own extract, not the overview
    for place in (*places, "icb"):
        is_own = place == "bromley"
        variance = register[f"position.{place}.acute_services.ytd_variance"]
        assert variance.value == (-200 if is_own else 1)
        assert register[f"position.{place}.acute_services.ytd_variance_share"].value == (
            -40 if is_own else 10
        )
        for line, label in (("acute_services", "Acute Services"), ("total", "Total")):
            for measure in ("ytd_actual", "ytd_variance", "ytd_variance_share"):
                assert register[f"position.{place}.{line}.{measure}"].label.startswith(f"{label}, ")
    assert {cast(Scope, told).line_label for _, _, told, _ in paces} == {
        *draft.directorates().values(),
        "Total",
    }
    assert register[f"{TOTAL}unexplained_gain_variance"].value == 2300
    assert register[f"{TOTAL}unexplained_gain_variance"].period == "2023/24"
    assert register[f"{ICB_TOTAL}ytd_variance_before_release"].value == 0
    forecast = register[f"{ICB_TOTAL}forecast_variance"].value
    assert forecast == (2284 if has_ledger else -5000)  # all places and the centre, or as stated
