"""Jupyter Book, run in this process, which must run it for one book alone.

Sphinx keeps too much of one book to be asked for another.
"""

from __future__ import annotations

import importlib
import os
import sys
import traceback
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO

EPOCH = "315532800"
"""The clock of the build, 1980-01-01: no page shows it, and no page may differ by it."""

_ENVIRONMENT = {"SOURCE_DATE_EPOCH": EPOCH, "NO_COLOR": "1", "PYTHONDONTWRITEBYTECODE": "1"}
_MAIN = "jupyter_book.cli.main"


def compiled(arguments: Sequence[str]) -> tuple[int, str]:
    """The exit code of Jupyter Book with these arguments, and what it said was wrong."""
    os.environ.update(_ENVIRONMENT)
    sys.argv = ["jupyter-book", *arguments]
    with redirect_stdout(StringIO()), redirect_stderr(StringIO()) as faults:
        code = _exit_code()
    return code, faults.getvalue()


def _exit_code() -> int:
    try:
        importlib.import_module(_MAIN).main()
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    except Exception:
        traceback.print_exc()
        return 1
    return 0
