"""Commentary forms, written for each budget holder from the tables of the paper as it was made."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from boardpack.core.errors import Fault, InputFaults, UsageFault, nearest
from boardpack.core.home_chapters import chapter_name
from boardpack.core.params import Paper
from boardpack.document.blocks import Table
from boardpack.document.content import Chapter
from boardpack.figures.labels import slug
from boardpack.outputs.word.form import Form, FormChapter, form_bytes
from boardpack.outputs.word.form_reading import read_form
from boardpack.render.chapters import read_parts
from boardpack.render.current import changed_since
from boardpack.render.last_words import LastWords
from boardpack.render.layout import Layout
from boardpack.render.products import title

TABLES = 2
"""How many of a chapter's tables a form shows: the first ones are the chapter's position."""
LONGEST = 20


def write_forms(layout: Layout, out: Path | None = None) -> tuple[Path, ...]:
    """Write one Word form for each budget holder of a paper that has been rendered.

    The roles and their chapters stand in `params/report.yml` under `budget_holders`; where there
    are none, one form for the paper's author holds every chapter with words, now or last month.
    Raises UsageFault where the paper is not rendered yet, and where a form that stands there has
    words in it: nothing is written then.
    """
    chapters, labels, last = _rendered(layout), _labels(layout), LastWords(layout)
    folder = out or layout.target.with_name(f"{layout.paper.place}-forms")
    forms = {
        folder / f"{slug(role)}.docx": _form(layout, role, names, chapters, labels, last)
        for role, names in _roles(layout, chapters, last).items()
    }
    filled = [f"{path} {why}" for path in forms for why in _in_use(path)]
    if filled:
        raise UsageFault("\n".join(("no form is written over another.", *filled)))
    folder.mkdir(parents=True, exist_ok=True)
    for path, form in forms.items():
        path.write_bytes(form_bytes(form))
    return tuple(forms)


def changed_inputs(layout: Layout) -> tuple[str, ...]:
    """The extracts that are not as the build was made from, so that forms show other figures."""
    return tuple(name for name in changed_since(layout) if name.startswith("data/"))


def identity_of(paper: Paper) -> str:
    """Which month and place a form is for: `2023-24 M07 bromley`."""
    return f"{paper.month.year_folder} {paper.month.code} {paper.place}"


def _in_use(path: Path) -> Iterator[str]:
    """Why a file that stands in a form's place may not be written over."""
    if not path.exists():
        return
    try:
        words = read_form(path).words
    except InputFaults:
        yield "is no form as it was written: move it, or choose another folder with --out."
        return
    if words:
        yield "has words in it: take it back with --read, then move it away."


def _rendered(layout: Layout) -> dict[str, Chapter]:
    """The chapters of the last build by the name that their commentary has (`chc`)."""
    if not (layout.target / "notebooks").is_dir():
        month = layout.paper.month
        verb = f"boardpack render {month.year_folder} {month.code} --place {layout.paper.place}"
        raise UsageFault(f"The forms show the paper's figures: make it first, with {verb}")
    chapters = (chapter for part in read_parts(layout, built=True) for chapter in part.chapters)
    return {chapter_name(chapter.name): chapter for chapter in chapters}


def _labels(layout: Layout) -> dict[str, str]:
    record: dict[str, Any] = json.loads((layout.target / "figures.json").read_text("utf-8"))
    return {item["id"]: item["label"] for item in record["figures"]}


def _roles(
    layout: Layout, chapters: Mapping[str, Chapter], last: LastWords
) -> Mapping[str, Iterable[str]]:
    """The chapters of each budget holder; InputFaults for one that the paper does not have."""
    holders = layout.paper.report.budget_holders
    faults = [
        Fault(
            "params/report.yml",
            f"a chapter of the paper for {role}",
            nearest(name, chapters),
            column="budget_holders",
            value=name,
        )
        for role, names in holders.items()
        for name in names
        if name not in chapters
    ]
    if faults:
        raise InputFaults(faults)
    author = layout.paper.run.cover.author_roles.get(layout.paper.place, "Author of the paper")
    spoken = last.chapters.union(path.stem for path in layout.commentary.glob("*.md"))
    return holders or {author: [name for name in chapters if not spoken or name in spoken]}


def _form(
    layout: Layout,
    role: str,
    names: Iterable[str],
    chapters: Mapping[str, Chapter],
    labels: dict[str, str],
    last: LastWords,
) -> Form:
    paper = layout.paper
    shown = tuple(
        FormChapter(name, chapters[name].title, _tables(chapters[name]), last.of(name))
        for name in names
    )
    return Form(
        role=role,
        title=f"Commentary for the {title(paper)}",
        identity=identity_of(paper),
        made_at=paper.run.data_cut,
        chapters=shown,
        labels=labels,
    )


def _tables(chapter: Chapter) -> tuple[Table, ...]:
    tables = (block for block in chapter.blocks if isinstance(block, Table))
    return tuple(table for table in tables if len(table.rows) <= LONGEST)[:TABLES]
