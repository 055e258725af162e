"""Jupyter Book in a process beside: for a book, or forked for many, and never after who asked."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from boardpack.outputs.compiler import compiled, standing_compiler
from processes import children_of, is_running, until

ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="compilers fork on Linux only")
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


@ON_LINUX
def test_a_compiler_that_stands_compiles_many_books_side_by_side(tmp_path: Path) -> None:
    first = compiled(book(tmp_path / "alone"))
    with standing_compiler(), ThreadPoolExecutor() as pool:
        folders = [tmp_path / name for name in ("one", "two", "three")]
        ended = list(pool.map(compiled, map(book, folders)))
    assert [code for code, _, _ in (first, *ended)] == [0] * 4
    for folder in folders:
        alone = shown(tmp_path / "alone").replace("alone", folder.name)
        assert shown(folder) == alone


@ON_LINUX
def test_what_a_compiler_imports_starts_no_thread_so_that_it_may_fork() -> None:
    program = (
        "import os\n"
        "from boardpack.outputs.compiler import import_everything\n"
        "import_everything()\n"
        "print(len(os.listdir('/proc/self/task')))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    assert (done.returncode, done.stdout) == (0, "1\n")


@ON_LINUX
def test_a_fault_is_told_alike_and_spoils_no_other_book(tmp_path: Path) -> None:
    faulty = book(tmp_path / "faulty", FAULTY)
    code, _, faults = compiled(faulty)
    with standing_compiler():
        assert compiled(["build", str(tmp_path / "no book")])[0] != 0
        again = compiled([*faulty, "--all"])
        assert compiled(book(tmp_path / "good"))[0] == 0
    assert (again[0], again[2]) == (code, faults)
    assert code != 0
    assert "page.md" in faults
    assert "nowhere.md" in faults


def test_what_it_complains_of_is_told(tmp_path: Path) -> None:
    code, _, faults = compiled(["build", str(tmp_path / "no book")])
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
    with standing_compiler(), ThreadPoolExecutor() as pool:
        asked = pool.submit(compiled, arguments)
        os.kill(number_in(told), signal.SIGKILL)
        code, _, faults = asked.result()
        assert compiled(["--version"])[0] == 0
    assert code != 0
    assert "ended early" in faults


@ON_LINUX
def test_where_the_compiler_is_killed_books_are_made_by_themselves() -> None:
    before = children_of(os.getpid())
    with standing_compiler():
        (process,) = children_of(os.getpid()) - before
        os.kill(process, signal.SIGKILL)
        until(lambda: not is_running(process))
        assert compiled(["--version"])[0] == 0


@ON_LINUX
@pytest.mark.parametrize("killed", ["asked", "began"])
def test_a_book_ends_with_whoever_asked_and_with_the_compiler(tmp_path: Path, killed: str) -> None:
    arguments, told = slow_book(tmp_path)
    program = (
        "import json, os, sys\n"
        "from boardpack.outputs.compiler import compiled, standing_compiler\n"
        "with standing_compiler():\n"
        "    if (asked := os.fork()) == 0:\n"
        "        compiled(json.loads(sys.argv[1]))\n"
        "    print(asked, flush=True)\n"
        "    os.waitpid(asked, 0)\n"
        "    print(compiled(['--version'])[0], flush=True)\n"
    )
    command = [sys.executable, "-c", program, json.dumps(arguments)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as began:
        assert began.stdout is not None
        asked, compiling = int(began.stdout.readline()), number_in(told)
        os.kill(asked if killed == "asked" else began.pid, signal.SIGKILL)
        until(lambda: not is_running(compiling))
        if killed == "asked":  # the compiler stands, and another book may be asked for
            assert began.stdout.readline() == "0\n"
        else:
            os.kill(asked, signal.SIGKILL)
