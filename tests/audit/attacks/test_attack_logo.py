"""A body's logo in every output, with its words, and attacks on it: each is named."""

from __future__ import annotations

import json
import re
import sys
import zipfile
from base64 import b64encode
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pikepdf
import pytest

sys.path.append(str(Path(__file__).resolve().parents[2] / "outputs"))  # where the notebook is

import plain_notebook as plain
from boardpack.audit.reader.expected import Expected, read_expected
from boardpack.audit.reader.hold_html import hold_html
from boardpack.audit.reader.hold_print import hold_pdf, hold_word
from boardpack.audit.reader.hold_slides import hold_slides
from boardpack.audit.reader.html import read_html
from boardpack.audit.reader.logo import with_logo
from boardpack.audit.reader.pdf import read_pdf
from boardpack.audit.reader.slides import read_slides
from boardpack.audit.reader.word import read_word
from boardpack.core.design import Design, drawn_with, usual_design
from boardpack.core.logo import Logo
from boardpack.outputs.html.one_page import one_page
from boardpack.outputs.pdf.document import build_pdf
from boardpack.outputs.slides.presentation import build_slides
from boardpack.outputs.word.document import build_word
from small_word import META

PAGE, PDF, WORD, SLIDES = "board-paper.html", "board-paper.pdf", "board-paper.docx", "board.pptx"
SAYS = "Anytown Care 2030"
DOTS = plain.png("purple")
LINES = (
    b"<svg xmlns='http://www.w3.org/2000/svg' width='90mm' height='30mm' viewBox='0,0 300 100'>"
    b"<rect width='100' height='100' fill='#4b0a3c'/><circle cx='200' cy='50' r='40'/></svg>"
)
FILES = {"dots": ("image/png", DOTS), "lines": ("image/svg+xml", LINES)}
Found = list[tuple[str, str]]
Parts = dict[str, bytes]


def sheet(kind: str) -> Design:
    media, content = FILES[kind]
    data = b64encode(content).decode()
    sides = {"across": 300, "down": 100}
    logo = Logo.model_validate({"media": media, "data": data, "says": SAYS, **sides})
    return usual_design().model_copy(update={"logo": logo})


def _print(build: Path, kind: str) -> None:
    with drawn_with(sheet(kind)):
        build_pdf(plain.PARTS, META, build / PDF, {})
        build_word(plain.PARTS, META, build / WORD)
        build_slides(plain.PARTS, META, build / SLIDES, (plain.NAME,))


def _made(build: Path, kind: str) -> Path:
    (build / "notebooks").mkdir()
    text = json.dumps(plain.NOTEBOOK, ensure_ascii=False)
    (build / "notebooks" / f"{plain.NAME}.ipynb").write_text(text, encoding="utf-8")
    with drawn_with(sheet(kind)):
        (build / PAGE).write_text(one_page(plain.PARTS, META, {}), encoding="utf-8")
    with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as pool:
        pool.submit(_print, build, kind).result()
    return build


