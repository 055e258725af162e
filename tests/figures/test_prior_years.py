"""Months of last year beside this one's: their ids, what is compared, and what begins anew."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from homes import PROJECT, RUN, copied_home

from boardpack.build.new_month import begin_month
from boardpack.build.records import figures_record
from boardpack.errors import InputFaults
from boardpack.figures.chapters import compute
from boardpack.figures.chc import chc_figures
from boardpack.figures.declared import schedule_figures
from boardpack.figures.draft import Draft
from boardpack.figures.movements import movements_of
from boardpack.figures.position import position_figures
from boardpack.figures.register import Register
from boardpack.params import load_paper
from boardpack.periods import Month, month_of_suffix
from boardpack.schedules.load import own_schedule
from boardpack.sources.folder import Folder
from boardpack_demo.icb import START
from boardpack_demo.make import make_demo

MARCH, APRIL = Month(START, 12), Month(START + 1, 1)


def _second_year(home: Path) -> None:
    """April of the next year, with the first April's ledger and half of March's packages."""
    make_demo(home, months=12)
    begin_month(home, APRIL)
    raw = home / "data/raw"
    ledger = (raw / MARCH.year_folder / "M01/ledger.csv").read_bytes()
    (raw / APRIL.year_folder / "M01/ledger.csv").write_bytes(ledger)
    packages = (raw / MARCH.year_folder / "M12/chc_packages.csv").read_bytes().splitlines(True)
    kept = b"".join([packages[0], *packages[1::2]])
    (raw / APRIL.year_folder / "M01/chc_packages.csv").write_bytes(kept)


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Register:
    home = tmp_path_factory.mktemp("home") / "demo"
    _second_year(home)
    then = load_paper(home, MARCH, "icb")
    released = home / "data/released" / MARCH.year_folder / "M12/icb"
    released.mkdir(parents=True)
    text = figures_record(then, compute(then, "position", "chc"))
    (released / "figures.json").write_text(text, encoding="utf-8")
    return _compared(home)


def _compared(home: Path) -> Register:
    paper = load_paper(home, APRIL, "icb")
    run = paper.run.model_copy(update={"not_supplied": ["stated.csv", "chc_high_cost.csv"]})
    paper = paper.model_copy(update={"run": run})
    draft = Draft(paper, Folder(paper))
    schedule_figures(draft, own_schedule("budget_overview"))
    position_figures(draft)
    chc_figures(draft)
    movements_of(draft)
    return draft.register


def test_a_budget_of_last_year_keeps_its_id_and_adds_the_year(register: Register) -> None:
    suffix = MARCH.suffix_in(APRIL)
    assert suffix == f"{START}_{(START + 1) % 100}_m12"
    then = register[f"position.icb.total.annual_budget.{suffix}"]
    assert then.period == MARCH.year
    movement = register["movements.icb.position_total_annual_budget.movement"]
    now = register["position.icb.total.annual_budget"]
    assert movement.value == now.value - then.value


@pytest.mark.parametrize("measure", ["ytd_variance", "ytd_actual", "forecast_variance"])
def test_what_is_counted_from_april_begins_anew(register: Register, measure: str) -> None:
    assert f"movements.icb.position_total_{measure}.movement" not in register


@pytest.mark.parametrize("measure", ["latest_run_rate", "earlier_run_rate", "movement"])
def test_no_pace_crosses_the_turn_of_the_year(register: Register, measure: str) -> None:
    assert f"position.icb.total.{measure}" not in register


def test_clients_and_prices_are_compared_with_march(register: Register) -> None:
    for measure in ("clients", "average_price"):
        assert f"movements.icb.chc_all_clients_{measure}.movement" in register


def test_every_figure_of_last_year_says_so_in_its_id(register: Register) -> None:
    shape = re.compile(r"m\d\d")
    parts = {figure.id.rsplit(".", 1)[1] for figure in register}
    assert not [part for part in parts if shape.fullmatch(part) and part not in ("m00", "m01")]


@pytest.mark.parametrize(
    ("suffix", "month"),
    [
        ("m05", Month(2025, 5)),
        ("2024_25_m12", Month(2024, 12)),
        ("m13", None),
        ("m00", None),
        ("printed", None),
    ],
)
def test_a_month_is_read_back_from_an_id(suffix: str, month: Month | None) -> None:
    assert month_of_suffix(suffix, APRIL) == month
    assert month is None or month.suffix_in(APRIL) == suffix


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("[M06]", "months before"),
        ("[M07]", "months before"),
        ("[M04, M05]", "latest month first"),
        ("[M05, M05]", "latest month first"),
        ("[2022-23 M12, M05]", "latest month first"),
        ("[M13]", "months of this year as M05"),
        ("[m5]", "months of this year as M05"),
        ("[2022-24 M12]", "2022-24"),
        ("[5]", "compare_with"),
        ("M05", "compare_with"),
    ],
)
def test_months_to_compare_with_are_strict(tmp_path: Path, said: str, told: str) -> None:
    home = copied_home(PROJECT, tmp_path)
    text = (home / RUN).read_text(encoding="utf-8").replace("[M05, M04]", said)
    (home / RUN).write_text(text, encoding="utf-8")
    with pytest.raises(InputFaults, match=re.escape(told)) as fault:
        load_paper(home, Month(2023, 6))
    assert "params/2023-24/M06.yml" in str(fault.value)


def test_months_of_last_year_are_taken_after_this_year_s(tmp_path: Path) -> None:
    home = copied_home(PROJECT, tmp_path)
    text = (home / RUN).read_text(encoding="utf-8").replace("[M05, M04]", "[M05, 2022-23 M12]")
    (home / RUN).write_text(text, encoding="utf-8")
    assert load_paper(home, Month(2023, 6)).compared == (Month(2023, 5), Month(2022, 12))
