"""The pages of a watched paper, in a folder of their own, and how a change gets into them.

Only chapters that a change touches are run again, only pages whose blocks came out otherwise are
written, and the book is compiled again only where headings, contents or what stands around the
blocks changed. The good build is read, never written.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from concurrent.futures import Executor
from contextlib import suppress
from dataclasses import replace
from itertools import count
from pathlib import Path

from boardpack.core.design import draw_with, own_design
from boardpack.core.errors import BuildFault
from boardpack.core.params import load_paper
from boardpack.document.content import Part
from boardpack.outputs.data.table_csv import write_tables
from boardpack.outputs.html.page_patch import patched, without_pictures
from boardpack.outputs.html.pages import TABLES, page_of
from boardpack.outputs.html.register_page import PAGE, owned_figures
from boardpack.outputs.html.register_script import register_scripts
from boardpack.preview.chapters import WatchedChapters
from boardpack.preview.drawn_pages import Drawn, draw, read_names
from boardpack.preview.files import Reach
from boardpack.render.current import is_current
from boardpack.render.kept_chapters import Kept, read_kept
from boardpack.render.layout import Layout
from boardpack.render.private_files import make_private
from boardpack.render.products import make_html
from boardpack.render.status import standing_layout
from boardpack.render.swap import clear_work, locked

Publish = Callable[[tuple[str, ...], bool], None]
"""Is told which pages were renewed (`notebooks/02_position.html`), and whether all of the book."""


class PreviewLayout(Layout):
    """A paper's folders with a work folder and a lock of the preview's own."""

    @property
    def work(self) -> Path:
        """The folder of the preview, beside the good build; it goes when the watch ends."""
        return self.builds / f".preview-{self.name}.{os.getpid()}"

    @property
    def lock(self) -> Path:
        """The file that a watch of this paper holds locked."""
        return self.builds / f".lock-preview-{self.name}"


class BookLayout(PreviewLayout):
    """The same for compiling a book beside the one that is shown."""

    @property
    def work(self) -> Path:
        """A folder of the preview's, emptied before each use."""
        return super().work / "compiled"


class Preview:
    """The preview of one paper, from its first pages to its last, in a private folder."""

    def __init__(self, layout: Layout, publish: Publish, pool: Executor) -> None:
        self.layout = PreviewLayout(layout.project, layout.paper)
        draw_with(own_design(layout.paper.report.design, layout.paper.home))
        self.folder: Path | None = None
        self._publish, self._pool = publish, pool
        self._books = count(1)
        self._drawn: Drawn | None = None
        self._chapters = WatchedChapters(Kept(self.layout.executed, {}), pool)
        self._scripts: dict[str, str] = {}

    def begin(self) -> bool:
        """Make the first pages; True where they are those of the good build, still up to date."""
        clear_work(self.layout)
        make_private(self.layout.work)
        self.layout.executed.mkdir(parents=True)
        if not self._adopt():
            self.renew(Reach(files=("data", "params"), of_chapters=True))
            return False
        self._chapters.check_all(self.layout)
        drawn = self._drawn = draw(self.layout, None)
        for name, notebook in drawn.notebooks.items():
            page = self._page(drawn, name)
            _write(page, without_pictures(page.read_text(encoding="utf-8"), notebook))
        self._scripts = self._register_scripts(drawn)
        self._publish((), True)
        self._chapters.read_ahead(self.layout)
        read_names(drawn)
        return True

    def renew(self, reach: Reach) -> None:
        """Run what a change touches and publish what came of it; BoardpackError tells a fault."""
        self._take_parameters()
        owners = {} if self._drawn is None else self._drawn.owners
        self._chapters.renew(self.layout, reach, owners, lambda: self._show_part(reach))
        self._show(compile_book=reach.of_book)

    @property
    def has_pages(self) -> bool:
        """Whether there is anything to show yet."""
        return self._drawn is not None

    def end(self) -> None:
        """Take the preview away."""
        clear_work(self.layout)

    def _take_parameters(self) -> None:
        paper = self.layout.paper
        loaded = replace(self.layout, paper=load_paper(paper.home, paper.month, paper.place))
        self.layout = PreviewLayout(self.layout.project, standing_layout(loaded).paper)
        draw_with(own_design(loaded.paper.report.design, paper.home))

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
            self._chapters = WatchedChapters(
                Kept(layout.executed, read_kept(good).traces), self._pool
            )
        return self.folder is not None

    def _show_part(self, reach: Reach) -> None:
        """Show what came of the chapters that were run first, where it can be set into pages."""
        if self._drawn is not None and not reach.of_book:
            self._show(is_part=True)

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
        layout, found = BookLayout(self.layout.project, self.layout.paper), self._chapters.found
        shutil.rmtree(layout.work, ignore_errors=True)
        layout.work.mkdir(parents=True)
        make_html(layout, after.parts, lambda: found)
        shown, self.folder = self.folder, self._next_folder()
        (layout.new / "html").rename(self.folder)
        self._drawn, self._scripts = after, self._register_scripts(after)
        self._publish((), True)
        if shown is not None:
            shutil.rmtree(shown, ignore_errors=True)

    def _renew_register(self, after: Drawn) -> list[str]:
        """Write the scripts of the register anew, where any changed."""
        scripts = self._register_scripts(after)
        changed = [name for name, text in scripts.items() if text != self._scripts.get(name)]
        for name in changed:
            _write(self._html / "_static" / name, scripts[name])
        self._scripts = scripts
        return [f"{PAGE}.html"] if changed else []

    def _register_scripts(self, drawn: Drawn) -> dict[str, str]:
        groups = [owned_figures(c, page_of(c, drawn.parts)) for c in drawn.chapters.values()]
        found = self._chapters.found
        return register_scripts(groups, found.register, found.checks)

    @property
    def _html(self) -> Path:
        assert self.folder is not None
        return self.folder

    def _page(self, drawn: Drawn, name: str) -> Path:
        return self._html / f"{page_of(drawn.chapters[name], drawn.parts)}.html"

    def _next_folder(self) -> Path:
        return self.layout.work / f"book-{next(self._books)}"


def _write(file: Path, text: str) -> None:
    """Write a file whole or not at all: a browser may ask for it at any moment."""
    beside = file.with_name(f".{file.name}.new")
    beside.write_text(text, encoding="utf-8", newline="\n")
    beside.replace(file)
