"""Write the demonstration: parameters, reference files, and the months of extracts."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import yaml

from boardpack.demo.icb import PLACES, month_of
from boardpack.demo.month import month_files
from boardpack.demo.parameters import commentary, reference, report, run
from boardpack.demo.plants import plant_named
from boardpack.demo.programme_files import PROGRAMME, programme
from boardpack.demo.truth import Truth
from boardpack.errors import UsageFault
from boardpack.periods import MONTHS_IN_YEAR

SEED = 2024


def make_demo(
    folder: Path,
    seed: int = SEED,
    months: int = MONTHS_IN_YEAR,
    plants: Sequence[str] = (),
    plant_month: int | None = None,
) -> tuple[str, ...]:
    """Write the made-up ICB below `folder`, and say what was written.

    Extracts are written anew each time; parameters and commentary that stand are kept, so that a
    month that was begun with `new-month` keeps its own. Raises UsageFault for a folder that holds
    anything but a demonstration, and for a plant that does not exist.
    """
    number = months if plant_month is None else plant_month
    if not 1 <= months <= MONTHS_IN_YEAR or not 1 <= number <= months:
        raise UsageFault(f"A demonstration has 1 to {MONTHS_IN_YEAR} months, and plants in one.")
    chosen = [plant_named(name) for name in plants]
    _refuse_other(folder)
    truth = Truth(seed)
    _parameters(folder, truth, months)
    _replace(folder / "data" / "reference", {n: t.bytes() for n, t in reference(truth).items()})
    for each in range(1, months + 1):
        files = month_files(truth, each)
        for plant in chosen if each == number else ():
            plant.apply(files)
        _replace(_raw(folder, each), files.written())
    planted = (f"In Month {number}, {plant.name}: {plant.does}" for plant in chosen)
    return (f"Wrote {months} months of a made-up ICB to {folder}", *planted)


def _refuse_other(folder: Path) -> None:
    if not folder.exists() or not any(folder.iterdir()):
        return
    try:
        said = yaml.safe_load((folder / "params" / "report.yml").read_text(encoding="utf-8"))
    except (OSError, ValueError, yaml.YAMLError):
        said = None
    if not isinstance(said, dict) or said.get("illustrative") is not True:
        raise UsageFault(f"{folder} holds something else. Name a new folder. Nothing was changed.")


def _parameters(folder: Path, truth: Truth, months: int) -> None:
    _keep(folder / "params" / "report.yml", report())
    _keep(folder / "params" / "programmes" / f"{PROGRAMME}.yml", programme())
    for number in range(1, months + 1):
        year = folder / "params" / month_of(number).year_folder
        _keep(year / f"M{number:02d}.yml", run(number))
        for place in PLACES:
            for chapter, text in commentary(truth, place, number).items():
                _keep(year / f"M{number:02d}" / place / "commentary" / f"{chapter}.md", text)


def _keep(path: Path, text: str) -> None:
    """Write a file that is not there yet."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")


def _raw(folder: Path, number: int) -> Path:
    month = month_of(number)
    return folder / "data" / "raw" / month.year_folder / month.code


def _replace(folder: Path, files: dict[str, bytes]) -> None:
    """Write a folder anew, without what stood there."""
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
