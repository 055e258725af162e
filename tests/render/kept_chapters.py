"""Change one thing after another in a checkout of its own, and run its chapters by what is kept.

After each round of changes all chapters are run with nothing kept. Says, a line a round, which
chapters each change ran, and which came out otherwise than when all were run.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path

from boardpack.checks import once
from boardpack.core.params import load_paper
from boardpack.core.periods import Month
from boardpack.core.workers import Here
from boardpack.document import commentary_marks
from boardpack.figures import computed
from boardpack.reading import contract
from boardpack.reading import received_file as received
from boardpack.render.kept_chapters import Kept, Now
from boardpack.render.layout import Layout
from boardpack.render.manifest import sources_of
from boardpack.render.progress import Timed
from boardpack.render.render import Chapters

MEMORIES = (
    computed._KEPT,
    commentary_marks._KEPT,
    commentary_marks._CHECKER,
    contract._READ,
    received._READ,
    once._KEPT,
)


class Round:
    """The chapters run after a change, by what is kept or anew, in a folder of their own."""

    def __init__(self, home: Path, folder: Path) -> None:
        self.home, self.folder = home, folder
        self.kept = Kept(folder, {})

    def run(self) -> set[str]:
        """Run what is due; the names of the chapters that were run."""
        month = Month(2023, 6)
        layout = Layout(self.home, load_paper(self.home, month, "bromley"))
        shutil.rmtree(layout.work, ignore_errors=True)
        layout.executed.mkdir(parents=True)
        now = Now(layout, sources_of(layout))
        before = dict(self.kept.traces)
        Chapters(layout, False, self.kept, now, Here()).run(Timed())
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.copytree(layout.executed, self.folder)
        return {n for n, trace in self.kept.traces.items() if before.get(n) is not trace}


def changed(file: Path, old: str, new: str) -> None:
    """Make one change: some words of a file for others, or a new file."""
    if not old:
        file.write_text(new, encoding="utf-8")
        return
    before, found, after = file.read_text(encoding="utf-8").partition(old)
    if not found:
        raise SystemExit(f"{file.name} does not say {old!r}")
    file.write_text(before + new + after, encoding="utf-8", newline="")


def differing(one: Path, other: Path) -> list[str]:
    """The chapters that are not the same in two folders."""
    names = sorted({path.stem for folder in (one, other) for path in folder.glob("*.ipynb")})
    return [n for n in names if _content(one, n) != _content(other, n)]


def _content(folder: Path, name: str) -> bytes:
    file = folder / f"{name}.ipynb"
    return file.read_bytes() if file.exists() else b""


def main(home: Path, work: Path, rounds: Iterable[list[list[str]]]) -> None:
    """Run all chapters, then make each change in turn."""
    kept = Round(home, work / "kept")
    kept.run()
    for changes in rounds:
        run = []
        for name, old, new in changes:
            changed(home / name, old, new)
            run.append(sorted(kept.run()))
        for memory in MEMORIES:
            memory.clear()
        anew = Round(home, work / "anew")
        told = {"run": run, "all": sorted(anew.run())}
        told["stale"] = differing(kept.folder, anew.folder)
        sys.stdout.write(f"{json.dumps(told)}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), json.loads(sys.stdin.read()))
