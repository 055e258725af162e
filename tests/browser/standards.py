"""What holds a page to the standards: axe-core in the browser, html-validate beside it.

Both come from the lock in this folder (`npm ci`, which the test command runs).
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable
from pathlib import Path

from devtools import Page

FOLDER = Path(__file__).parent
AXE = FOLDER / "node_modules" / "axe-core" / "axe.min.js"
VALIDATOR = FOLDER / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
WIDE, NARROW = 1280, 320
"""The narrow width is that of a page enlarged to 400% (WCAG 2.2, 1.4.10)."""
_SLOW = 180.0
"""Axe looks at every cell of a page, and the longest has thousands."""
_ROWS = 120
_RUN = """axe.run(document, {resultTypes: ["violations"], runOnly: RULES}).then(found =>
  found.violations.flatMap(rule => rule.nodes.map(node =>
    `${rule.id}: ${node.target}: ${node.html.slice(0, 200)}: ${node.failureSummary}`)))"""


def violations(page: Page) -> list[str]:
    """What of an open page breaks the accessibility rules, as axe-core tells it."""
    page.js(f"if (!window.axe) {{ {AXE.read_text(encoding='utf-8')} }}; 0")
    patience, page.patience = page.patience, _SLOW
    try:
        found: list[str] = page.js(_RUN.replace("RULES", json.dumps(RULES)))
    finally:
        page.patience = patience
    return found


def open_details(page: Page) -> None:
    """Open everything that opens on request."""
    page.js("document.querySelectorAll('details').forEach(part => { part.open = true; })")


def shorten(page: Page) -> None:
    """Leave the first rows of long tables: all are made alike, and each takes its time."""
    rows = f"document.querySelectorAll('tbody > tr:nth-child({_ROWS}) ~ tr')"
    page.js(f"{rows}.forEach(row => row.remove())")


def drawn(page: Page) -> None:
    """Wait until what is in view has been drawn, in its own typeface."""
    page.js("document.fonts.ready.then(() => 0)")
    page.js("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")


def settle(page: Page) -> None:
    """Wait until a page has been drawn at its new size, and its charts fit it."""
    drawn(page)
    page.wait(
        "[...document.querySelectorAll('.chart')].every(it => it.scrollWidth <= it.clientWidth)"
    )


def faults(pages: Iterable[Path]) -> list[str]:
    """What of these pages breaks the rules of HTML, as html-validate tells it."""
    rules = ["--config", str(FOLDER / "htmlvalidate.json"), "--formatter", "json"]
    command = ["node", str(VALIDATOR), *rules, *map(str, pages)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode in (0, 1), done.stderr
    return [
        f"{Path(page['filePath']).name}, line {fault['line']}: {fault['ruleId']}: "
        f"{fault['message']} ({fault.get('selector')})"
        for page in json.loads(done.stdout)
        for fault in page["messages"]
    ]
