"""Write the demonstration: parameters, reference files, and the months of extracts."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import yaml

from boardpack.core.errors import UsageFault
from boardpack.core.home import month_folder
from boardpack.core.periods import MONTHS_IN_YEAR
from boardpack_demo.month import MonthFiles, month_files
from boardpack_demo.parameters import commentary, reference, report, run
from boardpack_demo.planting import Plant
from boardpack_demo.plants import plant_named
from boardpack_demo.programme_files import PROGRAMME, programme
from boardpack_demo.sizes import AS_EVER, Body
from boardpack_demo.staffing import FORM, SCHEDULE
from boardpack_demo.truth import Truth, truth_of

SEED = 2024
LONGEST = 2 * MONTHS_IN_YEAR
"""How many months a demonstration may have: a year, and the one after it."""


def make_demo(
    folder: Path,
    seed: int = SEED,
    months: int = MONTHS_IN_YEAR,
    plants: Sequence[str] = (),
    plant_month: int | None = None,
    body: Body = AS_EVER,
) -> tuple[str, ...]:
    """Write the made-up ICB below `folder`, and say what was written; Month 13 opens a second year.

    Extracts are written anew each time; parameters and commentary that stand are kept, so that a
    month that was begun with `new-month` keeps its own. Raises UsageFault for a folder that holds
    anything but a demonstration, and for a plant that does not exist.
    """
    number = months if plant_month is None else plant_month
    if not 1 <= months <= LONGEST or not 1 <= number <= months:
        raise UsageFault(f"A demonstration has 1 to {LONGEST} months, and plants in one.")
    chosen = [plant_named(name) for name in plants]
    _refuse_other(folder, body)
    truths = truth_of(seed, months, body)
    planted = _planted(truths, number, chosen)
    _parameters(folder, truths[0].body)
    tables = reference(truths[-1])
    _replace(folder / "data" / "reference", {name: made.bytes() for name, made in tables.items()})
    for each in range(1, months + 1):
        truth, of_year = _of_month(truths, each)
        _month_parameters(folder, truth, of_year)
        files = planted if each == number else month_files(truth, of_year)
        month = truth.month(of_year)
        _replace(folder / month_folder(month), files.written())
    told = (f"In Month {number}, {plant.name}: {plant.does}" for plant in chosen)
    return (f"Wrote {months} months of a made-up ICB to {folder}", *told)


def _of_month(truths: Sequence[Truth], number: int) -> tuple[Truth, int]:
    """The truth that a month is of, and which of its months it is."""
    return truths[(number - 1) // MONTHS_IN_YEAR], (number - 1) % MONTHS_IN_YEAR + 1


def _planted(truths: Sequence[Truth], number: int, plants: Sequence[Plant]) -> MonthFiles:
    """The files of the month with the plants; UsageFault where it has no file for one of them."""
    files = month_files(*_of_month(truths, number))
    for plant in plants:
        try:
            plant.apply(files)
        except KeyError as lacks:
            raise UsageFault(
                f"{plant.name} needs {lacks.args[0]}, which does not come in Month {number}."
                " Choose another month with --plant-month. Nothing was written."
            ) from None
    return files


def _refuse_other(folder: Path, body: Body) -> None:
    if not folder.exists() or not any(folder.iterdir()):
        return
    try:
        said = yaml.safe_load((folder / "params" / "report.yml").read_text(encoding="utf-8"))
    except (OSError, ValueError, yaml.YAMLError):
        said = None
    if not isinstance(said, dict) or said.get("illustrative") is not True:
        raise UsageFault(f"{folder} holds something else. Name a new folder. Nothing was changed.")
    stands = said.get("places")
    if isinstance(stands, dict) and set(stands) != set(body.places):
        raise UsageFault(
            f"{folder} holds a demonstration of other places ({len(stands)} of them, and"
            f" {len(body.places)} are asked for). Name a new folder, or give --places as it was"
            " made. Nothing was changed."
        )


def _parameters(folder: Path, body: Body) -> None:
    _keep(folder / "params" / "report.yml", report(body.places))
    _keep(folder / "params" / "programmes" / f"{PROGRAMME}.yml", programme(body))
    _keep(folder / "params" / "schedules" / f"{SCHEDULE}.yml", FORM)


def _month_parameters(folder: Path, truth: Truth, number: int) -> None:
    month = truth.month(number)
    year = folder / "params" / month.year_folder
    _keep(year / f"{month.code}.yml", run(truth, number))
    for place in truth.body.places:
        for chapter, text in commentary(truth, place, number).items():
            _keep(year / month.code / place / "commentary" / f"{chapter}.md", text)


def _keep(path: Path, text: str) -> None:
    """Write a file that is not there yet."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")


def _replace(folder: Path, files: dict[str, bytes]) -> None:
    """Write a folder anew, without what stood there."""
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
