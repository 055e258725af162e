"""What somebody may alter in a build, each in the smallest way that matters: `ATTACKS`."""

from __future__ import annotations

import json
import re
import zipfile
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pikepdf
import pyarrow as pa
import pyarrow.parquet as pq
from PIL import Image

from sealed_project import alter

FIGURE = "position.bromley.prescribing.ytd_variance"
PAGE, ONE_PAGE = "html/index.html", "board-paper.html"
NOTEBOOK = "notebooks/02_position.ipynb"

Alter = Callable[[Path], None]


@dataclass(frozen=True)
class Attack:
    """One alteration: what it is, in which file, how it is made, and what must be named.

    The file stands in the build, or in the project where it is code or an extract. It must be
    named, where no figure or check in it is.
    """

    what: str
    file: str
    make: Alter
    in_project: bool = False
    named: str = ""


def root_of(build: Path) -> Path:
    """The project around a build."""
    return build.parents[3]


def words(what: str, file: str, old: str, new: str) -> Attack:
    """Other words in a text file of the build, in the place of the first that are found."""
    return Attack(what, file, lambda build: alter(build / file, old, new))


def pattern(what: str, file: str, old: str, new: str, named: str = "") -> Attack:
    """What a pattern finds first in a text file of the build, replaced."""

    def make(build: Path) -> None:
        text = (build / file).read_text("utf-8")
        changed, count = re.subn(old, new, text, count=1, flags=re.DOTALL)
        assert count == 1
        assert changed != text, what
        (build / file).write_text(changed, "utf-8")

    return Attack(what, file, make, named=named)


def appended(what: str, file: str, more: str) -> Attack:
    """More at the end of a file of the build, or a new file."""

    def make(build: Path) -> None:
        path = build / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes((path.read_bytes() if path.exists() else b"") + more.encode())

    return Attack(what, file, make)


def zipped(what: str, file: str, member: str, old: str, new: str) -> Attack:
    """What a pattern finds first in a part of an Office file, replaced."""

    def make(build: Path) -> None:
        path, done = build / file, 0
        with zipfile.ZipFile(path) as archive:
            parts = [(entry, archive.read(entry)) for entry in archive.infolist()]
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for entry, content in parts:
                made = content
                if not done and re.fullmatch(member, entry.filename):
                    text, done = re.subn(old, new, content.decode(), count=1, flags=re.DOTALL)
                    made = text.encode()
                archive.writestr(entry, made)
        assert done == 1, what

    return Attack(what, file, make)


def code(what: str, name: str, more: str) -> Attack:
    """A file of the project's code, more put at its end."""

    def make(build: Path) -> None:
        path = root_of(build) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes((path.read_bytes() if path.exists() else b"") + more.encode())

    return Attack(what, name, make, in_project=True)


def _extract(build: Path) -> None:
    alter(root_of(build) / "data/raw/2023-24/M06/position.csv", '"23,172"', '"23,173"')


def _block(build: Path) -> None:
    """Another number in a block, as the notebook shows it."""
    alter(build / NOTEBOOK, "(2,213)", "(2,231)")


def _source(build: Path) -> None:
    record = json.loads((build / NOTEBOOK).read_text("utf-8"))
    record["cells"][0]["source"] = "# Another title"
    (build / NOTEBOOK).write_text(json.dumps(record), "utf-8")


def _parquet(build: Path) -> None:
    path = build / "figures.parquet"
    held = pq.read_table(path)
    rows = held.to_pylist()
    (place,) = [n for n, row in enumerate(rows) if row["id"] == FIGURE]
    rows[place]["value"] += 1
    pq.write_table(pa.Table.from_pylist(rows, schema=held.schema), path)


def _pdf(change: Callable[[pikepdf.Pdf], None]) -> Alter:
    def make(build: Path) -> None:
        path = build / "board-paper.pdf"
        with pikepdf.open(path, allow_overwriting_input=True) as pdf:
            change(pdf)
            pdf.save(path)

    return make


def _glyphs(pdf: pikepdf.Pdf) -> None:
    """The first letters that the second page shows are shown no more."""
    page = pdf.pages[1]
    shown = [*pikepdf.parse_content_stream(page)]
    place = next(n for n, one in enumerate(shown) if str(one.operator) in ("Tj", "TJ"))
    del shown[place]
    page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(shown))


