"""What earlier papers of the year published, read a second time from the released registers."""

from __future__ import annotations

import hashlib
import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

from boardpack.audit.second.records import Month


def published_variances(month: Month) -> dict[str, tuple[int, Decimal]]:
    """Each variance of a position to date, by id, in the last paper that has it: month, and value.

    Of one month the paper of the same place is asked first, then those of the others.
    """
    found: dict[str, tuple[int, Decimal]] = {}
    for earlier in range(month.number - 1, 0, -1):
        for place in dict.fromkeys((month.place, *month.places, "icb")):
            folder = month.home / "data" / "released" / month.year / f"M{earlier:02d}" / place
            for item in latest_register(folder):
                name, value = item["id"], item["value"]
                if re.fullmatch(r"position\.\w+\.\w+\.ytd_variance", name) and value is not None:
                    found.setdefault(name, (earlier, Decimal(value)))
    return found


def latest_register(folder: Path) -> list[dict[str, Any]]:
    """The figures of a released paper, of its last version (`v2`) where it was corrected.

    ValueError for a register that is not the one which its release record names.
    """
    numbers = [re.fullmatch(r"v(\d+)", path.name) for path in folder.glob("v*")]
    versions = sorted((int(found[1]) for found in numbers if found), reverse=True)
    for place in (*(folder / f"v{version}" for version in versions), folder):
        path, record = place / "figures.json", place / "release.json"
        if path.is_file():
            content = path.read_bytes()
            named = json.loads(record.read_bytes())["files"] if record.is_file() else {}
            if named and named["figures.json"] != hashlib.sha256(content).hexdigest():
                told = "/".join(path.parts[-5:-1])
                raise ValueError(f"{told}: the register is not what was released")
            figures: list[dict[str, Any]] = json.loads(content)["figures"]
            return figures
    return []
