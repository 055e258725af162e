"""What really arrives, as small files: each is read exactly right, or refused with where and why.

Each case says in plain words what may come and what happens; `docs/inputs.md` holds the same list.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from openpyxl import Workbook

from boardpack.reading.contract import Column, Contract

LEDGER = Contract(
    "ledger.csv",
    (
        Column("cost_centre", "word"),
        Column("description", "text"),
        Column("paid_on", "date", empty=True),
        Column("ytd_budget", "pounds", step="0"),
        Column("ytd_actual", "pounds", step="0"),
    ),
    ("cost_centre",),
)
SUMMARY = Contract(
    "summary.csv",
    (
        Column("line", "word", words=("Acute", "Prescribing", "Total")),
        Column("ytd_budget", "pounds"),
        Column("share", "percent", empty=True),
    ),
    ("line",),
)
HEAD = ("cost_centre", "description", "paid_on", "ytd_budget", "ytd_actual")
ACUTE = ("929001", "Acute", "2023-09-30", "1234.50", "-20")
DRUGS = ("929002", "Prescribing", "", "300", "0")
TWO = (ACUTE, DRUGS)
SUMMED = (("Acute", "1200", "9.5"), ("Total", "1200", ""))
Rows = Sequence[Sequence[str]]
Make = Callable[[], bytes]


@dataclass(frozen=True)
class Case:
    """A mess: what may come, what happens, the files, and the rows or the faults that follow.

    `refused` holds, for one fault, the parts that its text must hold.
    """

    may_come: str
    happens: str
    files: dict[str, bytes]
    rows: Rows = ()
    refused: tuple[str, ...] = ()
    totals: int = 0
    notes: tuple[str, ...] = ()
    contract: Contract = LEDGER
    layout: str = ""
    month: bool = field(default=False)


def lines(*rows: Sequence[str], mark: str = ",", end: str = "\r\n") -> bytes:
    """Rows as CSV in UTF-8, cells with the delimiter in quotes."""

    def cell(text: str) -> str:
        quoted = any(c in text for c in (mark, '"', "\n"))
        return '"' + text.replace('"', '""') + '"' if quoted else text

    return end.join(mark.join(map(cell, row)) for row in rows).encode() + end.encode()


def table(*rows: Sequence[str], mark: str = ",") -> bytes:
    """The header, then rows."""
    return lines(HEAD, *rows, mark=mark)


def one(budget: str, paid_on: str = "") -> bytes:
    """A ledger whose one row says these."""
    return table(("929001", "Acute", paid_on, budget, "-20"))


def acute(budget: str = "1234.50", paid_on: str = "") -> Rows:
    """What `one` is read as."""
    return (("929001", "Acute", paid_on, budget, "-20"),)


def book(*rows: Sequence[Any], change: Callable[[Workbook], None] | None = None) -> bytes:
    """A workbook with these rows, then changed."""
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = "Ledger"
    for row in rows:
        sheet.append(list(row))
    if change is not None:
        change(made)
    content = io.BytesIO()
    made.save(content)
    return content.getvalue()


def sheet_rows(budget: Any = 1234.5, paid_on: Any = date(2023, 9, 30)) -> list[Sequence[Any]]:
    """The ledger as Excel holds it."""
    drugs = (929002, "Prescribing", None, 300, 0)
    return [HEAD, (929001, "Acute", paid_on, budget, -20), drugs]


def changed(action: Callable[[Any], None]) -> bytes:
    """The ledger as a workbook, its sheet changed."""
    return book(*sheet_rows(), change=lambda made: action(made["Ledger"]))


def ledger(content: bytes) -> dict[str, bytes]:
    """The file that the ledger comes in."""
    return {"ledger.csv": content}


def workbook(content: bytes) -> dict[str, bytes]:
    """The same as a workbook."""
    return {"ledger.xlsx": content}


def _second_sheet(name: str, *rows: Sequence[Any], state: str = "visible") -> bytes:
    def add(made: Workbook) -> None:
        sheet = made.create_sheet(name)
        sheet.sheet_state = state
        for row in rows:
            sheet.append(list(row))

    return book(*sheet_rows(), change=add)


def _merged_headings() -> bytes:
    def merge(sheet: Any) -> None:
        sheet.insert_rows(1)
        for column, text in ((1, "Cost Centre"), (2, "Description"), (3, "Paid on")):
            sheet.cell(1, column, text)
            sheet.cell(2, column, None)
            sheet.merge_cells(start_row=1, end_row=2, start_column=column, end_column=column)
        sheet.cell(1, 4, "Year to date")
        sheet.merge_cells("D1:E1")
        sheet["D2"], sheet["E2"] = "Budget", "Actual"

    return changed(merge)


def _hide(sheet: Any, what: str) -> None:
    if what == "row":
        sheet.row_dimensions[2].hidden = True
    else:
        sheet.column_dimensions["D"].hidden = True


def _set(cell: str, value: Any, form: str = "General", kind: str = "") -> Callable[[Any], None]:
    def action(sheet: Any) -> None:
        sheet[cell] = value
        sheet[cell].number_format = form
        if kind:
            sheet[cell].data_type = kind

    return action


def _merge(area: str) -> Callable[[Any], None]:
    def action(sheet: Any) -> None:
        sheet.merge_cells(area)

    return action


def strict(content: bytes) -> bytes:
    """A workbook as Excel saves it under “Strict Open XML Spreadsheet”: with other namespaces."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as parts, zipfile.ZipFile(target, "w") as made:
        for name in parts.namelist():
            text = parts.read(name).decode()
            for part in ("spreadsheetml", "officeDocument", "drawingml"):
                old = f"http://schemas.openxmlformats.org/{part}/2006/"
                text = text.replace(old, f"http://purl.oclc.org/ooxml/{part}/")
            made.writestr(name, text)
    return target.getvalue()


