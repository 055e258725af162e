"""What the description of a bundle says that it holds and withholds; nothing of it is believed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from boardpack.audit.bundles.ro_crate import METADATA, WITHHELD, Listed
from boardpack.audit.verification.json_object import read_object


@dataclass(frozen=True)
class Listing:
    """The files that a bundle holds, and the inputs that it withholds, by name."""

    files: Mapping[str, Listed]
    withheld: Mapping[str, Listed]


def read_listing(folder: Path) -> Listing | None:
    """The listing of an unpacked bundle; None for a folder without one that can be read."""
    graph = (read_object(folder / METADATA) or {}).get("@graph")
    if not isinstance(graph, list):
        return None
    files: dict[str, Listed] = {}
    withheld: dict[str, Listed] = {}
    for item in graph:
        if not isinstance(item, dict):
            continue
        name, listed = item.get("name"), _listed(item)
        if isinstance(name, str) and item.get("@type") == "File":
            files[name] = listed
        elif isinstance(name, str) and str(item.get("@id")).startswith(WITHHELD):
            withheld[name] = listed
    return Listing(files, withheld)


def _listed(item: Mapping[str, Any]) -> Listed:
    size = str(item.get("contentSize"))
    is_size = size.isascii() and size.isdecimal() and len(size) < 20
    return Listed(str(item.get("sha256")), int(size) if is_size else -1)
