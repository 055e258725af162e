"""A home's logo: what is taken, and each thing that is refused, told once with its line."""

from __future__ import annotations

import re
from base64 import b64decode
from io import BytesIO
from pathlib import Path

import pytest
from homes import PROJECT
from PIL import Image

from boardpack.core.design import own_design
from boardpack.core.errors import Fault, InputFaults
from boardpack.core.home import REPORT
from boardpack.core.logo import (
    LONGEST,
    MOST_BYTES,
    MOST_DOTS,
    Logo,
    OwnLogo,
    logo_faults,
    read_logo,
)
from boardpack.core.periods import parse_month
from boardpack.core.report import Report, load_report
from boardpack.core.seen import seeing

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="90mm" height="30mm" viewBox="0 0 300 100">'
    '<defs><linearGradient id="g"><stop offset="0" stop-color="#4b0a3c"/></linearGradient></defs>'
    '<style>.a { fill: url(#g) }</style><g class="a"><path d="M0 0h300v100h-300z"/></g></svg>'
)
SAYS = "Anytown Health and Care"


def png(across: int = 120, down: int = 40, kind: str = "png", mode: str = "RGB") -> bytes:
    told = BytesIO()
    Image.new(mode, (across, down)).save(told, kind)
    return told.getvalue()


def moving() -> bytes:
    told = BytesIO()
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue")]
    frames[0].save(told, "png", save_all=True, append_images=frames[1:])
    return told.getvalue()


def report(
    home: Path, content: bytes | None, file: str = "params/logo.svg", says: str = SAYS
) -> tuple[Report | None, list[Fault]]:
    """The project's parameters with a logo in the home, and their faults."""
    text = (PROJECT / REPORT).read_text(encoding="utf-8")
    (home / REPORT).parent.mkdir(parents=True, exist_ok=True)
    said = f'design:\n  logo:\n    file: "{file}"\n    says: "{says}"\n'
    (home / REPORT).write_text(said + text, encoding="utf-8")
    if content is not None:
        (home / file).write_bytes(content)
    faults: list[Fault] = []
    return load_report(home, parse_month("2023-24", "M06"), faults), faults


@pytest.mark.parametrize(
    ("content", "file", "media", "sides"),
    [
        (SVG.encode(), "params/logo.svg", "image/svg+xml", (300, 100)),
        (b"\xef\xbb\xbf" + SVG.encode(), "params/of the ICB.svg", "image/svg+xml", (300, 100)),
        (png(), "params/logo.png", "image/png", (120, 40)),
        (png(mode="P"), "params/logo.png", "image/png", (120, 40)),
        (png(MOST_DOTS, 1), "params/logo.png", "image/png", (MOST_DOTS, 1)),
    ],
)
def test_a_logo_is_read_with_its_words_and_its_sides(
    content: bytes, file: str, media: str, sides: tuple[int, int], tmp_path: Path
) -> None:
    found, faults = report(tmp_path, content, file)
    assert faults == []
    assert found is not None
    logo = own_design(found.design, tmp_path).logo
    assert logo is not None
    assert (logo.media, logo.says, (logo.across, logo.down)) == (media, SAYS, sides)
    assert b64decode(logo.data) == content
    assert logo.address == f"data:{media};base64,{logo.data}"
    assert own_design(found.design).logo is None


def svg(old: str, new: str) -> bytes:
    assert old in SVG
    return SVG.replace(old, new, 1).encode()


def inside(more: str) -> bytes:
    return svg("</svg>", f"{more}</svg>")


BAD = [
    (None, "a file that is there", "take the logo out"),
    (b"", "a whole SVG picture", "plain SVG"),
    (png(), "a whole SVG picture", "plain SVG"),
    (b"<html><body/></html>", "a whole SVG picture", "plain SVG"),
    (SVG.encode()[:-4], "a whole SVG picture", "plain SVG"),
    (SVG.encode("utf-16"), "a whole SVG picture", "plain SVG"),
    (b"<!DOCTYPE svg>" + SVG.encode(), "without <!DOCTYPE", "plain SVG"),
    (b'<?xml-stylesheet href="a.css"?>' + SVG.encode(), "without <?", "plain SVG"),
    (inside("<script>go()</script>"), "it has the element script", "plain SVG"),
    (inside("<foreignObject/>"), "it has the element foreignObject", "plain SVG"),
    (inside('<image href="a.png"/>'), "it has the element image", "plain SVG"),
    (inside('<animate attributeName="x"/>'), "it has the element animate", "plain SVG"),
    (inside('<b xmlns="http://www.w3.org/1999/xhtml"/>'), "it has the element b", "plain SVG"),
    (inside("<text>NHS</text>"), "letters as outlines", "Turn text into paths"),
    (svg("<g ", '<g onload="go()" '), "it has onload", "plain SVG"),
    (svg("<g ", '<g fill="url(a.svg#g)" '), "it has fill", "plain SVG"),
    (inside('<use href="a.svg#g"/>'), "it has href", "plain SVG"),
    (
        inside('<use xmlns:x="http://www.w3.org/1999/xlink" x:href="//a.org/b"/>'),
        "it has href='//a.org/b'",
        "plain SVG",
    ),
    (svg("url(#g)", "url( 'a.png' )"), "its styles do", "plain SVG"),
    (svg("<style>", "<style>@import 'a.css';"), "its styles do", "plain SVG"),
    (svg("url(#g)", "\\75 rl(a)"), "its styles do", "plain SVG"),
    (svg("<style>", "<style>@keyframes a {}"), "its styles move it", "plain SVG"),
    (svg("<g ", '<g style="animation: a 1s" '), "its styles move it", "plain SVG"),
    (svg(' viewBox="0 0 300 100"', ""), "a viewBox", "Write it"),
    (svg("0 0 300 100", "0 0 300"), "a viewBox", "Write it"),
    (svg("0 0 300 100", "0 0 300 0"), "a viewBox", "Write it"),
    (svg("0 0 300 100", "0 0 300 -1"), "a viewBox", "Write it"),
    (svg("0 0 300 100", f"0 0 {MOST_DOTS + 1} 9"), "at most 2,000 units", "Write it"),
    (svg("0 0 300 100", "0 0 nan 100"), "a viewBox", "Write it"),
    (inside(f"<!-- {'x' * MOST_BYTES} -->"), "at most 100,000 bytes", "Save it smaller"),
]
BAD_PNG = [
    (SVG.encode(), "a whole PNG picture", "Save it again"),
    (png(kind="jpeg"), "a whole PNG picture", "Save it again"),
    (png()[:-20], "a whole PNG picture", "Save it again"),
    (png(MOST_DOTS + 1, 1), "at most 2,000 dots a side; this is 2,001 by 1", "Save it smaller"),
    (png(1, MOST_DOTS + 1), "at most 2,000 dots a side; this is 1 by 2,001", "Save it smaller"),
    (moving(), "a picture that stands still", "Save one picture of it"),
]
ALL = [(c, e, r, "svg") for c, e, r in BAD] + [(c, e, r, "png") for c, e, r in BAD_PNG]


