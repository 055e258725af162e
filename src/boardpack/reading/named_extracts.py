"""Names of extracts in the parameters, held to the extracts that there are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from boardpack.core.errors import Fault, InputFaults
from boardpack.core.home import run_file
from boardpack.core.params import Paper
from boardpack.reading.layouts import FILE, read_layouts
from boardpack.reading.month_files import meant_for
from boardpack.reading.readers import (
    OF_REFERENCE,
    OF_THE_HOME,
    carries_its_month,
    extract_names,
)


def name_faults(paper: Paper) -> Iterator[Fault]:
    """Each name that no extract bears, with the nearest that one does."""
    run = paper.run
    home = paper.home
    for parameter, files in (("not_supplied", run.not_supplied), ("unchanged", run.unchanged)):
        for file in files:
            if not (file.endswith(".csv") and _is_of_the_month(file.removesuffix(".csv"), home)):
                told = run_file(paper.month).as_posix()
                yield _unknown(home, told, file, ".csv", column=parameter)
    try:
        named = read_layouts(paper.home).extracts
    except InputFaults as error:
        yield from error.faults
        return
    for name in named:
        if not _is_of_the_month(name, home) and name not in OF_THE_HOME | OF_REFERENCE:
            yield _unknown(home, FILE.as_posix(), name, "", column="extracts")


def _is_of_the_month(name: str, home: Path) -> bool:
    return name in extract_names(home) or carries_its_month(name)


def _unknown(home: Path, told: str, name: str, ending: str, column: str) -> Fault:
    near = meant_for(Path(name).stem, home)
    remedy = f"Did you mean {near + ending!r}?" if near else "data/README.md lists the extracts."
    return Fault(told, "the name of an extract", remedy, column=column, value=name)
