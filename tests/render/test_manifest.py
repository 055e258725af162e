"""The manifest: what a build came from and what it is, with no clock and no path in it."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

from small_notebooks import WriteNotebook

from boardpack.render.layout import Layout
from boardpack.render.manifest import contents, manifest_record, present, sources_of


def build(layout: Layout) -> None:
    for name in ("html/index.html", "notebooks/02_a.ipynb", "figures.json", "checks.json"):
        path = layout.new / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    (layout.new / "board-paper.pdf").write_bytes(b"pdf")


def record_of(layout: Layout) -> str:
    return manifest_record(layout, sources_of(layout))


def test_it_names_each_file_under_what_it_is(layout: Layout, write_notebook: WriteNotebook) -> None:
    write_notebook("02_a", "1")
    build(layout)
    record = json.loads(record_of(layout))
    assert set(record["outputs"]) == {"html/index.html", "board-paper.pdf"}
    assert set(record["notebooks"]) == {"notebooks/02_a.ipynb"}
    assert set(record["records"]) == {"figures.json", "checks.json"}
    assert "data/raw/2023-24/M06/position.csv" in record["inputs"]
    assert "params/report.yml" in record["parameters"]
    assert set(record["code"]) == {"notebooks/02_a.ipynb"}
    assert record["outputs"]["board-paper.pdf"] == sha256(b"pdf").hexdigest()


def test_it_repeats_and_holds_no_path(layout: Layout) -> None:
    build(layout)
    first = record_of(layout)
    assert first == record_of(layout)
    assert str(layout.paper.home) not in first


def test_it_changes_with_an_input(layout: Layout) -> None:
    build(layout)
    first = record_of(layout)
    extract: Path = layout.paper.raw / "position.csv"
    extract.write_text(extract.read_text() + "\n")
    assert record_of(layout) != first


def test_what_is_looked_back_at_is_sealed_in_whatever_form_it_came(layout: Layout) -> None:
    build(layout)
    before = layout.paper.raw.parent / "M05"
    before.mkdir(exist_ok=True)
    for name in ("savings_tracker.xlsx", "adjustments.csv", "corrections.csv", "position.csv"):
        (before / name).write_text(name)
    inputs = set(json.loads(record_of(layout))["inputs"])
    sealed = {name.rpartition("/")[2] for name in inputs if "/raw/2023-24/M05/" in name}
    names = {"savings_tracker.xlsx", "adjustments.csv", "corrections.csv", "position.csv"}
    assert sealed == names


def test_nothing_of_a_build_passes_by_its_name_and_what_lies_beside_a_source_does(
    tmp_path: Path,
) -> None:
    names = ["html/.DS_Store", "html/__pycache__/a.pyc", "notebooks/.ipynb_checkpoints/a.ipynb"]
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    sealed = contents(tmp_path)
    assert sorted([*sealed["outputs"], *sealed["notebooks"]]) == sorted(names)
    assert present(tmp_path, [tmp_path]) == []