def _formatted(
    form: str, budget: float = 1.2, share_form: str = "0.0%", share: float = 0.095
) -> dict[str, bytes]:
    """The summary as a workbook whose amounts have these number formats."""

    def format_cells(made: Workbook) -> None:
        sheet = made["Ledger"]
        sheet["B2"].number_format = sheet["B3"].number_format = form
        sheet["C2"].number_format = share_form

    rows = [("line", "ytd_budget", "share"), ("Acute", budget, share), ("Total", budget, None)]
    return {"summary.xlsx": book(*rows, change=format_cells)}


def _summary(*budgets: str) -> dict[str, bytes]:
    rows = [("line", "ytd_budget", "share"), ("Acute", budgets[0], "9.5%")]
    return {"summary.csv": lines(*rows, ("Total", budgets[-1], ""))}


def _replaced(old: str, new: str) -> bytes:
    return table(*TWO).replace(old.encode(), new.encode())


SHAPES = [
    Case("A CSV file with a byte order mark", "read", ledger(b"\xef\xbb\xbf" + table(*TWO)), TWO),
    Case(
        "A CSV file in UTF-16, as Excel's “Unicode text”",
        "read; noted",
        ledger(table(*TWO, mark="\t").decode().encode("utf-16")),
        TWO,
        notes=("UTF-16", "tabs"),
    ),
    Case(
        "A CSV file in Windows or Latin-1 encoding",
        "read; noted",
        ledger(table(("929001", "Café £", "", "1234.50", "-20")).decode().encode("cp1252")),
        (("929001", "Café £", "", "1234.50", "-20"),),
        notes=("Windows-1252",),
    ),
    Case(
        "A file partly in UTF-8 and partly in Windows encoding",
        "refused: save it as CSV UTF-8",
        ledger(table(("1", "Café", "", "1", "1")) + b"2,Caf\xe9,,1,1\r\n"),
        refused=("row 3", "one encoding", "CSV UTF-8"),
    ),
    Case(
        "A byte for the end of the file (0x1A) after the last row",
        "read",
        ledger(table(*TWO) + b"\x1a"),
        TWO,
    ),
    Case("Semicolons between the cells", "read; noted", ledger(table(*TWO, mark=";")), TWO),
    Case("Tabs between the cells", "read; noted", ledger(table(*TWO, mark="\t")), TWO),
    Case(
        "Commas after the last column of every row",
        "read",
        ledger(lines(*((*row, "", "") for row in (HEAD, *TWO)))),
        TWO,
    ),
    Case(
        "A line break or a comma inside a quoted cell",
        "read as text",
        ledger(table(("929001", "Acute,\nother", "", "1234.50", "-20"), DRUGS)),
        (("929001", "Acute,\nother", "", "1234.50", "-20"), DRUGS),
    ),
    Case(
        "A quotation mark that does not close",
        "refused with the row",
        ledger(_replaced("Prescribing", '"Prescribing')),
        refused=("row 3", "quotation marks", "export it again"),
    ),
    Case(
        "Blank rows between and after the records",
        "skipped",
        ledger(lines(HEAD, ACUTE, ("",) * 5, DRUGS, ("",) * 5, ("",))),
        TWO,
    ),
    Case(
        "Title rows above the header",
        "skipped; the header is found",
        ledger(lines(("South East ICB",), ("Ledger position", "Month 6"), (), HEAD, *TWO)),
        TWO,
    ),
    Case(
        "Rows with amounts above the header",
        "refused: they would be read by nobody",
        ledger(lines(("929009", "Other", "", "5", "6"), HEAD, *TWO)),
        refused=("row 1", "nothing but titles", "Delete the row"),
    ),
    Case(
        "Headings with other capitals, spaces, punctuation or “(£)”",
        "read",
        ledger(
            lines(("Cost Centre", "DESCRIPTION", "Paid-on", "YTD  Budget (£)", "ytd.actual"), *TWO)
        ),
        TWO,
    ),
    Case(
        "A heading that says £000 over a column that is in pounds",
        "refused: declare the scale",
        ledger(lines((*HEAD[:3], "YTD Budget £000", "ytd_actual"), *TWO)),
        refused=("column ytd_budget", "amounts in pounds", "£000s", "`scale`"),
    ),
    Case(
        "Headings of the supplier's own, declared in `params/layouts.yml`",
        "read",
        ledger(lines(("CC", "Name", "Date paid", "Bud", "Act"), *TWO)),
        TWO,
        layout="headings: {cost_centre: [CC], description: [Name], paid_on: [Date paid], "
        "ytd_budget: [Bud], ytd_actual: [Act]}",
    ),
    Case(
        "Amounts in thousands, or of the other sign, as `params/layouts.yml` declares",
        "read into pounds, with the sign of the paper",
        ledger(table(("929001", "Acute", "", "1.2345", "0.02"))),
        acute(),
        layout="{scale: thousands, reversed: [ytd_actual]}",
    ),
    Case(
        "A header in two rows",
        "read",
        ledger(
            lines(
                ("", "", "Paid", "Year to date", ""),
                ("Cost centre", "Description", "on", "Budget", "Actual"),
                *TWO,
            )
        ),
        TWO,
    ),
    Case(
        "Columns in another order",
        "read by their headings",
        ledger(lines(HEAD[::-1], *(row[::-1] for row in TWO))),
        TWO,
    ),
    Case(
        "A column that is missing or misspelt",
        "refused with the nearest heading",
        ledger(_replaced("ytd_budget", "ytd_bugdet")),
        refused=("row 1", "column ytd_bugdet", "the column 'ytd_budget'"),
    ),
    Case(
        "More columns than are asked for, in a unit-level extract",
        "left unread; noted",
        ledger(lines((*HEAD, "Region"), *((*row, "SE") for row in TWO))),
        TWO,
        notes=("left unread: Region",),
    ),
    Case(
        "More columns than are asked for, in a printed schedule",
        "refused: it may be the wrong file",
        {"summary.csv": lines(("line", "ytd_budget", "share", "rag"), ("Acute", "1", "", ""))},
        refused=("row 1, column rag", "a known column"),
        contract=SUMMARY,
    ),
    Case(
        "A row with a cell too many or too few",
        "refused with the row",
        ledger(_replaced("300,0", "300,0,7")),
        refused=("row 3", "found '6 cells'", "5 cells", "extra comma"),
    ),
    Case(
        "The same column twice",
        "refused",
        ledger(lines((*HEAD, "YTD budget"), *((*row, "5") for row in TWO))),
        refused=("column ytd_budget", "each column once"),
    ),
    Case(
        "A row given twice",
        "refused with both rows",
        ledger(table(ACUTE, ACUTE)),
        refused=("row 3", "found '929001'", "each row once"),
    ),
]

