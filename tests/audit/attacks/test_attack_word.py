"""Attacks on a Word document: each is told by what is read of it, and named where a block can."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import small_prints as small

from boardpack.audit.reader.expected import Expected, read_expected
from boardpack.audit.reader.hold_print import hold_word
from boardpack.audit.reader.passage import Passage
from boardpack.audit.reader.word import read_word
from boardpack.outputs.word import chapter as word_chapter
from boardpack.outputs.word import run as word_run
from boardpack.outputs.word import table as word_table

Parts = dict[str, bytes]
Attack = Callable[[Parts], None]
BODY = "word/document.xml"
PARAGRAPH = "<w:p><w:r>{look}<w:t>1,213 under budget</w:t></w:r></w:p>"


def change(old: str, new: str, part: str = BODY, count: int = -1) -> Attack:
    """Other words in a part, wherever they stand."""

    def attack(parts: Parts) -> None:
        assert old.encode() in parts[part], f"{old!r} is not in {part}"
        parts[part] = parts[part].replace(old.encode(), new.encode(), count)

    return attack


def add(look: str = "", wrap: str = "{}") -> Attack:
    """A paragraph of one's own at the start, in a look and in a wrapping."""
    return change("<w:p>", wrap.format(PARAGRAPH.format(look=look)) + "<w:p>", count=1)


def part(name: str, content: bytes) -> Attack:
    """A part of one's own."""

    def attack(parts: Parts) -> None:
        parts[name] = content

    return attack


def row_of(parts: Parts, label: str) -> bytes:
    """The XML of the row with this label."""
    body = parts[BODY]
    at = body.rindex(f">{label}<".encode())
    start = body.rindex(b"<w:tr>", 0, at)
    return body[start : body.index(b"</w:tr>", at) + len(b"</w:tr>")]


def hide_row(parts: Parts) -> None:
    row = row_of(parts, "Prescribing")
    hidden = row.replace(b"<w:trPr>", b"<w:trPr><w:hidden/>")
    parts[BODY] = parts[BODY].replace(row, hidden)


def flatten_row(parts: Parts) -> None:
    row = row_of(parts, "Prescribing")
    low = row.replace(b"<w:trPr>", b'<w:trPr><w:trHeight w:val="2" w:hRule="exact"/>')
    parts[BODY] = parts[BODY].replace(row, low)


def swap_rows(parts: Parts) -> None:
    one, other = row_of(parts, "Prescribing"), row_of(parts, "Continuing Care Services")
    body = parts[BODY].replace(one, b"@").replace(other, one)
    parts[BODY] = body.replace(b"@", other)


def drop_tag(parts: Parts) -> None:
    """The bookmark that ties a number to its figure, and not the number."""
    parts[BODY] = parts[BODY].replace(b'w:name="_f1"', b'w:name="nothing"')


def outside(parts: Parts) -> None:
    rels = "word/_rels/document.xml.rels"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
    link = f'<Relationship Id="x" Type="{kind}" TargetMode="External" Target="http://a.example/"/>'
    change("</Relationships>", f"{link}</Relationships>", rels)(parts)


VANISH = "<w:rPr><w:vanish/></w:rPr>"
NOTE = b'<w:comments xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
NOTED = NOTE + b"<w:comment><w:p><w:r><w:t>1,213</w:t></w:r></w:p></w:comment></w:comments>"
ATTACKS: dict[str, tuple[Attack, str]] = {
    "a tagged number": (change("(2,213)", "(1,213)"), "'(1,213)' where it should read '(2,213)'"),
    "a lost sign": (change("(404)", "404"), "404' where it should read '(404)'"),
    "tagged words": (change("overspent", "underspent"), "underspent"),
    "untagged words": (change("not volume", "by £9m"), "by £9m"),
    "a label": (change("Own costs", "Own care"), "has no row 'Own care'"),
    "swapped labels": (
        change(">Subtotal<", ">Total<"),
        "row 'Subtotal' of the table",
    ),
    "swapped heads": (change(">Budget<", ">Actual<"), "the head of the table"),
    "a headline": (change("(2,405)", "(1,405)"), "does not show the headline"),
    "swapped rows": (swap_rows, "'Prescribing'"),
    "a hidden row": (hide_row, "'a row that is not seen', 'Prescribing'"),
    "a row too low to read": (flatten_row, "'a row that is not seen', 'Prescribing'"),
    "a tag that is removed": (drop_tag, ""),
    "words of one's own": (add(), "reads '1,213 under budget'"),
    "hidden words": (add(VANISH), "'words that are not seen', 'hidden'"),
    "white words": (
        add('<w:rPr><w:color w:val="FEFEFE"/></w:rPr>'),
        "'of the colour of what it stands on'",
    ),
    "tiny words": (add('<w:rPr><w:sz w:val="2"/></w:rPr>'), "'too small to read'"),
    "struck words": (add("<w:rPr><w:strike/></w:rPr>"), "'set apart by strike'"),
    "inserted words": (add(wrap="<w:ins>{}</w:ins>"), "reads '1,213 under budget'"),
    "a floating frame": (
        change("<w:pPr>", '<w:pPr><w:framePr w:w="9"/>', count=1),
        "'a frame that floats'",
    ),
    "an alternative text": (
        change("Actual is above budget for prescribing and for continuing care.", "Actual is 9%."),
        "'Actual is 9%.'",
    ),
    "a style that hides": (
        change(
            '<w:style w:type="paragraph" w:styleId="BodyText">',
            f'<w:style w:type="paragraph" w:styleId="BodyText">{VANISH}',
            "word/styles.xml",
        ),
        "'words that are not seen', 'hidden'",
    ),
    "a field that asks": (
        change("PAGE </w:instrText>", "DDE x </w:instrText>", "word/boardpack-footer-portrait.xml"),
        "has a field that no paper has",
    ),
    "a comment": (part("word/comments.xml", NOTED), "'comment', '1,213'"),
    "a macro": (part("word/vbaProject.bin", b"1"), "holds a file that no paper holds"),
    "an embedded file": (part("word/embeddings/a.xlsx", b"1"), "holds a file that no paper holds"),
    "a picture from outside": (outside, "'image outside the document', 'http://a.example/'"),
    "a picture": (part("word/media/image1.png", b"1"), ""),
}


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small.write_build(tmp_path_factory.mktemp("honest") / "build")


