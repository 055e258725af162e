"""Programs beside Python that the tests of pages, workbooks and documents use.

What holds pages and office files to their standards comes from npm, by locks with hashes, wherever
npm is. Where `CI` is set and the user may install packages, what the machine lacks is installed
too. Nothing here stops the tests: without a program those that need it are skipped, or fail where
`CI` is set.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

from _environment import ROOT

PACKAGES = {
    "chromium": "chromium",
    "lowriter": "libreoffice-writer",
    "localc": "libreoffice-calc",
    "loimpress": "libreoffice-impress",
    "pdftoppm": "poppler-utils",
    "node": "nodejs",
    "npm": "npm",
}
"""The Debian package of each command."""
TYPEFACE = Path("/usr/share/fonts/truetype/liberation")
TYPEFACE_PACKAGE = "fonts-liberation"
"""As wide as the typeface of documents; in a wider one, LibreOffice breaks numbers in two."""
NPM_FOLDERS = tuple(ROOT / "tests" / name for name in ("browser", "office"))
"""What holds pages to the web's standards, and what holds office files to their schema."""
NPM_CI = ("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--omit-lockfile-registry-resolved")


def prepare() -> None:
    """Install what is missing and may be installed; every step is told."""
    if os.environ.get("CI"):
        _install(missing())
    for folder in NPM_FOLDERS:
        npm_packages(folder)


def missing() -> list[str]:
    """The packages whose command, or typeface, this machine does not have."""
    found = [package for command, package in PACKAGES.items() if shutil.which(command) is None]
    return found if TYPEFACE.is_dir() else [*found, TYPEFACE_PACKAGE]


def npm_packages(folder: Path) -> bool:
    """Install a folder's locked npm packages, unless they are there; whether they are there then.

    The stamp is a copy of the lock and is written last, so that a half-made folder is made again.
    """
    lock = (folder / "package-lock.json").read_text("utf-8")
    stamp = folder / "node_modules" / "boardpack-lock.json"
    if stamp.is_file() and stamp.read_text("utf-8") == lock:
        return True
    npm = shutil.which("npm")
    if npm is None:
        _say(f"npm is not on this machine: what {folder.name} tests hold is not held here.")
        return False
    _say(f"Installing the packages of the {folder.name} tests from npm, once.")
    if subprocess.call([npm, *NPM_CI], cwd=folder) != 0:
        _say("npm did not install them; see above.")
        return False
    stamp.write_text(lock, "utf-8")
    return True


def _install(packages: Iterable[str]) -> None:
    wanted = list(packages)
    if not wanted:
        return
    apt, is_root = shutil.which("apt-get"), hasattr(os, "geteuid") and os.geteuid() == 0
    if apt is None or not is_root:
        _say(f"Not installed, for this takes apt-get and root: {', '.join(wanted)}.")
        return
    _say(f"Installing what this machine lacks: {', '.join(wanted)}.")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = [apt, "install", "-qq", "-y", "--no-install-recommends", *wanted]
    for step in ([apt, "update", "-qq"], install):
        if subprocess.call(step, env=quiet, stdout=subprocess.DEVNULL) != 0:
            _say(f"{' '.join(step)} failed; see above.")
            return


def _say(line: str) -> None:
    print(f"boardpack: {line}", flush=True)
