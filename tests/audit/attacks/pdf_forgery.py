"""Ways to change what a PDF shows, says or holds, as somebody who wants to mislead would."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Operator, Pdf, String

from boardpack.audit.reader.pdf_letters import Letters

Attack = Callable[[Pdf], None]


def letters_of(font: Object) -> dict[int, str]:
    """The character of each code in a typeface of the paper; several codes may show the same."""
    letters = Letters(font.DescendantFonts[0].FontDescriptor.FontFile2.read_bytes())
    return {code: letters.shown(code)[0] for code in range(1, 400) if letters.shown(code)}


def code_of(letter: str, letters: dict[int, str]) -> int:
    """A code that shows a character."""
    return next(code for code, shown in letters.items() if shown == letter)


def respell(old: str, new: str) -> Attack:
    """Print other glyphs wherever these words are printed; every tag stays as it is."""

    def attack(pdf: Pdf) -> None:
        done = sum(_respell_page(pdf, page, old, new) for page in pdf.pages)
        assert done, f"{old!r} is printed nowhere"

    return attack


def _respell_page(pdf: Pdf, page: pikepdf.Page, old: str, new: str) -> int:
    letters: dict[int, str] = {}
    made, found = [], 0
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "Tf":
            letters = letters_of(page.resources.Font[operands[0]])
        if str(operator) in ("Tj", "TJ") and old in (text := _text(operands[0], letters)):
            wanted = text.replace(old, new)
            told = b"".join(code_of(letter, letters).to_bytes(2, "big") for letter in wanted)
            operands, operator, found = [String(told)], Operator("Tj"), found + 1
        made.append((operands, operator))
    if found:
        page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(made))
    return found


def _text(told: Object, letters: dict[int, str]) -> str:
    parts = told if isinstance(told, Array) else [told]
    content = b"".join(bytes(part) for part in parts if isinstance(part, String))
    pairs = (content[at : at + 2] for at in range(0, len(content), 2))
    return "".join(letters.get(int.from_bytes(pair, "big"), "?") for pair in pairs)


def draw(content: bytes) -> Attack:
    """Draw over the first page; `F` is a typeface of every reader's own."""

    def attack(pdf: Pdf) -> None:
        helvetica = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        page = pdf.pages[0]
        page.resources.Font[Name("/F")] = pdf.make_indirect(helvetica)
        page.contents_add(pdf.make_stream(b"q " + content + b" Q"))

    return attack


def elements(pdf: Pdf, kind: str) -> Iterator[Object]:
    """The tags of a kind, in order."""

    def walk(element: Object) -> Iterator[Object]:
        if isinstance(element, Array):
            for child in element:
                yield from walk(child)
        elif isinstance(element, Dictionary):
            if element.get(Name.S) == Name(f"/{kind}"):
                yield element
            if Name.K in element:
                yield from walk(element.K)

    yield from walk(pdf.Root.StructTreeRoot.K)


def say_instead(kind: str, old: str, new: str) -> Attack:
    """Change the words that are read aloud in place of a print."""

    def attack(pdf: Pdf) -> None:
        name = Name.ActualText if kind == "Span" else Name.Alt
        told = [e for e in elements(pdf, kind) if str(e.get(name, "")) == old]
        assert told, f"{old!r} is said nowhere"
        told[0][name] = String(new)

    return attack


def show(pdf: Pdf) -> None:
    """Have the paper opened as a show, in which no reader sees where he is."""
    pdf.Root.PageMode = Name.FullScreen


def swap_cells(pdf: Pdf) -> None:
    """Tell the amounts of a row in another order than they stand on the page."""
    row = next(row for row in elements(pdf, "TR") if len(row.K) > 4 and row.K[3].S == Name.TD)
    row.K[1], row.K[2] = row.K[2], row.K[1]


def drop_cell(pdf: Pdf) -> None:
    """Leave a printed amount out of what is read aloud."""
    rows = [row for row in elements(pdf, "TR") if len(row.K) > 4 and row.K[3].S == Name.TD]
    rows[0].K[3].K = Array()


def map_to(old: str, new: str) -> Attack:
    """Say of a glyph that it stands for another character: it is copied and read aloud so."""

    def attack(pdf: Pdf) -> None:
        for page in pdf.pages:
            for font in page.resources.Font.values():
                for code in [code for code, shown in letters_of(font).items() if shown == old]:
                    said = b"beginbfchar\n<%04x> <%04x>\nendbfchar\n" % (code, ord(new))
                    told = font.ToUnicode.read_bytes()
                    font.ToUnicode = pdf.make_stream(
                        told.replace(b"endcmap", b"1 " + said + b"endcmap")
                    )

    return attack