ROWS = [
    Case(
        "Subtotal, total and grand-total rows that agree",
        "taken out and kept as control totals",
        ledger(
            table(
                ACUTE,
                ("Sub-total", "", "", "1,234.50", "(20)"),
                DRUGS,
                ("Subtotal", "", "", "300", "-"),
                ("Grand Total", "", "", "1,534.50", "(20)"),
            )
        ),
        TWO,
        totals=3,
    ),
    Case(
        "A total row whose label stands in a column that is left unread",
        "taken out and kept as a control total",
        ledger(
            lines(
                (*HEAD, "Region"),
                (*ACUTE, "SE"),
                (*DRUGS, "SE"),
                ("", "", "", "1534.50", "-20", "SE Total"),
            )
        ),
        TWO,
        totals=1,
    ),
    Case(
        "A total row that does not agree",
        "refused with the amount and the rows to look at",
        ledger(table(*TWO, ("Total", "", "", "1,534.51", "-20"))),
        refused=("row 4, column ytd_budget", "'1,534.51'", "rows 2-3", "apart by 0.01"),
    ),
    Case(
        "“Total” where it is one of the lines of a printed schedule",
        "a row like any other",
        _summary("1,200", "1,200"),
        SUMMED,
        contract=SUMMARY,
    ),
    Case(
        "The header again at a page break",
        "skipped; noted",
        ledger(lines(HEAD, ACUTE, HEAD, DRUGS)),
        TWO,
        notes=("row 3", "repeated"),
    ),
    Case(
        "Notes below the last record (“Source: ledger”)",
        "left out; noted",
        ledger(table(*TWO) + b"\r\nSource: general ledger,,,,\r\nEnd of report,,,,\r\n"),
        TWO,
        notes=("rows 5-6",),
    ),
    Case(
        "A note between the records",
        "refused: it may be a record that lost its amounts",
        ledger(table(ACUTE, ("Note: see below", "", "", "", ""), DRUGS)),
        refused=("row 3, column ytd_budget", "an amount in pounds"),
    ),
]

