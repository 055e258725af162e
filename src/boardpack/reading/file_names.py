"""Which files of a folder bear an extract's name. Nothing is opened, and little is imported."""

from __future__ import annotations

import re
from pathlib import Path

from boardpack.core.home import month_folder
from boardpack.core.periods import MONTHS_IN_YEAR, Month

LOOKED_BACK = 2 * MONTHS_IN_YEAR
"""How many months a paper looks back for the extracts that came last."""
_COPY = re.compile(r"( ?\(\d+\)| - copy( ?\(\d+\))?)$")
_LEFT_BY_PROGRAMS = (".", "~", "thumbs.db", "desktop.ini")


def arrived(home: Path, folder: Path, file: str) -> tuple[Path, ...]:
    """The files in `folder` that bear an extract's name, whatever their ending, in order."""
    stem = Path(file).stem.casefold()
    try:
        entries = sorted((home / folder).iterdir())
    except OSError:
        return ()
    names = (entry for entry in entries if named_stem(entry) == stem and entry.is_file())
    return tuple(folder / entry.name for entry in names)


def named_stem(path: Path) -> str:
    """The name that a file bears without its ending, in small letters, and not as a copy."""
    return _COPY.sub("", path.stem.casefold())


def delivered(home: Path, folder: Path) -> tuple[Path, ...]:
    """All files of a month's folder, by their paths below it, in order.

    What is in folders of its own counts too. What programs leave behind, hidden or while a file is
    open, does not.
    """
    found = (path.relative_to(home / folder) for path in (home / folder).rglob("*"))
    kept = (path for path in found if not any(_is_passing(part) for part in path.parts))
    return tuple(sorted(path for path in kept if (home / folder / path).is_file()))


def _is_passing(name: str) -> bool:
    return name.casefold().startswith(_LEFT_BY_PROGRAMS)


def last_month(home: Path, month: Month) -> Month | None:
    """The latest month before this one that has extracts here, over the turn of the year too."""
    earlier = (month.earlier(back) for back in range(1, LOOKED_BACK + 1))
    return next((one for one in earlier if delivered(home, month_folder(one))), None)
