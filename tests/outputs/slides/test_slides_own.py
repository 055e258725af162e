"""The slides of a home's own chapters: chosen by rule, and one of each kind of thing to show."""

from __future__ import annotations

import json
from base64 import b64encode
from dataclasses import replace
from io import BytesIO
from typing import Any, get_args

import pytest
from PIL import Image
from pptx import Presentation
from test_slides_presentation import KEYS, META, PARTS, chapter, words

import plain_notebook as plain
import sample_paper as sample
from boardpack.document.blocks import ChartKind, Narrative, Picture, Table
from boardpack.document.captions import words_mark
from boardpack.document.commentary_marks import mark_claims
from boardpack.document.content import Chapter, Part, read_chapter
from boardpack.document.untraced import SIGN, marked_untraced
from boardpack.outputs.slides.own import headline_of, own_shown
from boardpack.outputs.slides.plan import DRIVERS, MOST, OWN, plan
from boardpack.outputs.slides.presentation import LARGEST, slides
from boardpack.prose.claim import Claim

OWN_NAME = "31_beds"
SAID = words("beds", "Beds fell by half. It is planned.")


def own(name: str = OWN_NAME, *blocks: Any) -> Chapter:
    return chapter(name, f"Chapter {name}", *(blocks or (SAID, sample.BARS)))


def paper(*chapters: Chapter) -> tuple[Part, ...]:
    first, *others = PARTS
    return (replace(first, chapters=(*first.chapters, *chapters)), *others)


def titles(count: int) -> list[str]:
    names = [f"{30 + n}_own" for n in range(count)]
    chapters = (own(n, words("w", f"Chapter {n} says it."), sample.BARS) for n in names)
    first, *others = paper(*chapters)
    bad = tuple(replace(item, tone="bad") for item in KEYS.items)
    summary = replace(
        first.chapters[0],
        items=tuple(
            replace(item, items=bad) if item == KEYS else item for item in first.chapters[0].items
        ),
    )
    more = (
        chapter("09_risks", "Risks", sample.TABLE),
        chapter("12_overview", "Overview", sample.BARS),
    )
    full = replace(first, chapters=(summary, *first.chapters[1:], *more))
    return [slide.title for slide in plan([full, *others], names)]


@pytest.mark.parametrize(("count", "shown"), [(0, 0), (1, 1), (2, 2), (3, OWN)])
def test_drivers_give_way_to_own_chapters_within_the_cap(count: int, shown: int) -> None:
    found = titles(count)
    assert len(found) == min(MOST - 1, 10 + shown)
    own_titles = [title for title in found if title.startswith("Chapter")]
    assert own_titles == [f"Chapter {30 + n}_own says it." for n in range(shown)]
    drivers = [title for title in found if title.endswith("£2.21m over")]
    drivers = [title for title in drivers if not title.startswith("Savings")]
    assert len(drivers) == min(DRIVERS, DRIVERS + 1 - shown)
    assert found[2 + len(drivers) :][:shown] == own_titles


def test_a_chapter_of_the_project_or_with_nothing_to_show_has_none() -> None:
    assert not [s for s in plan(paper(own())) if "Beds" in s.title]
    named = (OWN_NAME, "32_words")
    found = plan(paper(own("32_words", SAID), own()), named)
    assert [s.title for s in found if "Beds" in s.title] == ["Beds fell by half."]


@pytest.mark.parametrize(
    ("blocks", "said"),
    [
        ((SAID,), "Beds fell by half."),
        ((Narrative("a-commentary", "The team says.", "commentary"), SAID), "Beds fell by half."),
        ((words("a-text-1", "```\nward 12\n```"), SAID), "Beds fell by half."),
        ((words("a-mark", f"{SIGN} No figure stands behind it."), SAID), "Beds fell by half."),
        ((sample.BARS,), ""),
    ],
)
def test_the_title_is_the_chapters_first_sentence(blocks: tuple[Any, ...], said: str) -> None:
    assert headline_of(own(OWN_NAME, *blocks)) == said


def test_without_a_sentence_the_title_is_the_chapters() -> None:
    found = plan([Part("", (own(OWN_NAME, sample.BARS),))], [OWN_NAME])
    assert [slide.title for slide in found] == [f"Chapter {OWN_NAME}"]