NUMBERS = [
    Case(
        "`(1,234.50)`, a negative in brackets", "read", ledger(one("(1,234.50)")), acute("-1234.50")
    ),
    Case("`1,234.50-`, the minus last", "read", ledger(one("1,234.50-")), acute("-1234.50")),
    Case("`-` or `–` for nil", "read as 0", ledger(one("–")), acute("0")),
    Case("`£1,234.50`, `-£5` and `£(5)`", "read", ledger(one("£(1,234.50)")), acute("-1234.50")),
    Case(
        "`1 234.50`, spaces between thousands, non-breaking ones too",
        "read",
        ledger(one("\u00a01\u00a0234.50")),
        acute(),
    ),
    Case(
        "`12 34`, a space inside a number",
        "refused",
        ledger(one("12 34")),
        refused=("row 2, column ytd_budget", "found '12 34'", "Take out the space"),
    ),
    Case("`'1234.50`, a number stored as text", "read", ledger(one("'1234.50")), acute()),
    Case(
        "`£1.2k` or `1.2m` where the schedule is rounded",
        "read as £1,200",
        _summary("£1.2k", "1.2k"),
        SUMMED,
        contract=SUMMARY,
    ),
    Case(
        "`£1.2k` where pounds and pence are due",
        "refused: export the whole amount",
        ledger(one("£1.2k")),
        refused=("row 2, column ytd_budget", "found '£1.2k'", "whole amount"),
    ),
    Case(
        "A percentage in a column of money, or the other way",
        "refused",
        ledger(one("9.5%")),
        refused=("row 2, column ytd_budget", "found '9.5%'", "an amount in pounds"),
    ),
    Case(
        "`1,234.50 CR` with no word on what CR means",
        "refused: declare `debit`",
        ledger(one("1,234.50 CR")),
        refused=("row 2, column ytd_budget", "'1,234.50 CR'", "`debit`"),
    ),
    Case(
        "`1,234.50 CR` where `params/layouts.yml` declares `debit`",
        "read with its sign",
        ledger(one("1,234.50 CR")),
        acute("-1234.50"),
        layout="debit: positive",
    ),
    Case(
        "`######`, a column too narrow",
        "refused: widen it and export again",
        ledger(one("######")),
        refused=("row 2, column ytd_budget", "'######'", "Widen the column and export it again"),
    ),
    Case(
        "`1.2E+05`, digits lost",
        "refused: format as a number",
        ledger(one("1.2E+05")),
        refused=("row 2, column ytd_budget", "'1.2E+05'", "The exponent hides digits"),
    ),
    Case(
        "`1.234,56`, the continental way",
        "refused: export with a decimal point",
        ledger(one("1.234,56")),
        refused=("row 2, column ytd_budget", "'1.234,56'", "decimal point"),
    ),
    Case(
        "`18/05/2023` in a column of amounts, whose cells are formatted as dates",
        "refused: format the column as a number",
        ledger(one("18/05/2023")),
        refused=("row 2, column ytd_budget", "'18/05/2023'", "holds a date", "as a number"),
    ),
    Case(
        "`#REF!` or another error of Excel in a CSV file",
        "refused: mend the formula",
        ledger(one("#REF!")),
        refused=("row 2, column ytd_budget", "'#REF!'", "Mend the formula"),
    ),
]

