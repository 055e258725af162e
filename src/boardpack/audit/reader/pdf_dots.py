"""The dots of a picture in a PDF, by one seal whichever way they are packed."""

from __future__ import annotations

from hashlib import sha256
from io import BytesIO
from typing import Any

from PIL import Image


def dots_of(stream: Any) -> str:
    """The seal of the dots of a picture in a PDF; what they are packed in where that is unknown."""
    packed = [str(getattr(name, "name", name)) for name, _ in stream.get_filters()]
    if packed == ["DCTDecode"]:
        return file_dots(stream.get_rawdata())
    told = stream.attrs
    colours = told.get("ColorSpace")
    deep = str(getattr(colours, "name", colours[0] if isinstance(colours, list) else colours))
    across, down, data = told.get("Width"), told.get("Height"), stream.get_data()
    kind = {across * down * 3: "RGB", across * down: "L"}.get(len(data), deep)
    return _seal(across, down, kind, data)


def file_dots(content: bytes) -> str:
    """The seal of the dots of a picture's own file, without how far they let the page through."""
    with Image.open(BytesIO(content)) as read:
        is_grey = read.mode in ("L", "LA", "1")
        drawn = read.convert("L" if is_grey else "RGB")
        return _seal(*drawn.size, drawn.mode, drawn.tobytes())


def _seal(across: int, down: int, kind: str, dots: bytes) -> str:
    return sha256(f"{across} {down} {kind} ".encode() + dots).hexdigest()
