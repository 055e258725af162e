"""A home with a chapter of its own is verified clean, by its author too, only if it is accepted."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from boardpack.audit.bundles.bundle import write_bundle
from boardpack.audit.verification.certificate import Certificate
from boardpack.audit.verification.verify import How, verify
from boardpack.core.params import load_paper
from boardpack.core.periods import Month
from boardpack.render.layout import Layout
from boardpack.render.new_chapter import begin_chapter
from boardpack.render.progress import Timed
from boardpack.render.render import render
from sealed_project import small_project

MONTH = Month(2023, 6)
WARDS, WORDS = "notebooks/our_wards.ipynb", "templates/chapters/our_wards.md.j2"
PROJECT = (
    *("[!nt]*", "notebooks/[0-9]*", "templates/[!c]*"),
    *("templates/chapters/[!o]*", "templates/chapters/ov*"),
)
"""What of the small project is not the verifier's, which is no matter here."""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home below a small project, with one chapter of its own, and its build."""
    project = small_project(tmp_path_factory.mktemp("project"))
    home = project / "body"
    for name in ("params", "data"):
        shutil.move(project / name, home / name)
    (project / "params").mkdir()
    begin_chapter(home, "our_wards", MONTH)
    (home / WORDS).parent.mkdir(parents=True)
    (home / WORDS).write_text("{% block said %}Wards.{% endblock %}\n", encoding="utf-8")
    layout = Layout(project, load_paper(home, MONTH, "bromley"))
    return render(layout, False, Timed()).target


def certified(build: Path, *accept: str, static: bool = False) -> Certificate:
    return verify(build, None, Timed(), how=How((*PROJECT, *accept), static))


def findings(certificate: Certificate) -> dict[str, set[str]]:
    return {
        step.name: {finding.subject for finding in step.findings}
        for step in certificate.steps
        if step.findings
    }


def copied(build: Path, target: Path) -> Path:
    """A copy of the project, the home and the build, to be altered."""
    project = build.parents[4]
    shutil.copytree(project, target)
    return target / build.relative_to(project)


def test_its_own_code_is_sealed_as_a_group_of_its_own(built: Path) -> None:
    manifest = json.loads((built / "manifest.json").read_text(encoding="utf-8"))
    assert sorted(manifest["own_code"]) == [WARDS, WORDS]
    assert not {WARDS, WORDS} & manifest["code"].keys()
    assert (built / "html" / "notebooks" / "our_wards.html").is_file()


def test_it_is_a_finding_and_nothing_is_run_until_it_is_accepted(built: Path) -> None:
    found = certified(built)
    assert findings(found) == {"Code": {WARDS, WORDS}}
    figures = next(step for step in found.steps if step.name == "Figures")
    assert not figures.complete
    assert WARDS in figures.note


def test_it_is_verified_clean_where_it_is_accepted_and_the_certificate_says_so(
    built: Path,
) -> None:
    found = certified(built, WARDS, WORDS)
    assert findings(found) == {}
    assert all(step.complete for step in found.steps)
    code = next(step for step in found.steps if step.name == "Code")
    assert WARDS in code.note
    figures = next(step for step in found.steps if step.name == "Figures")
    assert figures.count > 100


def test_an_altered_chapter_of_its_own_is_named(built: Path, tmp_path: Path) -> None:
    build = copied(built, tmp_path / "altered")
    home = build.parents[3]
    with (home / WORDS).open("a", encoding="utf-8") as file:
        file.write("{# more #}\n")
    (home / "notebooks" / "hidden.ipynb").write_text("{}", encoding="utf-8")
    found = findings(certified(build, WARDS, WORDS, static=True))
    assert found["Seals"] == {WORDS, "notebooks/hidden.ipynb"}
    assert found["Code"] == {"notebooks/hidden.ipynb"}


def test_a_chapter_that_claims_to_be_left_out_is_found(built: Path, tmp_path: Path) -> None:
    build = copied(built, tmp_path / "claimed")
    path = build / "notebooks" / "02_position.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    notebook["metadata"]["boardpack"] = {"left_out": "Nobody asked for it."}
    path.write_text(json.dumps(notebook), encoding="utf-8")
    found = findings(certified(build, WARDS, WORDS, static=True))
    assert "notebooks/02_position.ipynb" in found["Chapters left out"]


def test_a_bundle_carries_it_and_tells_it_apart(built: Path, tmp_path: Path) -> None:
    bundle = write_bundle(built, tmp_path / "paper.zip").path
    found = findings(certified(bundle, static=True))
    assert found["Code"] == {WARDS, WORDS}
    assert "Seals" not in found
    assert "Code" not in findings(certified(bundle, WARDS, WORDS, static=True))