def _overlay(pdf: pikepdf.Pdf) -> None:
    """A white box over a part of the second page, and a word upon it in a font of every reader."""
    page = pdf.pages[1]
    fonts = page.Resources.get("/Font", pikepdf.Dictionary())
    kind, sort, face = pikepdf.Name.Font, pikepdf.Name.Type1, pikepdf.Name.Helvetica
    font = pikepdf.Dictionary(Type=kind, Subtype=sort, BaseFont=face)
    fonts["/Planted"] = pdf.make_indirect(font)
    page.Resources["/Font"] = fonts
    drawn = b"q 1 g 50 500 300 40 re f 0 g BT /Planted 20 Tf 60 510 Td (1,213) Tj ET Q"
    page.contents_add(pdf.make_stream(drawn))


def _attachment(pdf: pikepdf.Pdf) -> None:
    held = pdf.attachments["figures.json"].get_file().read_bytes()
    pdf.attachments["figures.json"] = pikepdf.AttachedFileSpec(
        pdf, held.replace(b"-2213000", b"-1213000"), filename="figures.json"
    )


def _tag(pdf: pikepdf.Pdf) -> None:
    """The words of a tag, which a screen reader says in place of what is printed."""
    for one in pdf.objects:
        if isinstance(one, pikepdf.Dictionary) and "/ActualText" in one:
            one["/ActualText"] = pikepdf.String("minus 1,213")
            return
        if isinstance(one, pikepdf.Dictionary) and "/Alt" in one:
            one["/Alt"] = pikepdf.String("A chart in which all is well.")
            return
    raise AssertionError("no tag has words of its own")


def logo(colour: str) -> bytes:
    """A small picture of one colour: the logo of the project that is attacked, or another."""
    told = BytesIO()
    Image.new("RGB", (60, 20), colour).save(told, "png")
    return told.getvalue()


def _address(colour: str) -> str:
    return f"data:image/png;base64,{b64encode(logo(colour)).decode()}"


def _media(file: str) -> Alter:
    """Another picture in the place of the logo in an Office file."""

    def make(build: Path) -> None:
        with zipfile.ZipFile(build / file) as archive:
            parts = [(entry, archive.read(entry)) for entry in archive.infolist()]
        assert [content for _, content in parts].count(logo(LOGO_COLOUR)) == 1
        with zipfile.ZipFile(build / file, "w", zipfile.ZIP_DEFLATED) as archive:
            for entry, content in parts:
                archive.writestr(entry, logo("red") if content == logo(LOGO_COLOUR) else content)

    return make


def _picture(pdf: pikepdf.Pdf) -> None:
    """The first page's picture in the colours of its negative."""
    (image,) = pdf.pages[0].get_images().values()
    image.write(bytes(255 - byte for byte in image.read_bytes()))


