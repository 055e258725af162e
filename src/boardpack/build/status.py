"""Whether a paper is a draft or released: a release stands for what it was made from, and no more.

A release leaves `release.json` beside the register that it froze. A paper stays that release while
what belongs to its month is as it was, to the byte: its extracts, its parameters, its commentary,
and the report as it stood then. What it shares with other months (reference files, layouts, the
registers of other papers, the program) goes on growing: there the outcome decides. While every
figure that was released comes out the same, and no other check fails, nothing has changed for the
reader. Otherwise the paper is a draft again, of the next version. `status` in the month's
parameters decides nothing.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

from boardpack.build.layout import Layout
from boardpack.build.manifest import hashes, sources_of
from boardpack.errors import Fault, InputFaults
from boardpack.money import plain
from boardpack.sources.released import latest_version, released_folder, version_folder

RECORD = "release.json"
TELLS_NO_READER = {"sensitive", "budget_holders", "item_engine"}
"""Parameters of the report that no page shows and no figure rests on."""
Status = Literal["draft", "released"]


def standing_layout(layout: Layout) -> Layout:
    """The paper with the status that it has by its last release."""
    return with_status(layout, status_of(layout))


def with_status(layout: Layout, status: Status) -> Layout:
    """The same paper, to be rendered as a draft or as released."""
    run = layout.paper.run.model_copy(update={"status": status})
    return replace(layout, paper=layout.paper.model_copy(update={"run": run}))


def status_of(layout: Layout) -> Status:
    """`released` where the latest version is what would be made now, else `draft`."""
    record = release_record(layout)
    if record is None:
        return "draft"
    if record.get("made_from") == made_from(layout):
        return "released"
    is_same = record.get("of_the_month") == of_the_month(layout) and comes_out_the_same(layout)
    return "released" if is_same else "draft"


def made_from(layout: Layout) -> str:
    """The SHA-256 over the hashes of a paper's inputs, parameters and code."""
    found = list(sources_of(layout).values())
    return hashlib.sha256(json.dumps(found, sort_keys=True).encode()).hexdigest()


def of_the_month(layout: Layout) -> str:
    """The SHA-256 over what belongs to a paper's month alone, and its report as it stood then."""
    paper = layout.paper
    month = paper.home / "params" / paper.month.year_folder
    places = (paper.raw, month / f"{paper.month.code}.yml", month / paper.month.code / paper.place)
    report = paper.report.model_dump(mode="json", exclude=TELLS_NO_READER)
    told = {"files": hashes(paper.home, places), "report": report}
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def comes_out_the_same(layout: Layout) -> bool:
    """Whether each figure of the last release has its value now, and the same checks fail."""
    from boardpack.build.examine import examine  # it brings in all sources: only where it is needed
    from boardpack.figures.chapters import NEEDS

    folder = releases_of(layout)
    released = version_folder(folder, latest_version(folder))
    try:
        register, checks = examine(layout.paper)
        figures = json.loads((released / "figures.json").read_text(encoding="utf-8"))["figures"]
        then = json.loads((released / "checks.json").read_text(encoding="utf-8"))["checks"]
    except (InputFaults, OSError):
        return False
    now = {figure.id: plain(figure.value) for figure in register}
    told = {f["id"]: f["value"] for f in figures if f["id"].split(".")[0] in NEEDS}
    failing = {check.id for check in checks if check.is_open}
    return all(now.get(name) == value for name, value in told.items()) and failing == {
        check["id"] for check in then if check["status"] == "fail"
    }


def release_record(layout: Layout) -> dict[str, Any] | None:
    """What the latest release of a paper recorded; None for a paper released before boardpack."""
    folder = releases_of(layout)
    path = version_folder(folder, latest_version(folder)) / RECORD
    if not path.exists():
        return None
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        name = path.relative_to(layout.paper.home).as_posix()
        raise InputFaults([Fault(name, "a release record", f"Restore it ({error}).")]) from None
    return found if isinstance(found, dict) else None


def releases_of(layout: Layout) -> Path:
    """The folder of all released versions of a paper."""
    return layout.paper.home / released_folder(layout.paper, layout.paper.month)
