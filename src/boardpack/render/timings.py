"""How long each stage of a render or a verification took: told to the log, and kept beside a build.

It is a clock's word, so it stands outside the build, which is sealed and the same each time.
"""

from __future__ import annotations

import json
import logging
import time
from pathlib import Path

from boardpack.render.progress import Timed

LOG = logging.getLogger(__name__)


class Timings(Timed):
    """The seconds of each stage, logged as it ends; at level `debug` each step too."""

    def step(self, what: str) -> None:
        """Log one step, with the seconds since its stage began, and pass it on."""
        LOG.debug("%s: %s after %.2f s", self._title, what, time.perf_counter() - self._since)
        super().step(what)

    def close(self) -> None:
        """Enter the seconds of the stage that was running, and log them."""
        title, before = self._title, self.seconds.get(self._title, 0.0)
        super().close()
        if title:
            LOG.info("%s: %.2f s", title, self.seconds[title] - before)

    def write(self, file: Path) -> None:
        """Close the last stage, and keep the seconds of all in a file."""
        self.close()
        stages = {title: round(seconds, 3) for title, seconds in self.seconds.items()}
        told = {"seconds": round(sum(self.seconds.values()), 3), "stages": stages}
        file.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
