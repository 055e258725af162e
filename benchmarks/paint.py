"""How soon a page of the book shows something: one with a chart, and one without.

It needs Chromium. The time is that of the first words or shapes, from when the page is asked for,
in a browser that has opened each page once before.

    .venv/bin/python benchmarks/paint.py build/2023-24/M06/bromley
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "browser"))

from devtools import Page, browser

RUNS = 7
PAGES = {"with a chart": "02_position", "without": "09_risks"}
_PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"


def painted(page: Page, file: Path) -> float:
    """Milliseconds until the page shows something."""
    page.open(file.as_uri())
    page.wait(f"({_PAINT}) > 0")
    taken = float(page.js(_PAINT))
    page.close()
    return taken


def main(build: Path) -> None:
    """Print the medians and their ratio."""
    found: dict[str, list[float]] = {kind: [] for kind in PAGES}
    with tempfile.TemporaryDirectory() as folder, browser(Path(folder)) as page:
        for run in range(RUNS + 1):
            for kind, name in PAGES.items():
                taken = painted(page, build / "html" / "notebooks" / f"{name}.html")
                found[kind] += [taken] if run else []
    medians = {kind: median(taken) for kind, taken in found.items()}
    for kind, taken in medians.items():
        print(f"A page {kind} shows after {taken:.0f} ms.")
    print(f"{medians['with a chart'] / medians['without']:.2f} times as long")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