def test_what_comes_first_is_shown_and_a_table_only_where_it_has_room() -> None:
    long = replace(sample.TABLE, rows=sample.TABLE.rows * 20)
    picture = next(b for b in plain.CHAPTER.blocks if isinstance(b, Picture))
    first = own_shown(own(OWN_NAME, long, picture, sample.TABLE))
    assert first is not None
    assert (first.picture, first.chart, first.table) == (picture, None, None)
    assert own_shown(own(OWN_NAME, long)) is None


def deck(*blocks: Any) -> list[Any]:
    made = slides((Part("", (own(OWN_NAME, *blocks),)),), META, (OWN_NAME,))
    return [*Presentation(BytesIO(made)).slides][1:]


def texts(slide: Any) -> list[str]:
    return [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]


@pytest.mark.parametrize("alt", plain.ALTS)
def test_a_picture_stands_on_its_slide_with_its_words(alt: str) -> None:
    block = next(b for b in plain.CHAPTER.blocks if isinstance(b, Picture) and b.alt == alt)
    (slide,) = deck(SAID, block)
    (shape,) = [s for s in slide.shapes if s.shape_type == 13]
    assert shape.element._nvXxPr.cNvPr.get("descr") == alt
    dots = shape.image.blob
    if block.media == "image/png":
        assert dots == block.content
    with Image.open(BytesIO(dots)) as read:
        across, down = read.size
    assert shape.width / shape.height == pytest.approx(across / down, rel=0.01)
    natural = 96 if block.media == "image/svg+xml" else across
    assert shape.width.pt == pytest.approx(natural * 0.75 * LARGEST, rel=0.01)
    assert (plain.TITLE in texts(slide)) == (alt == plain.FILE_ALT)


def test_a_wide_picture_stays_within_its_room() -> None:
    content = plain.png("red", (4000, 300))
    block = replace(_picture(), data=b64encode(content).decode())
    (slide,) = deck(SAID, block)
    (shape,) = [s for s in slide.shapes if s.shape_type == 13]
    assert shape.left >= 0
    assert shape.left + shape.width <= slide.part.package.presentation_part.presentation.slide_width


def _picture() -> Picture:
    return next(b for b in plain.CHAPTER.blocks if isinstance(b, Picture))


@pytest.mark.parametrize("shape", get_args(ChartKind))
def test_a_chart_of_each_shape_stands_on_its_slide(shape: ChartKind) -> None:
    chart = sample.LINE if shape in ("line", "slope") else sample.GROUPED
    (slide,) = deck(SAID, replace(chart, shape=shape))
    assert [s.has_chart for s in slide.shapes].count(True) == 1


def test_in_a_draft_what_is_untraced_says_so_on_the_slide() -> None:
    (slide,) = deck(SAID, *marked_untraced(_picture()))
    assert f"{SIGN} No figure stands behind what this picture shows." in "\n".join(texts(slide))
    numbers = replace(sample.number("7.5", "", "7.5"), figure="")
    row = replace(sample.TABLE.rows[0], cells=(sample.TABLE.rows[0].cells[0], numbers))
    columns = sample.TABLE.columns[:2]
    table = Table("t", "Beds", columns, (row,), "beds")
    (slide,) = deck(SAID, *marked_untraced(table))
    assert f"{SIGN} No figure stands behind this number." in "\n".join(texts(slide))


def test_what_the_figures_do_not_bear_out_over_a_block_says_so_on_the_slide() -> None:
    claim = Claim(1, "half", None, "size", "contradicted", (), "No.", "half", "x")
    mark = words_mark("beds-words", [claim])
    for block in (sample.BARS, sample.TABLE, _picture()):
        (slide,) = deck(SAID, block, mark)
        assert "The figures do not bear out what is said here: “half”." in "\n".join(texts(slide))


def test_a_doubted_headline_says_so() -> None:
    claim = Claim(1, "half", None, "direction", "unsupported", (), "No figure.", "half", "x")
    marked = replace(SAID, markdown=mark_claims(SAID.markdown, [claim], [claim]))
    (slide,) = deck(marked, sample.BARS)
    assert "Beds fell by half [no such figure]." in texts(slide)


def test_the_notebook_of_every_kind_has_a_slide() -> None:
    """Its first picture, as the notes tell the rest."""
    chapter = read_chapter(plain.NAME, json.loads(json.dumps(plain.NOTEBOOK)))
    (found,) = plan((Part("", (chapter,)),), (plain.NAME,))
    assert found.picture is not None
    assert found.picture.alt == plain.FILE_ALT
    assert found.title == plain.PARAGRAPH
    assert any(plain.SVG_ALT in note for note in found.notes)
