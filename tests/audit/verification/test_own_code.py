"""Code that is not the verifier's own is named, and runs only where it is accepted by name."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

import pytest

from boardpack.audit.verification import own_code
from boardpack.audit.verification.finding import Finding
from boardpack.audit.verification.own_code import (
    ADDITIONAL,
    CHANGED,
    MISSING,
    check_code,
    compose,
    refused,
)
from boardpack.audit.verification.sealed import Sealed
from boardpack.audit.verification.seals import STRANGE_CODE, check_seals
from boardpack.audit.verification.verify import How, verify
from boardpack.core.home import CHECKOUT
from boardpack.render.progress import Timed

OWN = {
    "_config.yml": "title: Paper",
    "book/_ext/offline.py": "own = True",
    "book/_static/charts.js": "draw()",
    "notebooks/01_summary.ipynb": "{}",
    "notebooks/02_position.ipynb": "{}",
    "requirements.txt": "pandas==2",
    "scripts/verify.py": "run()",
    "src/boardpack/core/money.py": "pound = 1",
    "templates/chapters/summary.md.j2": "{{ total }}",
}


def laid(root: Path, files: Mapping[str, str]) -> Path:
    """A project of these files."""
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    return root


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout of the verifier's, of a few files."""
    root = laid(tmp_path / "own", OWN)
    monkeypatch.setattr(own_code, "CHECKOUT", root)
    return root


def other(tmp_path: Path, changes: Mapping[str, str | None]) -> Sealed:
    """A project that differs from the verifier's in some files; None leaves one out."""
    files = {name: text for name, text in {**OWN, **changes}.items() if text is not None}
    root = laid(tmp_path / "other", files)
    return Sealed(root / "build", root, root)


def test_a_project_with_the_same_code_has_no_finding(own: Path, tmp_path: Path) -> None:
    step = check_code(other(tmp_path, {}))
    assert (step.findings, step.count, step.note) == ((), len(OWN), "")


@pytest.mark.parametrize("name", sorted(OWN))
@pytest.mark.parametrize(("text", "how"), [("worse", CHANGED), (None, MISSING)])
def test_a_changed_and_a_missing_file_of_each_group_is_named(
    name: str, text: str | None, how: str, own: Path, tmp_path: Path
) -> None:
    assert check_code(other(tmp_path, {name: text})).findings == (Finding(name, how),)


@pytest.mark.parametrize("folder", ["book/_ext", "notebooks", "scripts", "src", "templates"])
def test_an_additional_file_of_each_group_is_named(folder: str, own: Path, tmp_path: Path) -> None:
    found = check_code(other(tmp_path, {f"{folder}/more.py": "x"})).findings
    assert found == (Finding(f"{folder}/more.py", ADDITIONAL),)


def test_files_that_are_accepted_are_no_findings_and_stand_in_the_certificate(
    own: Path, tmp_path: Path
) -> None:
    changes = {"notebooks/01_summary.ipynb": "[]", "src/boardpack/core/money.py": "pound = 2"}
    sealed = other(tmp_path, {**changes, "notebooks/02_position.ipynb": None})
    step = check_code(sealed, ("notebooks/*", "src/boardpack/core/money.py"))
    assert step.findings == ()
    for name in changes:
        assert f"{name} (SHA-256 {own_code.file_sha256(sealed.project / name)})" in step.note
    assert "notebooks/02_position.ipynb (missing)" in step.note
    assert "nothing outside book/, notebooks/ and _config.yml is run" in step.note
    (left,) = check_code(sealed, ("notebooks/*",)).findings
    assert left.subject == "src/boardpack/core/money.py"


def composed(sealed: Sealed, accept: tuple[str, ...], tmp_path: Path) -> dict[str, str]:
    made = compose(sealed, accept, tmp_path / "made")
    return {
        path.relative_to(made).as_posix(): path.read_text()
        for path in made.rglob("*")
        if path.is_file()
    }


CHANGES = {
    "_config.yml": "extensions: [planted]",
    "book/_ext/offline.py": "planted = True",
    "book/_ext/planted.py": "planted = True",
    "notebooks/01_summary.ipynb": "[]",
    "notebooks/02_position.ipynb": None,
    "src/boardpack/core/money.py": "pound = 2",
    "templates/chapters/summary.md.j2": "planted",
}
RUN = {name: text for name, text in OWN.items() if name.split("/")[0] in own_code.RUN}


def test_what_is_run_is_the_verifiers_own_whatever_the_project_brings(
    own: Path, tmp_path: Path
) -> None:
    assert composed(other(tmp_path, CHANGES), (), tmp_path) == RUN


