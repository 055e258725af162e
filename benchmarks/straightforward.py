"""The straightforward way to the same products: each public tool by itself, one after another.

papermill runs each chapter with a kernel of its own; Jupyter Book compiles the same staged pages as
it comes; each document is made in a fresh process. Nothing is read in advance, shared or made side
by side, and no seal is set. `render.py` measures it; by itself it makes a paper in a home:

    python benchmarks/straightforward.py HOME YEAR MONTH PLACE
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

import papermill
from content import PRINTED, found_in, layout_of, parts_in, print_product, stage

from boardpack.outputs.data.table_csv import write_tables
from boardpack.outputs.html.chart import set_pictures
from boardpack.outputs.html.pages import TABLES, page_of
from boardpack.outputs.html.register_page import owned_figures, write_register_scripts
from boardpack.render.chapters import read_chapters, waves
from boardpack.render.findings import Findings, check_chapters
from boardpack.render.layout import Layout
from boardpack.render.products import figure_files, make_workbook
from boardpack.render.records import checks_record, figures_record, write
from boardpack.render.render import told_chapters
from boardpack.render.repeatable import repeatable, written_places
from boardpack.render.stock import clean_jupyter, stock_options

WORKBOOK = "The workbook"
JUPYTER_BOOK = "from jupyter_book.cli.main import main; main()"


def main(home: str, year: str, month: str, place: str, product: str = "") -> None:
    """Make the paper, saying each stage as `boardpack render` does; or one printed product."""
    layout = layout_of(Path(home), year, month, place)
    if product:
        parts = parts_in(layout, layout.executed)
        if product == WORKBOOK:
            make_workbook(layout, parts, found_in(layout.new))
            return
        print_product(product, layout, parts, layout.new, layout.new)
        return
    shutil.rmtree(layout.work, ignore_errors=True)
    layout.executed.mkdir(parents=True)
    found = _run_chapters(layout)
    print("  The HTML book", flush=True)
    html = _compile(layout)
    for name in (*PRINTED, WORKBOOK):
        print(f"  {name}", flush=True)
        this = [sys.executable, __file__, home, year, month, place, name]
        subprocess.run(this, check=True)
    _finish_pages(layout, html, found)
    shutil.rmtree(layout.target, ignore_errors=True)
    layout.target.parent.mkdir(parents=True, exist_ok=True)
    layout.new.rename(layout.target)


def _run_chapters(layout: Layout) -> Findings:
    """Every wave, one notebook after another, and the records of what they found."""
    found = Findings()
    for names in waves(layout):
        title = "Running the summary" if found.chapters else "Running the chapters"
        print(f"  {title}", flush=True)
        _one_by_one(layout, names, told_chapters(layout, found))
        run = {*names, *(chapter.name for chapter in found.chapters)}
        is_last = len(run) == len(list(layout.notebooks.glob("*.ipynb")))
        found = check_chapters(layout, read_chapters(layout, run), is_last)
    paper, new = layout.paper, layout.new
    write(new / "figures.json", figures_record(paper, found.register))
    write(new / "checks.json", checks_record(found.checks))
    for name, make in figure_files(paper, found.register, found.checks).items():
        (new / name).write_bytes(make())
    return found


def _one_by_one(layout: Layout, names: Iterable[str], parameters: Mapping[str, str]) -> None:
    """papermill with a kernel for each; kept in the form that repeats, as every notebook is."""
    home, told = layout.paper.home, {**parameters, "home": "."}
    places = written_places(home, layout.project, Path(sys.prefix), told.get("register"))
    for name in names:
        with clean_jupyter():
            executed = papermill.execute_notebook(
                str(layout.notebooks / f"{name}.ipynb"),
                None,
                told,
                kernel_name="python3",
                language="python",
                progress_bar=False,
                cwd=home,
                **stock_options(),
            )
        write(layout.executed / f"{name}.ipynb", repeatable(executed, places))


def _compile(layout: Layout) -> Path:
    """Jupyter Book on the staged pages; returns the folder of the HTML."""
    staged = layout.work / "staged"
    stage(layout, parts_in(layout, layout.executed), staged)
    options = ["--path-output", str(staged), "--config", str(layout.project / "_config.yml")]
    command = [sys.executable, "-c", JUPYTER_BOOK, "build", str(staged), *options]
    subprocess.run(command, check=True, capture_output=True)
    return staged / "_build" / "html"


def _finish_pages(layout: Layout, compiled: Path, found: Findings) -> None:
    """The register, the tables and the pictures of the charts, which the pages take in."""
    parts, html = parts_in(layout, layout.executed), layout.new / "html"
    shutil.copytree(compiled, html)
    groups = [owned_figures(c, page_of(c, parts)) for part in parts for c in part.chapters]
    write_register_scripts(html, groups, found.register, found.checks)
    write_tables(parts, html / TABLES)
    set_pictures(html, layout.pictures)


if __name__ == "__main__":
    main(*sys.argv[1:])
