"""How a command ends that fails: in plain words and with the exit code of its kind, untraced."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from boardpack.core.errors import BUILD, BoardpackError


@contextmanager
def told_plainly() -> Iterator[None]:
    """Whatever is raised within is told on standard error, and ends the process."""
    try:
        yield
    except BoardpackError as error:
        _end(str(error), error.exit_code)
    except PermissionError as error:
        said = "it is open in another program, or you may not write it. Close it, and try again."
        _end(f"{error.filename or 'a file'}: {said}", BUILD)
    except OSError as error:
        _end(f"{error.filename or error}: {error.strerror}", BUILD)
    except Exception as error:
        if os.environ.get("BOARDPACK_TRACEBACK"):
            raise
        _end(
            f"unexpected {type(error).__name__}: {error}\n"
            "This is a fault of boardpack. Set BOARDPACK_TRACEBACK=1 to see where it came from.",
            BUILD,
        )


def _end(said: str, code: int) -> None:
    sys.stderr.write(f"boardpack: {said}\n")
    sys.exit(code)
