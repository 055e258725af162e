"""Verification of a build by somebody who need not trust it: the whole story.

Every file is held to its seal. The month is performed again from its sealed extracts and every
figure, check, block and output compared. Every tagged number is held to the register, every source
cell looked up in its file, and the headline figures are recomputed by a second implementation.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from boardpack.audit.certificate import Certificate, environment
from boardpack.audit.finding import Finding, Step
from boardpack.audit.performed import (
    Items,
    compare_blocks,
    compare_files,
    compare_records,
    performed,
    records,
)
from boardpack.audit.sealed import Sealed, find_sealed
from boardpack.audit.seals import check_seals
from boardpack.audit.second_cells import wrong_cells
from boardpack.audit.second_headlines import differing, headlines
from boardpack.audit.second_reading import Month
from boardpack.audit.tagged import check_tagged, html_numbers, pdf_numbers
from boardpack.build.progress import Progress
from boardpack.errors import BoardpackError
from boardpack.params import load_paper

REGISTER = ("figures.json", "figures")


def verify(folder: Path, home: Path | None, progress: Progress) -> Certificate:
    """Verify the build in a folder; nothing in it, nor in its home, is changed."""
    sealed = find_sealed(folder, home)
    progress.stage("Holding every file to its seal", 1)
    steps = [check_seals(sealed)]
    steps += _performed_again(sealed, progress)
    progress.stage("Holding every printed number to the register", 1)
    figures = records(sealed.build, *REGISTER)
    steps.append(check_tagged("Numbers in HTML", html_numbers, sealed.build, figures))
    steps.append(check_tagged("Numbers in PDF", pdf_numbers, sealed.build, figures))
    progress.stage("Recomputing the headlines a second time", 1)
    steps.append(_step("Source cells", "source cells looked up", _cells, sealed, figures))
    steps.append(
        _step("Second implementation", "headline figures recomputed", _again, sealed, figures)
    )
    return Certificate(
        sealed.build.name, sealed.record or {}, tuple(steps), environment(), dt.datetime.now(dt.UTC)
    )


def _performed_again(sealed: Sealed, progress: Progress) -> list[Step]:
    """Figures, checks, blocks and files against those of the month performed again."""
    try:
        with performed(sealed, progress) as again:
            told = [
                compare_records(sealed.build, again, *REGISTER),
                compare_records(sealed.build, again, "checks.json", "checks"),
                compare_blocks(sealed.build, again),
            ]
            explained = {"figures.json": told[0], "checks.json": told[1]}
            known = {name for name, step in explained.items() if step.findings}
            known |= {finding.subject for finding in told[2].findings}
            return [*told, compare_files(sealed, again, known)]
    except BoardpackError as error:
        findings = [Finding("Not performed again", line) for line in str(error).splitlines()]
        return [Step("Figures", 0, "figures performed again", tuple(findings))]


Looked = Callable[[Month, Items], tuple[int, list[Finding]]]


def _step(name: str, counted: str, look: Looked, sealed: Sealed, figures: Items) -> Step:
    """A step of the second implementation; extracts it cannot read are a finding."""
    try:
        count, findings = look(_month(sealed), figures)
    except BoardpackError as error:
        count, findings = 0, [Finding(name, str(error).splitlines()[0])]
    except (ArithmeticError, AttributeError, LookupError, OSError, TypeError, ValueError) as error:
        said = f"could not be done a second time: {type(error).__name__}: {error}."
        count, findings = 0, [Finding(name, said)]
    return Step(name, count, counted, tuple(findings))


def _month(sealed: Sealed) -> Month:
    """What the second implementation is told: where the month is, and the places' slugs."""
    if sealed.month is None or not sealed.place:
        raise BoardpackError("The manifest does not say which month of which place it is.")
    paper = load_paper(sealed.home, sealed.month, sealed.place)
    month = sealed.month
    places = tuple(paper.report.places)
    return Month(sealed.home, month.year_folder, month.number, sealed.place, places)


def _cells(month: Month, figures: Items) -> tuple[int, list[Finding]]:
    count, wrong = wrong_cells(month.home, figures)
    return count, [Finding(figure, said) for figure, said in wrong]


def _again(month: Month, figures: Items) -> tuple[int, list[Finding]]:
    found = headlines(month)
    values = {name: item.get("value") for name, item in figures.items()}
    told = differing(found, values)
    findings = [
        Finding(name, f"the register says {said}; recomputed a second time it is {value}.")
        for name, (said, value) in told.items()
    ]
    return len(found.keys() & values.keys()), findings