@pytest.mark.parametrize(("content", "expected", "remedy", "kind"), ALL)
def test_what_cannot_be_shown_is_refused_once(
    content: bytes | None, expected: str, remedy: str, kind: str, tmp_path: Path
) -> None:
    (tmp_path / "params").mkdir()
    if content is not None:
        (tmp_path / f"params/logo.{kind}").write_bytes(content)
    own = OwnLogo(file=f"params/logo.{kind}", says=SAYS)
    [fault] = logo_faults(tmp_path, own, "report")
    assert (fault.file, fault.column) == ("report", "design.logo.file")
    assert fault.value == f"params/logo.{kind}"
    assert expected in fault.expected
    assert remedy in fault.remedy


def test_a_fault_is_told_with_its_line(tmp_path: Path) -> None:
    found, [fault] = report(tmp_path, png())
    assert found is None
    assert (fault.file, fault.row, fault.value) == (REPORT.as_posix(), 3, "params/logo.svg")


def test_notes_of_a_drawing_program_to_itself_are_left_alone(tmp_path: Path) -> None:
    space = "http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd"
    note = f'<s:namedview xmlns:s="{space}" pagecolor="#fff"/><metadata>Drawn</metadata>'
    assert report(tmp_path, inside(note))[1] == []


FILE = 'a picture in the folder params itself: "params/logo.svg"'
LINE = f"words on one line, {LONGEST} letters at most"


@pytest.mark.parametrize(
    "file",
    [
        *("logo.svg", "/etc/logo.svg", "params/../logo.svg", "params/a/logo.svg"),
        *("params/.logo.svg", "params/logo.SVG", "params/logo.gif", "https://a.org/logo.svg"),
    ],
)
def test_a_logo_stands_in_the_folder_of_parameters(file: str) -> None:
    with pytest.raises(ValueError, match=re.escape(FILE)):
        OwnLogo(file=file, says=SAYS)


@pytest.mark.parametrize(
    "says", ["", " ", "x" * (LONGEST + 1), "two\nlines", " NHS", "NHS  Anytown"]
)
def test_a_logo_has_words_on_one_line(says: str) -> None:
    with pytest.raises(ValueError, match=rf"{LINE}|text that is not empty"):
        OwnLogo(file="params/logo.svg", says=says)


def test_the_longest_words_are_taken() -> None:
    assert OwnLogo(file="params/logo.svg", says="x" * LONGEST).says == "x" * LONGEST


def test_a_link_out_of_the_home_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "logo.svg").write_text(SVG, encoding="utf-8")
    home = tmp_path / "home"
    (home / "params").mkdir(parents=True)
    (home / "params/logo.svg").symlink_to(tmp_path / "logo.svg")
    _, [fault] = report(home, None)
    assert "it is a link to one elsewhere" in fault.expected
    (home / "params/logo.svg").unlink()
    (home / "drawn.svg").write_text(SVG, encoding="utf-8")
    (home / "params/logo.svg").symlink_to("../drawn.svg")
    assert report(home, None)[1] == []


def test_no_chapter_rests_on_the_file(tmp_path: Path) -> None:
    report(tmp_path, SVG.encode())
    with seeing() as seen:
        read_logo(tmp_path, OwnLogo(file="params/logo.svg", says=SAYS), "report")
    assert seen.files == set()


def test_a_file_that_went_since_is_told_as_a_fault(tmp_path: Path) -> None:
    with pytest.raises(InputFaults, match="expected a file that is there"):
        read_logo(tmp_path, OwnLogo(file="params/logo.svg", says=SAYS), "report")


@pytest.mark.parametrize(
    ("sides", "shown"),
    [((300, 100), (90, 30)), ((1000, 100), (180, 18)), ((100, 100), (30, 30)), ((6, 1), (180, 30))],
)
def test_it_fills_its_room_in_its_own_shape(
    sides: tuple[float, float], shown: tuple[float, float]
) -> None:
    logo = Logo(media="image/png", data="", says=SAYS, across=sides[0], down=sides[1])
    assert logo.on_paper == pytest.approx(shown)