@pytest.fixture(scope="module")
def expected(build: Path) -> Expected:
    return read_expected(build)


@pytest.fixture(scope="module")
def honest(build: Path) -> list[Passage]:
    return read_word(build / small.WORD)


def faults_of(passages: list[Passage], expected: Expected) -> list[str]:
    return [f"{where}: {what}" for where, what in hold_word(small.WORD, passages, expected)]


def forged(build: Path, attack: Attack, folder: Path) -> Path:
    """The document with an attack, packed anew."""
    with zipfile.ZipFile(build / small.WORD) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    attack(parts)
    with zipfile.ZipFile(folder / small.WORD, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return folder / small.WORD


def test_an_honest_paper_shows_what_its_blocks_say(
    honest: list[Passage], expected: Expected
) -> None:
    assert faults_of(honest, expected) == []
    cells = ("Prescribing", "23,172", "25,385", "(2,213)", "(4,450)", "Price concessions")
    assert Passage("table 3, row 4", "row", cells) in honest


@pytest.mark.parametrize("name", ATTACKS)
def test_each_attack_is_told_and_named(
    name: str, build: Path, honest: list[Passage], expected: Expected, tmp_path: Path
) -> None:
    attack, told = ATTACKS[name]
    passages = read_word(forged(build, attack, tmp_path))
    assert passages != honest
    faults = faults_of(passages, expected)
    # A tag says nothing to a reader, and dots of a picture cannot be read: these differ, no more.
    assert any(told in fault for fault in faults) if told else faults == []


def test_only_harmless_bytes_make_no_difference(
    build: Path, honest: list[Passage], tmp_path: Path
) -> None:
    again = forged(build, lambda parts: None, tmp_path)  # the dates of its parts are today's
    assert again.read_bytes() != (build / small.WORD).read_bytes()
    assert read_word(again) == honest


def test_a_part_that_is_there_twice_is_told(build: Path, tmp_path: Path) -> None:
    again = forged(build, lambda parts: None, tmp_path)
    with zipfile.ZipFile(again, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr(BODY, archive.read(BODY))
    said = Passage("the document", "look", ("a part that is there twice", BODY))
    assert said in read_word(again)


@pytest.mark.parametrize("content", [b"", b"not a zip"])
def test_a_damaged_file_is_refused(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "paper.docx").write_bytes(content)
    with pytest.raises(ValueError, match=r"^paper\.docx cannot be read as a Word document: "):
        read_word(tmp_path / "paper.docx")


def test_a_document_that_declares_entities_is_refused(build: Path, tmp_path: Path) -> None:
    attack = change("<w:document", '<!DOCTYPE d [<!ENTITY a "b">]><w:document')
    with pytest.raises(ValueError, match="declares words of its own"):
        read_word(forged(build, attack, tmp_path))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("(2,213)", "(1,213)", "'(1,213)' where it should read '(2,213)'"),
        ("(404)", "404", "404' where it should read '(404)'"),
        ("Continuing Care Services", "Acute Services", "'Acute Services'"),
    ],
)
def test_a_patched_writer_is_found(
    old: str,
    new: str,
    told: str,
    expected: Expected,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The writer prints other words, and ties them to the same figures."""
    honest_run = word_run.run
    for module in (word_run, word_table, word_chapter):
        monkeypatch.setattr(
            module,
            "run",
            lambda paper, text, *look: honest_run(paper, text.replace(old, new), *look),
        )
    small.write_word(tmp_path)
    faults = faults_of(read_word(tmp_path / small.WORD), expected)
    assert any(told in fault for fault in faults), faults
