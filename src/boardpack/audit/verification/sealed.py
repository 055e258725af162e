"""A build as it lies there: its manifest as read, and where what it names should stand.

Nothing of it is believed. A manifest that cannot be read is a finding, not an error.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any

from boardpack.audit.bundles.listing import read_listing
from boardpack.audit.verification.json_object import read_object
from boardpack.core.errors import BoardpackError, UsageFault
from boardpack.core.home import CHECKOUT
from boardpack.core.home_chapters import OWN_FOLDERS
from boardpack.core.params import Version, load_paper
from boardpack.core.periods import Month, parse_month
from boardpack.render.layout import find_project
from boardpack.render.manifest import NAME, OWN_CODE, made_with
from boardpack.render.status import Status

INPUTS = ("inputs", "parameters")
OF_HOME = (*INPUTS, OWN_CODE)
"""The groups whose files lie below home."""
GROUPS = (*OF_HOME, "code", "notebooks", "records", "outputs")


@dataclass(frozen=True)
class Sealed:
    """A build's folder, the home of its inputs, and the project of its code."""

    build: Path
    home: Path
    project: Path

    @cached_property
    def record(self) -> Mapping[str, Any] | None:
        """The manifest; None where it is not a JSON object."""
        return read_object(self.build / NAME)

    def group(self, name: str) -> dict[str, str]:
        """The hashes of a group by file name, as far as they are written as such."""
        found = (self.record or {}).get(name)
        pairs = found.items() if isinstance(found, dict) else ()
        return {name: digest for name, digest in pairs if isinstance(digest, str)}

    def root(self, group: str) -> Path:
        """The folder that the names of a group lie below."""
        if group in OF_HOME:
            return self.home
        return self.project if group == "code" else self.build

    @cached_property
    def month(self) -> Month | None:
        """The month that the manifest names; None where it names none."""
        paper = self.paper
        try:
            return parse_month(str(paper["financial_year"]), str(paper["month"]))
        except (KeyError, UsageFault):
            return None

    @property
    def place(self) -> str:
        """The place that the manifest names; empty where it is no slug."""
        place = str(self.paper.get("place", ""))
        return place if re.fullmatch(r"[a-z0-9_]+", place) else ""

    @property
    def status(self) -> Status:
        """The status that the paper was rendered with."""
        return "released" if self.paper.get("status") == "released" else "draft"

    @property
    def version(self) -> Version | None:
        """What the paper replaces, as the manifest says; None for a first version, or nonsense."""
        try:
            return Version.model_validate(self.paper["version"])
        except (KeyError, ValueError):
            return None

    @property
    def made_here(self) -> bool:
        """Whether it was made with this version of Python, on a platform like this one."""
        return (self.record or {}).get("made_with") == made_with()

    @cached_property
    def withheld(self) -> frozenset[str]:
        """The inputs that this bundle does not hold: described as such, sensitive, and not there.

        An input that is missing for any other reason is no withheld one.
        """
        listing = read_listing(self.home)
        if listing is None or self.month is None:
            return frozenset()
        try:
            report = load_paper(self.home, self.month, self.place).report
        except BoardpackError:
            return frozenset()
        return frozenset(
            name
            for name in self.group("inputs").keys() & listing.withheld.keys()
            if not leads_outside(name)
            and report.is_sensitive(name)
            and not (self.home / name).exists()
        )

    @property
    def paper(self) -> Mapping[str, Any]:
        """What the manifest says of the paper; nothing where it says nothing that can be read."""
        found = (self.record or {}).get("paper")
        return found if isinstance(found, dict) else {}


def find_sealed(folder: Path, home: Path | None) -> Sealed:
    """The build in a folder; its inputs stand in `home`, else in the nearest project around it.

    UsageFault where there is no build, or more than one.
    """
    build = _build_in(Path(os.path.realpath(folder)))  # unlike `resolve`, it takes any link
    if home is not None and not home.is_dir():
        raise UsageFault(f"There is no folder {home} for --home.")
    around = home.resolve() if home is not None else _home_around(build)
    return Sealed(build, around, find_project(around))


def leads_outside(name: str) -> bool:
    """Whether a name of a file is one that no file below a folder can have.

    >>> leads_outside("data/raw/a.csv"), leads_outside("../a.csv"), leads_outside("/a.csv")
    (False, True, True)
    """
    path = PurePosixPath(name)
    return path.is_absolute() or ".." in path.parts or "\\" in name or "\0" in name


def is_data(name: str) -> bool:
    """Whether a name is one of an extract or of a parameter, which nothing takes for code.

    >>> is_data("data/raw/2023-24/M06/a.csv"), is_data("notebooks/mine.ipynb")
    (True, False)
    """
    return name.startswith(("data/", "params/"))


def is_own_code(name: str) -> bool:
    """Whether a name is one of a notebook or a template of a home's own."""
    return PurePosixPath(name).parts[0] in OWN_FOLDERS


def is_hidden(name: str) -> bool:
    """Whether a file, or a folder on the way to it, is one that a file manager does not show.

    >>> is_hidden("data/.a.csv"), is_hidden("data/a.csv")
    (True, False)
    """
    return any(part.startswith(".") for part in PurePosixPath(name).parts)


def _build_in(folder: Path) -> Path:
    if (folder / NAME).is_file():
        return folder
    found = [path.parent for path in sorted(folder.glob(f"build/*/*/*/{NAME}"))]
    if len(found) == 1:
        return found[0]
    if found:
        names = ", ".join(path.relative_to(folder).as_posix() for path in found)
        raise UsageFault(f"{folder} holds several builds. Name one: {names}.")
    raise UsageFault(f"{folder} is no build: it holds no {NAME}. Name a folder that a render made.")


def _home_around(build: Path) -> Path:
    for folder in (build, *build.parents):
        if (folder / "params").is_dir() and (folder / "data").is_dir():
            return folder
    return CHECKOUT
