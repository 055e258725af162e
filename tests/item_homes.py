"""A home of its own for a reader's test: the project's parameters, and files of a month."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from homes import PROJECT, RAW

from boardpack.core.errors import Fault
from boardpack.core.params import load_paper
from boardpack.core.periods import parse_month
from boardpack.reading.folder import Folder

REFERENCE = Path("data/reference")


def item_folder(
    home: Path,
    files: Mapping[str, str | bytes],
    reference: Mapping[str, str] | None = None,
    layouts: str = "",
) -> Folder:
    """The folder of Month 6 2023/24 below `home`, holding `files`, beside the `reference` files."""
    if not (home / "params").exists():
        shutil.copytree(PROJECT / "params", home / "params")
    if layouts:
        (home / "params" / "layouts.yml").write_text(layouts, encoding="utf-8")
    for place, found in ((RAW, files), (REFERENCE, reference or {})):
        (home / place).mkdir(parents=True, exist_ok=True)
        for name, content in found.items():
            raw = content if isinstance(content, bytes) else content.encode()
            (home / place / name).write_bytes(raw)
    return Folder(load_paper(home, parse_month("2023-24", "M06"), "bromley"), corrections=())


def told(faults: Sequence[Fault]) -> str:
    """All faults or notes as a person reads them."""
    return "\n".join(str(fault) for fault in faults)
