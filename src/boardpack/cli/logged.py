"""What every verb that does something to a paper leaves behind: a line in the run log."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from boardpack.core.errors import BUILD, BoardpackError, UsageFault

if TYPE_CHECKING:
    from boardpack.render.layout import Layout


class Logged:
    """The runs of one command, a line for each paper that it ends with, whichever way.

    A command that asks for what does not exist has run on nothing, and is not logged.
    """

    def __init__(
        self, command: str, year: str, month: str, place: str | None, home: Path | None
    ) -> None:
        self._command, self._month = command, f"{year} {month}"
        self._place, self._home = place or "", home
        self._current: Layout | None = None

    def __enter__(self) -> Logged:
        return self

    def begin(self, layout: Layout) -> Layout:
        """The command turns to this paper; what goes wrong from here on is of it."""
        self._current = layout
        return layout

    def end(self, layout: Layout, said: str, code: int = 0, built: bool = False) -> None:
        """The command is done with a paper (see `build.account.log_paper`)."""
        from boardpack.render.run_account import log_paper

        log_paper(layout, self._command, code, said, built)
        self._current = None

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if not isinstance(error, Exception) or _is_exit(error):
            return
        if isinstance(error, UsageFault) and self._current is None:
            return
        from boardpack.core.home import home_around
        from boardpack.core.run_log import message_of
        from boardpack.render.run_account import log_month, log_paper

        code = error.exit_code if isinstance(error, BoardpackError) else BUILD
        if self._current is not None:
            log_paper(self._current, self._command, code, message_of(error))
            return
        home = self._home or home_around(Path().resolve())
        if home is None:
            return
        log_month(home, self._command, self._month, self._place, code, message_of(error))


def _is_exit(error: Exception) -> bool:
    """Whether a verb ends so with an exit code of its own, having logged what it did."""
    import typer

    return isinstance(error, typer.Exit)
