"""Chapters that an executed notebook says are left out, held to the home's parameters.

A chapter that is left out has no page, and nothing of it is looked for in the outputs. So it is the
sealed parameters that decide which is, and never the notebook alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from boardpack.audit.verification.finding import Finding, Step
from boardpack.audit.verification.json_object import read_object
from boardpack.audit.verification.sealed import Sealed
from boardpack.core.errors import BoardpackError
from boardpack.core.home_chapters import chapter_name
from boardpack.core.params import load_paper

NAME, COUNTED = "Chapters left out", "executed notebooks held to what the parameters leave out"
CLAIMED = "says that it is left out; the parameters do not leave it out so."
SHOWN = "is left out by the parameters, and says nothing of it."


def check_left_out(sealed: Sealed) -> Step:
    """Each executed notebook says of being left out what the parameters say."""
    found = sorted((sealed.build / "notebooks").glob("*.ipynb"))
    return Step(NAME, len(found), COUNTED, tuple(_findings(sealed)))


def _findings(sealed: Sealed) -> Iterator[Finding]:
    said = _said(sealed)
    for path in sorted((sealed.build / "notebooks").glob("*.ipynb")):
        metadata = (read_object(path) or {}).get("metadata")
        told = metadata.get("boardpack") if isinstance(metadata, dict) else None
        claimed = told.get("left_out") if isinstance(told, dict) else None
        reason = said.get(chapter_name(path.stem))
        if claimed != reason:
            how = CLAIMED if claimed else SHOWN
            yield Finding(f"notebooks/{path.name}", how)


def _said(sealed: Sealed) -> dict[str, str]:
    """The reason for each chapter that the parameters leave out; none where they are wrong."""
    try:
        if sealed.month is None:
            return {}
        entries = load_paper(sealed.home, sealed.month, sealed.place).report.chapters
    except BoardpackError:
        return {}
    return {name: one.leave_out for name, one in entries.items() if one.leave_out}
