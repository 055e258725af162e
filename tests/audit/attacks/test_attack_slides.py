"""Attacks on slides: the second reader sees each, and what is expected names it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from small_office import (
    META,
    SLIDES,
    Change,
    altered,
    small_build,
    small_parts,
    small_register,
    swap,
    told,
)

from boardpack.audit.reader.expected import Expected, read_expected
from boardpack.audit.reader.hold_slides import hold_slides
from boardpack.audit.reader.passage import Passage
from boardpack.audit.reader.slides import read_slides
from boardpack.outputs.slides import bars as slides_bars
from boardpack.outputs.slides import chart as slides_chart
from boardpack.outputs.slides import presentation as writer
from boardpack.outputs.slides import table as slides_table

COVER, HEADLINES, POSITION, DRIVER = (f"ppt/slides/slide{n}.xml" for n in range(1, 5))
WALK, BARS = "ppt/charts/chart1.xml", "ppt/charts/chart2.xml"
DATA = "ppt/embeddings/Microsoft_Excel_Sheet1.xlsx"
NOTES = "ppt/notesSlides/notesSlide4.xml"
LAYOUT, PRESENTATION = "ppt/slideLayouts/slideLayout6.xml", "ppt/presentation.xml"


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_build(tmp_path_factory.mktemp("office") / "build")


@pytest.fixture(scope="module")
def expected(build: Path) -> Expected:
    return read_expected(build)


@pytest.fixture(scope="module")
def honest(build: Path) -> list[Passage]:
    return read_slides(build / SLIDES)


def test_honest_slides_are_as_the_paper_says(honest: list[Passage], expected: Expected) -> None:
    assert told(hold_slides(honest, expected)) == ""


def test_the_reader_sees_words_rows_bars_and_notes(honest: list[Passage]) -> None:
    row = ("Prescribing", "23,172", "(2,213)", "(4,450)")
    assert Passage("slide 3", "row", row) in honest
    assert Passage("slide 2", "text", ("£2.21m over",)) in honest
    assert Passage("slide 4, notes", "text", ("Prescribing is £2.21m over. It grew.",)) in honest
    marks = [one.cells for one in honest if one.kind == "chart" and one.where.startswith("slide 4")]
    assert [mark[1:3] for mark in marks] == [
        ("Prescribing", "(2,213)"),
        ("Care", "(404)"),
        ("Corporate", "212"),
    ]
    assert marks[0][4] == "-2213"
    assert -1 < float(marks[0][3]) < -0.5


def _shape(left: int, top: int, width: int, height: int, inside: str, fill: str = "") -> Change:
    """A shape upon the others, in points."""
    area = f'<a:off x="{left * 12700}" y="{top * 12700}"/>'
    area += f'<a:ext cx="{width * 12700}" cy="{height * 12700}"/>'
    made = (
        '<p:sp><p:nvSpPr><p:cNvPr id="99" name="More"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr>'
        f"<p:spPr><a:xfrm>{area}</a:xfrm>{fill or '<a:noFill/>'}</p:spPr>{inside}</p:sp></p:spTree>"
    )
    return swap(("</p:spTree>", made))


def _words(text: str) -> str:
    return f"<p:txBody><a:bodyPr/><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:txBody>"


def _data(change: Change) -> Change:
    """The workbook within a chart, with other cells."""

    def made(text: str) -> str:
        inner, out = io.BytesIO(text.encode("latin-1")), io.BytesIO()
        with zipfile.ZipFile(inner) as old, zipfile.ZipFile(out, "w") as new:
            for name in old.namelist():
                content = old.read(name).decode()
                is_sheet = name == "xl/worksheets/sheet1.xml"
                new.writestr(name, change(content) if is_sheet else content)
        return out.getvalue().decode("latin-1")

    return made


_MORE_DATA = '<row r="20"><c r="A20"><v>9</v></c></row></sheetData>'
WHITE = '<a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill>'
_OTHER_WORDS = r'\1<c:numFmt formatCode="&quot;9&quot;" sourceLinked="0"/>\2'
_REVERSED = r'\1<c:orientation val="maxMin"/></c:scaling>'
_TIMING = "<p:timing><p:tnLst/></p:timing></p:sld>"
_PICTURE = (
    '<p:pic><p:nvPicPr><p:cNvPr id="98" name="Picture"/><p:cNvPicPr/><p:nvPr/></p:nvPicPr>'
    '<p:spPr><a:xfrm><a:off x="635000" y="1905000"/><a:ext cx="5080000" cy="1270000"/></a:xfrm>'
    "</p:spPr></p:pic></p:spTree>"
)

ATTACKS: dict[str, tuple[dict[str, Any], str]] = {
    "a sentence's number": (
        {HEADLINES: swap(("is £2.4m overspent", "is £1.4m overspent"))},
        "slide 2: says 'Anytown is £1.4m overspent to date.', which the paper does not",
    ),
    "a sentence's direction": (
        {HEADLINES: swap(("£2.4m overspent", "£2.4m underspent"))},
        "slide 2: says 'Anytown is £2.4m underspent to date.'",
    ),
    "half of a sentence": (
        {HEADLINES: swap(("Anytown is £2.4m overspent to date.", "£2.4m"))},
        "slide 2: says '£2.4m', which the paper does not",
    ),
    "a headline's number": (
        {HEADLINES: swap((">£2.21m over<", ">£1.21m over<"))},
        "slide 2: shows Prescribing | £1.21m over",
    ),
    "a headline's direction": (
        {HEADLINES: swap((">£2.21m over<", ">£2.21m<"))},
        "slide 2: shows Prescribing | £2.21m | £2.21m worse",
    ),
    "headlines' labels swapped": (
        {HEADLINES: swap((">Prescribing<", ">@<"), (">Care<", ">Prescribing<"), (">@<", ">Care<"))},
        "slide 2: shows Care | £2.21m over",
    ),
    "a driver's title": (
        {DRIVER: swap(("Prescribing is £2.21m over.", "Prescribing is £404k over."))},
        "slide 4: says 'Prescribing is £404k over.'",
    ),
    "a table that says it goes on": (
        {
            POSITION: swap(
                (">Position of Anytown, £000s<", ">The first 3 of 9 rows: the paper has them all.<")
            )
        },
        "slide 3: says 'The first 3 of 9 rows: the paper has them all.' of a table with",
    ),
    "words on rows where there is no table": (
        {
            DRIVER: swap(
                ("Prescribing is £2.21m over.", "The first 3 of 9 rows: the paper has them all.")
            )
        },
        "slide 4: says 'The first 3 of 9 rows: the paper has them all.', and shows no table.",
    ),
    "a number in a table": (
        {POSITION: swap((">(2,213)<", ">(1,213)<"))},
        "slide 3: shows Prescribing | 23,172 | (1,213)",
    ),
    "a lost sign in a table": (
        {POSITION: swap((">(2,213)<", ">2,213<"))},
        "slide 3: shows Prescribing | 23,172 | 2,213",
    ),
    "rows' labels swapped": (
        {POSITION: swap((">Prescribing<", ">@<"), (">Care<", ">Prescribing<"), (">@<", ">Care<"))},
        "slide 3: shows Care | 23,172",
    ),
    "column heads swapped": (
        {
            POSITION: swap(
                (">Budget<", ">@<"), (">(Over)/under<", ">Budget<"), (">@<", ">(Over)/under<")
            )
        },
        "slide 3: has a table headed Directorate | To date (Over)/under",
    ),
    "a row left out": (
        {POSITION: lambda text: re.sub(r"<a:tr [^>]*>(?:(?!<a:tr ).)*>Care<.*?</a:tr>", "", text)},
        "rows of 'Position of Anytown, £000s', which has 6",
    ),
    "a bar": (
        {BARS: swap(("<c:v>-2213.0</c:v>", "<c:v>-1213.0</c:v>"))},
        "draws -1213.0 for Variance, Prescribing; the figure comes to -2213.0",
    ),
    "a bar's label": (
        {BARS: swap((">(2,213)<", ">(1,213)<"))},
        "is labelled '(1,213)' at Variance, Prescribing; the paper has '(2,213)'",
    ),
    "a bar's name": (
        {BARS: lambda text: text.replace("<c:v>Care</c:v>", "<c:v>Estates</c:v>")},
        "has a mark for 'Estates', which the paper's chart does not have",
    ),
    "a series' name": (
        {BARS: swap(("<c:v>Variance</c:v>", "<c:v>Savings</c:v>"))},
        "has the series 'Savings', which the paper's chart does not show",
    ),
    "a bar not painted": (
        {
            BARS: lambda text: re.sub(
                r"(<c:dPt><c:idx val=\"0\"/>.*?<c:spPr>)<a:solidFill>.*?</a:solidFill>",
                r"\1<a:noFill/>",
                text,
                count=1,
            )
        },
        "does not show a mark of Variance",
    ),
    "an axis that starts elsewhere": (
        {BARS: lambda text: re.sub(r'<c:min val="[^"]*"/>', '<c:min val="-300"/>', text)},
        "cuts off the mark of Variance, Prescribing",
    ),
    "an axis that runs the other way": (
        {BARS: lambda text: re.sub(r"(<c:valAx>.*?)</c:scaling>", _REVERSED, text)},
        "has an axis that runs the other way",
    ),
    "a step of a walk": (
        {WALK: swap(("<c:v>2213.0</c:v>", "<c:v>1213.0</c:v>"))},
        "draws Prescribing from",
    ),
    "a walk that starts above zero without a word": (
        {POSITION: lambda text: re.sub(r" \(bars start at [^)]*\)", "", text)},
        "does not say (bars start at 34,000, not at zero)",
    ),
    "the data of a chart": (
        {DATA: _data(swap(("<v>2213</v>", "<v>1213</v>")))},
        "its data in Sheet1!$C$2:$C$6 holds 37894, 1213",
    ),
    "more data than is drawn": (
        {DATA: _data(swap(("</sheetData>", _MORE_DATA)))},
        "has '9' in its data, which it does not draw",
    ),
    "an alternative text": (
        {DRIVER: swap(("Each line's variance.", "Each line's saving."))},
        "has no text alternative that is a chart's of the paper",
    ),
    "an alternative text of a table": (
        {
            POSITION: swap(
                ('descr="Position of Anytown, £000s"', 'descr="Position of Bigtown, £000s"')
            )
        },
        "has the text alternative 'Position of Bigtown, £000s'",
    ),
    "notes": (
        {NOTES: swap(("£2.21m over", "£1.21m over"))},
        "slide 4, notes: says 'Prescribing is £1.21m over. It grew.'",
    ),
    "a hidden slide": (
        {POSITION: swap(("<p:sld ", '<p:sld show="0" '))},
        "slide 3: has what no paper's slides have: hidden slide",
    ),
    "a hidden shape": (
        {
            POSITION: swap(
                ('name="Table: position-table"', 'name="Table: position-table" hidden="1"')
            )
        },
        "slide 3: has what no paper's slides have: hidden shape",
    ),
    "words upon a slide": (
        {POSITION: _shape(60, 440, 200, 30, _words("Savings of £9m are certain"))},
        "slide 3: says 'Savings of £9m are certain'",
    ),
    "a cover upon a table": (
        {POSITION: _shape(60, 150, 400, 100, "", WHITE)},
        "slide 3: has the shape 'More' over another",
    ),
    "a picture upon a table": (
        {POSITION: swap(("</p:spTree>", _PICTURE))},
        "'Picture' over another",
    ),
    "a shape outside the slide": (
        {DRIVER: lambda text: re.sub(r'<a:off x="\d+"', '<a:off x="99000000"', text, count=1)},
        "outside the slide",
    ),
    "white on white": (
        {POSITION: lambda text: text.replace('val="212B32"', 'val="FDFDFD"')},
        "is set in FDFDFD on FFFFFF, which is hardly seen",
    ),
    "a size of one point": (
        {POSITION: lambda text: re.sub(r'sz="\d+"', 'sz="100"', text)},
        "is set in 1 points, which is hardly read",
    ),
    "an animation": (
        {POSITION: swap(("</p:sld>", _TIMING))},
        "slide 3: has what no paper's slides have: timing",
    ),
    "words behind every slide": (
        {LAYOUT: _shape(60, 440, 200, 30, _words("Savings of £9m are certain"))},
        "layout 2: says 'Savings of £9m are certain'",
    ),
    "a show of some slides": (
        {PRESENTATION: swap(("</p:presentation>", "<p:custShowLst/></p:presentation>"))},
        "has what no paper's slides have: custShowLst",
    ),
    "slides in another order": (
        {
            PRESENTATION: lambda text: re.sub(
                r'(<p:sldId id="257"[^>]*>)(<p:sldId id="258"[^>]*>)', r"\2\1", text
            )
        },
        "",
    ),
    "names of bars taken away": (
        {BARS: lambda text: re.sub(r'(<c:catAx>.*?<c:delete val=")0', r"\g<1>1", text)},
        "does not show the names of its marks",
    ),
    "an axis with other words": (
        {BARS: lambda text: re.sub(r"(<c:valAx>.*?)(<c:crossAx)", _OTHER_WORDS, text)},
        'prints its axis as "9"',
    ),
    "a line of trend": (
        {BARS: swap(("<c:cat>", "<c:trendline/><c:cat>"))},
        "has what no chart of a paper has: also drawn",
    ),
    "a label that is made up anew": (
        {BARS: swap(("</c:dLbl>", "<c:extLst/></c:dLbl>"))},
        "has what no chart of a paper has: also drawn",
    ),
    "words pushed out of their shape": (
        {HEADLINES: swap(('<a:bodyPr wrap="square"', '<a:bodyPr lIns="99999999" wrap="square"'))},
        "slide 2: has what no paper's slides have: words pushed aside",
    ),
    "a property": (
        {"docProps/core.xml": swap(("</dc:subject>", " £9m underspent</dc:subject>"))},
        "properties: say",
    ),
    "a film": ({"ppt/media/film.mp4": b"film"}, "holds the file ppt/media/film.mp4"),
    "a macro": ({"ppt/vbaProject.bin": b"Sub"}, "holds the file ppt/vbaProject.bin"),
}
UNHELD = {
    "slides in another order": "slides are a selection, of which any order says the same",
}
"""What only the comparison with slides made again tells apart, and why that is enough."""


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_is_seen_and_named(
    name: str, build: Path, honest: list[Passage], expected: Expected, tmp_path: Path
) -> None:
    changes, said = ATTACKS[name]
    passages = read_slides(altered(build / SLIDES, tmp_path / SLIDES, changes))
    assert passages != honest
    found = told(hold_slides(passages, expected))
    if name in UNHELD:
        assert found == ""
    else:
        assert found
        assert said in found


def test_slides_packed_again_show_the_same(
    build: Path, honest: list[Passage], tmp_path: Path
) -> None:
    target = altered(build / SLIDES, tmp_path / SLIDES, {})
    assert target.read_bytes() != (build / SLIDES).read_bytes()
    assert read_slides(target) == honest


def test_groups_without_end_are_said_to_be_damaged(build: Path, tmp_path: Path) -> None:
    groups = "<p:grpSp>" * 2000 + "</p:grpSp>" * 2000
    changes = {POSITION: swap(("</p:spTree>", f"{groups}</p:spTree>"))}
    with pytest.raises(ValueError, match="is damaged, and cannot be read whole"):
        read_slides(altered(build / SLIDES, tmp_path / SLIDES, changes))


def test_damaged_slides_are_said_to_be_so(tmp_path: Path) -> None:
    (tmp_path / SLIDES).write_bytes(b"no zip")
    with pytest.raises(ValueError, match="cannot be read as an Office file"):
        read_slides(tmp_path / SLIDES)


Patch = Callable[[pytest.MonkeyPatch], None]


def _wrong_number(patch: pytest.MonkeyPatch) -> None:
    text = slides_table._text
    patch.setattr(slides_table, "_text", lambda cell: text(cell).replace("(2,213)", "(1,213)"))


def _lost_sign(patch: pytest.MonkeyPatch) -> None:
    text = slides_table._text
    patch.setattr(slides_table, "_text", lambda cell: text(cell).strip("()"))


def _wrong_label(patch: pytest.MonkeyPatch) -> None:
    text = slides_table._text
    patch.setattr(slides_table, "_text", lambda cell: text(cell).replace("Care", "Estates"))


def _wrong_words(patch: pytest.MonkeyPatch) -> None:
    plain = writer.plain
    patch.setattr(writer, "plain", lambda text: plain(text).replace(" over", " under"))


def _wrong_bars(patch: pytest.MonkeyPatch) -> None:
    """Bars, with their labels and their data, of which one is a million short."""
    spans = slides_bars.bar_spans

    def wrong(chart: Any) -> Any:
        made = spans(chart)
        first, *others = made.bars
        short = replace(first, end=first.end + 1000, text="(1,213)")
        return replace(made, bars=(short, *others))

    patch.setattr(slides_bars, "bar_spans", wrong)


def _wrong_labels(patch: pytest.MonkeyPatch) -> None:
    label = slides_chart.label

    def wrong(point: Any, text: str, *given: Any) -> None:
        label(point, text.strip("()"), *given)

    patch.setattr(slides_chart, "label", wrong)


@pytest.mark.parametrize(
    ("patched", "said"),
    [
        (_wrong_number, "slide 3: shows Prescribing | 23,172 | (1,213)"),
        (_lost_sign, "slide 3: shows Prescribing | 23,172 | 2,213"),
        (_wrong_label, "slide 3: shows Estates | 12,521"),
        (_wrong_words, "slide 2: shows Prescribing | £2.21m under"),
        (_wrong_bars, "draws -1213.0 for Variance, Prescribing; the figure comes to -2213.0"),
        (_wrong_labels, "is labelled '2,213' at Variance, Prescribing; the paper has '(2,213)'"),
    ],
)
def test_a_writer_that_errs_is_found(
    patched: Patch,
    said: str,
    expected: Expected,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    patched(monkeypatch)
    target = tmp_path / SLIDES
    target.write_bytes(writer.slides(small_parts(small_register()), META))
    assert said in told(hold_slides(read_slides(target), expected))
