"""The README's walkthrough, executed as it stands in a copy of the project; and what it leaves.

Of `render --all` one paper is made in the ordinary run, and all papers with --all-months.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pytest
from month_six import PROJECT

from boardpack_demo.plants import plant_named
from demo_homes import the_truth

HEADING = "## Try it on a made-up ICB"
PROGRAM = ("src", "scripts", "notebooks", "templates", "book", "params")
FILES = ("README.md", "GLOSSARY.md", "LICENSE", "_config.yml", "pyproject.toml", "requirements.txt")
ONE = ("--place", "alderwick")
REFUSED = 3
REAL = ("Bexley", "Bromley", "Greenwich", "Lambeth", "Lewisham", "Southwark", "East London")


@dataclass(frozen=True)
class Said:
    """A command of the README, its exit code, and all that it said."""

    command: str
    code: int
    text: str


def _commands() -> list[str]:
    text = (PROJECT / "README.md").read_text(encoding="utf-8")
    section = text.split(HEADING, 1)[1].split("\n## ", 1)[0]
    blocks = re.findall(r"```\n(.*?)```", section, re.DOTALL)
    return [line for block in blocks for line in block.splitlines()]


def _copy(folder: Path) -> Path:
    for name in PROGRAM:
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(PROJECT / name, folder / name, ignore=ignored)
    for name in FILES:
        shutil.copy(PROJECT / name, folder / name)
    return folder


def _as_run(command: str, is_whole: bool) -> list[str]:
    """The words of a command; `--all` as one paper where not all are asked for."""
    words = shlex.split(command)
    if is_whole or "--all" not in words:
        return words
    at = words.index("--all")
    return [*words[:at], *ONE, *words[at + 1 :]]


def _run(folder: Path, words: list[str]) -> tuple[int, str]:
    """Run a launcher's verb with the interpreter of the tests, on the code of the copy."""
    python, script, *arguments = words
    assert python == "python"
    assert (folder / script).is_file()
    verb = Path(script).stem.replace("_", "-")
    module = ("boardpack_demo",) if verb == "make-demo" else ("boardpack", verb)
    plain = {**os.environ, "NO_COLOR": "1", "PYTHONPATH": str(folder / "src")}
    done = subprocess.run(
        [sys.executable, "-m", *module, *arguments],
        cwd=folder,
        env=plain,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.fixture(scope="module")
def walked(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> tuple[Path, list[Said]]:
    folder = _copy(tmp_path_factory.mktemp("project"))
    is_whole = bool(request.config.getoption("--all-months"))
    ran = ((command, _as_run(command, is_whole)) for command in _commands())
    return folder, [Said(command, *_run(folder, words)) for command, words in ran]


def test_the_walkthrough_goes_as_the_readme_says(walked: tuple[Path, list[Said]]) -> None:
    verbs = [re.sub(r".*scripts/(\w+)\.py.*", r"\1", one.command) for one in walked[1]]
    codes = list(zip(verbs, (one.code for one in walked[1]), strict=True))
    assert list(dict.fromkeys(codes)) == [
        ("make_demo", 0),
        ("new_month", 0),
        ("check", REFUSED),
        ("check", 0),
        ("render", 0),
        ("verify", 0),
    ], "\n".join(one.text for one in walked[1])


def test_three_faults_are_told_at_once_with_their_places(walked: tuple[Path, list[Said]]) -> None:
    refused = next(one for one in walked[1] if one.code == REFUSED)
    planted = next(one for one in _commands() if "--plant" in one)
    names = re.findall(r"--plant (\S+)", planted)
    assert len(names) == 3
    for plant in map(plant_named, names):
        lines = [line for line in refused.text.splitlines() if plant.says in line]
        assert any(plant.file in line and "row" in line for line in lines), plant.name


def test_every_output_says_that_it_is_illustrative(walked: tuple[Path, list[Said]]) -> None:
    build = walked[0] / "demo/build/2024-25/M07/alderwick"
    assert "llustrative data" in (build / "html/index.html").read_text(encoding="utf-8")
    assert '"illustrative"' in (build / "figures.json").read_text(encoding="utf-8")
    with pikepdf.open(build / "board-paper.pdf") as pdf:
        assert "llustrative" in str(pdf.docinfo) + str(pdf.open_metadata())


def test_no_page_but_the_glossary_names_a_real_place(walked: tuple[Path, list[Said]]) -> None:
    """The glossary is the project's own, and explains the words of its one real paper too."""
    pages = list((walked[0] / "demo/build/2024-25/M07/alderwick/html").rglob("*.html"))
    assert len(pages) > 20
    for page in pages:
        text = page.read_text(encoding="utf-8")
        if "glossary" not in page.name:
            assert [name for name in REAL if name in text] == [], page.name


def _text(path: Path) -> str:
    """All that a file says: for a PDF its streams and attachments, for others their bytes."""
    if path.suffix != ".pdf":
        return path.read_bytes().decode("utf-8", "replace")
    with pikepdf.open(path) as pdf:
        streams = (one for one in pdf.objects if isinstance(one, pikepdf.Stream))
        found = [one.read_bytes() for one in streams if one.get("/Subtype") != "/Image"]
    return b"\n".join(found).decode("utf-8", "replace")


def test_no_output_or_word_on_the_screen_tells_of_a_client(
    walked: tuple[Path, list[Said]],
) -> None:
    rates = the_truth().care.rates
    families = {rate.name.split()[1] for rate in rates}
    told = re.compile("|".join(sorted({*families, r"WX[CP]-\w+"})))
    numbers = {rate.nhs_number for rate in rates} | {
        rate.nhs_number.replace(" ", "") for rate in rates
    }
    number = re.compile(r"(?<!\d)999 ?\d{3} ?\d{4}(?!\d)")
    files = [path for path in (walked[0] / "demo/build").rglob("*") if path.is_file()]
    texts = {str(path): _text(path) for path in files}
    texts |= {one.command: one.text for one in walked[1]}
    assert len(files) > 50
    for where, text in texts.items():
        assert told.search(text) is None, where
        assert numbers.isdisjoint(number.findall(text)), where
