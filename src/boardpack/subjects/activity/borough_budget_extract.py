"""Borough budget: what the NHS spends on a borough, centrally and locally managed, in £000s."""

from __future__ import annotations

from boardpack.reading.contract import Column, Contract
from boardpack.reading.extract import Extract
from boardpack.reading.folder import Folder, place_column


def read_borough_budget(folder: Folder) -> Extract:
    """Annual budget lines with their subtotals, as at the end of the first quarter."""
    return folder.read(
        Contract(
            "borough_budget.csv",
            (
                place_column(folder),
                Column("managed", "word", words=("central", "local", "all")),
                Column("group", "word"),
                Column("line", "text"),
                Column("annual_budget", "thousands"),
            ),
            ("place", "managed", "group", "line"),
        )
    )
