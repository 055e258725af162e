"""A home's colours and logo: from its report into every output, and back through verification."""

from __future__ import annotations

import json
import zipfile
from base64 import b64encode
from pathlib import Path

import pikepdf
import pytest

from boardpack.audit.bundles.bundle import write_bundle
from boardpack.audit.verification.sealed import Sealed
from boardpack.audit.verification.styles import STRANGE, hold_styles
from boardpack.audit.verification.verify import How, verify
from boardpack.core.design import OwnDesign, design, own_design, usual_design
from boardpack.core.params import load_paper
from boardpack.core.periods import Month
from boardpack.outputs.design import design_css
from boardpack.render.current import changed_since
from boardpack.render.layout import Layout
from boardpack.render.progress import Timed
from sealed_project import ACCEPT, copied, rendered, run, seal_anew, small_project

TITLES, MARKS = "4b0a3c", "7a1f5c"
USUAL = {colour.lstrip("#").lower() for colour in (usual_design().colours.dark_blue, "#12436D")}
LOGO = Path("params/logo.svg")
SAYS = "One Bromley"
DRAWN = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 10"><path d="M0 0h30v10h-30z"/></svg>'
)
SAID = (
    f'design:\n  colours:\n    dark_blue: "#{TITLES}"\n    series_1: "#{MARKS}"\n'
    f"  logo: {{file: {LOGO.as_posix()}, says: {SAYS}}}\n"
)
REPORT = Path("params/report.yml")
CSS = Path("html/_static/design.css")


def say(home: Path, said: str, before: str = "") -> None:
    """Put a group at the head of a home's report, in the place of another."""
    text = (home / REPORT).read_text(encoding="utf-8").removeprefix(before)
    (home / REPORT).write_text(said + text, encoding="utf-8")


