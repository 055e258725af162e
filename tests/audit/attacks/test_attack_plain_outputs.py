"""Attacks on what notebooks show without a block of their own: pictures, their words, text."""

from __future__ import annotations

import json
import zipfile
from base64 import b64encode
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from io import BytesIO
from multiprocessing import get_context
from pathlib import Path

import pikepdf
import pytest

import plain_notebook as plain
import untraced_paper as bare
from boardpack.audit.reader.expected import Expected, read_expected
from boardpack.audit.reader.hold_html import hold_html
from boardpack.audit.reader.hold_print import hold_pdf, hold_word
from boardpack.audit.reader.hold_slides import hold_slides
from boardpack.audit.reader.html import read_html
from boardpack.audit.reader.pdf import read_pdf
from boardpack.audit.reader.slides import read_slides
from boardpack.audit.reader.word import read_word
from boardpack.document.blocks import MIME, block_json
from boardpack.outputs.charts.static_chart import write_pictures
from boardpack.outputs.html.one_page import build_one_page, one_page
from boardpack.outputs.pdf.document import build_pdf
from boardpack.outputs.slides.presentation import build_slides
from boardpack.outputs.word.document import build_word
from small_word import META

PAGE, PDF, WORD, SLIDES = "board-paper.html", "board-paper.pdf", "board-paper.docx", "board.pptx"
OTHER = plain.png("blue")
WRONG = "The ward was opened in 2019."

Found = list[tuple[str, str]]


def _print(build: Path) -> None:
    build_pdf(plain.PARTS, META, build / PDF, {})
    build_word(plain.PARTS, META, build / WORD)
    build_slides(plain.PARTS, META, build / SLIDES, (plain.NAME,))


