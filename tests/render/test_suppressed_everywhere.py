"""A small count in a declared table, and what would tell it, is in no output of a whole build."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pandas as pd
import pytest
from pdfminer.high_level import extract_text
from small_bodies import MONTH, small_body

from boardpack.core.home import CHECKOUT, REPORT

sys.path.append(str(CHECKOUT / "tests" / "notebook"))
from afternoon import write_notebook

FORM = """title: People in care
chapter: care
scope: place
whole: summed
key: place
columns:
  place: word
  clients: count
  cost: pounds
  price: {type: pounds, formula: cost / clients, printed: false}
picture: {columns: clients, title: "{total.clients | count} people in care"}
sentence: "In care are {total.clients | count} people."
"""
TABLE = "place,clients,cost\nnorthtown,3,48131\nsouthtown,1846,9630587\nicb,1849,9678718\n"
SECRET = ("48131", "48,131", "48k", "16043.67", "16,044", "1849", "1,849", "9678718", "9,678,718")
"""What would tell the three people of one place: their cost, its average, totals with them."""
SECRETS = re.compile(rf"(?<![\w.,+/=-])(?:{'|'.join(map(re.escape, SECRET))})(?![\w,+/=-])")
SHOWN = "9,630,587"
CELLS = (
    ("markdown", "# Care in detail"),
    ("parameters", 'year = "2024-25"\nmonth = "M06"\nplace = "northtown"\nhome = ""'),
    ("code", "from boardpack import open_paper\n\npaper = open_paper(year, month, place, home)"),
    (
        "code",
        "#| working\n# The people and their cost, and a third of it.\n"
        'people = paper.frame("care", lines=["total"], measures=["clients", "cost", "price"])\n'
        'people["third"] = people.cost / 3\npeople',
    ),
    ("code", "people"),
)


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The paper of the place with three people, rendered by the command."""
    home = small_body(
        tmp_path_factory.mktemp("care") / "home",
        overview=False,
        position=False,
        more={"care": TABLE},
    )
    (home / "params" / "schedules").mkdir()
    (home / "params" / "schedules" / "care.yml").write_text(FORM, "utf-8")
    write_notebook(home / "notebooks" / "28_care_detail.ipynb", CELLS)
    report = home / REPORT
    said = f"{report.read_text('utf-8')}\nchapters:\n  care_detail: {{after: position}}\n"
    report.write_text(said, "utf-8")
    verb = ["render", MONTH.year_folder, MONTH.code, "--place", "northtown", "--home", str(home)]
    plain = {**os.environ, "NO_COLOR": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "boardpack", *verb],
        capture_output=True,
        text=True,
        check=False,
        env=plain,
    )
    assert done.returncode == 0, done.stderr
    assert SECRETS.findall(done.stdout + done.stderr) == []
    return home / "build" / MONTH.year_folder / MONTH.code / "northtown"


def texts(build: Path) -> Iterator[tuple[str, str]]:
    """Each file of a build as a reader may take it, by its name."""
    for path in sorted(build.rglob("*")):
        name = path.relative_to(build).as_posix()
        if path.is_dir() or "/_static/" in name:
            continue
        if path.suffix == ".pdf":
            yield name, extract_text(path)
        elif path.suffix == ".parquet":
            yield name, pd.read_parquet(path).to_csv()
        elif path.suffix in (".docx", ".pptx", ".xlsx"):
            with ZipFile(BytesIO(path.read_bytes())) as package:
                for part in package.namelist():
                    if part.endswith((".xml", ".csv")):
                        text = package.read(part).decode("utf-8")
                        yield f"{name} {part}", re.sub(r"<[^>]+>", " ", text)
        else:
            yield name, path.read_text("utf-8")


def test_a_small_count_and_what_tells_it_is_nowhere(build: Path) -> None:
    found = dict(texts(build))
    assert {
        name: SECRETS.findall(text) for name, text in found.items() if SECRETS.search(text)
    } == {}
    kinds = ("ipynb", "html", "pdf", "docx", "xlsx", "csv", "json", "parquet")
    for kind in kinds:  # each kind shows the other place, so that what is sought would be found
        said = "".join(text for name, text in found.items() if f".{kind}" in name)
        assert SHOWN in said or SHOWN.replace(",", "") in said, kind


def test_a_star_stands_in_its_place_and_the_sentence_says_why(build: Path) -> None:
    notebook = (build / "notebooks" / "27_schedules.ipynb").read_text("utf-8")
    blocks = [
        output["data"]["application/vnd.boardpack+json"]
        for cell in json.loads(notebook)["cells"]
        for output in cell.get("outputs", ())
        if "application/vnd.boardpack+json" in output.get("data", {})
    ]
    (table,) = [one for one in blocks if one.get("id") == "care-table"]
    assert table["rows"][0]["cells"] == ["Northtown", "*", "*", "*"]
    assert "In care are (too small a number to show) people." in json.dumps(blocks)
    figures = json.loads((build / "figures.json").read_text("utf-8"))["figures"]
    hidden = {one["id"] for one in figures if one["value"] is None}
    assert {
        f"care.{p}.total.{m}" for p in ("northtown", "icb") for m in ("clients", "cost")
    } <= hidden


def test_a_working_frame_has_no_value_of_it(build: Path) -> None:
    text = (build / "notebooks" / "28_care_detail.ipynb").read_text("utf-8")
    cell = next(c for c in json.loads(text)["cells"] if "#| working" in "".join(c["source"]))
    shown = "".join(cell["outputs"][0]["data"]["text/plain"])
    assert shown.split()[-5:] == ["total", "<NA>", "<NA>", "<NA>", "<NA>"]
