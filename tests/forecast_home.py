"""Homes of the made-up ICB for the forecasts: with a released paper, without past years."""

from __future__ import annotations

import json
from pathlib import Path

from boardpack.core.params import Paper, load_paper
from boardpack.core.periods import Month
from boardpack.figures.chapters import compute
from boardpack.figures.register import Register
from boardpack.reading.folder import REFERENCE
from boardpack.subjects.forecast.outturn_history_extract import FILE
from boardpack_demo.icb import START
from boardpack_demo.make import make_demo

PLACE = "alderwick"


def forecast_home(folder: Path, months: int = 7) -> Path:
    """The made-up ICB up to a month; past years are among its reference files."""
    make_demo(folder, months=months)
    return folder


def forecast_paper(home: Path, number: int) -> Paper:
    """The paper of one place in a month of the demonstration."""
    return load_paper(home, Month(START, number), PLACE)


def forecast_register(home: Path, number: int) -> Register:
    """The register of the chapter and of all that it needs."""
    return compute(forecast_paper(home, number), "forecast")


def release_position(home: Path, number: int) -> None:
    """Release the positions of a month, as its paper would have."""
    paper = forecast_paper(home, number)
    folder = home / "data/released" / paper.month.year_folder / paper.month.code / PLACE
    folder.mkdir(parents=True)
    figures = [figure.to_json() for figure in compute(paper, "position")]
    lines = ",\n".join(json.dumps(figure) for figure in figures)
    (folder / "figures.json").write_text(f'{{"figures": [\n{lines}\n]}}\n', encoding="utf-8")


def without_past_years(home: Path) -> None:
    """Take the past years away."""
    (home / REFERENCE / FILE).unlink()
