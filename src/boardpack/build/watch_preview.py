"""The pages of a watched paper, in a folder of their own, and how a change gets into them.

Only chapters that a change touches are run again, only pages whose blocks came out otherwise are
written, and the book is compiled again only where headings, contents or what stands around the
blocks changed. The good build is read, never written.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from itertools import accumulate, count
from pathlib import Path
from typing import Any

from boardpack.build.chapters import read_chapters, waves
from boardpack.build.current import is_current
from boardpack.build.inputs import check_inputs
from boardpack.build.layout import Layout
from boardpack.build.notebooks import run_notebooks
from boardpack.build.products import make_html
from boardpack.build.records import write_register
from boardpack.build.render import Findings, check_chapters, told_chapters
from boardpack.build.status import standing_layout
from boardpack.build.swap import locked
from boardpack.build.watch_drawn import Drawn, draw
from boardpack.build.watch_files import Reach
from boardpack.errors import BuildFault
from boardpack.outputs.book_pages import TABLES, page_of
from boardpack.outputs.page_patch import patched, without_pictures
from boardpack.outputs.register_page import PAGE, entries_html, owned_figures
from boardpack.outputs.register_script import SCRIPT, register_script
from boardpack.outputs.table_csv import write_tables
from boardpack.paper.blocks import Workings
from boardpack.paper.commentary_marks import claims_of
from boardpack.paper.content import Chapter, Part
from boardpack.params import load_paper

Publish = Callable[[tuple[str, ...], bool], None]
"""Is told which pages were renewed (`notebooks/02_position.html`), and whether all of the book."""


class PreviewLayout(Layout):
    """A paper's folders with a work folder and a lock of the preview's own."""

    @property
    def work(self) -> Path:
        """The folder of the preview, beside the good build; it goes when the watch ends."""
        return self.builds / f".preview-{self._name}"

    @property
    def lock(self) -> Path:
        """The file that a watch of this paper holds locked."""
        return self.builds / f".lock-preview-{self._name}"


class BookLayout(PreviewLayout):
    """The same for compiling a book beside the one that is shown."""

    @property
    def work(self) -> Path:
        """A folder of the preview's, emptied before each use."""
        return super().work / "compiled"