def changed(root: Path) -> set[str]:
    """What has changed since the paper was made."""
    return set(changed_since(Layout(root, load_paper(root, Month(2023, 6), "bromley"))))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small project with a look of its own and its paper, as the command line makes it."""
    root = small_project(tmp_path_factory.mktemp("colours"))
    say(root, SAID)
    (root / LOGO).write_text(DRAWN, encoding="utf-8")
    rendered(root)
    return root


@pytest.fixture(scope="module")
def build(home: Path) -> Path:
    return home / "build/2023-24/M06/bromley"


def text_of(build: Path, output: str) -> str:
    """An output as text, in small letters; of an office file all that is XML in it."""
    file = build / output
    if file.suffix not in (".docx", ".pptx", ".xlsx"):
        return file.read_text(encoding="utf-8").lower()
    with zipfile.ZipFile(file) as archive:
        names = [name for name in archive.namelist() if name.endswith(".xml")]
        return "".join(archive.read(name).decode() for name in names).lower()


OUTPUTS = [
    (CSS.as_posix(), {TITLES, MARKS}),
    ("html/index.html", {MARKS}),
    ("notebooks/02_position.ipynb", {MARKS}),
    ("board-paper.html", {TITLES, MARKS}),
    ("board-paper.docx", {TITLES}),
    ("board-paper.pptx", {TITLES, MARKS}),
    ("board-paper.xlsx", {TITLES}),
]


@pytest.mark.parametrize(("output", "expected"), OUTPUTS)
def test_its_colours_stand_in_each_output_and_not_the_project_s(
    output: str, expected: set[str], build: Path
) -> None:
    text = text_of(build, output)
    assert {colour for colour in (TITLES, MARKS) if colour in text} >= expected
    assert {colour for colour in USUAL if colour in text} == set()


def test_the_band_of_the_pdf_has_its_colour(build: Path) -> None:
    with pikepdf.open(build / "board-paper.pdf") as pdf:
        fills = {
            "".join(f"{round(float(part) * 255):02x}" for part in operands)
            for operands, operator in pikepdf.parse_content_stream(pdf.pages[0])
            if str(operator) in ("rg", "sc", "scn") and len(operands) == 3
        }
    assert TITLES in fills
    assert not USUAL & fills


def test_it_is_verified_clean(build: Path) -> None:
    found = verify(build, None, Timed(), how=ACCEPT)
    assert [str(finding) for step in found.steps for finding in step.findings] == []


def test_its_logo_stands_at_the_head_of_every_page_and_document(build: Path) -> None:
    address = f'<img src="data:image/svg+xml;base64,{b64encode(DRAWN.encode()).decode()}"'
    pages = [file for file in build.rglob("*.html") if file.name != "search.html"]
    assert len(pages) > 3
    assert {file.read_text("utf-8").count(f'{address} alt="{SAYS}">') for file in pages} == {1}
    with pikepdf.open(build / "board-paper.pdf") as pdf:
        assert [*pdf.pages[0].get_images()] != []
        said = [i for i in pdf.objects if isinstance(i, pikepdf.Dictionary) and "/Alt" in i]
        assert SAYS in {str(item.Alt) for item in said}
    for file, part in (("docx", "word/document.xml"), ("pptx", "ppt/slides/slide1.xml")):
        with zipfile.ZipFile(build / f"board-paper.{file}") as archive:
            assert f'descr="{SAYS}"' in archive.read(part).decode()


def test_its_logo_is_sealed_and_goes_with_the_bundle(
    build: Path, home: Path, tmp_path: Path
) -> None:
    assert LOGO.as_posix() in json.loads((build / "manifest.json").read_text())["parameters"]
    bundle = write_bundle(build, tmp_path / "bundle.zip", home).path
    with zipfile.ZipFile(bundle) as archive:
        assert archive.read(LOGO.as_posix()).decode() == DRAWN
    found = verify(bundle, None, Timed(), how=How(accept=("*",), static=True))
    assert [str(finding) for step in found.steps for finding in step.findings] == []


def test_another_logo_makes_the_paper_anew_and_is_named_though_it_is_sealed(
    home: Path, tmp_path: Path
) -> None:
    build, root = copied(home, tmp_path / "copy"), tmp_path / "copy"
    before = changed(root)
    (root / LOGO).write_text(DRAWN.replace("h30", "h20"), encoding="utf-8")
    assert changed(root) - before == {LOGO.as_posix()}
    seal_anew(build, root)
    found = verify(build, None, Timed(), how=How(accept=("*",), static=True))
    named = {f.subject for step in found.steps for f in step.findings if step.name == "Seen"}
    due = {
        *build.rglob("*.html"),
        *(build / f"board-paper.{end}" for end in ("pdf", "docx", "pptx")),
    }
    due -= {build / "html/search.html", build / "html/downloads/board-paper.html"}
    assert named == {p.relative_to(build).as_posix() for p in due}


def test_a_sheet_of_other_colours_is_strange_where_nothing_is_run(
    home: Path, tmp_path: Path
) -> None:
    build = copied(home, tmp_path / "copy")
    sealed = Sealed(build, tmp_path / "copy", tmp_path / "copy")
    assert hold_styles(sealed).findings == ()
    other = own_design(OwnDesign(colours={"dark_blue": "#000000"}))
    (build / CSS).write_text(design_css(other), encoding="utf-8")
    [finding] = hold_styles(sealed).findings
    assert (finding.subject, finding.what) == (CSS.as_posix(), STRANGE)


def test_another_colour_makes_the_paper_anew(home: Path, tmp_path: Path) -> None:
    copied(home, tmp_path / "copy")
    root = tmp_path / "copy"
    before = changed(root)
    say(root, SAID.replace(MARKS, TITLES), SAID)
    assert changed(root) - before == {REPORT.as_posix()}


def test_a_colour_that_cannot_be_read_is_refused_before_anything_is_made(
    home: Path, tmp_path: Path
) -> None:
    copied(home, tmp_path / "copy")
    say(tmp_path / "copy", SAID.replace(TITLES, "bbbbbb"), SAID)
    done = run("render", "2023-24", "M06", "--home", str(tmp_path / "copy"))
    assert done.returncode == 3
    assert "row 3, column design.colours.dark_blue: found '#bbbbbb'" in done.stderr
    assert "Traceback" not in done.stderr


def test_nothing_is_drawn_with_them_afterwards() -> None:
    assert design() is usual_design()
