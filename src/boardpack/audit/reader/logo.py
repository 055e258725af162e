"""The logo of a body, which stands at the head of its outputs and is no block's own picture.

A page has its file whole. A document has dots: of a drawn one (SVG) they are drawn here anew, by
the same renderer in a process of its own, as it starts threads.
"""

from __future__ import annotations

import re
import subprocess
import sys

from boardpack.audit.reader.expected import Expected, Picture
from boardpack.audit.reader.words import plain

_DRAW = """
import sys, vl_convert
drawn = vl_convert.svg_to_png(sys.stdin.buffer.read().decode("utf-8-sig"), scale=float(sys.argv[1]))
sys.stdout.buffer.write(drawn)
"""
_LONGER_SIDE = 800
_ROOT = re.compile(rb"<(?:\w+:)?svg\b[^>]*>")
_SIZE = re.compile(rb"\s(?:width|height)\s*=\s*(?:\"[^\"]*\"|'[^']*')")
_BOX = re.compile(rb"\sviewBox\s*=\s*[\"']([^\"']*)[\"']")


def with_logo(expected: Expected, media: str, content: bytes, says: str) -> Expected:
    """What outputs must show, with the logo that a home has: its file's kind and bytes, its words.

    ValueError where it cannot be drawn.
    """
    words = plain(says)
    on_pages = Picture("", media, content, words, "")
    in_print = on_pages._replace(media="image/png", content=_dots(media, content))
    aids = {**expected.aids, "": expected.aids.get("", frozenset()) | {words}}
    return expected._replace(logo=(on_pages, in_print), aids=aids)


def _dots(media: str, content: bytes) -> bytes:
    if media == "image/png":
        return content
    root = _ROOT.search(content)
    box = _BOX.search(root[0]) if root else None
    if root is None or box is None:
        raise ValueError("the logo says of no size how large it is drawn")
    *_, across, down = map(float, box[1].replace(b",", b" ").split())
    svg = content.replace(root[0], _SIZE.sub(b"", root[0]), 1)
    command = [sys.executable, "-I", "-c", _DRAW, str(_LONGER_SIDE / max(across, down))]
    done = subprocess.run(command, input=svg, capture_output=True, check=False, timeout=60)
    if done.returncode:
        raise ValueError("the logo cannot be drawn")
    return done.stdout
