"""What a page has only while it is served: a script that renews it and tells faults."""

from __future__ import annotations

from html import escape

WAITING = (
    '<!DOCTYPE html>\n<html lang="en-GB"><head><meta charset="utf-8"><title>Board paper</title>'
    "</head>\n<body><main><h1>The paper is not there yet</h1>\n"
    "<p>It is being made, and will show here by itself.</p></main></body></html>\n"
)
"""What is served before there is a page."""

SCRIPT = """\
"use strict";
(() => {
  const own = document.currentScript.dataset;
  const place = (role) => {
    const box = document.createElement("div");
    box.setAttribute("role", role);
    box.style.cssText =
      "position: fixed; inset: auto 0 0 0; z-index: 9999; max-height: 40vh; overflow: auto;" +
      "white-space: pre-wrap; overflow-wrap: anywhere; font: 1rem/1.5 sans-serif;" +
      "color: CanvasText; background: Canvas; border-top: 4px solid currentColor;";
    document.body.prepend(box);
    return box;
  };
  const say = (box, text) => {
    if (box.textContent === text) return;
    box.textContent = text;
    box.style.padding = text ? "1rem" : "0";
    box.style.borderTopWidth = text ? "4px" : "0";
  };
  const faults = place("alert"), notes = place("status");
  say(faults, " ");
  say(faults, "");
  say(notes, " ");
  say(notes, "");
  const events = new EventSource(new URL("events", document.currentScript.src));
  events.onmessage = (event) => {
    const shown = JSON.parse(event.data);
    say(notes, "");
    const version = shown.ready ? shown.book + (shown.pages[own.page] || 0) : -1;
    if (version !== Number(own.version)) {
      location.reload();
      return;
    }
    say(
      faults,
      shown.faults &&
        "The paper could not be made again; the page shows it as it last was.\\n\\n" + shown.faults
    );
  };
  events.onerror = () => say(notes, "boardpack watch has ended: this page is not renewed now.");
})();
"""


def with_script(page: str, name: str, version: int, root: str) -> str:
    """A page that asks for the script, and says which page it is and of which version.

    `root` is the address of the paper on its server.
    """
    said = f'data-page="{escape(name)}" data-version="{version}"'
    before, end, after = page.rpartition("</body>")
    return f'{before}<script src="{root}watch.js" {said}></script>\n{end}{after}'