def replace_text(pdf: Pdf) -> None:
    """Say of drawn glyphs, where they are drawn, that they read otherwise."""
    page = pdf.pages[0]
    content = page.Contents.read_bytes()
    assert b"/Span<</MCID 5>>BDC" in content
    changed = content.replace(b"/Span<</MCID 5>>BDC", b"/Span<</MCID 5/ActualText(1,213)>>BDC")
    page.Contents = pdf.make_stream(changed)


def annotate(pdf: Pdf) -> None:
    """Lay a note over the page, which every program shows."""
    note = Dictionary(
        Type=Name.Annot, Subtype=Name.FreeText, Rect=[300, 600, 400, 620], Contents=String("1,213")
    )
    page = pdf.pages[0].obj
    page.Annots = Array([*page.get(Name.Annots, Array()), pdf.make_indirect(note)])


def ask(pdf: Pdf) -> None:
    """Lay a field of a form over the page, filled in."""
    field = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Widget,
        FT=Name.Tx,
        T=String("amount"),
        V=String("1,213"),
        Rect=[300, 600, 400, 620],
    )
    held = pdf.make_indirect(field)
    pdf.pages[0].obj.Annots = Array([held])
    pdf.Root.AcroForm = Dictionary(Fields=Array([held]))


def act(pdf: Pdf) -> None:
    """Run a script when the file is opened."""
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("this.getField('x')"))


def attach(name: str, content: bytes) -> Attack:
    """Carry a file."""

    def attack(pdf: Pdf) -> None:
        pdf.attachments[name] = pikepdf.AttachedFileSpec(pdf, content)

    return attack


def recolour(pdf: Pdf) -> None:
    """Draw the first region of its colour in another one, as a bar that changes its series."""
    page = pdf.pages[0]
    content = page.Contents.read_bytes()
    assert b"0.07058824 0.2627451 0.42745098 scn" in content
    changed = content.replace(b"0.07058824 0.2627451 0.42745098 scn", b"0.5 0 0 scn", 1)
    page.Contents = pdf.make_stream(changed)


def crop(pdf: Pdf) -> None:
    """Show the upper half of the first page alone."""
    pdf.pages[0].obj.CropBox = Array([0, 421, 595, 842])


def fade(pdf: Pdf) -> None:
    """Make the first page's drawing see-through."""
    page = pdf.pages[0]
    page.resources.ExtGState = Dictionary(G=Dictionary(ca=0))
    content = page.Contents.read_bytes()
    page.Contents = pdf.make_stream(b"/G gs " + content)


def stretch_bar(pdf: Pdf) -> None:
    """Draw the first large bar of the first chart half as long again."""
    for page in pdf.pages:
        content = pikepdf.parse_content_stream(page)
        picture = next((n for n, (held, _) in enumerate(content) if _is_picture(held)), None)
        if picture is None:
            continue
        made = list(content)
        for place in range(picture, len(made)):
            held, operator = made[place]
            if str(operator) == "cm" and _is_bar(made[place + 1 : place + 12]):
                matrix = [float(value) for value in held]
                matrix[0] *= 1.5
                made[place] = (matrix, operator)
                page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(made))
                return
    raise AssertionError("no bar is drawn")


def _is_picture(operands: object) -> bool:
    held = list(operands)  # type: ignore[call-overload]
    return len(held) > 1 and isinstance(held[1], Dictionary) and Name.Alt in held[1]


def _is_bar(following: list[tuple[list[Object], Operator]]) -> bool:
    """Whether a filled region wider than 30 points and lower than 20 is drawn next."""
    points = []
    for held, operator in following:
        if str(operator) in ("m", "l"):
            points.append([float(value) for value in held])
        elif str(operator) in ("f", "B"):
            across, up = zip(*points, strict=True) if points else ((0,), (0,))
            return max(across) - min(across) > 30 and 3 < max(up) - min(up) < 20
        elif str(operator) in ("q", "Q", "cm", "BT", "S", "n"):
            return False
    return False


def respell_label(old: str, new: str) -> Attack:
    """Print another label in a chart, whose glyphs are drawn one at a time."""

    def attack(pdf: Pdf) -> None:
        done = sum(_respell_glyphs(pdf, page, old, new) for page in pdf.pages)
        assert done, f"{old!r} is a label of no chart"

    return attack


def _respell_glyphs(pdf: Pdf, page: pikepdf.Page, old: str, new: str) -> int:
    letters: dict[int, str] = {}
    made, drawn = [], []
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "Tf":
            letters = letters_of(page.resources.Font[operands[0]])
        if str(operator) == "Tj":
            drawn.append((len(made), _text(operands[0], letters), letters))
        made.append((operands, operator))
    found = 0
    for start in range(len(drawn)):
        run = drawn[start : start + len(old)]
        if [letter for _, letter, _ in run] == [*old]:
            found += 1
            for (place, _, known), letter in zip(run, new, strict=True):
                made[place] = ([String(code_of(letter, known).to_bytes(2, "big"))], Operator("Tj"))
    if found:
        page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(made))
    return found