DATES = [
    Case(
        "Three forms of date in one column: 2023-09-30, 30/09/2023, 30-Sep-23",
        "read",
        ledger(
            table(
                ("1", "a", "2023-09-30", "1", "1"),
                ("2", "b", "30/09/2023", "1", "1"),
                ("3", "c", "30-Sep-23", "1", "1"),
            )
        ),
        tuple((n, d, "2023-09-30", "1", "1") for n, d in (("1", "a"), ("2", "b"), ("3", "c"))),
    ),
    Case(
        "`03/04/2023`, which may be read two ways",
        "read day first, 3 April",
        ledger(one("1234.50", "03/04/2023")),
        acute(paid_on="2023-04-03"),
    ),
    Case(
        "`03/04/2023` where `params/layouts.yml` declares `dates: month first`",
        "read as 4 March",
        ledger(one("1234.50", "03/04/2023")),
        acute(paid_on="2023-03-04"),
        layout="dates: month first",
    ),
    Case(
        "`09/30/2023`, which contradicts the declared order",
        "refused",
        ledger(one("1", "09/30/2023")),
        refused=("row 2, column paid_on", "'09/30/2023'", "day first", "`dates`"),
    ),
    Case(
        "`31/12/9999` for an open end",
        "read as an open end",
        ledger(one("1234.50", "31/12/9999")),
        acute(paid_on="9999-12-31"),
    ),
    Case(
        "A day that does not exist",
        "refused",
        ledger(one("1", "30/02/2023")),
        refused=("row 2, column paid_on", "'30/02/2023'", "a date", "no such day"),
    ),
]

