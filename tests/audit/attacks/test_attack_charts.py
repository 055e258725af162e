"""Attacks on charts: marks that are not as long, as named or as labelled as their values say."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
import small_pages as small

from boardpack.audit.reader.expected import Expected, read_expected
from boardpack.audit.reader.hold_html import hold_html
from boardpack.audit.reader.html import read_html
from boardpack.outputs.charts.static_chart import HALF_WIDTH

Change = Callable[[str], str]


@pytest.fixture(scope="module")
def honest(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("honest")
    return small.write_build(folder, small.drawn_pictures(folder / "pictures"))


@pytest.fixture(scope="module")
def expected(honest: Path) -> Expected:
    return read_expected(honest).of_chapters(["02_position"])


def chart(name: str, part: str, change: Change) -> Change:
    """A change to one chart: to the script that draws it, or to its picture."""
    figure = re.compile(rf'<figure [^>]*"{name}-title">.*?</figure>', re.DOTALL)
    inner = re.compile(rf"<{part}\b.*?</{part}>", re.DOTALL)

    def within(found: re.Match[str]) -> str:
        changed = inner.sub(lambda one: change(one[0]), found[0])
        assert changed != found[0], f"nothing is changed in {part} of {name}"
        return changed

    def changed(text: str) -> str:
        assert figure.search(text), name
        return figure.sub(within, text)

    return changed


def script(name: str, old: str, new: str) -> Change:
    return chart(name, "script", lambda text: text.replace(old, new, 1))


def picture(name: str, old: str, new: str, count: int = 0) -> Change:
    """A change to all that is found: a label is drawn twice, first its halo."""
    return chart(name, "svg", lambda text: re.sub(old, new, text, count=count))


ATTACKS: dict[str, tuple[Change, str]] = {
    "a longer bar": (
        script("position-bars", '"x":[-2213.0,-404.0', '"x":[-2213.0,-1404.0'),
        "'Year to date, Continuing Care Services' is not drawn in proportion",
    ),
    "a bar on the other side of nil": (
        script("position-bars", '"x":[-2213.0,-404.0', '"x":[-2213.0,404.0'),
        "'Year to date, Continuing Care Services' is not drawn in proportion",
    ),
    "an axis the wrong way round": (
        script(
            "position-bars",
            '"range":[-2578.2848101265818,368.55063291139226]',
            '"range":[368.55063291139226,-2578.2848101265818]',
        ),
        "is drawn the wrong way round",
    ),
    "a label": (
        script("position-bars", r"\u003cb\u003e(404)", r"\u003cb\u003e(104)"),
        "'Continuing Care Services' is labelled '(104)' where its value is '(404)'",
    ),
    "two names of rows swapped": (
        script(
            "position-bars",
            '"ticktext":["Prescribing","Continuing Care Services"',
            '"ticktext":["Continuing Care Services","Prescribing"',
        ),
        "names 'Continuing Care Services' where 'Prescribing' stands",
    ),
    "words under the pointer": (
        script(
            "position-bars",
            "Prescribing, Year to date: (2,213)",
            "Prescribing, Year to date: (213)",
        ),
        "what is said beside the page is in no block: 'Prescribing, Year to date: (213)'",
    ),
    "a mark that is left out": (
        script("position-bars", '"x":[-2213.0,-404.0,212.0]', '"x":[-2213.0,null,212.0]'),
        "shows 2 marks where it has 3 values",
    ),
    "marks that cannot be seen": (
        script("position-bars", '"type":"bar"', '"opacity":0,"type":"bar"'),
        "data.opacity",
    ),
    "words more in the drawing": (
        script(
            "position-bars",
            '"annotations":[]',
            '"annotations":[{"text":"Saved: 9,000","x":0,"y":0,"showarrow":false}]',
        ),
        "stands 'Saved: 9,000', which its block does not say",
    ),
    "a longer bar in the picture": (
        picture(
            "position-bars", r"M159\.69\d+,(45\.5\d*)h28\.67\d+v", r"M120,\1h68.36852144329896v"
        ),
        "'Year to date, Continuing Care Services' is not drawn in proportion",
    ),
    "a bar on the other side in the picture": (
        picture("position-bars", r"M159\.69\d+,(45\.5\d*)h28\.67", r"M188.36852144329896,\1h28.67"),
        "'Year to date, Continuing Care Services' is not drawn in proportion",
    ),
    "a label in the picture": (
        picture("position-bars", r">\(404\)<", ">(104)<"),
        "'Continuing Care Services' is labelled '(104)' where its value is '(404)'",
    ),
    "a label in the picture for narrow screens": (
        chart("position-bars", "svg", lambda svg: narrow(svg, "(404)", "(104)")),
        "'Continuing Care Services' is labelled '(104)' where its value is '(404)'",
    ),
    "a label over its halo in the picture": (
        picture("position-bars", r">\(404\)<", ">(104)<", count=1),
        "'(104)'",
    ),
    "a lost sign in the picture": (
        picture("position-bars", r">\(404\)<", ">404<"),
        "labelled '404' where its value is '(404)'",
    ),
    "two names of rows swapped in the picture": (
        chart(
            "position-bars",
            "svg",
            lambda svg: re.sub(
                ">Prescribing<|>Continuing Care Services<|>Continuing Care<",
                lambda found: (
                    ">Prescribing<" if "Care" in found[0] else ">Continuing Care Services<"
                ),
                svg,
            ),
        ),
        "names 'Continuing Care Services' where 'Prescribing' stands",
    ),
    "a bar that cannot be seen in the picture": (
        picture(
            "position-bars",
            r'fill="#d5281b" stroke="#ffffff"',
            'opacity="0" fill="#d5281b" stroke="#ffffff"',
        ),
        "opacity 0",
    ),
    "a web page within the picture": (
        picture("position-bars", "</svg>", "<foreignObject>9,000</foreignObject></svg>"),
        "foreignobject in a picture",
    ),
    "a point of a line in the picture": (
        picture("bppc-line", r'(<path transform="translate\(10,)([\d.]+)(\)" d="M2)', r"\g<1>70\3"),
        "is not drawn in proportion",
    ),
    "a line beside its points in the picture": (
        picture("bppc-line", r'<path d="M10,[\d.]+L', '<path d="M10,80L'),
        "a line runs where it has no point",
    ),
    "a number of the axis in the picture": (
        picture("bppc-line", ">94<", ">74<"),
        "'74' is not drawn in proportion",
    ),
    "the names of two lines swapped in the picture": (
        chart("bppc-line", "svg", lambda svg: swapped(svg, "By number", "By value")),
        "not as its block does",
    ),
    "a chart without its picture for wide screens": (
        chart("position-bars", "figure", lambda drawn: without(drawn, 'class="picture"')),
        "is not drawn as a picture for wide screens and for narrow ones",
    ),
    "a chart without any picture": (
        chart("position-bars", "figure", lambda drawn: without(drawn, 'class="picture[^"]*"')),
        "is not drawn as a picture for wide screens and for narrow ones",
    ),
    "a step of a walk": (
        script("position-walk", '"base":[', '"base":[-999,'),
        "the first and the last bar start at different levels",
    ),
}


def without(figure: str, named: str) -> str:
    """A chart without some of its pictures."""
    return re.sub(rf"<div {named}><svg.*?</svg></div>", "", figure, flags=re.DOTALL)


def narrow(svg: str, old: str, new: str) -> str:
    """Other words in the picture that a narrow screen shows, and no other."""
    return svg.replace(old, new) if f'width="{HALF_WIDTH:g}"' in svg else svg


def swapped(text: str, one: str, other: str) -> str:
    """Two names, each in the place of the other."""
    return text.replace(one, "\0").replace(other, one).replace("\0", other)


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_is_seen_and_named(
    name: str, honest: Path, expected: Expected, tmp_path: Path
) -> None:
    change, said = ATTACKS[name]
    page = tmp_path / "02_position.html"
    honestly = honest / small.POSITION
    page.write_text(change(honestly.read_text("utf-8")), encoding="utf-8", newline="\n")
    passages = read_html(page)
    assert passages != read_html(honestly)
    found = hold_html(small.POSITION, passages, expected)
    assert any(said in what for _, what in found), found