LOGO_COLOUR, LOGO_WORDS = "navy", "One Bromley"
DOCX, XLSX, PPTX, PDF = (f"board-paper.{end}" for end in ("docx", "xlsx", "pptx", "pdf"))
NUMBER = "(2,213)"
ATTACKS = (
    Attack("a cell of an extract", "data/raw/2023-24/M06/position.csv", _extract, True),
    pattern("a figure of the register", "figures.json", '"-2213000"', '"-2123000"', FIGURE),
    pattern("the outcome of a check", "checks.json", '"pass"', '"waived"', "extracts.unused"),
    Attack("a number in a notebook's block", NOTEBOOK, _block),
    Attack("the source of a notebook's cell", NOTEBOOK, _source),
    code("the notebook that is run", NOTEBOOK, " "),
    code("a template", "templates/chapters/position.md.j2", "All is well."),
    code("an extension of the book", "book/_ext/offline.py", "\nprint()\n"),
    code("an extension that is added", "book/_ext/planted.py", "import os\n"),
    code("a script of the book", "book/_static/charts.js", "\nrewrite();\n"),
    code("the settings of the book", "_config.yml", "\n# planted\n"),
    code("a script that is run", "scripts/verify.py", "\nprint()\n"),
    appended(
        "a style sheet that hides a row",
        "html/_static/content.css",
        "\ntr:nth-child(3) { display: none }\n",
    ),
    appended("a script of a page's", "html/_static/charts.js", "\nrewrite();\n"),
    words("a script in a page", PAGE, "</body>", "<script>rewrite()</script></body>"),
    words("a style in a page", PAGE, "<tr>", '<tr style="display:none">'),
    words("a tagged number in a page", PAGE, f">{NUMBER}<", ">(2,231)<"),
    pattern("a word in a page", PAGE, "budget(?=[^<>]*<)", "gadget"),
    pattern("a number of the commentary in a page", PAGE, r"£\d(?=[^<>]*</)", "£7"),
    pattern(
        "two row labels in a page, swapped",
        PAGE,
        r"(<th[^>]*>)(Prescribing)(</th>)(.*?)(<th[^>]*>)(Other Primary[^<]*)(</th>)",
        r"\1\6\3\4\5\2\7",
    ),
    pattern(
        "two column heads in a page, swapped",
        PAGE,
        r"(<th[^>]*>)([^<>]*Budget[^<>]*)(</th>.{0,200}?<th[^>]*>)([^<>]*Actual[^<>]*)(</th>)",
        r"\1\4\3\2\5",
    ),
    pattern(
        "a second table in a page, the first hidden",
        PAGE,
        r"<table(.*?)</table>",
        r"<table hidden\1</table><table\1</table>",
    ),
    pattern("the words of a chart in a page", PAGE, r"(<svg.*?<text[^>]*>)[^<]+", r"\1More"),
    pattern("the length of a bar in a page", PAGE, r'(mark-rect.*?<path d="M)\d', r"\g<1>9"),
    pattern("words for a screen reader in a page", PAGE, r'(aria-label=")[^"]+', r"\1All is well"),
    words("a picture in a page", PAGE, _address(LOGO_COLOUR), _address("red")),
    words("the words of a picture in a page", PAGE, f'alt="{LOGO_WORDS}"', 'alt="Another body"'),
    words(
        "a picture that is added to a page",
        PAGE,
        "</main>",
        f'<img src="{_address("red")}" alt="All is well"></main>',
    ),
    words("the paper as one page", ONE_PAGE, NUMBER, "(2,231)"),
    words("a picture of the one page", ONE_PAGE, _address(LOGO_COLOUR), _address("red")),
    zipped("a word of the Word document", DOCX, "word/document.xml", "Prescribing", "Prescribers"),
    zipped("a number of the Word document", DOCX, "word/document.xml", r"\(2,213\)", "(2,231)"),
    zipped(
        "a tag of the Word document, removed",
        DOCX,
        "word/document.xml",
        r'<w:bookmarkStart[^>]*w:name="_f[^>]*>',
        "",
    ),
    Attack("a picture of the Word document", DOCX, _media(DOCX)),
    Attack("a picture of the slides", PPTX, _media(PPTX)),
    zipped("a number of the slides", PPTX, r"ppt/slides/slide\d+\.xml", r"\(2,213\)", "(2,231)"),
    zipped(
        "words of the slides", PPTX, r"ppt/slides/slide\d+\.xml", r"(<a:t>)[A-Z][a-z]+", r"\1All"
    ),
    zipped(
        "the data of a chart of the slides",
        PPTX,
        r"ppt/charts/chart\d+\.xml",
        r"(<c:val>.*?<c:v>)[^<]+",
        r"\g<1>7",
    ),
    zipped(
        "an input of the workbook",
        XLSX,
        r"xl/worksheets/sheet\d+\.xml",
        r"(<c r=\"[A-Z]+\d+\" s=\"\d+\"><v>)-?\d{4,}",
        r"\g<1>7",
    ),
    zipped(
        "a formula of the workbook",
        XLSX,
        r"xl/worksheets/sheet\d+\.xml",
        r"<f>[^<]+</f>",
        "<f>1</f>",
    ),
    zipped("words of the workbook", XLSX, "xl/sharedStrings.xml", "Prescribing", "Prescribers"),
    Attack("letters of the PDF, left out", PDF, _pdf(_glyphs)),
    Attack("a box laid over a page of the PDF", PDF, _pdf(_overlay)),
    Attack("the words of a tag of the PDF", PDF, _pdf(_tag)),
    Attack("an attachment of the PDF", PDF, _pdf(_attachment)),
    Attack("a picture of the PDF", PDF, _pdf(_picture)),
    pattern(
        "a row of the figures as CSV",
        "figures.csv",
        rf"({re.escape(FIGURE)},.*?)-2213000",
        r"\1-2123000",
    ),
    Attack("a row of the figures as Parquet", "figures.parquet", _parquet),
    words("the dictionary of the figures", "data-dictionary.md", "pounds", "pence"),
    appended("a file that is added", "html/more.html", "<p>More</p>"),
    appended("a hidden file", "html/.more.js", "rewrite()"),
    appended("what Python keeps", "html/__pycache__/more.pyc", "more"),
    appended("what a file manager leaves", ".DS_Store", "more"),
)
