"""Watch the paper of a small project; its checks, claims and documents are made light."""

from __future__ import annotations

import sys
from pathlib import Path

from boardpack.build import current, findings, making, watch, watch_chapters
from boardpack.build.layout import Layout
from boardpack.params import load_paper
from boardpack.periods import Month


def main() -> None:
    home = Path(sys.argv[1])
    current.CHECKOUT = home.resolve()  # where the program is held to be
    findings.run_checks = lambda register, paper, *, complete=True: ()
    watch_chapters.claims_of = lambda paper: {}
    for name in ("make_print", "make_workbook", "make_figures"):
        setattr(making, name, lambda *given, **told: ())
    layout = Layout(home, load_paper(home, Month(2023, 6), "bromley"))
    watch.watch(layout, 0, _say)


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
