"""Typst source: text is data, tables fit, headings step down one by one."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

import sample_paper as sample
from boardpack.core.design import usual_design
from boardpack.document.blocks import Cell, Column, Number, Row, Table
from boardpack.document.content import Chapter, Heading
from boardpack.outputs.charts.static_chart import FULL_WIDTH, HALF_WIDTH
from boardpack.outputs.design import design_typst
from boardpack.outputs.pdf.typst_chapter import chapter_tags, chapter_typst, pictures
from boardpack.outputs.pdf.typst_document import Attachment, PdfMeta, document_typst
from boardpack.outputs.pdf.typst_table import table_tags, table_typst
from boardpack.outputs.pdf.typst_text import line, literal, prose
from boardpack.outputs.table_layout import LANDSCAPE, PORTRAIT, SETTINGS, layout
from boardpack.outputs.typeface import TEMPLATES, width
from other_process import Call, value_of

STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
META = PdfMeta("ICB", "Board", "Title", "Subtitle", "23 November 2023", "DRAFT", "Anytown", 0)
HOSTILE = (
    '#panic() @ref $x$ *a* _b_ \\ \\" "q" \'q\' [x] (y) {z} <label> `r` // c /* c */ ~ -- ... = h',
    "ends with a backslash \\",
    '"); #panic("',
    "line\nbreak",
    "\\u{41}",
    sample.HOSTILE,
)


def code(source: str) -> str:
    """What is left of Typst source without its strings."""
    return STRING.sub('""', source)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_literal_is_exactly_its_text(text: str, own_process: Call) -> None:
    assert own_process(value_of, literal(text)) == text


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_within_strings(text: str) -> None:
    number = Number(text, "a.b", "1", adverse=True)
    table = Table("t", text, (Column(text, "left"), Column(text, group=text)), (), text, (text,))
    table = replace(table, rows=(Row((text,), "heading"), Row((text, number)), Row((text, text))))
    plain = replace(table, caption="", unit="", notes=("",), rows=())
    items = (Heading(1, text), table, sample.MISSING, sample.KEY_FIGURES)
    found = code(chapter_typst(Chapter("c", text, items)))
    for word in ("panic", "@", "$", "<", "script", "alert"):
        assert word not in found
    assert code(table_typst(plain)).count("ledger") == 1


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("a ⟦x.y|£2.4k⟧ b", '#par[#"a ";#"£2.4k";#" b";];'),
        ("**a** *b*", '#par[#strong[#"a";];#" ";#emph[#"b";];];'),
        ("- a\n- b", '#list([#"a";], [#"b";], );'),
        ("3. a\n4. b", '#enum(start: 3, [#"a";], [#"b";], );'),
        ("`a#b`", '#par[#raw("a#b");];'),
        ("> a", '#quote(block: true)[#"a";];'),
        ("[a](https://b.org)", '#par[#link("https://b.org")[#"a";];];'),
        ("[a](javascript:b)", '#par[#"[a](javascript:b)";];'),
        ("[a](02_position.html)", '#par[#"a";];'),
        ("a\\\nb", '#par[#"a";#linebreak();#"b";];'),
        ("a\nb", '#par[#"a";#" ";#"b";];'),
        ("---", "#divider();"),
        (
            "| a | b |\n|---|--:|\n| c | ⟦x.y|(1)⟧ |",
            '#prose-table(aligns: (left, right, ), header: ([#"a";], [#"b";], ), '
            'rows: (([#"c";], [#"(1)";], ), ));',
        ),
    ],
)
def test_prose(markdown: str, expected: str) -> None:
    assert prose(markdown) == expected


def test_a_note_has_no_paragraph_of_its_own() -> None:
    assert line("a *b*") == '#"a ";#emph[#"b";];'
    assert line("") == ""


def test_headings_step_down_one_by_one() -> None:
    items = [i for level in (1, 3, 2, 4, 1) for i in (Heading(level, "h"), sample.MISSING)]
    source = chapter_typst(Chapter("c", "h", tuple(items)), "Appendix")
    assert [int(n) for n in re.findall(r"heading\(level: (\d)", source)] == [1, 2, 3, 3, 4, 2]


def test_a_heading_under_which_only_workings_stand_is_left_out() -> None:
    items = (Heading(1, "A"), sample.MISSING, Heading(2, "B"), Heading(3, "C"), sample.WORKINGS)
    assert chapter_typst(Chapter("c", "A", items)).count("#heading") == 1


def test_the_cover_sheet_starts_a_page_and_the_contents_follow_the_summary() -> None:
    items = (Heading(1, "Summary"), sample.WORDS, Heading(2, "Cover sheet"), sample.TABLE)
    part = replace(sample.PARTS[0], chapters=(Chapter("01", "Summary", items), sample.POSITION))
    found = code(document_typst([part], META, [Attachment("figures.json", "attachment-0")]))
    order = ["#pdf.attach", "#band", "#narrative", "#pagebreak", "#ledger", "#contents", "#charts"]
    places = [found.index(call) for call in order]
    assert places == sorted(places)


def test_workings_are_left_out_and_commentary_is_set_off() -> None:
    assert sample.WORKINGS.rows[0].source not in chapter_typst(sample.POSITION)
    assert "#commentary[" in chapter_typst(sample.SUMMARY)


def test_charts_that_follow_each_other_stand_in_pairs() -> None:
    widths = [picture.width for picture in pictures(sample.POSITION)]
    assert widths == [HALF_WIDTH] * 8 + [FULL_WIDTH] * 2  # small multiples are wide
    three = Chapter("c", "t", (sample.BARS, sample.WALK, sample.WORKINGS, sample.LINE))
    assert [picture.width for picture in pictures(three)] == [HALF_WIDTH, HALF_WIDTH, FULL_WIDTH]
    assert chapter_typst(three).count("#charts(") == 2


def test_no_type_is_smaller_than_8_points() -> None:
    template = (TEMPLATES / "paper.typ").read_text(encoding="utf-8")
    source = design_typst(usual_design()) + template + document_typst(sample.PARTS, META)
    named = re.findall(r"#let (?:\w+-)?(?:small|size) = ([\d.]+)pt", source)
    sizes = [float(n) for n in [*re.findall(r"\bsize: ([\d.]+)pt", source), *named]]
    assert len(sizes) > 10
    assert min(sizes) >= 8
    assert min(setting.size for setting in SETTINGS) == 8


def test_the_name_of_a_total_which_is_bold_stands_on_one_line() -> None:
    columns = (Column("Year", "left"), *(Column(f"M{n}") for n in range(12)))
    rows = tuple(
        Row((name, *("9,999",) * 12), kind)
        for name, kind in (("2021/22", "line"), ("All years", "total"))
    )
    table = Table("t", "T", columns, rows)
    plan = layout(table)
    first = float(plan.sheets[0].widths[0].removesuffix("pt")) - 2 * plan.setting.inset
    assert first >= width("All years", plan.setting.size, bold=True)


def test_a_long_title_is_told_to_the_band() -> None:
    said = [document_typst(sample.PARTS, replace(META, title="T" * n)) for n in (30, 60)]
    assert ["long: true" in source for source in said] == [False, True]


def test_the_template_and_the_layout_agree_on_the_page() -> None:
    template = (TEMPLATES / "paper.typ").read_text(encoding="utf-8")
    assert f"#let text-width = {FULL_WIDTH:g}pt" in template
    assert f"columns: ({HALF_WIDTH:g}pt, {HALF_WIDTH:g}pt)" in template
    assert "margin: page-margin" in template
    margins = 2 * usual_design().spacing.page_side
    assert 0 <= 210 / 25.4 * 72 - margins - PORTRAIT < 1
    assert 0 <= 297 / 25.4 * 72 - margins - LANDSCAPE < 1


def numbers_table(columns: int, text: str = "(1,234,567)", groups: int = 0) -> Table:
    number = Number(text, "a.b", "1")
    heads = [Column(f"c{i}", group=f"g{i // groups}" if groups else None) for i in range(columns)]
    row = Row(("A line of the table", *[number] * columns), "total")
    return Table("t", "T", (Column("Line", "left"), *heads), (row,))


@pytest.mark.parametrize("columns", range(1, 30))
def test_every_column_is_shown_and_no_number_is_cut(columns: int) -> None:
    table = numbers_table(columns)
    plan = layout(table)
    shown = [c for sheet in plan.sheets for c in sheet.columns[1:]]
    assert shown == list(range(1, columns + 1))
    number = width("(1,234,567)", plan.setting.size, bold=True) + 2 * plan.setting.inset
    for sheet in plan.sheets:
        points = [float(w.removesuffix("pt")) for w in sheet.widths]
        assert sum(points) <= plan.setting.room + 0.1
        assert min(points[1:]) >= number - 0.01


def test_a_table_lies_on_its_side_only_when_it_must() -> None:
    assert layout(numbers_table(6)).setting == SETTINGS[0]
    rooms = [layout(numbers_table(n)).setting.room for n in range(1, 30)]
    assert rooms == sorted(rooms)
    assert set(rooms) == {PORTRAIT, LANDSCAPE}


def test_columns_of_a_group_stay_together() -> None:
    sheets = layout(numbers_table(24, groups=3)).sheets
    assert len(sheets) > 1
    assert all((len(sheet.columns) - 1) % 3 == 0 for sheet in sheets)


def test_words_get_the_room_they_need() -> None:
    cells: tuple[Cell, ...] = ("budget.csv", "£439,689k", "439,689", "A long reason " * 20)
    columns = tuple(Column(name, "left") for name in ("Cell", "Printed", "Used", "Why"))
    (sheet,) = layout(Table("t", "T", columns, (Row(cells),))).sheets
    points = [float(w.removesuffix("pt")) for w in sheet.widths]
    assert all(p >= width(str(c), 9) for p, c in zip(points[:3], cells, strict=False))
    assert points[3] > 200


def test_a_section_with_a_wide_table_lies_on_its_side_as_a_whole() -> None:
    wide = numbers_table(13)
    items = (Heading(1, "A"), sample.WORDS, Heading(2, "B"), Heading(3, "C"), wide, sample.WORDS)
    found = chapter_typst(Chapter("c", "A", (*items, Heading(2, "D"), sample.MISSING)))
    before, inside = found.split("#wide[")
    assert '"A"' in before
    assert (
        inside.index('"B"') < inside.index('"C"') < inside.index("#ledger") < inside.index("];\n")
    )
    assert found.count("#wide[") == 1


def test_a_heading_row_under_which_nothing_stands_is_left_out() -> None:
    rows = (Row(("A",), "heading"), Row(("B",), "heading"), Row(("x", "1")), Row(("C",), "heading"))
    table = Table("t", "T", (Column("Line", "left"), Column("N")), rows)
    found = table_typst(table)
    assert '"B"' in found
    assert '"A"' not in found
    assert '"C"' not in found
    assert len(table_tags(table)[0].rows) == 2


def test_cells_say_what_they_show() -> None:
    (tags,) = chapter_tags(sample.POSITION)
    cell = tags.rows[1][3]
    assert (cell.figure, cell.text) == (sample.VARIANCE.figure, "(2,213)")
    assert cell.words == "minus 2,213, adverse"


def test_bad_news_is_never_told_by_colour_alone() -> None:
    template = (TEMPLATES / "paper.typ").read_text(encoding="utf-8")
    assert 'adverse("(2,213)")' in table_typst(sample.TABLE)
    assert 'if words.starts-with("(") { words } else { "! " + words }' in template
