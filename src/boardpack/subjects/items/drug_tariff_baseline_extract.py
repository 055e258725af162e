"""The Drug Tariff of an earlier month, with which the prices of the paper's items are compared.

`drug_tariff_baseline.csv`, in the shape of `drug_tariff.csv`: the prices that the year's budget was
set on, for example those of March. It stands in the paper's own folder, so that a paper rests on
its own folder alone.
"""

from __future__ import annotations

from boardpack.core.errors import Fault, InputFaults
from boardpack.reading.calendar import read_month
from boardpack.reading.extract import Extract
from boardpack.reading.folder import Folder
from boardpack.subjects.items.drug_tariff_extract import latest_items, read_tariff

FILE = "drug_tariff_baseline.csv"


def read_drug_tariff_baseline(folder: Folder) -> Extract:
    """The packs of the earlier tariff; empty where the month's folder has none.

    Raises InputFaults for what `read_tariff` refuses, and for a tariff that names no month or one
    that is not earlier than the items: prices must be compared with prices before them.
    """
    tariff = read_tariff(folder, FILE, latest_items(folder))
    if not tariff.rows:
        return tariff
    said, due = tariff.rows[0]["month"], latest_items(folder)
    if not said or read_month(said) >= due:
        remedy = "Put in the tariff of the month that prices are compared with, title included."
        expected = f"a title that names a month before {due.name}"
        raise InputFaults([Fault(tariff.file, expected, remedy, value=said or "no month")])
    return tariff
