"""Jupyter Book in a process of its own: each book begins with nothing of any other."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from concurrent.futures import BrokenExecutor, ThreadPoolExecutor
from pathlib import Path

import pytest
from processes import is_running, until

from boardpack.core.workers import apart
from boardpack.outputs.html.compiler import compiled

ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="processes are listed in /proc")
PAGE = "# A page\n\nIt says {{}}.\n"
FAULTY = "# A page\n\n[nowhere](nowhere.md)\n"


def book(folder: Path, text: str = PAGE) -> list[str]:
    """What compiles a book of one page."""
    folder.mkdir()
    (folder / "page.md").write_text(text.format(folder.name), encoding="utf-8")
    (folder / "_toc.yml").write_text("format: jb-book\nroot: page\n", encoding="utf-8")
    (folder / "_config.yml").write_text("title: A book\n", encoding="utf-8")
    return ["build", str(folder), "-W", "-n", "--keep-going"]


def shown(folder: Path) -> str:
    return (folder / "_build" / "html" / "page.html").read_text(encoding="utf-8")


def test_books_are_compiled_side_by_side(tmp_path: Path) -> None:
    folders = [tmp_path / name for name in ("first", "second", "third")]
    with ThreadPoolExecutor() as threads:
        ended = list(threads.map(lambda folder: apart(compiled, book(folder)), folders))
    assert [code for code, _ in ended] == [0] * 3
    first = shown(folders[0])
    for folder in folders:
        assert shown(folder) == first.replace("first", folder.name)


def test_a_fault_is_told(tmp_path: Path) -> None:
    code, faults = apart(compiled, book(tmp_path / "faulty", FAULTY))
    assert code != 0
    assert "page.md" in faults
    assert "nowhere.md" in faults


def test_what_it_complains_of_is_told(tmp_path: Path) -> None:
    code, faults = apart(compiled, ["build", str(tmp_path / "no book")])
    assert code != 0
    assert "no book" in faults


def slow_book(folder: Path) -> tuple[list[str], Path]:
    """What compiles a book that takes ten minutes, and where its process tells its number."""
    arguments, told = book(folder / "slow"), folder / "told"
    extension = f"""
import os, pathlib, time
def setup(app):
    pathlib.Path({str(told)!r}).write_text(f"{{os.getpid()}} ")
    time.sleep(600)
"""
    (folder / "slowly.py").write_text(extension, encoding="utf-8")
    config = f"title: A book\nsphinx:\n  local_extensions:\n    slowly: {folder}\n"
    (folder / "slow" / "_config.yml").write_text(config, encoding="utf-8")
    return arguments, told


def number_in(told: Path) -> int:
    """The number of a process, as soon as it has told it."""
    until(lambda: told.exists() and told.read_text(encoding="utf-8").endswith(" "))
    return int(told.read_text(encoding="utf-8"))


@ON_LINUX
def test_a_book_whose_process_is_killed_is_told(tmp_path: Path) -> None:
    arguments, told = slow_book(tmp_path)
    with ThreadPoolExecutor() as threads:
        asked = threads.submit(apart, compiled, arguments)
        os.kill(number_in(told), signal.SIGKILL)
        with pytest.raises(BrokenExecutor):
            asked.result()


@ON_LINUX
def test_a_book_ends_with_whoever_asked(tmp_path: Path) -> None:
    arguments, told = slow_book(tmp_path)
    program = (
        "from boardpack.outputs.html.compiler import compiled\n"
        "from boardpack.core.workers import apart\n"
        f"apart(compiled, {arguments!r})\n"
    )
    with subprocess.Popen([sys.executable, "-c", program]) as asked:
        compiling = number_in(told)
        asked.kill()
        until(lambda: not is_running(compiling))
