"""The figure ids that code, notebooks and templates write down, as patterns.

A name that is filled in (`{place}`, `*`, `@role`, or what an f-string puts in) may stand for
anything. A pattern may be the beginning of an id (`savings.total`) or its end
(`{line}.ytd_variance`).
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import jinja2
from jinja2 import nodes

from boardpack.core.roles import ROLES

HOLE = "{x}"
"""What stands where a name is filled in."""
ROOMS = ("figures", "checks", "prose", "paper", "audit")
"""Rooms of the program that write ids of figures down."""
_PART = r"(?:[a-z0-9_*@]|\{[^{}]*\})"
_ID = re.compile(rf"(?<![\w.{{/@])(?![0-9]){_PART}+(?:\.{_PART}+)+\.?(?![\w/(])")
_FILLED = re.compile(rf"@?\{{[^{{}}]*\}}|\*|@(?:{'|'.join(ROLES)})\b")
_MONTH = re.compile(r"\.(?:\d{4}_\d{2}_)?m\d{2}(?=\.|$)")
_FILES = {
    "csv",
    "ipynb",
    "ttf",
    "rels",
    "j2",
    "json",
    "md",
    "yml",
    "html",
    "xlsx",
    "pdf",
    "docx",
    "pptx",
    "txt",
    "sig",
    "zip",
}
"""Endings that make a dotted word a file."""


@dataclass(frozen=True)
class Written:
    """A pattern, and where it stands."""

    pattern: str
    file: str
    line: int


def in_project(project: Path) -> Iterator[Written]:
    """The patterns of the program, its notebooks and the templates of its chapters."""
    program = project / "src" / "boardpack"
    for room in ROOMS:
        for path in sorted((program / room).rglob("*.py")):
            yield from in_python(path.read_text(encoding="utf-8"), path.name)
    for path in sorted((project / "notebooks").glob("*.ipynb")):
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            if cell["cell_type"] == "code":
                yield from in_python("".join(cell["source"]), path.name)
    for path in sorted((project / "templates" / "chapters").glob("*.j2")):
        yield from in_template(path.read_text(encoding="utf-8"), path.name)


def in_python(source: str, file: str) -> Iterator[Written]:
    """The patterns among the texts of a module; what stands alone is a docstring."""
    tree = ast.parse(source)
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        for inner in ast.iter_child_nodes(node):
            if not isinstance(node, ast.BinOp | ast.JoinedStr) and id(inner) not in told:
                for found in _ID.finditer(_text(inner)):
                    yield Written(found[0].rstrip("."), file, inner.lineno)


def _text(node: ast.AST) -> str:
    """A text as far as it is written: what is put in or added to it is a hole."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    if isinstance(node, ast.JoinedStr):
        return "".join(_text(part) or HOLE for part in node.values)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        left, right = _text(node.left), _text(node.right)
        return f"{left or HOLE}{right or HOLE}" if left or right else ""
    return ""


def in_template(source: str, file: str) -> Iterator[Written]:
    """The names below `f` in a template, also by a name that was set to one of them."""
    tree = jinja2.Environment().parse(source)
    known = {"f": ""}
    for node in tree.find_all(nodes.Assign):
        root, parts = _chain(node.node)
        if root in known and isinstance(node.target, nodes.Name):
            known[node.target.name] = ".".join((known[root], *parts)).lstrip(".")
    inner = {id(node.node) for node in tree.find_all((nodes.Getattr, nodes.Getitem))}
    for node in tree.find_all((nodes.Getattr, nodes.Getitem)):
        root, parts = _chain(node)
        if id(node) not in inner and root in known:
            yield Written(".".join((known[root], *parts)).lstrip("."), file, node.lineno)


def _chain(node: nodes.Node) -> tuple[str, list[str]]:
    """What `f.savings["total"].ytd_plan` begins with, and the parts of its name."""
    parts: list[str] = []
    while isinstance(node, nodes.Getattr | nodes.Getitem):
        if isinstance(node, nodes.Getattr):
            parts.insert(0, node.attr)
        else:
            parts.insert(0, str(node.arg.value) if isinstance(node.arg, nodes.Const) else HOLE)
        node = node.node
    return node.name if isinstance(node, nodes.Name) else "", parts


class Known:
    """The ids of several registers, against which what is written is held."""

    def __init__(self, ids: Iterable[str]) -> None:
        told = {_MONTH.sub(".m00", identity) for identity in ids}
        told |= {_MONTH.sub("", identity) for identity in told}
        parts = [identity.split(".") for identity in told]
        self.chapters = {one[0] for one in parts}
        placeless = {".".join((one[0], *one[2:])) for one in parts}
        self._ids = "\n".join(sorted(told | placeless))

    def names(self, pattern: str) -> bool:
        """Whether a pattern is of figures at all: of a known chapter, or with its end written."""
        first, *rest = pattern.split(".")
        if not rest or rest[-1] in _FILES:
            return False
        return first in self.chapters or bool(
            _FILLED.search(first) and _FILLED.sub("", "".join(rest))
        )

    def has(self, pattern: str) -> bool:
        """Whether an id of a register is what the pattern says, or begins or ends so."""
        text = _FILLED.sub("\0", _MONTH.sub(".m00", pattern))
        shape = re.escape(text).replace("\0", "[a-z0-9_.]*")
        return bool(re.search(rf"(?m)^{shape}(?:\.|$)|\.{shape}$", self._ids))
