"""Watch the paper of a small project, its checks and its commentary's claims made light."""

from __future__ import annotations

import sys
from pathlib import Path

from boardpack.build import render, watch, watch_chapters
from boardpack.build.layout import Layout
from boardpack.params import load_paper
from boardpack.periods import Month


def main() -> None:
    home = Path(sys.argv[1])
    render.run_checks = lambda register, paper, *, complete=True: ()
    watch_chapters.claims_of = lambda paper: {}
    layout = Layout(home, load_paper(home, Month(2023, 6), "bromley"))
    watch.watch(layout, 0, _say)


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
