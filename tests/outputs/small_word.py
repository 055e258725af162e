"""The invented paper as a Word document, with plain pictures in place of its charts."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import sample_paper as sample
from boardpack.outputs.charts.static_chart import charts_of
from boardpack.outputs.pdf.typst_document import PdfMeta
from boardpack.outputs.word.chapter import Png
from boardpack.outputs.word.document import word_bytes

META = PdfMeta(
    organisation="NHS <Anytown> & Co",
    board="Anytown board",
    title="Anytown finance report, September 2023",
    subtitle="Finance report, Month 6 2023/24",
    date="23 November 2023",
    mark="DRAFT",
    place="Anytown",
    timestamp=1_697_500_800,
)


def plain_png(width: int, height: int) -> bytes:
    """A white picture of this size."""
    rows = (b"\0" + b"\xff" * width) * height
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )


CHARTS = {
    chart.id: Png(plain_png(986, 300 + place), 150.0)
    for place, chart in enumerate(charts_of(sample.PARTS))
}


def small_word(reference: Path | None = None) -> bytes:
    """The invented paper as a Word document."""
    return word_bytes(sample.PARTS, META, CHARTS, reference)
