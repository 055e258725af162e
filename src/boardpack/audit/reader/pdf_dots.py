"""The dots of a picture in a PDF as they are seen on a white page, by one seal however packed."""

from __future__ import annotations

from hashlib import sha256
from io import BytesIO
from typing import Any

from pdfminer.pdftypes import resolve1
from PIL import Image


def dots_of(stream: Any) -> str:
    """The seal of the dots of a picture in a PDF; what they are packed in where that is unknown."""
    packed = [str(getattr(name, "name", name)) for name, _ in stream.get_filters()]
    if packed == ["DCTDecode"]:
        return file_dots(stream.get_rawdata())
    told = stream.attrs
    colours = told.get("ColorSpace")
    deep = str(getattr(colours, "name", colours[0] if isinstance(colours, list) else colours))
    size = across, down = told.get("Width"), told.get("Height")
    data = stream.get_data()
    kind = {across * down * 3: "RGB", across * down: "L"}.get(len(data))
    if kind is None:
        return _seal(across, down, deep, data)
    drawn = Image.frombytes(kind, size, data)
    mask = resolve1(told.get("SMask"))
    if mask is not None:
        through = mask.get_data()
        if (mask.attrs.get("Width"), mask.attrs.get("Height"), len(through)) != (
            *size,
            across * down,
        ):
            return _seal(across, down, deep, data + through)
        drawn = _on_white(drawn, Image.frombytes("L", size, through))
    return _seal(*drawn.size, drawn.mode, drawn.tobytes())


def file_dots(content: bytes) -> str:
    """The seal of the dots of a picture's own file."""
    with Image.open(BytesIO(content)) as read:
        is_grey = read.mode in ("L", "LA", "1")
        drawn = read.convert("L" if is_grey else "RGB")
        if read.has_transparency_data:
            drawn = _on_white(drawn, read.convert("RGBA").getchannel("A"))
        return _seal(*drawn.size, drawn.mode, drawn.tobytes())


def _on_white(drawn: Image.Image, through: Image.Image) -> Image.Image:
    """A picture that lets some of a white page through."""
    page = Image.new(drawn.mode, drawn.size, "white")
    page.paste(drawn, mask=through)
    return page


def _seal(across: int, down: int, kind: str, dots: bytes) -> str:
    return sha256(f"{across} {down} {kind} ".encode() + dots).hexdigest()
