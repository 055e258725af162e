"""What a paper cannot be made without, each part timed by itself with everything imported.

A part is the call of the library or of the chapters' own code that does the work, in processor
seconds of its process; starting, importing, waiting and handing over are left out. What all parts
import is imported once more in a fresh process, and is the first part. `render.py` measures all of
it on a build that stands in a home; by itself:

    python benchmarks/irreducible.py HOME YEAR MONTH PLACE GROUP [PART PROFILES]

runs one group (`GROUPS`), and writes what cProfile finds of one part into a folder.
"""

from __future__ import annotations

import cProfile
import importlib
import json
import multiprocessing
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from content import PRINTED, found_in, layout_of, parts_in, print_product, stage

from boardpack.render.layout import Layout

IMPORTS = "imports, once"
READING, CELLS, CHECKS = "reading the extracts", "cells of all chapters", "checks"
BOOK, WORKBOOK = "pages (Jupyter Book)", "workbook"


@dataclass
class Clock:
    """Processor seconds by part; the part that is asked for is profiled into a folder."""

    profiled: str = ""
    profiles: Path = Path()
    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        """Time the block, and add it to the part."""
        profile = cProfile.Profile() if name == self.profiled else None
        began = time.process_time()
        if profile is not None:
            profile.enable()
        try:
            yield
        finally:
            if profile is not None:
                profile.disable()
                profile.dump_stats(self.profiles / f"{time.monotonic_ns()}.prof")
            self.seconds[name] = self.seconds.get(name, 0.0) + time.process_time() - began


def chapters(layout: Layout, clock: Clock, scratch: Path) -> None:
    """Reading the extracts, the cells, and the checks between and after the waves."""
    from boardpack.document.commentary_marks import claims_of
    from boardpack.render.chapters import waves
    from boardpack.render.findings import Findings, check_chapters
    from boardpack.render.inputs import check_inputs
    from boardpack.render.render import told_chapters

    importlib.import_module("boardpack.render.imported")
    with clock.part(READING):
        check_inputs(layout.paper)
        claims_of(layout.paper)
    built = [c for part in parts_in(layout, layout.target / "notebooks") for c in part.chapters]
    run: set[str] = set()
    found, planned = Findings(), waves(layout)
    for names in planned:
        for name in names:
            _in_a_fork(layout, name, told_chapters(layout, found), clock)
        run |= set(names)
        with clock.part(CHECKS):
            those = tuple(chapter for chapter in built if chapter.name in run)
            found = check_chapters(layout, those, names == planned[-1])


def _in_a_fork(layout: Layout, name: str, told: dict[str, str], clock: Clock) -> None:
    """Run a chapter's cells in a child, as each has a process, and add what they took."""
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    child = context.Process(target=_run_cells, args=(layout, name, told, clock, sender))
    child.start()
    clock.seconds = receiver.recv()
    child.join()


def _run_cells(layout: Layout, name: str, told: dict[str, str], clock: Clock, sender: Any) -> None:
    from IPython.core.interactiveshell import InteractiveShell
    from IPython.utils.capture import capture_output

    notebook = json.loads((layout.notebooks / f"{name}.ipynb").read_text(encoding="utf-8"))
    shell: Any = InteractiveShell.instance()
    with capture_output():
        for cell in notebook["cells"]:
            if cell["cell_type"] == "code":
                with clock.part(CELLS):
                    shell.run_cell("".join(cell["source"])).raise_error()
                if "parameters" in cell["metadata"].get("tags", []):
                    shell.push(told)
    sender.send(clock.seconds)


def book(layout: Layout, clock: Clock, scratch: Path) -> None:
    """Jupyter Book on all pages, after a book of two pages has imported what it imports."""
    jupyter_book: Any = importlib.import_module("jupyter_book.cli.main").main

    parts = parts_in(layout, layout.target / "notebooks")
    config = str(layout.project / "_config.yml")
    first = type(parts[0])(parts[0].title, parts[0].chapters[:2])
    for name, content in ("first", (first,)), ("all", parts):
        staged = scratch / name
        stage(layout, content, staged)
        command = ["build", str(staged), "--path-output", str(staged), "--config", config]
        with clock.part(BOOK if name == "all" else name), suppress(SystemExit):
            jupyter_book(command, standalone_mode=False)
    if not (scratch / "all" / "_build" / "html" / "index.html").exists():
        sys.exit("Jupyter Book made no pages.")
    del clock.seconds["first"]


def printed(layout: Layout, clock: Clock, scratch: Path) -> None:
    """What is drawn without a browser, in one process, where charts drawn once are kept."""
    for name in ("one_page", "pdf", "slides", "static_chart", "word"):
        importlib.import_module(f"boardpack.outputs.{name}")
    for name in ("typst", "vl_convert", "lxml.etree", "docx", "pptx"):
        importlib.import_module(name)
    parts = parts_in(layout, layout.target / "notebooks")
    for name in PRINTED:
        with clock.part(name):
            print_product(name, layout, parts, layout.target, scratch)


def workbook(layout: Layout, clock: Clock, scratch: Path) -> None:
    """The workbook."""
    from boardpack.render.products import make_workbook

    importlib.import_module("xlsxwriter")
    parts = parts_in(layout, layout.target / "notebooks")
    found = found_in(layout.target)
    layout.new.mkdir(parents=True, exist_ok=True)
    with clock.part(WORKBOOK):
        make_workbook(layout, parts, found)


GROUPS = {"chapters": chapters, "book": book, "printed": printed, "workbook": workbook}


def main(home: str, year: str, month: str, place: str, group: str, *profile: str) -> None:
    """Run one group, and print its parts and what it imported as the last line, in JSON."""
    layout = layout_of(Path(home), year, month, place)
    part, folder = profile or ("", ".")
    clock = Clock(part, Path(folder))
    with TemporaryDirectory() as scratch:
        GROUPS[group](layout, clock, Path(scratch))
    imported = [name for name in sys.modules if not name.startswith("__")]
    print(json.dumps({"parts": clock.seconds, "imported": imported}))


def import_all(names: str) -> None:
    """Import every module that is named in a file, a line each."""
    sys.path.append(str(Path("book/_ext").resolve()))
    for name in Path(names).read_text(encoding="utf-8").split():
        with suppress(Exception):
            importlib.import_module(name)


if __name__ == "__main__":
    import_all(sys.argv[2]) if sys.argv[1] == "--import" else main(*sys.argv[1:])
