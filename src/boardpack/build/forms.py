"""Commentary forms: written for each budget holder from the paper's own tables, and taken back."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from boardpack.build.chapters import read_parts
from boardpack.build.layout import Layout
from boardpack.build.products import title
from boardpack.build.words import words_of
from boardpack.earlier import keep_before
from boardpack.errors import Fault, InputFaults, UsageFault
from boardpack.figures.chapters import NEEDS, compute
from boardpack.figures.labels import slug
from boardpack.outputs.form import Form, FormChapter, form_bytes
from boardpack.outputs.form_reading import Answers, read_form
from boardpack.paper.blocks import Table
from boardpack.paper.content import Chapter
from boardpack.prose.written import Stale, record_written, stale_sentences

TABLES = 2
"""How many of a chapter's tables a form shows: the first ones are the chapter's position."""
LONGEST = 20
_COMMENT = re.compile(r"<!--.*?-->\s*", re.DOTALL)


def write_forms(layout: Layout, out: Path | None = None) -> tuple[Path, ...]:
    """Write one Word form for each budget holder of a paper that has been rendered.

    The roles and their chapters stand in `params/report.yml` under `budget_holders`; where there
    are none, one form for the paper's author holds every chapter with words, now or last month.
    Raises UsageFault where the paper is not rendered yet.
    """
    chapters, labels = _rendered(layout), _labels(layout)
    folder = out or layout.target.with_name(f"{layout.paper.place}-forms")
    folder.mkdir(parents=True, exist_ok=True)
    return tuple(
        _written(folder / f"{slug(role)}.docx", _form(layout, role, names, chapters, labels))
        for role, names in _roles(layout, chapters).items()
    )


def take_forms(layout: Layout, files: Iterable[Path]) -> tuple[Path, ...]:
    """Take the words of forms into the paper's commentary; what they rest on is recorded.

    All faults of all forms are told at once and nothing is taken (InputFaults). Words that stand
    already for a chapter are replaced only by those of a form that says something on it.
    """
    answers = _read(layout, files)
    keep_before(layout.paper.home, words_of(layout.paper), "before commentary --read")
    layout.commentary.mkdir(parents=True, exist_ok=True)
    taken = []
    for answer in answers:
        for chapter, words in answer.words.items():
            taken.append(_written(layout.commentary / f"{chapter}.md", f"{words}\n".encode()))
    seen = {name: value for answer in answers for name, value in answer.values.items()}
    taken.append(record_written(layout.paper, compute(layout.paper, *NEEDS), seen))
    return tuple(taken)


def record(layout: Layout) -> Path:
    """Record that the commentary, as it stands, was written on the figures as they are now."""
    return record_written(layout.paper, compute(layout.paper, *NEEDS))


def stale(layout: Layout) -> tuple[Stale, ...]:
    """The sentences of the commentary whose figures have moved since they were written."""
    return stale_sentences(layout.paper, compute(layout.paper, *NEEDS))


def _read(layout: Layout, files: Iterable[Path]) -> list[Answers]:
    month = layout.paper.month
    wanted = f"{month.year_folder} {month.code} {layout.paper.place}"
    answers: list[Answers] = []
    faults: list[Fault] = []
    for file in files:
        try:
            answer = read_form(file)
        except InputFaults as error:
            faults += error.faults
            continue
        if answer.identity != wanted:
            remedy = "Take it back with the month and place that it is for."
            faults.append(Fault(file.name, f"a form for {wanted}", remedy, value=answer.identity))
        answers.append(answer)
    faults += _given_twice(answers)
    if faults:
        raise InputFaults(faults)
    return answers


def _given_twice(answers: list[Answers]) -> Iterator[Fault]:
    chapters = [chapter for answer in answers for chapter in answer.words]
    for chapter in sorted({name for name in chapters if chapters.count(name) > 1}):
        yield Fault("forms", f"one form that speaks on {chapter}", "Keep the one that stands.")


def _rendered(layout: Layout) -> dict[str, Chapter]:
    """The chapters of the last build by the name that their commentary has (`chc`)."""
    if not (layout.target / "notebooks").is_dir():
        month = layout.paper.month
        verb = f"boardpack render {month.year_folder} {month.code} --place {layout.paper.place}"
        raise UsageFault(f"The forms show the paper's figures: make it first, with {verb}")
    chapters = (chapter for part in read_parts(layout, built=True) for chapter in part.chapters)
    return {re.sub(r"^\d+_", "", chapter.name): chapter for chapter in chapters}


def _labels(layout: Layout) -> dict[str, str]:
    record: dict[str, Any] = json.loads((layout.target / "figures.json").read_text("utf-8"))
    return {item["id"]: item["label"] for item in record["figures"]}


def _roles(layout: Layout, chapters: dict[str, Chapter]) -> dict[str, list[str]]:
    holders = layout.paper.report.budget_holders
    if holders:
        return {
            role: [name for name in names if name in chapters] for role, names in holders.items()
        }
    author = layout.paper.run.cover.author_roles.get(layout.paper.place, "Author of the paper")
    spoken = {path.stem for path in layout.commentary.parent.glob("*/*.md")}
    return {author: [name for name in chapters if not spoken or name in spoken]}


def _form(
    layout: Layout,
    role: str,
    names: Iterable[str],
    chapters: dict[str, Chapter],
    labels: dict[str, str],
) -> Form:
    paper = layout.paper
    shown = tuple(
        FormChapter(name, chapters[name].title, _tables(chapters[name]), _last_month(layout, name))
        for name in names
    )
    return Form(
        role=role,
        title=f"Commentary for the {title(paper)}",
        identity=f"{paper.month.year_folder} {paper.month.code} {paper.place}",
        made_at=paper.run.data_cut,
        chapters=shown,
        labels=labels,
    )


def _tables(chapter: Chapter) -> tuple[Table, ...]:
    tables = (block for block in chapter.blocks if isinstance(block, Table))
    return tuple(table for table in tables if len(table.rows) <= LONGEST)[:TABLES]


def _last_month(layout: Layout, name: str) -> str:
    path = layout.commentary.with_name("last_month") / f"{name}.md"
    return _COMMENT.sub("", path.read_text(encoding="utf-8")).strip() if path.exists() else ""


def _written(path: Path, content: Form | bytes) -> Path:
    path.write_bytes(form_bytes(content) if isinstance(content, Form) else content)
    return path