@pytest.fixture(scope="module")
def honest(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build of the notebook of every kind, by the paper's own writers."""
    build = tmp_path_factory.mktemp("honest")
    (build / "notebooks").mkdir()
    text = json.dumps(plain.NOTEBOOK, ensure_ascii=False)
    (build / "notebooks" / f"{plain.NAME}.ipynb").write_text(text, encoding="utf-8")
    (build / PAGE).write_text(one_page(plain.PARTS, META, {}), encoding="utf-8")
    with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as pool:
        pool.submit(_print, build).result()
    return build


@pytest.fixture(scope="module")
def expected(honest: Path) -> Expected:
    return read_expected(honest)


def _page(file: Path, expected: Expected) -> Found:
    return hold_html(PAGE, read_html(file), expected)


def _pdf(file: Path, expected: Expected) -> Found:
    return hold_pdf(PDF, read_pdf(file), expected)


def _word(file: Path, expected: Expected) -> Found:
    return hold_word(WORD, read_word(file), expected)


def _slides(file: Path, expected: Expected) -> Found:
    return hold_slides(read_slides(file), expected)


@pytest.mark.parametrize(
    ("name", "hold"), [(PAGE, _page), (PDF, _pdf), (WORD, _word), (SLIDES, _slides)]
)
def test_what_the_writers_make_is_borne_out(
    name: str, hold: Callable[[Path, Expected], Found], honest: Path, expected: Expected
) -> None:
    assert hold(honest / name, expected) == []


def _told(found: Found) -> str:
    return "\n".join(what for _, what in found)


def _address(content: bytes) -> str:
    return f"data:image/png;base64,{b64encode(content).decode()}"


PAGE_ATTACKS = {
    "another picture": (_address(plain.png("red")), _address(OTHER), "no block's own"),
    "other words for it": (f'alt="{plain.PNG_ALT}"', 'alt="Beds rise by half"', "no block's own"),
    "a picture from elsewhere": (_address(plain.png("red")), "https://example.org/a.png", "img"),
    "a picture too small to see": (
        f'alt="{plain.PNG_ALT}"',
        f'alt="{plain.PNG_ALT}" width="1"',
        "width",
    ),
    "a picture left out": (
        f'<img src="{_address(plain.png("red"))}" alt="{plain.PNG_ALT}">',
        "",
        "does not show",
    ),
    "two pictures changed over": ("", "", "no block's own"),
    "another paragraph": (plain.PARAGRAPH, WRONG, "2019"),
    "a paragraph left out": (f"<p>{plain.SHOWN}</p>", "", "does not show"),
    "other printed lines": (plain.PRINTED, "ward 12 shut", "12"),
}


@pytest.mark.parametrize("attack", PAGE_ATTACKS)
def test_an_attack_on_a_page_is_named(
    attack: str, honest: Path, expected: Expected, tmp_path: Path
) -> None:
    old, new, said = PAGE_ATTACKS[attack]
    text = (honest / PAGE).read_text(encoding="utf-8")
    if attack == "two pictures changed over":
        first, second = _address(plain.png("red")), _address(plain.png("green"))
        changed = text.replace(first, "@").replace(second, first).replace("@", second)
    else:
        changed = text.replace(old, new)
    assert changed != text
    (tmp_path / PAGE).write_text(changed, encoding="utf-8")
    assert said in _told(_page(tmp_path / PAGE, expected))


def _media(parts: dict[str, bytes]) -> Iterator[str]:
    return (n for n, c in parts.items() if "media/" in n and c == plain.png("red"))


def _word_attack(old: str, new: str) -> Callable[[dict[str, bytes]], None]:
    def attack(parts: dict[str, bytes]) -> None:
        body = "word/document.xml"
        assert old.encode() in parts[body]
        parts[body] = parts[body].replace(old.encode(), new.encode())

    return attack


def _other_media(parts: dict[str, bytes]) -> None:
    for name in list(_media(parts)):
        parts[name] = OTHER


@pytest.mark.parametrize(
    ("attack", "said"),
    [
        (_other_media, plain.PNG_ALT),
        (_word_attack(plain.PNG_ALT, "Beds rise by half"), plain.PNG_ALT),
        (_word_attack("The ward was closed in spring.", WRONG), "2019"),
        (_word_attack(plain.PRINTED, "ward 12 shut"), "12"),
    ],
)
def test_an_attack_on_word_is_named(
    attack: Callable[[dict[str, bytes]], None],
    said: str,
    honest: Path,
    expected: Expected,
    tmp_path: Path,
) -> None:
    with zipfile.ZipFile(honest / WORD) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    attack(parts)
    with zipfile.ZipFile(tmp_path / WORD, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    assert said in _told(_word(tmp_path / WORD, expected))


PICTURE = "ppt/slides/slide2.xml"


def _on_slides(old: str, new: str) -> Callable[[dict[str, bytes]], None]:
    def attack(parts: dict[str, bytes]) -> None:
        assert old.encode() in parts[PICTURE]
        start, begins, picture = parts[PICTURE].partition(b"<p:pic>")
        if old.encode() in picture:
            picture = picture.replace(old.encode(), new.encode())
        else:
            start = start.replace(old.encode(), new.encode())
        parts[PICTURE] = start + begins + picture

    return attack


def _other_slide_media(parts: dict[str, bytes]) -> None:
    (name,) = (n for n in parts if "media/" in n)
    assert parts[name] == plain.png("green")
    parts[name] = OTHER


@pytest.mark.parametrize(
    ("attack", "said"),
    [
        (_other_slide_media, "which is no picture of the paper's"),
        (_on_slides(plain.FILE_ALT, plain.PNG_ALT), "which is no picture of the paper's"),
        (_on_slides(plain.FILE_ALT, "Beds rise by half"), "Beds rise by half"),
        (_on_slides(f'descr="{plain.FILE_ALT}"', ""), "which is no picture of the paper's"),
        (_on_slides("<a:stretch>", '<a:srcRect l="90000"/><a:stretch>'), "altered picture srcRect"),
        (_on_slides("<a:stretch>", "<a:tile/><a:stretch>"), "altered picture tile"),
        (_on_slides('prst="rect"><a:avLst/>', 'prst="pie"><a:avLst/>'), "altered picture prstGeom"),
        (_on_slides("<a:fillRect/>", '<a:fillRect r="90000"/>'), "altered picture fillRect"),
        (_on_slides('r:embed="rId2"', 'r:embed="rId2" r:link="rId2"'), "altered picture blip"),
        (_on_slides(plain.PARAGRAPH, WRONG), "2019"),
        (_on_slides(plain.TITLE, "Plan of 12 wards"), "12"),
    ],
)
def test_an_attack_on_the_picture_of_a_slide_is_named(
    attack: Callable[[dict[str, bytes]], None],
    said: str,
    honest: Path,
    expected: Expected,
    tmp_path: Path,
) -> None:
    with zipfile.ZipFile(honest / SLIDES) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    attack(parts)
    with zipfile.ZipFile(tmp_path / SLIDES, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    assert said in _told(_slides(tmp_path / SLIDES, expected))


def test_another_picture_in_a_pdf_is_named(
    honest: Path, expected: Expected, tmp_path: Path
) -> None:
    with pikepdf.open(honest / PDF) as pdf:
        images = [image for page in pdf.pages for image in page.get_images().values()]
        for image in images:
            data = BytesIO(image.read_bytes()).getvalue()
            image.write(bytes(255 - byte for byte in data))
        pdf.save(tmp_path / PDF)
    told = _told(_pdf(tmp_path / PDF, expected))
    assert "no block's own" in told
    assert plain.PNG_ALT in told


def test_other_words_for_a_picture_in_a_pdf_are_named(
    honest: Path, expected: Expected, tmp_path: Path
) -> None:
    with pikepdf.open(honest / PDF) as pdf:
        said = [i for i in pdf.objects if isinstance(i, pikepdf.Dictionary) and "/Alt" in i]
        wanted = [item for item in said if str(item.Alt) == plain.SVG_ALT]
        assert wanted
        for item in wanted:
            item.Alt = pikepdf.String("No nurses")
        pdf.save(tmp_path / PDF)
    assert plain.SVG_ALT in _told(_pdf(tmp_path / PDF, expected))


def _print_bare(build: Path) -> None:
    build_pdf(bare.DRAFT, META, build / PDF, {})
    build_word(bare.DRAFT, META, build / WORD)
    write_pictures(bare.DRAFT, build / "pictures")
    own = tuple(chapter.name for part in bare.DRAFT for chapter in part.chapters)
    build_slides(bare.DRAFT, META, build / SLIDES, own)


@pytest.fixture(scope="module")
def drafted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build of a paper whose numbers no figure stands behind."""
    build = tmp_path_factory.mktemp("drafted")
    (build / "notebooks").mkdir()
    for chapter in bare.DRAFT[0].chapters:
        shown = [{"data": {MIME: block_json(block)}} for block in chapter.blocks]
        cells = [plain.markdown(f"# {chapter.title}"), plain.code(*shown)]
        text = json.dumps({"cells": cells}, ensure_ascii=False)
        (build / "notebooks" / f"{chapter.name}.ipynb").write_text(text, encoding="utf-8")
    with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as pool:
        pool.submit(_print_bare, build).result()
    build_one_page(bare.DRAFT, META, build / "pictures", build / PAGE)
    return build


HOLDS = {PAGE: _page, PDF: _pdf, WORD: _word, SLIDES: _slides}


@pytest.mark.parametrize("name", HOLDS)
def test_untraced_numbers_are_borne_out(name: str, drafted: Path) -> None:
    assert HOLDS[name](drafted / name, read_expected(drafted)) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('<data value="-7.5">(7.5)†', '<data value="-7.5">(7.5)'),
        ('<data value="-7.5">(7.5)†', '<data value="-9.5">(7.5)†'),
        ('<data value="-7.5">(7.5)†', '<data value="-7.5" data-figure="a.b">(7.5)†'),
        (bare.SAID, ""),
        ("No figure stands behind 1 of its 1 numbers.", ""),
        ("minus 7.5, untraced", "minus 7.5"),
    ],
)
def test_a_mark_that_is_taken_away_is_named(
    old: str, new: str, drafted: Path, tmp_path: Path
) -> None:
    text = (drafted / PAGE).read_text(encoding="utf-8")
    assert old in text
    (tmp_path / PAGE).write_text(text.replace(old, new), encoding="utf-8")
    assert _page(tmp_path / PAGE, read_expected(drafted)) != []
