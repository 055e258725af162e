"""Where a build reads and writes: the project's folders, and those of one paper."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from boardpack.core.home import CHECKOUT, build_folder
from boardpack.core.params import Paper


def project_above(start: Path) -> Path | None:
    """The nearest folder from `start` upwards that holds a project: params/ and book/."""
    for folder in (start, *start.parents):
        if (folder / "params").is_dir() and (folder / "book").is_dir():
            return folder
    return None


def find_project(start: Path) -> Path:
    """The project around `start`, else the checkout that holds this package."""
    return project_above(start) or CHECKOUT


@dataclass(frozen=True)
class Layout:
    """The folders of one paper's build.

    `project` holds notebooks/, templates/ and book/; the paper's home holds data/ and build/. All
    of `work` is thrown away; `target` changes only by a swap of the whole folder.
    """

    project: Path
    paper: Paper

    @cached_property
    def name(self) -> str:
        """What is in the name of every file and folder of this paper beside the builds."""
        month = self.paper.month
        return f"{month.year_folder}-{month.code}-{self.paper.place}"

    @property
    def builds(self) -> Path:
        """The folder of all builds."""
        return self.paper.home / "build"

    @property
    def target(self) -> Path:
        """The good build: `build/<year>/<month>/<place>`."""
        return build_folder(self.paper.home, self.paper.month, self.paper.place)

    @property
    def findings(self) -> Path:
        """Every open point of the paper's checks, as `check` and `render` found it last."""
        return self.target.with_name(f"{self.paper.place}-findings.txt")

    @property
    def timings(self) -> Path:
        """How long the stages of the last good render took, by the clock: no part of the build."""
        return self.target.with_name(f"{self.paper.place}-timings.json")

    @property
    def work(self) -> Path:
        """The folder that a render builds in, beside the good build.

        It is that of this process alone. What a killed render has begun may end a moment after it,
        and then writes into no other's folder.
        """
        return self.builds / f".work-{self.name}.{os.getpid()}"

    @property
    def new(self) -> Path:
        """The build being made."""
        return self.work / "new"

    @property
    def executed(self) -> Path:
        """The executed notebooks of the build being made."""
        return self.new / "notebooks"

    @property
    def pictures(self) -> Path:
        """The charts drawn without a browser, which the pages take in."""
        return self.work / "pictures"

    @property
    def register(self) -> Path:
        """What notebooks need not compute: the register, claims, what those before them found."""
        return self.work / "register"

    @property
    def lock(self) -> Path:
        """The file that a render of this paper holds locked."""
        return self.builds / f".lock-{self.name}"

    @property
    def kept(self) -> Path:
        """What each chapter of the good build was made from (see `render.kept_chapters`)."""
        return self.builds / f".kept-{self.name}.json"

    @property
    def stored(self) -> Path:
        """What was made for a paper and serves others too (see `boardpack.core.stored`)."""
        return self.builds / ".stored"

    @property
    def notebooks(self) -> Path:
        """The project's chapters, as their authors wrote them."""
        return self.project / "notebooks"

    @property
    def commentary(self) -> Path:
        """The team's words for this paper, one file a chapter."""
        month = self.paper.month
        folder = self.paper.home / "params" / month.year_folder / month.code
        return folder / self.paper.place / "commentary"

    @property
    def toc(self) -> Path:
        """The project's own table of contents."""
        return self.project / "book" / "_toc.yml"