@pytest.fixture(scope="module")
def builds(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A build with a logo of each kind, by the paper's own writers."""
    return {kind: _made(tmp_path_factory.mktemp(kind), kind) for kind in FILES}


@pytest.fixture(scope="module")
def expected(builds: dict[str, Path]) -> dict[str, Expected]:
    return {
        kind: with_logo(read_expected(build), *FILES[kind], SAYS) for kind, build in builds.items()
    }


HOLDS: dict[str, Callable[[Path, Expected], Found]] = {
    PAGE: lambda file, expected: hold_html(PAGE, read_html(file), expected),
    PDF: lambda file, expected: hold_pdf(PDF, read_pdf(file), expected),
    WORD: lambda file, expected: hold_word(WORD, read_word(file), expected),
    SLIDES: lambda file, expected: hold_slides(read_slides(file), expected),
}


@pytest.mark.parametrize("kind", FILES)
@pytest.mark.parametrize("name", HOLDS)
def test_every_output_has_it_and_its_words(
    name: str, kind: str, builds: dict[str, Path], expected: dict[str, Expected]
) -> None:
    assert HOLDS[name](builds[kind] / name, expected[kind]) == []


@pytest.mark.parametrize("kind", FILES)
@pytest.mark.parametrize("name", HOLDS)
def test_it_is_named_where_the_home_has_none(name: str, kind: str, builds: dict[str, Path]) -> None:
    found = HOLDS[name](builds[kind] / name, read_expected(builds[kind]))
    said = "\n".join(what for _, what in found)
    assert re.search("no block's own|pictures; the paper has|no picture of the paper's", said)


@pytest.mark.parametrize("name", [PAGE, PDF, WORD, SLIDES])
def test_that_of_another_body_in_its_place_is_named(name: str, builds: dict[str, Path]) -> None:
    for kind, other in (("dots", "lines"), ("lines", "dots")):
        wrong = with_logo(read_expected(builds[kind]), *FILES[other], SAYS)
        assert HOLDS[name](builds[kind] / name, wrong) != []


@pytest.mark.parametrize("name", [PAGE, PDF, WORD])
def test_a_logo_that_is_left_out_is_named(
    name: str, expected: dict[str, Expected], tmp_path: Path
) -> None:
    _print_bare(tmp_path)
    said = "\n".join(what for _, what in HOLDS[name](tmp_path / name, expected["dots"]))
    assert f"does not show the picture {SAYS!r}" in said or f"does not say {SAYS!r}" in said


def _print_bare(build: Path) -> None:
    (build / PAGE).write_text(one_page(plain.PARTS, META, {}), encoding="utf-8")
    with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as pool:
        pool.submit(build_pdf, plain.PARTS, META, build / PDF, {}).result()
        pool.submit(build_word, plain.PARTS, META, build / WORD).result()


IMG = re.compile(r'<img src="([^"]*)" alt="Anytown Care 2030">')
OTHER = b64encode(plain.png("blue")).decode()
PAGE_ATTACKS = {
    "other words": lambda text: text.replace(f'alt="{SAYS}"', 'alt="Anytown Care 2031"'),
    "another picture": lambda text: IMG.sub(
        f'<img src="data:image/png;base64,{OTHER}" alt="{SAYS}">', text
    ),
    "from elsewhere": lambda text: IMG.sub(
        f'<img src="https://a.org/logo.png" alt="{SAYS}">', text
    ),
    "a second time": lambda text: IMG.sub(r"\g<0>\g<0>", text),
    "over the page": lambda text: IMG.sub(
        r'<img src="\1" alt="Anytown Care 2030" style="position:fixed">', text
    ),
    "an added picture": lambda text: text.replace(
        "</main>", f'<p><img src="data:image/png;base64,{OTHER}" alt="All is well"></p></main>'
    ),
}


@pytest.mark.parametrize("attack", PAGE_ATTACKS)
def test_an_attack_on_a_page_is_named(
    attack: str, builds: dict[str, Path], expected: dict[str, Expected], tmp_path: Path
) -> None:
    text = (builds["lines"] / PAGE).read_text(encoding="utf-8")
    changed = PAGE_ATTACKS[attack](text)
    assert changed != text
    (tmp_path / PAGE).write_text(changed, encoding="utf-8")
    assert HOLDS[PAGE](tmp_path / PAGE, expected["lines"]) != []


def _other_media(name: str, parts: Parts) -> None:
    """The logo's file, which is the only one that is no picture of the notebook."""
    (media,) = (n for n, c in parts.items() if "media/" in n and c == DOTS)
    parts[media] = plain.png("blue")


def _other_words(name: str, parts: Parts) -> None:
    for part, content in parts.items():
        parts[part] = content.replace(SAYS.encode(), b"Anytown Care 2031")


def _twice(name: str, parts: Parts) -> None:
    """The paragraph of the logo, or its shape, once more."""
    part, element = (
        ("word/document.xml", rb"<w:p>(?:(?!</w:p>).)*name=\"Logo \d.*?</w:p>")
        if name == WORD
        else ("ppt/slides/slide1.xml", rb"<p:pic>.*?</p:pic>")
    )
    parts[part], count = re.subn(element, rb"\g<0>\g<0>", parts[part], count=1, flags=re.DOTALL)
    assert count == 1


@pytest.mark.parametrize("attack", [_other_media, _other_words, _twice])
@pytest.mark.parametrize("name", [WORD, SLIDES])
def test_an_attack_on_an_office_file_is_named(
    name: str,
    attack: Callable[[str, Parts], None],
    builds: dict[str, Path],
    expected: dict[str, Expected],
    tmp_path: Path,
) -> None:
    with zipfile.ZipFile(builds["dots"] / name) as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    before = dict(parts)
    attack(name, parts)
    assert parts != before
    with zipfile.ZipFile(tmp_path / name, "w") as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    assert HOLDS[name](tmp_path / name, expected["dots"]) != []


@pytest.mark.parametrize("kind", FILES)
def test_another_logo_in_a_pdf_is_named(
    kind: str, builds: dict[str, Path], expected: dict[str, Expected], tmp_path: Path
) -> None:
    with pikepdf.open(builds[kind] / PDF) as pdf:
        for image in pdf.pages[0].get_images().values():
            image.write(bytes(255 - byte for byte in image.read_bytes()))
        pdf.save(tmp_path / PDF)
    told = "\n".join(what for _, what in HOLDS[PDF](tmp_path / PDF, expected[kind]))
    assert f"does not show the picture {SAYS!r}" in told


def test_other_words_for_it_in_a_pdf_are_named(
    builds: dict[str, Path], expected: dict[str, Expected], tmp_path: Path
) -> None:
    with pikepdf.open(builds["dots"] / PDF) as pdf:
        said = [i for i in pdf.objects if isinstance(i, pikepdf.Dictionary) and "/Alt" in i]
        (wanted,) = (item for item in said if str(item.Alt) == SAYS)
        assert pikepdf.Name.Figure == wanted.S
        wanted.Alt = pikepdf.String("Anytown Care 2031")
        pdf.save(tmp_path / PDF)
    told = "\n".join(what for _, what in HOLDS[PDF](tmp_path / PDF, expected["dots"]))
    assert f"does not say {SAYS!r}" in told
