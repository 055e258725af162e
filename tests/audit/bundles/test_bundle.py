"""A bundle: whole, described, the same bytes each time, and refused when a number is altered."""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
import zipfile
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from homes import copied_home

from boardpack import cli
from boardpack.audit.bundles.bundle import write_bundle
from boardpack.audit.bundles.ro_crate import METADATA
from boardpack.audit.verification.sealed import find_sealed
from boardpack.audit.verification.seals import check_seals
from boardpack.audit.verification.verify import How, verify
from boardpack.core.errors import BuildFault, UsageFault
from boardpack.core.params import load_paper
from boardpack.render.layout import CHECKOUT, Layout
from boardpack.render.manifest import sealed_text
from boardpack.render.progress import Timed
from boardpack.render.render import render
from small_paper import (
    MONTH,
    TOTAL,
    build_of,
    change_figures,
    check,
    rendered_project,
    stub_outputs,
)

BUILD = "build/2023-24/M06/bromley"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return rendered_project(tmp_path_factory.mktemp("whole") / "project")


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundle of the whole Month 6 paper, rendered by the project itself."""
    home = copied_home(CHECKOUT, tmp_path_factory.mktemp("real") / "home")
    layout = Layout(CHECKOUT, load_paper(home, MONTH, "bromley"))
    return write_bundle(render(layout, False, Timed()).target, home=home).path


def unpacked(bundle: Path, folder: Path) -> Path:
    with zipfile.ZipFile(bundle) as archive:
        archive.extractall(folder)
    return folder


def graph(bundle: Path) -> dict[str, dict[str, Any]]:
    with zipfile.ZipFile(bundle) as archive:
        record = json.loads(archive.read(METADATA))
    return {item["@id"]: item for item in record["@graph"]}


def test_the_real_bundle_holds_all_that_a_project_needs(real: Path) -> None:
    names = set(zipfile.ZipFile(real).namelist())
    assert {
        *("README.md", "LICENSE", "VERIFY.md", METADATA, "requirements.txt", "pyproject.toml"),
        *("scripts/verify.py", "scripts/_environment.py", "GLOSSARY.md", "_config.yml"),
        *("src/boardpack/cli/__init__.py", "notebooks/02_position.ipynb", "book/_toc.yml"),
        *("data/raw/2023-24/M06/position.csv", "data/released/2023-24/M05/bromley/figures.json"),
        *("params/report.yml", "params/2023-24/M06.yml"),
        *(f"{BUILD}/{name}" for name in ("manifest.json", "figures.json", "checks.json")),
        *(f"{BUILD}/{name}" for name in ("figures.csv", "figures.parquet", "data-dictionary.md")),
        *(f"{BUILD}/board-paper.pdf", f"{BUILD}/html/index.html"),
    } <= names
    assert not [name for name in names if "__pycache__" in name or name.startswith(("/", ".."))]


def test_the_real_bundle_unpacked_elsewhere_is_as_it_was_sealed(real: Path, tmp_path: Path) -> None:
    folder = unpacked(real, tmp_path / "elsewhere")
    sealed = find_sealed(folder, None)
    assert (sealed.build, sealed.home, sealed.project) == (folder / BUILD, folder, folder)
    step = check_seals(sealed)
    assert step.findings == ()
    assert step.count > 250


def test_the_real_bundle_is_described_as_a_research_object(real: Path) -> None:
    found = graph(real)
    descriptor, root = found[METADATA], found["./"]
    assert descriptor["@type"] == "CreativeWork"
    assert descriptor["about"] == {"@id": "./"}
    assert descriptor["conformsTo"] == {"@id": "https://w3id.org/ro/crate/1.1"}
    assert root["@type"] == "Dataset"
    assert root["datePublished"] == "2023-10-31T12:00:00+00:00"
    assert all(root[name] for name in ("name", "description", "license"))
    files = {unquote(name): item for name, item in found.items() if item["@type"] == "File"}
    with zipfile.ZipFile(real) as archive:
        assert set(files) == set(archive.namelist()) - {METADATA}
        for name, item in files.items():
            content = archive.read(name)
            assert item["sha256"] == hashlib.sha256(content).hexdigest()
            assert item["contentSize"] == str(len(content))
            assert "/" in item["encodingFormat"]
    assert {part["@id"] for part in root["hasPart"]} == {item["@id"] for item in files.values()}


def test_everything_that_the_description_refers_to_is_in_it(real: Path) -> None:
    found = graph(real)
    outside = ("https://", "#nothing")

    def references(value: Any) -> list[str]:
        if isinstance(value, dict):
            return [value["@id"]] if set(value) == {"@id"} else []
        return (
            [one for item in value for one in references(item)] if isinstance(value, list) else []
        )

    for item in found.values():
        for value in item.values():
            for reference in references(value):
                assert reference in found or reference.startswith(outside)
    action = found["#render"]
    assert action["@type"] == "CreateAction"
    assert {"@id": f"{BUILD}/figures.json"} in action["result"]
    assert {"@id": "data/raw/2023-24/M06/position.csv"} in action["object"]
    assert found["#boardpack"]["@type"] == "SoftwareApplication"


def test_a_build_gives_the_same_bytes_wherever_it_lies(whole: Path, tmp_path: Path) -> None:
    other = Path(shutil.copytree(whole, tmp_path / "another"))
    first = write_bundle(build_of(whole), tmp_path / "first.zip").path
    again = write_bundle(build_of(other), tmp_path / "new" / "again.zip").path
    assert first.read_bytes() == again.read_bytes()
    entries = zipfile.ZipFile(first).infolist()
    assert [entry.filename for entry in entries] == sorted(entry.filename for entry in entries)
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert {entry.external_attr >> 16 for entry in entries} == {0o100644}
    assert str(whole).encode() not in first.read_bytes()


def test_verify_md_names_the_one_command(whole: Path, tmp_path: Path) -> None:
    bundle = write_bundle(build_of(whole), tmp_path / "bundle.zip").path
    said = zipfile.ZipFile(bundle).read("VERIFY.md").decode()
    assert f"python scripts/verify.py {BUILD}\n" in said
    assert "no signature" in said


def test_a_build_that_is_not_as_it_was_sealed_is_not_bundled(whole: Path, tmp_path: Path) -> None:
    other = Path(shutil.copytree(whole, tmp_path / "another"))
    (build_of(other) / "board-paper.pdf").write_text("changed")
    with (other / "data/raw/2023-24/M06/position.csv").open("a") as file:
        file.write("\n")
    with pytest.raises(BuildFault) as refused:
        write_bundle(build_of(other))
    assert "board-paper.pdf: has changed" in str(refused.value)
    assert "data/raw/2023-24/M06/position.csv: has changed" in str(refused.value)
    assert not build_of(other).with_name("bromley.zip").exists()


def test_a_bundle_is_not_written_into_what_it_seals(whole: Path) -> None:
    with pytest.raises(UsageFault, match="inside the build"):
        write_bundle(build_of(whole), build_of(whole) / "bundle.zip")


@pytest.mark.parametrize("sealed_anew", [False, True])
def test_a_bundle_with_one_altered_number_is_refused_by_name(
    whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sealed_anew: bool
) -> None:
    """The number is named whether or not the forger has sealed the build anew."""
    stub_outputs(monkeypatch, check("pass"))
    bundle = write_bundle(build_of(whole), tmp_path / "bundle.zip").path
    build = unpacked(bundle, tmp_path / "elsewhere") / BUILD

    def alter(item: dict[str, Any]) -> None:
        if item["id"] == TOTAL:
            item["value"] = "-240000"

    change_figures(build, alter)
    if sealed_anew:
        record = json.loads((build / "manifest.json").read_text())
        altered = hashlib.sha256((build / "figures.json").read_bytes()).hexdigest()
        record["records"]["figures.json"] = altered
        (build / "manifest.json").write_text(sealed_text(record), encoding="utf-8")
    steps = verify(build, None, Timed(), how=How(accept=("*",))).steps
    found = [str(finding) for step in steps for finding in step.findings]
    assert any(TOTAL in said and "-240000" in said for said in found)
    assert sealed_anew or any("figures.json: has changed" in said for said in found)


def test_the_command_writes_the_zip_where_it_is_told(
    whole: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    out = tmp_path / "out" / "paper.zip"
    monkeypatch.setattr(
        sys, "argv", ["boardpack", "bundle", str(build_of(whole)), "--out", str(out)]
    )
    with pytest.raises(SystemExit) as left:
        cli.main()
    assert not left.value.code
    assert str(out) in capsys.readouterr().out
    assert zipfile.is_zipfile(out)
