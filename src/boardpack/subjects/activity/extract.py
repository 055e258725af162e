"""Programme activity: spells and attendances by month over three years, for one programme."""

from __future__ import annotations

from boardpack.reading.contract import Column, Contract
from boardpack.reading.extract import Extract
from boardpack.reading.folder import Folder, columns, place_column

SETTINGS = ("elective", "non_elective", "outpatient")
MONTHS = tuple(f"m{number:02d}" for number in range(1, 13))


def read_programme_activity(folder: Folder) -> Extract:
    """Counts by setting, year and specialty; months to come are blank."""
    return folder.read(
        Contract(
            "programme_activity.csv",
            (
                place_column(folder),
                Column("site", "word"),
                Column("setting", "word", words=SETTINGS),
                Column("financial_year", "word"),
                Column("specialty", "text"),
                *columns("count", *MONTHS, "total", empty=True),
            ),
            ("place", "site", "setting", "financial_year", "specialty"),
        )
    )
