"""Every parameter file of a home held at once, so that all can be mended in one go."""

from __future__ import annotations

from pathlib import Path

from boardpack.core.errors import InputFaults
from boardpack.core.params import Paper, load_paper
from boardpack.core.periods import Month
from boardpack.reading.layouts import read_layouts
from boardpack.subjects.activity.programmes_extract import read_programme_files


def load_with_others(home: Path, month: Month, place: str | None = None) -> Paper:
    """A paper's parameters; what is wrong in layouts and programmes is told with their faults.

    Raises InputFaults with all that is wrong in any parameter file.
    """
    faults = read_programme_files(home)[1]
    paper = None
    try:
        read_layouts(home)
    except InputFaults as error:
        faults += error.faults
    try:
        paper = load_paper(home, month, place)
    except InputFaults as error:
        faults = [*error.faults, *faults]
    if faults or paper is None:
        raise InputFaults(faults)
    return paper
