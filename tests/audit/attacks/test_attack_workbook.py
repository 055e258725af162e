"""Attacks on a workbook: the second reader sees each, and what is expected names it."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from small_office import (
    META,
    WORKBOOK,
    Change,
    altered,
    small_build,
    small_checks,
    small_parts,
    small_register,
    swap,
    told,
)

from boardpack.audit.reader.expected import Expected, read_expected
from boardpack.audit.reader.hold_workbook import Checks, hold_workbook, read_checks
from boardpack.audit.reader.passage import Passage
from boardpack.audit.reader.workbook import read_workbook
from boardpack.outputs.workbook import places as workbook_places
from boardpack.outputs.workbook import sheet as workbook_sheet
from boardpack.outputs.workbook import tables as workbook_tables
from boardpack.outputs.workbook.file import workbook

COVER, CONTENTS, POSITION, REGISTER, CHECKS = (
    f"xl/worksheets/sheet{number}.xml" for number in range(1, 6)
)
BOOK, STYLES, TEXTS = "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml"


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_build(tmp_path_factory.mktemp("office") / "build")


@pytest.fixture(scope="module")
def expected(build: Path) -> Expected:
    return read_expected(build)


@pytest.fixture(scope="module")
def checks(build: Path) -> Checks:
    return read_checks(build)


@pytest.fixture(scope="module")
def honest(build: Path) -> list[Passage]:
    return read_workbook(build / WORKBOOK)


def test_an_honest_workbook_is_as_the_paper_says(
    honest: list[Passage], expected: Expected, checks: Checks
) -> None:
    assert told(hold_workbook(honest, expected, checks)) == ""


def test_the_reader_sees_what_is_printed_and_what_is_behind_it(honest: list[Passage]) -> None:
    sheet = "sheet 1.1 Position"
    row = ("Prescribing", "23,172", "25,385", "(2,213)", "(4,450)")
    assert Passage(f"{sheet}, row 6", "row", row) in honest
    assert Passage(f"{sheet}, cell D6", "formula", ("=B6-C6", "-2213000")) in honest
    assert Passage(f"{sheet}, cell B6", "formula", ("", "23172000")) in honest
    note = "Source: data/raw/position.csv, row 2, column budget: “23172”"
    assert Passage(f"{sheet}, cell B6", "aid", ("note", note)) in honest


def _cell(name: str, value: str) -> Change:
    """Another stored value in a cell, whatever it held."""
    pattern = re.compile(rf'(<c r="{name}"[^>]*>(?:<f>[^<]*</f>)?<v>)[^<]*')
    return lambda text: pattern.sub(rf"\g<1>{value}", text, count=1)


def _formula(name: str, formula: str) -> Change:
    """Another formula in a cell, with the result that it had."""
    pattern = re.compile(rf'(<c r="{name}"[^>]*>)<f>[^<]*</f>')
    made = f"<f>{formula}</f>" if formula else ""
    return lambda text: pattern.sub(rf"\g<1>{made}", text, count=1)


def _sheet(text: str) -> Change:
    """More of a sheet, after its cells."""
    return swap(("</sheetData>", f"</sheetData>{text}"))


def _beside(row: str, column: str) -> Change:
    """Words in a cell far to the right of a row."""
    cell = f'<c r="{column}{row}" t="inlineStr"><is><t>Underspent by £9m</t></is></c>'
    return lambda text: re.sub(rf'(<row r="{row}".*?)</row>', rf"\1{cell}</row>", text, count=1)


def _row(number: int, said: str) -> Change:
    return swap((f'<row r="{number}"', f'<row r="{number}" {said}'))


def _another_sheet(text: str) -> str:
    return text.replace(
        '<sheet name="Cover"',
        '<sheet name="Summary" sheetId="99" r:id="rId1"/><sheet name="Cover"',
        1,
    )


_OUTSIDE = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://x/externalLinkPath" Target="file:///c:/other.xlsx"'
    ' TargetMode="External"/></Relationships>'
)
_VALIDATION = (
    '<dataValidations count="1"><dataValidation type="whole" sqref="B6"><formula1>1</formula1>'
    "</dataValidation></dataValidations>"
)
_RULE = (
    '<conditionalFormatting sqref="B6"><cfRule type="expression" dxfId="0" priority="9">'
    "<formula>TRUE</formula></cfRule></conditionalFormatting>"
)
_TWO_INKS = '<si><r><t>Ca</t></r><r><rPr><color rgb="FFFFFFFF"/></rPr><t>re</t></r></si>'
_LABEL = (
    '<c r="A6" t="str"><f>IF(B6=23172000,&quot;Prescribing&quot;,&quot;Care&quot;)</f>'
    "<v>Prescribing</v></c>"
)
_ARRAY = '<c r="D6"><f t="array" ref="D6">B6-C6</f><v>-2213000</v></c>'

ATTACKS: dict[str, tuple[dict[str, Change | bytes | None], str]] = {
    "an input": (
        {POSITION: _cell("B6", "23172001")},
        "sheet 1.1 Position, cell B6: holds 23172001; the figure's exact value is 23172000",
    ),
    "an input in print": (
        {POSITION: _cell("B6", "13172000")},
        "sheet 1.1 Position, row 6: shows Prescribing | 13,172 ",
    ),
    "a stored result": (
        {POSITION: _cell("D6", "-1213000")},
        "row 6: shows Prescribing | 23,172 | 25,385 | (1,213) | (4,450); the paper has Prescribing",
    ),
    "a stored result in the register": (
        {REGISTER: _cell("G8", "-2213999")},
        "sheet Register, cell G8: holds -2213999; the exact value is -2213000",
    ),
    "a stored result of a check": (
        {CHECKS: _cell("F6", "0")},
        "sheet Checks, cell F6: holds 0; the exact value is 1000",
    ),
    "a result in words": ({CHECKS: _cell("H6", "differs")}, "stores differs, and its formula"),
    "a formula": (
        {POSITION: _formula("D6", "B6-C7")},
        "cell D6: stores -2213000.0, and its formula =B6-C7 gives 10247000.0",
    ),
    "a formula that gives the same": (
        {POSITION: _formula("D6", "B6-C6+0*B7")},
        "",
    ),
    "a formula typed as a number": (
        {POSITION: _formula("D6", "")},
        "cell D6: does not follow the inputs as position.anytown.prescribing.variance should:"
        " a typed number",
    ),
    "a formula with a number in it": (
        {POSITION: _formula("D6", "-2213000+0*B6")},
        "does not follow the inputs as position.anytown.prescribing.variance should",
    ),
    "a formula of the register": (
        {REGISTER: _formula("G8", "G7*0-2213000")},
        "sheet Register, cell G8: does not follow the inputs",
    ),
    "a function that nobody knows": (
        {POSITION: _formula("D6", 'WEBSERVICE("http://x.org")')},
        "cell D6: has a formula that cannot be reckoned: WEBSERVICE is no function",
    ),
    "a formula over an area": (
        {POSITION: lambda text: re.sub(r'<c r="D6".*?</c>', _ARRAY, text, count=1)},
        "cell D6: has a formula that cannot be reckoned",
    ),
    "a number format": (
        {
            STYLES: swap(
                ('"#,##0,_);(#,##0,);&quot;-&quot;_)"', '"#,##0,_);#,##0,;&quot;-&quot;_)"')
            )
        },
        "shows Prescribing | 23,172 | 25,385 | 2,213 | 4,450; the paper has Prescribing",
    ),
    "a number format of words": (
        {STYLES: swap(('"#,##0,_);(#,##0,);', '"#,##0,_);&quot;(1,213)&quot;;'))},
        "shows Prescribing | 23,172 | 25,385 | (1,213) | (1,213)",
    ),
    "a hidden row": ({POSITION: _row(6, 'hidden="1"')}, "row 6: has what no paper's workbook"),
    "a flat row": (
        {POSITION: lambda text: re.sub(r'(<row r="6"[^>]*) ht="[^"]*"', r'\1 ht="0.5"', text)},
        "row 6: has what no paper's workbook has: hidden row",
    ),
    "a hidden column": (
        {POSITION: lambda text: text.replace('<col min="2"', '<col hidden="1" min="2"')},
        "columns B:C: has what no paper's workbook has: hidden columns",
    ),
    "rows hidden by default": (
        {POSITION: swap(("<sheetFormatPr ", '<sheetFormatPr zeroHeight="1" '))},
        "rows are hidden by default",
    ),
    "a hidden sheet": (
        {BOOK: swap(('<sheet name="1.1 Position"', '<sheet state="hidden" name="1.1 Position"'))},
        "sheet 1.1 Position: has what no paper's workbook has: hidden sheet",
    ),
    "a very hidden sheet": (
        {BOOK: swap(('<sheet name="Checks"', '<sheet state="veryHidden" name="Checks"'))},
        "sheet Checks: has what no paper's workbook has: very hidden sheet",
    ),
    "a row left out": (
        {POSITION: lambda text: re.sub(r'<row r="7".*?</row>', "", text)},
        "sheet 1.1 Position, row 7: is empty; the paper has Care",
    ),
    "labels swapped": (
        {TEXTS: swap((">Prescribing<", ">@<"), (">Care<", ">Prescribing<"), (">@<", ">Care<"))},
        "row 6: shows Care | 23,172",
    ),
    "column heads swapped": (
        {TEXTS: swap((">Budget<", ">@<"), (">Actual<", ">Budget<"), (">@<", ">Actual<"))},
        "row 5: shows Directorate | Actual | Budget",
    ),
    "a caption": (
        {TEXTS: swap((">Position of Anytown<", ">Position of Bigtown<"))},
        "row 1: is headed 'Position of Bigtown'",
    ),
    "a unit": ({TEXTS: swap((">£000s<", ">£m<"))}, "row 1: is headed 'Position of Anytown', '£m'"),
    "a note below a table": (
        {TEXTS: swap(("(2,405) before", "(1,405) before"))},
        "shows The variance is (1,405) before rounding., which no row and no note",
    ),
    "a headline": (
        {TEXTS: swap((">£2.21m over<", ">£1.21m over<"))},
        "sheet Cover, row 14: shows Prescribing | (2,213) | £1.21m over",
    ),
    "a headline's label": (
        {TEXTS: swap((">Year to date<", ">Full-year forecast<"))},
        "sheet Cover, row 13: shows Full-year forecast",
    ),
    "how many checks": (
        {TEXTS: swap(("1 run, none open", "9 run, none open"))},
        "sheet Cover, row 8: says '9 run",
    ),
    "the status": (
        {
            TEXTS: swap(
                (
                    ">Anytown finance report, September 2023 · DRAFT<",
                    ">Anytown finance report, September 2023<",
                )
            )
        },
        "says 'Anytown finance report, September 2023', where the file says",
    ),
    "a figure's words": (
        {TEXTS: swap((">Prescribing, variance<", ">Care, variance<"))},
        "sheet Register, row 8: says 'Care, variance' under In words",
    ),
    "a figure's formula in words": (
        {TEXTS: swap((".prescribing.budget - ", ".care.budget - "))},
        "under Formula, over figures; the figure has",
    ),
    "a figure's source": (
        {TEXTS: swap((">data/raw/position.csv<", ">data/raw/other.csv<"))},
        "says 'data/raw/other.csv' under Source file",
    ),
    "a check's outcome": (
        {TEXTS: swap((">rounding only<", ">pass<"))},
        "sheet Checks, row 6: says 'pass' under Outcome in the paper",
    ),
    "a check's words": (
        {TEXTS: swap(("They differ by £1k.", "They agree."))},
        "sheet Checks, row 6: says 'They agree.' under What the check says",
    ),
    "white on white": (
        {STYLES: swap(('<color rgb="FF0000FF"/>', '<color rgb="FFFEFEFE"/>'))},
        "cells B6:B8: is set in #FEFEFE on #FFFFFF, which is hardly seen",
    ),
    "a size of one point": (
        {STYLES: lambda text: text.replace('<sz val="10"/>', '<sz val="1"/>')},
        "is set in 1 points, which is hardly seen",
    ),
    "a conditional format that hides": (
        {
            STYLES: swap(
                ('<dxf><font><color rgb="FFD5281B"/>', '<dxf><font><color rgb="FFFFFFFF"/>')
            )
        },
        "has a conditional format that changes more than a colour, or hides what it colours",
    ),
    "a conditional format of another number": (
        {
            STYLES: swap(
                ("<dxf><font>", '<dxf><numFmt numFmtId="199" formatCode="&quot;9&quot;"/><font>')
            )
        },
        "has a conditional format that changes more than a colour",
    ),
    "a conditional format by a formula": (
        {POSITION: _sheet(_RULE)},
        "cells B6: has a conditional format of another sort than the paper's: expression",
    ),
    "a validation": ({POSITION: _sheet(_VALIDATION)}, "has what no paper's workbook has: dataVal"),
    "cells run together": (
        {POSITION: _sheet('<mergeCells count="1"><mergeCell ref="B6:C6"/></mergeCells>')},
        "cells B6:C6: runs over cells that hold something",
    ),
    "a note on a cell": (
        {"xl/comments1.xml": swap(("row 2, column budget", "row 7, column budget"))},
        "cell B6: has a note that is not where position.anytown.prescribing.budget comes from",
    ),
    "a link": (
        {POSITION: swap(("'Contents'!A1", "'http://x.org'!A1"))},
        "leads to 'http://x.org'!A1, which is no sheet",
    ),
    "a name": (
        {BOOK: lambda text: re.sub(r"(prescribing_variance\">Register!\$G\$)\d+", r"\g<1>7", text)},
        "has the name position_anytown_prescribing_variance for Register!$G$7",
    ),
    "a print area": (
        {
            BOOK: swap(
                ("'1.1 Position'!$A$1:$E$", "'1.1 Position'!$A$1:$E$1,'1.1 Position'!$A$1:$E$")
            )
        },
        "alone, and leaves rows out",
    ),
    "a sheet put before": ({BOOK: _another_sheet}, "sheet Summary: is no table of the paper"),
    "a sheet taken out": (
        {BOOK: lambda text: re.sub(r'<sheet name="1.1 Position"[^>]*>', "", text)},
        "workbook: lacks the table 'Position of Anytown, £000s'",
    ),
    "opens at another sheet": (
        {BOOK: swap(("<workbookView ", '<workbookView activeTab="2" '))},
        "opens at another sheet than the first",
    ),
    "noughts not shown": (
        {POSITION: swap(("<sheetView ", '<sheetView showZeros="0" '))},
        "noughts are not shown",
    ),
    "reckoned by hand alone": (
        {BOOK: swap(("<calcPr ", '<calcPr calcMode="manual" '))},
        "has what no paper's workbook has: reckoning calcMode manual",
    ),
    "a macro": ({"xl/vbaProject.bin": b"Sub Auto_Open()"}, "holds the file xl/vbaProject.bin"),
    "a link to another workbook": (
        {"xl/externalLinks/_rels/externalLink1.xml.rels": _OUTSIDE.encode()},
        "leads outside externalLinkPath file:///c:/other.xlsx",
    ),
    "a note's row in the register": (
        {REGISTER: lambda text: re.sub(r'(<c r="N5"[^>]*><v>)\d+', r"\g<1>0", text)},
        "sheet Register, row 5: says",
    ),
    "words beside the register": (
        {REGISTER: _beside("5", "T")},
        "sheet Register, row 5: has 'Underspent by £9m' beside it",
    ),
    "a rounding typed": (
        {REGISTER: _formula("H18", "")},
        "sheet Register, cell H18: shows '1,000', where nothing should stand",
    ),
    "words beside a headline": (
        {COVER: _beside("13", "H")},
        "sheet Cover, row 13: shows Year to date",
    ),
    "words beside the meeting's date": (
        {COVER: _beside("6", "H")},
        "sheet Cover, row 6: shows Meeting | 23 November 2023",
    ),
    "words over a table": ({POSITION: _beside("2", "H")}, "row 2: shows Anytown finance report"),
    "words on the list of sheets": (
        {CONTENTS: _beside("1", "H")},
        "sheet Contents, row 1: shows Contents",
    ),
    "words over the checks": ({CHECKS: _beside("4", "P")}, "sheet Checks, row 4: shows 2 checks."),
    "a check's amount typed as a number": (
        {CHECKS: _formula("D6", "")},
        "sheet Checks, cell D6: is typed, and should be by =Register!G18",
    ),
    "a check's amount with a number in it": (
        {CHECKS: _formula("E6", "37894000")},
        "sheet Checks, cell E6: is reckoned by =37894000, and should be by =Register!G",
    ),
    "a difference typed as a number": (
        {CHECKS: _formula("F6", "")},
        "sheet Checks, cell F6: is typed, and should be by =E6-D6",
    ),
    "a computed figure typed in the register": (
        {REGISTER: _formula("G8", "")},
        "sheet Register, cell G8: does not follow the inputs as"
        " position.anytown.prescribing.variance should: a typed number",
    ),
    "an input that stands twice": (
        {REGISTER: _formula("G5", "")},
        "holds position.anytown.prescribing.budget as a typed number, as sheet Register, cell G5",
    ),
    "a rounding with another number in it": (
        {REGISTER: _formula("H18", "G17-37893000.0+0*G5")},
        "sheet Register, cell H18: is reckoned by =G17-37893000.0+0*G5, and should be by",
    ),
    "an outcome now that is typed": (
        {CHECKS: _formula("H6", "&quot;agrees&quot;")},
        "sheet Checks, cell H6: is reckoned by =",
    ),
    "a foot of every page": (
        {POSITION: swap(("&amp;CDRAFT", "&amp;CDRAFT, £9m underspent"))},
        "which the paper does not",
    ),
    "a property": (
        {"docProps/core.xml": swap(("</dc:subject>", " £9m underspent</dc:subject>"))},
        "properties: say",
    ),
    "a column too narrow": (
        {POSITION: lambda text: re.sub(r'(<col min="2" max="\d+" width=")[\d.]+', r"\g<1>3", text)},
        "too narrow for its numbers",
    ),
    "a text in two inks": (
        {TEXTS: swap(("<si><t>Care</t></si>", _TWO_INKS))},
        "has what no paper's workbook has: text in parts",
    ),
    "a label that a formula gives": (
        {POSITION: lambda text: re.sub(r'<c r="A6".*?</c>', _LABEL, text, count=1)},
        'cell A6: holds the formula =IF(B6=23172000,"Prescribing","Care"), where words should',
    ),
    "a file within": ({"docProps/more.bin": b"more"}, "holds the file docProps/more.bin"),
}
UNHELD = {"a formula that gives the same": "it is the same, however it is written"}
"""What only the comparison with the workbook made again tells apart, and why that is enough."""


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_is_seen_and_named(
    name: str,
    build: Path,
    honest: list[Passage],
    expected: Expected,
    checks: Checks,
    tmp_path: Path,
) -> None:
    changes, said = ATTACKS[name]
    passages = read_workbook(altered(build / WORKBOOK, tmp_path / WORKBOOK, changes))
    assert passages != honest
    found = told(hold_workbook(passages, expected, checks))
    if name in UNHELD:
        assert found == ""
    else:
        assert found
        assert said in found


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (("xl/workbook.xml", "xl/workbook.xml"), "holds xl/workbook.xml twice"),
        (("xl/workbook.xml", "XL/Workbook.xml"), "differ in capitals alone"),
    ],
)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_part_that_stands_twice_is_refused(
    names: tuple[str, str], said: str, build: Path, tmp_path: Path
) -> None:
    target = tmp_path / WORKBOOK
    target.write_bytes((build / WORKBOOK).read_bytes())
    with zipfile.ZipFile(target, "a") as file:
        file.writestr(names[1], b"<workbook/>")
    with pytest.raises(ValueError, match=said):
        read_workbook(target)


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"no zip", "cannot be read as an Office file"), (b"", "cannot be read as an Office file")],
)
def test_a_damaged_workbook_is_said_to_be_one(content: bytes, said: str, tmp_path: Path) -> None:
    target = tmp_path / WORKBOOK
    target.write_bytes(content)
    with pytest.raises(ValueError, match=said):
        read_workbook(target)


def test_a_part_that_is_no_xml_is_named(build: Path, tmp_path: Path) -> None:
    target = altered(build / WORKBOOK, tmp_path / WORKBOOK, {BOOK: lambda text: text[:200]})
    with pytest.raises(ValueError, match=r"xl/workbook\.xml in .* is no XML"):
        read_workbook(target)


def test_a_sheet_that_names_no_cell_is_said_to_be_damaged(build: Path, tmp_path: Path) -> None:
    changes = {POSITION: swap(('<c r="A6"', '<c r="6A"'))}
    target = altered(build / WORKBOOK, tmp_path / WORKBOOK, changes)
    with pytest.raises(ValueError, match="a cell that has no place"):
        read_workbook(target)


def test_entities_are_refused(build: Path, tmp_path: Path) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa">]><workbook/>'
    target = altered(build / WORKBOOK, tmp_path / WORKBOOK, {BOOK: lambda _: bomb})
    with pytest.raises(ValueError, match="defines entities"):
        read_workbook(target)


def test_a_zip_packed_again_shows_the_same(
    build: Path, honest: list[Passage], tmp_path: Path
) -> None:
    target = altered(build / WORKBOOK, tmp_path / WORKBOOK, {})
    assert target.read_bytes() != (build / WORKBOOK).read_bytes()
    assert read_workbook(target) == honest


Patch = Callable[[pytest.MonkeyPatch], None]


def _wrong_number(patch: pytest.MonkeyPatch) -> None:
    """A writer that stores and prints (1,213) for (2,213)."""
    write = workbook_tables.float if hasattr(workbook_tables, "float") else float
    wrong = lambda value: write(value) + (1_000_000 if int(value) == -2213000 else 0)  # noqa: E731
    patch.setattr(workbook_tables, "float", wrong, raising=False)


def _lost_sign(patch: pytest.MonkeyPatch) -> None:
    """A writer whose number format has no brackets."""
    formats = workbook_tables.number_formats

    def bare(*given: object) -> dict[tuple[int, int], str]:
        found = formats(*given)  # type: ignore[arg-type]
        return {place: re.sub(r"\((.*?[^_])\)", r"\1", code) for place, code in found.items()}

    patch.setattr(workbook_tables, "number_formats", bare)


def _wrong_label(patch: pytest.MonkeyPatch) -> None:
    """A writer that calls one line by another's name."""
    words = workbook_sheet.bare_text
    patch.setattr(workbook_sheet, "bare_text", lambda text: words(text).replace("Care", "Estates"))


def _wrong_formula(patch: pytest.MonkeyPatch) -> None:
    """A writer whose formulas add what they should take off."""
    write = workbook_places.spreadsheet_formula
    patch.setattr(
        workbook_places,
        "spreadsheet_formula",
        lambda *given: write(*given).replace("-", "+"),
    )


@pytest.mark.parametrize(
    ("patched", "said"),
    [
        (_wrong_number, "row 6: shows Prescribing | 23,172 | 25,385 | (1,213)"),
        (_lost_sign, "row 6: shows Prescribing | 23,172 | 25,385 | 2,213 | 4,450"),
        (_wrong_label, "row 7: shows Estates | 12,521"),
        (_wrong_formula, "cell D6: stores -2213000.0, and its formula =B6+C6 gives"),
    ],
)
def test_a_writer_that_errs_is_found(
    patched: Patch,
    said: str,
    expected: Expected,
    checks: Checks,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    patched(monkeypatch)
    register, target = small_register(), tmp_path / WORKBOOK
    target.write_bytes(workbook(small_parts(register), META, register, small_checks()))
    assert said in told(hold_workbook(read_workbook(target), expected, checks))
