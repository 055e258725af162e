"""What a PDF holds beside its pages: attachments, bookmarks, links, and whatever acts or overlies.

The papers made here have few of these. All that is known to be harmless is read for what it says;
everything else is told with its hash, so that nothing passes because nobody thought of it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

from boardpack.audit.reader.passage import Passage

_DEEP = 40
_ROOT = frozenset(
    "/Pages /Lang /StructTreeRoot /Metadata /Type /MarkInfo /Names /Outlines /ViewerPreferences "
    "/PageMode /Version".split()
)
_PAGE = frozenset(
    "/StructParents /Tabs /Type /Resources /Parent /Contents /MediaBox /Annots".split()
)
_UNSAID = frozenset("/P /Parent /Pg /StructParent /StructParents /Prev /Next /Dest /D".split())
"""What leads back to the rest of the document, or to a place in it."""
_ACTING = frozenset({"/AP", "/AA", "/T", "/V", "/PA"})
"""What makes of a link more than a link."""
_DATED = frozenset({"/CreationDate", "/ModDate", "/Creator", "/Producer", "/Trapped"})


def read_things(pdf: Pdf) -> Iterator[Passage]:
    """All of it, in the order of the file's own lists."""
    yield from _document(pdf)
    for number, page in enumerate(pdf.pages, start=1):
        yield from _page(f"page {number}", page.obj)
    yield from _bookmarks(pdf)
    for name in sorted(pdf.attachments):
        content = pdf.attachments[name].get_file().read_bytes()
        yield Passage("attachments", "file", (name, hashlib.sha256(content).hexdigest()))


def _document(pdf: Pdf) -> Iterator[Passage]:
    for name in sorted(set(pdf.Root.keys()) - _ROOT):
        yield _look("the document", name, pdf.Root[name])
    if Name.PageMode in pdf.Root:
        yield Passage("the document", "look", ("opens with", str(pdf.Root.PageMode)))
    names = pdf.Root.get(Name.Names)
    if isinstance(names, Dictionary):
        for name in sorted(set(names.keys()) - {"/EmbeddedFiles", "/Dests"}):
            yield _look("the document", name, names[name])
    tree = pdf.Root.get(Name.StructTreeRoot)
    if isinstance(tree, Dictionary) and isinstance(tree.get(Name.RoleMap), Dictionary):
        for role, kind in sorted(tree.RoleMap.items()):
            yield Passage("the document", "look", (f"tag {role}", str(kind)))
    for name, said in sorted(pdf.docinfo.items()):
        if name not in _DATED:
            yield Passage("the document", "aid", (str(said),))
    language = pdf.Root.get(Name.Lang)
    yield Passage("the document", "look", ("language", "" if language is None else str(language)))


def _page(where: str, page: Object) -> Iterator[Passage]:
    sides = " ".join(f"{float(side):.0f}" for side in page.MediaBox)
    yield Passage(where, "look", ("size", sides))
    for name in sorted(set(page.keys()) - _PAGE):
        yield _look(where, name, page[name])
    for annotation in page.get(Name.Annots, Array()):
        yield _annotation(where, annotation)


def _annotation(where: str, annotation: Object) -> Passage:
    """What lies on a page: a link, which says where it leads, or something else."""
    action = annotation.get(Name.A)
    if annotation.get(Name.Subtype) == Name.Link and not _ACTING & set(annotation.keys()):
        said = str(annotation.get(Name.Contents, "")).strip()
        if action is None:
            return Passage(where, "look", ("link", "a place in this paper", said))
        if action.get(Name.S) == Name.URI and Name.Next not in action:
            return Passage(where, "look", ("link", str(action.URI), said))
    words = [str(annotation[n]) for n in ("/Contents", "/V", "/T") if n in annotation]
    kind = str(annotation.get(Name.Subtype)).lstrip("/")
    return Passage(where, "look", (f"{kind} over the page", *words, digest_of(annotation)))


def _bookmarks(pdf: Pdf) -> Iterator[Passage]:
    root = pdf.Root.get(Name.Outlines)
    waiting = [] if root is None else [root.get(Name.First)]
    met = 0
    while waiting and met < 5000:
        item = waiting.pop()
        if not isinstance(item, Dictionary):
            continue
        met += 1
        yield Passage("bookmarks", "aid", (str(item.get(Name.Title, "")),))
        if Name.A in item and item.A.get(Name.S) != Name.GoTo:
            yield _look("bookmarks", "/A", item.A)
        waiting += [item.get(Name.Next), item.get(Name.First)]


def _look(where: str, name: str, thing: Any) -> Passage:
    return Passage(where, "look", (name.lstrip("/"), digest_of(thing)))


def digest_of(thing: Any) -> str:
    """The SHA-256 of a thing of a PDF, whatever its numbers in the file are."""
    return hashlib.sha256(_said(thing, 0).encode()).hexdigest()


def _said(thing: Any, depth: int) -> str:
    if depth > _DEEP:
        return "…"
    if isinstance(thing, Stream):
        try:
            content = thing.read_bytes()
        except Exception:  # what cannot be unpacked is told as it stands
            content = thing.read_raw_bytes()
        return f"stream {hashlib.sha256(content).hexdigest()}"
    if isinstance(thing, Dictionary):
        held = ((n, v) for n, v in sorted(thing.items()) if n not in _UNSAID)
        return "<<" + " ".join(f"{name} {_said(value, depth + 1)}" for name, value in held) + ">>"
    if isinstance(thing, Array):
        return "[" + " ".join(_said(value, depth + 1) for value in thing) + "]"
    return repr(str(thing)) if isinstance(thing, String) else str(thing)
