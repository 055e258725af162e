"""The same year without its documents: each paper is computed and checked, and its register kept.

It is lived in minutes, so that the ordinary test run lives it.
"""

from __future__ import annotations

from boardpack.core.errors import BoardpackError
from boardpack.core.params import Paper, load_paper
from boardpack.core.periods import Month
from boardpack.figures.register import Register
from boardpack.reading.release_records import FILE
from boardpack.reading.released import latest_version, released_folder, version_folder
from boardpack.render.examine import examine
from boardpack.render.new_month import begin_month
from boardpack.render.records import figures_record
from lived_events import apart, patterns
from lived_year import CommandFailed, Lived, Turn, Year


class ExaminedYear(Year):
    """A year in which papers are examined, and released by keeping their registers."""

    _made: tuple[Paper, Register]

    def _begin_month(self, month: Month) -> None:
        try:
            super()._begin_month(month)
        except BoardpackError as failed:
            raise CommandFailed(str(failed)) from None

    def _make(self, turn: Turn, now: Lived) -> None:
        try:
            paper = load_paper(self.home.folder, turn.month, turn.paper)
            register, checks = examine(paper)
        except BoardpackError as failed:
            raise CommandFailed(str(failed)) from None
        self._made = paper, register
        now.checks = len(checks)
        now.failing = tuple(one.id for one in checks if one.status in ("fail", "waived"))
        now.unexpected, now.unseen = apart(now.failing, patterns(turn.month, turn.version))
        open_ones = [one.id for one in checks if one.is_open]
        if open_ones and not now.unexpected:
            self._waive(turn.month, open_ones)

    def _release(self, turn: Turn, now: Lived) -> None:
        paper, register = self._made
        released = self.home.folder / released_folder(paper, turn.month)
        folder = version_folder(released, latest_version(released) + 1)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / FILE).write_text(figures_record(paper, register), encoding="utf-8")
        now.is_released = True

    def _run(self, verb: str, month: Month, *more: str, ends: tuple[int, ...] = (0,)) -> str:
        if verb == "new-month":
            begin_month(self.home.folder, month)
            return ""
        return super()._run(verb, month, *more, ends=ends)