WORKBOOKS = [
    Case("The same extract as a workbook", "read", workbook(book(*sheet_rows())), TWO),
    Case(
        "A workbook with merged headings in two rows",
        "read",
        workbook(_merged_headings()),
        TWO,
    ),
    Case(
        "Numbers with the noise of binary arithmetic, as 0.1 + 0.2",
        "read as Excel shows them, 0.3",
        workbook(book(HEAD, ("929001", "Acute", None, 0.1 + 0.2, -20.000000000000004))),
        acute("0.3"),
    ),
    Case(
        "A date stored as a number",
        "read",
        workbook(book(HEAD, ("929001", "Acute", 45199, 1234.5, -20))),
        acute(paid_on="2023-09-30"),
    ),
    Case(
        "A code whose format puts noughts before it",
        "read with its noughts",
        workbook(changed(_set("A2", 1, "000000"))),
        (("000001", *ACUTE[1:]), DRUGS),
    ),
    Case(
        "A code of more than fifteen digits stored as a number",
        "refused: Excel has lost digits",
        workbook(changed(_set("A2", 39724011000001106))),
        refused=("sheet Ledger, row 2, column cost_centre", "stored as text", "as text"),
    ),
    Case(
        "A format that shows thousands over cells that hold pounds",
        "refused",
        workbook(changed(_set("D2", 1234567, "#,##0,"))),
        refused=(
            "sheet Ledger, row 2, column ytd_budget",
            "shows thousands",
            "plain number format",
        ),
    ),
    Case(
        'A scale that the format names and takes away, `£#,##0,"k"` over 1,234.50',
        "read as held: what is seen is what is held",
        workbook(changed(_set("D2", 1234.5, '£#,##0,"k"'))),
        TWO,
    ),
    Case(
        'A unit in the number format, `£#,##0"k"` over 1.2, where the schedule is rounded',
        "read as it is seen, £1,200",
        _formatted('£#,##0"k"'),
        SUMMED,
        contract=SUMMARY,
    ),
    Case(
        "A unit in the number format where pounds and pence are due",
        "refused: the format is named",
        workbook(changed(_set("D2", 900, '£#,##0"k"'))),
        refused=("row 2, column ytd_budget", "'£900k'", '£#,##0"k"', "whole amount"),
    ),
    Case(
        'Other words in the number format of an amount, `0" weeks"`, or another currency',
        "refused: the format is named",
        workbook(changed(_set("D2", 12, '0" weeks"'))),
        refused=("row 2, column ytd_budget", "'12 weeks'", 'number format 0" weeks"'),
    ),
    Case(
        '`#,##0.00" Cr"` with no word on what CR means',
        "refused: declare `debit`",
        workbook(changed(_set("D2", 1234.5, '#,##0.00" Cr"'))),
        refused=("row 2, column ytd_budget", "'1234.5 CR'", "`debit`"),
    ),
    Case(
        '`#,##0.00" Dr";#,##0.00" Cr"` where `params/layouts.yml` declares `debit`',
        "read with its sign",
        workbook(changed(_set("D2", -1234.5, '#,##0.00" Dr";#,##0.00" Cr"'))),
        (("929001", "Acute", "2023-09-30", "-1234.5", "-20"), DRUGS),
        layout="debit: positive",
    ),
    Case(
        "Brackets or a minus in the format of an amount above nil, `(#,##0.00)`",
        "refused: the format is named",
        workbook(changed(_set("D2", 1234.5, "(#,##0.00)"))),
        refused=("row 2, column ytd_budget", "'1234.5'", "above nil", "(#,##0.00)"),
    ),
    Case(
        "A format that takes the minus away, `#,##0;#,##0`",
        "refused: the format is named",
        workbook(changed(_set("D2", -1234.5, "#,##0;#,##0"))),
        refused=("row 2, column ytd_budget", "'-1234.5'", "below nil", "#,##0;#,##0"),
    ),
    Case(
        "A negative in red without a minus, `#,##0;[Red]#,##0`, or in brackets",
        "read as negative",
        workbook(changed(_set("E2", -20, "#,##0;[Red]#,##0"))),
        TWO,
    ),
    Case(
        "A format that shows nothing, `;;;`",
        "refused: the format is named",
        workbook(changed(_set("D2", 1234.5, ";;;"))),
        refused=("row 2, column ytd_budget", "a number that is shown", ";;;"),
    ),
    Case(
        'A per cent sign that is a word of the format, `0.0"%"` over 9.5',
        "read as it is seen, 9.5%",
        _formatted("£#,##0", 1200, '0.0"%"', 9.5),
        SUMMED,
        contract=SUMMARY,
    ),
    Case(
        "An amount whose cell is formatted as a date",
        "refused: the format is named",
        workbook(changed(_set("D2", 1234.5, "dd/mm/yyyy"))),
        refused=("row 2, column ytd_budget", "'1903-05-18", "holds a date", "dd/mm/yyyy"),
    ),
    Case(
        "A workbook saved as Strict Open XML",
        "read",
        workbook(strict(book(*sheet_rows()))),
        TWO,
    ),
    Case(
        "A formula whose result was never saved",
        "refused: open, calculate, save",
        workbook(changed(_set("D2", "=1+1"))),
        refused=("sheet Ledger, row 2, column ytd_budget", "never saved", "paste the values"),
    ),
    Case(
        "An error value, `#REF!`",
        "refused: mend the formula",
        workbook(changed(_set("D2", "#REF!", kind="e"))),
        refused=("sheet Ledger, row 2, column ytd_budget", "'#REF!'", "Mend the formula"),
    ),
    Case(
        "An amount merged over two rows",
        "refused: unmerge",
        workbook(changed(_merge("D2:D3"))),
        refused=("sheet Ledger, row 3, column ytd_budget", "merged", "Unmerge"),
    ),
    Case(
        "Hidden rows that hold data",
        "refused: unhide or delete them",
        workbook(changed(lambda sheet: _hide(sheet, "row"))),
        refused=("sheet Ledger", "rows 2 hold data", "Unhide"),
    ),
    Case(
        "Hidden columns that hold data",
        "refused: unhide or delete them",
        workbook(changed(lambda sheet: _hide(sheet, "column"))),
        refused=("sheet Ledger", "columns D hold data", "Unhide"),
    ),
    Case(
        "A hidden sheet that holds data",
        "refused: unhide or delete it",
        workbook(_second_sheet("Old", ("x", 1), state="hidden")),
        refused=("sheet Old", "no hidden sheet", "Unhide"),
    ),
    Case(
        "A cover sheet or a sheet of notes beside the table",
        "left unread; noted",
        workbook(_second_sheet("Notes", ("Prepared by finance",))),
        TWO,
        notes=("sheet Notes", "left unread"),
    ),
    Case(
        "Two sheets that hold the same columns",
        "refused, unless `params/layouts.yml` names the sheet",
        workbook(_second_sheet("Ledger old", *sheet_rows(99))),
        refused=("'Ledger' and 'Ledger old'", "name the sheet"),
    ),
    Case(
        "Two such sheets, and `params/layouts.yml` names one",
        "that one is read",
        workbook(_second_sheet("Ledger old", *sheet_rows(99))),
        TWO,
        layout="sheet: Ledger",
    ),
    Case(
        "A time beside a date",
        "midnight is read as the day",
        workbook(book(*sheet_rows(paid_on=datetime(2023, 9, 30)))),  # noqa: DTZ001
        TWO,
    ),
]

