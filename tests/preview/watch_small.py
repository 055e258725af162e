"""Watch the paper of a small project; its checks, claims and documents are made light."""

from __future__ import annotations

import sys
from pathlib import Path

from boardpack.core.params import load_paper
from boardpack.core.periods import Month
from boardpack.preview import chapters as watch_chapters
from boardpack.preview import watch
from boardpack.render import current, findings, making
from boardpack.render.layout import Layout


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
