"""A zip whose bytes depend on its content alone: names sorted, one date, one mode, one method."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

DATE = (1980, 1, 1, 0, 0, 0)
MODE = 0o100644


def zip_bytes(content: Mapping[str, bytes]) -> bytes:
    """The zip of some files, by their names in it.

    >>> zip_bytes({"a": b"1", "b": b"2"}) == zip_bytes({"b": b"2", "a": b"1"})
    True
    """
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name in sorted(content):
            archive.writestr(_entry(name), content[name], zipfile.ZIP_DEFLATED, 6)
    return target.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, DATE)
    entry.create_system = 3  # Unix, on every platform
    entry.external_attr = MODE << 16
    return entry
