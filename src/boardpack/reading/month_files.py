"""What becomes of each file of a month's folder, and what last month brought and this one lacks."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from boardpack.core.home import month_folder
from boardpack.core.home_chapters import own_notebooks
from boardpack.core.params import Paper
from boardpack.core.periods import Month
from boardpack.reading.file_names import delivered, last_month
from boardpack.reading.files import ENDINGS
from boardpack.reading.readers import (
    MADE_FROM,
    OURS,
    carries_its_month,
    extract_names,
    extract_of,
)

ITEM_ENDINGS = (".csv", ".parquet")
"""The endings of the files that items may come in, beside others."""


@dataclass(frozen=True)
class Unused:
    """A file that no reader takes: its path below the month's folder.

    `meant_for` is the extract that it may be meant for, if any. `is_declared` says that it bears
    an extract's name and is left unread because the month's parameters say that it does not come.
    """

    file: str
    meant_for: str | None
    is_declared: bool = False

    @property
    def told(self) -> str:
        """That the file is not used, and which extract it may be meant for."""
        if self.is_declared:
            declared = "the month's parameters say under not_supplied that it does not come"
            return f"{self.file} is not used: {declared}."
        if self.meant_for is None:
            return f"{self.file} is not used: it is like the name of no extract."
        return f"{self.file} is not used: it may be meant for {self.meant_for}.csv."


def brought(home: Path, folder: Path) -> dict[str, tuple[Path, ...]]:
    """The files of a month's folder by the extract whose name they bear, below home."""
    found: dict[str, tuple[Path, ...]] = {}
    for file in delivered(home, folder):
        extract = extract_of(file, home)
        if extract is not None and len(file.parts) == 1:
            found[extract] = (*found.get(extract, ()), folder / file)
    return found


def brought_last_month(home: Path, month: Month) -> dict[str, tuple[Path, ...]]:
    """The files of the latest earlier month that has any, by extract, as far as they are due again.

    What the team writes itself is not. A tariff that is named after its month is, within the year.
    """
    last = last_month(home, month)
    found = {} if last is None else brought(home, month_folder(last))
    within = last is not None and last.start == month.start
    return {
        name: files
        for name, files in found.items()
        if name not in OURS and (within or not carries_its_month(name))
    }


def absent(paper: Paper) -> tuple[str, ...]:
    """The extracts that last month brought and this one does not, in whatever form.

    Those that the month's parameters name under `not_supplied` count too: they are not there.
    """
    came = brought(paper.home, paper.raw.relative_to(paper.home))
    here = {name for name in came if f"{name}.csv" not in paper.run.not_supplied}
    lacking = (name for name in brought_last_month(paper.home, paper.month) if name not in here)
    return tuple(name for name in lacking if not _in_another_form(name, here))


def _in_another_form(name: str, here: set[str]) -> bool:
    """Whether an extract came as what it is made from, or as all that is made from it."""
    schedules = {schedule for schedule, detail in MADE_FROM.items() if detail == name}
    return MADE_FROM.get(name) in here or (bool(schedules) and schedules <= here)


def unused(paper: Paper) -> tuple[Unused, ...]:
    """The files of the month's folder that nothing reads and nothing refuses."""
    folder = paper.raw.relative_to(paper.home)
    return tuple(_unused(paper, delivered(paper.home, folder)))


def _unused(paper: Paper, files: tuple[Path, ...]) -> Iterator[Unused]:
    named = _named_by_notebooks(paper.home, {file.name for file in files})
    for file in files:
        extract = extract_of(file, paper.home)
        if file.name in named:
            continue
        if extract is None or len(file.parts) > 1:
            yield Unused(file.as_posix(), meant_for(file.stem, paper.home))
        elif f"{extract}.csv" in paper.run.not_supplied:
            yield Unused(file.as_posix(), extract, is_declared=True)
        elif not _is_taken(paper.home, file, extract, files):
            yield Unused(file.as_posix(), extract)


def _named_by_notebooks(home: Path, names: set[str]) -> set[str]:
    """The files that a home's own notebooks name in quotation marks, as they do to read them."""
    code = "".join(_code(notebook) for notebook in own_notebooks(home))
    return {name for name in names if f'"{name}"' in code or f"'{name}'" in code}


def _code(notebook: Path) -> str:
    """The code of a notebook; none of one that cannot be read, which a render refuses."""
    try:
        cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
        return "\n".join("".join(c["source"]) for c in cells if c["cell_type"] == "code")
    except (OSError, ValueError, LookupError, TypeError):
        return ""


def _is_taken(home: Path, file: Path, extract: str, files: Iterable[Path]) -> bool:
    """Whether a file is read or refused: in another form it is refused where it came alone."""
    if file.stem.casefold().startswith("epd_"):
        return file.suffix.lower() in ITEM_ENDINGS
    others = (other for other in files if other != file and extract_of(other, home) == extract)
    return file.suffix.lower() in ENDINGS or not any(
        other.suffix.lower() in ENDINGS for other in others
    )


def meant_for(stem: str, home: Path | None = None) -> str | None:
    """The extract that a file of another name may be meant for.

    `Ledger_v2_FINAL` holds the words of one; `invoice` comes near another; `capital` to none.
    """
    plain = re.sub(r"[^a-z0-9]+", "_", stem.casefold()).strip("_")
    names = sorted(extract_names(home))
    held = [name for name in names if f"_{name}_" in f"_{plain}_"]
    if held:
        return max(held, key=len)
    words = plain.split("_")
    beginnings = ("_".join(words[:count]) for count in range(len(words), 0, -1))
    near = (get_close_matches(text, names, 1, 0.8) for text in beginnings)
    return next((found[0] for found in near if found), None)
