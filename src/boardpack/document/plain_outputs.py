"""What a notebook shows without a block of its own, made into blocks: words, pictures, text.

A chapter is written in the tools that an analyst knows, and nothing that it shows may be lost.
Markdown becomes headings, prose and pictures; text that is printed stands line by line; a picture
stands with its words for those who cannot see it. What none of them can carry is refused by name
(`CannotCarry`), never left out.
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from xml.etree import ElementTree

from markdown_it import MarkdownIt
from markdown_it.token import Token

from boardpack.document.blocks import (
    MIME,
    NO_MARKERS,
    Block,
    Narrative,
    Picture,
    PictureMedia,
    block_json,
)

Item = dict[str, Any]
"""A block as JSON, or a heading: `{"kind": "heading", "level": 2, "text": "Causes"}`."""
PictureFile = Callable[[str], bytes]
"""Reads a picture that stands beside the notebook; CannotCarry where it is not there."""

DEEPEST = 4
"""Headings below this level stand in bold, as prose has them."""
MEDIA: Mapping[str, PictureMedia] = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "svg": "image/svg+xml",
}
_ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_OBJECT = re.compile(r"\[?<[^\n]*>\]?", re.DOTALL)
_TOLD = re.compile(r"#\| *fig-(alt|cap): *(.+?) *")
_COMMENT = re.compile(r"\s*<!--.*?-->\s*", re.DOTALL)
_NO_ALT = (
    "say in words what it shows: begin the cell with `#| fig-alt: words`, or write"
    " ![words](file) in Markdown"
)
_KINDS = {
    "application/vnd.plotly.v1+json": (
        "a Plotly figure",
        "begin the notebook with open_paper, which carries Plotly figures",
    ),
    "text/html": (
        "a table or other HTML",
        "begin the notebook with open_paper, which carries tables; no other HTML can be printed",
    ),
    "application/javascript": ("JavaScript", "no output of the paper runs any"),
    "application/vnd.jupyter.widget-view+json": (
        "a widget",
        "show what it comes to: a paper cannot be moved by its reader",
    ),
    "text/latex": ("LaTeX", "write it in words, or show it as a picture"),
}
_OTHER = "show it as a table, a chart, a picture or text"


class CannotCarry(Exception):
    """What a notebook shows and no output of the paper can: what it is, and what to do."""

    def __init__(self, what: str, remedy: str) -> None:
        self.what, self.remedy = what, remedy
        super().__init__(f"{what} cannot be carried into the paper; {remedy}")

    def _render_traceback_(self) -> list[str]:
        """What Jupyter shows below a cell that raised it: the words alone (an IPython protocol)."""
        return str(self).splitlines()


@dataclass
class Carrier:
    """Makes blocks of what one notebook shows; `chapter` begins their ids, in their order."""

    chapter: str
    picture_file: PictureFile
    _count: int = field(default=0, init=False)

    def markdown(self, text: str) -> list[Item]:
        """The headings, the prose and the pictures of some Markdown, in order."""
        parsed: dict[str, Any] = {}
        lines = text.translate(NO_MARKERS).splitlines()
        tokens = [t for t in _markdown().parse("\n".join(lines), parsed) if t.level == 0 and t.map]
        inlines = _inlines(_markdown().parse("\n".join(lines)))
        found: list[Item] = []
        prose: list[str] = []
        for token in tokens:
            start, end = token.map or (0, 0)
            own, inside = lines[start:end], inlines.get(start, ())
            heading = token.type == "heading_open" and int(token.tag[1:]) <= DEEPEST
            pictures = _pictures(inside)
            if not heading and not pictures:
                if token.type != "html_block" or not _COMMENT.fullmatch("\n".join(own)):
                    _refuse_html(inside)
                    prose += [*own, ""]
                continue
            found += self._prose(prose, parsed)
            if heading:
                found.append(_heading(int(token.tag[1:]), inside))
            found += [self._linked(picture) for picture in pictures]
        return [*found, *self._prose(prose, parsed)]

    def output(self, output: Mapping[str, Any], source: str = "") -> list[Item]:
        """What one output of a cell shows; nothing where it carries a block already.

        `source` is the cell's, which may say what its pictures show (see `picture_words`).
        """
        kind = output["output_type"]
        if kind == "stream":
            return self._stream(output["name"], _joined(output["text"]))
        if kind == "error":
            raise CannotCarry(f"an error ({output['ename']})", "a chapter shows none: mend it")
        data = {name: value for name, value in output["data"].items() if value != ""}
        if MIME in data:
            return []
        if "text/markdown" in data:
            return self.markdown(_joined(data["text/markdown"]))
        for media in ("image/png", "image/jpeg", "image/svg+xml"):
            if media in data:
                told = {**picture_words(source), **output.get("metadata", {})}
                return [self._drawn(media, data[media], told)]
        for name in sorted(data, key=lambda name: (name not in _KINDS, name)):
            if name != "text/plain":
                raise CannotCarry(*_KINDS.get(name, (f"a thing of type {name}", _OTHER)))
        return self._text(_joined(data.get("text/plain", "")))

    def _stream(self, name: str, text: str) -> list[Item]:
        if name == "stderr" and text.strip():
            first = text.strip().splitlines()[0][:120]
            remedy = "mend what it warns of, or silence it in the cell: a board is not shown it"
            raise CannotCarry(f"a warning ({first})", remedy)
        return self._printed(text) if name == "stdout" else []

    def _text(self, text: str) -> list[Item]:
        if _OBJECT.fullmatch(text.strip()):
            remedy = "it is no words: end the line with a semicolon, or give it a name"
            raise CannotCarry(f"a Python object ({text.strip()[:60]})", remedy)
        return self._printed(text)

    def _printed(self, text: str) -> list[Item]:
        """Text line by line, in a fence that is longer than any in it."""
        shown = _ANSI.sub("", text).translate(NO_MARKERS).expandtabs().strip("\n").rstrip()
        if not shown.strip():
            return []
        longest = max((len(run) for run in re.findall("`+", shown)), default=0)
        fence = "`" * max(3, longest + 1)
        return [self._block(Narrative(self._id("text"), f"{fence}\n{shown}\n{fence}"))]

    def _prose(self, lines: list[str], parsed: Mapping[str, Any]) -> list[Item]:
        """The prose gathered so far, with the addresses that its links are told of elsewhere."""
        text = "\n".join(lines).strip("\n")
        lines.clear()
        if not text.strip():
            return []
        told = parsed.get("references", {}).items()
        places = "".join(f"\n[{name}]: <{link['href']}>" for name, link in told)
        whole = f"{text}\n{places}" if places else text
        return [self._block(Narrative(self._id("text"), whole))]

    def _linked(self, token: Token) -> Item:
        """A picture that Markdown names, from where it stands."""
        source, alt = str(token.attrs.get("src", "")), token.content
        media = MEDIA.get(source.rpartition(".")[2].lower())
        if media is None:
            raise CannotCarry(f"the picture {source}", "a picture is a .png, .jpg or .svg file")
        return self._picture(media, self.picture_file(source), alt, token.attrs.get("title", ""))

    def _drawn(self, media: PictureMedia, data: Any, metadata: Mapping[str, Any]) -> Item:
        """A picture that a cell has drawn; what is said of it stands in its metadata."""
        told = {**metadata, **metadata.get(media, {})}
        text = _joined(data)
        content = text.encode() if media == "image/svg+xml" else b64decode(text)
        return self._picture(media, content, told.get("alt", ""), told.get("title", ""))

    def _picture(self, media: PictureMedia, content: bytes, alt: object, title: object) -> Item:
        said, over = (" ".join(str(words).translate(NO_MARKERS).split()) for words in (alt, title))
        if not said:
            raise CannotCarry("a picture without words for those who cannot see it", _NO_ALT)
        if not _can_be_read(media, content):
            raise CannotCarry(
                f"a damaged picture ({said})", f"it is no {media} file; make it again"
            )
        if media == "image/svg+xml":
            content = repeatable_svg(content.decode()).encode()
        data = b64encode(content).decode("ascii")
        return self._block(Picture(self._id("picture"), media, data, said, over))

    def _id(self, kind: str) -> str:
        self._count += 1
        return f"{self.chapter}-{kind}-{self._count}"

    @staticmethod
    def _block(block: Block) -> Item:
        return block_json(block)


def picture_words(source: str) -> dict[str, str]:
    """What a cell says of the pictures that it draws, in the comments with which it begins.

    `#| fig-alt: words` for those who cannot see it, `#| fig-cap: words` to stand above it, as in
    Quarto: Matplotlib shows its figures when a cell ends, and asks for no words.

    >>> picture_words("#| fig-alt: Spend by month")
    {'alt': 'Spend by month'}
    """
    found: dict[str, str] = {}
    for line in source.splitlines():
        told = _TOLD.fullmatch(line)
        if told is None:
            break
        found[{"alt": "alt", "cap": "title"}[told[1]]] = told[2].strip("\"'")
    return found


def is_carried(identity: str) -> bool:
    """Whether a block is words that a notebook showed without one, by its id.

    >>> is_carried("position-text-3"), is_carried("position-variances")
    (True, False)
    """
    return re.search(r"-text-\d+$", identity) is not None


def repeatable_svg(svg: str) -> str:
    """A picture without when and by what it was drawn, its random names in order.

    Matplotlib names the parts of a picture by chance: `id="m3f0c1a29bd"`.
    """
    bare = re.sub(r"<metadata>.*?</metadata>\s*", "", svg, flags=re.DOTALL)
    names = dict.fromkeys(re.findall(r'\bid="([a-z]{0,5}[0-9a-f]{10})"', bare))
    for number, name in enumerate(names, start=1):
        bare = re.sub(rf'(?<=["#]){name}(?=[")])', f"part-{number}", bare)
    return bare


def _can_be_read(media: PictureMedia, content: bytes) -> bool:
    """Whether it is a whole picture of its type."""
    from PIL import Image  # here, because most notebooks show none

    try:
        if media == "image/svg+xml":
            return ElementTree.fromstring(content.decode()).tag == "{http://www.w3.org/2000/svg}svg"
        with Image.open(BytesIO(content)) as read:
            read.load()
            return read.format == media.removeprefix("image/").upper()
    except (OSError, SyntaxError, ValueError):
        return False


def _markdown() -> MarkdownIt:
    """CommonMark with tables; raw HTML is read as such, so that it can be refused."""
    return MarkdownIt("commonmark").enable("table")


def _inlines(tokens: Sequence[Token]) -> dict[int, list[Token]]:
    """All that stands within lines, by the line at which its block of the top level starts."""
    found: dict[int, list[Token]] = {}
    start = 0
    for token in tokens:
        if token.level == 0 and token.map:
            start = token.map[0]
        if token.type in ("inline", "html_block"):
            found.setdefault(start, []).append(token)
    return found


def _pictures(inside: Sequence[Token]) -> list[Token]:
    """The pictures of a paragraph that is nothing but pictures; among words none can stand."""
    parts = [part for inline in inside for part in inline.children or ()]
    pictures = [part for part in parts if part.type == "image"]
    others = (part for part in parts if part.type not in ("image", "softbreak"))
    if pictures and (len(inside) > 1 or any(part.content.strip() for part in others)):
        raise CannotCarry("a picture among words", "give it a paragraph of its own")
    return pictures


def _heading(level: int, inside: Sequence[Token]) -> Item:
    words = " ".join(" ".join(one.content for one in inside).split())
    return {"kind": "heading", "level": level, "text": words}


def _refuse_html(inside: Sequence[Token]) -> None:
    parts = [*inside, *(part for inline in inside for part in inline.children or ())]
    raw = [part.content for part in parts if part.type in ("html_block", "html_inline")]
    if raw:
        first = raw[0].strip().splitlines()[0][:60]
        raise CannotCarry(f"HTML in Markdown ({first})", "write it in Markdown")


def _joined(text: Any) -> str:
    return text if isinstance(text, str) else "".join(text)
