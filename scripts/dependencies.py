#!/usr/bin/env python3
"""Write the review of the lock, docs/dependencies.md. Run it with the project's environment."""

from _dependencies import DOCUMENT, document

if __name__ == "__main__":
    DOCUMENT.write_text(document(), encoding="utf-8", newline="\n")
    print("Wrote docs/" + DOCUMENT.name)
