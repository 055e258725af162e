"""The README's pictures, taken of a built paper in a browser.

It is run by `pictures.py` in the environment, and drives Chromium as the browser tests do.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from PIL import Image

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "pictures"
COLOURS = 256
WIDTH, HEIGHT = 1280, 900
NUMBER = "position.bromley.continuing_care_services.ytd_variance"
"""The figure whose panel is shown, from the words of the chapter on the position."""
USAGE, FAILED = 2, 4


def main(arguments: list[str]) -> int:
    """Take the pictures of the paper in a build's folder; the exit code."""
    sys.path.insert(0, str(ROOT / "tests" / "browser"))
    from devtools import BROWSER, browser

    if len(arguments) != 1:
        print("boardpack: python scripts/pictures.py BUILD", file=sys.stderr)
        return USAGE
    html = Path(arguments[0]).resolve() / "html"
    if BROWSER is None or not (html / "index.html").is_file():
        missing = "Chromium is not on this machine" if BROWSER is None else f"{html} is not built"
        print(f"boardpack: {missing}.", file=sys.stderr)
        return FAILED
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, browser(Path(folder)) as page:
        page.open((html / "index.html").as_uri())
        _take(page, PICTURES / "summary.png")
        page.open((html / "notebooks" / "02_position.html").as_uri())
        page.js(f"document.querySelector('p [data-figure=\"{NUMBER}\"]').click()")
        page.wait("document.activeElement.id === 'lineage-title'")
        _take(page, PICTURES / "lineage.png")
    return 0


def _take(page: Any, file: Path) -> None:
    """One picture, in so few colours that it is small."""
    page.size(WIDTH, HEIGHT)
    page.js("document.fonts.ready.then(() => new Promise(done => setTimeout(done, 500)))")
    page.picture(file)
    with Image.open(file) as picture:
        few = picture.convert("RGB").quantize(
            COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE
        )
    few.save(file, optimize=True)
    print(f"boardpack: {file.relative_to(ROOT)}, {file.stat().st_size // 1000} kB")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
