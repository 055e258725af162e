"""Files in another form than the clean one: what must be read as it is seen, or refused.

A slip of this kind is one of the reader's: a form that is right and is refused, or a form that says
one thing to the eye and another to the machine.
"""

from __future__ import annotations

import io
import zipfile

from openpyxl import Workbook  # type: ignore[import-untyped]

from boardpack_demo.month import MonthFiles
from slip import READ, REFUSED, SEEN, FileChange, slips_of
from slip_changes import amount_of, as_bytes, titled, worded

LONG_AGO = (1980, 1, 1, 0, 0, 0)
NAMESPACES = {
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main": (
        "http://purl.oclc.org/ooxml/spreadsheetml/main"
    ),
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": (
        "http://purl.oclc.org/ooxml/officeDocument/relationships"
    ),
}
"""What Excel writes in a workbook, and what it writes in one saved as Strict Open XML."""
LEDGER, RISKS, CONCESSIONS = "ledger.csv", "risks.csv", "price_concessions.csv"


def _as_workbook(shown: str = "", divided: int = 1, strict: bool = False) -> FileChange:
    """The file as a workbook; amounts of `gross` stored divided, under a format that shows them."""

    def apply(files: MonthFiles, file: str) -> None:
        found = files.tables.pop(file)
        book = Workbook()
        sheet = book.active
        assert sheet is not None  # a new workbook has one
        for line in (found.header, *found.rows):
            sheet.append(list(line))
        for place, column in enumerate(found.header, start=1):
            for row, line in enumerate(found.rows, start=2):
                number = amount_of(line[place - 1])
                if number is not None and column == "gross":
                    cell = sheet.cell(row, place, float(number) / divided)
                    cell.number_format = shown or "General"
        name = file.replace(".csv", ".xlsx")
        files.raw[name] = _bytes(book, NAMESPACES if strict else {})
        origin = files.tables["provenance.csv"]
        origin.put(origin.find(file=file), "file", name)

    return apply


def _bytes(book: Workbook, renamed: dict[str, str]) -> bytes:
    """The bytes of a workbook, the same at any time of day."""
    kept, out = io.BytesIO(), io.BytesIO()
    book.save(kept)
    with zipfile.ZipFile(kept) as saved, zipfile.ZipFile(out, "w") as new:
        for name in saved.namelist():
            content = saved.read(name)
            if name == "docProps/core.xml":
                continue  # it says when it was saved, and no reader asks for it
            for old, other in renamed.items():
                content = content.replace(old.encode(), other.encode())
            new.writestr(zipfile.ZipInfo(name, LONG_AGO), content)
    return out.getvalue()


def _in_words(files: MonthFiles, file: str) -> None:
    """The months of the concessions in words."""
    names = {"03": "March", "04": "April", "05": "May", "06": "June", "07": "July", "08": "August"}
    for number, name in names.items():
        worded("month", f"2024-{number}", f"{name} 2024")(files, file)


FORM_SLIPS = (
    *slips_of(
        LEDGER,
        (
            "form",
            "a title says when it was run, the American way",
            READ,
            titled("Run on Oct 12, 2024"),
        ),
        (
            "form",
            "a title says when it was run: 12-OCT-2024 09:15",
            READ,
            titled("Run: 12-OCT-2024 09:15"),
        ),
        ("form", "a title says P07 2024/25", READ, titled("Budget position P07 2024/25")),
        ("form", "a title says YTD to 31/10/2024", READ, titled("YTD to 31/10/2024")),
        (
            "form",
            "a byte that ends a file stands below",
            READ,
            as_bytes(lambda made: made + b"\x1a"),
        ),
        (
            "form",
            "a byte order mark stands above",
            READ,
            as_bytes(lambda made: b"\xef\xbb\xbf" + made),
        ),
        (
            "form",
            "lines end as in Windows",
            READ,
            as_bytes(lambda made: made.replace(b"\n", b"\r\n")),
        ),
        (
            "form",
            "semicolons stand for commas",
            READ,
            as_bytes(lambda made: made.replace(b",", b";")),
        ),
        (
            "form",
            "a thousand empty rows stand below",
            READ,
            as_bytes(lambda made: made + b",,,,\n" * 1000),
        ),
        ("form", "a workbook saved as Strict Open XML", SEEN, _as_workbook(strict=True)),
    ),
    *slips_of(
        RISKS,
        ("form", 'a workbook shows thousands as £900"k"', SEEN, _as_workbook('£#,##0"k"', 1000)),
        ("form", "a workbook shows thousands by a comma", SEEN, _as_workbook("#,##0,", 1)),
        ("form", 'a workbook shows millions as 0.90"m"', SEEN, _as_workbook('0.00"m"', 1_000_000)),
        ("form", "a workbook shows every amount in brackets", SEEN, _as_workbook("(#,##0.00)", 1)),
    ),
    *slips_of(
        CONCESSIONS,
        ("form", "months stand in words", READ, _in_words),
        ("form", "prices have no pound sign", READ, worded("price", "£", "")),
    ),
    *slips_of(
        "drug_tariff.csv",
        (
            "form",
            "the title has no year: August",
            READ,
            titled("August Drug Tariff Part VIIIA", ""),
        ),
    ),
    *slips_of(
        "savings_tracker.csv",
        ("form", "a title says Months 1 to 7", READ, titled("Months 1 to 7")),
    ),
    *slips_of(
        "trial_balance.csv",
        *(
            ("form", f"the period says {said}", READ, worded("period", "M07", said))
            for said in ("P07", "7", "OCT-24", "Period 7")
        ),
        (
            "form",
            "the period says 202407, which is October or July",
            REFUSED,
            worded("period", "M07", "202407"),
        ),
    ),
    *slips_of(
        "chc_packages.csv",
        ("form", "open ends are empty", READ, worded("end_date", "31/12/9999", "")),
    ),
)
