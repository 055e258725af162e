"""What the team said last month, with its numbers as that paper printed them."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from functools import cached_property
from pathlib import Path

from boardpack.core.errors import BoardpackError
from boardpack.core.home import has_begun
from boardpack.core.params import load_paper
from boardpack.core.periods import MONTHS_IN_YEAR
from boardpack.document.wording import SAYINGS
from boardpack.figures.chapters import chapters_of, compute
from boardpack.figures.figure import figure_from_json
from boardpack.figures.register import Register
from boardpack.reading.release_records import FILE, altered_in
from boardpack.reading.released import latest_version, version_folder
from boardpack.render.layout import Layout
from boardpack.render.status import releases_of

UNKNOWN = "(not known)"
"""What stands for a number that last month's register does not have."""
_COMMENT = re.compile(r"<!--.*?-->\s*", re.DOTALL)
_REFERENCE = re.compile(r"\[\[([a-z0-9_.]+)\]\]")
_SOURCE = re.compile(r"\{source:\s*([^{}]*?)\s*\}", re.IGNORECASE)


class LastWords:
    """The commentary of the month before, as its readers saw it."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout

    def of(self, chapter: str) -> str:
        """Last month's words on a chapter; empty where nothing was said."""
        path = self._files.get(chapter)
        if path is None:
            return ""
        said = _COMMENT.sub("", path.read_text(encoding="utf-8")).strip()
        said = _SOURCE.sub(r"(source: \1)", said)
        return _REFERENCE.sub(lambda found: self._printed(found[1]), said)

    @property
    def chapters(self) -> frozenset[str]:
        """The chapters that last month had words on."""
        return frozenset(self._files)

    @cached_property
    def _files(self) -> dict[str, Path]:
        found = self._before.commentary.glob("*.md") if self._before else ()
        return {path.stem: path for path in found}

    @cached_property
    def _before(self) -> Layout | None:
        """The paper of the latest month before this one that was begun; it may have had none."""
        paper = self._layout.paper
        earlier = (paper.month.earlier(back) for back in range(1, 2 * MONTHS_IN_YEAR))
        month = next((month for month in earlier if has_begun(paper.home, month)), None)
        if month is None:
            return None
        with suppress(BoardpackError):
            return Layout(self._layout.project, load_paper(paper.home, month, paper.place))
        return None

    @cached_property
    def _register(self) -> Register:
        """The register of that paper: as released, else as last made, else computed now.

        A released register that was altered since is not what readers saw.
        """
        if self._before is None:
            return Register()
        released = releases_of(self._before)
        for folder in (version_folder(released, latest_version(released)), self._before.target):
            with suppress(OSError, ValueError, KeyError):
                if altered_in(folder):
                    continue
                record = json.loads((folder / FILE).read_text(encoding="utf-8"))
                return Register(figure_from_json(item) for item in record["figures"])
        with suppress(BoardpackError):
            return compute(self._before.paper, *chapters_of(self._before.paper))
        return Register()

    def _printed(self, identity: str) -> str:
        if self._register.find(identity) is None:
            return UNKNOWN
        return SAYINGS["size"](self._register.agreed(identity))
