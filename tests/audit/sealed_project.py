"""A small project with a rendered build, and how a test alters and seals one anew."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

from homes import LEFT

from boardpack.audit.verification.verify import How
from boardpack.core.home import CHECKOUT
from boardpack.render.manifest import sealed_text

CHAPTERS = ("02_position", "12_overview")
BUILD = Path("build/2023-24/M06/bromley")
ACCEPT = How(accept=("*",))
"""The small project has chapters and a book of its own, and leaves out most of the program."""
GROUPS = ("inputs", "parameters", "code", "notebooks", "records", "outputs")


def small_project(root: Path) -> Path:
    """A project of a few chapters with the real parameters and extracts.

    It looks back on no earlier paper: what has changed since is the whole paper's to record.
    """
    for name in ("params", "data", "book"):
        shutil.copytree(CHECKOUT / name, root / name, ignore=LEFT)
    alter(root / "params/2023-24/M06.yml", "compare_with: [M05, M04]", "compare_with: []")
    shutil.copyfile(CHECKOUT / "_config.yml", root / "_config.yml")
    (root / "notebooks").mkdir()
    for name in CHAPTERS:
        shutil.copyfile(CHECKOUT / f"notebooks/{name}.ipynb", root / f"notebooks/{name}.ipynb")
    listed = "".join(f"  - file: notebooks/{name}\n" for name in CHAPTERS)
    toc = f"format: jb-book\nroot: index\nparts:\n- caption: Paper\n  chapters:\n{listed}"
    (root / "book" / "_toc.yml").write_text(toc)
    return root


def run(verb: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command line."""
    command = [sys.executable, "-m", "boardpack", verb, *arguments]
    plain = {**os.environ, "NO_COLOR": "1"}
    return subprocess.run(command, capture_output=True, text=True, check=False, env=plain)


def rendered(home: Path) -> Path:
    """Render the paper of a home; its build."""
    done = run("render", "2023-24", "M06", "--home", str(home))
    assert done.returncode == 0, done.stderr
    return home / BUILD


def copied(project: Path, target: Path) -> Path:
    """A copy of a project with its build, to be altered; the build's folder."""
    shutil.copytree(project, target)
    return target / BUILD


def alter(path: Path, old: str, new: str) -> None:
    """Put other words in a file in the place of the first that are found."""
    text = path.read_text(encoding="utf-8")
    assert old in text, old
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def seal_anew(build: Path, home: Path) -> None:
    """Seal a build as it now lies there, as somebody would who altered it."""

    def change(record: dict[str, Any]) -> None:
        for group in GROUPS:
            root = home if group in ("inputs", "parameters", "code") else build
            record[group] = {
                name: sha256((root / name).read_bytes()).hexdigest() for name in record[group]
            }

    change_manifest(build, change)


def change_manifest(build: Path, change: Callable[[dict[str, Any]], None]) -> None:
    """Change what a manifest says, and give it the seal for that."""
    path = build / "manifest.json"
    record = json.loads(path.read_text(encoding="utf-8"))
    change(record)
    path.write_text(sealed_text(record), encoding="utf-8", newline="\n")