FILES = [
    Case(
        "The same extract as CSV and as workbook",
        "refused, both named",
        {**ledger(table(*TWO)), **workbook(book(*sheet_rows()))},
        refused=("ledger.csv", "ledger.xlsx too", "Keep the one"),
    ),
    Case(
        "A file and its copy, `ledger (1).csv`",
        "refused, both named",
        {**ledger(table(*TWO)), "ledger (1).csv": table(ACUTE)},
        refused=("ledger.csv", "ledger (1).csv", "Keep the one"),
    ),
    Case(
        "Only a copy, `ledger (1).csv`",
        "refused: rename it",
        {"ledger (1).csv": table(*TWO)},
        refused=("ledger (1).csv", "the name ledger.csv", "rename it"),
    ),
    Case("`LEDGER.CSV`, in capitals", "read", {"LEDGER.CSV": table(*TWO)}, TWO),
    Case(
        "The same content under two names",
        "refused, both named",
        {**ledger(table(*TWO)), "trial_balance.csv": table(*TWO)},
        refused=("ledger.csv", "trial_balance.csv", "wrong name"),
    ),
    Case(
        "An empty file",
        "refused: export again",
        ledger(b""),
        refused=("ledger.csv", "a header row", "empty"),
    ),
    Case(
        "A header and nothing below, except in `actions`, `risks` and `stated`",
        "refused: no records",
        ledger(table()),
        refused=("ledger.csv", "row 1", "records below the header"),
    ),
    Case(
        "A file with none of the columns",
        "refused: check that it is the right file",
        ledger(lines(("a", "b"), ("1", "2"))),
        refused=("a header row with the columns cost_centre", "right file"),
    ),
    Case(
        "An old workbook (`.xls`) or one with a password",
        "refused: save as .xlsx",
        {"ledger.xls": b"\xd0\xcf\x11\xe0"},
        refused=("ledger.xls", "ledger.csv or ledger.xlsx", ".xlsx"),
    ),
    Case(
        "A PDF, a zip file or a web page that is named as CSV",
        "refused: says what it is",
        ledger(b"<html><table><tr><td>1</td></tr></table></html>"),
        refused=("ledger.csv", "a web page", "save the sheet"),
    ),
    Case(
        "CSV text that is named as a workbook",
        "refused",
        workbook(table(*TWO)),
        refused=("ledger.xlsx", "no workbook", "save the sheet"),
    ),
    Case(
        "Bytes that are no text",
        "refused",
        ledger(b"cost_centre,\x00\x01\x02\n"),
        refused=("ledger.csv, row 1", "text", "CSV UTF-8"),
    ),
    Case(
        "The file of another month, by its title",
        "refused, both months named",
        ledger(lines(("Ledger position", "Month 5 (August 2023)"), HEAD, *TWO)),
        refused=("row 1", "September 2023 (M06 2023/24)", "August 2023"),
        month=True,
    ),
    Case(
        "`P05 2024/25`, `M5 24-25`, `AUG-24`, `Months 1 to 5`, `202405`: any form of a period",
        "refused where it is another month's, however it may be read",
        ledger(lines(("Period", "202305"), HEAD, *TWO)),
        refused=("row 1", "'Period 202305'", "September 2023 (M06 2023/24)"),
        month=True,
    ),
    Case(
        "`YTD to 31/08/2024`: the day on which a period ends",
        "refused where it is another month's",
        ledger(lines(("YTD to 31/08/2023",), HEAD, *TWO)),
        refused=("row 1", "'YTD to 31/08/2023'", "August 2023"),
        month=True,
    ),
    Case(
        "A title that says when the report was run, as `Run on Oct 12, 2023` or `12/10/2023`",
        "read: it is no month",
        ledger(lines(("Ledger Month 6", "Run on Oct 12, 2023 09:13"), HEAD, *TWO)),
        TWO,
        month=True,
    ),
    Case(
        "A title, a note or a sheet's name that says £000s over amounts that are in pounds",
        "refused: declare the scale",
        ledger(lines(("All figures in £000s",), HEAD, *TWO)),
        refused=("row 1", "'All figures in £000s'", "amounts in pounds", "`scale`"),
    ),
    Case(
        "The file of another place, by its title",
        "refused, both places named",
        ledger(lines(("Ledger of Southwark",), HEAD, *TWO)),
        refused=("row 1", "a file of Bromley", "Southwark"),
        month=True,
    ),
]

