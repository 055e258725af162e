"""The documents are true: their commands exist, their links lead somewhere, words are explained."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from boardpack.cli import app
from boardpack.document.glossary import read_glossary
from boardpack_demo.__main__ import app as demo

PROJECT = Path(__file__).resolve().parents[1]
DOCS = [PROJECT / name for name in ("README.md", "CONTRIBUTING.md", "data/README.md")]
DOCS += sorted((PROJECT / "docs").rglob("*.md"))
ACRONYM = re.compile(r"\b[A-Z][A-Za-z]*[A-Z][A-Za-z0-9]*\b")


def _commands() -> Iterator[list[str]]:
    for path in DOCS:
        for block in re.findall(r"```\n(.*?)```", path.read_text(encoding="utf-8"), re.DOTALL):
            for line in block.splitlines():
                if line.startswith(("python scripts/", "boardpack ")):
                    yield shlex.split(line)


@pytest.mark.parametrize("command", list(_commands()), ids=" ".join)
def test_a_command_of_the_docs_is_one_that_the_program_takes(command: list[str]) -> None:
    verb, arguments = command[1], command[2:]
    if command[0] == "python":
        assert (PROJECT / verb).is_file()
        verb = Path(verb).stem.replace("_", "-")
    if verb == "make-demo":
        typer.main.get_command(demo).make_context(verb, arguments)
    elif verb != "test":
        group: Any = typer.main.get_command(app)
        group.commands[verb].make_context(verb, arguments)


def test_the_docs_show_the_two_commands() -> None:
    assert ["python", "scripts/render.py", "2023-24", "M06"] in list(_commands())
    assert ["python", "scripts/test.py"] in list(_commands())


def test_a_wrong_command_would_be_noticed() -> None:
    group: Any = typer.main.get_command(app)
    with pytest.raises(Exception, match="No such option"):
        group.commands["render"].make_context("render", ["2023-24", "M06", "--plaice", "x"])


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_links_lead_to_files(path: Path) -> None:
    words = re.sub(r"`[^`\n]*`", "", path.read_text(encoding="utf-8"))  # code is no link
    for target in re.findall(r"\]\(([^)#:]+)\)", words):
        assert (path.parent / target).exists(), target


def _glossary() -> list[tuple[str, str]]:
    return [entry for entries in read_glossary().values() for entry in entries]


def _words_of_the_paper() -> str:
    folders = ("templates/chapters/*.j2", "params/*/*/*/commentary/*.md")
    paths = [path for pattern in folders for path in PROJECT.glob(pattern)]
    text = "\n".join(path.read_text(encoding="utf-8") for path in paths)
    text = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|\[\[.*?\]\]", " ", text, flags=re.DOTALL)
    titles = [
        "".join(cell["source"])
        for path in PROJECT.glob("notebooks/*.ipynb")
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]
        if cell["cell_type"] == "markdown"
    ]
    return "\n".join([text, *titles])


def test_every_acronym_of_the_paper_stands_in_the_glossary() -> None:
    known = set(ACRONYM.findall(" ".join(f"{word} {said}" for word, said in _glossary())))
    used = set(ACRONYM.findall(_words_of_the_paper()))
    assert len(used) > 10
    assert not used - known


def test_the_glossary_explains_each_word_once_in_order() -> None:
    words = [word for word, _ in _glossary()]
    assert len(words) == len(set(words)) > 50
    for entries in read_glossary().values():
        plain = [re.sub(r"[^a-z0-9 ]", "", word.lower()) for word, _ in entries]
        assert plain == sorted(plain)