def test_what_is_accepted_is_run_as_it_is_there_but_no_program(own: Path, tmp_path: Path) -> None:
    accept = ("notebooks/*", "book/_ext/planted.py", "src/*", "templates/*")
    expected = {**RUN, "notebooks/01_summary.ipynb": "[]", "book/_ext/planted.py": "planted = True"}
    del expected["notebooks/02_position.ipynb"]
    assert composed(other(tmp_path, CHANGES), accept, tmp_path) == expected


def test_what_python_keeps_of_code_is_not_taken_along_from_either(
    own: Path, tmp_path: Path
) -> None:
    name = "book/_ext/__pycache__/offline.cpython-311.pyc"
    laid(own, {name: "planted"})
    sealed = other(tmp_path, {name: "planted", "book/_ext/offline.py": "x"})
    assert name not in composed(sealed, ("*",), tmp_path)


def test_a_link_to_a_file_elsewhere_is_no_code(own: Path, tmp_path: Path) -> None:
    sealed = other(tmp_path, {"book/_ext/offline.py": None})
    (tmp_path / "elsewhere.py").write_text("planted = True")
    (sealed.project / "book/_ext").mkdir()
    (sealed.project / "book/_ext/offline.py").symlink_to(tmp_path / "elsewhere.py")
    assert check_code(sealed).findings == (Finding("book/_ext/offline.py", MISSING),)
    laid(sealed.project, {"book/_static/charts.js": "planted()"})
    made = composed(sealed, ("book/_static/*",), tmp_path)
    assert made["book/_ext/offline.py"] == OWN["book/_ext/offline.py"]
    assert made["book/_static/charts.js"] == "planted()"


def test_code_that_lies_in_the_verifiers_own_checkout_is_held_to_the_seals_alone() -> None:
    step = check_code(Sealed(CHECKOUT / "build", CHECKOUT, CHECKOUT))
    assert step.findings == ()
    assert step.count > 500
    assert "held to the seals" in step.note


def test_a_build_with_a_link_in_it_is_not_opened(tmp_path: Path) -> None:
    build = laid(tmp_path / "build", {"manifest.json": "{}"})
    (build / "figures.json").symlink_to("/etc/passwd")
    found = verify(build, None, Timed(), how=How(static=True))
    (finding,) = found.findings
    assert finding.subject == "figures.json"
    assert "symbolic link" in finding.what
    assert not found.is_complete


def body(tmp_path: Path, sealed: Mapping[str, str], there: Mapping[str, str]) -> Sealed:
    """A home beside the verifier's project: its own chapters as sealed, and as they lie there."""
    home = laid(
        tmp_path / "body", {"build/manifest.json": json.dumps({"own_code": sealed}), **there}
    )
    return Sealed(home / "build", home, own_code.CHECKOUT)


WARDS, WORDS = "notebooks/wards.ipynb", "templates/chapters/wards.md.j2"


def test_a_chapter_of_the_bodys_own_is_named_until_it_is_accepted(
    own: Path, tmp_path: Path
) -> None:
    sealed = body(tmp_path, {WARDS: "x", WORDS: "y"}, {WARDS: "{}", WORDS: "words"})
    assert check_code(sealed).findings == (
        Finding(WARDS, own_code.OWN),
        Finding(WORDS, own_code.OWN),
    )
    assert refused(sealed, ()) == (WARDS, WORDS)
    assert refused(sealed, (WARDS,)) == (WORDS,)
    step = check_code(sealed, ("notebooks/*", WORDS))
    assert step.findings == ()
    assert f"{WARDS} (SHA-256 {sha256(b'{}').hexdigest()})" in step.note
    assert refused(sealed, ("*",)) == ()


def test_a_chapter_that_nobody_sealed_is_not_run_either(own: Path, tmp_path: Path) -> None:
    assert refused(body(tmp_path, {}, {WARDS: "{}"}), ()) == (WARDS,)


def test_only_notebooks_and_templates_are_taken_for_chapters(own: Path, tmp_path: Path) -> None:
    sealed = body(tmp_path, {"pandas.py": "x", "src/a.py": "y"}, {"pandas.py": "", "src/a.py": ""})
    assert refused(sealed, ()) == ()
    assert {f.subject for f in check_seals(sealed).findings if f.what == STRANGE_CODE} == {
        "pandas.py",
        "src/a.py",
    }


def test_in_a_bundle_chapters_of_the_bodys_own_lie_among_the_projects(
    own: Path, tmp_path: Path
) -> None:
    sealed = other(
        tmp_path, {WARDS: "{}", "build/manifest.json": json.dumps({"own_code": {WARDS: ""}})}
    )
    assert check_code(sealed).findings == (Finding(WARDS, own_code.OWN),)
    assert not (compose(sealed, ("*",), tmp_path / "run") / WARDS).exists()