TEXTS = [
    Case(
        "Text with the signs that the paper marks its own numbers with, `⟦figure|text⟧`",
        "kept as text, in round brackets",
        ledger(table(("929001", "⟦position.bromley.total|£1⟧", "", "1234.50", "-20"))),
        (("929001", "(position.bromley.total|£1)", "", "1234.50", "-20"),),
    ),
    Case(
        "Text with markup, `{{ }}`, `=cmd|...` or a path in it",
        "kept as text, never run",
        ledger(table(("929001", "<b>{{ x }}</b> =cmd|'/c calc'!A0", "", "1234.50", "-20"))),
        (("929001", "<b>{{ x }}</b> =cmd|'/c calc'!A0", "", "1234.50", "-20"),),
    ),
    Case(
        "A cell of more than 32,767 characters",
        "refused: look for a quotation mark that does not close",
        ledger(table(("929001", "x" * 32_768, "", "1", "1"))),
        refused=("row 2", "32,767 characters", "quotation mark"),
    ),
]

CASES: tuple[tuple[str, list[Case]], ...] = (
    ("The file", FILES),
    ("Its shape", SHAPES),
    ("Rows that are no records", ROWS),
    ("Numbers", NUMBERS),
    ("Dates", DATES),
    ("Workbooks", WORKBOOKS),
    ("Text", TEXTS),
)


def document() -> str:
    """The tables of `docs/inputs.md`."""
    parts = []
    for title, cases in CASES:
        rows = [f"| {case.may_come} | {case.happens} |" for case in cases]
        table_head = ["| what may come | what happens |", "|---|---|"]
        parts.append("\n".join([f"## {title}", "", *table_head, *rows, ""]))
    return "\n".join(parts).replace("`=cmd|...`", "`=cmd\\|...`")
