"""The log of the program's own work, for whoever looks for a fault: on standard error, when asked.

`BOARDPACK_LOG=info` tells each stage of a render or a verification with its seconds, `debug` each
step of it too. Names of stages, chapters and files are told, never what stands in a file.
"""

from __future__ import annotations

import os

from boardpack.core.errors import UsageFault

VARIABLE = "BOARDPACK_LOG"
LEVELS = ("debug", "info", "warning", "error")


def begin_logging() -> None:
    """Log as the variable asks; nothing where it is not set. UsageFault where it asks otherwise."""
    asked = os.environ.get(VARIABLE, "").strip().lower()
    if not asked:
        return
    if asked not in LEVELS:
        raise UsageFault(f"{VARIABLE} is {asked!r}. Set it to one of: {', '.join(LEVELS)}.")
    import logging  # only here: a command that logs nothing answers sooner without it

    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    log = logging.getLogger("boardpack")
    log.addHandler(handler)
    log.setLevel(asked.upper())
    log.propagate = False
