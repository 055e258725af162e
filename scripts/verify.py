"""Verify a build or a bundle without trusting it: python scripts/verify.py BUILD_OR_BUNDLE.

What Python keeps of code that it has run is removed first, so that nothing planted there is read.
"""

import os
import shutil

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
for part in ("book", "scripts", "src"):
    for folder, folders, _ in os.walk(os.path.join(ROOT, part)):
        if "__pycache__" in folders:
            shutil.rmtree(os.path.join(folder, "__pycache__"), ignore_errors=True)

import _launch  # noqa: E402

_launch.run("verify")
