"""What a command that makes many papers says: a line as each ends, and a table at the end."""

from __future__ import annotations

from types import TracebackType

from rich.console import Console

from boardpack.cli.progress_bars import say, still_bars
from boardpack.render.papers import Outcome


class PapersScreen:
    """Progress over many papers, and what became of them."""

    def __init__(self, papers: int) -> None:
        self._papers = papers
        self._outcomes: list[Outcome] = []
        self._console = Console(stderr=True, highlight=False)
        self._bars = still_bars(self._console)
        self._task = self._bars.add_task("Papers", total=papers)

    def __enter__(self) -> PapersScreen:
        if self._console.is_terminal:
            self._bars.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._console.is_terminal:
            self._bars.stop()

    def made(self, outcome: Outcome) -> None:
        """Say that a paper has ended, and count it."""
        self._outcomes.append(outcome)
        count = f"{len(self._outcomes)} of {self._papers}"
        say(self._console, f"  {count:<10}{_name(outcome):<40}{_became(outcome)}")
        if self._console.is_terminal:
            self._bars.advance(self._task)
            self._bars.refresh()

    def say_all(self) -> int:
        """The table of all papers in order, then what failed and why; returns the worst code."""
        out = Console(highlight=False)
        say(out, f"  {'Paper':<40}{'Figures':>9}{'Failing':>9}{'Seconds':>9}", "bold")
        ordered = sorted(self._outcomes, key=lambda outcome: outcome.paper.month)
        for outcome in ordered:
            say(out, _line(outcome), "red" if outcome.code else "")
        for outcome in ordered:
            for note in outcome.notes:
                say(out, f"{_name(outcome)}: {note}", "yellow")
        failed = [outcome for outcome in ordered if outcome.code]
        for outcome in failed:
            say(self._console, f"boardpack: {_name(outcome)}: {outcome.fault}")
        say(out, self._counted())
        return max((outcome.code for outcome in failed), default=0)

    def _counted(self) -> str:
        made = sum(not outcome.code and not outcome.unchanged for outcome in self._outcomes)
        same = sum(outcome.unchanged for outcome in self._outcomes)
        kept = f", found {same} unchanged (--again makes them anew)" if same else ""
        return f"Made {made} of {self._papers}{kept}; the good build of any other is as it was."


def _line(outcome: Outcome) -> str:
    if outcome.code:
        return f"  {_name(outcome):<40}{'not made':>18}{outcome.seconds:>9.1f}"
    counts = f"{outcome.figures:>9,}{outcome.failing:>9}"
    return f"  {_name(outcome):<40}{counts}{outcome.seconds:>9.1f}"


def _name(outcome: Outcome) -> str:
    return f"{outcome.paper.place_name}, {outcome.paper.month.name}"


def _became(outcome: Outcome) -> str:
    if outcome.unchanged:
        return "unchanged"
    return "not made" if outcome.code else f"made in {outcome.seconds:.1f} s"