class Preview:
    """The preview of one paper, from its first pages to its last."""

    def __init__(self, layout: Layout, publish: Publish) -> None:
        self.layout = PreviewLayout(layout.project, layout.paper)
        self.folder: Path | None = None
        self._publish = publish
        self._books = count(1)
        self._drawn: Drawn | None = None
        self._found: dict[int, Findings] = {}
        self._entries = ""

    def begin(self) -> bool:
        """Make the first pages; True where they are those of the good build, still up to date."""
        shutil.rmtree(self.layout.work, ignore_errors=True)
        self.layout.executed.mkdir(parents=True)
        if not self._adopt():
            self.renew(Reach())
            return False
        for place, names in enumerate(accumulate(waves(self.layout))):
            self._check(place, names, anew=True)
        drawn = self._drawn = draw(self.layout, None)
        for name, notebook in drawn.notebooks.items():
            page = self._page(drawn, name)
            _write(page, without_pictures(page.read_text(encoding="utf-8"), notebook))
        self._entries = self._register_entries(drawn)
        self._publish((), True)
        return True

    def renew(self, reach: Reach) -> None:
        """Run what a change touches and publish what came of it; BoardpackError tells a fault."""
        self._take_parameters()
        anew = not reach.is_words
        if anew:
            check_inputs(self.layout.paper)
        claims_of(self.layout.paper)  # once, before the chapters that ask for them are forked
        planned = waves(self.layout)
        for place, names in enumerate(planned):
            if place == 0:
                self._run_first(names, reach)
            else:
                self._tell(self._found[place - 1])
                self._run(names, self._found[place - 1])
            self._check(place, sum(planned[: place + 1], ()), anew)
        self._show(compile_book=reach.of_book)

    @property
    def has_pages(self) -> bool:
        """Whether there is anything to show yet."""
        return self._drawn is not None

    def end(self) -> None:
        """Take the preview away."""
        shutil.rmtree(self.layout.work, ignore_errors=True)

    def _take_parameters(self) -> None:
        paper = self.layout.paper
        loaded = replace(self.layout, paper=load_paper(paper.home, paper.month, paper.place))
        self.layout = PreviewLayout(self.layout.project, standing_layout(loaded).paper)

    def _run_first(self, names: tuple[str, ...], reach: Reach) -> None:
        """The first wave: likely chapters first, and shown at once; then those that may differ."""
        ahead = [name for name in names if name in reach.first]
        self._run(ahead, Findings())
        if ahead and self._drawn is not None and not reach.of_book:
            self._show(is_part=True)
        if not reach.is_words:
            self._run([name for name in names if name not in ahead], Findings())

    def _run(self, names: Iterable[str], found: Findings) -> None:
        layout = self.layout
        run_notebooks(tuple(names), told_chapters(layout, found), layout.notebooks, layout.executed)

    def _tell(self, found: Findings) -> None:
        """Write what the wave before found where the next one reads it."""
        layout = self.layout
        write_register(layout.register, layout.paper, found.register, found.checks)

    def _check(self, place: int, names: tuple[str, ...], anew: bool) -> None:
        """Check what the chapters up to a wave found; where only words changed, as far as needed.

        `place` counts the waves from 0.
        """
        chapters, before = read_chapters(self.layout, names), self._found.get(place)
        if anew or before is None or _figures(before.chapters) != _figures(chapters):
            is_last = place == len(waves(self.layout)) - 1
            self._found[place] = check_chapters(self.layout, chapters, is_last)

    def _adopt(self) -> bool:
        """Take over the pages and notebooks of the good build, where nothing changed since."""
        layout, folder = self.layout, self._next_folder()
        good = Layout(layout.project, layout.paper)
        with suppress(BuildFault), locked(good.lock):
            if not is_current(good):
                return False
            shutil.copytree(good.target / "html", folder)
            shutil.copytree(good.target / "notebooks", layout.executed, dirs_exist_ok=True)
            self.folder = folder
        return self.folder is not None

    def _show(self, compile_book: bool = False, is_part: bool = False) -> None:
        """Bring the pages to what the notebooks say now; a part of them only by setting it in."""
        before, after = self._drawn, draw(self.layout, self._drawn)
        if before is None or compile_book or before.around != after.around:
            return None if is_part else self._compile(after)
        pages = self._patched(before, after)
        if None in pages.values():
            return None if is_part else self._compile(after)
        for name, text in pages.items():
            _write(self._page(after, name), text or "")
        chapters = tuple(after.chapters[name] for name in pages)
        write_tables([Part("", chapters)], self._html / TABLES)
        told = [f"{page_of(chapter, after.parts)}.html" for chapter in chapters]
        told += [] if is_part else self._renew_register(after)
        self._drawn = after
        return self._publish(tuple(told), False) if told else None

    def _patched(self, before: Drawn, after: Drawn) -> dict[str, str | None]:
        """The pages that come out otherwise, by chapter; None for one that must be compiled."""
        changed = (n for n, made in after.notebooks.items() if made != before.notebooks[n])
        pages = {name: self._page(after, name).read_text(encoding="utf-8") for name in changed}
        return {
            name: patched(page, before.notebooks[name], after.notebooks[name])
            for name, page in pages.items()
        }

    def _compile(self, after: Drawn) -> None:
        """Make the whole book beside the one that is shown, and show it."""
        layout, found = BookLayout(self.layout.project, self.layout.paper), self._last
        shutil.rmtree(layout.work, ignore_errors=True)
        layout.work.mkdir(parents=True)
        make_html(layout, after.parts, found.register, found.checks)
        shown, self.folder = self.folder, self._next_folder()
        (layout.new / "html").rename(self.folder)
        self._drawn, self._entries = after, self._register_entries(after)
        self._publish((), True)
        if shown is not None:
            shutil.rmtree(shown, ignore_errors=True)

    def _renew_register(self, after: Drawn) -> list[str]:
        """Set the figures into the register's page anew, where any changed."""
        entries = self._register_entries(after)
        script = register_script(self._last.register, self._last.checks)
        _write(self._html / "_static" / SCRIPT, script)
        if entries == self._entries:
            return []
        page = self._html / f"{PAGE}.html"
        _write(page, page.read_text(encoding="utf-8").replace(self._entries, entries))
        self._entries = entries
        return [page.name]

    def _register_entries(self, drawn: Drawn) -> str:
        groups = [owned_figures(c, page_of(c, drawn.parts)) for c in drawn.chapters.values()]
        return entries_html(groups, self._last.register, self._last.checks)

    @property
    def _last(self) -> Findings:
        return self._found[max(self._found)]

    @property
    def _html(self) -> Path:
        assert self.folder is not None
        return self.folder

    def _page(self, drawn: Drawn, name: str) -> Path:
        return self._html / f"{page_of(drawn.chapters[name], drawn.parts)}.html"

    def _next_folder(self) -> Path:
        return self.layout.work / f"book-{next(self._books)}"


def _figures(chapters: Iterable[Chapter]) -> list[Any]:
    return [block.figures for c in chapters for block in c.blocks if isinstance(block, Workings)]


def _write(file: Path, text: str) -> None:
    """Write a file whole or not at all: a browser may ask for it at any moment."""
    beside = file.with_name(f".{file.name}.new")
    beside.write_text(text, encoding="utf-8", newline="\n")
    beside.replace(file)
